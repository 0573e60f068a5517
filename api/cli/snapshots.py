"""What `describe`, `check` and `diff` say of snapshots, as lines."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from byline.graph.errors import WrongUse
from byline.graph.model import Kind
from byline.graph.store.columnar.admin.coverage import coverage, rows_of, segment_sizes, sizes
from byline.graph.store.columnar.admin.diff import Difference
from byline.graph.store.columnar.files.layout import CURRENT, MANIFEST, SNAPSHOTS, current, manifest

REPORT = "report.json"
# Reasons of rejections that are listed, the commonest first.
_REASONS = 10
_UNITS = ("B", "KiB", "MiB", "GiB", "TiB")


def description(store: Path) -> dict[str, Any]:
    """Counts, sources and segments, how many rows know each column, bytes on the disk by part, and the ingest's report: null
    where there is none. Raises StoreFailed."""
    folder = current(store)
    about = manifest(folder)
    on_disk = segment_sizes(store, about)
    report = folder / REPORT
    return {
        "version": about["version"],
        "built_at": about["built_at"],
        "format": about["format"],
        "counts": about["counts"],
        "sources": about["sources"],
        "segments": [{**segment, "bytes": on_disk[segment["hash"]]} for segment in about["segments"]],
        "known": coverage(folder),
        "bytes": sizes(about),
        "report": json.loads(report.read_bytes()) if report.is_file() else None,
    }


def described(about: dict[str, Any]) -> Iterator[str]:
    """The same for people to read."""
    yield f"snapshot {about['version']}, built {about['built_at']}, format {about['format']}"
    for name, count in about["counts"].items():
        yield f"  {name:<24}{count:>12,}"
    for source in about["sources"]:
        yield f"  from {source['name']}: {source['records']:,} records, {source['rejected']:,} rejected"
    for segment in about["segments"]:
        files = ", ".join(segment["files"])
        yield f"  segment {segment['hash'][:12]}: {files}, {segment['records']:,} records, {_bytes(segment['bytes'])}"
    yield "known of each kind:"
    for kind, columns in about["known"].items():
        rows = rows_of(Kind(kind), about["counts"])
        shares = (f"{name} {100 * with_value / rows:.0f}%" for name, with_value in columns.items() if rows)
        yield f"  {kind:<14}{', '.join(shares) or 'none there'}"
    yield f"on the disk: {_bytes(sum(about['bytes'].values()))}"
    for name, size in sorted(about["bytes"].items(), key=lambda part: -part[1]):
        yield f"  {name:<24}{_bytes(size):>12}"
    if about["report"]:
        yield from _reported(about["report"]["ingest"])


def _bytes(count: int) -> str:
    size, unit = float(count), 0
    while size >= 1024 and unit < len(_UNITS) - 1:
        size, unit = size / 1024, unit + 1
    return f"{size:.1f} {_UNITS[unit]}" if unit else f"{count} B"


def _reported(report: dict[str, Any]) -> Iterator[str]:
    """What the ingest did that built it. It was written before it ended, so its stages say what it took."""
    yield f"built by an ingest of {report['source']}: {', '.join(Path(file).name for file in report['files']) or 'no new files'}"
    for name in ("read", "kept"):
        yield f"  {name:<24}{report[name]:>12,}"
    for outcomes in report.get("notices", {}).values():
        for outcome, tally in outcomes.items():
            yield from _tally(outcome, tally)
    if report["unknown_citing"]:
        yield f"  {'from works outside':<24}{report['unknown_citing']:>12,} citations"
    for rule, count in report["merged"].items():
        yield f"  merged by {rule}: {count:,}"
    for stage, took in report["stages"].items():
        yield f"  {stage:<32}{took['seconds']:>10,.1f} s{_bytes(int(took['peak_bytes'])):>12}"


def _tally(outcome: str, tally: dict[str, Any]) -> Iterator[str]:
    yield f"  {outcome:<24}{tally['count']:>12,}"
    yield from (f"    {each['count']:>8,} times {each['reason']}" for each in tally["reasons"][:_REASONS])
    if (more := len(tally["reasons"]) - _REASONS) > 0:
        yield f"    {more:,} more reasons: --json has them"


def snapshot_of(store: Path, named: str) -> Path:
    """The snapshot folder that a version, its beginning, or the folder of a snapshot or store names. Raises WrongUse."""
    path = Path(named)
    if (path / MANIFEST).is_file():
        return path
    if (path / CURRENT).is_file():
        return current(path)
    matches = sorted((store / SNAPSHOTS).glob(f"{named}*")) if named.isalnum() else []
    if len(matches) != 1:
        there = ", ".join(sorted(each.name for each in (store / SNAPSHOTS).glob("[0-9a-f]*"))) or "none"
        raise WrongUse(
            f"{named!r} names {'several snapshots' if matches else 'no snapshot'}", f"in {store}: {there}; or give a folder"
        )
    return matches[0]


# What the links of an edge are to who reads about papers. The other directions of some have as many, and go unsaid.
_LINKS = {
    "paper_authors": "authorships",
    "author_papers": "papers of people",
    "coauthors": "coauthors of people",
    "references": "references",
    "authorship_institutions": "institutions of authorships",
    "paper_institutions": "institutions of papers",
    "affiliations": "affiliations of people",
    "collaborations": "collaborations of institutions",
    "paper_categories": "categories of papers",
    "category_papers": "papers of categories and those below them",
    "category_authors": "people of categories and those below them",
    "category_children": "categories below others",
    "paper_venue": "venues of papers",
    "venue_authors": "people of venues",
    "title_words": "words of titles",
}
_OTHER_WAYS = ("cited_by", "institution_papers", "institution_authors", "venue_papers")


def differences(difference: Difference) -> Iterator[str]:
    """A line for each kind, with the first few of what changed and how to see the rest, and one for each sort of link of which
    there are more or fewer."""
    for kind, change in difference.nodes.items():
        merged = f", {change.merged:,} of them merged" if change.merged else ""
        yield f"{kind}: {change.added:,} added, {change.removed:,} removed{merged}, {change.changed:,} changed"
        for what, texts in change.examples.items():
            yield from (f"  {what}: {text}" for text in texts)
            if (more := getattr(change, what) - len(texts)) > 0:
                yield f"  {what}: {more:,} more, which --all lists"
    for edge, (before, after) in difference.links.items():
        if edge not in _OTHER_WAYS:
            yield f"{_LINKS.get(edge, edge)}: {before:,} -> {after:,}"

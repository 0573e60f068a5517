"""What `describe`, `check` and `diff` say of snapshots, as lines."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.errors import WrongUse
from graph.model import Kind
from graph.store.columnar.diff import Difference
from graph.store.columnar.inside import coverage, rows_of, segment_sizes, sizes
from graph.store.columnar.layout import CURRENT, MANIFEST, SNAPSHOTS, current, manifest

REPORT = "report.json"
_UNITS = ("B", "KiB", "MiB", "GiB", "TiB")


def described(store: Path) -> Iterator[str]:
    """Counts, sources and segments, how much of each column is known, the size on the disk by part, the ingest's report."""
    folder = current(store)
    about = manifest(folder)
    yield f"snapshot {about['version']}, built {about['built_at']}, format {about['format']}"
    for name, count in about["counts"].items():
        yield f"  {name:<24}{count:>12,}"
    for source in about["sources"]:
        yield f"  from {source['name']}: {source['records']:,} records, {source['rejected']:,} rejected"
    on_disk = segment_sizes(store, about)
    for segment in about["segments"]:
        files = ", ".join(segment["files"])
        yield f"  segment {segment['hash'][:12]}: {files}, {segment['records']:,} records, {_bytes(on_disk[segment['hash']])}"
    yield "known of each kind:"
    for kind, columns in coverage(folder).items():
        rows = rows_of(Kind(kind), about["counts"])
        shares = (f"{name} {100 * known / rows:.0f}%" for name, known in columns.items() if rows)
        yield f"  {kind:<14}{', '.join(shares) or 'none there'}"
    parts = sizes(about)
    yield f"on the disk: {_bytes(sum(parts.values()))}"
    for name, size in sorted(parts.items(), key=lambda part: -part[1]):
        yield f"  {name:<24}{_bytes(size):>12}"
    yield from _reported(folder)


def _bytes(count: int) -> str:
    size, unit = float(count), 0
    while size >= 1024 and unit < len(_UNITS) - 1:
        size, unit = size / 1024, unit + 1
    return f"{size:.1f} {_UNITS[unit]}" if unit else f"{count} B"


def _reported(folder: Path) -> Iterator[str]:
    path = folder / REPORT
    if not path.is_file():
        return
    found: dict[str, Any] = json.loads(path.read_bytes())
    yield "the ingest reported:"
    for name, value in found.items():
        yield f"  {name}: {json.dumps(value, ensure_ascii=False)}"


def snapshot_of(store: Path, named: str) -> Path:
    """The snapshot folder that a version, its beginning, or the folder of a snapshot or store names. Raises WrongUse."""
    path = Path(named)
    if (path / MANIFEST).is_file():
        return path
    if (path / CURRENT).is_file():
        return current(path)
    found = sorted((store / SNAPSHOTS).glob(f"{named}*")) if named.isalnum() else []
    if len(found) != 1:
        there = ", ".join(sorted(each.name for each in (store / SNAPSHOTS).glob("[0-9a-f]*"))) or "none"
        raise WrongUse(
            f"{named!r} names {'several snapshots' if found else 'no snapshot'}", f"in {store}: {there}; or give a folder"
        )
    return found[0]


def differences(found: Difference) -> Iterator[str]:
    """A line for each kind, with the first few of what changed, and one for each edge whose length did."""
    for kind, change in found.nodes.items():
        merged = f", {change.merged:,} of them merged" if change.merged else ""
        yield f"{kind}: {change.added:,} added, {change.removed:,} removed{merged}, {change.changed:,} changed"
        for what, texts in change.examples.items():
            yield from (f"  {what}: {text}" for text in texts)
    for edge, (before, after) in found.links.items():
        yield f"{edge}: {before:,} -> {after:,}"

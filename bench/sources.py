"""`python -m bench sources`: every file of the corpora that a source claims, ingested alone and all together; docs/sources.md."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.markdown import figure, table
from bench.notes import log, read_results, save
from bench.places import CORPORA, DOCS, ROOT, there

TOGETHER = "together"


@dataclass(frozen=True)
class Claim:
    """Files of the corpora, and the source that reads them."""

    source: str
    paths: tuple[str, ...]
    options: Mapping[str, str] = field(default_factory=dict)


CLAIMS = (
    Claim("seed_page", ("seed-author-page.txt",), {"captured": "2026"}),
    Claim("openalex", ("openalex/snapshot_2023",)),
    Claim("openalex", ("openalex/api_2026",)),
    Claim("semantic-scholar", ("s2/Author.json", "s2/PaperWithNullValues.json", "s2/Citation.json", "s2/Reference.json")),
    Claim("semantic-scholar", ("s2/s2orc_metadata_sample.jsonl.zst",)),
    Claim("csl", ("misc/alexandria3k/crossref-sample/*.gz",)),
    Claim("dblp", ("misc/alexandria3k/dblp.xml.gz",)),
    Claim("ror", ("misc/alexandria3k/ror.zip",)),
    Claim("arxiv", ("arxiv/kaggle_real_lines.jsonl",)),
    Claim("citations", ("acl/citations.tsv.zst",), {"scheme": "acl"}),
    Claim("citations", ("acl/aan_acl.txt.zst",), {"scheme": "acl"}),
    Claim("citations", ("cit/cit-hep-th.tsv.zst",), {"scheme": "arxiv"}),
    Claim("arxiv", ("cit/cit-hep-th-papers.jsonl.zst",)),
    Claim("paperlists", ("paperlists/institutions.jsonl.zst",)),
    Claim("arxiv", ("arxiv/dev_cs.jsonl.zst",)),
    Claim("paperlists", ("paperlists/papers.jsonl.zst",)),
    Claim("acl", ("acl/native.tar.zst",)),
    Claim("arxiv", ("arxiv/scale_noabs.jsonl.zst",)),
)
# What no source claims, and why.
OTHERS = {
    "acl/papers_le2022.jsonl.zst": "the Anthology again, flattened: what the source `acl` is compared with",
    "acl/venues.jsonl": "venues, which the graph does not have",
    "arxiv/docmeta/": "documents and answers of arXiv's own search service, not the public dump",
    "s2/Dataset.json, DatasetDiff.json, Release.json": "addresses of downloads, and nothing of what is in them",
    "s2/*.yaml, debug_output.txt": "recorded requests to the API, not files that it gives out",
    "snap/": "collaborations and no citations; `ca-GrQc` is refused for that, `ca-HepTh` has each pair once",
    "misc/…/pubmed-sample, datacite.tar.gz, ORCID_…_summaries.tar.gz": "PubMed, DataCite and ORCID: no source yet",
    "misc/…/*.csv": "lists of journals, subjects and funders, which the graph does not have",
}

# ru_maxrss is in kilobytes on Linux and in bytes on macOS. It never falls below what the parent had at the start, so that the
# parent stays small. The reader alone runs in a process of its own.
_INGEST = """
import json, resource, sys, time
from pathlib import Path
from byline.data.ingest.ingest import ingest

asked = json.loads(sys.argv[1])
begun = time.monotonic()
files = [Path(each) for each in asked["files"]]
done = ingest(Path(asked["store"]), asked["source"], files, options=asked["options"])
report = done.as_dict() | {
    "rejected_count": done.count("refused"), "rejections": [each.as_dict() for each in done.first("refused")],
    "left_out_count": done.count("left out"), "left_out": [each.as_dict() for each in done.first("left out")]}
unit = 1 if sys.platform == "darwin" else 1024
print(json.dumps({"report": report, "seconds": time.monotonic() - begun,
    "cpu": time.process_time(), "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit}))
"""
# All claims into one store, and one build of them.
_BUILD_ALL = """
import json, resource, sys, time
from pathlib import Path
from byline.data.ingest.ingest import IngestRequest, ingest_all

given = json.loads(sys.argv[1])
begun = time.monotonic()
asked = [IngestRequest(each["source"], [Path(file) for file in each["files"]], each["options"]) for each in given["claims"]]
report = ingest_all(Path(given["store"]), asked)
unit = 1 if sys.platform == "darwin" else 1024
print(json.dumps({"read": report.read, "kept": report.kept, "rejected_count": report.count("refused"),
    "left_out_count": report.count("left out"), "counts": report.counts,
    "merged": report.merged, "seconds": time.monotonic() - begun,
    "cpu": time.process_time(), "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit}))
"""
_READ = """
import json, sys, time
from itertools import islice
from pathlib import Path
from byline.data.sources import SOURCES

asked, authorships = json.loads(sys.argv[1]), 0
source, begun = SOURCES[asked["source"]], time.process_time()
for given in map(Path, asked["files"]):
    for path in source.parts(given) if given.is_dir() else [given]:
        for found in islice(source.read(path, asked["options"]), 100_000):
            authorships += len(getattr(found, "authors", None) or ())
print(json.dumps({"authorships": authorships, "cpu": time.process_time() - begun}))
"""


def sources(wanted: Sequence[str] = ()) -> None:
    """Measure, keep the results and write the page. Without names all claims alone, then all of them together; with names
    only the claims that have one of them in a path, or "together"; other figures stay as they were kept."""
    from byline.data.sources import SOURCES

    there(CORPORA)
    claims = [claim for claim in CLAIMS if claim.source in SOURCES]
    with tempfile.TemporaryDirectory(prefix="bench-sources-") as folder:
        for number, claim in enumerate(claims):
            if not wanted or any(name in path for name in wanted for path in claim.paths):
                _keep(", ".join(claim.paths), _alone(claim, Path(folder) / str(number)))
        if not wanted or TOGETHER in wanted:
            _keep(TOGETHER, _together(claims, Path(folder) / "all"))
    write_page()


def _keep(name: str, figures: Mapping[str, Any]) -> None:
    save("sources", {"found": {**(read_results("sources") or {}).get("found", {}), name: figures}})


def _alone(claim: Claim, store: Path) -> dict[str, Any]:
    request = _asked(claim)
    figures = {"source": claim.source} | _answer(_INGEST, request | {"store": str(store)})
    shutil.rmtree(store, ignore_errors=True)
    log(f"{claim.paths[0]}: {figures['report']['read']} read, {figures['cpu']:.1f} s of CPU, {figures['peak'] / 2**20:.0f} MiB")
    return figures | {"reader": _answer(_READ, request)}


def _together(claims: Sequence[Claim], store: Path) -> dict[str, Any]:
    figures = _answer(_BUILD_ALL, {"store": str(store), "claims": [_asked(claim) for claim in claims]})
    log(f"all together: {figures['read']} read, {figures['cpu']:.1f} s of CPU, {figures['peak'] / 2**20:.0f} MiB")
    return figures


def _asked(claim: Claim) -> dict[str, Any]:
    return {"source": claim.source, "files": [str(path) for path in files(claim)], "options": dict(claim.options)}


def _answer(script: str, request: Mapping[str, Any]) -> dict[str, Any]:
    command = [sys.executable, "-c", script, json.dumps(request)]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{str(request)[:200]}: {done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def files(claim: Claim) -> list[Path]:
    """The files of a claim; each pattern must find some."""
    return [path for pattern in claim.paths for path in sorted(CORPORA.glob(pattern)) or [there(CORPORA / pattern)]]


def reasons(rejections: Sequence[Mapping[str, Any]]) -> Counter[str]:
    """How often each reason was given, without the values and places that differ."""
    counts: Counter[str] = Counter()
    for each in rejections:
        member = re.sub(r"\[\d+\]", "[]", each["member"])
        # An id, by which some sources name the object, is no member.
        member = "" if re.search(r"\d|/", member) else member
        reason = re.sub(r": '.*", "", each["reason"], flags=re.S)
        reason = re.sub(r" of [A-Z]\d{5,}|'[^']*'|[A-Z]\d{5,}(?= is)", "…", reason).replace("none…", "none")
        reason = re.sub(r"(?<=but) no [\w ]+$", " nothing else", reason)
        counts[re.sub(r"^\S*[\d/]\S*: ", "", f"{member}: {reason}".lstrip(": "))] += 1
    return counts


# What a report counts; results that were kept before members were counted apart have them among what was rejected.
_COUNTS = ("read", "kept", "rejected_count", "left_out_count")
_HEAD = """# Real files that the sources were tested on

Written by `python -m bench sources`. Every file of the corpora beside the checkout that a source claims was ingested into a new
store, each in a process of its own, and all of them into one store.

*read* counts records, those included that were refused; *kept* are the others, some without members that were *left out*.
*clock s* is the whole ingest, from reading to the snapshot in place; *CPU s* is the work of its process, which other work on the
machine does not change, and is also told for a million authorships. *peak* is the most memory that the process had, libraries and
mapped files included. *reader* is the source alone, without building anything: authorships a second of CPU, over its first
100,000 records. In the last row one process reads all files into one store and builds one snapshot of them.
"""


def write_page() -> None:
    """docs/sources.md from the results that are kept."""
    results = read_results("sources")
    if results is None:
        return
    head = (
        "file",
        "source",
        "read",
        "kept",
        "rejected",
        "left out",
        "authorships",
        "clock s",
        "CPU s",
        "CPU s per million",
        "peak MiB",
        "reader",
    )
    rows = {name: results["found"][name] for claim in CLAIMS if (name := ", ".join(claim.paths)) in results["found"]}
    parts = [_HEAD, table(head, [*map(_line, rows, rows.values()), *_last(results["found"].get(TOGETHER))])]
    parts += [f"{sentence}\n" for sentence in _missing(results["found"])]
    parts += ["## Rejected records and omitted values\n", *_rejected(rows)]
    parts += ["## Files that no source reads\n", *(f"- `{name}`: {why}\n" for name, why in OTHERS.items())]
    parts.append(f"\n*{results['machine']}; {results['date']}; revision {results['revision']}; `{results['command']}`*\n")
    (DOCS / "sources.md").write_text("\n".join(parts[:2]) + "\n" + "".join(_spaced(parts[2:])), encoding="utf-8")
    log("docs/sources.md is written")


def _missing(measured: Mapping[str, Any]) -> Iterator[str]:
    """What has no figures yet, with the command that makes them."""
    names = [name for claim in CLAIMS if (name := ", ".join(claim.paths)) not in measured]
    names += [] if TOGETHER in measured else [TOGETHER]
    if names:
        yield f"\nNot measured yet: {', '.join(f'`{name}`' for name in names)} (`python -m bench sources {' '.join(names)}`)."


def _spaced(parts: Sequence[str]) -> Iterator[str]:
    for part in parts:
        yield f"\n{part}\n" if part.startswith("#") else part


def _line(name: str, row: Mapping[str, Any]) -> list[str]:
    report, reader = row["report"], row["reader"]
    authorships = report["counts"].get("authorships", 0)
    return [
        f"`{name}`",
        row["source"],
        *(f"{report.get(each, 0):,}" for each in _COUNTS),
        f"{authorships:,}",
        figure(row["seconds"]),
        figure(row["cpu"]),
        # Below a thousand it would be the start of the process that is shown.
        figure(row["cpu"] / authorships * 1e6) if authorships >= 1000 else "–",
        figure(row["peak"] / 2**20),
        f"{reader['authorships'] / reader['cpu']:,.0f}" if reader["authorships"] >= 1000 else "–",
    ]


def _last(whole: Mapping[str, Any] | None) -> Iterator[list[str]]:
    if whole is not None:
        authorships = whole["counts"]["authorships"]
        yield [
            "**all of them, in one snapshot**",
            "",
            *(f"{whole.get(name, 0):,}" for name in _COUNTS),
            f"{authorships:,}",
            figure(whole["seconds"]),
            figure(whole["cpu"]),
            figure(whole["cpu"] / authorships * 1e6),
            figure(whole["peak"] / 2**20),
            "–",
        ]


def _rejected(rows: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for name, row in rows.items():
        report = row["report"]
        if count := report["rejected_count"] + report.get("left_out_count", 0):
            shown = reasons([*report["rejections"], *report.get("left_out", ())])
            more = count - sum(shown.values())
            listed = "; ".join(f"{times:,} × {reason}" for reason, times in shown.most_common(8))
            rest = sum(times for _, times in shown.most_common()[8:]) + more
            yield f"- `{name}`: {listed}{f'; {rest:,} × other reasons' if rest else ''}\n"

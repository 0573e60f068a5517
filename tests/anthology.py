"""The ACL Anthology as a store: ingested once a test session by a process of its own, whose memory is measured."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zstandard

from bench.acl_records import CITATIONS, PAPERS, convert

ROOT = Path(__file__).parents[1]
# ru_maxrss is in bytes on macOS, in kilobytes elsewhere. It never falls below what the parent had at the start, which only
# makes a bound harder to keep.
_INGEST = """
import json, resource, sys
from pathlib import Path
from byline.data.ingest.ingest import ingest

report = ingest(Path(sys.argv[1]), "records", [Path(sys.argv[2])]).as_dict()
unit = 1 if sys.platform == "darwin" else 1024
print(json.dumps({"report": report, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit}))
"""


@dataclass(frozen=True)
class Anthology:
    """The store, how many records went in, what the ingest reported, and its peak memory in bytes."""

    corpora: Path
    store: Path
    records: int
    report: dict[str, Any]
    peak: int

    def papers(self) -> Iterator[dict[str, Any]]:
        """The papers as the corpus has them."""
        return (json.loads(line) for line in _lines(self.corpora / PAPERS))

    def citations(self) -> list[tuple[str, str]]:
        """(citing, cited) as the corpus has them."""
        return [(pair[0], pair[1]) for line in _lines(self.corpora / CITATIONS) if (pair := line.split())]


def environment() -> dict[str, str]:
    """The variables for a process that runs this checkout."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def ingested(corpora: Path, folder: Path) -> Anthology:
    """Convert and ingest the whole corpus into a folder, or what was ingested into it before."""
    path, store, about = folder / "acl.jsonl.zst", folder / "store", folder / "about.json"
    if about.exists():
        return Anthology(corpora, store, **json.loads(about.read_bytes()))
    records = convert(corpora, path)
    command = [sys.executable, "-c", _INGEST, str(store), str(path)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True)
    members = {"records": records, **json.loads(done.stdout)}
    about.write_text(json.dumps(members))
    return Anthology(corpora, store, **members)


def _lines(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        yield from io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), "utf-8")

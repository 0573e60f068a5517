"""The anthology as a whole: what is counted must equal the corpus."""

import resource
from pathlib import Path

import pytest

from bench.acl_records import convert
from data.ingest import ingest
from graph.model import Kind
from graph.store.columnar.layout import current, manifest


@pytest.mark.corpus
@pytest.mark.slow
def test_the_anthology(corpora: Path, tmp_path: Path) -> None:
    path = tmp_path / "acl.jsonl.zst"
    assert convert(corpora, path) == 81_347 + 94_973
    report = ingest(tmp_path / "store", "records", [path])
    assert report.rejected_count == 0
    counts = manifest(current(tmp_path / "store"))["counts"]
    assert (counts["papers"], counts[f"{Kind.AUTHORSHIP}s"], counts["citations"]) == (81_347, 261_872, 93_965)
    assert counts["authors"] == 69_056, "one person for each curated id"
    assert counts["unresolved_references"] + report.unknown_citing == 94_973 - 93_965
    # Kilobytes, and those of the whole test run: the ingest alone peaks near 0.55 GiB.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2 * 1024 * 1024

"""Whether the references of a paper are known to the last: never stated, stated in part, stated as none, from record to store."""

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from byline.data.ingest.ingest import ingest
from byline.data.record import dump, parse
from byline.data.segments.segments import _seal
from byline.data.sources.openalex_works import paper as openalex
from byline.data.sources.semantic_scholar_members import row as s2orc
from byline.graph.model import Kind
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.store import open_store
from tests.contract.stores import answer
from tests.data.views import paper

RECORDS = [
    paper("never", id="x:1"),
    paper("none", id="x:2", references=[]),
    paper("whole", id="x:3", references=["x:1", "doi:10.5555/elsewhere"]),
    paper("part", id="x:4", references=["x:1"], references_complete=False),
    paper("cited by a list", id="x:5"),
    {"type": "citation", "from": "x:5", "to": "x:2"},
]
STATED = {"never": None, "none": True, "whole": True, "part": False, "cited by a list": None}


def _stated(store: Path) -> dict[str, Any]:
    """What the store says of each paper, by title."""
    columnar = open_store(current(store))
    rows = columnar.table(Kind.PAPER).select(["title", "references_complete"]).to_pylist()
    assert answer(columnar.snapshot()).counts["incomplete_reference_lists"] == sum(not row["references_complete"] for row in rows)
    return {row["title"]: row["references_complete"] for row in rows}


def _ingested(folder: Path, records: list[dict[str, Any]]) -> Path:
    path = folder / "in.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    ingest(folder / "store", "records", [path])
    return folder / "store"


def test_from_the_record_to_the_store(tmp_path: Path) -> None:
    assert _stated(_ingested(tmp_path, RECORDS)) == STATED


def test_a_null_list_is_one_that_is_not_stated(tmp_path: Path) -> None:
    assert _stated(_ingested(tmp_path, [paper("null", id="x:1", references=None)])) == {"null": None}


def test_a_record_says_no_more_after_it_was_written_out() -> None:
    for record in RECORDS[:4]:
        parsed: Any = parse(record, "f", 1)
        assert dump(parse(dump(parsed), "f", 1)) == dump(parsed)  # type: ignore[arg-type]
        assert ("references" in dump(parsed)) == ("references" in record)


@pytest.mark.parametrize("turn", range(6))
def test_the_records_of_a_paper_together(tmp_path: Path, turn: int) -> None:
    """The whole list that one of them states is the whole list."""
    statements = [
        paper("Three Records", id="x:1"),
        paper("Three Records", id="x:1", references=["x:7"], references_complete=False),
        paper("Three Records", id="x:1", references=["x:8", "x:9"]),
    ]
    order = list(permutations(statements))[turn]
    assert _stated(_ingested(tmp_path, list(order))) == {"Three Records": True}


def test_a_store_of_before_knows_of_no_list(tmp_path: Path) -> None:
    """A segment written without the column still opens, and says nothing of it."""
    store = _ingested(tmp_path, RECORDS)
    (segment,) = (path for path in (store / "segments").iterdir() if path.is_dir())
    _without(segment / "paper.arrow", "references_complete")
    about = json.loads((segment / "segment.json").read_bytes())
    about["files"]["paper"] = _seal(segment / "paper.arrow")
    (segment / "segment.json").write_text(json.dumps(about | {"format": 3}))
    path = tmp_path / "more.jsonl"
    path.write_text(json.dumps(paper("later", id="x:9", references=[])), "utf-8")
    ingest(store, "records", [path])
    assert _stated(store) == dict.fromkeys(STATED) | {"later": True}


def test_a_snapshot_of_before_knows_of_no_list(tmp_path: Path) -> None:
    store = _ingested(tmp_path, RECORDS)
    folder = current(store)
    for kind, columns in (
        (Kind.PAPER, ("references_complete", "institutions_complete")),
        (Kind.AUTHOR, ("affiliations_complete",)),
    ):
        path = folder / f"{kind}.arrow"
        _without(path, *columns)
        manifest = json.loads((folder / "manifest.json").read_bytes())
        manifest["files"][path.name] = _seal(path)
        manifest["counts"].pop("incomplete_reference_lists", None)
        (folder / "manifest.json").write_text(json.dumps(manifest))
    columnar = open_store(folder)
    (stated,) = answer(columnar.values(Kind.PAPER, pa.array(range(5), pa.int32()).to_numpy(), ["references_complete"]))
    assert stated == [None] * 5


def _without(path: Path, *columns: str) -> None:
    """Write an Arrow file anew without some columns."""
    with pa.OSFile(str(path)) as source:
        table = pa.ipc.open_file(source).read_all().drop_columns(list(columns))
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def test_catalogues_state_a_part_or_nothing() -> None:
    """OpenAlex and S2ORC list what they could match, and nothing where they know nothing."""
    record = openalex("W1", {"id": "https://openalex.org/W1", "title": "T", "referenced_works": ["https://openalex.org/W2"]})
    assert (record["references"], record["references_complete"]) == (["openalex:W2"], False)
    assert openalex("W1", {"id": "https://openalex.org/W1", "title": "T", "referenced_works": []})["references"] is None
    assert s2orc({"paper_id": "7", "title": "T", "outbound_citations": []})["references"] is None

"""A store that was written before a kind of node came: it opens, has no such nodes, and answers all else as it did."""

import json
from dataclasses import replace
from pathlib import Path
from unittest import mock

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from byline.data.ingest.ingest import ingest
from byline.data.segments.segments import ABOUT, _seal
from byline.graph.model import EDGES, Facts, Kind
from byline.graph.store.columnar.admin.check import problems
from byline.graph.store.columnar.admin.coverage import coverage
from byline.graph.store.columnar.admin.diff import difference
from byline.graph.store.columnar.build.write import write
from byline.graph.store.columnar.files.layout import MANIFEST, SEGMENTS, current
from byline.graph.store.columnar.files.load import facts
from byline.graph.store.columnar.store import open_store
from byline.graph.store.protocol import Store
from tests.contract.stores import BUILT, networkx
from tests.lacking import drop
from tests.queries.graphs import rich
from tests.queries.test_planned import plain, planned, planner

QUERIES = [
    "{ venues(first: 5, orderBy: [{by: PAPER_COUNT}]) { totalCount nodes { papers { totalCount } authors { totalCount } } } }",
    "{ papers(first: 5) { nodes { title venue { name } } facets(by: VENUE) { unknownCount nodes { key count } } } }",
    '{ papers(first: 5, where: {not: {venue: {name: {contains: "x"}}}}) { totalCount isLowerBound } }',
    '{ a: venue(by: {name: "Annals"}) { id } b: venue(by: {issn: "1550-7998"}) { id } snapshot { venueCount } }',
    '{ search(query: "tides", first: 4) { totalCount nodes { id } } suggest(prefix: "ann") { text } }',
    '{ search(query: "tides", kinds: [VENUE]) { totalCount } suggest(prefix: "ann", kinds: [VENUE]) { text } }',
]


def without_venues(before: Facts) -> Facts:
    """The same facts without venues."""
    papers = before.nodes[Kind.PAPER]
    at = papers.schema.get_field_index("venue")
    papers = papers.set_column(at, papers.schema.field("venue"), pa.nulls(papers.num_rows, pa.int32()))
    alias = before.links["alias"]
    alias = alias.filter(pc.invert(pc.starts_with(alias["id"], "V")))
    nodes = {**before.nodes, Kind.VENUE: before.nodes[Kind.VENUE].slice(0, 0), Kind.PAPER: papers}
    return replace(before, nodes=nodes, links={**before.links, "alias": alias})


def written(folder: Path) -> Path:
    """A snapshot of these facts."""
    folder.mkdir()
    with mock.patch("os.fsync"):
        write(without_venues(rich()), folder, {"version": "t", "built_at": BUILT, "segments": []})
    return folder


def written_before(folder: Path) -> Store:
    """The same, as it was written before there were venues."""
    written(folder)
    drop(folder, "paper.arrow", ["venue"])
    about = json.loads((folder / MANIFEST).read_bytes())
    for name in [name for name in about["files"] if "venue" in name]:
        (folder / name).unlink()
        del about["files"][name]
    for edge in EDGES:
        if "venue" in edge:
            del about["degrees"][edge]
    del about["counts"]["venues"], about["counts"]["papers_without_venue"]
    (folder / MANIFEST).write_bytes(orjson.dumps(about))
    return open_store(folder)


@pytest.mark.parametrize("text", QUERIES)
def test_a_snapshot_of_before_has_no_such_nodes(text: str, tmp_path: Path) -> None:
    expected, failed = plain(networkx(without_venues(rich())), text, {})
    assert not failed
    store = written_before(tmp_path / "before")
    assert plain(store, text, {}) == (expected, False)
    assert planned(planner(), store, text, {}) == expected


def test_a_snapshot_of_before_is_whole_and_can_be_compared(tmp_path: Path) -> None:
    written_before(tmp_path / "before")
    assert problems(tmp_path / "before") == []
    assert coverage(tmp_path / "before")["venue"]["name"] == 0
    changes = difference(tmp_path / "before", written(tmp_path / "now"))
    assert {kind: (change.added, change.removed, change.changed) for kind, change in changes.nodes.items()} == dict.fromkeys(
        changes.nodes, (0, 0, 0)
    )


def test_a_segment_of_before_names_no_venues(tmp_path: Path) -> None:
    file, store = tmp_path / "library.jsonl", tmp_path / "store"
    file.write_text('{"type": "paper", "title": "One", "venue": {"name": "Journal of Tides"}}\n')
    ingest(store, "records", [file])
    assert facts(current(store)).nodes[Kind.VENUE]["name"].to_pylist() == ["Journal of Tides"]
    (about,) = (store / SEGMENTS).glob(f"*/{ABOUT}")
    stated = json.loads(about.read_bytes())
    del stated["files"]["venue"]
    about.write_text(json.dumps(stated))
    about.with_name("venue.arrow").unlink()
    paper = about.with_name("paper.arrow")
    left = pa.ipc.open_file(pa.py_buffer(paper.read_bytes())).read_all().drop_columns(["venue"])
    with pa.OSFile(str(paper), "wb") as sink, pa.ipc.new_file(sink, left.schema) as anew:
        anew.write_table(left)
    stated["files"]["paper"] = _seal(paper)
    about.write_text(json.dumps(stated))
    other = tmp_path / "other.jsonl"
    other.write_text('{"type": "paper", "title": "Two", "venue": {"name": "Letters"}}\n')
    ingest(store, "records", [other])
    after = facts(current(store)).nodes
    assert after[Kind.VENUE]["name"].to_pylist() == ["Letters"]
    assert {row["title"]: row["venue"] for row in after[Kind.PAPER].to_pylist()} == {"One": None, "Two": 0}

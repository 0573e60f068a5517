"""A store that was written before a column came: it opens without a new ingest, and the column is unknown everywhere."""

import json
from dataclasses import replace
from pathlib import Path
from unittest import mock

import orjson
import pyarrow as pa
import pytest

from byline.data.ingest.ingest import ingest
from byline.data.segments.segments import ABOUT, _seal
from byline.graph.model import Facts, Kind
from byline.graph.store.columnar.build.write import write
from byline.graph.store.columnar.files.disk import seal
from byline.graph.store.columnar.files.layout import MANIFEST, SEGMENTS, current
from byline.graph.store.columnar.files.load import facts, table
from byline.graph.store.columnar.store import open_store
from byline.graph.store.protocol import Store
from tests.contract.stores import BUILT, networkx
from tests.queries.graphs import rich
from tests.queries.test_planned import plain, planned, planner

# Columns that stand for new ones: a number that lists are ordered by, records, and a text that is filtered by.
MISSING = {Kind.PAPER: ("listed", "reported"), Kind.AUTHOR: ("reported",), Kind.INSTITUTION: ("country_code",)}
QUERIES = [
    "{ papers(first: 20, orderBy: [{by: LISTED}]) { nodes { title reported { source } } pageInfo { endCursor } } }",
    "{ papers(first: 20, orderBy: [{by: LISTED, direction: DESC}, {by: YEAR}]) { nodes { title } } }",
    "{ authors(first: 20) { nodes { name reported { hIndex } papers(orderBy: [{by: LISTED}]) { nodes { title } } } } }",
    "{ institutions(first: 20, where: {countryCode: {exists: false}}) { totalCount nodes { name countryCode } } }",
    '{ institutions(first: 20, where: {not: {countryCode: {eq: "DE"}}}) { totalCount nodes { name } } }',
]


def without(given: Facts) -> Facts:
    """The same facts with those columns unknown."""
    nodes = dict(given.nodes)
    for kind, names in MISSING.items():
        for name in names:
            at = nodes[kind].schema.get_field_index(name)
            unknown = pa.nulls(nodes[kind].num_rows, nodes[kind].schema.field(name).type)
            nodes[kind] = nodes[kind].set_column(at, nodes[kind].schema.field(name), unknown)
    return replace(given, nodes=nodes)


def written_before(folder: Path) -> Store:
    """A snapshot of the graph of the corpus as it was written before those columns, with none of the orders by them."""
    with mock.patch("os.fsync"):
        write(rich(), folder, {"version": "t", "built_at": BUILT, "segments": []})
    about = json.loads((folder / MANIFEST).read_bytes())
    for name in [name for name in about["files"] if "listed" in name]:
        (folder / name).unlink()
        del about["files"][name]
    for kind, names in MISSING.items():
        path = folder / f"{kind}.arrow"
        left = table(path).drop_columns(list(names))
        path.unlink()
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, left.schema) as file:
            file.write_table(left)
        about["files"][path.name] = seal(path)
    (folder / MANIFEST).write_bytes(orjson.dumps(about))
    return open_store(folder)


@pytest.mark.parametrize("text", QUERIES)
def test_a_column_that_a_snapshot_lacks_is_unknown(text: str, tmp_path: Path) -> None:
    expected, failed = plain(networkx(without(rich())), text, {})
    assert not failed
    store = written_before(tmp_path)
    assert plain(store, text, {}) == (expected, False)
    assert planned(planner(), store, text, {}) == expected


def test_a_column_that_a_segment_lacks_is_unknown_in_the_next_snapshot(tmp_path: Path) -> None:
    file, store = tmp_path / "library.jsonl", tmp_path / "store"
    file.write_text('{"type": "paper", "title": "One", "year": 2001, "listed": 7, "authors": [{"name": "Ann Roe"}]}\n')
    ingest(store, "records", [file])
    assert facts(current(store)).nodes[Kind.PAPER]["listed"].to_pylist() == [7]
    (about,) = (store / SEGMENTS).glob(f"*/{ABOUT}")
    stated, path = json.loads(about.read_bytes()), about.with_name("paper.arrow")
    left = pa.ipc.open_file(pa.py_buffer(path.read_bytes())).read_all().drop_columns(["listed"])
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, left.schema) as written:
        written.write_table(left)
    stated["files"]["paper"] = _seal(path)
    about.write_text(json.dumps(stated))
    other = tmp_path / "other.jsonl"
    other.write_text('{"type": "paper", "title": "Two", "year": 2002, "listed": 3}\n')
    ingest(store, "records", [other])
    papers = facts(current(store)).nodes[Kind.PAPER].to_pylist()
    assert {paper["title"]: (paper["year"], paper["listed"]) for paper in papers} == {"One": (2001, None), "Two": (2002, 3)}

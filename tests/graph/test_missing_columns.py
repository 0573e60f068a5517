"""A store without a column: where that one is optional it opens, and the column is unknown everywhere; else it is damaged."""

import json
from dataclasses import replace
from pathlib import Path
from unittest import mock

import orjson
import pyarrow as pa
import pytest

from byline.data.ingest.ingest import ingest, rebuild
from byline.data.segments.segments import ABOUT, _seal
from byline.graph.errors import SnapshotDamaged
from byline.graph.model import COLUMNS, LINKS, OPTIONAL_OF_LINKS, Facts, Kind
from byline.graph.store.columnar.admin.check import problems
from byline.graph.store.columnar.build.write import write
from byline.graph.store.columnar.files.indexes import Index
from byline.graph.store.columnar.files.layout import MANIFEST, SEGMENTS, current
from byline.graph.store.columnar.files.load import facts
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.store import ColumnarStore, open_store
from byline.graph.store.protocol import Store
from tests.contract.stores import BUILT, networkx
from tests.lacking import change, drop, lacking
from tests.queries.corpus import Case, corpus, resolve
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


def without(facts: Facts) -> Facts:
    """The same facts with those columns unknown."""
    nodes = dict(facts.nodes)
    for kind, names in MISSING.items():
        for name in names:
            at = nodes[kind].schema.get_field_index(name)
            unknown = pa.nulls(nodes[kind].num_rows, nodes[kind].schema.field(name).type)
            nodes[kind] = nodes[kind].set_column(at, nodes[kind].schema.field(name), unknown)
    return replace(facts, nodes=nodes)


def written(folder: Path) -> Path:
    """A snapshot of the graph of the corpus."""
    with mock.patch("os.fsync"):
        write(rich(), folder, {"version": "t", "built_at": BUILT, "segments": []})
    return folder


def written_before(folder: Path) -> Store:
    """The same as it was written before those columns, with none of the orders by them."""
    about = json.loads((written(folder) / MANIFEST).read_bytes())
    for name in [name for name in about["files"] if "listed" in name]:
        (folder / name).unlink()
        del about["files"][name]
    (folder / MANIFEST).write_bytes(orjson.dumps(about))
    for kind, names in MISSING.items():
        drop(folder, f"{kind}.arrow", names)
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


# Every column of every table of a snapshot: file, name, and whether a snapshot may lack it.
OPTIONAL = [(kind, column.name) for kind, columns in COLUMNS.items() for column in columns if not column.required]
REQUIRED = [
    *((f"{kind}.arrow", column.name) for kind, columns in COLUMNS.items() for column in columns if column.required),
    *(
        (f"links/{name}.arrow", column)
        for name, schema in LINKS.items()
        for column in schema.names
        if column not in OPTIONAL_OF_LINKS.get(name, ())
    ),
    *((f"indexes/{name}.arrow", column) for name in ("author.name", "paper.external") for column in Index.COLUMNS),
]
# No document reads it: the build makes `primary_category` of it.
UNREAD = {(Kind.AUTHOR, "stated_category")}
# What a plan takes from columns and a resolver may work out.
FIGURES = [
    "{ authors(first: 100) { nodes { metrics { paperCount citationCount coauthorCount firstYear lastYear } } } }",
    "{ papers(first: 100) { nodes { metrics { citationCount outsideCitationCount } } } }",
]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot with all its columns."""
    return written(tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def readers(whole: Path) -> dict[tuple[Kind, str], list[Case]]:
    """The documents that read each column, by the way of plans or of resolvers."""
    by_column: dict[tuple[Kind, str], list[Case]] = {}
    store = open_store(whole)
    cases = [Case(f"figures-{number}", text) for number, text in enumerate(FIGURES)]
    cases += [replace(case, variables=resolve(case, store)) for case in corpus() if not (case.introspects or case.errors(True))]
    opened = Snapshot.open(whole)
    for case in cases:
        # As it is when it was opened: nothing has been read yet.
        for column in reads(ColumnarStore(replace(opened, columns={}, readers={}, open_lists={})), case):
            by_column.setdefault(column, []).append(case)
    return by_column


def reads(store: Store, case: Case) -> set[tuple[Kind, str]]:
    """The columns that a document reads, planned or resolved, of a store that has read nothing yet."""
    columns, read = set(), Snapshot.column

    def noted(snapshot: Snapshot, kind: Kind, name: str) -> pa.Array:
        columns.add((kind, name))
        return read(snapshot, kind, name)

    with mock.patch.object(Snapshot, "column", noted):
        both(store, case)
    return columns


PLANNER = planner()


def both(store: Store, case: Case) -> tuple[bytes, bytes | None, bool]:
    """What the resolvers and a plan answer, and whether the resolvers failed."""
    answer, failed = plain(store, case.text, case.variables, case.operation_name)
    return answer, planned(PLANNER, store, case.text, case.variables, case.operation_name), failed


@pytest.mark.long
@pytest.mark.parametrize(("kind", "name"), OPTIONAL)
def test_whatever_reads_an_optional_column_answers_alike_without_it(
    kind: Kind, name: str, whole: Path, readers: dict[tuple[Kind, str], list[Case]]
) -> None:
    documents = readers.get((kind, name), [])
    assert bool(documents) == ((kind, name) not in UNREAD), "no document of the corpus reads it"
    with lacking(whole, f"{kind}.arrow", name):
        store = open_store(whole)
    for case in documents:
        resolved, plan, failed = both(store, case)
        assert not failed, f"{case.name} fails without {kind}.{name}"
        assert plan == resolved, f"{case.name} without {kind}.{name}: the plan differs from the resolvers"


@pytest.mark.parametrize(("file", "name"), REQUIRED)
def test_a_snapshot_without_a_required_column_is_damaged(file: str, name: str, whole: Path) -> None:
    with lacking(whole, file, name), pytest.raises(SnapshotDamaged) as refused:
        open_store(whole)
    assert str(refused.value) == f"{whole / file} has no column {name!r} (byline rebuild writes the snapshot anew)"


TYPED = [
    ("paper.arrow", "title", pa.int32()),
    ("paper.arrow", "year", pa.string()),
    ("paper.arrow", "pagerank", pa.float32()),
    ("author.arrow", "names", pa.string()),
    ("links/citation.arrow", "cited", pa.int64()),
]


@pytest.mark.parametrize(("file", "name", "dtype"), TYPED)
def test_a_snapshot_with_a_column_of_another_type_is_damaged(file: str, name: str, dtype: pa.DataType, tmp_path: Path) -> None:
    def retyped(stored: pa.Table) -> pa.Table:
        at = stored.schema.get_field_index(name)
        return stored.set_column(at, name, pa.nulls(stored.num_rows, dtype))

    change(written(tmp_path), file, retyped)
    with pytest.raises(SnapshotDamaged) as refused:
        open_store(tmp_path)
    assert str(refused.value).startswith(f"{tmp_path / file} has the column {name!r} as {dtype}, which is ")
    assert problems(tmp_path) == [str(refused.value)]


@pytest.mark.parametrize("kind", Kind)
def test_a_snapshot_with_fewer_rows_than_counted_is_damaged(kind: Kind, tmp_path: Path) -> None:
    rows = Snapshot.open(written(tmp_path)).size(kind)
    change(tmp_path, f"{kind}.arrow", lambda stored: stored.slice(0, rows - 1))
    with pytest.raises(SnapshotDamaged, match=rf"{kind}\.arrow has {rows - 1} rows, its manifest counts {rows} \(byline rebuild"):
        open_store(tmp_path)


@pytest.mark.parametrize("file", ["paper.arrow", "links/decision.arrow"])
def test_a_rebuild_writes_the_missing_column(file: str, tmp_path: Path) -> None:
    records, store = tmp_path / "library.jsonl", tmp_path / "store"
    records.write_text('{"type": "paper", "title": "One", "id": "x:1"}\n')
    ingest(store, "records", [records])
    name = {"paper.arrow": "title", "links/decision.arrow": "rule"}[file]
    drop(current(store), file, [name])
    problem = f"{current(store) / file} has no column {name!r}"
    assert [fault.startswith(problem) for fault in problems(current(store))] == [True]
    report = rebuild(store)
    assert (report.changed, report.healed) == (True, problem)
    assert problems(current(store)) == []
    assert not rebuild(store).changed

"""The graph in process: the same answers as over HTTP, tables of the snapshot, and NetworkX views."""

import asyncio
import gc
import subprocess
import sys
import threading
from pathlib import Path

import networkx as nx
import pytest

import byline
from byline.data.ingest.ingest import ensure_sample
from byline.graph.errors import NoSnapshot, StoreFailed, WrongUse
from tests.asking import client

DOCUMENTS = [
    "{ papers(first: 3) { totalCount nodes { title authors { edges { nameAsPrinted node { id name } } } } } }",
    '{ author(by: {name: "Andrew Kyle Lampinen"}) { coauthors(first: 2) { nodes { name } } } __type(name: "Author") { name } }',
    "{ papers(first: 1000) { totalCount } }",
    "{ papers(first: -1) { totalCount } }",
    "{ nothing }",
    "{ papers(",
    "query($n: Int!) { papers(first: $n) { totalCount } }",
    '{ author(by: {id: "P123"}) { name } }',
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inprocess")
    ensure_sample(folder)
    return folder


@pytest.mark.parametrize("document", DOCUMENTS)
def test_an_answer_is_that_of_the_server(store: Path, document: str) -> None:
    assert byline.open(store).query(document) == client(store).post("/graphql", json={"query": document}).json()


def test_variables_and_the_name_of_an_operation_are_taken(store: Path) -> None:
    document = "query a($n: Int) { papers(first: $n) { nodes { id } } } query b { snapshot { version } }"
    graph = byline.open(store)
    assert len(graph.query(document, {"n": 4}, "a")["data"]["papers"]["nodes"]) == 4
    assert graph.query(document, operation_name="b")["data"]["snapshot"]["version"] == graph.snapshot["version"]
    assert graph.query(document, operation_name="c")["errors"][0]["extensions"]["code"] == "OPERATION_RESOLUTION_FAILURE"


def test_a_notebook_whose_loop_is_running_may_ask(store: Path) -> None:
    async def cell() -> int:
        return len(byline.open(store).query("{ papers(first: 2) { nodes { id } } }")["data"]["papers"]["nodes"])

    assert asyncio.run(cell()) == 2


def test_tables_have_a_row_for_each_node(store: Path) -> None:
    graph = byline.open(store)
    counts = graph.snapshot["counts"]
    for name in ("authors", "papers", "institutions", "categories", "authorships"):
        table = getattr(graph, name)
        assert table.num_rows == counts[name], name
        assert not [column for column in table.column_names if column.endswith("_fold")]
    shown = graph.query("{ papers(first: 100, orderBy: [{by: TITLE, direction: ASC}]) { nodes { id title } } }")["data"]["papers"]
    rows = zip(graph.papers["id"].to_pylist(), graph.papers["title"].to_pylist(), strict=True)
    assert sorted((node["id"], node["title"]) for node in shown["nodes"]) == list(rows)


def test_views_are_networkx_graphs(store: Path) -> None:
    graph = byline.open(store)
    people = graph.coauthors()
    assert isinstance(people, nx.Graph)
    assert people.number_of_nodes() == graph.authors.num_rows
    assert graph.whole().number_of_nodes() >= graph.authors.num_rows + graph.papers.num_rows


def test_it_stays_on_the_snapshot_it_opened(store: Path, tmp_path: Path) -> None:
    ensure_sample(tmp_path)
    graph = byline.open(str(tmp_path))
    before = graph.query("{ snapshot { version } }")
    (tmp_path / "CURRENT").unlink()
    assert graph.query("{ snapshot { version } }") == before
    with pytest.raises(NoSnapshot):
        byline.open(tmp_path)


def mapped(folder: Path) -> bool:
    """Whether this process maps a file of a folder."""
    return str(folder.resolve()) in Path("/proc/self/maps").read_text()


def queries() -> int:
    """How many threads of queries there are."""
    return sum(thread.name.startswith("byline-query") for thread in threading.enumerate())


def test_a_closed_graph_lets_go_of_its_files_and_its_thread(tmp_path: Path) -> None:
    ensure_sample(tmp_path)
    before = queries()
    with byline.open(tmp_path) as graph:
        assert graph.query("{ papers { totalCount } __typename }")["data"]["papers"]["totalCount"] == 15
        papers, people = graph.papers, graph.coauthors()
        assert queries() == before + 1
    assert queries() == before
    for ask in (
        lambda: graph.query("{ papers { totalCount } }"),
        lambda: graph.snapshot,
        lambda: graph.papers,
        graph.coauthors,
        graph.whole,
        graph.__enter__,
    ):
        with pytest.raises(StoreFailed, match=r"the graph is closed \(byline\.open opens it again\)"):
            ask()
    graph.close()
    # What was taken stays whole, and goes by itself.
    assert len(papers["title"].to_pylist()) == 15
    assert people.number_of_edges() == 41
    assert mapped(tmp_path) or not Path("/proc/self/maps").exists()
    del papers, people
    gc.collect()
    assert not Path("/proc/self/maps").exists() or not mapped(tmp_path)


def test_a_graph_is_closed_by_an_error_too(store: Path) -> None:
    with pytest.raises(KeyError), byline.open(store) as graph:
        graph.query("{ nothing }")["data"]["nothing"]["more"]
    with pytest.raises(StoreFailed):
        graph.query("{ papers { totalCount } }")


@pytest.mark.parametrize("within", ["", "deep/er"])
def test_a_file_is_no_store(within: str, tmp_path: Path) -> None:
    file = tmp_path / "papers.jsonl"
    file.write_text("{}")
    with pytest.raises(WrongUse, match=r"papers\.jsonl is not a folder \(give the folder of a graph\)"):
        byline.open(file / within)


def test_importing_byline_imports_no_library() -> None:
    code = "import sys, byline; print([name for name in ('networkx', 'numpy', 'strawberry', 'pyarrow') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

"""A server on the whole anthology keeps its bounds, and no list tears while the graph grows."""

import asyncio
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import psutil
import pytest
from starlette.testclient import TestClient

from bench.acl_records import records
from byline.api.app import create_app
from byline.api.settings import Settings
from byline.api.snapshots import Snapshots
from byline.data.ingest.ingest import ensure_sample, ingest
from byline.graph.model import Kind
from byline.graph.request import NEWEST, Page, Select
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.store import open_store
from tests.anthology import Anthology
from tests.asking import ask, client
from tests.server import Server, serving

pytestmark = [pytest.mark.corpus, pytest.mark.long]
MIB = 1024**2
STARTS = 5

# Lists and figures of every sort; $n differs each time.
VARIED = (
    "query A($n: Int!) {authors(first: 20, where: {paperCount: {gte: $n}}, orderBy: [{by: H_INDEX}]) {totalCount nodes {name"
    " metrics {hIndex {value} gIndex {value} byYear {year count}}}}}",
    "query B($n: Int!) {papers(first: 50, where: {year: {eq: $n}}) {totalCount facets(by: AUTHOR) {nodes {label count}}"
    " nodes {title abstract authors(first: 100) {edges {nameAsPrinted node {name}}}}}}",
    "query C($n: Int!) {papers(first: 5, where: {citationCount: {gte: $n}}, orderBy: [{by: CITATION_COUNT}]) {nodes {title"
    " citedBy(first: 20) {totalCount nodes {title references(first: 10) {nodes {title}}}}}}}",
    "query D($n: Int!) {authors(first: 5, where: {papers: {count: {gte: $n}}}, orderBy: [{by: PAPER_COUNT}]) {nodes {name"
    " coauthors(first: 10, orderBy: [{by: WEIGHT}]) {edges {weight node {name coauthors(first: 10) {nodes {name}}}}}}}}",
    'query E($n: Int!) {papers(first: 100, where: {authorCount: {eq: $n}, title: {contains: "translation"}}) {totalCount'
    " facets(by: YEAR) {nodes {key count}} nodes {title year}}}",
    "query F($n: Int!) {authors(first: 10, where: {papers: {where: {citationCount: {gte: 50}}, count: {gte: 2}},"
    " paperCount: {lte: $n}}) {totalCount nodes {name papers(first: 5) {nodes {title citationCount}}}}}",
)
NUMBERS = (range(20, 60), range(1985, 2022), range(20, 400, 10), range(40, 74), range(1, 35), range(5, 60))


def varied() -> list[tuple[str, int]]:
    """200 queries, each different from the others, those of one sort apart from each other."""
    return [(query, numbers[i]) for i in range(34) for query, numbers in zip(VARIED, NUMBERS, strict=True)][:200]


@pytest.fixture(scope="module")
def server(acl: Anthology) -> Iterator[Server]:
    with serving(acl.store) as running:
        yield running


def test_a_start_costs_the_same_whatever_the_store_holds(acl: Anthology, tmp_path: Path) -> None:
    """In seconds of the processor, which other work on the machine does not add to; `python -m bench.growth` has the clock's."""
    ensure_sample(tmp_path)
    pairs = [[_start(store) for store in (tmp_path, acl.store)] for _ in range(STARTS)]
    least = [min(each) for each in zip(*pairs, strict=True)]
    assert least[1] < 1.5 * least[0], pairs


def _start(store: Path) -> float:
    """What a server took until it was ready, in seconds of the processor."""
    with serving(store) as running:
        taken = psutil.Process(running.process.pid).cpu_times()
        return float(taken.user + taken.system)


def test_under_500_megabytes_after_200_varied_queries(server: Server) -> None:
    queries = varied()
    assert len(set(queries)) == 200
    answered = 0
    for query, n in queries:
        (connection,) = server.ask(query, n=n).values()
        answered += bool(connection["nodes"])
    assert answered > 150, "most of them have something to answer"
    assert server.resident() < 500 * MIB, f"{server.resident() / MIB:.0f} MiB"


def test_walking_5000_edges_meets_each_once_in_order(server: Server, acl: Anthology) -> None:
    store = open_store(current(acl.store))
    rows = asyncio.run(store.find(Kind.PAPER, Select(order=NEWEST, page=Page(first=5000)))).rows
    expected = asyncio.run(store.columns(Kind.PAPER, rows, ["id"]))[0].to_pylist()
    walk = Walk(server.ask, "papers", "")
    while len(walk.ids) < 5000:
        walk.step()
    assert walk.ids == expected


class Walk:
    """A list walked a hundred edges at a time; `ids` are the nodes met so far."""

    def __init__(self, ask: Any, field: str, arguments: str) -> None:
        self._ask, self._field = ask, field
        self._query = (
            f"query W($after: String) {{{field}(first: 100, after: $after{arguments})"
            " {edges {cursor node {id}} pageInfo {hasNextPage hasPreviousPage endCursor} totalCount}}"
        )
        self._after: str | None = None
        self.ids: list[str] = []
        self.total = 0
        self.more = True

    def step(self) -> None:
        """One page further."""
        page = self._ask(self._query, after=self._after)[self._field]
        assert page["pageInfo"]["hasPreviousPage"] is bool(self.ids)
        assert page["pageInfo"]["endCursor"] == page["edges"][-1]["cursor"]
        self.ids += [edge["node"]["id"] for edge in page["edges"]]
        self.total, self.more = page["totalCount"], page["pageInfo"]["hasNextPage"]
        self._after = page["pageInfo"]["endCursor"]


SLICE, ADDED, PAGES_BEFORE = 5200, 700, 20


def lines(path: Path, records: Iterator[dict[str, Any]]) -> Path:
    path.write_bytes(b"".join(orjson.dumps(record) + b"\n" for record in records))
    return path


def everything(served: TestClient, field: str) -> set[str]:
    walk = Walk(lambda query, **variables: ask(served, query, **variables), field, "")
    while walk.more:
        walk.step()
    return set(walk.ids)


def test_walking_meets_each_edge_once_while_a_snapshot_is_ingested_between_two_pages(corpora: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    papers = records(corpora, SLICE + ADDED)
    ingest(store, "records", [lines(tmp_path / "first.jsonl", itertools.islice(papers, SLICE))])
    served = client(store)
    before = {field: everything(served, field) for field in ("papers", "authors")}
    assert len(before["papers"]) == SLICE

    def send(query: str, **variables: Any) -> dict[str, Any]:
        return ask(served, query, **variables)

    walks = [
        Walk(send, "papers", ""),
        Walk(send, "papers", ", orderBy: [{by: TITLE, direction: ASC}]"),
        Walk(send, "authors", ", orderBy: [{by: NAME, direction: DESC}]"),
    ]
    for _ in range(PAGES_BEFORE):
        for walk in walks:
            walk.step()
    added = itertools.chain(additional(), itertools.islice(papers, ADDED))
    assert ingest(store, "records", [lines(tmp_path / "more.jsonl", added)]).changed
    for walk in walks:
        while walk.more:
            walk.step()
    after = {field: everything(served, field) for field in ("papers", "authors")}
    assert before["papers"] < after["papers"]
    assert before["authors"] < after["authors"]
    for walk, field in zip(walks, ("papers", "papers", "authors"), strict=True):
        assert len(walk.ids) == len(set(walk.ids)), "each once"
        assert before[field] <= set(walk.ids) <= after[field], "none left out, of those that were there all the time"
        assert walk.total == len(after[field])
        assert len(walk.ids) > len(before[field]), "what was added behind the place is met too"


def additional() -> Iterator[dict[str, Any]]:
    """Papers before and behind every place, and without a year."""
    for i, year in enumerate([2031, 1901, None] * 20):
        record = {
            "type": "paper",
            "id": f"x:{i}",
            "title": f"{'A z'[i % 3]} added {i}",
            "authors": [{"name": f"{'Za'[i % 2]}dded {i}"}],
        }
        yield record | ({"year": year} if year else {})


class Meanwhile:
    """A store that lets something happen after its first answer."""

    def __init__(self, store: Any, happen: Any) -> None:
        self._store, self._happen, self._asked = store, happen, 0

    def __getattr__(self, name: str) -> Any:
        self._asked += 1
        if self._asked == 2 and self._happen is not None:
            self._happen()
        return getattr(self._store, name)


def test_a_request_in_flight_keeps_the_snapshot_it_began_on(tmp_path: Path) -> None:
    """Two ingests come between: the second one removes the folder of the snapshot that the request still reads."""
    store = tmp_path / "store"
    ensure_sample(store)
    began = current(store)

    def grow() -> None:
        for year in (2001, 2002):
            paper = {"type": "paper", "title": f"of {year}", "year": year, "authors": [{"name": "Andrew Kyle Lampinen"}]}
            assert ingest(store, "records", [lines(tmp_path / f"{year}.jsonl", iter([paper]))]).changed
        assert not began.exists()

    happenings = iter([grow])
    snapshots = Snapshots(store, lambda folder: Meanwhile(open_store(folder), next(happenings, None)))
    served = TestClient(create_app(Settings(store=str(store)), store=snapshots.store))
    query = """{
      author(by: {name: "Andrew Kyle Lampinen"}) { papers(first: 100) { totalCount nodes { title abstract } } }
      snapshot { version paperCount }
      papers(first: 100) { totalCount nodes { title authors { nodes { name } } } }
    }"""
    first, second = (ask(served, query) for _ in range(2))
    assert first["snapshot"] == {"version": began.name, "paperCount": 15}
    assert first["papers"]["totalCount"] == len(first["papers"]["nodes"]) == 15
    assert first["author"]["papers"]["totalCount"] == len(first["author"]["papers"]["nodes"]) == 15
    assert all(node["abstract"] for node in first["author"]["papers"]["nodes"])
    assert second["snapshot"] == {"version": current(store).name, "paperCount": 17}
    assert second["author"]["papers"]["totalCount"] == second["papers"]["totalCount"] == 17

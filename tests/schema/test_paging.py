"""Walking a list page by page: every entry once, also when a snapshot with more papers comes in between two pages."""

from collections.abc import Iterator
from typing import Any

import pytest

from byline.graph.model import Facts, Kind
from byline.graph.store.protocol import Store
from byline.schema.build import make_schema
from tests.contract.stores import STORES, columnar
from tests.queries.answers import respond
from tests.schema.chain import ids, many

SCHEMA = make_schema()
PAGE = "{ pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { id } }"
ROOT = "query ($first: Int, $after: String) { list: papers(%s first: $first, after: $after) " + PAGE + " }"
OF_HUB = (
    'query ($first: Int, $after: String) { author(by: {name: "hub"}) { list: %s(%s first: $first, after: $after) ' + PAGE + " } }"
)
BACK = "query ($last: Int, $before: String) { list: papers(%s last: $last, before: $before) " + PAGE + " }"
ORDERS = [
    "",
    "orderBy: [{by: TITLE, direction: ASC}],",
    "orderBy: [{by: LISTED, direction: DESC}],",
    "orderBy: [{by: PUBLISHED_ON, direction: ASC}],",
]


def page_of(store: Store, text: str, **variables: Any) -> dict[str, Any]:
    answer = respond(SCHEMA, store, text, variables)
    assert not answer["errors"]
    page: dict[str, Any] = answer["data"].get("list") or answer["data"]["author"]["list"]
    return page


def walk(stores: Iterator[Store], text: str, length: int) -> list[str]:
    """The ids of a list, page by page, each page from the next store."""
    ids_met: list[str] = []
    after = None
    while True:
        page = page_of(next(stores), text, first=length, after=after)
        assert page["pageInfo"]["hasPreviousPage"] == (after is not None)
        ids_met += [node["id"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            return ids_met
        assert len(page["nodes"]) == length
        after = page["pageInfo"]["endCursor"]


def walk_back(store: Store, text: str, length: int) -> list[str]:
    ids_met: list[str] = []
    before = None
    while True:
        page = page_of(store, text, last=length, before=before)
        assert page["pageInfo"]["hasNextPage"] == (before is not None)
        ids_met = [node["id"] for node in page["nodes"]] + ids_met
        if not page["pageInfo"]["hasPreviousPage"]:
            return ids_met
        before = page["pageInfo"]["startCursor"]


def always(store: Store) -> Iterator[Store]:
    while True:
        yield store


def swapped(first: Store, second: Store, after: int) -> Iterator[Store]:
    """The first store for some pages, then the second one."""
    for _ in range(after):
        yield first
    yield from always(second)


@pytest.fixture(scope="module")
def small() -> Facts:
    return many(range(0, 10_000, 2))


@pytest.fixture(scope="module")
def first(small: Facts) -> Store:
    return columnar(small)


@pytest.fixture(scope="module")
def second() -> Store:
    """The papers of the first snapshot and, between them, half as many more."""
    return columnar(many([*range(0, 10_000, 2), *range(1, 10_000, 4)]))


@pytest.mark.slow
@pytest.mark.parametrize("order", ORDERS)
def test_five_thousand_edges_each_once(first: Store, small: Facts, order: str) -> None:
    ids_met = walk(always(first), ROOT % order, 100)
    assert len(ids_met) == 5000
    assert set(ids_met) == ids(small, Kind.PAPER)


@pytest.mark.slow
@pytest.mark.parametrize("field", ["papers", "coauthors"])
def test_five_thousand_edges_of_one_person(first: Store, field: str) -> None:
    ids_met = walk(always(first), OF_HUB % (field, ""), 100)
    assert len(ids_met) == len(set(ids_met)) == 5000


@pytest.mark.slow
@pytest.mark.parametrize("order", ORDERS)
def test_backwards_gives_the_same_list(first: Store, order: str) -> None:
    assert walk_back(first, BACK % order, 100) == walk(always(first), ROOT % order, 100)


@pytest.mark.slow
@pytest.mark.parametrize("text", [*(ROOT % order for order in ORDERS), OF_HUB % ("papers", ""), OF_HUB % ("coauthors", "")])
def test_a_snapshot_comes_in_between(first: Store, second: Store, text: str) -> None:
    """Nothing of the first snapshot is missed and nothing comes twice; what is new may come where it belongs."""
    whole = walk(always(first), text, 100)
    before = set(whole)
    ids_met = walk(swapped(first, second, 20), text, 100)
    assert len(ids_met) == len(set(ids_met)) > 5000
    assert [identifier for identifier in ids_met if identifier in before] == whole


@pytest.mark.slow
def test_a_snapshot_with_fewer_papers_comes_in_between(first: Store, small: Facts) -> None:
    """The entry that a cursor names may be gone: the walk goes on where it stood."""
    fewer = many(range(0, 10_000, 4))
    ids_met = walk(swapped(first, columnar(fewer), 7), ROOT % "", 100)
    assert len(ids_met) == len(set(ids_met))
    assert ids_met[:700] == walk(always(first), ROOT % "", 100)[:700]
    rest = ids(fewer, Kind.PAPER) - set(ids_met[:700])
    assert set(ids_met[700:]) == rest


@pytest.mark.parametrize("store", STORES)
def test_a_page_is_one_list_seen_three_ways(store: str) -> None:
    """Edges, nodes and the cursors of pageInfo agree, and a cursor leads on from its own entry."""
    opened = STORES[store](many(range(60)))
    whole = "{ totalCount pageInfo { startCursor endCursor } edges { cursor node { id } } nodes { id } }"
    text = "query ($after: String) { list: papers(first: 10, after: $after) " + whole + " }"
    page = page_of(opened, text)
    assert [edge["node"] for edge in page["edges"]] == page["nodes"]
    cursors = [edge["cursor"] for edge in page["edges"]]
    assert [cursors[0], cursors[-1]] == [page["pageInfo"]["startCursor"], page["pageInfo"]["endCursor"]]
    assert page_of(opened, text, after=cursors[4])["nodes"][:5] == page["nodes"][5:]
    assert page["totalCount"] == page_of(opened, text, after=cursors[4])["totalCount"] == 60


@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize("text", [ROOT % ORDERS[1], ROOT % ORDERS[3], OF_HUB % ("papers", "orderBy: [{by: YEAR}],")])
@pytest.mark.parametrize("length", [1, 7, 60])
def test_any_length_on_every_store(store: str, text: str, length: int) -> None:
    opened = STORES[store](many(range(60)))
    ids_met = walk(always(opened), text, length)
    assert len(ids_met) == len(set(ids_met)) == 60

"""Pages of paths: each as Relay cuts it, and no more paths searched for than it takes to know the page."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
import pytest

from byline.graph.query.path_pages import PathPage, cut, decode, encode, outcome
from byline.graph.request import Page, Route
from byline.graph.store.protocol import Paths, Rows, Status, Store
from byline.schema.build import make_schema
from byline.schema.context import Context
from tests.contract.stores import STORES
from tests.queries.answers import respond
from tests.queries.graphs import rich
from tests.queries.pools import pools_of
from tests.queries.test_planned import planner, run

SCHEMA = make_schema()
MOST = 5


def found(count: int, status: Status = Status.FOUND) -> Paths:
    """So many paths of one pair, each a person longer than the last."""
    people = np.cumsum([0, *range(2, count + 2)])
    return Paths([status], np.array([0, count]), people, np.arange(people[-1], dtype=np.int32))


def pages() -> Iterator[PathPage]:
    """Every page by small numbers."""
    sizes, places = (None, 0, 1, 2, 5), (None, 1, 2, 4)
    for first, after, last, before in product(sizes, places, sizes, places):
        if (first, last) != (None, None):
            yield PathPage(Page(first, after and (after,), last, before and (before,)), MOST)


def sliced(count: int, page: Page) -> list[int]:
    """The same by slices of the whole list."""
    places = [place for place in range(1, count + 1) if not (page.after and place <= page.after[0])]
    places = [place for place in places if not (page.before and place >= page.before[0])]
    places = places if page.first is None else places[: page.first]
    return places if page.last is None else places[max(0, len(places) - page.last) :]


@pytest.mark.parametrize("there", range(MOST + 2))
def test_no_more_is_looked_for_than_tells_the_page(there: int) -> None:
    """What the paths that are needed say of a page is what all of them say."""
    whole = min(there, MOST)
    for page in pages():
        every = page.stretch(whole)
        assert list(range(every.start + 1, every.stop + 1)) == sliced(whole, page.page), page
        for total, flags in product((False, True), repeat=2):
            some = found(min(there, max(1, page.needed(total, flags))))
            cut_here = page.stretch(len(some.people) - 1)
            assert sliced(whole, page.page) == list(range(cut_here.start + 1, cut_here.stop + 1)), page
            if flags:
                assert cut_here[2:] == every[2:], page
            if total:
                assert page.total(some) == (there if there < MOST else None)


def test_what_a_page_needs() -> None:
    def needed(total: bool = False, flags: bool = False, **page: Any) -> int:
        return PathPage(Page(**page), MOST).needed(total, flags)

    assert [needed(first=1), needed(first=1, flags=True), needed(first=1, total=True)] == [1, 2, MOST]
    assert [needed(first=2, after=(2,)), needed(last=1, before=(3,)), needed(last=1), needed(first=0)] == [4, 2, MOST, 0]


def test_a_search_that_stopped_does_not_know_how_many_there_are() -> None:
    page = PathPage(Page(first=1), MOST)
    assert page.total(found(2, Status.BUDGET_EXCEEDED)) is None
    assert [page.total(found(2)), page.total(found(0, Status.DISCONNECTED)), page.total(found(0, Status.SAME))] == [2, 0, 0]
    assert outcome(found(2, Status.BUDGET_EXCEEDED)) is Status.FOUND
    assert outcome(found(0, Status.BUDGET_EXCEEDED)) is Status.BUDGET_EXCEEDED


def test_some_of_the_paths() -> None:
    some = cut(found(3), 1, 3)
    assert (some.paths.tolist(), some.people.tolist(), some.rows.tolist()) == ([0, 2], [0, 3, 7], [2, 3, 4, 5, 6, 7, 8])
    assert len(cut(found(3), 3, 3).rows) == 0


def test_cursors_name_places() -> None:
    assert [decode(encode(place)) for place in (1, 20)] == [(1,), (20,)]


class Routes:
    """A store that notes the routes that it is asked for."""

    def __init__(self, store: Store) -> None:
        self.store, self.routes = store, list[Route]()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    async def paths(self, pairs: Rows, route: Route) -> Paths:
        self.routes.append(route)
        return await self.store.paths(pairs, route)


@pytest.fixture(scope="module")
def store() -> Store:
    return STORES["columnar"](rich())


@pytest.fixture(scope="module")
def ends(store: Store) -> dict[str, str]:
    people = [node["id"] for node in pools_of(store).nodes["author"]]  # type: ignore[index]
    return {"a": people[60], "b": people[99]}


SEARCH = "query ($a: ID!, $b: ID!%s) { collaborationPath(from: {id: $a}, to: {id: $b}) { %s } }"
PAGE = ", $first: Int, $after: String, $last: Int, $before: String"


@pytest.mark.parametrize(
    ("shown", "limit"),
    [
        ("status distance", 1),
        ("paths { nodes { authors { id } } }", 1),
        ("paths { edges { cursor node { hops { paperCount } } } }", 1),
        ("paths { pageInfo { hasNextPage } }", 2),
        ("one: paths { nodes { __typename } } more: paths(first: 4) { nodes { __typename } }", 4),
        ("paths { totalCount }", 20),
        ("paths(last: 1) { nodes { __typename } }", 20),
    ],
)
def test_one_search_of_as_many_as_are_shown(store: Store, ends: dict[str, str], shown: str, limit: int) -> None:
    noted: Any = Routes(store)
    columnar = planner()
    compiled, coerced = columnar.compiled(SEARCH % ("", shown), ends, None)
    run(columnar.execute(compiled, compiled.bind(coerced), Context(noted)))
    assert [route.limit for route in noted.routes] == [limit]


def test_paths_page_both_ways(store: Store, ends: dict[str, str]) -> None:
    text = SEARCH % (
        PAGE,
        "paths(first: $first, after: $after, last: $last, before: $before) "
        "{ edges { cursor node { authors { id } } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }",
    )

    def page(**variables: Any) -> Any:
        answer = respond(SCHEMA, store, text, {**ends, **variables})
        assert not answer["errors"]
        return answer["data"]["collaborationPath"]["paths"]

    whole = page(first=20)["edges"]
    assert len({str(edge["node"]) for edge in whole}) == 20
    for length, cursor, more, at in (
        ("first", "after", "hasNextPage", "endCursor"),
        ("last", "before", "hasPreviousPage", "startCursor"),
    ):
        edges, place, onwards = [], None, True
        while onwards:
            part = page(**{length: 3, cursor: place})
            edges = edges + part["edges"] if length == "first" else part["edges"] + edges
            onwards, place = part["pageInfo"][more], part["pageInfo"][at]
        assert edges == whole

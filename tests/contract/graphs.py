"""The random graphs and requests of the contract suite as strategies: hypothesis draws a seed, and prints what was made of it."""

from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any, TypeVar

from hypothesis import strategies as st

from byline.graph.model import Edge, Kind
from byline.graph.request import Order, Select, Where, Window
from byline.graph.store.contract import conditions, graphs, requests
from byline.graph.store.contract.draft import Draft

T = TypeVar("T")
_SEEDS = st.integers(0, 2**32 - 1)


def seeded(make: Callable[[Random], T]) -> st.SearchStrategy[T]:
    """Whatever is made of a source of random numbers."""
    return _SEEDS.map(lambda seed: make(Random(seed)))


@cache
def drafts() -> st.SearchStrategy[Draft]:
    return seeded(graphs.world)


@cache
def webs() -> st.SearchStrategy[Draft]:
    return seeded(graphs.web)


@cache
def texts() -> st.SearchStrategy[str]:
    return seeded(requests.text)


@cache
def wheres(kind: Kind, depth: int = 2) -> st.SearchStrategy[Where]:
    return seeded(lambda draw: conditions.where(draw, kind, depth))


@cache
def orders(kind: Kind, edge: Edge | None) -> st.SearchStrategy[tuple[Order, ...]]:
    return seeded(lambda draw: requests.order(draw, kind, edge))


@cache
def selects(kind: Kind, edge: Edge | None = None) -> st.SearchStrategy[Select]:
    return seeded(lambda draw: requests.select(draw, kind, edge))


@cache
def windows(edge: Edge) -> st.SearchStrategy[Window | None]:
    return seeded(lambda draw: requests.window(draw, edge))


@cache
def rows(size: int, pair: bool = False) -> st.SearchStrategy[list[Any]]:
    """A batch, with repeated rows in it."""

    def batch(draw: Random) -> list[Any]:
        drawn_rows = requests.batch(draw, size, pair).tolist()
        return [tuple(each) for each in drawn_rows] if pair else drawn_rows

    return seeded(batch)

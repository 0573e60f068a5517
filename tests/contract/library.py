"""Two small graphs that several tests ask, by the keys of their nodes."""

from datetime import date
from typing import Any

import numpy as np

from byline.graph.model import EDGES, Kind
from byline.graph.request import Hop, Select, Window
from byline.graph.store.contract.draft import Draft, node_id
from byline.graph.store.protocol import Ragged
from tests.contract.stores import answer, lists

AUTHOR, PAPER, INSTITUTION, CATEGORY, VENUE = Kind.AUTHOR, Kind.PAPER, Kind.INSTITUTION, Kind.CATEGORY, Kind.VENUE


def library() -> Draft:
    """Four people, five papers."""
    draft = Draft()
    draft.category("cs.CL", parent="cs")
    draft.paper("p1", ["ann@lab", "bob@lab+uni", "cy"], ["cs.CL", "cs"], year=2020, author_count=3)
    draft.paper("p2", ["bob@uni", "ann@uni"], ["cs"], cites=["p1"], year=2021, author_count=2)
    draft.paper("p3", ["ann"], cites=["p1", "p2", "p3"], year=None, author_count=1, institutions=["mill"])
    draft.paper("p4", ["ann", "bob", "cy"], year=2022, author_count=None, author_list_complete=False)
    draft.paper("p5", [], year=2021, published_on=date(2021, 5, 1))
    draft.author("dee")
    for paper, venue in (("p1", "letters"), ("p2", "letters"), ("p3", "workshop")):
        draft.paper(paper, venue=venue)
    return draft


def expand(make, draft: Draft, edge: str, keys: list[Any], select: Select = Select(), window: Window | None = None) -> Ragged:  # noqa: B008
    """The hop from nodes named by key, pairs of them for pair hops."""
    source = EDGES[edge].source
    pair = EDGES[edge].pair
    rows = [draft.rows(source, *key) if pair else draft.row(source, key) for key in keys]
    shape = (len(rows), 2) if pair else (len(rows),)
    return answer(make(draft.facts()).expand(Hop(EDGES[edge], window), np.array(rows, np.int32).reshape(shape), select))


def named(draft: Draft, kind: Kind, ragged: Ragged) -> list[list[str]]:
    return [[draft.key(kind, row) for row in one] for one in lists(ragged)]


def by_id(kind: Kind, *keys: str) -> list[str]:
    return sorted(keys, key=lambda key: node_id(kind, key))


def titled(make, draft: Draft, select: Select) -> list[str]:
    return named(draft, PAPER, answer(make(draft.facts()).find(PAPER, select)))[0]


def twice() -> Draft:
    draft = Draft()
    draft.paper("p", ["ann", "bob", "ann"], year=2020, author_count=3)
    draft.printed("p", "cy", None, None)
    return draft

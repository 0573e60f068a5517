"""Checks: what is asked of a store on one graph, by the clause of the protocol that it is about."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, TypeAlias

import numpy as np

from byline.graph.model import BETWEEN, COLLABORATORS, COLUMNS, EDGES, IDENTIFIED, LETTERS, Kind
from byline.graph.request import EVERYTHING, Facet, HitFacet, Hop, Page, Prediction, Route, Search, Select
from byline.graph.store.contract import requests
from byline.graph.store.contract.draft import Draft
from byline.graph.store.contract.draws import upto
from byline.graph.store.contract.places import PAGED, paged_by, places
from byline.graph.store.protocol import Rows, Store


@dataclass(frozen=True)
class Question:
    """One call of a method."""

    method: str
    arguments: tuple[Any, ...] = ()


Questions: TypeAlias = AsyncIterator[Question]
Check: TypeAlias = Callable[[Random, Draft, Store], Questions]


async def _snapshot(draw: Random, draft: Draft, oracle: Store) -> Questions:
    yield Question("snapshot")


async def _columns(draw: Random, draft: Draft, oracle: Store) -> Questions:
    for kind, size in requests.sizes(draft).items():
        batch = np.array([*range(size), *range(size - 1, -1, -1)], np.int32)
        names = tuple(column.name for column in COLUMNS[kind])
        yield Question("columns", (kind, batch, names))
        for rows in (batch, np.tile(batch, 4), batch[:1]):
            yield Question("values", (kind, rows, names))


async def _hops(draw: Random, draft: Draft, oracle: Store) -> Questions:
    for edge in EDGES.values():
        rows = requests.batch(draw, requests.sizes(draft)[edge.source], edge.pair)
        hop = Hop(edge, requests.window(draw, edge), draw.choice((1, 2, 2, 3)) if edge in (COLLABORATORS, BETWEEN) else 2)
        yield Question("expand", (hop, rows, requests.select(draw, edge.target, edge)))


async def _whole_hops(draw: Random, draft: Draft, oracle: Store) -> Questions:
    """Whole lists with all that belongs to them, of a few rows far apart."""
    for edge in EDGES.values():
        size = requests.sizes(draft)[edge.source]
        rows = np.arange(0, size, max(1, size // 4), dtype=np.int32)
        batch: Rows = np.stack([rows, rows], axis=1) if edge.pair else rows
        yield Question("expand", (Hop(edge), batch, Select(values=edge.values, total=True)))


async def _cursors(draw: Random, draft: Draft, oracle: Store) -> Questions:
    """Before and after places that are somebody's: with equal keys the id decides."""
    for edge in draw.sample(PAGED, 3):
        rows = requests.batch(draw, requests.sizes(draft)[edge.source])
        select = requests.select(draw, edge.target, edge)
        order = paged_by(edge, select.order)
        cursors = await places(oracle, Hop(edge), rows, order)
        if cursors:
            after, before = (draw.choice([None, *cursors]) for _ in range(2))
            page = Page(upto(draw, 3), after, upto(draw, 3), before)
            yield Question("expand", (Hop(edge), rows, Select(select.where, order, page, select.values, True)))


async def _roots(draw: Random, draft: Draft, oracle: Store) -> Questions:
    for kind in LETTERS:
        for _ in range(3):
            yield Question("find", (kind, requests.select(draw, kind)))


async def _facets(draw: Random, draft: Draft, oracle: Store) -> Questions:
    for by in Facet:
        edge = draw.choice([edge for edge in EDGES.values() if edge.target is Kind.PAPER])
        rows = requests.batch(draw, requests.sizes(draft)[edge.source], edge.pair)
        where, hop, nobody = requests.maybe_where(draw, Kind.PAPER), Hop(edge, requests.window(draw, edge)), np.zeros(0, np.int32)
        of_entries = requests.entries_where(draw, Kind.PAPER, edge)
        everything = await oracle.facet(Kind.PAPER, nobody, EVERYTHING, by, Page())
        cursors = [None, *zip(everything.counts.tolist(), everything.labels, everything.keys, strict=True), (2, "m", "m")]
        page = Page(upto(draw, 3), draw.choice(cursors), upto(draw, 3), draw.choice(cursors))
        yield Question("facet", (hop, rows, of_entries, by, page))
        yield Question("facet", (Kind.PAPER, nobody, where, by, page))
        yield Question("facet", (Kind.PAPER, nobody, EVERYTHING, by, page))
        yield Question("facet", (Kind.PAPER, nobody, EVERYTHING, by, Page()))
        yield Question("facet", (await oracle.expand(hop, rows, Select(of_entries)), nobody, EVERYTHING, by, page))


async def _facets_of_searches(draw: Random, draft: Draft, oracle: Store) -> Questions:
    nobody = np.zeros(0, np.int32)
    for by in (*HitFacet, *Facet):
        for search in (requests.search(draw), Search(requests.text(draw), IDENTIFIED)):
            whole = await oracle.facet(search, nobody, EVERYTHING, by, Page())
            cursors = [None, *zip(whole.counts.tolist(), whole.labels, whole.keys, strict=True), (2, "m", "m")]
            page = Page(upto(draw, 3), draw.choice(cursors), upto(draw, 3), draw.choice(cursors))
            yield Question("facet", (search, nobody, EVERYTHING, by, page))
            yield Question("facet", (search, nobody, EVERYTHING, by, Page()))


async def _keys(draw: Random, draft: Draft, oracle: Store) -> Questions:
    for kind in LETTERS:
        keys = [requests.key(draw, kind) for _ in range(draw.randint(0, 8))]
        for method in ("lookup", "candidates"):
            yield Question(method, (kind, keys))
            yield Question(method, (kind, []))


async def _search(draw: Random, draft: Draft, oracle: Store) -> Questions:
    yield Question("search", ([requests.search(draw) for _ in range(15)],))
    text, first = requests.text(draw), draw.randint(1, 3)
    (whole,) = await oracle.search([Search(text, IDENTIFIED, total=True)])
    for kind, row, place in zip(whole.kinds, whole.rows, whole.places, strict=True):
        here = (*place, str((await oracle.values(kind, np.array([row], np.int32), ["id"]))[0][0]))
        yield Question("search", ([Search(text, IDENTIFIED, first=first, after=here)],))
        yield Question("search", ([Search(text, IDENTIFIED, last=first, before=here)],))


async def _complete(draw: Random, draft: Draft, oracle: Store) -> Questions:
    yield Question("complete", ([requests.begun(draw) for _ in range(15)],))


async def _steps(draw: Random, draft: Draft, oracle: Store) -> Questions:
    size = requests.sizes(draft)[Kind.AUTHOR]
    window = requests.window(draw, COLLABORATORS)
    rows, pairs = requests.batch(draw, size, most=6), requests.batch(draw, size, pair=True, most=6)
    distance = draw.randint(1, 4)
    for edge, batch in ((COLLABORATORS, rows), (BETWEEN, pairs)):
        yield Question("expand", (Hop(edge, window, distance), batch, Select(values=edge.values, total=True)))
    for weighted in (False, True):
        yield Question("paths", (pairs, Route(window, weighted, draw.choice((1, 2, 5)))))
    yield Question("paths", (pairs, Route(window, budget=draw.choice((2, 5, 11)))))
    for method in Prediction:
        yield Question("suggest", (rows, window, method, draw.randint(0, 5)))


async def _alike(draw: Random, draft: Draft, oracle: Store) -> Questions:
    rows = requests.batch(draw, requests.sizes(draft)[Kind.PAPER])
    yield Question("alike", (rows, draw.randint(0, 4)))
    yield Question("alike", (rows, 50))


CHECKS: Mapping[str, Check] = {
    "snapshot": _snapshot,
    "columns": _columns,
    "hops": _hops,
    "whole hops": _whole_hops,
    "cursors": _cursors,
    "roots": _roots,
    "facets": _facets,
    "facets of searches": _facets_of_searches,
    "keys": _keys,
    "search": _search,
    "complete": _complete,
    "steps": _steps,
    "alike": _alike,
}

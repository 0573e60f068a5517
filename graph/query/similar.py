"""Papers like a paper, for a batch of rows at a time, over any store, and what speaks for it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from byline.graph.metrics import similarity
from byline.graph.model import CITED_BY, OUTSIDE_COUPLED, REFERENCES, SHARED_CITATIONS, SHARED_REFERENCES, Edge, Kind
from byline.graph.query.scored import ScoredPages, chosen, needed, pages_of
from byline.graph.query.slots import ConnectionArgs
from byline.graph.request import NOTHING, Hop, Page, Select
from byline.graph.store.protocol import Offsets, Rows, Scores, Store
from byline.graph.text import words

Places = npt.NDArray[np.int64]
# Links that are followed at once.
_BATCH = 2_000_000
# Papers whose works outside the graph are followed at once.
_ROWS = 64


class By(StrEnum):
    """What makes two papers alike."""

    CO_CITATION = "co-citation"
    BIBLIOGRAPHIC_COUPLING = "bibliographic coupling"
    TEXT = "text"


METHODS = {By.CO_CITATION: similarity.CO_CITATION, By.BIBLIOGRAPHIC_COUPLING: similarity.COUPLING, By.TEXT: similarity.TEXT}


@dataclass(frozen=True)
class SimilarArgs:
    """By what, and which page."""

    method: By
    page: Page


@dataclass(frozen=True)
class _Link:
    """There and back: from a paper to what links it, and from there to others. `own` are the columns that count the links of a
    paper, `wide` those that count how many papers each of them leads to, the second taken from or added to the first.
    `shared` leads from two papers to what links both."""

    there: Edge
    back: Edge
    own: tuple[str, str, int]
    wide: tuple[str, str, int]
    shared: Edge


_CITING = ("citation_count", "outside_citation_count", -1)
_LINKS = {
    By.CO_CITATION: _Link(CITED_BY, REFERENCES, _CITING, ("reference_count", "outside_reference_count", 0), SHARED_CITATIONS),
    By.BIBLIOGRAPHIC_COUPLING: _Link(
        REFERENCES, CITED_BY, ("reference_count", "outside_reference_count", 1), _CITING, SHARED_REFERENCES
    ),
}


async def _count(store: Store, rows: Rows, columns: tuple[str, str, int]) -> Places:
    """Links of each paper: one column plus or minus another."""
    base, further = await store.columns(Kind.PAPER, rows, columns[:2])
    return np.asarray(base.fill_null(0), np.int64) + columns[2] * np.asarray(further.fill_null(0), np.int64)


@dataclass(frozen=True)
class Similar:
    """Lists of papers laid end to end, the most alike first: `sources` are the rows they are alike to, `scores` how much, and
    `shared` how many papers, works outside the graph or words both have."""

    offsets: Offsets
    sources: Rows
    rows: Rows
    scores: npt.NDArray[np.float64]
    shared: Places
    pages: ScoredPages


async def similar(store: Store, rows: Rows, args: SimilarArgs, total: bool = False) -> Similar:
    """The page of the papers most like each row, and how many there are where `total` is asked for."""
    upto = needed(args.page, total)
    if args.method is By.TEXT:
        found, all_shared = await store.alike(rows, upto), None
    else:
        found, all_shared = await _linked(store, rows, args.method, upto)
    pages = await pages_of(store, Kind.PAPER, found, args.page)
    scores = chosen(found, pages)
    sources = np.repeat(rows, np.diff(pages.offsets)).astype(np.int32)
    if all_shared is None:
        shared = np.array([len(both) for both in await shared_words(store, sources, scores.rows)], np.int64)
    else:
        shared = all_shared[pages.places]
    return Similar(scores.offsets, sources, scores.rows, scores.scores, shared, pages)


async def _linked(store: Store, rows: Rows, by: By, first: int) -> tuple[Scores, Places]:
    size, link = np.int64(max((await store.snapshot()).counts["papers"], 1)), _LINKS[by]
    parts = [part async for part in _met(store, rows, link, size)]
    if by is By.BIBLIOGRAPHIC_COUPLING:
        parts += [part async for part in _met_outside(store, rows, size)]
    keys, counts = (np.concatenate([np.zeros(0, np.int64), *(part[which] for part in parts)]) for which in (0, 1))
    pairs, shared = similarity.tallied(keys, counts)
    lists, papers = pairs // size, pairs % size
    distinct, places = np.unique(papers, return_inverse=True)
    theirs = (await _count(store, distinct.astype(np.int32), link.own))[places]
    scores = similarity.cosine(shared, (await _count(store, rows, link.own))[lists], theirs)
    top = similarity.best(lists, papers, scores, first)
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.bincount(lists[top], minlength=len(rows)))])
    return Scores(offsets, papers[top].astype(np.int32), scores[top]), shared[top]


async def _met(store: Store, rows: Rows, link: _Link, size: np.int64) -> AsyncIterator[tuple[Places, Places]]:
    """(list * size + paper, how many links) of the papers that links within the graph lead to."""
    near = await store.expand(Hop(link.there), rows, Select())
    owner = np.repeat(np.arange(len(rows)), np.diff(near.offsets))
    wide = await _count(store, near.rows, link.wide)
    followed = wide <= similarity.MOST_LINKS
    owner, through, wide = owner[followed], near.rows[followed], wide[followed]
    for part in _stretches(owner, wide):
        far = await store.expand(Hop(link.back), through[part], Select())
        lists = np.repeat(owner[part], np.diff(far.offsets))
        others = far.rows != rows[lists]
        yield np.unique(lists[others] * size + far.rows[others], return_counts=True)


async def _met_outside(store: Store, rows: Rows, size: np.int64) -> AsyncIterator[tuple[Places, Places]]:
    """The same of the papers that cite the same works outside the graph."""
    for start in range(0, len(rows), _ROWS):
        far = await store.expand(Hop(OUTSIDE_COUPLED), rows[start : start + _ROWS], Select(values=("shared_count",)))
        lists = start + np.repeat(np.arange(len(far.offsets) - 1), np.diff(far.offsets))
        yield lists * size + far.rows, np.asarray(far.values["shared_count"], np.int64)


def _stretches(owner: Places, wide: Places) -> list[slice]:
    """Links in stretches of about _BATCH far ends, those of one list together."""
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    weight = np.add.reduceat(wide, starts) if len(starts) else wide
    cuts = np.flatnonzero(np.diff(np.cumsum(weight) // _BATCH)) + 1
    bounds = [0, *starts[cuts].tolist(), len(owner)]
    return [slice(start, stop) for start, stop in pairwise(bounds) if stop > start]


def shared_by(by: By, select: Select) -> ConnectionArgs:
    """The papers that link the two of a pair: a hop from both, and what is asked of it. No paper stands behind words."""
    if by is By.TEXT:
        return ConnectionArgs(Hop(SHARED_REFERENCES), replace(select, where=NOTHING))
    return ConnectionArgs(Hop(_LINKS[by].shared), select)


async def shared_words(store: Store, left: Rows, right: Rows) -> list[list[str]]:
    """The words that both titles have, in the order of the left one."""
    (mine,) = await store.values(Kind.PAPER, left, ["title"])
    (theirs,) = await store.values(Kind.PAPER, right, ["title"])
    return [
        [word for word in dict.fromkeys(words(one)) if word in held]
        for one, held in zip(mine, (set(words(title)) for title in theirs), strict=True)
    ]


async def shared_outside(store: Store, left: Rows, right: Rows) -> list[list[str]]:
    """The ids of the works outside the graph that both papers cite, in the order of the left one."""
    (mine,) = await store.values(Kind.PAPER, left, ["unresolved_references"])
    (theirs,) = await store.values(Kind.PAPER, right, ["unresolved_references"])
    return [
        [work for work in one or () if work in held]
        for one, held in zip(mine, (set(works or ()) for works in theirs), strict=True)
    ]

"""Papers like a paper, for a batch of rows at a time, over any store, and what speaks for it."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from graph.metrics import similarity
from graph.model import CITED_BY, REFERENCES, Edge, Kind
from graph.store.protocol import Offsets, Rows, Store
from graph.text import words
from graph.where import NEWEST, Hop, Select

Places = npt.NDArray[np.int64]
# Links that are followed at once.
_BATCH = 2_000_000


class By(StrEnum):
    """What makes two papers alike."""

    CO_CITATION = "co-citation"
    BIBLIOGRAPHIC_COUPLING = "bibliographic coupling"
    TEXT = "text"


METHODS = {By.CO_CITATION: similarity.CO_CITATION, By.BIBLIOGRAPHIC_COUPLING: similarity.COUPLING, By.TEXT: similarity.TEXT}


@dataclass(frozen=True)
class Asked:
    """By what, and how many."""

    by: By
    first: int


@dataclass(frozen=True)
class _Link:
    """There and back: from a paper to what links it, and from there to others; `own` counts the links of a paper, `wide` how
    many papers each of them leads to."""

    there: Edge
    back: Edge
    own: str
    wide: str


_LINKS = {
    By.CO_CITATION: _Link(CITED_BY, REFERENCES, "citation_count", "reference_count"),
    By.BIBLIOGRAPHIC_COUPLING: _Link(REFERENCES, CITED_BY, "reference_count", "citation_count"),
}


@dataclass(frozen=True)
class Similar:
    """Lists of papers laid end to end, the most alike first: `sources` are the rows they are alike to, `scores` how much, and
    `shared` how many papers or words both have."""

    offsets: Offsets
    sources: Rows
    rows: Rows
    scores: npt.NDArray[np.float64]
    shared: Places


async def similar(store: Store, rows: Rows, asked: Asked) -> Similar:
    """The papers most like each row."""
    if asked.by is By.TEXT:
        found = await store.alike(rows, asked.first)
        sources = np.repeat(rows, np.diff(found.offsets)).astype(np.int32)
        shared = [len(both) for both in await shared_words(store, sources, found.rows)]
        return Similar(found.offsets, sources, found.rows, found.scores, np.array(shared, np.int64))
    return await _linked(store, rows, _LINKS[asked.by], asked.first)


async def _linked(store: Store, rows: Rows, link: _Link, first: int) -> Similar:
    size = np.int64(max((await store.snapshot()).counts["papers"], 1))
    near = await store.expand(Hop(link.there), rows, Select())
    owner = np.repeat(np.arange(len(rows)), np.diff(near.offsets))
    (width,) = await store.columns(Kind.PAPER, near.rows, [link.wide])
    wide = np.asarray(width, np.int64)
    followed = wide <= similarity.MOST_LINKS
    owner, through, wide = owner[followed], near.rows[followed], wide[followed]
    parts = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))]
    for part in _stretches(owner, wide):
        far = await store.expand(Hop(link.back), through[part], Select())
        lists = np.repeat(owner[part], np.diff(far.offsets))
        others = far.rows != rows[lists]
        keys = lists[others] * size + far.rows[others]
        distinct = np.unique(far.rows[others]).astype(np.int32)
        (theirs,) = await store.columns(Kind.PAPER, distinct, [link.own])
        (mine,) = await store.columns(Kind.PAPER, rows, [link.own])
        has = (distinct, np.asarray(theirs, np.int64))
        parts.append(similarity.linked(keys, int(size), np.asarray(mine, np.int64), has))
    pairs, shared, scores = (np.concatenate([part[which] for part in parts]) for which in range(3))
    return _cut(rows, int(size), pairs, shared, scores, first)


def _stretches(owner: Places, wide: Places) -> list[slice]:
    """Links in stretches of about _BATCH far ends, those of one list together."""
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    weight = np.add.reduceat(wide, starts) if len(starts) else wide
    cuts = np.flatnonzero(np.diff(np.cumsum(weight) // _BATCH)) + 1
    bounds = [0, *starts[cuts].tolist(), len(owner)]
    return [slice(start, stop) for start, stop in pairwise(bounds) if stop > start]


def _cut(rows: Rows, size: int, pairs: Places, shared: Places, scores: npt.NDArray[np.float64], first: int) -> Similar:
    lists, papers = pairs // size, pairs % size
    kept = similarity.best(lists, papers, scores, first)
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.bincount(lists[kept], minlength=len(rows)))])
    return Similar(offsets, rows[lists[kept]], papers[kept].astype(np.int32), scores[kept], shared[kept])


async def shared_papers(store: Store, found: Similar, by: By, first: int) -> tuple[Offsets, Rows]:
    """The first papers that link each pair, the newest first: offsets and rows. None of them for titles."""
    if by is By.TEXT or not len(found.rows):
        return np.zeros(len(found.rows) + 1, np.int64), np.zeros(0, np.int32)
    link, size = _LINKS[by], np.int64((await store.snapshot()).counts["papers"])
    own, places = np.unique(found.sources, return_inverse=True)
    mine = await store.expand(Hop(link.there), own.astype(np.int32), Select(order=NEWEST))
    theirs = await store.expand(Hop(link.there), found.rows, Select())
    held = np.repeat(np.arange(len(found.rows)), np.diff(theirs.offsets)) * size + theirs.rows
    lengths = np.diff(mine.offsets)[places]
    ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    at = np.arange(ends[-1]) + np.repeat(mine.offsets[:-1][places] - ends[:-1], lengths)
    pair, papers = np.repeat(np.arange(len(found.rows)), lengths), mine.rows[at]
    both = np.isin(pair * size + papers, held)
    pair, papers = pair[both], papers[both]
    (width,) = await store.columns(Kind.PAPER, papers, [link.wide])
    counted = np.asarray(width, np.int64) <= similarity.MOST_LINKS
    pair, papers = pair[counted], papers[counted]
    kept = np.arange(len(pair)) - np.searchsorted(pair, pair) < first
    counts = np.bincount(pair[kept], minlength=len(found.rows))
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]), papers[kept]


async def shared_words(store: Store, left: Rows, right: Rows) -> list[list[str]]:
    """The words that both titles have, in the order of the left one."""
    (mine,) = await store.values(Kind.PAPER, left, ["title"])
    (theirs,) = await store.values(Kind.PAPER, right, ["title"])
    return [
        [word for word in dict.fromkeys(words(one)) if word in held]
        for one, held in zip(mine, (set(words(title)) for title in theirs), strict=True)
    ]

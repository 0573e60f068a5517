"""The figures of people, of other nodes that have papers, and of papers, for a batch of rows at a time, over any store."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from byline.graph.model import (
    AUTHOR_PAPERS,
    AUTHORSHIP_INSTITUTIONS,
    CATEGORY_PAPERS,
    CITED_BY,
    INSTITUTION_PAPERS,
    PAPER_AUTHORS,
    VENUE_PAPERS,
    Edge,
    Kind,
)
from byline.graph.request import EVERYTHING, All, Any, Compare, Hop, Op, Select, Where
from byline.graph.store.protocol import Rows, Store

Figures = npt.NDArray[np.int64]
# Stands for an unknown year, behind all others.
UNDATED = 2**31 - 1
# The papers that the figures of a kind are computed from: what metrics such a kind has follows from its line here.
PAPERS_OF: dict[Kind, Edge] = {
    Kind.AUTHOR: AUTHOR_PAPERS,
    Kind.INSTITUTION: INSTITUTION_PAPERS,
    Kind.CATEGORY: CATEGORY_PAPERS,
    Kind.VENUE: VENUE_PAPERS,
}


@dataclass(frozen=True)
class Scope:
    """Which papers and citations count: papers of these years (both ends included), papers and citations that were out by
    `as_of`, citations by papers that the person did not write."""

    first_year: int | None = None
    last_year: int | None = None
    as_of: date | None = None
    exclude_self_citations: bool = False


@dataclass(frozen=True)
class PaperFigures:
    """What the figures of a batch of nodes are computed from: the papers of each, laid end to end, with year (UNDATED where it is
    unknown), citations, and how many of these come from works outside the graph; and how many `people` each has: coauthors, or
    authors."""

    offsets: npt.NDArray[np.int64]
    papers: Rows
    years: Figures
    cited: Figures
    outside: Figures
    people: Figures

    @property
    def paper_count(self) -> Figures:
        """Papers of each node."""
        return np.diff(self.offsets)

    @property
    def citation_count(self) -> Figures:
        """Sum of the citations of those papers."""
        return self._sums(self.cited)

    @property
    def outside_citation_count(self) -> Figures:
        """Those of them that come from works outside the graph."""
        return self._sums(self.outside)

    def _sums(self, counts: Figures) -> Figures:
        running = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
        summed: Figures = running[self.offsets[1:]] - running[self.offsets[:-1]]
        return summed

    @property
    def undated_paper_count(self) -> Figures:
        """Papers of each node whose year is unknown."""
        return self._sums((self.years == UNDATED).astype(np.int64))

    def years_of(self, node: int) -> dict[int, int]:
        """Papers by year, the earliest first; papers of unknown year are left out."""
        years = self.years[self.offsets[node] : self.offsets[node + 1]]
        distinct, counts = np.unique(years[years != UNDATED], return_counts=True)
        return dict(zip(distinct.tolist(), counts.tolist(), strict=True))

    def index(self, kernel: Callable[[npt.NDArray[np.int64], Figures], Figures]) -> Figures:
        """h-, g- or i10-index of each node: a kernel of graph.metrics.citations."""
        return kernel(self.offsets, self.cited)


def out_by(day: date) -> Where:
    """Papers that were out by the end of a day. One of which only the year is known counts from the last day of that year."""
    undated = Compare("published_on", Op.EXISTS, False)
    whole_years = day.year if (day.month, day.day) == (12, 31) else day.year - 1
    return Any((Compare("published_on", Op.LTE, day), All((undated, Compare("year", Op.LTE, whole_years)))))


def papers_in(scope: Scope) -> Where:
    """Which papers of a person are in scope."""
    parts: list[Where] = [out_by(scope.as_of)] if scope.as_of else []
    parts += [Compare("year", Op.GTE, scope.first_year)] if scope.first_year is not None else []
    parts += [Compare("year", Op.LTE, scope.last_year)] if scope.last_year is not None else []
    return All(tuple(parts)) if parts else EVERYTHING


async def paper_figures(store: Store, kind: Kind, rows: Rows, scope: Scope, people: bool = True) -> PaperFigures:
    """The papers in scope of each node and what follows from them; `people` only where they are asked for."""
    papers = await store.expand(Hop(PAPERS_OF[kind]), rows, Select(papers_in(scope)))
    (years,) = await store.columns(Kind.PAPER, papers.rows, ["year"])
    # Only people write: nobody's own citations are left out for other nodes.
    owners = np.repeat(rows, np.diff(papers.offsets)) if kind is Kind.AUTHOR else None
    cited, outside = await _cited(store, papers.rows, owners, scope)
    nobody = np.zeros(len(rows), np.int64)
    counted = await _people(store, kind, rows, papers.offsets, papers.rows) if people else nobody
    return PaperFigures(papers.offsets, papers.rows, np.asarray(years.fill_null(UNDATED), np.int64), cited, outside, counted)


async def author_figures(store: Store, rows: Rows, scope: Scope) -> PaperFigures:
    """The same of people."""
    return await paper_figures(store, Kind.AUTHOR, rows, scope)


async def _people(store: Store, kind: Kind, rows: Rows, offsets: npt.NDArray[np.int64], papers: Rows) -> Figures:
    """Distinct authors of those papers: of a person the others, of an institution those whose authorships name it."""
    authors = await store.expand(Hop(PAPER_AUTHORS), papers, Select())
    through = np.repeat(np.arange(len(papers)), np.diff(authors.offsets))
    node = np.repeat(np.arange(len(rows)), np.diff(offsets))[through]
    counts = np.ones(len(node), np.bool_)
    if kind is Kind.AUTHOR:
        counts = authors.rows != rows[node]
    elif kind is Kind.INSTITUTION:
        assert authors.edge_rows is not None
        named = await store.expand(Hop(AUTHORSHIP_INSTITUTIONS), authors.edge_rows, Select())
        entry = np.repeat(np.arange(len(node)), np.diff(named.offsets))
        counts = np.bincount(entry[named.rows == rows[node][entry]], minlength=len(node)) > 0
    size = np.int64(max((await store.snapshot()).counts["authors"], 1))
    return np.bincount(np.unique(node[counts] * size + authors.rows[counts]) // size, minlength=len(rows))


async def _cited(store: Store, papers: Rows, owners: Rows | None, scope: Scope) -> tuple[Figures, Figures]:
    """Citations of each paper in scope, and those of them by works outside the graph; `owners` are the people whose own citing
    papers may be left out. Of works outside neither the day nor the authors are known: they count where neither is asked for."""
    if scope.as_of is None and (owners is None or not scope.exclude_self_citations):
        every, outside = await store.columns(Kind.PAPER, papers, ["citation_count", "outside_citation_count"])
        return np.asarray(every.fill_null(0), np.int64), np.asarray(outside, np.int64)
    counts = await _inside(store, papers, owners, scope)
    return counts, np.zeros_like(counts)


async def _inside(store: Store, papers: Rows, owners: Rows | None, scope: Scope) -> Figures:
    """Citations by papers of the graph."""
    where = out_by(scope.as_of) if scope.as_of else EVERYTHING
    citing = await store.expand(Hop(CITED_BY), papers, Select(where))
    counts = np.diff(citing.offsets)
    if owners is None or not scope.exclude_self_citations:
        return counts
    authors = await store.expand(Hop(PAPER_AUTHORS), citing.rows, Select())
    cited = np.repeat(np.arange(len(papers)), counts)
    through = np.repeat(np.arange(len(citing.rows)), np.diff(authors.offsets))
    own = np.unique(through[authors.rows == owners[cited[through]]])
    return counts - np.bincount(cited[own], minlength=len(papers))


async def paper_citations(store: Store, papers: Rows, as_of: date | None) -> tuple[Figures, Figures]:
    """Citing works of each paper, and those of them outside the graph; with `as_of` the papers of the graph that were out by
    then."""
    return await _cited(store, papers, None, Scope(as_of=as_of))

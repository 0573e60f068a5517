"""The figures of people and papers, for a batch of rows at a time, over any store."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from byline.graph.model import AUTHOR_PAPERS, CITED_BY, PAPER_AUTHORS, Kind
from byline.graph.request import EVERYTHING, All, Any, Compare, Hop, Op, Select, Where
from byline.graph.store.protocol import Rows, Store

Figures = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Scope:
    """Which papers and citations count: papers of these years (both ends included), papers and citations that were out by
    `as_of`, citations by papers that the person did not write."""

    first_year: int | None = None
    last_year: int | None = None
    as_of: date | None = None
    exclude_self_citations: bool = False


@dataclass(frozen=True)
class AuthorFigures:
    """What the figures of a batch of people are computed from: their papers, laid end to end, the citations of each, and how
    many of these come from works outside the graph."""

    offsets: npt.NDArray[np.int64]
    papers: Rows
    years: list[int | None]
    cited: Figures
    outside: Figures
    coauthors: Figures

    @property
    def paper_count(self) -> Figures:
        """Papers of each person."""
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
        """Papers of each person whose year is unknown."""
        undated = np.array([year is None for year in self.years], np.int64)
        running = np.concatenate([np.zeros(1, np.int64), np.cumsum(undated)])
        counted: Figures = running[self.offsets[1:]] - running[self.offsets[:-1]]
        return counted

    def years_of(self, person: int) -> dict[int, int]:
        """Papers by year, the earliest first; papers of unknown year are left out."""
        dated = [year for year in self.years[self.offsets[person] : self.offsets[person + 1]] if year is not None]
        return {year: dated.count(year) for year in sorted(set(dated))}

    def index(self, kernel: Callable[[npt.NDArray[np.int64], Figures], Figures]) -> Figures:
        """h-, g- or i10-index of each person: a kernel of graph.metrics.citations."""
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


async def author_figures(store: Store, rows: Rows, scope: Scope) -> AuthorFigures:
    """The papers in scope of each person and what follows from them."""
    papers = await store.expand(Hop(AUTHOR_PAPERS), rows, Select(papers_in(scope)))
    owners = np.repeat(rows, np.diff(papers.offsets))
    (years,) = await store.columns(Kind.PAPER, papers.rows, ["year"])
    cited, outside = await _cited(store, papers.rows, owners, scope)
    coauthors = await _coauthors(store, rows, papers.offsets, papers.rows, owners)
    return AuthorFigures(papers.offsets, papers.rows, years.to_pylist(), cited, outside, coauthors)


async def _coauthors(store: Store, rows: Rows, offsets: npt.NDArray[np.int64], papers: Rows, owners: Rows) -> Figures:
    """Distinct people on those papers, the person not among them."""
    authors = await store.expand(Hop(PAPER_AUTHORS), papers, Select())
    through = np.repeat(np.arange(len(papers)), np.diff(authors.offsets))
    people = np.repeat(np.arange(len(rows)), np.diff(offsets))[through]
    others = authors.rows != owners[through]
    pairs = np.unique(np.stack([people[others], authors.rows[others]]), axis=1)
    return np.bincount(pairs[0], minlength=len(rows))


async def _cited(store: Store, papers: Rows, owners: Rows, scope: Scope) -> tuple[Figures, Figures]:
    """Citations of each paper in scope, and those of them by works outside the graph; `owners` are the people whose own citing
    papers may be left out. Of works outside neither the day nor the authors are known: they count where neither is asked for."""
    if scope.as_of is None and not scope.exclude_self_citations:
        every, outside = await store.columns(Kind.PAPER, papers, ["citation_count", "outside_citation_count"])
        return np.asarray(every.fill_null(0), np.int64), np.asarray(outside, np.int64)
    counts = await _inside(store, papers, owners, scope)
    return counts, np.zeros_like(counts)


async def _inside(store: Store, papers: Rows, owners: Rows, scope: Scope) -> Figures:
    """Citations by papers of the graph."""
    where = out_by(scope.as_of) if scope.as_of else EVERYTHING
    citing = await store.expand(Hop(CITED_BY), papers, Select(where))
    counts = np.diff(citing.offsets)
    if not scope.exclude_self_citations:
        return counts
    authors = await store.expand(Hop(PAPER_AUTHORS), citing.rows, Select())
    cited = np.repeat(np.arange(len(papers)), counts)
    through = np.repeat(np.arange(len(citing.rows)), np.diff(authors.offsets))
    own = np.unique(through[authors.rows == owners[cited[through]]])
    return counts - np.bincount(cited[own], minlength=len(papers))


async def paper_citations(store: Store, papers: Rows, as_of: date | None) -> tuple[Figures, Figures]:
    """Citing works of each paper, and those of them outside the graph; with `as_of` the papers of the graph that were out by
    then."""
    return await _cited(store, papers, papers, Scope(as_of=as_of))

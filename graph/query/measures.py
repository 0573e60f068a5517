"""The figures of people and papers, for a batch of rows at a time, over any store."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from graph.model import AUTHOR_PAPERS, CITED_BY, PAPER_AUTHORS, Kind
from graph.store.protocol import Rows, Store
from graph.where import EVERYTHING, All, Any, Compare, Hop, Op, Select, Where

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
    """What the figures of a batch of people are computed from: their papers, laid end to end, and the citations of each."""

    offsets: npt.NDArray[np.int64]
    papers: Rows
    years: list[int | None]
    cited: Figures
    coauthors: Figures

    @property
    def paper_count(self) -> Figures:
        """Papers of each person."""
        return np.diff(self.offsets)

    @property
    def citation_count(self) -> Figures:
        """Sum of the citations of those papers."""
        running = np.concatenate([np.zeros(1, np.int64), np.cumsum(self.cited)])
        counted: Figures = running[self.offsets[1:]] - running[self.offsets[:-1]]
        return counted

    @property
    def undated_paper_count(self) -> Figures:
        """Papers of each person whose year is unknown."""
        undated = np.array([year is None for year in self.years], np.int64)
        running = np.concatenate([np.zeros(1, np.int64), np.cumsum(undated)])
        counted: Figures = running[self.offsets[1:]] - running[self.offsets[:-1]]
        return counted

    def years_of(self, person: int) -> dict[int, int]:
        """Papers by year, the earliest first; papers of unknown year are left out."""
        known = [year for year in self.years[self.offsets[person] : self.offsets[person + 1]] if year is not None]
        return {year: known.count(year) for year in sorted(set(known))}

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
    cited = await _cited(store, papers.rows, owners, scope)
    coauthors = await _coauthors(store, rows, papers.offsets, papers.rows, owners)
    return AuthorFigures(papers.offsets, papers.rows, years.to_pylist(), cited, coauthors)


async def _coauthors(store: Store, rows: Rows, offsets: npt.NDArray[np.int64], papers: Rows, owners: Rows) -> Figures:
    """Distinct people on those papers, the person not among them."""
    authors = await store.expand(Hop(PAPER_AUTHORS), papers, Select())
    through = np.repeat(np.arange(len(papers)), np.diff(authors.offsets))
    people = np.repeat(np.arange(len(rows)), np.diff(offsets))[through]
    others = authors.rows != owners[through]
    pairs = np.unique(np.stack([people[others], authors.rows[others]]), axis=1)
    return np.bincount(pairs[0], minlength=len(rows))


async def _cited(store: Store, papers: Rows, owners: Rows, scope: Scope) -> Figures:
    """Citations of each paper in scope; `owners` are the people whose own citing papers may be left out."""
    if scope.as_of is None and not scope.exclude_self_citations:
        (counts,) = await store.columns(Kind.PAPER, papers, ["citation_count"])
        return np.asarray(counts, np.int64)
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


async def paper_citations(store: Store, papers: Rows, as_of: date | None) -> Figures:
    """Citing papers that were out by `as_of`, of each paper."""
    return await _cited(store, papers, papers, Scope(as_of=as_of))

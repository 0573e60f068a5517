"""Measures of whatever has papers, such as institutions and categories, for a batch of rows at a time, over any store.

The kind is told by `measures.PAPERS_OF`; what a kind of node needs to have all of these is a line there.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from byline.graph.metrics import paper_sets as methods
from byline.graph.metrics.trust import NONE_IN_SCOPE, reason_of
from byline.graph.model import CITED_BY, PAPER_AUTHORS, Kind
from byline.graph.query.counted import cited, counted
from byline.graph.query.measures import PAPERS_OF, UNDATED, Scope, out_by, paper_figures, papers_in
from byline.graph.query.metric_values import Measured, measured
from byline.graph.request import EVERYTHING, Hop, Select
from byline.graph.store.protocol import Rows, Store

Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Trend:
    """Of each row (year, papers of that year, citations made in that year), the earliest first; what is of unknown year stands
    under None, last. Citations are None where the graph knows no citation at all."""

    years: list[list[tuple[int | None, int, int | None]]]


async def citations(store: Store, rows: Rows, kind: Kind, scope: Scope) -> Measured:
    """Citations of the papers; the sample is the papers. A lower bound always: papers that are not in this graph cite too."""
    return await cited(store, kind, rows, scope, methods.CITATIONS, NONE_IN_SCOPE)


async def authors(store: Store, rows: Rows, kind: Kind, scope: Scope) -> Measured:
    """Distinct authors; the sample is the papers. A lower bound where author lists of the graph are cut."""
    figures = await paper_figures(store, kind, rows, scope)
    papers = figures.paper_count.tolist()
    cut = (await store.snapshot()).counts["incomplete_author_lists"] > 0
    method = methods.AFFILIATED if kind is Kind.INSTITUTION else methods.AUTHORS
    reasons = [None if count else NONE_IN_SCOPE for count in papers]
    return counted(method, figures.people.tolist(), papers, reasons, lower=cut)


async def mean_citations(store: Store, rows: Rows, kind: Kind, scope: Scope) -> Measured:
    """Mean citations of a paper; the sample is the papers."""
    figures = await paper_figures(store, kind, rows, scope, people=False)
    citations_known = (await store.snapshot()).citations_known
    papers = figures.paper_count
    reasons = [reason_of(count, citations_known, NONE_IN_SCOPE) for count in papers.tolist()]
    values = np.where([reason is None for reason in reasons], figures.citation_count / np.maximum(papers, 1), np.nan)
    return measured(methods.MEAN_CITATIONS, values, papers.tolist(), [True] * len(rows), [reason or "" for reason in reasons])


async def mean_team_size(store: Store, rows: Rows, kind: Kind, scope: Scope) -> Measured:
    """Mean number of authors; see mean_authors."""
    return await mean_authors(store, kind, rows, scope, methods.TEAM_SIZE, methods.NO_SIZES)


async def mean_authors(store: Store, kind: Kind, rows: Rows, scope: Scope, method: str, none: str) -> Measured:
    """Mean number of authors; the sample is the papers that state one. A lower bound where some state none."""
    papers = await store.expand(Hop(PAPERS_OF[kind]), rows, Select(papers_in(scope)))
    (stated,) = await store.columns(Kind.PAPER, papers.rows, ["author_count"])
    written = await store.expand(Hop(PAPER_AUTHORS), papers.rows, Select())
    size = np.int64(max((await store.snapshot()).counts["authors"], 1))
    pairs = np.unique(np.repeat(np.arange(len(papers.rows)), np.diff(written.offsets)) * size + written.rows)
    people = np.bincount(pairs // size, minlength=len(papers.rows))
    counts = np.asarray(stated.fill_null(-1), np.int64)
    node = np.repeat(np.arange(len(rows)), np.diff(papers.offsets))
    known = counts >= 0
    sample = np.bincount(node[known], minlength=len(rows))
    total = np.bincount(node[known], np.maximum(counts, people)[known], minlength=len(rows))
    values = np.where(sample > 0, total / np.maximum(sample, 1), np.nan)
    lower = (np.diff(papers.offsets) > sample).tolist()
    return measured(method, values, sample.tolist(), lower, none)


async def trend(store: Store, rows: Rows, kind: Kind, scope: Scope) -> Trend:
    """Papers by their year, citations by the year of the citing paper."""
    papers = await store.expand(Hop(PAPERS_OF[kind]), rows, Select(papers_in(scope)))
    node = np.repeat(np.arange(len(rows)), np.diff(papers.offsets))
    citing = await store.expand(Hop(CITED_BY), papers.rows, Select(out_by(scope.as_of) if scope.as_of else EVERYTHING))
    written = await by_year(store, node, papers.rows, len(rows))
    return await trend_of(store, written, await by_year(store, np.repeat(node, np.diff(citing.offsets)), citing.rows, len(rows)))


async def papers_by_year(store: Store, kind: Kind, rows: Rows, scope: Scope) -> list[Counter[int]]:
    """Papers in scope of each row by their year, UNDATED where that is unknown."""
    papers = await store.expand(Hop(PAPERS_OF[kind]), rows, Select(papers_in(scope)))
    return await by_year(store, np.repeat(np.arange(len(rows)), np.diff(papers.offsets)), papers.rows, len(rows))


async def by_year(store: Store, node: Places, papers: Rows, nodes: int) -> list[Counter[int]]:
    """Papers by year for each node that they belong to."""
    (column,) = await store.columns(Kind.PAPER, papers, ["year"])
    by_node: list[Counter[int]] = [Counter() for _ in range(nodes)]
    years = np.asarray(column.fill_null(UNDATED), np.int64)
    pairs, times = np.unique(np.stack([node, years]), axis=1, return_counts=True)
    for which, year, count in zip(*pairs.tolist(), times.tolist(), strict=True):
        by_node[which][year] = count
    return by_node


async def trend_of(store: Store, written: list[Counter[int]], received: list[Counter[int]]) -> Trend:
    """Papers and citations by year, put together."""
    citations_known = (await store.snapshot()).citations_known
    return Trend(
        [
            [
                (None if year == UNDATED else year, mine[year], theirs[year] if citations_known else None)
                for year in sorted(set(mine) | set(theirs))
            ]
            for mine, theirs in zip(written, received, strict=True)
        ]
    )

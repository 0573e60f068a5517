"""Counts of people and papers as measures: with a reason where nothing is known, and marked where they are lower bounds."""

from typing import Any

from byline.graph.metrics.trust import NO_CITATIONS, NO_PAPERS, reason_of
from byline.graph.model import Kind
from byline.graph.query.measures import Scope, author_figures, paper_citations, paper_figures
from byline.graph.query.metric_values import Measured, measured
from byline.graph.store.protocol import Rows, Store

AUTHOR_CITATIONS = "sum of the citation counts of the person's papers in scope; a citing paper counts once for each that it cites"
COAUTHORS = "people who share at least one paper in scope with the person"
PAPER_CITATIONS = "works that cite the paper: papers of this graph, and works outside of it where no day is asked for"


async def author_citations(store: Store, rows: Rows, args: Any, scope: Scope) -> Measured:
    """Citations of people; the sample is their papers. A lower bound always: papers that are not in this graph cite too."""
    return await cited(store, Kind.AUTHOR, rows, scope, AUTHOR_CITATIONS, NO_PAPERS)


async def cited(store: Store, kind: Kind, rows: Rows, scope: Scope, method: str, none: str) -> Measured:
    """Citations of the papers of nodes; the sample is these papers."""
    figures = await paper_figures(store, kind, rows, scope, people=False)
    citations_known = (await store.snapshot()).citations_known
    papers = figures.paper_count.tolist()
    reasons = [reason_of(count, citations_known, none) for count in papers]
    return counted(method, figures.citation_count.tolist(), papers, reasons, lower=True)


async def coauthors(store: Store, rows: Rows, args: Any, scope: Scope) -> Measured:
    """Coauthors of people; the sample is their papers. A lower bound where author lists of the graph are cut."""
    figures = await author_figures(store, rows, scope)
    papers = figures.paper_count.tolist()
    cut = (await store.snapshot()).counts["incomplete_author_lists"] > 0
    return counted(COAUTHORS, figures.people.tolist(), papers, [None if count else NO_PAPERS for count in papers], lower=cut)


async def citations(store: Store, rows: Rows, args: Any, scope: Scope) -> Measured:
    """Citations of papers; the sample is the citing works. A lower bound always."""
    counts = (await paper_citations(store, rows, scope.as_of))[0].tolist()
    citations_known = (await store.snapshot()).citations_known
    return counted(PAPER_CITATIONS, counts, counts, [None if citations_known else NO_CITATIONS] * len(counts), lower=True)


def counted(method: str, counts: list[int], samples: list[int], reasons: list[str | None], lower: bool) -> Measured:
    """Counts as a measure."""
    values = [None if reason else float(count) for count, reason in zip(counts, reasons, strict=True)]
    return measured(method, values, samples, [lower] * len(values), [reason or "" for reason in reasons])

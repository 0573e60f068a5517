"""Figures of nodes by name: what `metrics` shows of people and papers beside metrics that have a reader of their own."""

from typing import Any

from byline.graph.metrics.trust import INDICES, NO_PAPERS, NONE_IN_SCOPE, reason_of
from byline.graph.model import Kind
from byline.graph.query.measures import PaperFigures, Scope, paper_citations, paper_figures
from byline.graph.query.run import NodeRows
from byline.graph.store.protocol import Store


async def figures_of(store: Store, nodes: NodeRows, scope: Scope, people: bool = True) -> dict[str, Any]:
    """One list a figure, with an entry for each node; indices as (value or None, sample size, reason). People are counted only
    where they are asked for."""
    if nodes.kind is Kind.PAPER:
        every, outside = await paper_citations(store, nodes.rows, scope.as_of)
        citations_known = (await store.snapshot()).citations_known
        return {"citation_count": every if citations_known else [None] * len(nodes.rows), "outside_citation_count": outside}
    figures = await paper_figures(store, nodes.kind, nodes.rows, scope, people)
    none = NO_PAPERS if nodes.kind is Kind.AUTHOR else NONE_IN_SCOPE
    return _of_lists(figures, (await store.snapshot()).citations_known, none)


def _of_lists(figures: PaperFigures, citations_known: bool, none: str) -> dict[str, Any]:
    papers = figures.paper_count.tolist()
    years = [figures.years_of(person) for person in range(len(papers))]
    values: dict[str, Any] = {
        "paper_count": papers,
        "citation_count": figures.citation_count.tolist() if citations_known else [None] * len(papers),
        "outside_citation_count": figures.outside_citation_count.tolist(),
        "coauthor_count": figures.people.tolist(),
        "author_count": figures.people.tolist(),
        "undated_paper_count": figures.undated_paper_count.tolist(),
        "first_year": [min(counted, default=None) for counted in years],
        "last_year": [max(counted, default=None) for counted in years],
        "by_year": [list(counted.items()) for counted in years],
    }
    for name, index in INDICES.items():
        numbers = figures.index(index.kernel).tolist()
        reasons = [reason_of(count, citations_known, none) for count in papers]
        values[name] = [
            (None if reason else float(value), count, reason)
            for value, count, reason in zip(numbers, papers, reasons, strict=True)
        ]
    return values

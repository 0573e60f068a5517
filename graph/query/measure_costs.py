"""What measures, similar papers and matrices cost to be worked out, in rows that are looked at, some 25 ns each.

Fitted to what `python -m bench prices` measures on made-up and on real papers. A measure has a cost for each node, by the links
that it follows, and one for the step, however many nodes it is for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from byline.graph.model import (
    AUTHOR_PAPERS,
    CATEGORY_PAPERS,
    CITED_BY,
    COAUTHORS,
    INSTITUTION_PAPERS,
    PAPER_AUTHORS,
    REFERENCES,
    Kind,
)
from byline.graph.query import ir
from byline.graph.query.measures import Scope
from byline.graph.query.price import Cost
from byline.graph.query.similar import By

if TYPE_CHECKING:
    from byline.graph.query.cost import Estimator
    from byline.graph.query.matrices import MatrixArgs


@dataclass(frozen=True)
class _Work:
    """Rows for each node, what else each follows by the means of a snapshot, rows for the step."""

    each: float
    follows: "Callable[[Estimator], float]" = lambda at: 0.0
    once: float = 0.0
    # Besides, for every person there is: an array of all of them is made.
    of_all: float = 0.0


def _ties(at: "Estimator") -> float:
    return 45 * at.mean(COAUTHORS) ** 2


def _citing_authors(times: float) -> "Callable[[Estimator], float]":
    return lambda at: times * at.mean(AUTHOR_PAPERS) * at.mean(CITED_BY) * at.mean(PAPER_AUTHORS)


def _two_citations(times: float) -> "Callable[[Estimator], float]":
    return lambda at: times * at.mean(CITED_BY) * at.mean(REFERENCES)


_BROKERAGE = _Work(28_000, _ties, 20_000, 2.5)
_COLUMN = _Work(400)
_WORKED = {
    "constraint": _BROKERAGE,
    "effective_size": _BROKERAGE,
    "self_citation_share": _Work(3_000, _citing_authors(70), 30_000),
    "trend": _Work(10_000, _citing_authors(100), 100_000),
    "mean_team_size": _Work(3_400, once=20_000),
    "author_citations": _Work(8_000, once=30_000),
    "coauthors": _Work(8_000, once=30_000),
    "paper_citations": _Work(1_000, once=10_000),
    "disruption": _Work(10_000, _two_citations(150), 80_000),
}
# Figures of people whose papers have to be read for them, and years besides.
_FIGURES, _YEARS = _Work(7_000, once=25_000), _Work(10_000, once=25_000)
# Words lead to more titles the more there are; the commonest are not followed.
_SIMILAR = {
    By.CO_CITATION: _Work(15_000, _two_citations(320), 50_000),
    By.BIBLIOGRAPHIC_COUPLING: _Work(13_000, _two_citations(170), 50_000),
    By.TEXT: _Work(15_000, lambda at: 1.5 * at.size(Kind.PAPER), 50_000),
}
# For each paper of a matrix; and how many papers some years have of all.
_OF_INSTITUTIONS, _OF_CATEGORIES, _OF_SOME_YEARS, _MATRIX = 64.0, 24.0, 0.5, 40_000.0


def _priced(at: "Estimator", work: _Work) -> Cost:
    return Cost(looked=work.each + work.follows(at), once=work.once + work.of_all * at.size(Kind.AUTHOR))


def measure(at: "Estimator", name: str) -> Cost:
    """Working out a measure of a node."""
    return _priced(at, _WORKED.get(name, _COLUMN))


def figures(at: "Estimator", output: ir.Figures, kind: Kind) -> Cost:
    """Figures of a node besides measures: nothing where they are those of columns."""
    cost = Cost()
    if at.value(output.scope) != Scope() and any(isinstance(field, ir.Cell | ir.Index) for field in output.fields):
        cost += _priced(at, _FIGURES if kind is Kind.AUTHOR else _WORKED["paper_citations"])
    if any(isinstance(field, ir.ByYear) for field in output.fields):
        cost += _priced(at, _YEARS)
    return cost


def similar(at: "Estimator", by: By) -> Cost:
    """Finding the papers like a paper."""
    return _priced(at, _SIMILAR[by])


def matrix(at: "Estimator", asked: "MatrixArgs") -> Cost:
    """Reading the papers of the chosen ones: those with most of them have as many as there may be, others as many as the mean."""
    institutions = asked.kind is Kind.INSTITUTION
    known = at.degrees.get((INSTITUTION_PAPERS if institutions else CATEGORY_PAPERS).name)
    most = at.degrees.get(INSTITUTION_PAPERS.name if institutions else "category_papers_direct", known)
    if known is None or most is None:
        return Cost(looked=at.size(Kind.PAPER), once=_MATRIX)
    if asked.ids is not None:
        papers = known.mean * len(asked.ids)
    else:
        papers = min(asked.top * most.longest, at.size(asked.kind) * known.mean)
    if (asked.first_year, asked.last_year) != (None, None):
        papers *= _OF_SOME_YEARS
    # Which categories have most is counted over all papers.
    counted = 0.0 if institutions or asked.ids is not None else at.size(Kind.PAPER)
    each = _OF_INSTITUTIONS if institutions else _OF_CATEGORIES
    return Cost(looked=min(papers, asked.most) * each + counted, once=_MATRIX)

"""Computed figures of whatever has papers: institutions, categories, venues."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import strawberry

from byline.graph.model import Kind
from byline.graph.query.measures import Scope
from byline.schema.fields import Infos, Planned, field
from byline.schema.inputs.listing import years_of
from byline.schema.types.arguments import AS_OF, YEARS
from byline.schema.types.list_figures import by_year, citations, count, index, year
from byline.schema.types.measures import YearTrend, measure, worked
from byline.schema.types.metrics import metrics_plan
from byline.schema.types.values import Measure, YearCount


def _scope(arguments: Mapping[str, Any]) -> Scope:
    """What counts, by the arguments of `metrics`. Raises BadInput where the years run backwards."""
    return Scope(*years_of(arguments.get("years")), arguments.get("as_of") or None)


@strawberry.type(description="Metrics of an institution, a category or a venue, computed from its papers in scope.")
class PaperSetMetrics:
    """Computed from the papers in `scope` of a node of any kind that `measures.PAPERS_OF` names."""

    kind: strawberry.Private[Kind]
    row: strawberry.Private[int]
    scope: strawberry.Private[Scope]
    paper_count: int = count("paper_count", "Number of papers.")
    citation_count: int | None = citations(
        "Number of citations of those papers, by papers in this graph and by works outside it; null if no citations are known in "
        "this graph. Citations by works outside are left out with `asOf`, since their day is not known; see citations.",
    )
    outside_citation_count: int = count(
        "outside_citation_count", "Citations by works outside this graph, included in citationCount; 0 with `asOf`."
    )
    author_count: int = count(
        "people", "Number of authors of those papers; of an institution, those whose authorships name it. See authors."
    )
    undated_paper_count: int = count(
        "undated_paper_count", "Number of undated papers, which firstYear, lastYear and byYear leave out."
    )
    first_year: int | None = year("first_year", "Year of the earliest dated paper.", min)
    last_year: int | None = year("last_year", "Year of the latest dated paper.", max)
    citations: Measure = measure("set_citations", "citationCount as a measure: method, sample size, whether it is a lower bound.")
    authors: Measure = measure("set_authors", "authorCount as a measure: method, sample size, whether it is a lower bound.")
    h_index: Measure = index("h_index", "h-index: the largest h such that h papers have at least h citations each.")
    i10_index: Measure = index("i10_index", "i10-index: number of papers with at least ten citations.")
    g_index: Measure = index(
        "g_index", "g-index: the largest g such that the g most cited papers have at least g² citations together."
    )
    mean_citations: Measure = measure("mean_citations", "Mean number of citations per paper.")
    mean_team_size: Measure = measure("set_team_size", "Mean number of authors per paper.")
    trend: list[YearTrend] = worked(
        "set_trend", "Papers by year of publication and citations by year of the citing paper, earliest first, undated last."
    )
    by_year: list[YearCount] = by_year()


def _metrics(root: Any, info: Infos, years: Any, as_of: date | None) -> PaperSetMetrics:
    return PaperSetMetrics(kind=root.kind, row=root.row, scope=_scope({"years": years, "as_of": as_of}))


def paper_set_metrics() -> Any:
    """The `metrics` of a kind of node whose papers `measures.PAPERS_OF` names."""
    return field(
        _metrics,
        "Metrics computed from its papers and their citations in this graph.",
        Planned(metrics_plan(_scope)),
        years=YEARS,
        as_of=AS_OF,
    )

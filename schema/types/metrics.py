"""Computed figures of people and papers."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar

import strawberry

from byline.graph.errors import BadInput
from byline.graph.model import Kind
from byline.graph.query import operators as ops
from byline.graph.query.measures import Scope, paper_citations
from byline.schema.fields import MEMBER, Infos, PlanCompiler, Selected, field, one
from byline.schema.inputs.listing import years_of
from byline.schema.types.arguments import argument
from byline.schema.types.list_figures import by_year, citations, count, index, year
from byline.schema.types.measures import Group, YearTrend, measure, worked
from byline.schema.types.values import Measure, YearCount

_WHOLE = "Computed for the whole snapshot: null with `years` or `asOf`."
_WHOLE_AS_OF = "Computed for the whole snapshot: null with `asOf`."


def author_scope(arguments: Mapping[str, Any]) -> Scope:
    """What counts, by the arguments of `metrics` of an author. Raises BadInput where the years run backwards."""
    return Scope(*years_of(arguments.get("years")), arguments.get("as_of") or None, arguments["exclude_self_citations"])


def paper_scope(arguments: Mapping[str, Any]) -> Scope:
    """What counts, by the arguments of `metrics` of a paper."""
    return Scope(as_of=arguments.get("as_of") or None)


def metrics_plan(scope: Callable[[Mapping[str, Any]], Scope]) -> Callable[[PlanCompiler, Selected], ops.Operator]:
    """The plan of `metrics`, for what its arguments say of the scope."""
    return lambda at, selected: ops.Figures(selected.key, at.bind(selected, scope), at.members(selected))


@strawberry.type(description="Author metrics computed from this graph, over the papers in scope.")
class AuthorMetrics:
    """Computed from the papers and citations in `scope`."""

    kind: ClassVar[Kind] = Kind.AUTHOR
    row: strawberry.Private[int]
    scope: strawberry.Private[Scope]
    paper_count: int = count("paper_count", "Number of papers.")
    citation_count: int | None = citations(
        "Number of citations of those papers, by papers in this graph and by works outside it; null if no citations are known in "
        "this graph. Citations by works outside are left out with `asOf` and `excludeSelfCitations`, since neither their day nor "
        "their authors are known; see citations.",
    )
    outside_citation_count: int = count(
        "outside_citation_count",
        "Citations by works outside this graph, included in citationCount; 0 with `asOf` or `excludeSelfCitations`.",
    )
    coauthor_count: int = count("people", "Number of coauthors on those papers; see coauthors.")
    citations: Measure = measure(
        "author_citations", "citationCount as a measure: method, sample size, whether it is a lower bound."
    )
    coauthors: Measure = measure("coauthors", "coauthorCount as a measure: method, sample size, whether it is a lower bound.")
    undated_paper_count: int = count(
        "undated_paper_count", "Number of undated papers, which firstYear, lastYear and byYear leave out."
    )
    first_year: int | None = year("first_year", "Year of the earliest dated paper.", min)
    last_year: int | None = year("last_year", "Year of the latest dated paper.", max)
    h_index: Measure = index("h_index", "h-index: the largest h such that h papers have at least h citations each.")
    i10_index: Measure = index("i10_index", "i10-index: number of papers with at least ten citations.")
    g_index: Measure = index(
        "g_index", "g-index: the largest g such that the g most cited papers have at least g² citations together."
    )
    constraint: Measure = measure(
        "constraint", "Burt's constraint: how closely the author's coauthors are tied to each other. Depends on `years` only."
    )
    effective_size: Measure = measure(
        "effective_size", "Burt's effective size: number of coauthors minus their redundancy. Depends on `years` only."
    )
    self_citation_share: Measure = measure(
        "self_citation_share",
        "Share of self-citations among the citations by papers in this graph, 0 to 1, whatever `excludeSelfCitations` is.",
    )
    mean_team_size: Measure = measure("mean_team_size", "Mean number of authors per paper.")
    trend: list[YearTrend] = worked(
        "trend",
        "Papers by year of publication and citations by year of the citing paper, earliest first, undated last.",
    )
    by_year: list[YearCount] = by_year()
    core: Measure = measure("core", f"Core number in the coauthor graph: how deep inside it the author is. {_WHOLE}")
    clustering: Measure = measure(
        "clustering",
        f"Local clustering coefficient: share of the pairs of the author's coauthors that are coauthors, 0 to 1. {_WHOLE}",
    )
    component: Group = worked("component", f"Connected component of the coauthor graph. {_WHOLE}")
    community: Group = worked(
        "community", f"Community in the coauthor graph: the authors that the author mostly writes with. {_WHOLE}"
    )

    @classmethod
    def of_arguments(cls, row: int, years: Any, as_of: date | None, exclude_self_citations: bool) -> "AuthorMetrics":
        """The figures of a person for the arguments of `metrics`. Raises BadInput where the years run backwards."""
        return cls(row=row, scope=Scope(*years_of(years), as_of or None, exclude_self_citations))


def window_of(arguments: Mapping[str, Any]) -> int | None:
    """The years of a window; None for all. Raises BadInput for a negative number."""
    window = arguments.get("window")
    if window is None or window is strawberry.UNSET:
        return None
    if window < 0:
        raise BadInput(f"`window` must be at least 0, got {window}", "give a number of years, 0 for the paper's own")
    return int(window)


async def _citations(root: Any, info: Infos) -> int | None:
    if not (await info.context.store.snapshot()).citations_known:
        return None
    return int((await paper_citations(info.context.store, one(root.row), root.as_of))[0][0])


async def _outside_citations(root: Any, info: Infos) -> int:
    return int((await paper_citations(info.context.store, one(root.row), root.as_of))[1][0])


@strawberry.type(description="Paper metrics computed from this graph.")
class PaperMetrics:
    """Computed from the citations that were out by `as_of`."""

    row: strawberry.Private[int]
    as_of: strawberry.Private[date | None]
    citation_count: int | None = field(
        _citations,
        "Number of citing works: papers in this graph and works outside it; null if no citations are known in this graph. With "
        "`asOf`, only papers in this graph published by then, since the day of a work outside is not known; see citations.",
        MEMBER,
    )
    outside_citation_count: int = field(
        _outside_citations,
        "Citations by works outside this graph, included in citationCount; 0 with `asOf`, which leaves them out.",
        MEMBER,
    )
    citations: Measure = measure(
        "paper_citations", "citationCount as a measure: method, sample size, whether it is a lower bound."
    )
    disruption: Measure = measure(
        "disruption",
        "Disruption (CD index), -1 to 1: whether later papers cite the paper instead of its references (1) or together with "
        "them (-1).",
        window_of,
        window=argument(
            int | None,
            strawberry.UNSET,
            "Years after the paper's own in which citing papers count: 0 or more, 0 for the same year. Default: all years.",
        ),
    )
    pagerank: Measure = measure("pagerank", f"PageRank in the citation graph; all papers sum to 1. {_WHOLE_AS_OF}")
    category_pair_atypicality: Measure = measure(
        "category_atypicality", f"Atypicality of the rarest pair among the paper's categories. {_WHOLE_AS_OF}"
    )
    corpus_normalised_impact: Measure = measure(
        "normalised_impact",
        "Normalised impact: citations divided by the mean of the papers of the same year and primary category in this graph. "
        + _WHOLE_AS_OF,
    )

    @property
    def scope(self) -> Scope:
        """What counts."""
        return Scope(as_of=self.as_of)

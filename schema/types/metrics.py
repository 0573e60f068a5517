"""Computed figures of people and papers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import strawberry

from byline.graph.errors import BadInput
from byline.graph.metrics.trust import INDICES, reason_of
from byline.graph.query.measures import AuthorFigures, Scope, author_figures, paper_citations
from byline.schema.fields import Infos, field, one
from byline.schema.inputs.listing import years_of
from byline.schema.types.measures import YearTrend, worked
from byline.schema.types.measures import measure as measured
from byline.schema.types.values import Measure, YearCount


def measure(name: str, value: int, papers: int, citations_known: bool) -> Measure:
    """One index as a measure. It is a lower bound always: papers that this graph does not hold cite too."""
    reason = reason_of(papers, citations_known)
    return Measure(
        value=None if reason else float(value),
        method=INDICES[name].method,
        sample_size=papers,
        is_lower_bound=True,
        reason=reason,
    )


async def _figures(root: Any, info: Infos) -> AuthorFigures:
    return await author_figures(info.context.store, one(root.row), root.scope)


def _count(name: str, description: str) -> Any:
    async def resolve(root: Any, info: Infos) -> int:
        return int(getattr(await _figures(root, info), name)[0])

    return field(resolve, description, f"author_metrics.{name}")


def _index(name: str, description: str) -> Any:
    async def resolve(root: Any, info: Infos) -> Measure:
        figures = await _figures(root, info)
        known = (await info.context.store.snapshot()).citations_known
        return measure(name, int(figures.index(INDICES[name].kernel)[0]), int(figures.paper_count[0]), known)

    return field(resolve, description, f"author_metrics.{name}")


def _year(name: str, description: str, pick: Any) -> Any:
    async def resolve(root: Any, info: Infos) -> int | None:
        return pick((await _figures(root, info)).years_of(0), default=None)  # type: ignore[no-any-return]

    return field(resolve, description, f"author_metrics.{name}")


async def _author_citations(root: Any, info: Infos) -> int | None:
    if not (await info.context.store.snapshot()).citations_known:
        return None
    return int((await _figures(root, info)).citation_count[0])


async def _by_year(root: Any, info: Infos) -> list[YearCount]:
    years = (await _figures(root, info)).years_of(0)
    return [YearCount(year=year, count=count) for year, count in years.items()]


@strawberry.type(description="Figures of a person that the graph yields, over the papers in scope.")
class AuthorMetrics:
    """Computed from the papers and citations in `scope`."""

    row: strawberry.Private[int]
    scope: strawberry.Private[Scope]
    paper_count: int = _count("paper_count", "Papers.")
    citation_count: int | None = field(
        _author_citations,
        "Citations of those papers, by papers of this graph and by works outside of it; null where this graph knows no citation "
        "at all. Neither the day nor the authors of a work outside are known: `asOf` and `excludeSelfCitations` leave their "
        "citations out; see citations.",
        "author_metrics.citation_count",
    )
    outside_citation_count: int = _count(
        "outside_citation_count",
        "Citations by works that are not in this graph, part of citationCount; 0 with `asOf` and `excludeSelfCitations`.",
    )
    coauthor_count: int = _count("coauthors", "People who share at least one of those papers; see coauthors.")
    citations: Measure = measured("author_citations", "citationCount, and whether anything is known of it.")
    coauthors: Measure = measured("coauthors", "coauthorCount, and whether anything is known of it.")
    undated_paper_count: int = _count(
        "undated_paper_count", "Papers of unknown year: firstYear, lastYear and byYear say nothing of them."
    )
    first_year: int | None = _year("first_year", "Year of the earliest paper of known year.", min)
    last_year: int | None = _year("last_year", "Year of the latest paper of known year.", max)
    h_index: Measure = _index("h_index", "The largest h such that h papers have at least h citations each.")
    i10_index: Measure = _index("i10_index", "Papers with at least ten citations.")
    g_index: Measure = _index("g_index", "The largest g such that the g most cited papers have g² citations together.")
    constraint: Measure = measured("constraint", "How far the person's coauthors are bound to each other; `years` alone choose.")
    effective_size: Measure = measured(
        "effective_size", "Coauthors less those that the others lead to anyway; `years` alone choose."
    )
    self_citation_share: Measure = measured(
        "self_citation_share",
        "Share of the citations by papers of this graph that come from the person's own papers, whatever `excludeSelfCitations` "
        "says.",
    )
    mean_team_size: Measure = measured("mean_team_size", "Mean number of authors of the papers.")
    trend: list[YearTrend] = worked(
        "trend",
        "YearTrend",
        "Papers by their year and citations by the year of the citing paper, the earliest first, unknown years last.",
    )
    by_year: list[YearCount] = field(
        _by_year, "Papers by year, the earliest first, papers of unknown year left out.", "author_metrics.by_year"
    )

    @classmethod
    def asked(cls, row: int, years: Any, as_of: date | None, exclude_self_citations: bool) -> "AuthorMetrics":
        """The figures of a person for the arguments of `metrics`. Raises BadInput where the years run backwards."""
        return cls(row=row, scope=Scope(*years_of(years), as_of or None, exclude_self_citations))


def window_of(given: Mapping[str, Any]) -> int | None:
    """The years of a window; None for all. Raises BadInput for a negative number."""
    window = given.get("window")
    if window is None or window is strawberry.UNSET:
        return None
    if window < 0:
        raise BadInput(f"window is {window}", "give a number of years, 0 for the paper's own")
    return int(window)


async def _citations(root: Any, info: Infos) -> int | None:
    if not (await info.context.store.snapshot()).citations_known:
        return None
    return int((await paper_citations(info.context.store, one(root.row), root.as_of))[0][0])


async def _outside_citations(root: Any, info: Infos) -> int:
    return int((await paper_citations(info.context.store, one(root.row), root.as_of))[1][0])


@strawberry.type(description="Figures of a paper that the graph yields.")
class PaperMetrics:
    """Computed from the citations that were out by `as_of`."""

    row: strawberry.Private[int]
    as_of: strawberry.Private[date | None]
    citation_count: int | None = field(
        _citations,
        "Citing works: papers of this graph and works outside of it; null where this graph knows no citation at all. With `asOf` "
        "only the papers of this graph that were out by then, since the day of a work outside is not known; see citations.",
        "paper_metrics.citation_count",
    )
    outside_citation_count: int = field(
        _outside_citations,
        "Citations by works that are not in this graph, part of citationCount; 0 with `asOf`, which leaves them out.",
        "paper_metrics.outside_citation_count",
    )
    citations: Measure = measured("paper_citations", "citationCount, and whether anything is known of it.")
    disruption: Measure = measured(
        "disruption",
        "Whether later papers cite the paper instead of its references (1) or with them (-1). `window`: years after "
        "the paper's own that count.",
        window_of,
        window=(int | None, strawberry.UNSET),
    )
    novelty: Measure = measured(
        "novelty", "Never a value of this graph: see categoryPairAtypicality, and `reported` for a source's."
    )
    category_pair_atypicality: Measure = measured(
        "category_atypicality", "How unusual the rarest pair of the paper's categories is, in the whole snapshot."
    )
    corpus_normalised_impact: Measure = measured(
        "normalised_impact", "Citations over the mean of the papers of the same year and primary category in this graph."
    )

    @property
    def scope(self) -> Scope:
        """What counts."""
        return Scope(as_of=self.as_of)

"""Figures over lists of papers: the members that the metrics of people, institutions and categories have alike.

Their object has a `row`, its `kind` and the `scope` in which papers count.
"""

from typing import Any

from byline.graph.metrics.trust import INDICES, NO_PAPERS, NONE_IN_SCOPE, reason_of
from byline.graph.model import Kind
from byline.graph.query import operators as ops
from byline.graph.query.measures import PaperFigures, paper_figures
from byline.schema.fields import MEMBER, Infos, Planned, field, one
from byline.schema.types.values import Measure, YearCount

_INDEX = Planned(lambda at, selected: ops.Index(selected.key, selected.field.python_name, at.members(selected)))
_BY_YEAR = Planned(lambda at, selected: ops.ByYear(selected.key, at.members(selected)))


async def _figures(root: Any, info: Infos) -> PaperFigures:
    return await paper_figures(info.context.store, root.kind, one(root.row), root.scope)


def count(name: str, description: str) -> Any:
    """A figure by its name in PaperFigures."""

    async def resolve(root: Any, info: Infos) -> int:
        return int(getattr(await _figures(root, info), name)[0])

    return field(resolve, description, MEMBER)


def citations(description: str) -> Any:
    """The citations of the papers; null where the graph knows none."""

    async def resolve(root: Any, info: Infos) -> int | None:
        if not (await info.context.store.snapshot()).citations_known:
            return None
        return int((await _figures(root, info)).citation_count[0])

    return field(resolve, description, MEMBER)


def index(name: str, description: str) -> Any:
    """An index as a measure. It is a lower bound always: papers that this graph does not hold cite too."""

    async def resolve(root: Any, info: Infos) -> Measure:
        figures = await _figures(root, info)
        papers = int(figures.paper_count[0])
        none = NO_PAPERS if root.kind is Kind.AUTHOR else NONE_IN_SCOPE
        reason = reason_of(papers, (await info.context.store.snapshot()).citations_known, none)
        return Measure(
            value=None if reason else float(figures.index(INDICES[name].kernel)[0]),
            method=INDICES[name].method,
            sample_size=papers,
            is_lower_bound=True,
            reason=reason,
        )

    return field(resolve, description, _INDEX)


def year(name: str, description: str, pick: Any) -> Any:
    """The least or the greatest year of a paper."""

    async def resolve(root: Any, info: Infos) -> int | None:
        return pick((await _figures(root, info)).years_of(0), default=None)  # type: ignore[no-any-return]

    return field(resolve, description, MEMBER)


def by_year() -> Any:
    """Papers by year."""

    async def resolve(root: Any, info: Infos) -> list[YearCount]:
        years = (await _figures(root, info)).years_of(0)
        return [YearCount(year=at, count=papers) for at, papers in years.items()]

    return field(resolve, "Number of papers by year, earliest first, without undated papers.", _BY_YEAR)

"""Measures: how a field that shows one is declared, and what it shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import strawberry

from byline.graph.query import operators as ops
from byline.graph.query.metric_table import work
from byline.graph.query.metric_values import Grouped, Measured
from byline.graph.query.paper_sets import Trend
from byline.schema.fields import Infos, PlanCompiler, Selected, field, one
from byline.schema.types.values import Measure


@dataclass(frozen=True)
class WorkedField:
    """A metric by its name in graph/query/metric_table.py, and what its arguments mean."""

    name: str
    use: Callable[[Mapping[str, Any]], Any]

    def plan(self, at: PlanCompiler, selected: Selected) -> ops.Operator:
        """See Declared."""
        return ops.MetricNode(selected.key, self.name, at.bind(selected, self.use), at.members(selected))


@strawberry.type(description="A group of authors in the coauthor graph: a component or a community.")
class Group:
    """A component or a community of the coauthor graph."""

    number: int | None = strawberry.field(
        description="Number of the group in this snapshot, 0 for the largest; more data may renumber groups."
    )
    size: int | None = strawberry.field(description="Number of authors in the group.")
    method: str = strawberry.field(description="How groups are found, with the reference of the definition.")
    is_lower_bound: bool = strawberry.field(
        description="Whether the true group may be larger, because the graph is known to be incomplete."
    )
    reason: str | None = strawberry.field(description="Why there is no group; null if there is one.")


@strawberry.type(description="Papers and citations in a year.")
class YearTrend:
    """One year."""

    year: int | None = strawberry.field(description="The year; null for undated papers and citing papers.")
    paper_count: int = strawberry.field(description="Number of papers published in that year.")
    citation_count: int | None = strawberry.field(
        description="Number of citations by papers of that year, to papers of any year; null if no citations are known in "
        "this graph."
    )


def _shown(metric: Any) -> Any:
    """What was worked out of one row, as an object."""
    match metric:
        case Measured():
            return Measure(
                value=metric.listed[0],
                method=metric.method,
                sample_size=int(metric.samples[0]),
                is_lower_bound=bool(metric.lower[0]),
                reason=metric.reasons[0],
            )
        case Grouped():
            label, size = metric.labels[0], metric.sizes[0]
            return Group(number=label, size=size, method=metric.method, is_lower_bound=metric.lower, reason=metric.reasons[0])
        case Trend():
            return [YearTrend(year=year, paper_count=mine, citation_count=cited) for year, mine, cited in metric.years[0]]
    raise AssertionError(f"{metric} cannot be shown")


def worked(
    name: str,
    description: str,
    use: Callable[[Mapping[str, Any]], Any] = lambda argument_values: None,
    **arguments: tuple[Any, Any],
) -> Any:
    """A field that shows a measure of its object; the object's `scope`, if it has one, says what counts."""

    async def resolve(root: Any, info: Infos, **argument_values: Any) -> Any:
        metric = await work(
            info.context.store,
            name,
            one(root.row),
            use(argument_values),
            getattr(root, "scope", None),
            getattr(root, "kind", None),
        )
        return _shown(metric)

    return field(resolve, description, WorkedField(name, use), **arguments)


def measure(
    name: str, description: str, use: Callable[[Mapping[str, Any]], Any] = lambda argument_values: None, **arguments: Any
) -> Any:
    """A field that shows a measure as a Measure."""
    return worked(name, description, use, **arguments)

"""Metrics of a node: each worked out for a batch by its reader, and the figures that nodes have as one object."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from byline.graph.metrics.trust import INDICES
from byline.graph.model import Kind
from byline.graph.query import metric_costs
from byline.graph.query.closures import Closure, ClosureCompiler
from byline.graph.query.cost import NOTHING, SHORT, Estimator
from byline.graph.query.emitter import BOOL, FLOAT, INT, TEXT, Emitter, Level, Named
from byline.graph.query.encoders import Col
from byline.graph.query.measures import Scope
from byline.graph.query.metric_table import METRICS, work
from byline.graph.query.metric_values import Measured, writes_alike
from byline.graph.query.operators import text
from byline.graph.query.operators.cells import Cell
from byline.graph.query.operators.const import Const
from byline.graph.query.operators.figures import figures_of
from byline.graph.query.operators.inline import Inline
from byline.graph.query.operators.metric_values import emit_metric
from byline.graph.query.operators.operator import Operator, columns_of, read_members
from byline.graph.query.operators.read_then_emit import of_nodes
from byline.graph.query.operators.years import emit_years
from byline.graph.query.price import Cost
from byline.graph.query.reads import Read
from byline.graph.query.run import NodeRows, Run
from byline.graph.query.slots import Slot
from byline.graph.store.widths import PLAIN

# Figures over all papers that a snapshot keeps as columns.
_IN_COLUMNS = {
    Kind.AUTHOR: {"paper_count", "citation_count", "coauthor_count", "first_year", "last_year"},
    Kind.PAPER: {"citation_count", "outside_citation_count"},
    Kind.INSTITUTION: {"paper_count", "citation_count"},
}
# Members that count people, for which author lists are read.
_PEOPLE = {"coauthor_count", "author_count"}


@dataclass(frozen=True)
class MetricNode(Operator):
    """A metric of the row by its name in metric_table.py; `args` are its arguments, fields are named as its members."""

    key: str
    name: str
    args: Any | Slot
    fields: tuple[Const | Cell, ...]
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"metric {self.name}" if self.args is None else f"metric {self.name} {text.value(self.args, values)}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        metric = METRICS[self.name]
        return Cost(metric.objects, 1.0) + metric.price.of(at)

    async def read(self, run: Run, level: NodeRows) -> Any:
        """See Operator."""
        values = await work(run.store, self.name, level.rows, run.value(self.args), level.scope, level.kind)
        run.requires_rows |= isinstance(values, Measured) and not writes_alike(values.values)
        return values

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        return await emit_metric(out, self.fields, level.inner[self.key], level.count)


@dataclass
class FiguresRead(Read):
    """Figures by name, one entry a row; indices as (value or None, sample size, reason); metrics by output key."""

    values: Mapping[str, Any]
    inner: Mapping[str, Any] = field(default_factory=dict)

    def cut(self, start: int, stop: int) -> "FiguresRead":
        """See Read."""
        if self.inner:
            raise TypeError("metrics cannot be cut")
        return FiguresRead({name: column[start:stop] for name, column in self.values.items()})


@dataclass(frozen=True)
class Figures(Operator):
    """Computed figures of the row. `scope` is a measures.Scope; fields are named as there, indices hold fields of their own."""

    key: str
    scope: Any | Slot
    fields: tuple[Operator, ...]
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"metrics {text.value(self.scope, values)}".rstrip()

    def from_columns(self, kind: Kind) -> Operator:
        """See Operator."""
        shown = set(columns_of(self.fields))
        plain = not any(part.leads or isinstance(part, Index | ByYear) for part in self.fields)
        if plain and self.scope == Scope() and shown <= _IN_COLUMNS.get(kind, set()):
            return Inline(self.key, self.fields)
        return self

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        objects = SHORT if any(isinstance(part, Index | ByYear) for part in self.fields) else 1.0
        besides = Cost(objects, 1.0, 0.0, PLAIN * len(self.fields))
        besides += self._figures_cost(at)
        if any(isinstance(part, ByYear) for part in self.fields):
            besides += metric_costs.YEARS.of(at)
        return at.leading(self.fields, besides)

    def _figures_cost(self, at: Estimator) -> Cost:
        """What the figures cost that no metric reads by itself; those of people are dear only in a scope."""
        if not any(part.columns or isinstance(part, Index) for part in self.fields):
            return NOTHING
        if at.kind in (Kind.AUTHOR, Kind.PAPER):
            price = metric_costs.FIGURES if at.kind is Kind.AUTHOR else METRICS["paper_citations"].price
            return price.of(at) if at.value(self.scope) != Scope() else NOTHING
        return (metric_costs.AUTHORS_OF_SETS if self._counts_people else metric_costs.PAPER_SETS).of(at)

    @property
    def _counts_people(self) -> bool:
        return not _PEOPLE.isdisjoint(columns_of(self.fields))

    async def read(self, run: Run, level: NodeRows) -> FiguresRead:
        """See Operator."""
        scope: Scope = run.value(self.scope)
        inner = await read_members(run, self.fields, replace(level, scope=scope))
        if not any(part.columns or isinstance(part, Index | ByYear) for part in self.fields):
            return FiguresRead({}, inner)
        return FiguresRead(await figures_of(run.store, level, scope, self._counts_people), inner)

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: FiguresRead = level.inner[self.key]
        members = Level(level.count, read.inner, lambda name: out.encoder.leaf(read.values[name], INT), read)
        return await out.struct(self.fields, members)

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        return of_nodes(self, small)


@dataclass(frozen=True)
class Index(Operator):
    """An index with how far to trust it; fields are named value, method, sample_size, is_lower_bound, reason."""

    key: str
    name: str
    fields: tuple[Const | Cell, ...]

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"metric {self.name}"

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        entries, count = level.read.values[self.name], level.count
        named: Named = {
            "value": ([value for value, _, _ in entries], FLOAT),
            "method": ([INDICES[self.name].method] * count, TEXT),
            "sample_size": ([papers for _, papers, _ in entries], INT),
            "is_lower_bound": ([True] * count, BOOL),
            "reason": ([reason for _, _, reason in entries], TEXT),
        }
        return await out.records(self.fields, named, count)


@dataclass(frozen=True)
class ByYear(Operator):
    """Papers by year; fields are named year, count."""

    key: str
    fields: tuple[Const | Cell, ...]

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "papers by year"

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        return await emit_years(out, self.fields, level.read.values["by_year"])

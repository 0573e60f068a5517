"""Columns of a level: as they are, and lists of records."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from byline.graph import ids
from byline.graph.model import COLUMNS, Kind
from byline.graph.query.closures import Closure, ClosureCompiler
from byline.graph.query.cost import AROUND, SHORT, Estimator
from byline.graph.query.emitter import TEXT, Emitter, Level, Named, offsets_of
from byline.graph.query.encoders import Col
from byline.graph.query.operators import text
from byline.graph.query.operators.const import Const
from byline.graph.query.operators.operator import Operator, columns_of
from byline.graph.query.operators.read_then_emit import of_nodes
from byline.graph.query.price import Cost


@dataclass(frozen=True)
class Cell(Operator):
    """A column as it is: of nodes, or of whatever else the objects of its level are."""

    key: str
    column: str
    is_cell = True

    @property
    def columns(self) -> tuple[str, ...]:
        """See Operator."""
        return (self.column,)

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"column {self.column}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        return Cost(bytes=at.width(self.column))

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        return level.cell(self.column)


@dataclass(frozen=True)
class Texts(Operator):
    """A column that holds a list of texts, empty where it is null: a snapshot may lack the column."""

    key: str
    column: str

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"column {self.column}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        return Cost(bytes=at.width(self.column))

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        (lists,) = await out.store.values(level.read.shape.kind, level.read.rows, [self.column])
        return out.encoder.lists(offsets_of(lists), out.encoder.leaf([one for texts in lists for one in texts or ()], TEXT))

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        return of_nodes(self, small)


@dataclass(frozen=True)
class Records(Operator):
    """A column that holds a list of records: each shown by its fields (key, name); the name "url" is worked out where
    they have none."""

    key: str
    column: str
    fields: tuple[Const | Cell, ...]

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"records {self.column}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        keys = sum(len(field.key) + AROUND for field in self.fields)
        return Cost(SHORT, 1.0, 0.0, at.width(self.column) + SHORT * keys)

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        kind = level.read.shape.kind
        (lists,) = await out.store.values(kind, level.read.rows, [self.column])
        entries = [entry for entries in lists for entry in entries or ()]
        members: Named = {name: self._member(kind, name, entries) for name in columns_of(self.fields)}
        return out.encoder.lists(offsets_of(lists), await out.records(self.fields, members, len(entries)))

    def _member(self, kind: Kind, name: str, entries: Sequence[dict[str, Any]]) -> tuple[Any, Any]:
        dtype = next(declared.dtype for declared in COLUMNS[kind] if declared.name == self.column).value_type
        if name == "url" and dtype.get_field_index("url") < 0:
            return [ids.url(kind, entry["scheme"], entry["value"]) for entry in entries], TEXT
        return [entry[name] for entry in entries], dtype.field(name).type

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        return of_nodes(self, small)

"""How a field is declared: once, as data that the plain resolver runs on and that plans itself.

`column()` shows a column of the node, `edge_value()` a value of the hop, `listing()` a connection. Each keeps its declaration in
the field's metadata under FIELD: its `plan` makes the operator that answers the field. A field without one shows the member of
that name of whatever its object is.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import strawberry
from graphql import FieldNode
from strawberry.types import Info
from strawberry.types.field import StrawberryField
from strawberry.types.lazy_type import LazyType

from byline.graph.model import COLUMNS, Column, Edge, Kind
from byline.graph.query import operators as ops
from byline.graph.request import Hop, Order, Select
from byline.graph.store.protocol import Rows
from byline.schema.context import Context, Limits

FIELD = "byline"
Infos = Info[Context, None]


@dataclass(frozen=True)
class Selected:
    """A field that a query selects: its response key, its declaration, where the document selects it, the type that declares it,
    and of which kind the nodes of the connection are that it is a part of."""

    key: str
    field: StrawberryField
    nodes: list[FieldNode]
    type_name: str
    kind: Kind | None = None


class PlanCompiler(Protocol):
    """What a field plans itself with: see schema/compile/operation.py."""

    limits: Limits

    def bind(self, selected: Selected, use: Callable[[dict[str, Any]], Any]) -> Any:
        """What `use` makes of the arguments: now where they are settled, else a slot."""

    def slot(self, make: Callable[[Mapping[str, Any]], Any]) -> Any:
        """A slot that is filled from the variables of a request."""

    def connection_args(self, selected: Selected, declared: "ListingField") -> Any:
        """The arguments of a connection."""

    def members(self, selected: Selected, kind: Kind | None = None) -> tuple[Any, ...]:
        """The operators of what is selected of the field's object; within a connection to nodes of a kind."""

    def shape(self, nodes: Iterable[FieldNode], kind: Kind | None) -> ops.Shape:
        """What a selection shows of a node of a kind."""

    def shapes(self, nodes: Iterable[FieldNode]) -> tuple[ops.Shape, ...]:
        """What a selection on the interface shows of a node of each kind."""


class Declared(Protocol):
    """The declaration of a field."""

    @property
    def plan(self) -> Callable[[PlanCompiler, Selected], ops.Operator]:
        """Makes the operator that answers the field. Raises BadInput, Unplannable."""


@dataclass(frozen=True)
class Planned:
    """A field whose declaration is its plan and nothing else."""

    plan: Callable[[PlanCompiler, Selected], ops.Operator]


# The member of that name of whatever the object is.
MEMBER = Planned(lambda at, selected: ops.Cell(selected.key, selected.field.python_name))


@dataclass(frozen=True)
class ColumnField:
    """A column of a kind: as it is, the row of a node to lead to, or a list of records of a GraphQL type."""

    kind: Kind
    column: str
    leads_to: Kind | None = None
    records: str | None = None

    def plan(self, at: PlanCompiler, selected: Selected) -> ops.Operator:
        """See Declared."""
        if self.leads_to is not None:
            return ops.One(selected.key, self.column, self.leads_to, at.shape(selected.nodes, self.leads_to))
        if self.records is not None:
            return ops.Records(selected.key, self.column, at.members(selected))
        declared = _column_of(self.kind, self.column)
        if pa.types.is_list(declared.dtype) and not declared.required:
            return ops.Texts(selected.key, self.column)
        return ops.Cell(selected.key, self.column)


@dataclass(frozen=True)
class EdgeValueField:
    """A value of the hop that led to an entry."""

    value: str

    def plan(self, at: PlanCompiler, selected: Selected) -> ops.Operator:
        """See Declared."""
        return ops.HopValue(selected.key, self.value)


@dataclass(frozen=True)
class HopField:
    """The far ends of an edge as a plain list; `of_entry` where it starts from the edges of a connection and not from nodes."""

    edge: Edge
    of_entry: bool = False

    def plan(self, at: PlanCompiler, selected: Selected) -> ops.Operator:
        """See Declared."""
        operator = ops.EntryMany if self.of_entry else ops.Many
        return operator(selected.key, Hop(self.edge), Select(), at.shape(selected.nodes, self.edge.target))


@dataclass(frozen=True)
class ListingField:
    """A connection: the hop (None at the root), the kind it leads to, and the order it has when none is asked for."""

    edge: Edge | None
    kind: Kind
    default_order: tuple[Order, ...]

    def plan(self, at: PlanCompiler, selected: Selected) -> ops.Operator:
        """See Declared."""
        return ops.Listing(selected.key, self.kind, at.connection_args(selected, self), at.members(selected, self.kind))


@dataclass(frozen=True)
class EvidenceField(ListingField):
    """A connection to the papers that both ends of an edge share."""

    def plan(self, at: PlanCompiler, selected: Selected) -> ops.Operator:
        """See Declared."""
        assert self.edge is not None
        return ops.Evidence(selected.key, self.edge, at.connection_args(selected, self), at.members(selected, self.kind))


def entry_node(kind: Kind | None = None) -> Planned:
    """The node of an entry: of the kind of the connection around it, where none is named."""
    return Planned(lambda at, selected: ops.EntryNode(selected.key, at.shape(selected.nodes, kind or selected.kind)))


def one(row: int) -> Rows:
    """A batch of one."""
    return np.array([row], np.int32)


def resolver(function: Callable[..., Any], **arguments: tuple[Any, Any]) -> Callable[..., Any]:
    """A resolver without a return type (the class annotation has it) and with `arguments`: name to (type, default).

    The function takes `root`, `info` and the arguments as keywords. Null for an argument with a default is the default.
    """

    defaults = {name: default for name, (_, default) in arguments.items()}

    async def resolve(root: Any, info: Infos, **argument_values: Any) -> Any:
        info.context.go_on()
        given = {name: value for name, value in argument_values.items() if value is not None}
        answer = function(root, info, **(defaults | given))
        return await answer if inspect.isawaitable(answer) else answer

    kinds = inspect.Parameter
    parameters = [
        kinds("root", kinds.POSITIONAL_OR_KEYWORD, annotation=Any),
        kinds("info", kinds.POSITIONAL_OR_KEYWORD, annotation=Infos),
    ]
    for name, (annotation, default) in arguments.items():
        parameters.append(kinds(name, kinds.KEYWORD_ONLY, annotation=annotation, default=default))
    resolve.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    resolve.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return resolve


def field(function: Callable[..., Any], description: str, declared: Declared | None = None, **arguments: tuple[Any, Any]) -> Any:
    """A field answered by a function of root, info and arguments; its type is the class annotation. Without a declaration the
    resolvers answer all queries that select it."""
    return strawberry.field(resolver=resolver(function, **arguments), description=description, metadata={FIELD: declared})


def _column_of(kind: Kind, name: str) -> Column:
    """The column of a kind as the vocabulary declares it."""
    return next(declared for declared in COLUMNS[kind] if declared.name == name)


def about(kind: Kind, column: str) -> str:
    """The sentence that the vocabulary has for a column."""
    return _column_of(kind, column).about


def column(kind: Kind, name: str) -> Any:
    """A field that shows a column of the node as it is. Lists are never null."""
    return field(_read(kind, name, lambda value: value), about(kind, name), ColumnField(kind, name))


def row_column(kind: Kind, name: str, to: Kind, make: Callable[[Kind, int | None], Any], description: str) -> Any:
    """A field that leads to the node whose row a column holds."""
    return field(_read(kind, name, lambda row: make(to, row)), description, ColumnField(kind, name, leads_to=to))


def record_column(kind: Kind, name: str, of: str, make: Callable[[Kind, list[Any]], list[Any]]) -> Any:
    """A field that shows a column of records as objects of the GraphQL type `of`."""
    return field(
        _read(kind, name, lambda entries: make(kind, entries or [])), about(kind, name), ColumnField(kind, name, records=of)
    )


def _read(kind: Kind, name: str, show: Callable[[Any], Any]) -> Callable[..., Any]:
    listed = pa.types.is_list(_column_of(kind, name).dtype)

    async def resolve(root: Any, info: Infos) -> Any:
        values = await info.context.store.columns(kind, one(root.row), [name])
        value = values[0][0].as_py()
        return show([] if listed and value is None else value)

    return resolve


def edge_value(name: str, description: str) -> Any:
    """A field of a connection's edge that shows a value of the hop."""

    def resolve(root: Any, info: Infos) -> Any:
        return root.listing.values[name][root.at].as_py()

    return field(resolve, description, EdgeValueField(name))


def returned(info: Infos) -> Any:
    """The class of what the field being resolved answers."""
    return_type: Any = info.return_type
    return return_type.resolve_type() if isinstance(return_type, LazyType) else return_type

"""How a field is declared: once, as data that the plain resolver runs on and that a plan is compiled from.

`column()` shows a column of the node, `edge_value()` a value of the hop, `listing()` a connection. Each keeps its
declaration in the field's metadata under FIELD.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import strawberry
from strawberry.types import Info
from strawberry.types.lazy_type import LazyType

from byline.graph.model import COLUMNS, Edge, Kind
from byline.graph.request import Order
from byline.graph.store.protocol import Rows
from byline.schema.context import Context

FIELD = "byline"
Infos = Info[Context, None]


@dataclass(frozen=True)
class ColumnField:
    """A column of a kind: as it is, the row of a node to lead to, or a list of records of a GraphQL type."""

    kind: Kind
    column: str
    leads_to: Kind | None = None
    records: str | None = None


@dataclass(frozen=True)
class EdgeValueField:
    """A value of the hop that led to an entry."""

    value: str


@dataclass(frozen=True)
class ListingField:
    """A connection: the hop (None at the root), the kind it leads to, and the order it has when none is asked for."""

    edge: Edge | None
    kind: Kind
    default_order: tuple[Order, ...]


def one(row: int) -> Rows:
    """A batch of one."""
    return np.array([row], np.int32)


def resolver(function: Callable[..., Any], **arguments: tuple[Any, Any]) -> Callable[..., Any]:
    """A resolver without a return type (the class annotation has it) and with `arguments`: name to (type, default).

    The function takes `root`, `info` and the arguments as keywords.
    """

    defaults = {name: default for name, (_, default) in arguments.items()}

    async def resolve(root: Any, info: Infos, **given: Any) -> Any:
        info.context.go_on()
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


def field(function: Callable[..., Any], description: str, declared: object = None, **arguments: tuple[Any, Any]) -> Any:
    """A field answered by a function of root, info and arguments; its type is the class annotation."""
    return strawberry.field(resolver=resolver(function, **arguments), description=description, metadata={FIELD: declared})


def about(kind: Kind, column: str) -> str:
    """The sentence that the vocabulary has for a column."""
    return next(declared.about for declared in COLUMNS[kind] if declared.name == column)


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
    listed = pa.types.is_list(next(declared.dtype for declared in COLUMNS[kind] if declared.name == name))

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
    made: Any = info.return_type
    return made.resolve_type() if isinstance(made, LazyType) else made

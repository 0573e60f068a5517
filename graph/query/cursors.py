"""Cursors: the place of an entry in an order, as the values of the order's keys and the id. Never an offset, so that paging
stays right while data is added."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.graph.errors import BadCursor
from byline.graph.model import COLUMNS, Kind
from byline.graph.query.opaque import opened, sealed
from byline.graph.query.slots import ConnectionArgs
from byline.graph.request import Cursor, Order, Scalar
from byline.graph.store.protocol import Ragged, Store

_HINT = "use a cursor returned by this field with the same `orderBy`"
_ON_EDGE = {"weight": float}


def encode(order: Sequence[Order], values: Sequence[Scalar], identifier: str) -> str:
    """The cursor of an entry."""
    return sealed([_signature(order), *values, identifier])


def decode(kind: Kind, order: Sequence[Order], text: str) -> Cursor:
    """The place that a cursor names. Raises BadCursor for one of another order, or that was never one."""
    signature, *values, identifier = opened(text, None, "", _HINT)
    if signature != _signature(order) or len(values) != len(order) or not isinstance(identifier, str):
        raise BadCursor(f"{text[:40]!r} is a cursor of another list or sort order", _HINT)
    return (*(_value(kind, key, value, text) for key, value in zip(order, values, strict=True)), identifier)


def _signature(order: Sequence[Order]) -> str:
    return ",".join(f"{'edge.' if key.on_edge else ''}{key.column}{'-' if key.descending else ''}" for key in order)


def _value(kind: Kind, order: Order, value: Any, text: str) -> Scalar:
    wanted = _type(kind, order)
    if value is None:
        return None
    try:
        if wanted is date:
            return date.fromisoformat(value)
    except (ValueError, TypeError) as error:
        raise BadCursor(f"{text[:40]!r} is not a valid cursor of this list", _HINT) from error
    fits = isinstance(value, wanted) and not isinstance(value, bool)
    if not fits or (isinstance(value, int | float) and abs(value) >= 2**62 and not (order.on_edge and wanted is float)):
        raise BadCursor(f"{text[:40]!r} is not a valid cursor of this list", _HINT)
    scalar: Scalar = value
    return scalar


def _type(kind: Kind, order: Order) -> type:
    if order.on_edge:
        return _ON_EDGE.get(order.column, int)
    dtype = next(column.dtype for column in COLUMNS[kind] if column.name == order.column)
    if pa.types.is_date32(dtype):
        return date
    if pa.types.is_float64(dtype):
        return float
    return int if pa.types.is_int32(dtype) else str


async def cursors_at(store: Store, kind: Kind, args: ConnectionArgs, ragged: Ragged, places: npt.NDArray[np.int64]) -> list[str]:
    """The cursors of the entries of a page at `places`."""
    order, rows = args.select.order, ragged.rows[places]
    names = [key.column for key in order if not key.on_edge]
    *columns, ids = await store.values(kind, rows, [*names, "id"])
    cells = iter(columns)
    at = pa.array(places)
    lists = [ragged.values[key.column].take(at).to_pylist() if key.on_edge else next(cells) for key in order]
    return [encode(order, values, identifier) for *values, identifier in zip(*lists, ids, strict=True)]

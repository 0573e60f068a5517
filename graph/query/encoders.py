"""Encoders: the two forms in which an answer is put together, behind one set of methods.

RowEncoder holds Python values and writes with orjson: quick to start, some 0.3 µs a value. ArrowEncoder holds Arrow arrays and
writes with arro3: a fixed cost of a fraction of a millisecond, then no Python object for any value. Both give the same bytes.
"""

import io
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa
from arro3.io import write_json

from byline.graph.model import Kind
from byline.graph.store.protocol import Rows, Store

# A column of an answer in the making: a Python list, or an Arrow array.
Col: TypeAlias = Any
Json: TypeAlias = bytes | memoryview
_KEY = "x"


class Encoder(Protocol):
    """What an answer is put together with."""

    async def cells(self, store: Store, kind: Kind, rows: Rows, names: Sequence[str]) -> list[Col]:
        """Columns of nodes."""

    def const(self, value: str, count: int) -> Col:
        """The same text `count` times."""

    def leaf(self, values: Any, dtype: pa.DataType) -> Col:
        """Values that are there already: a list, a numpy or an Arrow array."""

    def struct(self, keys: Sequence[str], columns: Sequence[Col], count: int) -> Col:
        """Objects with these members."""

    def lists(self, offsets: npt.NDArray[np.int64], inner: Col) -> Col:
        """Lists laid end to end."""

    def take(self, inner: Col, places: npt.NDArray[np.int64]) -> Col:
        """Entries by place, null for -1."""

    def write(self, keys: Sequence[str], columns: Sequence[Col]) -> Json:
        """The JSON of one object whose members are the only entries of columns."""

    def entries(self, column: Col) -> Json:
        """The JSON of the entries of a column, commas between them and nothing around them."""


class RowEncoder:
    """Python values, written by orjson."""

    async def cells(self, store: Store, kind: Kind, rows: Rows, names: Sequence[str]) -> list[Col]:
        """See Encoder."""
        return list(await store.values(kind, rows, names))

    def const(self, value: str, count: int) -> Col:
        """See Encoder."""
        return [value] * count

    def leaf(self, values: Any, dtype: pa.DataType) -> Col:
        """See Encoder."""
        if isinstance(values, list):
            return values
        return values.tolist() if isinstance(values, np.ndarray) else values.to_pylist()

    def struct(self, keys: Sequence[str], columns: Sequence[Col], count: int) -> Col:
        """See Encoder."""
        return maker(tuple(keys))(*columns) if keys else [{} for _ in range(count)]

    def lists(self, offsets: npt.NDArray[np.int64], inner: Col) -> Col:
        """See Encoder."""
        if len(offsets) == 2:
            return [inner]
        bounds = offsets.tolist()
        return [inner[start:stop] for start, stop in pairwise(bounds)]

    def take(self, inner: Col, places: npt.NDArray[np.int64]) -> Col:
        """See Encoder."""
        return [inner[place] if place >= 0 else None for place in places.tolist()]

    def write(self, keys: Sequence[str], columns: Sequence[Col]) -> bytes:
        """See Encoder."""
        return orjson.dumps({key: column[0] for key, column in zip(keys, columns, strict=True)})

    def entries(self, column: Col) -> Json:
        """See Encoder."""
        return memoryview(orjson.dumps(column))[1:-1]


@lru_cache(4096)
def maker(keys: tuple[str, ...], order: tuple[int, ...] | None = None) -> Callable[..., list[dict[str, Any]]]:
    """A function from columns to objects with these keys. The columns come in the order of the keys, or the key at i has the
    column at `order[i]`.

    It is written as source, because a dict display with fixed keys takes a quarter of the time of dict(zip()); keys are
    GraphQL names, letters, digits and underscores.
    """
    assert all(key.isidentifier() for key in keys)
    names = [f"v{place}" for place in range(len(keys))]
    columns = [f"c{place}" for place in range(len(keys))]
    members = ", ".join(f"{key!r}: v{place}" for key, place in zip(keys, order or range(len(keys)), strict=True))
    loop = "for v0 in c0" if len(keys) == 1 else f"for {', '.join(names)} in zip({', '.join(columns)})"
    make_objects: Callable[..., list[dict[str, Any]]] = eval(f"lambda {', '.join(columns)}: [{{{members}}} {loop}]")
    return make_objects


class ArrowEncoder:
    """Arrow arrays, written by arro3."""

    async def cells(self, store: Store, kind: Kind, rows: Rows, names: Sequence[str]) -> list[Col]:
        """See Encoder."""
        columns = await store.columns(kind, rows, names)
        return [_no_null_list(column) if pa.types.is_list(column.type) else column for column in columns]

    def const(self, value: str, count: int) -> Col:
        """See Encoder."""
        return pa.repeat(pa.scalar(value), count)

    def leaf(self, values: Any, dtype: pa.DataType) -> Col:
        """See Encoder."""
        return values if isinstance(values, pa.Array) else pa.array(values, dtype)

    def struct(self, keys: Sequence[str], columns: Sequence[Col], count: int) -> Col:
        """See Encoder."""
        return pa.StructArray.from_arrays(list(columns), list(keys))

    def lists(self, offsets: npt.NDArray[np.int64], inner: Col) -> Col:
        """See Encoder."""
        return pa.LargeListArray.from_arrays(pa.array(offsets, pa.int64()), inner)

    def take(self, inner: Col, places: npt.NDArray[np.int64]) -> Col:
        """See Encoder."""
        return inner.take(pa.array(places, pa.int64(), mask=places < 0))

    def write(self, keys: Sequence[str], columns: Sequence[Col]) -> Json:
        """See Encoder."""
        return _rows(pa.RecordBatch.from_arrays(list(columns), list(keys)))

    def entries(self, column: Col) -> Json:
        """See Encoder."""
        if isinstance(column, pa.StructArray) and not column.null_count:
            return _rows(pa.RecordBatch.from_struct_array(column))
        whole = self.write([_KEY], [self.lists(np.array([0, len(column)]), column)])
        return memoryview(whole)[len(_KEY) + 5 : -2]


class _Pieces(io.RawIOBase):
    """A file that keeps what is written as it comes, a row or eight KiB of rows: to copy a megabyte takes a twentieth of the time
    in which it was made."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, piece: Any) -> int:
        """Keep a piece."""
        self.pieces.append(piece)
        return len(piece)


def _rows(batch: pa.RecordBatch) -> memoryview:
    """The rows as JSON objects; a view leaves out the brackets around them, without a copy of what may be megabytes."""
    sink = _Pieces()
    write_json(batch, sink, explicit_nulls=True)  # type: ignore[arg-type]
    if sink.pieces[1:] == [b"]"]:
        return memoryview(sink.pieces[0])[1:]
    return memoryview(b"".join(sink.pieces))[1:-1]


def _no_null_list(column: pa.Array) -> pa.Array:
    """A list column with empty lists for null ones."""
    if not column.null_count:
        return column
    return pa.array([entries or [] for entries in column.to_pylist()], column.type)

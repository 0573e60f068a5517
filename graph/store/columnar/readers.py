"""Columns read a few rows at a time, straight from their buffers: for small answers an Arrow call costs more than the values."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from graph.store.columnar.csr import NULL

Reader = Callable[[Sequence[int]], list[Any]]
_SENTINEL = int(NULL)
_EPOCH = date(1970, 1, 1).toordinal()


def reader(column: pa.Array) -> Reader:
    """A function from rows to Python values, for a column of any declared type."""
    if not len(column):
        return lambda rows: [None for _ in rows]
    dtype = column.type
    if pa.types.is_int32(dtype):
        return _numbers(column)
    if pa.types.is_date32(dtype):
        return _dates(column)
    if pa.types.is_string(dtype) or pa.types.is_large_string(dtype):
        return _texts(column)
    if pa.types.is_list(dtype):
        return _lists(column)
    return lambda rows: [column[row].as_py() for row in rows]


def _numbers(column: pa.Array) -> Reader:
    data = memoryview(column.buffers()[1]).cast("i")
    if not column.null_count:
        return lambda rows: [data[row] for row in rows]
    return lambda rows: [None if (value := data[row]) == _SENTINEL else value for row in rows]


def _dates(column: pa.Array) -> Reader:
    numbers = _numbers(column)
    return lambda rows: [None if day is None else date.fromordinal(day + _EPOCH) for day in numbers(rows)]


def _texts(column: pa.Array) -> Reader:
    valid, starts, data = column.buffers()
    if data is None:
        return lambda rows: [column[row].as_py() for row in rows]
    begins = memoryview(starts).cast("i" if pa.types.is_string(column.type) else "q")
    text = memoryview(data)
    if not column.null_count:
        return lambda rows: [str(text[begins[row] : begins[row + 1]], "utf-8") for row in rows]
    bits = memoryview(valid)
    return lambda rows: [
        str(text[begins[row] : begins[row + 1]], "utf-8") if bits[row >> 3] >> (row & 7) & 1 else None for row in rows
    ]


def _lists(column: pa.Array) -> Reader:
    """Lists are short and often empty: only those with entries are taken from Arrow."""
    begins = memoryview(column.buffers()[1]).cast("i")
    nullable = column.null_count > 0

    def read(rows: Sequence[int]) -> list[Any]:
        return [[] if begins[row] == begins[row + 1] and not nullable else column[row].as_py() for row in rows]

    return read

"""Columns as Python values. A few rows are read straight from the mapped bytes, where an Arrow call would cost more than the
values; more rows go through Arrow, which then costs less a value."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from byline.graph.ids import ID_LENGTH
from byline.graph.store.columnar.files.csr import NULL, Numbers, data_of
from byline.graph.store.columnar.files.spans import Spans
from byline.graph.store.protocol import Rows
from byline.graph.store.row_cache import RowCache, short
from byline.graph.store.small import array_of

Reader = Callable[[Sequence[int]], list[Any]]
# Texts from which one Arrow call is cheaper than slices of the bytes (measured: 6 µs a call against 0.17 µs a text), and ids
# from which a gather in numpy is.
_FEW, _FEW_IDS = 32, 24
_SENTINEL = int(NULL)
ID_BYTES = f"S{ID_LENGTH}"
_LINE = np.dtype([("id", ID_BYTES), ("end", "S1")])
# Rows of texts from which their bytes are mostly far, in the memory's order of things, and how long a line of memory is.
_FAR, _LINE_BYTES = 2_000, 64
# The kernel itself: rows come from the store and need no bounds check.
_TAKE, _UNCHECKED = pc.get_function("array_take"), pc.TakeOptions(boundscheck=False)
_EPOCH = date(1970, 1, 1).toordinal()
# Where ids end that are laid end to end, for as many as one block of an answer mostly has.
_ENDS = np.arange(32_768, dtype=np.int32) * np.int32(ID_LENGTH)


class ColumnReader:
    """Reads one column; `spans` are its texts' bytes where they lie in a mapped file."""

    def __init__(self, column: pa.Array, spans: Spans | None = None, fixed: bool = False) -> None:
        self._column = column
        # The ids as bytes of one width, where these are ids.
        self.ids = id_bytes(column) if fixed else None
        dtype = column.type
        self.few: Reader = _direct(column, spans, self.ids) if len(column) else lambda rows: [None for _ in rows]
        self._plain = pa.types.is_int32(dtype) and not column.null_count and len(column) > 0
        # Numbers need no Arrow call, however many there are.
        self._cheap = pa.types.is_int32(dtype) or pa.types.is_date32(dtype) or not len(column)
        self._numbers = self.numbers if self._plain else None
        keepable = _keepable(column)
        # Whether its values are short, and a reader that keeps them where they are texts.
        self.brief = pa.types.is_primitive(dtype) or keepable
        self.again: Reader = RowCache(_some(column, self.ids, self.few)) if keepable and spans is not None else self.few

    @cached_property
    def numbers(self) -> Numbers:
        """A 32-bit column as numpy, NULL where it is null. No copy."""
        return data_of(self._column)

    def take(self, rows: Rows) -> pa.Array:
        """The entries at some rows, as Arrow."""
        if self.ids is not None:
            return _take_ids(self.ids, rows)
        if len(rows) > _FAR and (text := self._text) is not None:
            # numpy waits for many lines of memory at once, Arrow's copy for one after the other: what is read here first is
            # near when it is copied (3 to 4 % of an answer of 1.5 MB).
            begins = text[0].take(rows)
            text[1].take(begins, mode="clip")
            text[1].take(begins + _LINE_BYTES // 2, mode="clip")
        return _TAKE.call([self._column, pa.array(rows, pa.int32())], _UNCHECKED)

    @cached_property
    def _text(self) -> tuple[npt.NDArray[np.integer], npt.NDArray[np.uint8]] | None:
        """Where the texts of the column begin, and their bytes; None for a column of others, or of none."""
        if not _is_text(self._column):
            return None
        _, starts, data = self._column.buffers()
        width: Any = np.int32 if pa.types.is_string(self._column.type) else np.int64
        return (np.frombuffer(starts, width), np.frombuffer(data, np.uint8)) if data else None

    def many(self, rows: Rows, listed: Sequence[int], places: pa.Array) -> list[Any]:
        """The values of many rows, given in three ways."""
        if self._numbers is not None:
            return self._numbers[rows].tolist()  # type: ignore[no-any-return]
        return self.few(listed) if self._cheap else _taken(self._column, self.ids, places)


def _some(column: pa.Array, ids: npt.NDArray[np.bytes_] | None, few: Reader) -> Reader:
    """What reads texts, however many. Not a method: the reader that keeps it would be part of a cycle and keep its map open."""
    return lambda rows: few(rows) if len(rows) < _FEW else _taken(column, ids, pa.array(array_of(rows)))


def _taken(column: pa.Array, ids: npt.NDArray[np.bytes_] | None, places: pa.Array) -> list[Any]:
    """The values at some places, by one call."""
    if ids is not None:
        return texts_of(ids.take(places.to_numpy()))
    return _TAKE.call([column, places], _UNCHECKED).to_pylist()  # type: ignore[no-any-return]


def read(readers: Sequence[ColumnReader], rows: Rows) -> list[list[Any]]:
    """One list a column."""
    listed = rows.tolist()
    if len(listed) < _FEW:
        return [reader.few(listed) for reader in readers]
    places = pa.array(rows)
    return [reader.many(rows, listed, places) for reader in readers]


def listed(readers: Sequence[ColumnReader]) -> Callable[[Sequence[int]], list[list[Any]]]:
    """What reads columns for rows given as a list: one list a column."""
    again = [reader.again for reader in readers]
    if all(isinstance(read, RowCache) for read in again):
        return lambda rows: [read(rows) for read in again]

    def read_all(rows: Sequence[int]) -> list[list[Any]]:
        if len(rows) < _FEW:
            return [read(rows) for read in again]
        array = array_of(rows)
        places = pa.array(array)
        return [
            read(rows) if isinstance(read, RowCache) else reader.many(array, rows, places)
            for read, reader in zip(again, readers, strict=True)
        ]

    return read_all


def _keepable(column: pa.Array) -> bool:
    """Whether a column holds texts that are short, and thus to be kept once read."""
    data = column.buffers()[2] if _is_text(column) else None
    return data is not None and data.size > 0 and short(data.size, len(column))


def _is_text(column: pa.Array) -> bool:
    return bool(pa.types.is_string(column.type) or pa.types.is_large_string(column.type))


def _take_ids(ids: npt.NDArray[np.bytes_], rows: Rows) -> pa.StringArray:
    """Ids at some rows, as Arrow: of one width, they need no offsets to be read, and the same offsets do for all."""
    ends = _ENDS if len(rows) < len(_ENDS) else _ends(len(rows))
    return pa.StringArray.from_buffers(len(rows), pa.py_buffer(ends), pa.py_buffer(ids.take(rows)))


def _ends(count: int) -> npt.NDArray[np.int32]:
    """Where so many ids end."""
    return np.arange(count + 1, dtype=np.int32) * np.int32(ID_LENGTH)


def id_bytes(column: pa.Array) -> npt.NDArray[np.bytes_]:
    """Ids as fixed-width bytes over the column's own buffer."""
    if not len(column):
        return np.zeros(0, ID_BYTES)
    return np.frombuffer(column.buffers()[2], ID_BYTES)[: len(column)]


def texts_of(ids: npt.NDArray[np.bytes_]) -> list[str]:
    """Ids as strings: written as lines and split in one go, which takes a third of the time of slices."""
    lines = np.empty(len(ids), _LINE)
    lines["id"], lines["end"] = ids, b"\n"
    texts = lines.tobytes().decode("ascii").split("\n")
    texts.pop()
    return texts


def _direct(column: pa.Array, spans: Spans | None, ids: npt.NDArray[np.bytes_] | None) -> Reader:
    dtype = column.type
    if pa.types.is_int32(dtype):
        return _numbers(column)
    if pa.types.is_date32(dtype):
        return _dates(column)
    if pa.types.is_float64(dtype):
        return _floats(column)
    if _is_text(column):
        return _ids(spans, ids) if ids is not None and spans else _texts(column, spans)
    return lambda rows: [column[row].as_py() for row in rows]


def _numbers(column: pa.Array) -> Reader:
    data = memoryview(column.buffers()[1]).cast("i")
    if not column.null_count:
        return lambda rows: [data[row] for row in rows]
    return lambda rows: [None if (value := data[row]) == _SENTINEL else value for row in rows]


def _floats(column: pa.Array) -> Reader:
    data = memoryview(column.buffers()[1]).cast("d")
    return lambda rows: [value if (value := data[row]) == value else None for row in rows]


def _dates(column: pa.Array) -> Reader:
    numbers = _numbers(column)
    return lambda rows: [None if day is None else date.fromordinal(day + _EPOCH) for day in numbers(rows)]


def _ids(spans: Spans, ids: npt.NDArray[np.bytes_]) -> Reader:
    """Ids have one width: no offsets have to be read."""
    data, base = spans.bytes, spans.base

    def read(rows: Sequence[int]) -> list[Any]:
        if len(rows) < _FEW_IDS:
            return [data[(at := base + ID_LENGTH * row) : at + ID_LENGTH].decode() for row in rows]
        return texts_of(ids.take(array_of(rows)))

    return read


def _texts(column: pa.Array, spans: Spans | None) -> Reader:
    valid, starts, data = column.buffers()
    if data is None:
        return lambda rows: [column[row].as_py() for row in rows]
    begins = memoryview(starts).cast("i" if pa.types.is_string(column.type) else "q")
    if spans is None:
        return _viewed(memoryview(data), begins, valid)
    # Slices of a Python map come as bytes, which decode in less time than a view's.
    text, base = spans.bytes, spans.base
    if not column.null_count:
        return lambda rows: [text[base + begins[row] : base + begins[row + 1]].decode() for row in rows]
    bits = memoryview(valid)
    return lambda rows: [
        text[base + begins[row] : base + begins[row + 1]].decode() if bits[row >> 3] >> (row & 7) & 1 else None for row in rows
    ]


def _viewed(text: memoryview, begins: memoryview, valid: Any) -> Reader:
    if valid is None:
        return lambda rows: [str(text[begins[row] : begins[row + 1]], "utf-8") for row in rows]
    bits = memoryview(valid)
    return lambda rows: [
        str(text[begins[row] : begins[row + 1]], "utf-8") if bits[row >> 3] >> (row & 7) & 1 else None for row in rows
    ]

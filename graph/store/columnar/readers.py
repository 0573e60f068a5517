"""Columns as Python values. A few rows are read straight from the mapped bytes, where an Arrow call would cost more than the
values; more rows go through Arrow, which then costs less a value."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph.ids import ID_LENGTH
from graph.store.columnar.csr import NULL, data_of
from graph.store.columnar.spans import Spans
from graph.store.direct import array_of
from graph.store.kept import Kept, short
from graph.store.protocol import Rows

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
        self._ids = id_bytes(column) if fixed else None
        dtype = column.type
        self.few: Reader = _direct(column, spans, self._ids) if len(column) else lambda rows: [None for _ in rows]
        self._plain = pa.types.is_int32(dtype) and not column.null_count and len(column) > 0
        # Numbers need no Arrow call, however many there are.
        self._cheap = pa.types.is_int32(dtype) or pa.types.is_date32(dtype) or not len(column)
        self._numbers = data_of(column) if self._plain else None
        self.brief = pa.types.is_primitive(dtype) or _keepable(column)
        self.again: Reader = self.few if spans is None or not _keepable(column) else Kept(self._some)

    def many(self, rows: Rows, listed: Sequence[int], places: pa.Array) -> list[Any]:
        """The values of many rows, given in three ways."""
        if self._numbers is not None:
            return self._numbers[rows].tolist()  # type: ignore[no-any-return]
        return self.few(listed) if self._cheap else self._taken(places)

    def _some(self, rows: Sequence[int]) -> list[Any]:
        """Texts, however many."""
        return self.few(rows) if len(rows) < _FEW else self._taken(pa.array(array_of(rows)))

    def _taken(self, places: pa.Array) -> list[Any]:
        """The values at some places, by one call."""
        if self._ids is not None:
            return texts_of(self._ids.take(places.to_numpy()))
        return _TAKE.call([self._column, places], _UNCHECKED).to_pylist()  # type: ignore[no-any-return]


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
    if all(isinstance(read, Kept) for read in again):
        return lambda rows: [read(rows) for read in again]

    def read_all(rows: Sequence[int]) -> list[list[Any]]:
        if len(rows) < _FEW:
            return [read(rows) for read in again]
        array = array_of(rows)
        places = pa.array(array)
        return [
            read(rows) if isinstance(read, Kept) else reader.many(array, rows, places)
            for read, reader in zip(again, readers, strict=True)
        ]

    return read_all


def _keepable(column: pa.Array) -> bool:
    """Whether a column holds texts that are short, and thus to be kept once read."""
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return False
    data = column.buffers()[2]
    return bool(data) and short(data.size, len(column))


class Taker:
    """Takes the entries of one column at some rows, as Arrow."""

    def __init__(self, column: pa.Array) -> None:
        self._column = column
        self._begins, self._text = _text_of(column)

    def __call__(self, rows: Rows) -> pa.Array:
        """The entries."""
        if self._begins is not None and self._text is not None and len(rows) > _FAR:
            # numpy waits for many lines of memory at once, Arrow's copy for one after the other: what is read here first is
            # near when it is copied (3 to 4 % of an answer of 1.5 MB).
            begins = self._begins.take(rows)
            self._text.take(begins, mode="clip")
            self._text.take(begins + _LINE_BYTES // 2, mode="clip")
        return _TAKE.call([self._column, pa.array(rows, pa.int32())], _UNCHECKED)


def _text_of(column: pa.Array) -> tuple[npt.NDArray[np.integer] | None, npt.NDArray[np.uint8] | None]:
    """Where the texts of a column begin, and their bytes; None for a column of others, or of none."""
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return None, None
    _, starts, data = column.buffers()
    if not data:
        return None, None
    width: Any = np.int32 if pa.types.is_string(column.type) else np.int64
    return np.frombuffer(starts, width), np.frombuffer(data, np.uint8)


def take_ids(ids: npt.NDArray[np.bytes_], rows: Rows) -> pa.StringArray:
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
    found = lines.tobytes().decode("ascii").split("\n")
    found.pop()
    return found


def _direct(column: pa.Array, spans: Spans | None, ids: npt.NDArray[np.bytes_] | None) -> Reader:
    dtype = column.type
    if pa.types.is_int32(dtype):
        return _numbers(column)
    if pa.types.is_date32(dtype):
        return _dates(column)
    if pa.types.is_float64(dtype):
        return _floats(column)
    if pa.types.is_string(dtype) or pa.types.is_large_string(dtype):
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

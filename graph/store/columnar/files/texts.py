"""Columns of any length as one array each: long ones lie in a file without a name while they are put together."""

import mmap
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from byline.graph.errors import StoreFailed
from byline.graph.store.columnar.files.csr import ends_of
from byline.graph.text import fold

# Rows of a column that are worked on at once, and bytes up to which pieces are joined in memory.
ROWS = 1 << 17
_SMALL = 1 << 24


def pieces(column: pa.ChunkedArray, rows: int = ROWS) -> Iterator[pa.Array]:
    """A column in stretches of at most so many rows."""
    for chunk in column.chunks:
        for start in range(0, len(chunk), rows):
            yield chunk.slice(start, rows)


def whole(column: pa.ChunkedArray, folder: Path) -> pa.Array:
    """A column as one array. What is one piece already stays where it is, mapped or not."""
    if column.num_chunks == 1:
        return column.chunk(0)
    if column.nbytes < _SMALL:
        return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    return join(column.chunks, column.type, folder)


def join(parts: Iterable[pa.Array], dtype: pa.DataType, folder: Path) -> pa.Array:
    """Arrays laid end to end. The bytes of texts go through a file in `folder`; only numbers are held in memory."""
    if pa.types.is_string(dtype) or pa.types.is_large_string(dtype):
        return _join_texts(parts, dtype, folder)
    listed = list(parts)
    if pa.types.is_list(dtype):
        lengths = np.concatenate([np.zeros(0, np.int64), *(_lengths(part) for part in listed)])
        values = join([part.flatten() for part in listed], dtype.value_type, folder)
        offsets = pa.array(_narrow(ends_of(lengths)))
        return pa.ListArray.from_arrays(offsets, values, mask=_mask(listed), type=dtype)
    if pa.types.is_struct(dtype):
        fields = [join([_field(part, i) for part in listed], field.type, folder) for i, field in enumerate(dtype)]
        return pa.StructArray.from_arrays(fields, fields=list(dtype), mask=_mask(listed))
    return pa.concat_arrays([part.cast(dtype) for part in listed]) if listed else pa.array([], dtype)


def _lengths(part: pa.Array) -> npt.NDArray[np.int64]:
    lengths: npt.NDArray[np.int64] = part.value_lengths().fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    return lengths


def _field(part: pa.Array, i: int) -> pa.Array:
    return part.flatten()[i]


def _mask(parts: list[pa.Array]) -> pa.Array | None:
    if not any(part.null_count for part in parts):
        return None
    return pa.concat_arrays([part.is_null() for part in parts])


def _join_texts(parts: Iterable[pa.Array], dtype: pa.DataType, folder: Path) -> pa.Array:
    with tempfile.TemporaryFile(dir=folder) as file:
        lengths, masks, some_null = [np.zeros(0, np.int64)], [], False
        for part in parts:
            offsets, data = text_bytes(part)
            file.write(data[offsets[0] : offsets[-1]].data)
            lengths.append(np.diff(offsets))
            some_null = some_null or part.null_count > 0
            masks.append(part.is_valid().to_numpy(zero_copy_only=False))
        ends = ends_of(np.concatenate(lengths))
        starts = pa.py_buffer(_narrow(ends) if pa.types.is_string(dtype) else ends)
        valid = pa.py_buffer(np.packbits(np.concatenate(masks), bitorder="little")) if some_null else None
        return pa.Array.from_buffers(dtype, len(ends) - 1, [valid, starts, mapped(file)])


def _narrow(ends: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
    if ends[-1] >= 2**31:
        raise StoreFailed(f"a column holds {ends[-1]} bytes or entries, and its type only 2^31", "leave part of the input out")
    return ends.astype(np.int32)


def mapped(file: IO[bytes]) -> Any:
    """What was written to a file as a buffer; the mapping outlives the file's name and handle."""
    file.flush()
    if not (size := file.seek(0, 2)):
        return pa.py_buffer(b"")
    return pa.py_buffer(mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ))


def text_bytes(part: pa.Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    """Offsets and bytes of texts as they lie: text i is `data[offsets[i]:offsets[i + 1]]`, empty under a null."""
    if not len(part):
        return np.zeros(1, np.int64), np.zeros(0, np.uint8)
    if part.null_count:
        part = part.fill_null("")
    wide = pa.types.is_large_string(part.type)
    _, starts, data = part.buffers()
    offsets = np.frombuffer(starts, np.int64 if wide else np.int32)[part.offset : part.offset + len(part) + 1]
    return offsets.astype(np.int64), np.frombuffer(data, np.uint8) if data is not None else np.zeros(0, np.uint8)


def folded(column: pa.ChunkedArray, folder: Path) -> pa.Array:
    """`fold` of each text of a column."""
    return join((changed(part, pc.ascii_lower(part), fold) for part in pieces(column)), column.type, folder)


def changed(part: pa.Array, plain: pa.Array, change: Callable[[str], str]) -> pa.Array:
    """`plain` where a text is ASCII, else `change(text)`: most texts are, and need no Python call."""
    ascii_only = pc.string_is_ascii(part).fill_null(True)
    if pc.all(ascii_only).as_py() is not False:
        return plain
    others = pc.invert(ascii_only)
    replacements = pa.array([change(text) for text in part.filter(others).to_pylist()], part.type)
    return pc.replace_with_mask(plain, others, replacements)

"""Tables and columns that may be larger than memory: they go to a file as they come, and are read back mapped."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.data.ragged import Longs
from byline.data.segments.segments import Content
from byline.data.segments.tables import TABLES, filled

# Bytes up to which a column stays in memory.
_SMALL = 1 << 20


@dataclass
class Scratch:
    """Where a build keeps what does not fit: a folder, or memory where there is none. `memory` bytes may be used at once."""

    memory: int
    folder: Path | None = None
    _used: int = field(default=0)

    def spool(self, schema: pa.Schema) -> "Spool":
        """A new table to be filled."""
        return Spool(schema, None if self.folder is None else self.path("arrow"))

    def column(self, pieces: Iterable[npt.NDArray[Any]], dtype: npt.DTypeLike) -> npt.NDArray[Any]:
        """Numbers end to end, not to be written to; where there is a folder they are mapped, not in memory."""
        growing = self.growing(dtype)
        for piece in pieces:
            growing.add(piece)
        return growing.done()

    def growing(self, dtype: npt.DTypeLike) -> "Growing":
        """A column of numbers to be filled."""
        return Growing(np.dtype(dtype), self)

    def path(self, suffix: str) -> Path:
        """Where the next file goes."""
        assert self.folder is not None
        self._used += 1
        return self.folder / f"{self._used}.{suffix}"


class Growing:
    """A column of numbers in the making: in memory while it is small, else in a file that is gone when the column is."""

    def __init__(self, dtype: np.dtype[Any], scratch: Scratch) -> None:
        self._dtype, self._scratch = dtype, scratch
        self._pieces: list[npt.NDArray[Any]] = [np.zeros(0, dtype)]
        self._size = 0
        self._path: Path | None = None
        self._file: IO[bytes] | None = None

    def add(self, piece: npt.NDArray[Any]) -> None:
        """Put numbers behind the others."""
        plain = np.ascontiguousarray(piece, self._dtype)
        self._size += plain.nbytes
        if self._file is None and self._scratch.folder is not None and self._size > _SMALL:
            self._path = self._scratch.path("numbers")
            self._file = self._path.open("wb")
            for each in self._pieces:
                self._file.write(each.data)
            self._pieces.clear()
        if self._file is None:
            self._pieces.append(plain)
        else:
            self._file.write(plain.data)

    def done(self) -> npt.NDArray[Any]:
        """All numbers, not to be written to."""
        if self._file is None or self._path is None:
            return np.concatenate(self._pieces)
        self._file.close()
        numbers = np.asarray(np.memmap(self._path, self._dtype, "r"))
        self._path.unlink()
        return numbers


# Where everything stays in memory.
HELD = Scratch(0)


class Spool:
    """A table in the making."""

    def __init__(self, schema: pa.Schema, path: Path | None) -> None:
        self._schema, self._path = schema, path
        self._batches: list[pa.RecordBatch] = []
        self._sink: Any = None if path is None else pa.OSFile(str(path), "wb")
        self._file = None if path is None else pa.ipc.new_file(self._sink, schema)

    def add(self, columns: Sequence[pa.Array | pa.ChunkedArray]) -> None:
        """Put rows behind the others, all columns in their order."""
        self._add(pa.Table.from_arrays(list(columns), schema=self._schema))

    def add_named(self, columns: Mapping[str, pa.Array | pa.ChunkedArray]) -> None:
        """Put rows behind the others, by the names of their columns. One that is not named is null: unknown. Raises KeyError for
        one that the table has not."""
        self._add(filled(columns, self._schema))

    def _add(self, rows: pa.Table) -> None:
        table = rows.combine_chunks()
        for batch in table.to_batches():
            if self._file is None:
                self._batches.append(batch)
            else:
                self._file.write_batch(batch)

    def table(self) -> pa.Table:
        """All rows; those of a file are mapped, not read."""
        if self._file is None:
            return pa.Table.from_batches(self._batches, self._schema).combine_chunks()
        self._file.close()
        self._sink.close()
        return pa.ipc.open_file(pa.memory_map(str(self._path))).read_all()


def values(
    contents: Sequence[Content], name: str, pick: Longs, cuts: list[tuple[int, int]], scratch: Scratch
) -> Iterator[pa.Array]:
    """A column of paper records in another order: for each stretch of rows, `pick` tells the record of each row, -1 for null.
    Where there are several stretches the values go through files, one for each."""
    dtype = TABLES["paper"].field(name).type
    if len(cuts) <= 1:
        chunks = [chunk for content in contents for chunk in content.table("paper", name)[name].chunks]
        column = pa.chunked_array(chunks, dtype).combine_chunks()
        yield column.take(pa.array(pick, mask=pick < 0))
        return
    parts = [scratch.spool(pa.schema([("row", pa.int64()), ("value", dtype)])) for _ in cuts]
    row_of = np.full(sum(content.table("paper", "at").num_rows for content in contents), -1, np.int64)
    row_of[pick[pick >= 0]] = np.flatnonzero(pick >= 0)
    _scatter(contents, name, row_of, np.array([high for _, high in cuts]), parts)
    for (low, high), part in zip(cuts, parts, strict=True):
        rows = part.table()
        place = np.full(high - low, -1, np.int64)
        place[rows["row"].to_numpy() - low] = np.arange(rows.num_rows)
        yield rows["value"].combine_chunks().take(pa.array(place, mask=place < 0))


def _scatter(contents: Sequence[Content], name: str, row_of: Longs, ends: npt.NDArray[np.int64], parts: list[Spool]) -> None:
    start = 0
    for content in contents:
        for chunk in content.chunks("paper", name):
            row = row_of[start : start + len(chunk)]
            start += len(chunk)
            part = np.where(row < 0, -1, np.searchsorted(ends, row, "right"))
            for each in np.unique(part[part >= 0]).tolist():
                at = np.flatnonzero(part == each)
                parts[each].add([pa.array(row[at]), chunk.take(pa.array(at))])

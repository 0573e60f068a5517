"""Compressed adjacency: one array of far ends, one of where each list begins."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.graph.store.protocol import Offsets, Rows

# Every nullable number is kept with this value where it is null: as data under a null it harms no Arrow reader, it sorts
# last, and a kernel can read the column without its bitmap.
NULL = np.int32(2**31 - 1)
Places = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Csr:
    """List i is `targets[offsets[i]:offsets[i + 1]]`; places are positions in `targets`, values of the edge run beside it."""

    offsets: Offsets
    targets: Rows

    def gather(self, rows: Rows) -> tuple[Offsets, Places]:
        """The places of the lists of `rows`: (offsets[n + 1], places)."""
        starts = self.offsets[rows]
        lengths = self.offsets[rows + 1] - starts
        ends = ends_of(lengths)
        return ends, np.arange(ends[-1]) + np.repeat(starts - ends[:-1], lengths)

    def heads(self, rows: Rows, first: int | None) -> tuple[Places, Places, Places]:
        """The places of the first so many entries of the lists of `rows`, where each of these ends among them, and how long the
        lists are."""
        # take(), not []: half the time for as many.
        starts = self.offsets.take(rows)
        lengths = self.offsets.take(rows + 1)
        lengths -= starts
        cut = lengths if first is None else np.minimum(lengths, first)
        ends = cut.cumsum()
        # From a place among all entries to that in its list: the places of a list follow each other in both.
        starts -= ends
        starts += cut
        places = starts.repeat(cut)
        places += np.arange(len(places))
        return places, ends, lengths


def ends_of(lengths: npt.NDArray[np.integer]) -> Offsets:
    """Offsets of lists laid end to end: n lengths to n + 1 offsets."""
    ends = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=ends[1:])
    return ends


def groups_of(offsets: Offsets) -> Places:
    """For each entry the number of the list it is in."""
    return np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))


def build(sources: Rows, targets: Rows, size: int, *ties: npt.NDArray[np.integer]) -> tuple[Csr, Places]:
    """Adjacency of the pairs, each list in the order of `ties` (most significant first), else as given.

    Answers the order in which the pairs were laid down too, so that values of the edge can follow.
    """
    order = np.lexsort((*reversed(ties), sources)) if ties else np.argsort(sources, kind="stable")
    offsets = ends_of(np.bincount(sources, minlength=size))
    return Csr(offsets, targets[order].astype(np.int32)), order


def data_of(column: pa.Array) -> Numbers:
    """The data of a 32-bit column as it lies, NULL where it is null; of a column of floats, NaN where it is null. No copy."""
    dtype: Any = np.float64 if pa.types.is_float64(column.type) else np.int32
    return np.frombuffer(column.buffers()[1], dtype)[: len(column)] if len(column) else np.zeros(0, dtype)


def descending(values: Numbers) -> Numbers:
    """Numbers that sort the other way, NULL (and in floats NaN) still last."""
    if values.dtype.kind == "f":
        return -values
    return np.where(values == NULL, NULL, -values)


def nullable(values: Numbers, dtype: pa.DataType | None = None) -> pa.Array:
    """An Arrow array over `values` that is null wherever they are NULL."""
    missing = values == NULL
    if not missing.any():
        return pa.Array.from_buffers(dtype or pa.int32(), len(values), [None, pa.py_buffer(np.ascontiguousarray(values))])
    bitmap = pa.py_buffer(np.packbits(~missing, bitorder="little"))
    return pa.Array.from_buffers(dtype or pa.int32(), len(values), [bitmap, pa.py_buffer(np.ascontiguousarray(values))])

"""Several small numbers in one of 64 bits: such keys are sorted in a fifth of the time, and half the memory, of columns."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from byline.graph.store.columnar.files.csr import NULL, Numbers, Places

Packed = npt.NDArray[np.uint64]
Integers = npt.NDArray[np.integer]
WIDTH = 64


def bits(most: int) -> int:
    """Binary digits of the numbers from 0 to `most`."""
    return max(int(most), 0).bit_length()


def pack(columns: Sequence[tuple[Integers, int]]) -> Packed | None:
    """One key an entry, the first column most significant; each column runs from 0 to the number beside it.

    None where the columns together need more than 64 bits.
    """
    widths = [bits(most) for _, most in columns]
    if sum(widths) > WIDTH:
        return None
    keys = columns[0][0].astype(np.uint64)
    for (column, _), width in zip(columns[1:], widths[1:], strict=True):
        keys <<= np.uint64(width)
        keys |= column.astype(np.uint64)
    return keys


def unpack(keys: Packed, width: int) -> tuple[Packed, Packed]:
    """The upper part of keys, and their last `width` bits."""
    mask = np.uint64((1 << width) - 1)
    return keys >> np.uint64(width), keys & mask


def order(*columns: npt.NDArray[np.number]) -> Places:
    """The order of entries by columns, the first one most significant. No two entries may be alike in all of them."""
    if not len(columns[0]):
        return np.zeros(0, np.int64)
    whole: list[Integers] = [ranked(column) if column.dtype.kind == "f" else column for column in columns]  # type: ignore[misc]
    spans = [(int(column.min()), int(column.max())) for column in whole]
    keys = pack([(column - low, high - low) for column, (low, high) in zip(whole, spans, strict=True)])
    places: Places = np.lexsort(tuple(reversed(whole))) if keys is None else np.argsort(keys)
    return places


def ranked(values: npt.NDArray[np.number]) -> Integers:
    """The place of each number among the different ones, from 0."""
    places: Integers = np.searchsorted(np.unique(values), values)
    return places


def tight(values: Numbers, descending: bool = False) -> npt.NDArray[np.int64]:
    """Numbers that sort as `values` do, or the other way, NULL last in both: in as few bits as their range needs."""
    wide = values.astype(np.int64)
    known = values != NULL
    if descending:
        wide = -wide
    if not known.all():
        wide[~known] = (int(wide[known].max()) + 1) if known.any() else 0
    return wide


def sorted_rows(values: npt.NDArray[np.int64]) -> Numbers:
    """All rows by their number, equal ones by row."""
    if not len(values):
        return np.zeros(0, np.int32)
    low, last = int(values.min()), len(values) - 1
    rows = np.arange(len(values), dtype=np.uint64)
    keys = pack([(values - low, int(values.max()) - low), (rows, last)])
    assert keys is not None, "a number of 32 bits and a row fit into 64"
    keys.sort()
    sorted_by_number: Numbers = unpack(keys, bits(last))[1].astype(np.int32)
    return sorted_by_number

"""Equal texts brought together: each text of a long column becomes a number, equal texts the same one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from byline.data.ragged import Ints

# What a distinct text costs while it is being found, beside its letters: offsets, slots of the hash table.
_SLOT = 48
_MOST_ROUNDS = 250


@dataclass(frozen=True)
class Texts:
    """`codes[i]` is the number of text i; `distinct` has each text once, in the order in which it was first met."""

    codes: Ints
    distinct: pa.Array

    def __len__(self) -> int:
        return len(self.distinct)


def encode(column: pa.ChunkedArray, memory: int) -> Texts:
    """Number the texts of a column. Where all of them together would take more than `memory` bytes, the column is gone
    through several times, each time for the texts of one class; the answer is the same."""
    rounds = min(1 + (column.nbytes + _SLOT * len(column)) // max(memory, 1), _MOST_ROUNDS)
    if rounds == 1:
        return _encode(column)
    classes = _classes(column, rounds)
    codes = np.empty(len(column), np.int32)
    firsts: list[npt.NDArray[np.int64]] = []
    distinct: list[pa.Array] = []
    count = 0
    for each in range(rounds):
        rows = np.flatnonzero(classes == each)
        if len(rows):
            part = _encode(pa.chunked_array(_taken(column, rows), pa.large_string()))
            codes[rows] = part.codes + count
            first = np.full(len(part), -1, np.int64)
            first[part.codes[::-1]] = rows[::-1]
            firsts.append(first)
            distinct.append(part.distinct)
            count += len(part)
    order = np.argsort(np.concatenate(firsts))
    rank = np.empty(count, np.int32)
    rank[order] = np.arange(count, dtype=np.int32)
    return Texts(rank[codes], pa.concat_arrays(distinct).take(pa.array(order)))


def _encode(column: pa.ChunkedArray) -> Texts:
    if not len(column):
        return Texts(np.zeros(0, np.int32), pa.array([], pa.large_string()))
    encoded = column.dictionary_encode()
    # Chunks of one column share one dictionary: that of the last chunk has everything.
    codes = np.concatenate([chunk.indices.to_numpy() for chunk in encoded.chunks]).astype(np.int32, copy=False)
    return Texts(codes, encoded.chunks[-1].dictionary)


def _classes(column: pa.ChunkedArray, rounds: int) -> npt.NDArray[np.uint8]:
    """A class under `rounds` for each text: any function of its letters will do, as long as it spreads."""
    classes = []
    for chunk in column.chunks:
        text = chunk.cast(pa.large_binary())
        size = len(text)
        if not size:
            continue
        offsets = np.frombuffer(text.buffers()[1], np.int64)[text.offset : text.offset + size + 1]
        letters = np.frombuffer(text.buffers()[2] or b"", np.uint8)[offsets[0] : offsets[-1]]
        sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(letters, dtype=np.uint64)])
        begin, end = offsets[:-1] - offsets[0], offsets[1:] - offsets[0]
        total = sums[end] - sums[begin]
        mixed = (total * np.uint64(0x9E3779B97F4A7C15) + (end - begin).astype(np.uint64)) >> np.uint64(40)
        classes.append((mixed % np.uint64(rounds)).astype(np.uint8))
    return np.concatenate(classes)


def _taken(column: pa.ChunkedArray, rows: npt.NDArray[np.int64]) -> Sequence[pa.Array]:
    taken, start = [], 0
    for chunk in column.chunks:
        low, high = np.searchsorted(rows, [start, start + len(chunk)])
        taken.append(chunk.take(pa.array(rows[low:high] - start)))
        start += len(chunk)
    return taken


def find(texts: pa.Array, among: pa.Array) -> Ints:
    """The place of each text among others, -1 where it is not there."""
    positions: Ints = pc.index_in(texts, among).fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    return positions

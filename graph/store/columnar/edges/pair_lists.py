"""Pairs to adjacency on the disk, in stretches of lists that fit into memory: pairs are read once to count, once a stretch."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from byline.graph.store.columnar.files.csr import Csr, ends_of
from byline.graph.store.columnar.files.disk import ArrayFile, Disk
from byline.graph.store.columnar.files.load import array
from byline.graph.store.columnar.files.pack import WIDTH, Packed, bits, unpack
from byline.graph.store.protocol import Rows

Counts = npt.NDArray[np.int64]
# Pairs that are looked at together.
CHUNK = 1 << 22
Piece = tuple[npt.NDArray[np.integer], npt.NDArray[np.integer]]


@dataclass(frozen=True)
class Pairs:
    """Numbers of lists, and beside each a key by which the list is sorted and from which its entry is told.

    `pieces` answers the pairs from the beginning each time; keys run from 0 to `most`. Where `distinct` gives a number of
    bits, entries of one list whose keys agree but for those last bits are one, the first.
    """

    lists: int
    most: int
    pieces: Callable[[], Iterator[Piece]]
    distinct: int | None = None


@dataclass(frozen=True)
class Laid:
    """Sorted lists from `start` on: how many entries each has, and the keys of all of them laid end to end."""

    start: int
    lengths: Counts
    keys: Packed


def laid(pairs: Pairs, entries: int) -> Iterator[Laid]:
    """The lists in turn, sorted, in stretches of about so many entries."""
    counts = np.zeros(pairs.lists, np.int64)
    for sources, _ in pairs.pieces():
        counts += np.bincount(sources, minlength=pairs.lists)
    width = bits(pairs.most)
    for start, stop in stretches(counts, entries, 1 << (WIDTH - width)):
        yield _sorted(pairs, start, stop, int(counts[start:stop].sum()), width)


def _sorted(pairs: Pairs, start: int, stop: int, total: int, width: int) -> Laid:
    keys, at = np.empty(total, np.uint64), 0
    every = start == 0 and stop == pairs.lists
    for sources, beside in pairs.pieces():
        if not every:
            here = (sources >= start) & (sources < stop)
            sources, beside = sources[here], beside[here]
        piece = (sources - start).astype(np.uint64)
        piece <<= np.uint64(width)
        piece |= beside.astype(np.uint64)
        keys[at : at + len(piece)] = piece
        at += len(piece)
    keys.sort()
    if pairs.distinct is not None and len(keys):
        distinct_bits = keys >> np.uint64(pairs.distinct)
        keys = keys[np.concatenate([[True], distinct_bits[1:] != distinct_bits[:-1]])]
    lists, keys = unpack(keys, width)
    return Laid(start, np.bincount(lists.astype(np.int64), minlength=stop - start), keys)


def stretches(counts: Counts, entries: int, lists: int = 1 << 62) -> Iterator[tuple[int, int]]:
    """(start, stop) of lists that follow each other: at most `lists` of them, about `entries` entries, at least one list."""
    ends, start = ends_of(counts), 0
    while start < len(counts):
        stop = int(np.searchsorted(ends, ends[start] + entries, side="right")) - 1
        stop = min(max(stop, start + 1), start + lists, len(counts))
        yield start, stop
        start = stop


def chunks(*columns: Rows) -> Iterator[tuple[Rows, ...]]:
    """Columns of one length in pieces."""
    for start in range(0, len(columns[0]), CHUNK):
        yield tuple(column[start : start + CHUNK] for column in columns)


def numbered(left: Rows) -> Callable[[], Iterator[Piece]]:
    """A column of list numbers with the place of each entry as its key: lists in the order in which they are given."""

    def pieces() -> Iterator[Piece]:
        for start in range(0, len(left), CHUNK):
            part = left[start : start + CHUNK]
            yield part, np.arange(start, start + len(part))

    return pieces


class EdgeFiles:
    """One direction of an edge on its way to the disk: lists are appended in order."""

    def __init__(self, disk: Disk, name: str, values: Sequence[tuple[str, npt.DTypeLike]] = ()) -> None:
        self._offsets = ArrayFile(disk, f"edges/{name}.offsets", np.int64)
        self._targets = ArrayFile(disk, f"edges/{name}.targets", np.int32)
        self._values = {value: ArrayFile(disk, f"edges/{name}.{value}", dtype) for value, dtype in values}
        self._offsets.append(np.zeros(1, np.int64))
        self._end = 0

    def append(self, lengths: Counts, targets: Rows, **values: npt.NDArray[np.generic]) -> None:
        """Further lists, laid end to end, with what runs beside their entries."""
        self._offsets.append(ends_of(lengths)[1:] + self._end)
        self._end += len(targets)
        self._targets.append(targets)
        for name, file in self._values.items():
            file.append(values[name])

    def close(self) -> tuple[Csr, dict[str, npt.NDArray[np.generic]]]:
        """The finished edge, mapped."""
        csr = Csr(array(self._offsets.close()), array(self._targets.close()))
        return csr, {name: array(file.close()) for name, file in self._values.items()}

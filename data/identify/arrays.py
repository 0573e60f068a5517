"""Lists laid end to end, and what is done with them: the array steps that identity is made of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Longs: TypeAlias = npt.NDArray[np.int64]
_MOST_BUCKETS = 1 << 23


@dataclass(frozen=True)
class Ragged:
    """List i is `targets[offsets[i]:offsets[i + 1]]`."""

    offsets: Longs
    targets: Longs

    def of(self, rows: Longs) -> tuple[Longs, Longs]:
        """The lists of these rows, end to end: for each target the place of its row in `rows`, and the target."""
        place, at = spread(self.offsets, rows)
        return place, self.targets[at]


def spread(offsets: Longs, rows: Longs) -> tuple[Longs, Longs]:
    """Where the targets of these rows stand, end to end: for each the place of its row in `rows`, and its own place."""
    lengths = offsets[rows + 1] - offsets[rows]
    place = np.repeat(np.arange(len(rows)), lengths)
    start = np.repeat(offsets[rows] - (np.cumsum(lengths) - lengths), lengths)
    return place, start + np.arange(len(place))


def ragged(lists: Sequence[Sequence[int]]) -> Ragged:
    """Lists of Python integers."""
    offsets = np.concatenate([[0], np.cumsum([len(each) for each in lists], dtype=np.int64)]).astype(np.int64)
    return Ragged(offsets, np.array([target for each in lists for target in each], np.int64))


def grouped(keys: Longs, values: Longs, count: int) -> Ragged:
    """The values of each key below `count`, in the order in which they stand."""
    order = np.argsort(keys, kind="stable")
    offsets = np.concatenate([[0], np.cumsum(np.bincount(keys, minlength=count))]).astype(np.int64)
    return Ragged(offsets, values[order].astype(np.int64))


def components(left: Longs, right: Longs, count: int) -> Longs:
    """The connected component of each of `count` nodes."""
    links = coo_array((np.ones(len(left), np.int8), (left, right)), shape=(count, count))
    _, labels = connected_components(links, directed=False)
    return np.asarray(labels, np.int64)


def stretches(keys: Longs, costs: Longs, most: int) -> Iterator[tuple[int, int]]:
    """Bounds of stretches of sorted keys, in order. No key is in two; a stretch costs `most` at most, or is one key."""
    if not len(keys):
        return
    ends = np.flatnonzero(np.append(keys[1:] != keys[:-1], True)) + 1
    total = np.cumsum(costs)[ends - 1]
    start = done = 0
    while start < len(keys):
        least = int(np.searchsorted(ends, start, side="right"))
        last = max(least, int(np.searchsorted(total, done + most, side="right")) - 1)
        yield start, int(ends[last])
        start, done = int(ends[last]), int(total[last])


def distinct(values: Longs) -> Longs:
    """Each value once, ascending. By sorting: numpy's own way by hashes is slower where most are different."""
    ordered = np.sort(values)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


def pairs_within(keys: Longs, values: Longs, most: int) -> tuple[Longs, Longs]:
    """All pairs of different values of each key, the lower first; in groups above `most`, each value and the next."""
    keys, values = _in_order(*_with_company(keys, values))
    if not len(keys):
        return keys, values
    new = np.concatenate([[True], (keys[1:] != keys[:-1]) | (values[1:] != values[:-1])])
    keys, values = keys[new], values[new]
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    sizes = np.diff(np.append(starts, len(keys)))
    left, right = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for size in np.unique(sizes[(sizes > 1) & (sizes <= most)]).tolist():
        i, j = np.triu_indices(size, 1)
        begin = starts[sizes == size][:, None]
        left.append(values[begin + i].ravel())
        right.append(values[begin + j].ravel())
    inside = np.repeat(sizes > most, sizes)[1:] & (keys[1:] == keys[:-1])
    left.append(values[:-1][inside])
    right.append(values[1:][inside])
    return np.concatenate(left), np.concatenate(right)


def _with_company(keys: Longs, values: Longs) -> tuple[Longs, Longs]:
    """What may have its key in common with another one: most marks are borne once, and need not be sorted."""
    buckets = min(_MOST_BUCKETS, 1 << (2 * len(keys)).bit_length())
    bucket = keys & (buckets - 1)
    shared = np.bincount(bucket, minlength=buckets)[bucket] > 1
    return keys[shared], values[shared]


def _in_order(keys: Longs, values: Longs) -> tuple[Longs, Longs]:
    """Sorted by key, then value. By the key alone where the values of each key stand in order already."""
    order = np.argsort(keys, kind="stable")
    ordered, within = keys[order], values[order]
    if np.any((ordered[1:] == ordered[:-1]) & (within[1:] < within[:-1])):
        order = np.lexsort((values, keys))
        ordered, within = keys[order], values[order]
    return ordered, within

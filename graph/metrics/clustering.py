"""Triangles and clustering coefficients of the coauthor graph."""

import numpy as np
import numpy.typing as npt

from byline.graph.metrics.pagerank import batches

# A paper of n authors makes n³/6 triangles: people with more coauthors than this have no coefficient.
MOST_COAUTHORS = 500
# Pairs of coauthors that are looked at, at most, for the whole graph: some minutes of work.
MOST_PAIRS = 2_000_000_000
METHOD = (
    "clustering coefficient (Watts and Strogatz 1998) in the coauthor graph: which share of the pairs of coauthors are coauthors"
)
TOO_FEW = "The author has fewer than two coauthors"
TOO_MANY = f"the person has more than {MOST_COAUTHORS} coauthors"
REASON = f"the coauthor graph has more than {MOST_PAIRS} pairs of coauthors to look at"
_BATCH = 2_000_000
# So many pairs, whose places are halved again and again, stay in a processor's cache.
_CACHED = 1 << 14
Offsets = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]


def clustering(offsets: Offsets, targets: Rows, most_pairs: int = MOST_PAIRS) -> npt.NDArray[np.float64] | None:
    """C(i) = 2 T(i) / (d(i) (d(i) - 1)), T triangles and d neighbours (Watts and Strogatz 1998, "Collective dynamics of
    'small-world' networks").

    An undirected graph without self-loops, each list ascending, both directions there. NaN for nodes of fewer than 2 or more
    than MOST_COAUTHORS neighbours. None where more than `most_pairs` pairs of neighbours would have to be looked at.
    """
    degree = np.diff(offsets)
    triangle_counts = triangles(offsets, targets, MOST_COAUTHORS, most_pairs)
    if triangle_counts is None:
        return None
    pairs = degree * (degree - 1)
    defined = (degree >= 2) & (degree <= MOST_COAUTHORS)
    out = np.full(len(degree), np.nan)
    out[defined] = 2 * triangle_counts[defined] / pairs[defined]
    return out


def triangles(offsets: Offsets, targets: Rows, most_degree: int, most_pairs: int = MOST_PAIRS) -> Places | None:
    """Triangles that each node is in, complete for nodes of at most `most_degree` neighbours; None: too many pairs to look at.

    Each edge points to the end with more neighbours (ties: the higher row), and a triangle is found at the node from which two
    of its edges go out (Schank and Wagner 2005); those of which every node has more than `most_degree` neighbours are not.
    """
    size = len(offsets) - 1
    rank = np.empty(size, np.int64)
    rank[np.lexsort((np.arange(size), np.diff(offsets)))] = np.arange(size)
    starts, out = _oriented(offsets, targets, rank)
    lengths = np.diff(starts)
    looked = np.diff(offsets) <= most_degree
    if int((lengths * (lengths - 1) // 2)[looked].sum()) > most_pairs:
        return None
    counts = np.zeros(size, np.int64)
    pairs = np.where(looked, lengths * (lengths - 1) // 2, 0)
    for first, last in batches(np.concatenate([[0], np.cumsum(pairs)]), _BATCH):
        rows = np.arange(first, last)[looked[first:last]]
        for corner in _triangles_of(starts, out, rank, rows):
            counts += np.bincount(corner, minlength=size) if len(corner) > size // 8 else _few(corner, size)
    return counts


def _few(corner: Places, size: int) -> Places:
    counts = np.zeros(size, np.int64)
    np.add.at(counts, corner, 1)
    return counts


def _oriented(offsets: Offsets, targets: Rows, rank: Places) -> tuple[Offsets, Rows]:
    """The edges from the lower to the higher rank, as offsets and far ends."""
    lengths, parts = np.zeros(len(offsets), np.int64), [np.zeros(0, np.int32)]
    for first, last in batches(offsets):
        rows = np.repeat(np.arange(first, last), np.diff(offsets[first : last + 1]))
        far = targets[offsets[first] : offsets[last]]
        up = rank[rows] < rank[far]
        lengths[first + 1 : last + 1] = np.bincount(rows[up] - first, minlength=last - first)
        parts.append(far[up])
    return np.cumsum(lengths), np.concatenate(parts)


def _triangles_of(starts: Offsets, out: Rows, rank: Places, rows: Places) -> tuple[Places, Places, Places]:
    """The three corners of each triangle whose lowest corner is among the rows."""
    lengths = starts[rows + 1] - starts[rows]
    edges = _stretches(starts[rows], lengths)
    behind = np.repeat(starts[rows + 1], lengths) - edges - 1
    left = np.repeat(edges, behind)
    right = _stretches(edges + 1, behind)
    lowest = np.repeat(np.repeat(rows, lengths), behind)
    one, other = out[left].astype(np.int64), out[right].astype(np.int64)
    swap = rank[one] > rank[other]
    near, far = np.where(swap, other, one), np.where(swap, one, other)
    there = _holds(starts, out, near, far)
    return lowest[there], near[there], far[there]


def _stretches(starts: Places, lengths: Places) -> Places:
    """start, start + 1, …, as many as each length says, laid end to end."""
    ends = np.cumsum(lengths)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + lengths, lengths)


def _holds(starts: Offsets, out: Rows, near: Places, far: Places) -> npt.NDArray[np.bool_]:
    """Whether the ascending list of `near` has `far` in it, of as many pairs at a time as a processor's cache holds."""
    there = np.empty(len(near), np.bool_)
    for first in range(0, len(near), _CACHED):
        here = slice(first, first + _CACHED)
        there[here] = _halved(starts, out, near[here], far[here])
    return there


def _halved(starts: Offsets, out: Rows, near: Places, far: Places) -> npt.NDArray[np.bool_]:
    """What `_holds` says: all lists halved at once."""
    low, high = starts[near], starts[near + 1]
    ends, last = high, len(out) - 1
    while True:
        open_ = low < high
        if not open_.any():
            break
        middle = (low + high) >> 1
        less = open_ & (out[np.minimum(middle, last)] < far)
        low = np.where(less, middle + 1, low)
        high = np.where(open_ & ~less, middle, high)
    there: npt.NDArray[np.bool_] = (low < ends) & (out[np.minimum(low, last)] == far)
    return there

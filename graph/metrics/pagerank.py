"""PageRank of papers on the citations of a graph."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

Offsets = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int32]
Units = npt.NDArray[np.int64]

# The rank of all papers together, in units: whole numbers add up to the same sum in any order, floats do not. Times the
# damping in percent it still fits 63 bits.
TOTAL = 2**56
DAMPING = 85
# Sum of changes, in units, at which the walk is over: 1e-10 of the total.
TOLERANCE = TOTAL // 10**10
# Units a paper by which rounding down may change ranks for ever: from 3.6 million papers on more than the tolerance.
ROUNDING = 2
ROUNDS = 200
METHOD = (
    "PageRank (Brin and Page 1998) on citations, from the citing to the cited paper: damping 0.85, rank of papers without "
    "references spread evenly, self-citations left out, until the changes sum to 1e-10 or are rounding; all papers sum to 1"
)
NO_LINKS = "No citations between papers in this graph are known"
# Entries of the adjacency that are read at once.
_BATCH = 4_000_000


def pagerank(offsets: Offsets, citing: Rows, references: npt.NDArray[np.integer]) -> npt.NDArray[np.float64]:
    """PageRank of n papers, summing to 1 (Brin and Page 1998, "The anatomy of a large-scale hypertextual Web search engine").

    r(p) = (1 - d)/n + d (sum over q citing p of r(q)/references(q) + rank of papers without references / n), d = 0.85.

    `citing[offsets[p]:offsets[p + 1]]` are the papers that cite p, `references[p]` is how many papers p cites. A paper that
    cites itself gives itself nothing. Worked out in whole units of 2^-56, each share rounded down and what is lost spread
    evenly: the same figures on every machine and in every order. Changes of two units a paper are
    rounding. Without papers: an empty array.
    """
    size = len(offsets) - 1
    if not size:
        return np.zeros(0)
    loops = _loops(offsets, citing)
    reference_counts = references.astype(np.int64)
    reference_counts[loops] -= 1
    rank = np.full(size, TOTAL // size, np.int64)
    for _ in range(ROUNDS):
        share = np.where(reference_counts > 0, rank * DAMPING // (100 * np.maximum(reference_counts, 1)), 0)
        received = _sums(offsets, citing, share)
        received[loops] -= share[loops]
        new = received + (TOTAL - int(received.sum())) // size
        change, rank = int(np.abs(new - rank).sum()), new
        if change <= max(TOLERANCE, ROUNDING * size):
            break
    return rank / float(TOTAL)


def batches(offsets: Offsets, most: int = _BATCH) -> list[tuple[int, int]]:
    """Stretches of lists, (first, one behind the last), with about `most` entries each; a longer list has one of its own."""
    size = len(offsets) - 1
    if not size:
        return []
    cuts = np.searchsorted(offsets, np.arange(most, offsets[-1] + most, most), side="left")
    bounds = np.unique(np.clip(np.concatenate([[0], cuts, [size]]), 0, size)).tolist()
    return list(pairwise(bounds))


def _loops(offsets: Offsets, citing: Rows) -> npt.NDArray[np.int64]:
    """Papers that cite themselves."""
    loops = [np.zeros(0, np.int64)]
    for first, last in batches(offsets):
        rows = np.repeat(np.arange(first, last), np.diff(offsets[first : last + 1]))
        loops.append(rows[citing[offsets[first] : offsets[last]] == rows])
    return np.concatenate(loops)


def _sums(offsets: Offsets, citing: Rows, share: Units) -> Units:
    """What each paper gets from those that cite it."""
    out = np.zeros(len(offsets) - 1, np.int64)
    for first, last in batches(offsets):
        start = offsets[first]
        running = np.zeros(int(offsets[last] - start) + 1, np.int64)
        # Rows are known to be there: without looking, numpy takes them in half the time.
        np.cumsum(share.take(citing[start : offsets[last]], mode="clip"), out=running[1:])
        bounds = running[offsets[first : last + 1] - start]
        out[first:last] = np.diff(bounds)
    return out

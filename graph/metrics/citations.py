"""Indices of a list of citation counts, for many lists at once.

Every function takes `offsets` (int64, n + 1) and `counts` (citations of each paper, laid end to end) and answers n figures.
"""

import numpy as np
import numpy.typing as npt

Offsets = npt.NDArray[np.int64]
Counts = npt.NDArray[np.integer]


def _ranked(offsets: Offsets, counts: Counts) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """(list, rank from 1, count) of each paper, the most cited of a list first."""
    groups = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    ordered = counts[np.lexsort((-counts.astype(np.int64), groups))].astype(np.int64)
    return groups, np.arange(len(ordered)) - offsets[:-1][groups] + 1, ordered


def h_index(offsets: Offsets, counts: Counts) -> npt.NDArray[np.int64]:
    """The largest h such that h papers have at least h citations each (Hirsch 2005)."""
    groups, rank, ordered = _ranked(offsets, counts)
    return np.bincount(groups[ordered >= rank], minlength=len(offsets) - 1)


def g_index(offsets: Offsets, counts: Counts) -> npt.NDArray[np.int64]:
    """The largest g, at most the number of papers, such that the g most cited have g² citations together (Egghe 2006)."""
    groups, rank, ordered = _ranked(offsets, counts)
    running = np.concatenate([np.zeros(1, np.int64), np.cumsum(ordered)])
    together = running[1:] - running[offsets[:-1]][groups]
    return np.bincount(groups[together >= rank * rank], minlength=len(offsets) - 1)


def i10_index(offsets: Offsets, counts: Counts) -> npt.NDArray[np.int64]:
    """Papers with at least ten citations (Google Scholar 2011)."""
    groups = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    return np.bincount(groups[counts >= 10], minlength=len(offsets) - 1)

"""Counts by list: how many entries of each list of an edge are chosen, over all lists in stretches."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from byline.graph.deadline import checkpoint
from byline.graph.store.columnar.edges.pair_lists import stretches
from byline.graph.store.columnar.files.csr import Csr
from byline.graph.store.protocol import Flags, Rows

# Rows, and entries of lists, that are looked at together.
STRETCH = 1 << 18
_ENTRIES = 1 << 21


def per_list(flags: Flags, offsets: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """How many flags of each list are up."""
    running = np.zeros(len(flags) + 1, np.int64)
    np.cumsum(flags, out=running[1:])
    return running[offsets[1:]] - running[offsets[:-1]]


def counted(csr: Csr, chosen: Flags) -> npt.NDArray[np.int32]:
    """How many entries of each list are chosen far ends."""
    counts = np.zeros(len(csr.offsets) - 1, np.int32)
    for start, stop, offsets, targets in lists(csr):
        counts[start:stop] = per_list(chosen[targets], offsets)
    return counts


def lists(csr: Csr) -> Iterator[tuple[int, int, npt.NDArray[np.int64], Rows]]:
    """All lists of an edge in stretches: from which list to which, their offsets and their far ends."""
    size = len(csr.offsets) - 1
    for first in range(0, size, STRETCH):
        checkpoint()
        last = min(first + STRETCH, size)
        for start, stop in stretches(np.diff(csr.offsets[first : last + 1]), _ENTRIES):
            offsets = csr.offsets[first + start : first + stop + 1]
            yield first + start, first + stop, offsets - offsets[0], csr.targets[offsets[0] : offsets[-1]]

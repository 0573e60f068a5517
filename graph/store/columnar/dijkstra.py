"""The path of least length: distances settled outwards from the end, a band of lengths at a time (Meyer and Sanders 2003,
"Δ-stepping: a parallelizable shortest path algorithm"), then read off from the start."""

import numpy as np

from graph.metrics.links import UNIT, Lengths
from graph.store.columnar.search import Search
from graph.store.protocol import Rows

# The width of a band: the length of a tie of weight 1, two people alone on one paper.
_BAND = UNIT
_FAR = np.int64(2**62)


def least_length(search: Search, left: int, right: int) -> list[int] | None:
    """The first path by length, then by rows; None where there is none. Raises Spent."""
    onward = _settle(search, left, right)
    if onward[left] == _FAR:
        return None
    path = [left]
    while path[-1] != right:
        _, far, lengths = search.steps(np.array([path[-1]], np.int32))
        path.append(int(far[lengths + onward[far] == onward[path[-1]]].min()))
    return path


def _settle(search: Search, left: int, right: int) -> Lengths:
    """The least length to `right` of everybody who is nearer to it than `left`; more than that for the others."""
    onward = np.full(search.near.size, _FAR)
    onward[list(search.closed)] = -_FAR
    onward[right] = 0
    looked_at = np.zeros(search.near.size, np.bool_)
    waiting, count = np.array([right], np.int32), 0
    while len(waiting):
        band = onward[waiting]
        floor = band.min()
        if floor >= onward[left]:
            break
        now, waiting = waiting[band < floor + _BAND], waiting[band >= floor + _BAND]
        # Somebody whose way became shorter after all is looked at again, and counts once.
        count += int((~looked_at[now]).sum())
        looked_at[now] = True
        search.spend(count)
        shortened = _relax(search, onward, now)
        waiting = np.union1d(waiting, shortened[onward[shortened] < onward[left]])
    return onward


def _relax(search: Search, onward: Lengths, rows: Rows) -> Rows:
    """Take every step from some people; answers whose way became shorter."""
    through, far, lengths = search.steps(rows)
    found = onward[rows][through] + lengths
    shorter = found < onward[far]
    far, found = far[shorter], found[shorter]
    np.minimum.at(onward, far, found)
    return np.unique(far)

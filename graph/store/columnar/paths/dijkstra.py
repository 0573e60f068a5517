"""The path of least length: distances settled outwards from both ends, a band of lengths at a time (Meyer and Sanders 2003,
"Δ-stepping: a parallelizable shortest path algorithm"), until no shorter way can be left, then read off from the start."""

import numpy as np

from byline.graph.metrics.links import UNIT, Lengths
from byline.graph.store.columnar.files.ragged import once
from byline.graph.store.columnar.paths.path_search import Search
from byline.graph.store.protocol import Rows

# The width of a band: half the length of a tie of weight 1, two people alone on one paper.
_BAND = UNIT // 2
_FAR = np.int64(2**61)


class _Side:
    """Lengths from one end: exact below the least one that still waits."""

    def __init__(self, search: Search, end: int) -> None:
        self.lengths = np.full(search.neighbours.size, _FAR)
        self.lengths[list(search.closed)] = -_FAR
        self.lengths[end] = 0
        self.waiting = np.array([end], np.int32)

    @property
    def floor(self) -> int:
        """The least length that still waits; nobody waits: none."""
        return int(self.lengths[self.waiting].min()) if len(self.waiting) else int(_FAR)

    def next_band(self) -> Rows:
        """Those whose ways are taken next."""
        lengths = self.lengths[self.waiting]
        now = lengths < lengths.min() + _BAND
        band: Rows = self.waiting[now]
        self.waiting = self.waiting[~now]
        return band

    def relax(self, search: Search, band: Rows, best: int) -> Rows:
        """Take every step from a band; answers whose way became shorter. Who is too far for a way below `best` does not wait."""
        through, far, steps = search.steps(band)
        lengths_through = self.lengths[band][through] + steps
        shorter = lengths_through < self.lengths[far]
        far, lengths_through = far[shorter], lengths_through[shorter]
        np.minimum.at(self.lengths, far, lengths_through)
        far = once(far)
        self.waiting = once(np.concatenate([self.waiting, far[self.lengths[far] < best]]))
        return far


def least_length(search: Search, left: int, right: int) -> list[int] | None:
    """The first path by length, then by rows; None where there is none. Raises Spent."""
    start, end = _Side(search, left), _Side(search, right)
    best = _meet(search, start, end)
    if best >= _FAR:
        return None
    onward = _onward(search, start.lengths, end.lengths, best)
    path = [left]
    while path[-1] != right:
        _, far, steps = search.steps(np.array([path[-1]], np.int32))
        path.append(int(far[steps + onward[far] == onward[path[-1]]].min()))
    return path


def _meet(search: Search, start: _Side, end: _Side) -> int:
    """The length of the best way. Both sides grow, the one of whom fewer wait first, while a better one may be left."""
    best, looked_at, count = int(_FAR), np.zeros(search.neighbours.size, np.bool_), 0
    while start.floor + end.floor < best:
        mine, theirs = (start, end) if len(start.waiting) <= len(end.waiting) else (end, start)
        band = mine.next_band()
        # Somebody whose way became shorter after all is looked at again, and counts once.
        count += int((~looked_at[band]).sum())
        looked_at[band] = True
        search.spend(count)
        shortened = mine.relax(search, band, best)
        best = min(best, int((mine.lengths[shortened] + theirs.lengths[shortened]).min(initial=_FAR)))
    return best


def _onward(search: Search, start: Lengths, end: Lengths, best: int) -> Lengths:
    """The lengths to the end, made exact for everybody on a best way: those before the meeting are told from the start.

    On each best way somebody has both lengths exact, and whoever comes before has the one from the start.
    """
    onward = end.copy()
    frontier = np.flatnonzero((start >= 0) & (start + end == best)).astype(np.int32)
    while len(frontier):
        onward[frontier] = best - start[frontier]
        through, far, steps = search.steps(frontier)
        before = (start[far] >= 0) & (start[far] + steps == start[frontier][through])
        frontier = once(far[before])
    return onward

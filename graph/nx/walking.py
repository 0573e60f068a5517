"""Breadth-first walks on arrays, a whole frontier at a time."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from byline.graph.store.columnar.files.csr import Csr

Rows = npt.NDArray[np.int32]


def levels(csr: Csr, start: int, cutoff: float | None = None) -> Iterator[Rows]:
    """The nodes at each distance from a start, 0 first; at most `cutoff` away."""
    seen = np.zeros(len(csr.offsets) - 1, np.bool_)
    frontier, depth = np.array([start], np.int32), 0
    seen[start] = True
    while len(frontier):
        yield frontier
        depth += 1
        if cutoff is not None and depth > cutoff:
            return
        far = csr.targets[csr.gather(frontier)[1]]
        frontier = np.unique(far[~seen[far]])
        seen[frontier] = True


class _Side:
    """One end of a path in the making: where it stands, and how each node was come to."""

    def __init__(self, csr: Csr, start: int) -> None:
        self._csr = csr
        self.frontier = np.array([start], np.int32)
        self.parent = np.full(len(csr.offsets) - 1, -1, np.int32)
        self.parent[start] = start

    def step(self) -> Rows:
        """Go on by one edge; answers the nodes that were not seen before."""
        offsets, places = self._csr.gather(self.frontier)
        far, near = self._csr.targets[places], np.repeat(self.frontier, np.diff(offsets))
        fresh = self.parent[far] < 0
        self.frontier, first = np.unique(far[fresh], return_index=True)
        self.parent[self.frontier] = near[fresh][first]
        return self.frontier

    def back(self, node: int) -> list[int]:
        """The way from a node to the start."""
        way = [node]
        while (before := int(self.parent[way[-1]])) != way[-1]:
            way.append(before)
        return way


def shortest(out: Csr, into: Csr, start: int, end: int) -> list[int] | None:
    """A shortest path from one node to another, both included, walked from both ends (Pohl 1971); None where there is none."""
    if start == end:
        return [start]
    one, other = _Side(out, start), _Side(into, end)
    while len(one.frontier) and len(other.frontier):
        side, far = (one, other) if len(one.frontier) <= len(other.frontier) else (other, one)
        fresh = side.step()
        met = fresh[far.parent[fresh] >= 0]
        if len(met):
            node = int(met[0])
            return [*reversed(one.back(node)), *other.back(node)[1:]]
    return None

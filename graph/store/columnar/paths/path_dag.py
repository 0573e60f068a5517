"""Equally many steps, the best first: paths through layers of people, each step of a path leading to the next layer.

`WaysOf` a few steps are dictionaries, those of many are arrays; what is left from each person to the end orders them all.
"""

from collections.abc import Callable, Iterable, Iterator
from heapq import heappop, heappush, nsmallest
from typing import Protocol

import numpy as np

from byline.graph.metrics.links import Lengths, length
from byline.graph.store.columnar.files.ragged import once
from byline.graph.store.columnar.paths.reach import Steps, Taken
from byline.graph.store.protocol import Rows

_FAR = np.int64(2**62)


class PathDag(Protocol):
    """All paths from one person that take one step of each place."""

    places: int

    def left(self, place: int, person: int) -> int:
        """The least length from somebody at a place to the end."""

    def onward(self, place: int, person: int, most: int) -> list[tuple[int, int]]:
        """The best steps from somebody at a place: (what is left to the end, who is next), best first."""


def best(dag: PathDag, start: int, limit: int) -> Iterator[tuple[int, ...]]:
    """The first paths by length, then by their people; at most `limit`."""
    waiting: list[tuple[int, tuple[int, ...]]] = [(dag.left(0, start), (start,))]
    while waiting and limit:
        total, path = heappop(waiting)
        place = len(path) - 1
        if place == dag.places:
            yield path
            limit -= 1
            continue
        behind = total - dag.left(place, path[-1])
        for left, far in dag.onward(place, path[-1], limit):
            heappush(waiting, (behind + left, (*path, far)))


class SmallPathDag:
    """`steps` by place, and the length of each."""

    def __init__(self, steps: list[Steps], lengths: list[Iterable[int]]) -> None:
        self.places = len(steps)
        self._left: dict[int, int] = dict.fromkeys(steps[-1][1], 0)
        self._onward: dict[int, list[tuple[int, int]]] = {}
        for (neighbours, far), long in zip(reversed(steps), reversed(lengths), strict=True):
            for one, other, step in zip(neighbours, far, long, strict=True):
                way = self._left[other] + step
                self._onward.setdefault(one, []).append((way, other))
                if way < self._left.get(one, way + 1):
                    self._left[one] = way

    @classmethod
    def of(cls, steps: list[Steps], length: Callable[[int, int], int]) -> "SmallPathDag":
        """Lengths are read, but for one path alone, which needs none."""
        if all(len(neighbours) == 1 for neighbours, _ in steps):
            return cls(steps, [(0,)] * len(steps))
        return cls(steps, [map(length, neighbours, far) for neighbours, far in steps])

    @classmethod
    def taken(cls, steps: list[Taken]) -> "SmallPathDag":
        """The same of arrays."""
        lists = [(taken.neighbours.tolist(), taken.far.tolist()) for taken in steps]
        if all(len(neighbours) == 1 for neighbours, _ in lists):
            return cls(lists, [(0,)] * len(lists))
        return cls(lists, [map(length, taken.weights[taken.places].tolist()) for taken in steps])

    def left(self, place: int, person: int) -> int:
        """See Ways."""
        return self._left[person]

    def onward(self, place: int, person: int, most: int) -> list[tuple[int, int]]:
        """See Ways."""
        return nsmallest(most, self._onward[person])


class LargePathDag:
    """`steps` by place."""

    def __init__(self, steps: list[Taken]) -> None:
        self.places = len(steps)
        self._steps = [(taken.neighbours, taken.far, taken.lengths()) for taken in steps]
        self._layers: list[Rows] = [once(steps[-1].far)]
        self._lefts: list[Lengths] = [np.zeros(1, np.int64)]
        for neighbours, far, lengths in reversed(self._steps):
            dag = self._lefts[-1][np.searchsorted(self._layers[-1], far)] + lengths
            self._layers.append(once(neighbours))
            self._lefts.append(np.full(len(self._layers[-1]), _FAR))
            np.minimum.at(self._lefts[-1], np.searchsorted(self._layers[-1], neighbours), dag)

    def left(self, place: int, person: int) -> int:
        """See Ways."""
        at = self.places - place
        return int(self._lefts[at][np.searchsorted(self._layers[at], person)])

    def onward(self, place: int, person: int, most: int) -> list[tuple[int, int]]:
        """See Ways."""
        neighbours, far, lengths = self._steps[place]
        own = np.flatnonzero(neighbours == person)
        far = far[own]
        at = self.places - place - 1
        dag = self._lefts[at][np.searchsorted(self._layers[at], far)] + lengths[own]
        first = np.lexsort((far, dag))[:most]
        return list(zip(dag[first].tolist(), far[first].tolist(), strict=True))

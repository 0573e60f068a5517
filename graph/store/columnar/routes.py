"""The k shortest paths between two people (Yen 1971, "Finding the k shortest loopless paths in a network"), on the best path of
each restricted search: graph/store/columnar/bfs.py counts steps, graph/store/columnar/dijkstra.py adds lengths."""

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import pairwise

import numpy as np

from graph.metrics.links import STEP, lengths
from graph.store.columnar.bfs import fewest_steps
from graph.store.columnar.csr import ends_of
from graph.store.columnar.dijkstra import least_length
from graph.store.columnar.search import Barred, Search, Spent
from graph.store.columnar.steps import Near
from graph.store.protocol import Paths, Rows, Status
from graph.where import Route

Path = tuple[int, ...]


def paths(near: Near, pairs: Rows, route: Route) -> Paths:
    """See the protocol."""
    finder = _Finder(near, route)
    answers = [finder.between(left, right) for left, right in pairs.tolist()]
    found = [path for _, some in answers for path in some]
    counts = ends_of(np.array([len(some) for _, some in answers], np.int64))
    people = ends_of(np.array([len(path) for path in found], np.int64))
    rows = np.array([row for path in found for row in path], np.int32)
    return Paths([status for status, _ in answers], counts, people, rows)


class _Finder:
    def __init__(self, near: Near, route: Route) -> None:
        self._near, self._route = near, route
        self._best = least_length if route.weighted else fewest_steps
        self._known: dict[tuple[int, int], int] = {}

    def between(self, left: int, right: int) -> tuple[Status, list[Path]]:
        """What became of the search, and the paths in order."""
        if left == right:
            return Status.SAME, []
        found: list[Path] = []
        try:
            for path in self._yen(left, right):
                found.append(path)
                if len(found) == self._route.limit:
                    break
        except Spent:
            return Status.BUDGET_EXCEEDED, found
        return (Status.FOUND if found else Status.DISCONNECTED), found

    def _yen(self, left: int, right: int) -> Iterator[Path]:
        """Every path without a loop, best first. A next path leaves an earlier one at some person, and goes the best way on that
        neither meets what lies before nor sets out as a path that was found does."""
        first = self._search(right, (left,), frozenset())
        waiting = [first] if first else []
        found: list[Path] = []
        seen = {path for _, path in waiting}
        while waiting:
            _, path = heappop(waiting)
            found.append(path)
            yield path
            for at in range(len(path) - 1):
                stem = path[: at + 1]
                taken = frozenset(other[at + 1] for other in found if other[: at + 1] == stem)
                next_best = self._search(right, stem, taken)
                if next_best and next_best[1] not in seen:
                    seen.add(next_best[1])
                    heappush(waiting, next_best)

    def _search(self, right: int, stem: Path, taken: frozenset[int]) -> tuple[int, Path] | None:
        """The best path to `right` that begins with the stem and does not go on to anybody of `taken`, with its cost."""
        search = Search(self._near, self._route.budget, stem[:-1], Barred(stem[-1], taken))
        tail = self._best(search, stem[-1], right)
        if tail is None:
            return None
        path = (*stem[:-1], *tail)
        return sum(self._cost(one, other) for one, other in pairwise(path)), path

    def _cost(self, one: int, other: int) -> int:
        """What a step costs, read once a pair."""
        if (one, other) not in self._known:
            lists = self._near(np.array([one], np.int32), "weight")
            length = int(lengths(lists.beside["weight"][lists.rows == other])[0])
            self._known[one, other] = self._known[other, one] = length if self._route.weighted else STEP + length
        return self._known[one, other]

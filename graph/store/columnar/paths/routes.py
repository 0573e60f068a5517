"""The k shortest paths between two people (Yen 1971, "Finding the k shortest loopless paths in a network"), on the best path of
each restricted search: graph/store/columnar/paths/bfs.py counts steps, graph/store/columnar/paths/dijkstra.py adds lengths."""

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import accumulate, pairwise

import numpy as np

from byline.graph.metrics.links import STEP
from byline.graph.request import Route
from byline.graph.store.columnar.paths.bfs import fewest_steps
from byline.graph.store.columnar.paths.dijkstra import least_length
from byline.graph.store.columnar.paths.path_dag import best
from byline.graph.store.columnar.paths.path_search import BudgetExceeded, ExcludedEdges, Search
from byline.graph.store.columnar.paths.reach import Reader
from byline.graph.store.columnar.paths.steps import Neighbours
from byline.graph.store.protocol import Paths, Rows, Status

Path = tuple[int, ...]


def paths(neighbours: Neighbours, pairs: Rows, route: Route) -> Paths:
    """See the protocol."""
    finder = _Finder(neighbours, route)
    answers = [finder.between(left, right) for left, right in pairs.tolist()]
    path_list = [path for _, some in answers for path in some]
    counts = np.array([0, *accumulate(len(some) for _, some in answers)], np.int64)
    people = np.array([0, *accumulate(map(len, path_list))], np.int64)
    rows = np.array([row for path in path_list for row in path], np.int32)
    return Paths([status for status, _ in answers], counts, people, rows)


class _Finder:
    def __init__(self, neighbours: Neighbours, route: Route) -> None:
        self._reader, self._route = Reader(neighbours), route

    def between(self, left: int, right: int) -> tuple[Status, list[Path]]:
        """What became of the search, and the paths in order."""
        if left == right:
            return Status.SAME, []
        ranked: list[Path] = []
        try:
            for path in self._ranked(left, right):
                ranked.append(path)
                if len(ranked) == self._route.limit:
                    break
        except BudgetExceeded:
            return Status.BUDGET_EXCEEDED, ranked
        return (Status.FOUND if ranked else Status.DISCONNECTED), ranked

    def _ranked(self, left: int, right: int) -> Iterator[Path]:
        """Every path without a loop, best first. Any further path leaves those that were found at some person, and the best of
        these goes the best way on that neither meets what lies before nor sets out as a path that was found does."""
        ranked = list(self._search(right, (left,), frozenset(), self._route.limit))
        yield from ranked
        waiting: list[tuple[int, Path, int]] = []
        stems = {path[:at] for path in ranked for at in range(1, len(path))}
        while True:
            for stem in stems:
                taken = frozenset(path[len(stem)] for path in ranked if path[: len(stem)] == stem)
                for path in self._search(right, stem, taken, 1):
                    heappush(waiting, (self._cost(path), path, len(stem)))
            if not waiting:
                return
            _, path, left_at = heappop(waiting)
            ranked.append(path)
            yield path
            stems = {path[:at] for at in range(left_at, len(path))}

    def _search(self, right: int, stem: Path, taken: frozenset[int], limit: int) -> Iterator[Path]:
        """The first paths to `right` that begin with the stem and do not go on to anybody of `taken`: where lengths count one
        alone, else at most `limit` of those of fewest steps, and fewer only where there are no more of them."""
        search = Search(self._reader, self._route.budget, stem[:-1], ExcludedEdges(stem[-1], taken))
        if self._route.weighted:
            path = least_length(search, stem[-1], right)
            return iter([] if path is None else [(*stem[:-1], *path)])
        dag = fewest_steps(search, stem[-1], right)
        return ((*stem[:-1], *path) for path in best(dag, stem[-1], limit)) if dag else iter(())

    def _cost(self, path: Path) -> int:
        """What orders paths."""
        total = sum(self._reader.length(one, other) for one, other in pairwise(path))
        return total if self._route.weighted else total + STEP * len(path)

"""Bidirectional breadth-first search on sets, while few steps lead from the frontiers: sets are done before arrays have begun."""

from collections.abc import Iterable
from enum import Enum

from byline.graph.store.columnar.paths.path_search import Search
from byline.graph.store.columnar.paths.reach import Steps

# Steps from a frontier that sets are quicker with than arrays.
_MOST = 1500
Rim = set[int]


class End(Enum):
    """How such a search may end without a path: nobody is left, or arrays had better go on."""

    NOWHERE = "nowhere"
    MANY = "many"


class FewCircles:
    """The frontiers of two circles, from either end outwards. Once arrays have to go on, none of their steps is half taken."""

    def __init__(self, search: Search, left: int, right: int) -> None:
        self.frontiers: tuple[list[Rim], list[Rim]] = [{left}], [{right}]
        self.looked_at = 2
        self.closed = search.closed
        self._search, self._reader = search, search.reader

    def set_out(self) -> list[Steps] | End | None:
        """Take the first steps that are not barred; none leads back to the start. None: go on."""
        (left,), (right,) = self.frontiers[0][0], self.frontiers[1][0]
        lists = self._reader.lists([left], _MOST)
        if lists is None:
            return End.MANY
        first = set(lists[0]) - self._search.barred.others
        if right in first:
            return [([left], [right])]
        self.closed = (*self.closed, left)
        self.frontiers[0].append(first.difference(self.closed))
        return None if self.frontiers[0][-1] else End.NOWHERE

    def meet(self) -> list[Steps] | End:
        """The steps of all paths of fewest steps, from the left, place by place. Raises Spent."""
        if self._search.barred.others and (ended := self.set_out()) is not None:
            return ended
        while True:
            side = 0 if len(self.frontiers[0][-1]) <= len(self.frontiers[1][-1]) else 1
            mine, other = self.frontiers[side], self.frontiers[1 - side]
            lists = self._reader.lists(mine[-1], _MOST)
            if lists is None:
                return End.MANY
            far = set[int]().union(*lists)
            if met := far & other[-1]:
                return self._ways(side, met)
            far -= mine[-1]
            far.difference_update(mine[-2] if len(mine) > 1 else (), self.closed)
            if not far:
                return End.NOWHERE
            mine.append(far)
            self.looked_at += len(far)
            self._search.spend(self.looked_at)

    def _ways(self, side: int, met: Rim) -> list[Steps]:
        mine, other = self.frontiers[side], self.frontiers[1 - side]
        joint = self._steps(met, mine[-1])
        before = self._back(mine, joint[1])
        behind = self._back(other, met)
        if side:
            return [*(_turned(steps) for steps in reversed(behind)), joint, *before]
        return [*(_turned(steps) for steps in reversed(before)), _turned(joint), *behind]

    def _back(self, frontiers: list[Rim], people: Iterable[int]) -> list[Steps]:
        """The steps from some people of the last frontier back to the first one, frontier by frontier."""
        steps_back = []
        for frontier in reversed(frontiers[:-1]):
            steps_back.append(self._steps(set(people), frontier))
            people = steps_back[-1][1]
        return steps_back

    def _steps(self, people: Rim, frontier: Rim) -> Steps:
        """The steps from some people to those of a frontier."""
        if len(frontier) == 1:
            return list(people), [*frontier] * len(people)
        neighbours: list[int] = []
        far: list[int] = []
        for row in people:
            some = self._reader.among(row, frontier)
            neighbours += [row] * len(some)
            far += some
        return neighbours, far


def _turned(steps: Steps) -> Steps:
    """The same steps the other way."""
    return steps[1], steps[0]

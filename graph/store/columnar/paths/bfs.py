"""Bidirectional breadth-first search: the paths of fewest steps, grown from both ends until a step joins the two frontiers. These
are sets at first (bfs_small.py), and arrays and marks of all people once many steps lead from a frontier."""

import numpy as np

from byline.graph.store.columnar.files.marks import Lent
from byline.graph.store.columnar.files.ragged import once
from byline.graph.store.columnar.paths.bfs_small import End, FewCircles
from byline.graph.store.columnar.paths.path_dag import LargePathDag, PathDag, SmallPathDag
from byline.graph.store.columnar.paths.path_search import Search
from byline.graph.store.columnar.paths.reach import Reader, Taken
from byline.graph.store.protocol import Rows

# Whom a search must not meet.
_CLOSED = 255
# Who is on a path.
_CHOSEN = 254
# How many times as many steps must lead from the frontier that is next before the other one is looked at first.
_FAVOUR = 4
# Steps from which on arrays add up lengths sooner than dictionaries.
_MANY = 150


class _Circle:
    """The people at most so many steps from one end; those of the frontier, ascending, are exactly so many away. Marks tell three
    frontiers apart: a step from one leads to the one before, to itself, or to the next."""

    def __init__(self, marks: Lent, frontiers: list[set[int]], base: int) -> None:
        (self.end,) = frontiers[0]
        self.frontiers: list[Rows] = []
        self._entries = -1
        self._marks, self._base = marks, base
        for frontier in frontiers:
            self.widen(np.array(sorted(frontier), np.int32))

    @property
    def frontier(self) -> Rows:
        """Those who are farthest from the end."""
        return self.frontiers[-1]

    @property
    def mark(self) -> int:
        """The mark of the frontier."""
        return self._base + len(self.frontiers) % 3

    def entries(self, reader: Reader) -> int:
        """How many steps lead from the frontier."""
        if self._entries < 0:
            self._entries = reader.entries(self.frontier)
        return self._entries

    def widen(self, frontier: Rows) -> None:
        """The next frontier."""
        self.frontiers.append(frontier)
        self._entries = -1
        self._marks.put(frontier, self.mark)


def fewest_steps(search: Search, left: int, right: int) -> PathDag | None:
    """All paths of fewest steps; None where there is no path. Raises Spent."""
    few = FewCircles(search, left, right)
    steps = few.meet()
    if isinstance(steps, list):
        return SmallPathDag.of(steps, search.reader.length)
    if steps is End.NOWHERE:
        return None
    with search.reader.neighbours.snapshot.marks.lent() as marks:
        return _meet(search, marks, few)


def _meet(search: Search, marks: Lent, few: FewCircles) -> PathDag | None:
    """Go on where sets gave up: grow the circle with fewer people at its frontier until the next step would join them."""
    reader, looked_at = search.reader, few.looked_at
    start, end = (_Circle(marks, frontiers, base) for frontiers, base in zip(few.frontiers, (1, 4), strict=True))
    if few.closed:
        marks.put(np.array(few.closed, np.int32), _CLOSED)
    if search.barred.others and len(start.frontiers) == 1 and (joined := _set_out(search, marks, start, end)):
        return joined
    while True:
        mine, other = (start, end) if len(start.frontier) <= len(end.frontier) else (end, start)
        if not len(mine.frontier):
            return None
        if mine.entries(reader) > _FAVOUR * other.entries(reader):
            reach = reader.reach(other.frontier)
            if (met := marks.of[reach.far] == mine.mark).any():
                return _ways(reader, marks, (other, mine), reach.taken(met), start)
        reach = reader.reach(mine.frontier)
        seen = marks.of[reach.far]
        if (met := seen == other.mark).any():
            return _ways(reader, marks, (mine, other), reach.taken(met), start)
        mine.widen(once(reach.far[seen == 0]))
        looked_at += len(mine.frontier)
        search.spend(looked_at)


def _set_out(search: Search, marks: Lent, start: _Circle, end: _Circle) -> PathDag | None:
    """Take the first steps that are not barred; none leads back to the start."""
    reach = search.reader.reach(start.frontier)
    free = ~np.isin(reach.far, np.fromiter(search.barred.others, np.int32))
    if (free & (reach.far == end.end)).any():
        return SmallPathDag.of([([start.end], [end.end])], search.reader.length)
    marks.put(start.frontier, _CLOSED)
    start.widen(reach.far[free & (marks.of[reach.far] == 0)])
    return None


def _ways(reader: Reader, marks: Lent, sides: tuple[_Circle, _Circle], joint: Taken, start: _Circle) -> PathDag:
    """All paths, from the start on; `joint` are the steps from the frontier of one side to that of the other."""
    before, behind = _back(reader, marks, sides[0], joint.neighbours), _back(reader, marks, sides[1], joint.far)
    if sides[0] is not start:
        before, behind, joint = behind, before, joint.turned()
    steps = [*(taken.turned() for taken in reversed(before)), joint, *behind]
    return LargePathDag(steps) if sum(len(taken.neighbours) for taken in steps) > _MANY else SmallPathDag.taken(steps)


def _back(reader: Reader, marks: Lent, circle: _Circle, people: Rows) -> list[Taken]:
    """The steps from some people of the frontier back to the end of their circle, frontier by frontier."""
    steps_back = []
    for frontier in circle.frontiers[-2:0:-1]:
        steps_back.append(_between(reader, marks, once(people), frontier))
        people = steps_back[-1].far
    if len(circle.frontiers) > 1:
        steps_back.append(reader.to_end(once(people), circle.end))
    return steps_back


def _between(reader: Reader, marks: Lent, people: Rows, frontier: Rows) -> Taken:
    """The steps from some people to a frontier, read from where fewer steps lead away."""
    if reader.entries(people) <= reader.entries(frontier):
        reach = reader.reach(people)
        return reach.taken(marks.of[reach.far] == marks.of[frontier[0]])
    # Nobody nearer to the end than the frontier, and nobody of the other side, has a step to these people or those chosen before.
    marks.put(people, _CHOSEN)
    reach = reader.reach(frontier)
    return reach.taken(marks.of[reach.far] == _CHOSEN).turned()

"""The paths of fewest steps: two circles grow towards each other until a step joins their rims, then all ways through it. They
are sets at first (bfs_small.py), and arrays and marks of all people once many steps lead from a rim."""

import numpy as np

from byline.graph.store.columnar.files.marks import Lent
from byline.graph.store.columnar.files.ragged import once
from byline.graph.store.columnar.paths.bfs_small import End, FewCircles
from byline.graph.store.columnar.paths.path_dag import FewWays, ManyWays, Ways
from byline.graph.store.columnar.paths.path_search import Search
from byline.graph.store.columnar.paths.reach import Reader, Taken
from byline.graph.store.protocol import Rows

# Whom a search must not meet.
_CLOSED = 255
# Who is on a path.
_CHOSEN = 254
# How many times as many steps must lead from the rim that is next before the other one is looked at first.
_FAVOUR = 4
# Steps from which on arrays add up lengths sooner than dictionaries.
_MANY = 150


class _Circle:
    """The people at most so many steps from one end; those of the rim, ascending, are exactly so many away. Marks tell three
    rims apart: a step from one leads to the one before, to itself, or to the next."""

    def __init__(self, marks: Lent, rims: list[set[int]], base: int) -> None:
        (self.end,) = rims[0]
        self.rims: list[Rows] = []
        self._entries = -1
        self._marks, self._base = marks, base
        for rim in rims:
            self.widen(np.array(sorted(rim), np.int32))

    @property
    def rim(self) -> Rows:
        """Those who are farthest from the end."""
        return self.rims[-1]

    @property
    def mark(self) -> int:
        """The mark of the rim."""
        return self._base + len(self.rims) % 3

    def entries(self, reader: Reader) -> int:
        """How many steps lead from the rim."""
        if self._entries < 0:
            self._entries = reader.entries(self.rim)
        return self._entries

    def widen(self, rim: Rows) -> None:
        """The next rim."""
        self.rims.append(rim)
        self._entries = -1
        self._marks.put(rim, self.mark)


def fewest_steps(search: Search, left: int, right: int) -> Ways | None:
    """All paths of fewest steps; None where there is no path. Raises Spent."""
    few = FewCircles(search, left, right)
    steps = few.meet()
    if isinstance(steps, list):
        return FewWays.of(steps, search.reader.length)
    if steps is End.NOWHERE:
        return None
    with search.reader.near.snapshot.marks.lent() as marks:
        return _meet(search, marks, few)


def _meet(search: Search, marks: Lent, few: FewCircles) -> Ways | None:
    """Go on where sets gave up: grow the circle with fewer people at its rim until the next step would join them."""
    reader, looked_at = search.reader, few.looked_at
    start, end = (_Circle(marks, rims, base) for rims, base in zip(few.rims, (1, 4), strict=True))
    if few.closed:
        marks.put(np.array(few.closed, np.int32), _CLOSED)
    if search.barred.others and len(start.rims) == 1 and (joined := _set_out(search, marks, start, end)):
        return joined
    while True:
        mine, other = (start, end) if len(start.rim) <= len(end.rim) else (end, start)
        if not len(mine.rim):
            return None
        if mine.entries(reader) > _FAVOUR * other.entries(reader):
            reach = reader.reach(other.rim)
            if (met := marks.of[reach.far] == mine.mark).any():
                return _ways(reader, marks, (other, mine), reach.taken(met), start)
        reach = reader.reach(mine.rim)
        seen = marks.of[reach.far]
        if (met := seen == other.mark).any():
            return _ways(reader, marks, (mine, other), reach.taken(met), start)
        mine.widen(once(reach.far[seen == 0]))
        looked_at += len(mine.rim)
        search.spend(looked_at)


def _set_out(search: Search, marks: Lent, start: _Circle, end: _Circle) -> Ways | None:
    """Take the first steps that are not barred; none leads back to the start."""
    reach = search.reader.reach(start.rim)
    free = ~np.isin(reach.far, np.fromiter(search.barred.others, np.int32))
    if (free & (reach.far == end.end)).any():
        return FewWays.of([([start.end], [end.end])], search.reader.length)
    marks.put(start.rim, _CLOSED)
    start.widen(reach.far[free & (marks.of[reach.far] == 0)])
    return None


def _ways(reader: Reader, marks: Lent, sides: tuple[_Circle, _Circle], joint: Taken, start: _Circle) -> Ways:
    """All paths, from the start on; `joint` are the steps from the rim of one side to that of the other."""
    before, behind = _back(reader, marks, sides[0], joint.near), _back(reader, marks, sides[1], joint.far)
    if sides[0] is not start:
        before, behind, joint = behind, before, joint.turned()
    steps = [*(taken.turned() for taken in reversed(before)), joint, *behind]
    return ManyWays(steps) if sum(len(taken.near) for taken in steps) > _MANY else FewWays.taken(steps)


def _back(reader: Reader, marks: Lent, circle: _Circle, people: Rows) -> list[Taken]:
    """The steps from some people of the rim back to the end of their circle, rim by rim."""
    found = []
    for rim in circle.rims[-2:0:-1]:
        found.append(_between(reader, marks, once(people), rim))
        people = found[-1].far
    if len(circle.rims) > 1:
        found.append(reader.to_end(once(people), circle.end))
    return found


def _between(reader: Reader, marks: Lent, people: Rows, rim: Rows) -> Taken:
    """The steps from some people to a rim, read from where fewer steps lead away."""
    if reader.entries(people) <= reader.entries(rim):
        reach = reader.reach(people)
        return reach.taken(marks.of[reach.far] == marks.of[rim[0]])
    # Nobody nearer to the end than the rim, and nobody of the other circle, has a step to these people or those chosen before.
    marks.put(people, _CHOSEN)
    reach = reader.reach(rim)
    return reach.taken(marks.of[reach.far] == _CHOSEN).turned()

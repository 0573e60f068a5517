"""Where the people of a frontier lead: all their steps at once, and the lengths of those steps that turn out to matter."""

from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from byline.graph.metrics.links import Lengths, length, lengths
from byline.graph.model import COAUTHORS
from byline.graph.store.columnar.edges.shared import Weights
from byline.graph.store.columnar.files.csr import Places, ends_of
from byline.graph.store.columnar.files.ragged import Lists
from byline.graph.store.columnar.paths.steps import Neighbours
from byline.graph.store.protocol import Flags, Offsets, Rows

# People whose lists are copied one after the other rather than gathered entry by entry, where lists are that long on average.
_LONG = 40
# Steps of people whose lists are worked out that one reader holds.
_HELD = 1 << 20
# (from, to) of a few steps.
Steps = tuple[list[int], list[int]]


@dataclass(frozen=True)
class Taken:
    """Some steps from `neighbours` to `far`, and where in `weights` the weight of each lies."""

    neighbours: Rows
    far: Rows
    weights: Weights
    places: Places

    def turned(self) -> "Taken":
        """The same steps the other way."""
        return Taken(self.far, self.neighbours, self.weights, self.places)

    def lengths(self) -> Lengths:
        """How long each step is."""
        return lengths(self.weights[self.places])


@dataclass(frozen=True)
class Reach:
    """The steps from `rows`: those from person i are `far[ends[i]:ends[i + 1]]`. Their weights lie beside `far`, or in `weights`
    from `starts[i]` on."""

    rows: Rows
    ends: Offsets
    far: Rows
    starts: Places | None
    weights: Weights

    def taken(self, at: Flags) -> Taken:
        """The steps under a true."""
        entries = np.flatnonzero(at)
        owner = self.ends.searchsorted(entries, "right") - 1
        places = entries if self.starts is None else entries + (self.starts - self.ends[:-1])[owner]
        return Taken(self.rows[owner], self.far[entries], self.weights, places)


class Reader:
    """Reads the steps of one window."""

    def __init__(self, neighbours: Neighbours) -> None:
        self.neighbours = neighbours
        self._unkept = neighbours.snapshot.coauthors.unkept
        self._held: dict[int, Lists] = {}
        self._csr = neighbours.snapshot.csr[COAUTHORS.name]
        self._weights: Weights = neighbours.snapshot.edge_values[COAUTHORS.name]["weight"]
        # Loops read numbers of a memoryview sooner than those of an array.
        arrays: tuple[Any, Any, Any] = self._csr.offsets, self._csr.targets, self._weights
        self._lists: tuple[Any, ...] = tuple(map(memoryview, arrays))

    def entries(self, rows: Rows) -> int:
        """How many steps lead from some people, those of other windows included."""
        offsets, _, _ = self._lists
        if self._unkept:
            return int(self.neighbours.most(rows).sum())
        if len(rows) < _LONG:
            return sum(offsets[row + 1] - offsets[row] for row in rows.tolist())
        return int((self._csr.offsets[rows + 1] - self._csr.offsets[rows]).sum())

    def _anew(self, rows: Rows) -> bool:
        """Whether the lists of some people have to be made."""
        if self.neighbours.papers is not None or not self._unkept:
            return self.neighbours.papers is not None
        return bool(self.neighbours.snapshot.coauthors.worked.among(rows).any())

    def reach(self, rows: Rows) -> Reach:
        """All steps from some people."""
        if self._anew(rows):
            lists = self.neighbours(rows, "weight")
            return Reach(rows, lists.offsets, lists.rows, None, lists.beside["weight"])  # type: ignore[arg-type]
        starts = self._csr.offsets[rows]
        ends = ends_of(self._csr.offsets[rows + 1] - starts)
        if len(rows) and ends[-1] >= _LONG * len(rows):
            bounds = zip(starts.tolist(), self._csr.offsets[rows + 1].tolist(), strict=True)
            targets = self._csr.targets
            return Reach(rows, ends, np.concatenate([targets[start:stop] for start, stop in bounds]), starts, self._weights)
        places = np.arange(ends[-1]) + np.repeat(starts - ends[:-1], np.diff(ends))
        return Reach(rows, ends, self._csr.targets[places], starts, self._weights)

    def far(self, rows: Rows) -> Rows:
        """Where the steps from some people lead, person by person, without what tells how long they are."""
        return self.neighbours(rows).rows if self._anew(rows) else self.reach(rows).far

    def _derived(self, row: int) -> Lists:
        """The steps from somebody whose list is worked out, and how long they are; held, for a search asks again and again."""
        if (lists := self._held.get(row)) is None:
            lists = self.neighbours(np.array([row], np.int32), "weight")
            if len(lists.rows) + sum(len(held.rows) for held in self._held.values()) > _HELD:
                self._held.clear()
            self._held[row] = lists
        return lists

    def to_end(self, rows: Rows, end: int) -> Taken:
        """The steps from some people, ascending, to one whose coauthors they all are."""
        if self.neighbours.papers is not None:
            reach = self.reach(rows)
            return reach.taken(reach.far == end)
        if end in self._unkept:
            lists = self._derived(end)
            return Taken(rows, np.full(len(rows), end, np.int32), lists.beside["weight"], lists.rows.searchsorted(rows))  # type: ignore[arg-type]
        start = int(self._csr.offsets[end])
        coauthors = self._csr.targets[start : int(self._csr.offsets[end + 1])]
        return Taken(rows, np.full(len(rows), end, np.int32), self._weights, start + coauthors.searchsorted(rows))

    def all(self, row: int) -> list[int]:
        """The coauthors of one person."""
        if self.neighbours.papers is not None:
            return self.neighbours(np.array([row], np.int32)).rows.tolist()  # type: ignore[no-any-return]
        if row in self._unkept:
            return self._derived(row).rows.tolist()  # type: ignore[no-any-return]
        offsets, targets, _ = self._lists
        return targets[offsets[row] : offsets[row + 1]].tolist()  # type: ignore[no-any-return]

    def lists(self, rows: Iterable[int], most: int) -> list[list[int]] | None:
        """The coauthors of each of some people; None where there are more of them than `most`."""
        offsets, targets, _ = self._lists
        if self._unkept and not self._unkept.isdisjoint(rows := list(rows)):
            return [self.all(row) for row in rows] if self.entries(np.array(rows, np.int32)) <= most else None
        bounds = []
        for row in rows:
            start, stop = offsets[row], offsets[row + 1]
            most -= stop - start
            if most < 0:
                return None
            bounds.append((start, stop))
        if self.neighbours.papers is not None:
            return [self.all(row) for row in rows]
        return [targets[start:stop].tolist() for start, stop in bounds]

    def among(self, row: int, some: set[int]) -> Collection[int]:
        """Who of some people are coauthors of one."""
        offsets, targets, _ = self._lists
        start, stop = offsets[row], offsets[row + 1]
        if self.neighbours.papers is None and stop - start > _LONG * len(some):
            return [other for other in some if targets[min(bisect_left(targets, other, start, stop), stop - 1)] == other]
        return some.intersection(self.all(row))

    def length(self, one: int, other: int) -> int:
        """How long the step between two coauthors is."""
        if self.neighbours.papers is not None:
            lists = self.neighbours(np.array([one], np.int32), "weight")
            return int(lengths(lists.beside["weight"][lists.rows == other])[0])
        if one in self._unkept and other in self._unkept:
            held = self._derived(one)
            return length(float(held.beside["weight"][held.rows.searchsorted(other)]))
        if one in self._unkept:
            one, other = other, one
        offsets, targets, weights = self._lists
        return length(weights[bisect_left(targets, other, offsets[one], offsets[one + 1])])

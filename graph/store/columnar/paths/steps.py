"""Steps among coauthors, for many people at once: their neighbours in a window, who is exactly how far, who is between."""

from dataclasses import dataclass

import numpy as np

from byline.graph.deadline import checkpoint
from byline.graph.model import Kind
from byline.graph.store.columnar.edges import paper_pairs
from byline.graph.store.columnar.edges.pair_lists import stretches
from byline.graph.store.columnar.files.csr import Numbers, Places, ends_of
from byline.graph.store.columnar.files.ragged import Lists
from byline.graph.store.columnar.files.window import Through
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.protocol import Flags, Rows

# Marks that one widening may keep, a byte each.
_MOST_MARKS = 1 << 26
# A frontier whose coauthors are more than one in so many of everybody, and more than that at least, is counted and not sorted.
_SHARE, _LEAST = 32, 1 << 12
# Coauthors that are counted at once.
_AT_ONCE = 1 << 21


@dataclass(frozen=True)
class Neighbours:
    """The coauthors of people: those of all papers, or made anew from the papers of a window."""

    snapshot: Snapshot
    papers: Through | None

    @property
    def size(self) -> int:
        """A number above every row of a person, and above zero."""
        return max(self.snapshot.size(Kind.AUTHOR), 1)

    def __call__(self, rows: Rows, *values: str) -> Lists:
        """The lists of a batch, ascending, with some values of the hop beside them."""
        if self.papers is not None:
            return paper_pairs.coauthors(self.snapshot.edge_inputs, rows, self.papers)
        return self.snapshot.coauthors.lists(rows, values)

    def met(self, rows: Rows) -> Rows:
        """Whoever is a coauthor of some people, and where lists are made anew these too: in no order, some more than once."""
        if self.papers is not None:
            return paper_pairs.anybody(self.snapshot.edge_inputs, rows, self.papers)
        return self.snapshot.coauthors.met(rows)

    def most(self, rows: Rows) -> Places:
        """How many coauthors each has at most: a window only takes some away."""
        return self.snapshot.coauthors.lengths(rows)


@dataclass(frozen=True)
class Frontier:
    """People exactly so many steps from the people of a batch: sorted keys `place in the batch * size + row`, and on the last
    frontier for each how many people of the frontier before share a paper with them."""

    keys: Places
    shared: Numbers
    size: int

    @property
    def rows(self) -> Rows:
        """The people."""
        return (self.keys % self.size).astype(np.int32)

    @property
    def groups(self) -> Places:
        """For whom of the batch each of them stands there."""
        return self.keys // self.size


def frontiers(neighbours: Neighbours, rows: Rows, distance: int) -> list[Frontier]:
    """The frontiers from 0 to `distance` steps around each person of a batch, widened step by step for all of them together."""
    start = np.arange(len(rows), dtype=np.int64) * neighbours.size + rows
    by_step = [Frontier(start, np.zeros(len(rows), np.int32), neighbours.size)]
    # Beyond two steps circles soon hold everybody, and a mark for each who was met is cheaper than sorting them again.
    marks = len(rows) * neighbours.size if distance > 2 else 0
    met = np.zeros(marks, np.bool_) if 0 < marks <= _MOST_MARKS else None
    for step in range(distance):
        checkpoint()
        by_step.append(_wider(neighbours, by_step, met, counted=step == distance - 1))
    return by_step


def _wider(neighbours: Neighbours, by_step: list[Frontier], met: Flags | None, counted: bool) -> Frontier:
    """The next frontier. A coauthor of somebody on the last frontier stands on the one before, on that one, or on the next one.

    Circles that hold a large part of everybody are counted on an array of all people, one circle after the other: a few bytes a
    person, where sorting takes some 40 for each coauthor of each of them.
    """
    last = by_step[-1]
    if met is not None:
        met[last.keys] = True
    bounds = np.searchsorted(last.keys, np.arange(int(last.groups[-1]) + 2) * last.size) if len(last.keys) else np.zeros(1, int)
    entries = np.concatenate([np.zeros(1, np.int64), np.cumsum(neighbours.most(last.rows))])[bounds]
    large = np.diff(entries) > max(last.size // _SHARE, _LEAST)
    parts = [_by_array(neighbours, by_step, met, int(group), counted) for group in np.flatnonzero(large)]
    small = ~np.repeat(large, np.diff(bounds))
    if small.any() or not parts:
        parts.append(_sorted(neighbours, by_step, met, small))
    keys, shared = (np.concatenate([part[which] for part in parts]) for which in (0, 1))
    order = np.argsort(keys, kind="stable") if len(parts) > 1 else slice(None)
    return Frontier(keys[order], shared[order], last.size)


def _by_array(
    neighbours: Neighbours, by_step: list[Frontier], met: Flags | None, group: int, counted: bool
) -> tuple[Places, Numbers]:
    """The next frontier around one of the batch, by an array of everybody. Where nobody asks through how many people each is
    reached they are marked, not `counted`: a window's papers are read once each."""
    size = by_step[-1].size
    start, rows = group * size, _on(by_step[-1], group)
    counts = np.zeros(size, np.int32)
    for first, end in stretches(neighbours.most(rows), _AT_ONCE):
        checkpoint()
        if counted:
            # With a one of another dtype numpy converts entry by entry: 25 times as slow.
            np.add.at(counts, neighbours(rows[first:end]).rows.astype(np.intp), np.int32(1))
        else:
            counts[neighbours.met(rows[first:end])] = 1
    if met is not None:
        counts[met[start : start + size]] = 0
    else:
        for frontier in by_step[-2:]:
            counts[_on(frontier, group)] = 0
    new = np.flatnonzero(counts)
    return start + new, counts[new]


def _on(frontier: Frontier, group: int) -> Rows:
    """The people on a frontier around one of the batch."""
    start = group * frontier.size
    return frontier.rows[slice(*np.searchsorted(frontier.keys, [start, start + frontier.size]))]


def _sorted(neighbours: Neighbours, by_step: list[Frontier], met: Flags | None, chosen: Flags) -> tuple[Places, Numbers]:
    """The next frontier around those of the batch whose people on the last frontier are chosen, by sorting."""
    last = by_step[-1]
    from_keys = last.keys[chosen]
    lists = neighbours((from_keys % last.size).astype(np.int32))
    keys = np.repeat(from_keys // last.size * last.size, np.diff(lists.offsets)) + lists.rows
    if met is not None:
        keys = keys[~met[keys]]
    keys.sort()
    fresh = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=fresh[1:])
    starts = np.flatnonzero(fresh)
    shared = np.diff(np.append(starts, len(keys))).astype(np.int32)
    keys = keys[starts]
    if met is not None:
        return keys, shared
    new = ~_in(keys, last.keys)
    if len(by_step) > 1:
        new &= ~_in(keys, by_step[-2].keys)
    return keys[new], shared[new]


def _in(keys: Places, among: Places) -> Flags:
    """Which keys are among sorted others."""
    if not len(among):
        return np.zeros(len(keys), np.bool_)
    places = np.searchsorted(among, keys)
    places[places == len(among)] = 0
    flags: Flags = among[places] == keys
    return flags


def collaborators(neighbours: Neighbours, rows: Rows, distance: int) -> Lists:
    """The people exactly `distance` steps from each row, ascending."""
    frontier = frontiers(neighbours, rows, distance)[-1]
    beside = {"distance": np.full(len(frontier.keys), distance, np.int32), "shared_count": frontier.shared}
    return Lists(ends_of(np.bincount(frontier.groups, minlength=len(rows))), frontier.rows, beside)


def between(neighbours: Neighbours, pairs: Rows, distance: int) -> Lists:
    """The people one step nearer to the left of each pair than `distance` who share a paper with its right."""
    left, place = np.unique(pairs[:, 0], return_inverse=True)
    frontier = frontiers(neighbours, left, distance - 1)[-1]
    lists = neighbours(pairs[:, 1], "paper_count")
    keys = np.repeat(place.reshape(-1).astype(np.int64), np.diff(lists.offsets)) * neighbours.size + lists.rows
    coauthors = Lists(lists.offsets, lists.rows, {"paper_count": lists.beside["paper_count"]})
    return coauthors.keep(_in(keys, frontier.keys))

"""Steps among coauthors, for many people at once: their neighbours in a window, who is exactly how far, who is between."""

from dataclasses import dataclass

import numpy as np

from graph.model import COAUTHORS, Kind
from graph.store.columnar import meet
from graph.store.columnar.csr import Numbers, Places, ends_of
from graph.store.columnar.lists import Lists
from graph.store.columnar.snapshot import Snapshot
from graph.store.protocol import Flags, Rows

# Marks that one widening may keep, a byte each.
_MOST_MARKS = 1 << 26


@dataclass(frozen=True)
class Near:
    """The coauthors of people: as they are kept, or made anew from the papers of a window."""

    snapshot: Snapshot
    papers: Flags | None

    @property
    def size(self) -> int:
        """A number above every row of a person, and above zero."""
        return max(self.snapshot.size(Kind.AUTHOR), 1)

    def __call__(self, rows: Rows, *values: str) -> Lists:
        """The lists of a batch, ascending, with some values of the hop beside them."""
        if self.papers is not None:
            return meet.coauthors(self.snapshot.ground, rows, self.papers)
        csr, kept = self.snapshot.csr[COAUTHORS.name], self.snapshot.edge_values[COAUTHORS.name]
        offsets, places = csr.gather(rows)
        return Lists(offsets, csr.targets[places], {name: kept[name][places] for name in values})


@dataclass(frozen=True)
class Rim:
    """People exactly so many steps from the people of a batch: sorted keys `place in the batch * size + row`, and for each how
    many people of the rim before share a paper with them."""

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


def rims(near: Near, rows: Rows, distance: int) -> list[Rim]:
    """The rims from 0 to `distance` steps around each person of a batch, widened step by step for all of them together."""
    start = np.arange(len(rows), dtype=np.int64) * near.size + rows
    found = [Rim(start, np.zeros(len(rows), np.int32), near.size)]
    # Beyond two steps circles soon hold everybody, and a mark for each who was met is cheaper than sorting them again.
    marks = len(rows) * near.size if distance > 2 else 0
    met = np.zeros(marks, np.bool_) if 0 < marks <= _MOST_MARKS else None
    for _ in range(distance):
        found.append(_wider(near, found, met))
    return found


def _wider(near: Near, found: list[Rim], met: Flags | None) -> Rim:
    """The next rim. A coauthor of somebody on the last rim stands on the one before, on that one, or on the next one."""
    last = found[-1]
    lists = near(last.rows)
    keys = np.repeat(last.groups * last.size, np.diff(lists.offsets)) + lists.rows
    if met is not None:
        met[last.keys] = True
        keys = keys[~met[keys]]
    keys.sort()
    fresh = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=fresh[1:])
    starts = np.flatnonzero(fresh)
    shared = np.diff(np.append(starts, len(keys))).astype(np.int32)
    keys = keys[starts]
    if met is not None:
        return Rim(keys, shared, last.size)
    new = ~_in(keys, last.keys)
    if len(found) > 1:
        new &= ~_in(keys, found[-2].keys)
    return Rim(keys[new], shared[new], last.size)


def _in(keys: Places, among: Places) -> Flags:
    """Which keys are among sorted others."""
    if not len(among):
        return np.zeros(len(keys), np.bool_)
    places = np.searchsorted(among, keys)
    places[places == len(among)] = 0
    found: Flags = among[places] == keys
    return found


def collaborators(near: Near, rows: Rows, distance: int) -> Lists:
    """The people exactly `distance` steps from each row, ascending."""
    rim = rims(near, rows, distance)[-1]
    beside = {"distance": np.full(len(rim.keys), distance, np.int32), "shared_count": rim.shared}
    return Lists(ends_of(np.bincount(rim.groups, minlength=len(rows))), rim.rows, beside)


def between(near: Near, pairs: Rows, distance: int) -> Lists:
    """The people one step nearer to the left of each pair than `distance` who share a paper with its right."""
    left, place = np.unique(pairs[:, 0], return_inverse=True)
    rim = rims(near, left, distance - 1)[-1]
    lists = near(pairs[:, 1], "paper_count")
    keys = np.repeat(place.reshape(-1).astype(np.int64), np.diff(lists.offsets)) * near.size + lists.rows
    kept = Lists(lists.offsets, lists.rows, {"paper_count": lists.beside["paper_count"]})
    return kept.keep(_in(keys, rim.keys))

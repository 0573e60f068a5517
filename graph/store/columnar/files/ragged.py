"""Lists of one batch on their way from a hop to an answer: cut, filtered, ordered, paged, without a Python object an entry."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from byline.graph.store.columnar.files.csr import Places, ends_of, groups_of
from byline.graph.store.protocol import Flags, Offsets, Rows

_Number = TypeVar("_Number", bound=np.integer)


@dataclass(frozen=True)
class Lists:
    """Ragged lists: far ends in `rows`, whatever runs beside them in `beside`."""

    offsets: Offsets
    rows: Rows
    beside: Mapping[str, npt.NDArray[np.generic]] = field(default_factory=dict)

    @property
    def groups(self) -> Places:
        """For each entry the number of its list."""
        return groups_of(self.offsets)

    def keep(self, mask: Flags) -> "Lists":
        """Only the entries under a true."""
        kept_before = np.zeros(len(mask) + 1, np.int64)
        np.cumsum(mask, out=kept_before[1:])
        return replace(self._at(np.flatnonzero(mask)), offsets=kept_before[self.offsets])

    def reorder(self, order: Places) -> "Lists":
        """The entries in another order, which must not move any to another list."""
        return self._at(order)

    def _at(self, places: Places) -> "Lists":
        beside = {name: values[places] for name, values in self.beside.items()}
        return Lists(self.offsets, self.rows[places], beside)

    def chosen(self, places: Places, lengths: Offsets) -> "Lists":
        """The entries at these places, list by list, so many of each."""
        return replace(self._at(places), offsets=ends_of(lengths))

    def head(self, count: int) -> "Lists":
        """At most `count` entries from the head of each list."""
        lengths = np.diff(self.offsets)
        return self._slices(self.offsets[:-1], np.minimum(lengths, count))

    def tail(self, count: int) -> "Lists":
        """At most `count` entries from the end of each list."""
        lengths = np.minimum(np.diff(self.offsets), count)
        return self._slices(self.offsets[1:] - lengths, lengths)

    def _slices(self, starts: Offsets, lengths: Offsets) -> "Lists":
        ends = ends_of(lengths)
        places = np.arange(ends[-1]) + np.repeat(starts - ends[:-1], lengths)
        return replace(self._at(places), offsets=ends)


def once(rows: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
    """Each number once, ascending. Many times quicker than np.unique of numpy 2.4, which fills a hash table first."""
    ordered = np.sort(rows)
    fresh = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    return ordered[fresh]


def distinct(groups: Places, rows: Rows, size: int) -> tuple[Places, Rows]:
    """Each (group, row) pair once, sorted; `size` bounds the rows."""
    keys = once(groups * np.int64(size) + rows)
    return keys // size, (keys % size).astype(np.int32)

"""Ragged lists: one array of all entries, one of where each list begins."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int32]
Longs: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Lists:
    """List i is `targets[offsets[i]:offsets[i + 1]]`."""

    offsets: Longs
    targets: Ints

    def of(self, i: int) -> Ints:
        """One list."""
        return self.targets[self.offsets[i] : self.offsets[i + 1]]

    def sources(self) -> Ints:
        """The number of the list of every target."""
        return np.repeat(np.arange(len(self.offsets) - 1, dtype=np.int32), np.diff(self.offsets))


def lists(sources: npt.ArrayLike, targets: npt.ArrayLike, count: int) -> Lists:
    """Lists of `count` sources from pairs that are sorted by source."""
    lengths = np.bincount(np.asarray(sources, np.int64), minlength=count)
    return Lists(np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64), np.asarray(targets, np.int32))


NOTHING = Lists(np.zeros(1, np.int64), np.zeros(0, np.int32))

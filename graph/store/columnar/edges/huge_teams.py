"""Huge teams: whose pairs of coauthors a snapshot does not keep, and how long the lists of these people are all the same."""

from dataclasses import dataclass, field

import numpy as np

from byline.graph.store.columnar.files.csr import Csr, Numbers, Places
from byline.graph.store.protocol import Flags, Rows


def _nobody() -> Numbers:
    return np.zeros(0, np.int32)


@dataclass(frozen=True)
class Worked:
    """The people of huge teams, ascending, and how many coauthors each has. Their kept lists are empty."""

    rows: Rows = field(default_factory=_nobody)
    lengths: Numbers = field(default_factory=_nobody)

    def __bool__(self) -> bool:
        return len(self.rows) > 0

    def among(self, rows: Rows) -> Flags:
        """Which of some people they are."""
        places = np.minimum(self.rows.searchsorted(rows), len(self.rows) - 1)
        flags: Flags = self.rows.take(places) == rows if self else np.zeros(len(rows), np.bool_)
        return flags

    def lengths_of(self, stored: Csr) -> Places:
        """The length of every list, kept or not."""
        lengths: Places = np.diff(stored.offsets)
        lengths[self.rows] = self.lengths
        return lengths


def huge_teams(known_authors: Numbers, paper_authors: Csr, most: int) -> Rows:
    """The people of papers of more than so many known people, ascending."""
    _, places = paper_authors.gather(np.flatnonzero(known_authors > most).astype(np.int32))
    return np.unique(paper_authors.targets[places])

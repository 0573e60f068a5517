"""What every search for a path reads: the steps from a batch of people, less those that it must not take."""

from dataclasses import dataclass

import numpy as np

from byline.graph.deadline import checkpoint
from byline.graph.metrics.links import Lengths, lengths
from byline.graph.store.columnar.edges.shared import Weights
from byline.graph.store.columnar.files.csr import Places
from byline.graph.store.columnar.files.ragged import Lists
from byline.graph.store.columnar.paths.reach import Reader
from byline.graph.store.columnar.paths.steps import Neighbours
from byline.graph.store.protocol import Flags, Rows


class BudgetExceeded(Exception):
    """The search has looked at as many people as it may."""


@dataclass(frozen=True)
class ExcludedEdges:
    """Steps that are not to be taken: between one person and some others, in either direction."""

    row: int
    others: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Search:
    """The coauthors that one search may step to. `closed` people are on the path already."""

    reader: Reader
    budget: int
    closed: tuple[int, ...] = ()
    barred: ExcludedEdges = ExcludedEdges(-1)

    @property
    def neighbours(self) -> Neighbours:
        """The coauthors of people."""
        return self.reader.neighbours

    def steps(self, rows: Rows) -> tuple[Places, Rows, Lengths]:
        """(place among `rows`, whom it leads to, how long the step is) for every step from some people, by place."""
        lists = self.neighbours(rows, "weight")
        if self.barred.others:
            lists = lists.keep(self._open(rows, lists))
        weights: Weights = lists.beside["weight"]  # type: ignore[assignment]
        return lists.groups, lists.rows, lengths(weights)

    def _open(self, rows: Rows, lists: Lists) -> Flags:
        """Which steps may be taken."""
        neighbours, far, others = rows[lists.groups], lists.rows, np.fromiter(self.barred.others, np.int32)
        there = (neighbours == self.barred.row) & np.isin(far, others)
        back = (far == self.barred.row) & np.isin(neighbours, others)
        open_: Flags = ~(there | back)
        return open_

    def spend(self, looked_at: int) -> None:
        """Raises BudgetExceeded where so many people are too many, OutOfTime where nobody waits."""
        checkpoint()
        if looked_at > self.budget:
            raise BudgetExceeded

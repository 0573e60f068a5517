"""What a store offers for small batches where its data lies in this process: readers bound once to what a plan asks.

Rows are Python ints and columns Python lists. An array costs a microsecond or more before it holds anything, which is more than
most small answers cost as a whole; from some hundreds of rows on, the batched methods of the store are cheaper.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Protocol, TypeAlias

import numpy as np

from byline.graph.model import Kind
from byline.graph.request import Hop, Key, Select
from byline.graph.store.answers import Rows, SnapshotInfo

# From rows to columns, each with their values in the same order.
Reader: TypeAlias = Callable[[Sequence[int]], list[list[Any]]]


@dataclass(frozen=True, slots=True)
class Wants:
    """What is asked of pages beside their rows, the selection's values and totals."""

    flags: bool = False
    edge_rows: bool = False


class Batch(list[int]):
    """Rows beside the array that they came from: what reads many of them reads that."""

    __slots__ = ("array",)
    array: Rows


def batch(array: Rows) -> Batch:
    """The rows of an array."""
    rows = Batch(array.tolist())
    rows.array = array
    return rows


def array_of(rows: Sequence[Any]) -> Rows:
    """Rows, or pairs of rows, as an array."""
    return rows.array if isinstance(rows, Batch) else np.array(rows, np.int32)


def picked(values: Any, places: Sequence[Any]) -> list[Any]:
    """The values at some places: all in one call, which takes two thirds of the time of a step of the interpreter for each."""
    return list(itemgetter(*places)(values)) if len(places) > 1 else [values[place] for place in places]


@dataclass(slots=True)
class Pages:
    """`protocol.Ragged` in Python lists: list i is `rows[ends[i]:ends[i + 1]]`.

    Only what is asked for is there: `totals` and `values` by the selection; `has_next`, `has_previous` and, on the two
    authorship hops, `edge_rows` by `Wants`. Who asks notes in `sources` and `asked` what the lists start from and what was asked.
    """

    rows: list[int]
    ends: list[int]
    has_next: list[bool] = field(default_factory=list)
    has_previous: list[bool] = field(default_factory=list)
    edge_rows: list[int] | None = None
    values: dict[str, list[Any]] = field(default_factory=dict)
    totals: list[int] = field(default_factory=list)
    sources: Sequence[Any] = ()
    args: Any = None


# From source rows (pairs of rows, for pair hops) to one list each.
Lister: TypeAlias = Callable[[Sequence[Any]], Pages]


class SmallReads(Protocol):
    """The same answers as the store's own methods. Nothing here waits, and what is given back must not be changed."""

    info: SnapshotInfo
    # What others keep that was made of this store, and that goes with it.
    beside: dict[Any, Any]

    def finder(self, kind: Kind) -> Callable[[Key], int]:
        """From a key to its row, as `lookup`: MISSING or AMBIGUOUS included."""

    def reader(self, kind: Kind, names: Sequence[str]) -> Reader:
        """Columns of nodes, as `values`."""

    def brief(self, kind: Kind, names: Sequence[str]) -> bool:
        """Whether the values of columns are short: numbers, days, names, titles and ids."""

    def lister(self, hop: Hop, select: Select, wants: Wants) -> Lister:
        """The far ends of a hop, as `expand`, with no more beside them than is wanted."""

    def find(self, kind: Kind, select: Select, wants: Wants) -> Pages:
        """A root list, as the store's `find`, with no more beside it than is wanted."""

"""What a store offers for small batches where its data lies in this process: readers bound once to what a plan asks.

Rows are Python ints and columns Python lists. An array costs a microsecond or more before it holds anything, which is more than
most small answers cost as a whole; from some hundreds of rows on, the batched methods of the store are cheaper.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from graph.model import Kind
from graph.store.protocol import SnapshotInfo
from graph.where import Hop, Key, Select

# From rows to their values, in the same order.
Reader: TypeAlias = Callable[[Sequence[int]], list[Any]]


@dataclass(slots=True)
class Pages:
    """`protocol.Ragged` in Python lists: list i is `rows[ends[i]:ends[i + 1]]`.

    Only what the selection asks for is there: `totals`, and `values` of the hop; `has_next` and `has_previous` where flags
    were asked for; `edge_rows` on the two authorship hops.
    """

    rows: list[int]
    ends: list[int]
    has_next: list[bool] = field(default_factory=list)
    has_previous: list[bool] = field(default_factory=list)
    edge_rows: list[int] | None = None
    values: dict[str, list[Any]] = field(default_factory=dict)
    totals: list[int] = field(default_factory=list)


# From source rows (pairs of rows, for pair hops) to one list each.
Lister: TypeAlias = Callable[[Sequence[Any]], Pages]


class Direct(Protocol):
    """The same answers as the store's own methods. Nothing here waits, and what is given back must not be changed."""

    info: SnapshotInfo

    def finder(self, kind: Kind) -> Callable[[Key], int]:
        """From a key to its row, as `lookup`: MISSING or AMBIGUOUS included."""

    def reader(self, kind: Kind, name: str) -> Reader:
        """One column of nodes, as `values`."""

    def lister(self, hop: Hop, select: Select, flags: bool) -> Lister:
        """The far ends of a hop, as `expand`. Where `flags` is false nobody asks whether a list goes on."""

    def find(self, kind: Kind, select: Select) -> Pages:
        """A root list, as the store's `find`."""

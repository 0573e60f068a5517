"""Run: one execution of a plan, and what its operators read rows for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from byline.graph.model import Kind
from byline.graph.query.slots import Slot
from byline.graph.request import Hop, Key
from byline.graph.store.protocol import Offsets, Rows, Store

# A key that named no node: where its node is missing in the answer, of which kind it is wanted (any where None), and the key.
Unresolved = tuple[tuple[str | int, ...], Kind | None, Key]


@dataclass
class Run:
    """One execution: the store, the values of the slots, how many objects were found so far, the keys that named none, and
    whether only rows can show the answer: nodes of several kinds in one list, or a selection of which nothing is shown."""

    store: Store
    bound: Sequence[Any]
    objects: int = 0
    requires_rows: bool = False
    unresolved: list[Unresolved] = field(default_factory=list)

    def value(self, value_or_slot: Any) -> Any:
        """A settled value, or that of a slot."""
        return self.bound[value_or_slot.at] if isinstance(value_or_slot, Slot) else value_or_slot


@dataclass(frozen=True)
class NodeRows:
    """Rows of a kind, for which members of nodes are read. The papers that metrics count are those of a `scope`."""

    kind: Kind
    rows: Rows
    scope: Any = None


@dataclass
class EntryRows:
    """Entries of lists laid end to end: their far ends, where each list begins, the rows that the lists start from, the hop that
    led there, and the rows of the edges."""

    rows: Rows
    offsets: Offsets
    sources: Rows | None = None
    hop: Hop | None = None
    edge_rows: Rows | None = None

    @cached_property
    def pairs(self) -> Rows:
        """The two ends of each entry."""
        assert self.sources is not None
        return np.stack([np.repeat(self.sources, np.diff(self.offsets)), self.rows], axis=1).astype(np.int32)

"""The columnar store for small batches: plain loops over the mapped buffers, without an array on the way."""

from collections.abc import Callable, Sequence
from typing import Any

from byline.graph.model import Kind
from byline.graph.request import Hop, Key, Select
from byline.graph.store.columnar.mapped.readers import listed
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.read.expansion import Expansion
from byline.graph.store.columnar.read.id_rows import IdRows
from byline.graph.store.columnar.read.list_prefix import has_prefix, unkept
from byline.graph.store.columnar.read.lookups import lookup
from byline.graph.store.columnar.read.small_list_prefix import SmallListPrefix
from byline.graph.store.protocol import Ragged, SnapshotInfo
from byline.graph.store.small import Lister, Pages, Reader, Wants, array_of, batch


class ColumnarSmallReads:
    """`byline.graph.store.small.SmallReads` over a memory-mapped snapshot."""

    def __init__(self, snapshot: Snapshot, info: SnapshotInfo, expansion: Expansion, ids: IdRows) -> None:
        self.info = info
        self.beside: dict[Any, Any] = {}
        self._snapshot = snapshot
        self._ids = ids
        # For what has no short way here.
        self._expansion = expansion

    def finder(self, kind: Kind) -> Callable[[Key], int]:
        """See Direct."""
        snapshot, of_id = self._snapshot, self._ids.finder(kind)
        return lambda key: of_id(key.value) if key.by == "id" else lookup(snapshot, kind, key)

    def reader(self, kind: Kind, names: Sequence[str]) -> Reader:
        """See Direct."""
        return listed([self._snapshot.reader(kind, name) for name in names])

    def brief(self, kind: Kind, names: Sequence[str]) -> bool:
        """See Direct."""
        return all(self._snapshot.reader(kind, name).brief for name in names)

    def lister(self, hop: Hop, select: Select, wants: Wants) -> Lister:
        """See Direct."""
        expand = self._expansion.expand

        def general(rows: Sequence[Any]) -> Pages:
            return as_lists(expand(hop, array_of(rows), select), wants)

        if not has_prefix(self._snapshot, hop, select):
            return general
        short = SmallListPrefix(self._snapshot, hop, select, wants).lister(general)
        if others := unkept(self._snapshot, hop.edge):
            return lambda rows: short(rows) if others.isdisjoint(rows) else general(rows)
        return short

    def find(self, kind: Kind, select: Select, wants: Wants) -> Pages:
        """See Direct."""
        return as_lists(self._expansion.find(kind, select), wants)


def as_lists(ragged: Ragged, wants: Wants) -> Pages:
    """The same in Python lists."""
    return Pages(
        batch(ragged.rows),
        ragged.offsets.tolist(),
        ragged.has_next.tolist() if wants.flags else [],
        ragged.has_previous.tolist() if wants.flags else [],
        ragged.edge_rows.tolist() if wants.edge_rows and ragged.edge_rows is not None else None,
        {name: values.to_pylist() for name, values in ragged.values.items()},
        [] if ragged.totals is None else ragged.totals.tolist(),
    )

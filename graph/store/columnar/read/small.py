"""The columnar store for small batches: plain loops over the mapped buffers, without an array on the way."""

from collections.abc import Callable, Sequence
from typing import Any

from byline.graph.ids import ID_LENGTH
from byline.graph.model import Kind
from byline.graph.request import Hop, Key, Select
from byline.graph.store.columnar.files.csr import NULL
from byline.graph.store.columnar.mapped.readers import Reader as Values
from byline.graph.store.columnar.mapped.readers import listed
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.read.expansion import Expansion
from byline.graph.store.columnar.read.id_lookup import resolve
from byline.graph.store.columnar.read.list_prefix import has_prefix, unkept
from byline.graph.store.columnar.read.lookups import lookup
from byline.graph.store.protocol import Ragged, SnapshotInfo
from byline.graph.store.small import Lister, Pages, Reader, Wants, array_of, batch

_SENTINEL = int(NULL)
# Sources from which gathering all places in arrays costs less than a loop over them.
_FEW = 64
_AUTHORSHIPS = ("paper_authors", "author_papers")


class ColumnarSmallReads:
    """`byline.graph.store.small.SmallReads` over a memory-mapped snapshot."""

    def __init__(self, snapshot: Snapshot, info: SnapshotInfo, expansion: Expansion) -> None:
        self.info = info
        self.beside: dict[Any, Any] = {}
        self._snapshot = snapshot
        # For what has no short way here.
        self._expansion = expansion

    def finder(self, kind: Kind) -> Callable[[Key], int]:
        """See Direct."""
        snapshot, ids = self._snapshot, self._snapshot.ids(kind)
        search = ids.searchsorted
        size = len(ids)

        def find(key: Key) -> int:
            if key.by != "id":
                return lookup(snapshot, kind, key)
            text = key.value
            if len(text) == ID_LENGTH and text.isascii():
                wanted = text.encode()
                place = int(search(wanted))
                if place < size and ids[place] == wanted:
                    return place
            return int(resolve(snapshot, kind, [text])[0])

        return find

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
        short = _Heads(self._snapshot, hop, select, wants).read
        if others := unkept(self._snapshot, hop.edge):
            return lambda rows: short(rows) if len(rows) < _FEW and others.isdisjoint(rows) else general(rows)
        return lambda rows: short(rows) if len(rows) < _FEW else general(rows)

    def find(self, kind: Kind, select: Select, wants: Wants) -> Pages:
        """See Direct."""
        return as_lists(self._expansion.find(kind, select), wants)


def as_lists(found: Ragged, wants: Wants) -> Pages:
    """The same in Python lists."""
    return Pages(
        batch(found.rows),
        found.offsets.tolist(),
        found.has_next.tolist() if wants.flags else [],
        found.has_previous.tolist() if wants.flags else [],
        found.edge_rows.tolist() if wants.edge_rows and found.edge_rows is not None else None,
        {name: values.to_pylist() for name, values in found.values.items()},
        [] if found.totals is None else found.totals.tolist(),
    )


class _Heads:
    """Pages from the head of lists that lie, or are kept, in the order asked for."""

    def __init__(self, snapshot: Snapshot, hop: Hop, select: Select, wants: Wants) -> None:
        csr, name = snapshot.csr[hop.edge.name], hop.edge.name
        kept = snapshot.places(name, select.order)
        beside = snapshot.edge_values.get(name, {})
        self._offsets, self._targets = csr.offsets.data, csr.targets.data
        self._kept = None if kept is None else kept.data
        self._first = len(csr.targets) if select.page.first is None else select.page.first
        self._flags, self._total = wants.flags, select.total
        self._authorship = beside["authorship"].data if "authorship" in beside else None
        self._values = [(value, *_value_reader(snapshot, beside, value)) for value in select.values]
        self._edge_rows = name in _AUTHORSHIPS and (wants.edge_rows or bool(select.values))

    @property
    def read(self) -> Lister:
        """What reads the pages. Not kept here: it holds this object, and the two would keep their maps open."""
        return self._with_values if self._values or self._edge_rows else self._rows_only

    def _rows_only(self, sources: Sequence[int]) -> Pages:
        """The page of each row, of which only rows are shown."""
        offsets, targets, first = self._offsets, self._targets, self._first
        kept = self._kept
        rows: list[int] = []
        ends = [0]
        for source in sources:
            start, stop = offsets[source], offsets[source + 1]
            if stop - start > first:
                stop = start + first
            if kept is None:
                rows += targets[start:stop].tolist()
            else:
                rows += [targets[place] for place in kept[start:stop].tolist()]
            ends.append(len(rows))
        return self._told(Pages(rows, ends), sources)

    def _with_values(self, sources: Sequence[int]) -> Pages:
        """The page of each row with what belongs to the entries of the hop."""
        offsets, targets, first, kept = self._offsets, self._targets, self._first, self._kept
        places: list[int] = []
        ends = [0]
        for source in sources:
            start, stop = offsets[source], offsets[source + 1]
            if stop - start > first:
                stop = start + first
            places += range(start, stop) if kept is None else kept[start:stop].tolist()
            ends.append(len(places))
        pages = Pages([targets[place] for place in places], ends)
        if self._edge_rows:
            known = self._authorship
            pages.edge_rows = places if known is None else [known[place] for place in places]
        for name, read, by_authorship in self._values:
            pages.values[name] = read(pages.edge_rows if by_authorship and pages.edge_rows is not None else places)
        return self._told(pages, sources)

    def _told(self, pages: Pages, sources: Sequence[int]) -> Pages:
        if self._total or self._flags:
            offsets = self._offsets
            lengths = [offsets[source + 1] - offsets[source] for source in sources]
            if self._total:
                pages.totals = lengths
            if self._flags:
                pages.has_next = [length > self._first for length in lengths]
                pages.has_previous = [False] * len(lengths)
        return pages


def _value_reader(snapshot: Snapshot, beside: dict[str, Any], name: str) -> tuple[Values, bool]:
    """What reads a value of the hop, and whether it lies with the authorships instead of beside the entries."""
    if name not in beside:
        return snapshot.reader(Kind.AUTHORSHIP, name).few, True
    data = beside[name].data
    if beside[name].dtype.kind == "f":
        return lambda places: [data[place] for place in places], False
    return lambda places: [None if (value := data[place]) == _SENTINEL else value for place in places], False

"""List prefixes for small batches: pages from the head of lists that lie, or are kept, in the order asked for."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from byline.graph.model import Kind
from byline.graph.request import Hop, Select
from byline.graph.store.columnar.files.csr import NULL
from byline.graph.store.columnar.mapped.readers import Reader
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.small import Lister, Pages, Wants, array_of, batch, picked

_SENTINEL = int(NULL)
# Sources from which gathering all places in arrays costs less than a loop over them. Over and over it does from some 20 on; after
# something else, as a server asks, the calls of numpy cost twice as much.
_FEW = 64
_AUTHORSHIPS = ("paper_authors", "author_papers")


class SmallListPrefix:
    """How such pages are read: worked out once for a selection, then used for any rows."""

    def __init__(self, snapshot: Snapshot, hop: Hop, select: Select, wants: Wants) -> None:
        csr, name = snapshot.csr[hop.edge.name], hop.edge.name
        beside = snapshot.edge_values.get(name, {})
        self._csr, self._order = csr, snapshot.places(name, select.order)
        self._offsets, self._targets = csr.offsets.data, csr.targets.data
        self._order_data = None if self._order is None else self._order.data
        self._first = len(csr.targets) if select.page.first is None else select.page.first
        self._flags, self._total = wants.flags, select.total
        self._shows_lengths = self._flags or self._total
        self._authorship = beside["authorship"].data if "authorship" in beside else None
        self._values = [(value, *_value_reader(snapshot, beside, value)) for value in select.values]
        self._edge_rows = name in _AUTHORSHIPS and (wants.edge_rows or bool(select.values))

    def lister(self, general: Lister) -> Lister:
        """What reads the pages, by the number of rows; `general` reads many that have values. Not kept here: it holds this
        object, and the two would keep their maps open."""
        short, long = (self._with_values, general) if self._values or self._edge_rows else (self._rows_only, self._gathered)
        return lambda rows: short(rows) if len(rows) < _FEW else long(rows)

    def _gathered(self, sources: Sequence[int]) -> Pages:
        """The page of each row, of which only rows are shown, by arrays."""
        places: npt.NDArray[np.integer]
        places, ends, lengths = self._csr.heads(array_of(sources), self._first)
        if self._order is not None:
            places = self._order.take(places)
        pages = Pages(batch(self._csr.targets.take(places)), [0, *ends.tolist()])
        if self._shows_lengths:
            self._fill_lengths(pages, lengths.tolist())
        return pages

    def _rows_only(self, sources: Sequence[int]) -> Pages:
        """The page of each row, of which only rows are shown."""
        offsets, first, order = self._offsets, self._first, self._order_data
        lists = self._targets if order is None else order
        entries: list[int] = []
        ends = [0]
        for source in sources:
            start, stop = offsets[source], offsets[source + 1]
            if stop - start > first:
                stop = start + first
            entries += lists[start:stop].tolist()
            ends.append(len(entries))
        pages = Pages(entries if order is None else picked(self._targets, entries), ends)
        if self._shows_lengths:
            self._fill_lengths(pages, [offsets[source + 1] - offsets[source] for source in sources])
        return pages

    def _with_values(self, sources: Sequence[int]) -> Pages:
        """The page of each row with what belongs to the entries of the hop."""
        offsets, first, order = self._offsets, self._first, self._order_data
        places: list[int] = []
        ends = [0]
        for source in sources:
            start, stop = offsets[source], offsets[source + 1]
            if stop - start > first:
                stop = start + first
            places += range(start, stop) if order is None else order[start:stop].tolist()
            ends.append(len(places))
        pages = Pages(picked(self._targets, places), ends)
        if self._edge_rows:
            authorship = self._authorship
            pages.edge_rows = places if authorship is None else [authorship[place] for place in places]
        for name, read, by_authorship in self._values:
            pages.values[name] = read(pages.edge_rows if by_authorship and pages.edge_rows is not None else places)
        if self._shows_lengths:
            self._fill_lengths(pages, [offsets[source + 1] - offsets[source] for source in sources])
        return pages

    def _fill_lengths(self, pages: Pages, lengths: list[int]) -> None:
        if self._total:
            pages.totals = lengths
        if self._flags:
            pages.has_next = [length > self._first for length in lengths]
            pages.has_previous = [False] * len(lengths)


def _value_reader(snapshot: Snapshot, beside: dict[str, Any], name: str) -> tuple[Reader, bool]:
    """What reads a value of the hop, and whether it lies with the authorships instead of beside the entries."""
    if name not in beside:
        return snapshot.reader(Kind.AUTHORSHIP, name).few, True
    data = beside[name].data
    if beside[name].dtype.kind == "f":
        return lambda places: [data[place] for place in places], False
    return lambda places: [None if (value := data[place]) == _SENTINEL else value for place in places], False

"""Pages from the head of lists that lie, or are kept, in the order asked for: the commonest question, at the cost of what it
shows."""

import numpy as np
import numpy.typing as npt

from byline.graph.model import COAUTHORS, Edge
from byline.graph.request import EVERYTHING, Hop, Select, Window
from byline.graph.store.columnar.files.ragged import Lists
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.read.hops import SPECIAL, STEPS, is_stored_in
from byline.graph.store.columnar.read.paging import hop_values
from byline.graph.store.protocol import Ragged, Rows


def has_prefix(snapshot: Snapshot, hop: Hop, select: Select) -> bool:
    """Whether a page of a hop can be read from the heads of its lists: nothing filters, cuts or has to be sorted."""
    page, name = select.page, hop.edge.name
    if name in SPECIAL or name in STEPS or hop.window not in (None, Window()) or select.where != EVERYTHING:
        return False
    if page.after is not None or page.before is not None or page.last is not None:
        return False
    return is_stored_in(hop.edge, select.order) or snapshot.places(name, select.order) is not None


def unkept(snapshot: Snapshot, edge: Edge) -> frozenset[int]:
    """The rows of which an edge has no kept lists, though there are some."""
    return snapshot.coauthors.unkept if edge is COAUTHORS else frozenset()


class ListPrefix:
    """How such a page is read: worked out once for a selection, then used for any rows."""

    def __init__(self, snapshot: Snapshot, hop: Hop, select: Select) -> None:
        self.hop = hop
        self.select = select
        self._snapshot = snapshot
        self._csr = snapshot.csr[hop.edge.name]
        self._order_places = snapshot.places(hop.edge.name, select.order)
        self._beside = snapshot.edge_values.get(hop.edge.name, {})
        self._unkept = unkept(snapshot, hop.edge)
        self._edges = hop.edge.name in ("paper_authors", "author_papers") and (select.edges or bool(select.values))

    def has_lists_of(self, rows: Rows) -> bool:
        """Whether the lists of all these rows are kept."""
        return not self._unkept or self._unkept.isdisjoint(rows.tolist())

    def read(self, rows: Rows) -> Ragged:
        """The page of each row. Their lists must be kept."""
        if len(rows) == 1 and not self.select.values:
            return self._single(int(rows[0]))
        first = self.select.page.first
        places: npt.NDArray[np.integer]
        places, ends, lengths = self._csr.heads(rows, first)
        if self._order_places is not None:
            places = self._order_places.take(places)
        offsets = np.zeros(len(rows) + 1, np.int64)
        offsets[1:] = ends
        none = np.zeros(len(rows), np.bool_)
        ragged = Ragged(offsets, self._csr.targets.take(places), none if first is None else lengths > first, none)
        if self._edges:
            authorship = self._beside.get("authorship")
            ragged.edge_rows = places.astype(np.int32, copy=False) if authorship is None else authorship.take(places)
        if self.select.total:
            ragged.totals = lengths
        if self.select.values:
            beside = {name: values[places] for name, values in self._beside.items()}
            if ragged.edge_rows is not None:
                beside["authorship"] = ragged.edge_rows
            lists = Lists(offsets, ragged.rows, beside)
            ragged.values = {name: hop_values(self._snapshot, lists, name) for name in self.select.values}
        return ragged

    def _single(self, row: int) -> Ragged:
        """The page of one row, without values of the hop: slices instead of gathered places."""
        start, stop = int(self._csr.offsets[row]), int(self._csr.offsets[row + 1])
        first, length = self.select.page.first, stop - start
        here = slice(start, stop if first is None else min(stop, start + first))
        place = here if self._order_places is None else self._order_places[here]
        ragged = Ragged(
            np.array([0, here.stop - start]),
            self._csr.targets[place],
            np.array([here.stop < stop]),
            np.zeros(1, np.bool_),
        )
        if self._edges:
            authorship = self._beside.get("authorship")
            ragged.edge_rows = np.arange(start, here.stop, dtype=np.int32) if authorship is None else authorship[place]
        if self.select.total:
            ragged.totals = np.array([length])
        return ragged

"""Root lists and the lists of hops, page by page: what the protocol's `find` and `expand` answer."""

import numpy as np

from byline.graph.model import Kind
from byline.graph.request import EVERYTHING, Hop, Select
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.read.edge_conditions import entries_fit
from byline.graph.store.columnar.read.hops import follow, is_stored_in
from byline.graph.store.columnar.read.list_prefix import ListPrefix, has_prefix
from byline.graph.store.columnar.read.paging import arranged, hop_values, page
from byline.graph.store.columnar.read.roots import find
from byline.graph.store.protocol import Ragged, Rows

# Ways to read the heads of lists that are kept, one a selection of a plan.
_MAX_PREFIXES = 4096


class Expansion:
    """Lists of one snapshot. It does not know the store that asks it, so that neither is part of a cycle: an open snapshot goes
    with its last request, and not only when the collector comes round."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._heads: dict[int, ListPrefix] = {}

    def find(self, kind: Kind, select: Select) -> Ragged:
        """See `Store.find`."""
        cut, total = find(self._snapshot, kind, select)
        totals = None if total is None else np.array([total], np.int64)
        return Ragged(cut.lists.offsets, cut.lists.rows, cut.has_next, cut.has_previous, totals=totals)

    def expand(self, hop: Hop, rows: Rows, select: Select) -> Ragged:
        """See `Store.expand`."""
        how = self._heads.get(id(select))
        # A plan asks with the very same selection each time; holding it here keeps its id from being given to another.
        if how is not None and how.select is select and how.hop is hop and how.has_lists_of(rows):
            return how.read(rows)
        snapshot, edge = self._snapshot, hop.edge
        if has_prefix(snapshot, hop, select):
            if len(self._heads) >= _MAX_PREFIXES:
                self._heads.clear()
            how = self._heads[id(select)] = ListPrefix(snapshot, hop, select)
            if how.has_lists_of(rows):
                return how.read(rows)
        lists = follow(snapshot, edge, rows, hop.window, hop.distance)
        if select.where != EVERYTHING:
            lists = lists.keep(entries_fit(snapshot, edge, lists, select.where))
        totals = np.diff(lists.offsets) if select.total else None
        if not is_stored_in(edge, select.order):
            tie = lists.beside["authorship"] if edge.name == "paper_authors" else lists.rows
            cut = arranged(snapshot, edge.target, lists, select.order, tie, select.page)  # type: ignore[arg-type]
        else:
            cut = page(snapshot, edge.target, lists, select.order, select.page)
        values = {name: hop_values(snapshot, cut.lists, name) for name in select.values}
        edge_rows = cut.lists.beside.get("authorship")
        return Ragged(cut.lists.offsets, cut.lists.rows, cut.has_next, cut.has_previous, edge_rows, values, totals)  # type: ignore[arg-type]

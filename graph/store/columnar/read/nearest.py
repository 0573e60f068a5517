"""The head of one long list in an order that is not kept: its few smallest entries, without sorting the list."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from byline.graph.model import Kind
from byline.graph.request import Order, Page
from byline.graph.store.columnar.files.csr import Places, ends_of
from byline.graph.store.columnar.files.orders import Keys, after
from byline.graph.store.columnar.files.ragged import Lists
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.read.paging import Cut, arranged, bounds_of, keys_of
from byline.graph.store.columnar.read.smallest import smallest
from byline.graph.store.protocol import Rows


def nearest(snapshot: Snapshot, kind: Kind, rows: Rows, order: Sequence[Order], cut: Page) -> Cut:
    """The page of `rows`, which ascend: the `first` of them behind `after`; `last` and `before` are not asked for."""
    assert cut.first is not None
    keys: list[Keys] = keys_of(snapshot, kind, Lists(ends_of(np.array([len(rows)])), rows), order)
    left: Places | None = None
    if cut.after is not None:
        beyond = after([*keys, rows.astype(np.int64) * 2], bounds_of(snapshot, kind, order, cut.after))
        left = np.flatnonzero(beyond)
    skipped = left is not None and len(left) < len(rows)
    nearest_rows = rows[np.sort(smallest(keys, left, len(rows), cut.first + 1))]
    lists = Lists(ends_of(np.array([len(nearest_rows)])), nearest_rows)
    page = arranged(snapshot, kind, lists, order, lists.rows, Page(cut.first))
    return replace(page, has_previous=np.array([skipped]))

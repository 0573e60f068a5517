"""Root lists: all nodes of a kind, read along a sorted permutation so that a page does not cost a sort."""

import numpy as np

from byline.graph.model import Kind
from byline.graph.request import EVERYTHING, All, Compare, Identified, Op, Select, Where
from byline.graph.store.columnar.files.csr import ends_of
from byline.graph.store.columnar.files.orders import after, name_of
from byline.graph.store.columnar.files.ragged import Lists
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.read.conditions import LARGE, fits, full_scan, mask
from byline.graph.store.columnar.read.id_lookup import resolve
from byline.graph.store.columnar.read.identified import bearers
from byline.graph.store.columnar.read.list_counts import STRETCH
from byline.graph.store.columnar.read.nearest import nearest
from byline.graph.store.columnar.read.paging import Cut, arranged, bounds_of, keys_of
from byline.graph.store.protocol import Flags, Rows

# Rows that are tested at once while looking for a page along a permutation: fewer cost as much, each step being some ten calls.
_CHUNK = 1024


def find(snapshot: Snapshot, kind: Kind, select: Select) -> tuple[Cut, int | None]:
    """The page of all nodes of a kind that fit, and how many fit where the total is asked for."""
    few = _named(snapshot, kind, select.where)
    if few is not None:
        fitting_few = few if isinstance(select.where, Identified) else few[mask(snapshot, kind, select.where, few)]
        return _sorted(snapshot, kind, select, fitting_few)
    along = snapshot.arrays.get(f"orders/{name_of(kind, select.order)}")
    if along is None and not select.order:
        along = np.arange(snapshot.size(kind), dtype=np.int32)
    if along is None or select.page.last is not None:
        if select.where == EVERYTHING:
            return _sorted(snapshot, kind, select, np.arange(snapshot.size(kind), dtype=np.int32))
        return _sorted(snapshot, kind, select, np.flatnonzero(full_scan(snapshot, kind, select.where)).astype(np.int32))
    fitting = _Fitting(snapshot, kind, select.where)
    total = None
    if select.total:
        total = len(along) if select.where == EVERYTHING else int(np.count_nonzero(fitting.all))
    return _scan(snapshot, kind, select, along, fitting), total


def _named(snapshot: Snapshot, kind: Kind, where: Where) -> Rows | None:
    """The rows that a condition on an id leaves, or None where there is no such condition."""
    parts = where.parts if isinstance(where, All) else (where,)
    for part in parts:
        if isinstance(part, Compare) and part.column == "id":
            ids = part.value if part.op is Op.IN and isinstance(part.value, tuple) else (part.value,)
            rows = np.unique(resolve(snapshot, kind, [str(value) for value in ids]))
            return rows[rows >= 0]
        if isinstance(part, Identified) and part.op is not Op.EXISTS:
            return bearers(snapshot, kind, part)
    return None


def _sorted(snapshot: Snapshot, kind: Kind, select: Select, rows: Rows) -> tuple[Cut, int | None]:
    total, cut = len(rows) if select.total else None, select.page
    if cut.first is not None and cut.last is None and cut.before is None and len(rows) > LARGE:
        return nearest(snapshot, kind, rows, select.order, cut), total
    lists = Lists(ends_of(np.array([len(rows)])), rows)
    return arranged(snapshot, kind, lists, select.order, lists.rows, cut), total


def _scan(snapshot: Snapshot, kind: Kind, select: Select, along: Rows, fitting: "_Fitting") -> Cut:
    start = _start(snapshot, kind, select, along, select.page.after)
    stop = _start(snapshot, kind, select, along, select.page.before, include=True)
    wanted = len(along) if select.page.first is None else select.page.first
    fitting_rows = fitting.first(along[start:stop], wanted + 1)
    behind = np.array([len(fitting_rows) > wanted or (stop is not None and len(fitting.first(along[stop:], 1)) > 0)])
    before = np.array([bool(start) and len(fitting.first(along[:start], 1)) > 0])
    rows = fitting_rows[:wanted]
    return Cut(Lists(ends_of(np.array([len(rows)])), rows), behind, before)


def _start(
    snapshot: Snapshot,
    kind: Kind,
    select: Select,
    along: Rows,
    cursor: tuple[object, ...] | None,
    include: bool = False,
) -> int | None:
    """Where along the permutation the entries after a cursor begin (with `include`, those at or after it)."""
    if cursor is None:
        return None
    bounds = bounds_of(snapshot, kind, select.order, cursor)  # type: ignore[arg-type]
    low, high = 0, len(along)
    while low < high:
        middle = (low + high) // 2
        one = Lists(np.array([0, 1]), along[middle : middle + 1])
        keys = [*keys_of(snapshot, kind, one, select.order), one.rows.astype(np.int64) * 2]
        beyond = bool(after(keys, bounds)[0]) or (
            include and all(key[0] == bound for key, bound in zip(keys, bounds, strict=True))
        )
        low, high = (low, middle) if beyond else (middle + 1, high)
    return low


class _Fitting:
    """The rows that fit, found along a permutation: near its head one by one, else by reading all of the columns once."""

    def __init__(self, snapshot: Snapshot, kind: Kind, where: Where) -> None:
        self._snapshot, self._kind, self._where = snapshot, kind, where
        self._scanned: Flags | None = None

    @property
    def all(self) -> Flags:
        """Of every row whether it fits."""
        if self._scanned is None:
            self._scanned = full_scan(self._snapshot, self._kind, self._where)
        return self._scanned

    def first(self, along: Rows, wanted: int) -> Rows:
        """The first `wanted` rows that fit, in growing chunks: a page near the head does not look at the rest."""
        if self._where == EVERYTHING:
            return along[:wanted]
        parts, count, at, size = [], 0, 0, max(_CHUNK, 4 * wanted)
        while at < len(along) and count < wanted:
            chunk = along[at : at + size]
            parts.append(chunk[self._which(chunk, at)])
            count, at, size = count + len(parts[-1]), at + size, min(size * 4, STRETCH)
        return np.concatenate(parts)[:wanted] if parts else along[:0]

    def _which(self, chunk: Rows, looked: int) -> Flags:
        if self._scanned is None and looked < LARGE:
            return fits(self._snapshot, self._kind, self._where, chunk)
        return self.all[chunk]

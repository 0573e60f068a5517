"""Order and page: ragged lists sorted by keys, cut by cursors, trimmed by first and last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from byline.graph.errors import BadCursor
from byline.graph.model import Kind
from byline.graph.request import Cursor, Order, Page, Scalar
from byline.graph.store.columnar.files.csr import nullable
from byline.graph.store.columnar.files.orders import LAST, Keys, after, number_keys, text_keys
from byline.graph.store.columnar.files.ragged import Lists
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.read.list_counts import per_list
from byline.graph.store.columnar.read.smallest import of_each, worth
from byline.graph.store.protocol import Flags, Offsets, Rows

# Values of a hop that are no numbers: columns of the authorships that it goes through.
OF_AUTHORSHIPS = ("name_as_printed", "corresponding", "country_codes")
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Cut:
    """Paged lists, and whether each goes on behind and before."""

    lists: Lists
    has_next: Flags
    has_previous: Flags


def arranged(snapshot: Snapshot, kind: Kind, lists: Lists, order: Sequence[Order], tie: Rows, cut: Page) -> Cut:
    """The page of each list, by the keys of the order, then by `tie`. Long lists of which few are shown are not sorted whole."""
    keys = keys_of(snapshot, kind, lists, order)
    headed = cut.after is None and cut.before is None and cut.last is None
    # One more than the page holds tells that a list goes on.
    if cut.first is not None and headed and worth(lists.offsets, cut.first + 1) and _rising(tie, lists.offsets):
        places = of_each(keys, lists.offsets, cut.first + 1)
        lists = lists.chosen(places, np.minimum(np.diff(lists.offsets), cut.first + 1))
        keys, tie = [key[places] for key in keys], tie[places]
    return page(snapshot, kind, lists.reorder(np.lexsort((tie, *reversed(keys), lists.groups))), order, cut)


def _rising(tie: Rows, offsets: Offsets) -> bool:
    """Whether each list lies in the order of `tie`, so that of equal entries the first comes first."""
    rising = tie[1:] > tie[:-1]
    starts = offsets[1:-1]
    rising[starts[(starts > 0) & (starts < len(tie))] - 1] = True
    return bool(rising.all())


def keys_of(snapshot: Snapshot, kind: Kind, lists: Lists, order: Sequence[Order]) -> list[Keys]:
    """One key array an order key, ascending."""
    return [_key(snapshot, kind, lists, key) for key in order]


def _key(snapshot: Snapshot, kind: Kind, lists: Lists, order: Order) -> Keys:
    if order.on_edge:
        return number_keys(edge_values(snapshot, lists, order.column), order.descending)
    if (ranks := snapshot.arrays.get(f"orders/{kind}.{order.column}.rank")) is not None:
        return text_keys(ranks[lists.rows], order.descending)
    return number_keys(snapshot.numbers(kind, order.column)[lists.rows], order.descending)


def edge_values(snapshot: Snapshot, lists: Lists, name: str) -> Keys:
    """A value of the hop beside its entries; that of an authorship is read from its row."""
    if name in lists.beside:
        return lists.beside[name]  # type: ignore[return-value]
    of_authorships: Keys = snapshot.numbers(Kind.AUTHORSHIP, name)[lists.beside["authorship"]]
    return of_authorships


def page(snapshot: Snapshot, kind: Kind, lists: Lists, order: Sequence[Order], cut: Page) -> Cut:
    """The stretch of each list that Relay's rules leave: cut by after and before, then trimmed to first, then to last."""
    nobody = np.zeros(len(lists.offsets) - 1, np.bool_)
    has_next = has_previous = nobody
    if cut.after is not None or cut.before is not None:
        within = np.ones(len(lists.rows), np.bool_)
        keys = [*keys_of(snapshot, kind, lists, order), lists.rows.astype(np.int64) * 2]
        if cut.after is not None:
            beyond = after(keys, bounds_of(snapshot, kind, order, cut.after))
            has_previous, within = per_list(~beyond, lists.offsets) > 0, within & beyond
        if cut.before is not None:
            short = after([-key for key in keys], [-bound for bound in bounds_of(snapshot, kind, order, cut.before)])
            has_next, within = per_list(~short, lists.offsets) > 0, within & short
        lists = lists.keep(within)
    if cut.first is not None:
        has_next = has_next | (np.diff(lists.offsets) > cut.first)
        lists = lists.head(cut.first)
    if cut.last is not None:
        has_previous = has_previous | (np.diff(lists.offsets) > cut.last)
        lists = lists.tail(cut.last)
    return Cut(lists, has_next, has_previous)


def bounds_of(snapshot: Snapshot, kind: Kind, order: Sequence[Order], cursor: Cursor) -> list[float | int]:
    """A cursor as one bound a key, the id last. Raises BadCursor."""
    if len(cursor) != len(order) + 1:
        raise BadCursor("The cursor belongs to another sort order", "use a cursor only with the arguments that returned it")
    keys = [_bound(snapshot, kind, key, value) for key, value in zip(order, cursor, strict=False)]
    return [*keys, place_of(snapshot.ids(kind), str(cursor[-1]).encode())]


def _bound(snapshot: Snapshot, kind: Kind, order: Order, value: Scalar) -> float | int:
    """A cursor's value as a key of its order."""
    if value is None:
        return LAST
    if not order.on_edge and f"orders/{kind}.{order.column}.rank" in snapshot.arrays:
        key: float | int = _text_bound(snapshot, kind, order.column, str(value))
    elif isinstance(value, date):
        key = value.toordinal() - _EPOCH
    elif isinstance(value, int | float):
        key = value
    else:
        raise BadCursor("The cursor belongs to another sort order", "use a cursor only with the arguments that returned it")
    return -key if order.descending else key


def _text_bound(snapshot: Snapshot, kind: Kind, column: str, text: str) -> int:
    """Twice the rank of a text, or between two ranks where it is not there: a search in the sorted permutation."""
    sorted_rows, texts = snapshot.arrays[f"orders/{kind}.{column}.asc"], snapshot.column(kind, column)
    ranks, wanted = snapshot.arrays[f"orders/{kind}.{column}.rank"], text.encode()
    low, high = 0, len(sorted_rows)
    while low < high:
        middle = (low + high) // 2
        if texts[int(sorted_rows[middle])].as_py().encode() < wanted:
            low = middle + 1
        else:
            high = middle
    if low == len(sorted_rows):
        return 2 * len(sorted_rows) + 1
    rank = 2 * int(ranks[sorted_rows[low]])
    return rank if texts[int(sorted_rows[low])].as_py() == text else rank - 1


def place_of(ids: np.ndarray, identifier: bytes) -> int:
    """Twice the row of an id, or the odd number between the rows where it would stand."""
    place = int(np.searchsorted(ids, identifier))
    return 2 * place if place < len(ids) and ids[place] == identifier else 2 * place - 1


def hop_values(snapshot: Snapshot, lists: Lists, name: str) -> pa.Array:
    """A value of the hop as the protocol gives it."""
    if name in OF_AUTHORSHIPS:
        return snapshot.column(Kind.AUTHORSHIP, name).take(pa.array(lists.beside["authorship"], pa.int32()))
    values = edge_values(snapshot, lists, name)
    return pa.array(values) if values.dtype.kind == "f" else nullable(values.astype(np.int32, copy=False))

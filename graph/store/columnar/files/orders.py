"""Orders: sorted permutations of the roots, ranks of texts, and the keys by which entries and cursors compare.

A key array compares ascending: descending numbers are negated, nulls get the largest key, texts stand as twice their rank so
that a cursor's text that is no longer there fits between two ranks.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from byline.graph.model import Column, Kind, columns_where
from byline.graph.request import NEWEST, Order
from byline.graph.store.columnar.files.csr import NULL, Numbers, data_of
from byline.graph.store.columnar.files.disk import Disk
from byline.graph.store.columnar.files.load import array
from byline.graph.store.columnar.files.pack import sorted_rows, tight

Keys = npt.NDArray[np.number]
LAST = 2**62


def name_of(kind: Kind, order: tuple[Order, ...]) -> str | None:
    """The name of the stored permutation for an order of one key, or the newest first; None where there is none."""
    if kind is Kind.PAPER and order == NEWEST:
        return "paper.newest"
    if len(order) == 1:
        return f"{kind}.{order[0].column}.{'desc' if order[0].descending else 'asc'}"
    return None


def write_orders(tables: dict[Kind, pa.Table], by_newest: Numbers, disk: Disk) -> dict[str, Numbers]:
    """Write every stored permutation and rank; answers the ranks, by name."""
    disk.save("orders/paper.newest", by_newest)
    ranks: dict[str, Numbers] = {}
    for kind in Kind:
        for name, column in columns_where(kind, "ordered").items():
            if not _is_text(column):
                _both(kind, name, data_of(tables[kind][name].chunk(0)), disk)
                continue
            ranked = f"{kind}.{name}.rank"
            ranks[ranked] = array(disk.save(f"orders/{ranked}", _ranks(tables[kind][name])))
            _both(kind, name, ranks[ranked], disk)
    return ranks


def _is_text(column: Column) -> bool:
    return bool(pa.types.is_string(column.dtype) or pa.types.is_large_string(column.dtype))


def _ranks(column: pa.ChunkedArray) -> Numbers:
    if not len(column):
        return np.zeros(0, np.int32)
    ranks: Numbers = pc.rank(column, tiebreaker="dense").to_numpy().astype(np.int32)
    return ranks


def _both(kind: Kind, name: str, values: Numbers, disk: Disk) -> None:
    if values.dtype.kind == "f":
        # NaN, which stands under a null, sorts last either way.
        disk.save(f"orders/{kind}.{name}.asc", np.argsort(values, kind="stable").astype(np.int32))
        disk.save(f"orders/{kind}.{name}.desc", np.argsort(-values, kind="stable").astype(np.int32))
        return
    disk.save(f"orders/{kind}.{name}.asc", sorted_rows(tight(values)))
    disk.save(f"orders/{kind}.{name}.desc", sorted_rows(tight(values, descending=True)))


def number_keys(values: npt.NDArray[np.number], descending: bool) -> Keys:
    """Keys of numbers, NULL (and in weights NaN) last."""
    if values.dtype.kind == "f":
        return np.where(np.isnan(values), float(LAST), -values if descending else values)
    wide = values.astype(np.int64)
    return np.where(wide == NULL, LAST, -wide if descending else wide)


def text_keys(ranks: Numbers, descending: bool) -> Keys:
    """Keys of texts by their ranks."""
    doubled = ranks.astype(np.int64) * 2
    return -doubled if descending else doubled


def after(keys: list[Keys], bounds: list[float | int]) -> npt.NDArray[np.bool_]:
    """Which entries come strictly after a place; keys most significant first, the last one tells all entries apart."""
    beyond = np.zeros(len(keys[0]), np.bool_)
    level = np.ones(len(keys[0]), np.bool_)
    for key, bound in zip(keys, bounds, strict=True):
        beyond |= level & (key > bound)
        level &= key == bound
    return beyond

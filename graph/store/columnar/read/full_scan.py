"""Conditions over all rows of a kind, or over a large part of them: read along the columns, a stretch at a time.

The same answers as `conditions.mask`, whose working arrays grow with the rows; here they stay as small as a stretch.
"""

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from byline.graph.deadline import checkpoint
from byline.graph.model import COAUTHORS, PAPER_AUTHORS, Kind
from byline.graph.request import EVERYTHING, All, Any, Compare, InCategory, Not, Quantifier, Where
from byline.graph.store.columnar.edges.pair_lists import stretches
from byline.graph.store.columnar.edges.unlisted import decided
from byline.graph.store.columnar.files.csr import Csr
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.read.conditions import (
    fits_number,
    fits_share,
    fitting_categories,
    in_categories,
    mask,
    per_list,
    resolve,
    text_flags,
)
from byline.graph.store.protocol import Flags, Rows
from byline.graph.store.text_columns import FOLDING, by_column, holding, kept_folded, refolded

# Rows, and entries of lists, that are looked at together.
STRETCH = 1 << 18
_ENTRIES = 1 << 21
# Below so many rows `mask` is as good; above, reading a column from end to end costs less than picking this share of it.
LARGE, _SHARE = 1 << 16, 8


def fits(snapshot: Snapshot, kind: Kind, where: Where, rows: Rows, holds: bool = True) -> Flags:
    """`mask`, whatever the number of rows."""
    if len(rows) <= LARGE:
        return mask(snapshot, kind, where, rows, holds)
    if len(rows) * _SHARE >= snapshot.size(kind):
        return full_scan(snapshot, kind, where, holds)[rows]
    parts = [mask(snapshot, kind, where, rows[at : at + STRETCH], holds) for at in range(0, len(rows), STRETCH)]
    return np.concatenate(parts)


def full_scan(snapshot: Snapshot, kind: Kind, where: Where, holds: bool = True) -> Flags:
    """Which rows of a kind a condition is true of; without `holds`, which it is false of."""
    match where:
        case All(parts):
            return _joined(snapshot, kind, parts, holds, every=holds)
        case Any(parts):
            return _joined(snapshot, kind, parts, holds, every=not holds)
        case Not(part):
            return full_scan(snapshot, kind, part, not holds)
        case Compare():
            return _compare(snapshot, kind, where, holds)
        case InCategory():
            return _in_category(snapshot, where, holds)
        case Quantifier():
            return _reaches(snapshot, kind, where, holds)


def _joined(snapshot: Snapshot, kind: Kind, parts: tuple[Where, ...], holds: bool, every: bool) -> Flags:
    """Of which rows every part is true (false without `holds`), or at least one: the cheap parts first; once few rows are left
    open, only those are looked at."""
    left = np.ones(snapshot.size(kind), np.bool_)
    others: list[Where] = list(dict.fromkeys(parts))
    texts: dict[str, list[str]] = {}
    if holds and not every:
        others, texts = by_column(others)
    for column, wanted in texts.items():
        left &= ~_holding(snapshot, kind, column, wanted)
    for part in sorted(others, key=_weight):
        found = np.flatnonzero(left) if np.count_nonzero(left) * _SHARE < len(left) else None
        if found is None:
            passed = full_scan(snapshot, kind, part, holds)
            left &= passed if every else ~passed
        else:
            left[found] = fits(snapshot, kind, part, found.astype(np.int32), holds) == every
    return left if every else ~left


def _holding(snapshot: Snapshot, kind: Kind, column: str, wanted: list[str]) -> Flags:
    kept = kept_folded(kind, column)
    values = snapshot.column(kind, kept or column)

    def test(here: slice) -> Flags:
        part = values.slice(here.start, here.stop - here.start)
        return holding(part if kept else refolded(part), wanted)

    return _stretched(len(values), test)


def _weight(where: Where) -> int:
    if isinstance(where, Not):
        return _weight(where.part)
    return 0 if isinstance(where, Compare) else 2 if isinstance(where, Quantifier) else 1


def _stretched(size: int, test: Callable[[slice], Flags]) -> Flags:
    found = np.zeros(size, np.bool_)
    for at in range(0, size, STRETCH):
        checkpoint()
        here = slice(at, min(at + STRETCH, size))
        found[here] = test(here)
    return found


def _compare(snapshot: Snapshot, kind: Kind, where: Compare, holds: bool) -> Flags:
    size = snapshot.size(kind)
    if where.column == "id":
        found = np.full(size, not holds)
        wanted = where.value if isinstance(where.value, tuple) else (where.value,)
        rows = resolve(snapshot, kind, [str(value) for value in wanted])
        found[rows[rows >= 0]] = holds
        return found
    if snapshot.is_number(kind, where.column):
        values = snapshot.numbers(kind, where.column)
        return _stretched(size, lambda here: fits_number(values[here], where, holds))
    if snapshot.is_share(kind, where.column):
        shares = snapshot.numbers(kind, where.column)
        return _stretched(size, lambda here: fits_share(shares[here], where, holds))
    folded = where.op in FOLDING
    kept = kept_folded(kind, where.column) if folded else None
    column = snapshot.column(kind, kept or where.column)
    refold = folded and kept is None
    return _stretched(size, lambda here: text_flags(column.slice(here.start, here.stop - here.start), where, refold, holds))


def _in_category(snapshot: Snapshot, where: InCategory, holds: bool) -> Flags:
    csr = snapshot.csr["paper_categories"]
    return in_categories(where, counted(csr, fitting_categories(snapshot, where)), np.diff(csr.offsets), holds)


def counted(csr: Csr, chosen: Flags) -> npt.NDArray[np.int32]:
    """How many entries of each list are chosen far ends."""
    found = np.zeros(len(csr.offsets) - 1, np.int32)
    for start, stop, offsets, targets in lists(csr):
        found[start:stop] = per_list(chosen[targets], offsets)
    return found


def lists(csr: Csr) -> Iterator[tuple[int, int, npt.NDArray[np.int64], Rows]]:
    """All lists of an edge in stretches: from which list to which, their offsets and their far ends."""
    size = len(csr.offsets) - 1
    for first in range(0, size, STRETCH):
        checkpoint()
        last = min(first + STRETCH, size)
        for start, stop in stretches(np.diff(csr.offsets[first : last + 1]), _ENTRIES):
            offsets = csr.offsets[first + start : first + stop + 1]
            yield first + start, first + stop, offsets - offsets[0], csr.targets[offsets[0] : offsets[-1]]


def _reaches(snapshot: Snapshot, kind: Kind, where: Quantifier, holds: bool) -> Flags:
    csr, size = snapshot.csr.get(where.edge.name), snapshot.size(kind)
    if csr is None or (where.edge is COAUTHORS and snapshot.coauthors.worked):
        # A hop that is not kept as lists.
        rows = np.arange(size, dtype=np.int32)
        parts = [mask(snapshot, kind, where, rows[at : at + STRETCH], holds) for at in range(0, size, STRETCH)]
        return np.concatenate(parts) if parts else np.zeros(0, np.bool_)

    def count(inner_holds: bool) -> npt.NDArray[np.integer]:
        if where.where == EVERYTHING:
            return np.diff(csr.offsets)
        return counted(csr, full_scan(snapshot, where.edge.target, where.where, inner_holds) == inner_holds)

    found = decided(where, snapshot.unlisted(where.edge), count, size, holds)
    if where.edge is PAPER_AUTHORS:
        # Whoever is printed twice on a paper counts once.
        twice = np.flatnonzero(np.diff(csr.offsets) != snapshot.arrays["known_authors"]).astype(np.int32)
        found[twice] = mask(snapshot, kind, where, twice, holds)
    return found

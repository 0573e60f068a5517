"""Conditions as masks: for each row of a batch whether a condition is known to be true, or known to be false.

Three values are two masks, and an answer needs one of them: `Not` asks its part for the other. So a condition costs the same
whether something is unknown or not.

There are two ways. `mask` picks the rows that are asked, and its arrays grow with them. `full_scan` reads a large part of a kind,
or all of it, from end to end of each column, a stretch at a time. Each needs the other: for far ends of edges, and for rows that
are left open.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.graph.deadline import checkpoint
from byline.graph.model import COAUTHORS, PAPER_AUTHORS, Edge, Kind
from byline.graph.request import EVERYTHING, All, Any, Compare, Identified, InCategory, InCountry, Not, OnEdge, Quantifier, Where
from byline.graph.store.columnar.edges.unlisted import Counts, decided
from byline.graph.store.columnar.files.csr import Numbers, groups_of
from byline.graph.store.columnar.files.ragged import distinct
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.read.category_tree import fitting_categories, in_categories
from byline.graph.store.columnar.read.comparisons import any_of, fits_number, fits_share, text_flags
from byline.graph.store.columnar.read.countries import in_country
from byline.graph.store.columnar.read.hops import follow
from byline.graph.store.columnar.read.id_lookup import resolve
from byline.graph.store.columnar.read.identified import identified
from byline.graph.store.columnar.read.list_counts import STRETCH, counted, per_list
from byline.graph.store.protocol import Flags, Rows
from byline.graph.store.text_columns import FOLDING, by_column, folded_column_name, holding, refolded

# Below so many rows `mask` is as good; above, reading a column from end to end costs less than picking this share of it.
LARGE, _SHARE = 1 << 16, 8


def fits(snapshot: Snapshot, kind: Kind, where: Where, rows: Rows, holds: bool = True) -> Flags:
    """`mask`, whatever the number of rows."""
    if len(rows) <= LARGE:
        return mask(snapshot, kind, where, rows, holds)
    if len(rows) * _SHARE >= snapshot.size(kind):
        return full_scan(snapshot, kind, where, holds)[rows]
    return _in_stretches(snapshot, kind, where, rows, holds)


def _in_stretches(snapshot: Snapshot, kind: Kind, where: Where, rows: Rows, holds: bool) -> Flags:
    """`mask`, a stretch at a time."""
    parts = [mask(snapshot, kind, where, rows[at : at + STRETCH], holds) for at in range(0, len(rows), STRETCH)]
    return np.concatenate(parts) if parts else np.zeros(0, np.bool_)


def mask(snapshot: Snapshot, kind: Kind, where: Where, rows: Rows, holds: bool = True) -> Flags:
    """Which of the rows a condition is true of; without `holds`, which it is false of. It is neither where it is unknown."""
    checkpoint()
    match where:
        case All(parts):
            return _joined(snapshot, kind, parts, rows, holds, every=holds)
        case Any(parts):
            return _joined(snapshot, kind, parts, rows, holds, every=not holds)
        case Not(part):
            return mask(snapshot, kind, part, rows, not holds)
        case Compare():
            return _compare(snapshot, kind, where, rows, holds)
        case Identified():
            return identified(snapshot, kind, where, rows, holds)
        case InCategory():
            return _in_category(snapshot, where, rows, holds)
        case InCountry():
            return in_country(snapshot, kind, where, rows, holds, lambda part, holds: mask(snapshot, kind, part, rows, holds))
        case Quantifier():
            return _quantifier(snapshot, where, rows, holds)
        case OnEdge():
            raise TypeError("rows without entries have no edges")


def _joined(snapshot: Snapshot, kind: Kind, parts: tuple[Where, ...], rows: Rows, holds: bool, every: bool) -> Flags:
    """Of which rows every part is true (false without `holds`), or at least one.

    Numbers are compared on all rows, which costs less than choosing rows; the other parts in turn, each only on the rows that
    the ones before leave open, the cheap ones first.
    """
    join = np.logical_and if every else np.logical_or
    fits: Flags | None = None
    others: list[Where] = []
    values: dict[str, Numbers] = {}
    for part in dict.fromkeys(parts):
        if isinstance(part, Compare) and snapshot.is_number(kind, part.column):
            if part.column not in values:
                values[part.column] = snapshot.numbers(kind, part.column).take(rows)
            these = fits_number(values[part.column], part, holds)
            fits = these if fits is None else join(fits, these, out=fits)
        else:
            others.append(part)
    fits = np.full(len(rows), every) if fits is None else fits
    if others:
        left = np.flatnonzero(fits if every else ~fits)
        if holds and not every:
            others, texts = by_column(others)
            for column, wanted in texts.items():
                name, refold = _text_column(kind, column)
                passed = _holding(_taken(snapshot, kind, name, rows[left]), wanted, refold)
                fits[left[passed]] = True
                left = left[~passed]
        for part in sorted(others, key=_weight):
            passed = mask(snapshot, kind, part, rows[left], holds)
            settled = ~passed if every else passed
            fits[left[settled]] = not every
            left = left[~settled]
    return fits


def _weight(where: Where) -> int:
    """The place of a part among those that are looked at in turn."""
    if isinstance(where, Not):
        return _weight(where.part)
    return 0 if isinstance(where, Compare) else 2 if isinstance(where, Quantifier | InCountry) else 1


def _compare(snapshot: Snapshot, kind: Kind, where: Compare, rows: Rows, holds: bool) -> Flags:
    if where.column == "id":
        return np.isin(rows, _named(snapshot, kind, where), invert=not holds)
    if snapshot.is_share(kind, where.column):
        return fits_share(snapshot.numbers(kind, where.column)[rows], where, holds)
    if snapshot.is_number(kind, where.column):
        return fits_number(snapshot.numbers(kind, where.column)[rows], where, holds)
    return _text(snapshot, kind, where, rows, holds)


def _named(snapshot: Snapshot, kind: Kind, where: Compare) -> Rows:
    """The rows of the ids that a condition names, -1 for those that are not there."""
    wanted = where.value if isinstance(where.value, tuple) else (where.value,)
    return resolve(snapshot, kind, [str(value) for value in wanted])


def _text(snapshot: Snapshot, kind: Kind, where: Compare, rows: Rows, holds: bool) -> Flags:
    name, refold = _text_column(kind, where.column, where.op in FOLDING)
    return text_flags(_taken(snapshot, kind, name, rows), where, refold, holds)


def _text_column(kind: Kind, column: str, folded: bool = True) -> tuple[str, bool]:
    """Which column has the texts of one, and whether they have yet to be folded."""
    folded_column = folded_column_name(kind, column) if folded else None
    return folded_column or column, folded and folded_column is None


def _holding(values: pa.Array, wanted: list[str], refold: bool) -> Flags:
    if pa.types.is_list(values.type):
        return any_of(values, _holding(values.flatten(), wanted, refold))
    return holding(refolded(values) if refold else values, wanted)


def _taken(snapshot: Snapshot, kind: Kind, name: str, rows: Rows) -> pa.Array:
    column = snapshot.column(kind, name)
    whole = len(rows) == len(column) and (not len(rows) or rows[0] == 0) and _is_all(rows)
    return column if whole else column.take(pa.array(rows))


def _is_all(rows: Rows) -> bool:
    return bool(len(rows) < 2 or (rows[-1] == len(rows) - 1 and (np.diff(rows) == 1).all()))


def _in_category(snapshot: Snapshot, where: InCategory, rows: Rows, holds: bool) -> Flags:
    csr = snapshot.csr["paper_categories"]
    offsets, places = csr.gather(rows)
    counts = per_list(fitting_categories(snapshot, where)[csr.targets[places]], offsets)
    return in_categories(where, counts, np.diff(offsets), holds)


def _quantifier(snapshot: Snapshot, where: Quantifier, rows: Rows, holds: bool) -> Flags:
    lists = follow(snapshot, where.edge, rows)

    def count(inner_holds: bool) -> Counts:
        """Far ends that the condition is true of, or those that it is not false of."""
        fits = _far(snapshot, where.edge, where.where, lists.rows, inner_holds) == inner_holds
        if where.edge is not PAPER_AUTHORS:
            return per_list(fits, lists.offsets)
        groups, _ = distinct(groups_of(lists.offsets)[fits], lists.rows[fits], max(snapshot.size(where.edge.target), 1))
        return np.bincount(groups, minlength=len(rows))

    return decided(where, snapshot.unlisted(where.edge).take(rows), count, len(rows), holds)


def _far(snapshot: Snapshot, edge: Edge, where: Where, rows: Rows, holds: bool) -> Flags:
    """The mask of far ends, worked out once a node where many lists reach the same ones."""
    if where == All():
        return np.full(len(rows), holds)
    size = snapshot.size(edge.target)
    if len(rows) < size:
        nodes, back = np.unique(rows, return_inverse=True)
        return mask(snapshot, edge.target, where, nodes, holds)[back]
    return full_scan(snapshot, edge.target, where, holds)[rows]


def full_scan(snapshot: Snapshot, kind: Kind, where: Where, holds: bool = True) -> Flags:
    """Which rows of a kind a condition is true of; without `holds`, which it is false of."""
    match where:
        case All(parts):
            return _scan_joined(snapshot, kind, parts, holds, every=holds)
        case Any(parts):
            return _scan_joined(snapshot, kind, parts, holds, every=not holds)
        case Not(part):
            return full_scan(snapshot, kind, part, not holds)
        case Compare():
            return _scan_compare(snapshot, kind, where, holds)
        case Identified():
            return identified(snapshot, kind, where, None, holds)
        case InCategory():
            return _scan_in_category(snapshot, where, holds)
        case InCountry():
            return in_country(snapshot, kind, where, None, holds, lambda part, holds: full_scan(snapshot, kind, part, holds))
        case Quantifier():
            return _scan_quantifier(snapshot, kind, where, holds)
        case OnEdge():
            raise TypeError("rows without entries have no edges")


def _scan_joined(snapshot: Snapshot, kind: Kind, parts: tuple[Where, ...], holds: bool, every: bool) -> Flags:
    """Of which rows every part is true (false without `holds`), or at least one: the cheap parts first; once few rows are left
    open, only those are looked at."""
    left = np.ones(snapshot.size(kind), np.bool_)
    others: list[Where] = list(dict.fromkeys(parts))
    texts: dict[str, list[str]] = {}
    if holds and not every:
        others, texts = by_column(others)
    for column, wanted in texts.items():
        left &= ~_scan_holding(snapshot, kind, column, wanted)
    for part in sorted(others, key=_weight):
        open_rows = np.flatnonzero(left) if np.count_nonzero(left) * _SHARE < len(left) else None
        if open_rows is None:
            passed = full_scan(snapshot, kind, part, holds)
            left &= passed if every else ~passed
        else:
            left[open_rows] = fits(snapshot, kind, part, open_rows.astype(np.int32), holds) == every
    return left if every else ~left


def _scan_holding(snapshot: Snapshot, kind: Kind, column: str, wanted: list[str]) -> Flags:
    name, refold = _text_column(kind, column)
    values = snapshot.column(kind, name)
    return _stretched(len(values), lambda here: _holding(values.slice(here.start, here.stop - here.start), wanted, refold))


def _stretched(size: int, test: Callable[[slice], Flags]) -> Flags:
    flags = np.zeros(size, np.bool_)
    for at in range(0, size, STRETCH):
        checkpoint()
        here = slice(at, min(at + STRETCH, size))
        flags[here] = test(here)
    return flags


def _scan_compare(snapshot: Snapshot, kind: Kind, where: Compare, holds: bool) -> Flags:
    size = snapshot.size(kind)
    if where.column == "id":
        flags = np.full(size, not holds)
        rows = _named(snapshot, kind, where)
        flags[rows[rows >= 0]] = holds
        return flags
    if snapshot.is_number(kind, where.column):
        values = snapshot.numbers(kind, where.column)
        return _stretched(size, lambda here: fits_number(values[here], where, holds))
    if snapshot.is_share(kind, where.column):
        shares = snapshot.numbers(kind, where.column)
        return _stretched(size, lambda here: fits_share(shares[here], where, holds))
    name, refold = _text_column(kind, where.column, where.op in FOLDING)
    column = snapshot.column(kind, name)
    return _stretched(size, lambda here: text_flags(column.slice(here.start, here.stop - here.start), where, refold, holds))


def _scan_in_category(snapshot: Snapshot, where: InCategory, holds: bool) -> Flags:
    csr = snapshot.csr["paper_categories"]
    return in_categories(where, counted(csr, fitting_categories(snapshot, where)), np.diff(csr.offsets), holds)


def _scan_quantifier(snapshot: Snapshot, kind: Kind, where: Quantifier, holds: bool) -> Flags:
    csr, size = snapshot.csr.get(where.edge.name), snapshot.size(kind)
    if csr is None or (where.edge is COAUTHORS and snapshot.coauthors.worked):
        # A hop that is not kept as lists.
        return _in_stretches(snapshot, kind, where, np.arange(size, dtype=np.int32), holds)

    def count(inner_holds: bool) -> npt.NDArray[np.integer]:
        if where.where == EVERYTHING:
            return np.diff(csr.offsets)
        return counted(csr, full_scan(snapshot, where.edge.target, where.where, inner_holds) == inner_holds)

    flags = decided(where, snapshot.unlisted(where.edge), count, size, holds)
    if where.edge is PAPER_AUTHORS:
        # Whoever is printed twice on a paper counts once.
        twice = np.flatnonzero(np.diff(csr.offsets) != snapshot.arrays["known_authors"]).astype(np.int32)
        flags[twice] = mask(snapshot, kind, where, twice, holds)
    return flags

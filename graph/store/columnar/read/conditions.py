"""Conditions as masks: for each row of a batch whether a condition is known to be true, or known to be false.

Three values are two masks, and an answer needs one of them: `Not` asks its part for the other. So a condition costs the same
whether something is unknown or not.
"""

import operator
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any as Untyped

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from byline.graph.deadline import checkpoint
from byline.graph.ids import ID_LENGTH
from byline.graph.model import LETTERS, PAPER_AUTHORS, Edge, Kind
from byline.graph.request import All, Any, Compare, InCategory, Not, Op, Quantifier, Where
from byline.graph.store.codes import typed_codes
from byline.graph.store.columnar.edges.unlisted import Counts, decided
from byline.graph.store.columnar.files.csr import NULL, Numbers, groups_of
from byline.graph.store.columnar.files.ragged import distinct
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.read.hops import follow
from byline.graph.store.protocol import Flags, Rows
from byline.graph.store.text_columns import FOLDING, by_column, holding, kept_folded, refolded
from byline.graph.text import fold

_EPOCH = date(1970, 1, 1).toordinal()
_UNEQUAL = "unequal"
_COMPARE: dict[str, Callable[[Untyped, Untyped], Untyped]] = {
    Op.EQ: operator.eq,
    Op.GT: operator.gt,
    Op.GTE: operator.ge,
    Op.LT: operator.lt,
    Op.LTE: operator.le,
    _UNEQUAL: operator.ne,
}
# What a number fits that does not fit the other.
_OPPOSITE = {Op.EQ: _UNEQUAL, Op.GT: Op.LTE, Op.GTE: Op.LT, Op.LT: Op.GTE, Op.LTE: Op.GT}


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
        case InCategory():
            return _in_category(snapshot, where, rows, holds)
        case Quantifier():
            return _reaches(snapshot, where, rows, holds)


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
                passed = holding(_folded(snapshot, kind, column, rows[left]), wanted)
                fits[left[passed]] = True
                left = left[~passed]
        for part in sorted(others, key=lambda part: _WEIGHT.get(type(part), 1)):
            passed = mask(snapshot, kind, part, rows[left], holds)
            settled = ~passed if every else passed
            fits[left[settled]] = not every
            left = left[~settled]
    return fits


_WEIGHT = {Compare: 0, InCategory: 1, All: 1, Any: 1, Not: 1, Quantifier: 2}


def _compare(snapshot: Snapshot, kind: Kind, where: Compare, rows: Rows, holds: bool) -> Flags:
    if where.column == "id":
        named = _ids(snapshot, kind, where, rows)
        return named if holds else ~named
    if snapshot.is_share(kind, where.column):
        return fits_share(snapshot.numbers(kind, where.column)[rows], where, holds)
    if snapshot.is_number(kind, where.column):
        return fits_number(snapshot.numbers(kind, where.column)[rows], where, holds)
    return _text(snapshot, kind, where, rows, holds)


def fits_number(values: Numbers, where: Compare, holds: bool = True) -> Flags:
    """Which whole numbers or days compare as asked; without `holds`, which are known and do not."""
    if where.op is Op.EXISTS:
        there: Flags = values != NULL if where.value == holds else values == NULL
        return there
    if where.op is Op.IN:
        wanted = [_as_number(value) for value in where.value if value is not None]  # type: ignore[union-attr]
        named: Flags = (values != NULL) & np.isin(values, np.array(wanted, np.int64), invert=not holds)
        return named
    bound, op = _as_number(where.value), where.op if holds else _OPPOSITE[where.op]
    fits: Flags = _COMPARE[op](values, bound)
    # NULL is the largest number there is: what lies below another bound is known.
    return fits if op in (Op.LT, Op.LTE, Op.EQ) and bound < NULL else (values != NULL) & fits


def fits_share(values: Numbers, where: Compare, holds: bool = True) -> Flags:
    """The same of floats, NaN for unknown."""
    if where.op is Op.EXISTS:
        return ~np.isnan(values) if where.value == holds else np.isnan(values)
    if where.op is Op.IN:
        wanted = np.array([value for value in where.value if value is not None], np.float64)  # type: ignore[union-attr]
        named: Flags = ~np.isnan(values) & np.isin(values, wanted, invert=not holds)
        return named
    number: Untyped = where.value
    fits: Flags = _COMPARE[where.op if holds else _OPPOSITE[where.op]](values, float(number))
    if where.op is Op.EQ and not holds:
        fits &= ~np.isnan(values)
    return fits


def _as_number(value: Untyped) -> int:
    return value.toordinal() - _EPOCH if isinstance(value, date) else int(value)


def _ids(snapshot: Snapshot, kind: Kind, where: Compare, rows: Rows) -> Flags:
    wanted = where.value if isinstance(where.value, tuple) else (where.value,)
    return np.isin(rows, resolve(snapshot, kind, [str(value) for value in wanted]))


def resolve(snapshot: Snapshot, kind: Kind, ids: Sequence[str]) -> Rows:
    """The rows of public ids, merged ones followed; -1 for what is not there, strings that are no ids included."""
    own, wanted = snapshot.ids(kind), _as_bytes(ids)
    rows = _found(own, wanted)
    lost = np.flatnonzero(rows < 0)
    if len(lost) and len(snapshot.aliases):
        places = _found(snapshot.aliases, wanted[lost])
        there = (places >= 0) & np.char.startswith(wanted[lost], LETTERS[kind].encode())
        rows[lost[there]] = snapshot.alias_rows[places[there]]
    return rows


def _as_bytes(ids: Sequence[str]) -> npt.NDArray[np.bytes_]:
    """Ids in the width of the column; a string of another width, or not in ASCII, becomes one that no node has."""
    text = "".join(ids)
    if text.isascii() and set(map(len, ids)) == {ID_LENGTH}:
        return np.frombuffer(text.encode(), f"S{ID_LENGTH}")
    return np.array([i.encode() if len(i) == ID_LENGTH and i.isascii() else b"" for i in ids], f"S{ID_LENGTH}")


def _found(sorted_ids: npt.NDArray[np.bytes_], wanted: npt.NDArray[np.bytes_]) -> Rows:
    """The place of each id among sorted ones, -1 where it is not there."""
    if not len(sorted_ids):
        return np.full(len(wanted), -1, np.int32)
    places = np.searchsorted(sorted_ids, wanted)
    places[places == len(sorted_ids)] = 0
    return np.where(sorted_ids[places] == wanted, places, -1).astype(np.int32)


def _text(snapshot: Snapshot, kind: Kind, where: Compare, rows: Rows, holds: bool) -> Flags:
    folded = where.op in FOLDING
    kept = kept_folded(kind, where.column) if folded else None
    return text_flags(_taken(snapshot, kind, kept or where.column, rows), where, folded and kept is None, holds)


def _folded(snapshot: Snapshot, kind: Kind, column: str, rows: Rows) -> pa.Array:
    kept = kept_folded(kind, column)
    values = _taken(snapshot, kind, kept or column, rows)
    return values if kept else refolded(values)


def _taken(snapshot: Snapshot, kind: Kind, name: str, rows: Rows) -> pa.Array:
    column = snapshot.column(kind, name)
    whole = len(rows) == len(column) and (not len(rows) or rows[0] == 0) and _is_all(rows)
    return column if whole else column.take(pa.array(rows))


def _is_all(rows: Rows) -> bool:
    return bool(len(rows) < 2 or (rows[-1] == len(rows) - 1 and (np.diff(rows) == 1).all()))


def fits_text(values: pa.Array, op: Op, wanted: Untyped, refold: bool = False) -> pa.Array:
    """Which texts compare as asked; `refold` where they are not folded yet."""
    if refold:
        values = refolded(values)
    match op:
        case Op.EXISTS:
            return pc.equal(values.is_valid(), wanted)
        case Op.EQ:
            return pc.equal(values, pa.scalar(wanted, values.type))
        case Op.IN:
            return pc.is_in(values, pa.array([text for text in wanted if text is not None], values.type))
        case _ if op in FOLDING:
            return FOLDING[op].column(values, fold(wanted))
        case _:
            raise AssertionError(f"{op} does not compare texts")


def text_flags(values: pa.Array, where: Compare, refold: bool, holds: bool) -> Flags:
    """Which texts compare as asked; without `holds`, which are known and do not."""
    fits = fits_text(values, where.op, where.value, refold)
    if holds:
        return flags_of(fits)
    misses = pc.invert(fits)
    return flags_of(misses if where.op is Op.EXISTS else pc.and_(misses, values.is_valid()))


def flags_of(fits: pa.Array) -> Flags:
    """Arrow's answer as numpy, null as false."""
    flags: npt.NDArray[np.bool_] = pc.fill_null(fits, False).to_numpy(zero_copy_only=False)
    return flags


def _in_category(snapshot: Snapshot, where: InCategory, rows: Rows, holds: bool) -> Flags:
    csr = snapshot.csr["paper_categories"]
    offsets, places = csr.gather(rows)
    found = per_list(fitting_categories(snapshot, where)[csr.targets[places]], offsets)
    return in_categories(where, found, np.diff(offsets), holds)


def in_categories(where: InCategory, fitting: Counts, listed: Counts, holds: bool) -> Flags:
    """Of papers with so many categories, so many of them `fitting`: a paper without categories is of unknown ones."""
    if where.op is Op.EXISTS:
        there: Flags = listed > 0 if where.value == holds else listed == 0
        return there
    fits: Flags = fitting > 0 if holds else (fitting == 0) & (listed > 0)
    return fits


def fitting_categories(snapshot: Snapshot, where: InCategory) -> Flags:
    """The categories that a code names or whose code fits, and all below them."""
    size = snapshot.size(Kind.CATEGORY)
    if where.op is Op.EXISTS:
        return np.ones(size, np.bool_)
    if where.op in (Op.EQ, Op.IN):
        chosen = np.zeros(size, np.bool_)
        chosen[[row for code in typed_codes(where) if (row := snapshot.category_row(code)) >= 0]] = True
        return below(snapshot, chosen)
    return below(snapshot, flags_of(fits_text(snapshot.column(Kind.CATEGORY, "code"), where.op, where.value, refold=True)))


def below(snapshot: Snapshot, chosen: Flags) -> Flags:
    """The chosen categories and all below them."""
    parent = snapshot.numbers(Kind.CATEGORY, "parent")
    has_parent = parent != NULL
    above = np.where(has_parent, parent, 0)
    while True:
        wider = chosen | (has_parent & chosen[above]) if len(chosen) else chosen
        if (wider == chosen).all():
            return wider
        chosen = wider


def per_list(flags: Flags, offsets: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """How many flags of each list are up."""
    running = np.zeros(len(flags) + 1, np.int64)
    np.cumsum(flags, out=running[1:])
    return running[offsets[1:]] - running[offsets[:-1]]


def _reaches(snapshot: Snapshot, where: Quantifier, rows: Rows, holds: bool) -> Flags:
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
    # Over all nodes: in stretches. That module reads this one.
    from byline.graph.store.columnar.read.full_scan import full_scan

    return full_scan(snapshot, edge.target, where, holds)[rows]

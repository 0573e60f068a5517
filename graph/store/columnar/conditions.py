"""Conditions as masks: one true or false for each row of a batch."""

import operator
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any as Untyped

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph.ids import ID_LENGTH
from graph.model import LETTERS, PAPER_AUTHORS, Edge, Kind
from graph.store.columnar.csr import NULL, Numbers, groups_of
from graph.store.columnar.hops import follow
from graph.store.columnar.lists import distinct
from graph.store.columnar.snapshot import Snapshot
from graph.store.protocol import Flags, Rows
from graph.text import fold
from graph.where import All, Any, Compare, InCategory, Not, Op, Reaches, Where

_EPOCH = date(1970, 1, 1).toordinal()
_COMPARE: dict[Op, Callable[[Untyped, Untyped], Untyped]] = {
    Op.EQ: operator.eq,
    Op.GT: operator.gt,
    Op.GTE: operator.ge,
    Op.LT: operator.lt,
    Op.LTE: operator.le,
}
FOLDED = {(Kind.AUTHOR, "name"), (Kind.INSTITUTION, "name"), (Kind.PAPER, "title")}


def mask(snapshot: Snapshot, kind: Kind, where: Where, rows: Rows) -> Flags:
    """Which of the rows fit."""
    match where:
        case All(parts):
            return _all(snapshot, kind, parts, rows)
        case Any(parts):
            return ~_all(snapshot, kind, tuple(Not(part) for part in parts), rows)
        case Not(part):
            return ~mask(snapshot, kind, part, rows)
        case Compare():
            return _compare(snapshot, kind, where, rows)
        case InCategory():
            return _in_category(snapshot, where, rows)
        case Reaches():
            return _reaches(snapshot, where, rows)


def _all(snapshot: Snapshot, kind: Kind, parts: tuple[Where, ...], rows: Rows) -> Flags:
    """Numbers compared on all rows, which costs less than choosing rows; the other parts in turn, each only on the rows that
    fitted the ones before, the cheap ones first."""
    fits: Flags | None = None
    others: list[Where] = []
    values: dict[str, Numbers] = {}
    for part in parts:
        if isinstance(part, Compare) and snapshot.is_number(kind, part.column):
            if part.column not in values:
                values[part.column] = snapshot.numbers(kind, part.column).take(rows)
            these = fits_number(values[part.column], part)
            fits = these if fits is None else np.logical_and(fits, these, out=fits)
        else:
            others.append(part)
    fits = np.ones(len(rows), np.bool_) if fits is None else fits
    if others:
        left = np.flatnonzero(fits)
        for part in sorted(others, key=lambda part: _WEIGHT.get(type(part), 1)):
            passed = mask(snapshot, kind, part, rows[left])
            fits[left[~passed]] = False
            left = left[passed]
    return fits


_WEIGHT = {Compare: 0, InCategory: 1, All: 1, Any: 1, Not: 1, Reaches: 2}


def _compare(snapshot: Snapshot, kind: Kind, where: Compare, rows: Rows) -> Flags:
    if where.column == "id":
        return _ids(snapshot, kind, where, rows)
    if snapshot.is_share(kind, where.column):
        return fits_share(snapshot.numbers(kind, where.column)[rows], where)
    if snapshot.is_number(kind, where.column):
        return fits_number(snapshot.numbers(kind, where.column)[rows], where)
    return _text(snapshot, kind, where, rows)


def fits_number(values: Numbers, where: Compare) -> Flags:
    """Which whole numbers or days compare as asked."""
    if where.op is Op.IN:
        wanted = [_as_number(value) for value in where.value if value is not None]  # type: ignore[union-attr]
        named: Flags = (values != NULL) & np.isin(values, np.array(wanted, np.int64))
        return named
    bound = _as_number(where.value)
    fits: Flags = _COMPARE[where.op](values, bound)
    # NULL is the largest number there is: what lies below another bound is known.
    return fits if where.op in (Op.LT, Op.LTE, Op.EQ) and bound < NULL else (values != NULL) & fits


def fits_share(values: Numbers, where: Compare) -> Flags:
    """Comparisons of floats: NaN fits none of them."""
    if where.op is Op.IN:
        return np.isin(values, np.array([value for value in where.value if value is not None], np.float64))  # type: ignore[union-attr]
    wanted: Untyped = where.value
    fits: Flags = _COMPARE[where.op](values, float(wanted))
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


def _text(snapshot: Snapshot, kind: Kind, where: Compare, rows: Rows) -> Flags:
    folded = where.op in (Op.CONTAINS, Op.STARTS_WITH)
    name = f"{where.column}_fold" if folded and (kind, where.column) in FOLDED else where.column
    column = snapshot.column(kind, name)
    values = (
        column if len(rows) == len(column) and (not len(rows) or rows[0] == 0) and _is_all(rows) else column.take(pa.array(rows))
    )
    return flags_of(fits_text(values, where.op, where.value, refold=folded and name == where.column))


def _is_all(rows: Rows) -> bool:
    return bool(len(rows) < 2 or (rows[-1] == len(rows) - 1 and (np.diff(rows) == 1).all()))


def fits_text(values: pa.Array, op: Op, wanted: Untyped, refold: bool = False) -> pa.Array:
    """Which texts compare as asked; `refold` where they are not folded yet."""
    if refold:
        values = pa.array([None if text is None else fold(text) for text in values.to_pylist()], values.type)
    match op:
        case Op.EQ:
            return pc.equal(values, pa.scalar(wanted, values.type))
        case Op.IN:
            return pc.is_in(values, pa.array([text for text in wanted if text is not None], values.type))
        case Op.CONTAINS:
            return pc.match_substring(values, fold(wanted))
        case Op.STARTS_WITH:
            return pc.starts_with(values, fold(wanted))
        case _:
            raise AssertionError(f"{op} does not compare texts")


def flags_of(fits: pa.Array) -> Flags:
    """Arrow's answer as numpy, null as false."""
    flags: npt.NDArray[np.bool_] = pc.fill_null(fits, False).to_numpy(zero_copy_only=False)
    return flags


def _in_category(snapshot: Snapshot, where: InCategory, rows: Rows) -> Flags:
    codes = snapshot.column(Kind.CATEGORY, "code")
    refold = where.op in (Op.CONTAINS, Op.STARTS_WITH)
    chosen = below(snapshot, flags_of(fits_text(codes, where.op, where.value, refold)))
    csr = snapshot.csr["paper_categories"]
    offsets, places = csr.gather(rows)
    return per_list(chosen[csr.targets[places]], offsets) > 0


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


def _reaches(snapshot: Snapshot, where: Reaches, rows: Rows) -> Flags:
    lists = follow(snapshot, where.edge, rows)
    fits = _far(snapshot, where.edge, where.where, lists.rows)
    if where.edge is PAPER_AUTHORS:
        groups, _ = distinct(groups_of(lists.offsets)[fits], lists.rows[fits], max(snapshot.size(where.edge.target), 1))
        found = np.bincount(groups, minlength=len(rows))
    else:
        found = per_list(fits, lists.offsets)
    enough = found >= (where.least or 0)
    return enough if where.most is None else enough & (found <= where.most)


def _far(snapshot: Snapshot, edge: Edge, where: Where, rows: Rows) -> Flags:
    """The mask of far ends, worked out once a node where many lists reach the same ones."""
    if where == All():
        return np.ones(len(rows), np.bool_)
    size = snapshot.size(edge.target)
    if len(rows) < size:
        nodes, back = np.unique(rows, return_inverse=True)
        return mask(snapshot, edge.target, where, nodes)[back]
    # Over all nodes: in stretches. That module reads this one.
    from graph.store.columnar.everywhere import everywhere

    return everywhere(snapshot, edge.target, where)[rows]

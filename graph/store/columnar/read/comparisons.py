"""Comparisons of values with what a condition asks: numbers, shares and texts, as flags."""

import operator
from collections.abc import Callable
from datetime import date
from typing import Any as Untyped

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from byline.graph.request import Compare, Op
from byline.graph.store.columnar.files.csr import NULL, Numbers
from byline.graph.store.columnar.read.list_counts import per_list
from byline.graph.store.protocol import Flags
from byline.graph.store.text_columns import FOLDING, folded, refolded

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
            return FOLDING[op].column(values, folded(wanted))
        case _:
            raise AssertionError(f"{op} does not compare texts")


def text_flags(values: pa.Array, where: Compare, refold: bool, holds: bool) -> Flags:
    """Which texts, or lists with such a text, compare as asked; without `holds`, which are known and do not."""
    if pa.types.is_list(values.type):
        return _list_flags(values, where, refold, holds)
    fits = fits_text(values, where.op, where.value, refold)
    if holds:
        return flags_of(fits)
    misses = pc.invert(fits)
    return flags_of(misses if where.op is Op.EXISTS else pc.and_(misses, values.is_valid()))


def _list_flags(values: pa.Array, where: Compare, refold: bool, holds: bool) -> Flags:
    lengths = values.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
    known: Flags = lengths > 0
    if where.op is Op.EXISTS:
        return known if where.value == holds else ~known
    found = any_of(values, text_flags(values.flatten(), where, refold, True))
    return found if holds else known & ~found


def any_of(values: pa.Array, flags: Flags) -> Flags:
    """Which lists have an entry whose flag is up."""
    lengths = values.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
    return per_list(flags, np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])) > 0


def flags_of(fits: pa.Array) -> Flags:
    """Arrow's answer as numpy, null as false."""
    flags: npt.NDArray[np.bool_] = pc.fill_null(fits, False).to_numpy(zero_copy_only=False)
    return flags

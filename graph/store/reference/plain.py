"""Conditions, orders and pages over plain Python values: the words of graph/request.py, spelled out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cmp_to_key

import numpy as np
import pyarrow as pa

from byline.graph.model import Edge
from byline.graph.request import All, Compare, Cursor, Not, Op, Order, Page, Scalar, Select, Where
from byline.graph.request import Any as AnyOf
from byline.graph.store.lists import offsets
from byline.graph.store.protocol import Ragged
from byline.graph.store.text_columns import FOLDING, folded
from byline.graph.text import fold

VALUE_TYPES = {
    "position": pa.int32(),
    "name_as_printed": pa.string(),
    "corresponding": pa.bool_(),
    "country_codes": pa.list_(pa.string()),
    "paper_count": pa.int32(),
    "first_year": pa.int32(),
    "last_year": pa.int32(),
    "weight": pa.float64(),
    "uncounted_papers": pa.int32(),
    "distance": pa.int32(),
    "shared_count": pa.int32(),
}


@dataclass(frozen=True)
class End:
    """One entry of a list: the node at the far end, what belongs to the hop, the authorship that the hop went through."""

    node: str
    values: Mapping[str, Scalar] = field(default_factory=dict)
    authorship: int | None = None


def compares(stored: Scalar, op: Op, value: Scalar | tuple[Scalar, ...]) -> bool | None:
    """Whether a column's value fits a comparison; None, unknown, for a null. Nothing fits a comparison with null. A list of texts
    fits where one of them does, and is unknown where it is empty."""
    if isinstance(stored, list) and stored and op is not Op.EXISTS:
        return any(compares(text, op, value) for text in stored)
    stored = None if stored == [] else stored
    if op is Op.EXISTS:
        return (stored is not None) == value
    if stored is None:
        return None
    if value is None:
        return False
    if op in FOLDING:
        return FOLDING[op].fits(fold(str(stored)), folded(value))
    if isinstance(value, tuple):
        return any(compares(stored, Op.EQ, one) for one in value)
    sign = _sign(stored, value)
    return {Op.EQ: sign == 0, Op.GT: sign > 0, Op.GTE: sign >= 0, Op.LT: sign < 0, Op.LTE: sign <= 0}[op]


def of_edge(values: Mapping[str, Scalar], where: Where) -> bool | None:
    """Whether a condition on the values of a hop holds of an entry; None where it cannot be known."""
    match where:
        case Compare(name, op, value):
            return compares(values[name], op, value)
        case All(parts):
            return conjunction(of_edge(values, part) for part in parts)
        case AnyOf(parts):
            return negation(conjunction(negation(of_edge(values, part)) for part in parts))
        case Not(part):
            return negation(of_edge(values, part))
    raise TypeError(f"{where!r} does not compare values of a hop")


def negation(truth: bool | None) -> bool | None:
    """Not, in Kleene's logic of three values; None is unknown."""
    return None if truth is None else not truth


def conjunction(truths: Iterable[bool | None]) -> bool | None:
    """And, in Kleene's logic of three values: false where one is false, else unknown where one is unknown."""
    values = list(truths)
    return False if False in values else None if None in values else True


def _sign(left: Scalar, right: Scalar) -> int:
    """-1, 0 or 1. Texts compare by code point, which is also the order of their UTF-8 bytes."""
    if isinstance(left, str) and isinstance(right, str):
        return (left > right) - (left < right)
    if isinstance(left, date) and isinstance(right, date):
        return (left > right) - (left < right)
    if isinstance(left, int | float) and isinstance(right, int | float):
        return (left > right) - (left < right)
    raise TypeError(f"{left!r} does not compare with {right!r}")


def compare(left: Cursor, right: Cursor, order: tuple[Order, ...]) -> int:
    """Which of two places comes first: -1 the left one, 1 the right one. After the keys of the order comes one tie-breaker."""
    for key, one, other in zip((*order, Order("id")), left, right, strict=True):
        if one is None or other is None:
            sign = (one is None) - (other is None)
        else:
            sign = _sign(one, other) * (-1 if key.descending else 1)
        if sign:
            return sign
    return 0


def arrange(ends: list[End], order: tuple[Order, ...], keys: Callable[[End], Cursor], edge: Edge | None) -> list[End]:
    """The entries in order. Ties go by id, those of a printed author list by authorship.

    Without an order an author list, the institutions of an authorship and the categories of a paper stay as the source
    has them; every other list goes by id.
    """
    name = edge.name if edge else ""
    if not order and name in ("paper_authors", "authorship_institutions", "paper_categories"):
        return ends

    def place(end: End) -> Cursor:
        return (*keys(end), end.authorship if name == "paper_authors" else end.node)

    def by_place(one: End, other: End) -> int:
        return compare(place(one), place(other), order)

    return sorted(ends, key=cmp_to_key(by_place))


@dataclass(frozen=True)
class Stretch:
    """A page of a list, with what lies beyond it."""

    ends: list[End]
    has_next: bool
    has_previous: bool
    total: int


def cut(ends: list[End], order: tuple[Order, ...], page: Page, keys: Callable[[End], Cursor]) -> Stretch:
    """A page as Relay defines it: the entries between the two cursors, then `first` of them, then `last` of those.

    A cursor names a place, not an entry: the node that it names may be gone.
    """

    def side(end: End, cursor: Cursor) -> int:
        return compare((*keys(end), end.node), cursor, order)

    remaining, has_next, has_previous = ends, False, False
    if page.after is not None:
        after = page.after
        remaining = [end for end in remaining if side(end, after) > 0]
        has_previous = any(side(end, after) <= 0 for end in ends)
    if page.before is not None:
        before = page.before
        remaining = [end for end in remaining if side(end, before) < 0]
        has_next = any(side(end, before) >= 0 for end in ends)
    if page.first is not None and len(remaining) > page.first:
        remaining, has_next = remaining[: page.first], True
    if page.last is not None and len(remaining) > page.last:
        remaining, has_previous = remaining[len(remaining) - page.last :], True
    return Stretch(remaining, has_next, has_previous, len(ends))


def ragged(stretches: list[Stretch], select: Select, row_of: Callable[[str], int], edge: Edge | None) -> Ragged:
    """The lists of a batch laid end to end. `row_of` gives the row of a node."""
    ends = [end for stretch in stretches for end in stretch.ends]
    through = edge is not None and edge.name in ("author_papers", "paper_authors")
    return Ragged(
        offsets=offsets([len(stretch.ends) for stretch in stretches]),
        rows=np.array([row_of(end.node) for end in ends], np.int32),
        has_next=np.array([stretch.has_next for stretch in stretches], np.bool_),
        has_previous=np.array([stretch.has_previous for stretch in stretches], np.bool_),
        edge_rows=np.array([end.authorship for end in ends], np.int32) if through else None,
        values={name: pa.array([end.values[name] for end in ends], VALUE_TYPES[name]) for name in select.values},
        totals=np.array([stretch.total for stretch in stretches], np.int64) if select.total else None,
    )

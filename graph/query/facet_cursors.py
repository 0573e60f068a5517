"""Cursors of a facet: the place of a value by its number of papers, its label and its key."""

from collections.abc import Iterable

from byline.graph.errors import BadCursor
from byline.graph.query.opaque import opened, sealed
from byline.graph.request import Cursor, Facet, HitFacet

_HINT = "use a cursor returned by this field with the same `by`"


def encode(by: Facet | HitFacet, count: int, label: str, key: str) -> str:
    """The cursor of a value."""
    return sealed([f"facet {by}", count, label, key])


def decode(by: Facet | HitFacet, text: str) -> Cursor:
    """The place that a cursor names. Raises BadCursor."""
    name, count, label, key = opened(text, 4, "of a facet", _HINT)
    fits = type(count) is int and 0 <= count < 2**62 and isinstance(label, str) and isinstance(key, str)
    if name != f"facet {by}" or not fits:
        raise BadCursor(f"{text[:40]!r} is a cursor of another list or facet", _HINT)
    return count, label, key


def cursors(by: Facet | HitFacet, entries: Iterable[tuple[int, str, str]]) -> list[str]:
    """The cursors of values by count, label and key."""
    return [encode(by, *entry) for entry in entries]

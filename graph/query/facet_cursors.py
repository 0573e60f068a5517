"""Cursors of a facet: the place of a value by its number of papers, its label and its key."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable

import orjson

from byline.graph.errors import BadCursor
from byline.graph.request import Cursor, Facet, HitFacet

_HINT = "use a cursor returned by this field with the same `by`"


def encode(by: Facet | HitFacet, count: int, label: str, key: str) -> str:
    """The cursor of a value."""
    return urlsafe_b64encode(orjson.dumps([f"facet {by}", count, label, key])).decode().rstrip("=")


def decode(by: Facet | HitFacet, text: str) -> Cursor:
    """The place that a cursor names. Raises BadCursor."""
    try:
        name, count, label, key = orjson.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, TypeError) as error:
        raise BadCursor(f"{text[:40]!r} is not a valid cursor of a facet", _HINT) from error
    fits = type(count) is int and 0 <= count < 2**62 and isinstance(label, str) and isinstance(key, str)
    if name != f"facet {by}" or not fits:
        raise BadCursor(f"{text[:40]!r} is a cursor of another list or facet", _HINT)
    return count, label, key


def cursors(by: Facet | HitFacet, entries: Iterable[tuple[int, str, str]]) -> list[str]:
    """The cursors of values by count, label and key."""
    return [encode(by, *entry) for entry in entries]

"""Cursors of conflicts: both people of a pair, by id."""

from byline.graph.errors import BadCursor
from byline.graph.query.opaque import opened, sealed
from byline.graph.request import Cursor

_NAME = "conflict"
_HINT = "use a cursor returned by this field with the same arguments"


def encode(person: str, against: str) -> str:
    """The cursor of a pair."""
    return sealed([_NAME, person, against])


def decode(text: str) -> Cursor:
    """The pair that a cursor names. Raises BadCursor."""
    name, person, against = opened(text, 3, "of a conflict", _HINT)
    if name != _NAME or not isinstance(person, str) or not isinstance(against, str):
        raise BadCursor(f"{text[:40]!r} is a cursor of another list", _HINT)
    return person, against


def of_another_list(cursor: Cursor) -> BadCursor:
    """The error for a cursor whose pair is not in the list."""
    return BadCursor(f"The cursor of {cursor[0]} and {cursor[1]} is of another list: the two are in no conflict here", _HINT)

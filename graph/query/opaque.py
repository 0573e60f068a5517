"""Opaque cursors: values as JSON in the alphabet of URLs, which clients hand back as they are."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any

import orjson

from byline.graph.errors import BadCursor


def sealed(values: Sequence[Any]) -> str:
    """The text of a cursor."""
    return urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def opened(text: str, count: int | None, what: str, hint: str) -> tuple[Any, ...]:
    """The `count` values of a cursor (None: two or more), whatever they are. Raises BadCursor for a text that is no cursor
    `what`."""
    try:
        values = tuple(orjson.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4))))
    except (ValueError, TypeError) as error:
        raise BadCursor(f"{text[:40]!r} is not a valid cursor {what}".rstrip(), hint) from error
    if len(values) < 2 if count is None else len(values) != count:
        raise BadCursor(f"{text[:40]!r} is not a valid cursor {what}".rstrip(), hint)
    return values

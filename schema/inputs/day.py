"""The scalar of days: written one way, YYYY-MM-DD, whatever other forms of ISO 8601 Python reads."""

import json
import re
from datetime import date
from typing import Any

from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_RIGHT = "Give a day that there is, as YYYY-MM-DD, such as 2024-01-31."


def read_day(value: Any) -> date:
    """The day that a text names. Raises GraphQLError for another form, another type, and a day that there is not."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise GraphQLError(f"Date cannot represent value: {_shown(value)}. {_RIGHT}")


def _shown(value: Any) -> str:
    """The value as the client wrote it, a long one in part."""
    written = json.dumps(value, ensure_ascii=False, default=str)
    return written if len(written) <= 60 else f"{written[:60]}…"


DAY = ScalarDefinition(
    name="Date",
    description="Calendar day as YYYY-MM-DD.",
    specified_by_url=None,
    serialize=date.isoformat,
    parse_value=read_day,
    parse_literal=None,
    origin=date,
)

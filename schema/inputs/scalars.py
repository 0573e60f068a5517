"""Scalars: days, written one way whatever other forms of ISO 8601 Python reads, and instants, which are only answered."""

import json
import re
from datetime import date
from typing import Any, NewType

from graphql import GraphQLError, ValueNode, value_from_ast_untyped
from strawberry.types.scalar import ScalarDefinition

# An instant as the stores have it: a text as RFC 3339 has it, in UTC.
Instant = NewType("Instant", str)
_RFC = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6"
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


def _read_literal(node: ValueNode, variables: dict[str, Any] | None = None) -> date:
    """The same of a literal: the error says where it stands."""
    try:
        return read_day(value_from_ast_untyped(node, variables))
    except GraphQLError as error:
        raise GraphQLError(error.message, node) from None


def _shown(value: Any) -> str:
    """The value as the client wrote it, a long one in part."""
    written = json.dumps(value, ensure_ascii=False, default=str)
    return written if len(written) <= 60 else f"{written[:60]}…"


def _no_input(value: Any) -> Any:
    raise GraphQLError(f"DateTime cannot represent value: {_shown(value)}. No argument takes one; give a day.")


DAY = ScalarDefinition(
    name="Date",
    description="Calendar day as YYYY-MM-DD: `full-date` of RFC 3339.",
    specified_by_url=_RFC,
    serialize=date.isoformat,
    parse_value=read_day,
    parse_literal=_read_literal,
    origin=date,
)
INSTANT = ScalarDefinition(
    name="DateTime",
    description="Instant in UTC, such as 2026-01-02T03:04:05Z: `date-time` of RFC 3339.",
    specified_by_url=_RFC,
    serialize=str,
    parse_value=_no_input,
    parse_literal=None,
    origin=Instant,
)

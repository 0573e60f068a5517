"""Objects within JSON that may lack them, or have something else in their place."""

from collections.abc import Mapping
from typing import Any


def inner(value: Mapping[str, Any], member: str) -> dict[str, Any]:
    """The object that is a member; an empty one where it is null or no object."""
    child = value.get(member)
    return child if isinstance(child, dict) else {}


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list that may be null or hold nulls."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []

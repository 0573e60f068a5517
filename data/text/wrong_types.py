"""Members of another type than they should have, of which it is certain what they mean: `"2019"` is the year 2019."""

import math
import re
from typing import Any

# Signs of several entries in one text, or of a name that a comma turns round.
_SEVERAL = re.compile(r"[,;&|\n]|\band\b|\bet al", re.I)
_WHOLE = re.compile(r"[+-]?\d{1,10}(?:\.0+)?", re.A)
# Lists whose entries are objects with a name.
_NAMED = ("authors", "institutions")
_FLAGS = {"true": True, "false": False}


def mended(kind: str, path: tuple[int | str, ...], given: Any) -> tuple[bool, Any]:
    """Whether the right value is certain, and that value. `kind` is pydantic's type of the error."""
    last = path[-1] if path else ""
    found: Any = None
    if kind == "int_type":
        found = _whole(given)
    elif kind == "float_type" and isinstance(given, str):
        found = _number(given)
    elif kind == "bool_type" and isinstance(given, str):
        found = _FLAGS.get(given.strip().lower())
    elif kind == "string_type":
        found = _text(given)
    elif kind == "tuple_type":
        found = _alone(str(last), given)
    elif kind in ("model_type", "model_attributes_type", "dataclass_type") and isinstance(given, str) and given.strip():
        found = {"name": given} if len(path) > 1 and path[-2] in _NAMED and isinstance(last, int) else None
    return found is not None, found


def _whole(given: Any) -> int | None:
    if isinstance(given, str) and _WHOLE.fullmatch(given.strip()):
        return int(given.strip().split(".")[0])
    return int(given) if isinstance(given, float) and given.is_integer() and abs(given) < 2**53 else None


def _number(given: str) -> float | None:
    try:
        found = float(given)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _text(given: Any) -> str | None:
    if isinstance(given, list) and len(given) == 1 and isinstance(given[0], str):
        return given[0]
    return str(given) if isinstance(given, int | float) and not isinstance(given, bool) else None


def _alone(name: str, given: Any) -> list[Any] | None:
    """A list of one entry that stands without its brackets."""
    if isinstance(given, dict) and name in _NAMED:
        return [given]
    if not isinstance(given, str) or not given.strip() or _SEVERAL.search(given):
        return None
    return [{"name": given}] if name in _NAMED else [given] if len(given.split()) == 1 or name == "aliases" else None

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


def mended(kind: str, path: tuple[int | str, ...], stated: Any) -> tuple[bool, Any]:
    """Whether the right value is certain, and that value. `kind` is pydantic's type of the error."""
    last = path[-1] if path else ""
    value: Any = None
    if kind == "int_type":
        value = _whole(stated)
    elif kind == "float_type" and isinstance(stated, str):
        value = _number(stated)
    elif kind == "bool_type" and isinstance(stated, str):
        value = _FLAGS.get(stated.strip().lower())
    elif kind == "string_type":
        value = _text(stated)
    elif kind == "tuple_type":
        value = _alone(str(last), stated)
    elif kind in ("model_type", "model_attributes_type", "dataclass_type") and isinstance(stated, str) and stated.strip():
        entry = len(path) > 1 and path[-2] in _NAMED and isinstance(last, int)
        value = {"name": stated} if entry or last == "venue" else None
    return value is not None, value


def _whole(stated: Any) -> int | None:
    if isinstance(stated, str) and _WHOLE.fullmatch(stated.strip()):
        return int(stated.strip().split(".")[0])
    return int(stated) if isinstance(stated, float) and stated.is_integer() and abs(stated) < 2**53 else None


def _number(stated: str) -> float | None:
    try:
        number = float(stated)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _text(stated: Any) -> str | None:
    if isinstance(stated, list) and len(stated) == 1 and isinstance(stated[0], str):
        return stated[0]
    return str(stated) if isinstance(stated, int | float) and not isinstance(stated, bool) else None


def _alone(name: str, stated: Any) -> list[Any] | None:
    """A list of one entry that stands without its brackets."""
    if isinstance(stated, dict) and name in _NAMED:
        return [stated]
    if not isinstance(stated, str) or not stated.strip() or _SEVERAL.search(stated):
        return None
    return [{"name": stated}] if name in _NAMED else [stated] if len(stated.split()) == 1 or name == "aliases" else None

"""Records of catalogues that hold a wrong value here and there: the value is left out and told, the rest is kept."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from data.notices import Notice, Outcome
from data.record import NO_ORCID, Record, parse

Renames: TypeAlias = Sequence[tuple[re.Pattern[str], str]]

# Without these there is no record, or no entry of a list.
_NEEDED = ("type", "title", "name", "code", "from", "to")
_MOST_REPAIRS = 100
_STEP = re.compile(r"\[(\d+)\]|\.?([^.\[\]]+)")


def renames(*pairs: tuple[str, str]) -> Renames:
    """Rules that turn the member of a record into the member of the native object: a pattern and what stands for it."""
    return tuple((re.compile(pattern), native) for pattern, native in pairs)


def dated(year: Any, day: Any) -> dict[str, Any]:
    """The members `year` and `date` of a paper. Where they disagree the year stands and the day stays open."""
    agree = not isinstance(year, int) or not isinstance(day, str) or day.startswith(f"{year:04}-")
    return {"year": year, "date": (day or None) if agree else None}


def checked(
    value: dict[str, Any], file: str, line: int, at: str = "", native: Renames = (), only: str = ""
) -> Iterator[Record | Notice]:
    """The record of `value`, then a rejection for each member that had to be left out; or one rejection and no record.

    `value` may be changed. `at` is where in the line its object stands, such as "results[3]"; `native` renames members.
    Only for reasons that begin with `only` is a member left out.
    """
    left_out: list[Notice] = []
    while isinstance(found := parse(value, file, line), Notice):
        steps = _steps(found.member)
        fatal = not steps or steps[-1] in _NEEDED or len(left_out) == _MOST_REPAIRS or not found.reason.startswith(only)
        told = replace(found, member=_told(found.member, at, native))
        if fatal or not _remove(value, steps):
            yield told
            return
        if steps[0] == "references" and len(steps) > 1:
            value["references_complete"] = False
        left_out.append(replace(told, reason=f"{told.reason}; it is left out", outcome=Outcome.LEFT_OUT))
    yield found
    yield from left_out


def but_orcids(value: Any, file: str, line: int) -> Iterator[Record | Notice]:
    """What `parse` makes of a value, but that a wrong ORCID costs nothing else: a slip in one digit is no identity, and the
    record without it is as good as one that states none."""
    if isinstance(value, dict):
        yield from checked(value, file, line, only=NO_ORCID)
    else:
        yield parse(value, file, line)


def _told(member: str, at: str, native: Renames) -> str:
    for pattern, name in native:
        member, count = pattern.subn(name, member, count=1)
        if count:
            break
    return f"{at}.{member}" if at and member else at or member


def _steps(member: str) -> list[str | int]:
    return [int(match[1]) if match[1] else match[2] for match in _STEP.finditer(member)]


def _remove(value: Any, steps: list[str | int]) -> bool:
    """Take the member at the end of a path out of nested objects and lists. Answers whether it was there."""
    *above, last = steps
    try:
        for step in above:
            value = value[step]
        del value[last]
    except (KeyError, IndexError, TypeError):
        return False
    return True

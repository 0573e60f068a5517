"""One rule for members that cannot be right, in every source: mended where that is certain, else left out, and told; the record
lives if what makes it a record is there."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from byline.data.notices import Notice, Outcome, shown
from byline.data.record import Fault, Record, member, validated
from byline.data.sources.read.doubled import doubled
from byline.data.sources.read.stated_dates import MEMBERS, redated

Renames: TypeAlias = Sequence[tuple[re.Pattern[str], str]]
Path: TypeAlias = tuple[int | str, ...]

# Without these there is no record, or no entry of a list.
_NEEDED = ("type", "title", "name", "code", "from", "to", "kind", "url", "funder", "version")
# A member that was mended may be wrong in another way; after so many passes over it the record is refused.
_PASSES = 6


def renames(*pairs: tuple[str, str]) -> Renames:
    """Rules that turn the member of a record into the member of the native object: a pattern and what stands for it."""
    return tuple((re.compile(pattern), native) for pattern, native in pairs)


def salvaged(value: Any, file: str, line: int, at: str = "", native: Renames = ()) -> Iterator[Record | Notice]:
    """The record of `value`, then a notice for each member that was mended or left out; or one notice and no record.

    `value` may be changed. `at` is where in the line its object stands, such as "results[3]"; `native` renames members.
    """
    if not isinstance(value, dict):
        yield Notice(file, line, at, "must be a JSON object")
        return
    notices: list[Notice] = []
    last: Fault | None = None
    for _ in range(_PASSES):
        checked = validated(value, line)
        if not isinstance(checked, list):
            yield from doubled(checked, file, line, lambda name: _native_name(name, at, native))
            yield from notices
            return
        last = checked[0]
        if not notices:
            value = _of_lists(value)
        if isinstance(value, dict) and value.get("type") == "paper" and any(_of_date(fault) for fault in checked):
            notices += [Notice(file, line, _native_name(name, at, native), why, outcome) for name, why, outcome in redated(value)]
            checked = [fault for fault in checked if fault.path not in MEMBERS]
        for fault, path in _repaired(value, checked):
            native_name = _native_name(member(fault.path), at, native)
            if path is None:
                yield Notice(file, line, native_name, fault.reason)
                return
            notices.append(_notice(file, line, native_name, fault, entry=path != fault.path))
    if last is not None:
        yield Notice(file, line, _native_name(member(last.path), at, native), last.reason)


def _of_date(fault: Fault) -> bool:
    return not fault.mended and fault.path in MEMBERS


def _notice(file: str, line: int, name: str, fault: Fault, entry: bool) -> Notice:
    if fault.mended:
        return Notice(file, line, name, f"{fault.reason}; {shown(fault.value)} is taken", Outcome.MENDED)
    return Notice(file, line, name, f"{fault.reason}; {'its entry' if entry else 'it'} is left out", Outcome.LEFT_OUT)


def _repaired(value: dict[str, Any], faults: Sequence[Fault]) -> Iterator[tuple[Fault, Path | None]]:
    """Each fault with the path that was changed for it; None for one that leaves no record. In one go over all of them."""
    removed: dict[Path, None] = {}
    for fault in faults:
        if fault.mended:
            _at(value, fault.path[:-1])[fault.path[-1]] = fault.value
            yield fault, fault.path
            continue
        path = _left_out(value, fault)
        if path is None:
            yield fault, None
            return
        if not any(path[:length] in removed for length in range(1, len(path) + 1)):
            removed[path] = None
            yield fault, path
    # From the end, so that those before keep their places.
    for path in sorted(removed, key=_in_order, reverse=True):
        del _at(value, path[:-1])[path[-1]]
        if path[:-1] == ("authors",):
            _cut(value, int(path[-1]))
        elif path[:-1] == ("references",):
            value["references_complete"] = False


def _in_order(path: Path) -> list[str]:
    return [str(step).zfill(12) if isinstance(step, int) else step for step in path]


def _left_out(value: dict[str, Any], fault: Fault) -> Path | None:
    """The path of what goes where a member is wrong: itself, or the entry that it makes an entry; None: it makes the record."""
    path = fault.path
    while path and (path[-1] in _NEEDED or not _is_there(value, path)):
        path = path[:-1]
        if path and isinstance(path[-1], int):
            break
    return None if not path or (path == ("ids",) and value.get("type") == "same") else path


def _cut(value: dict[str, Any], at: int) -> None:
    """A list of authors without one of them is not complete, and nobody behind has a place that is known."""
    value["authors_complete"] = False
    for entry in value["authors"][at:]:
        if isinstance(entry, dict):
            entry["printed"] = False


def _is_there(value: Any, path: Path) -> bool:
    try:
        above = _at(value, path[:-1])
        return path[-1] in above if isinstance(above, dict) else isinstance(path[-1], int) and path[-1] < len(above)
    except (KeyError, IndexError, TypeError):
        return False


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _of_lists(value: Any) -> Any:
    """The value with lists for tuples, so that entries can be taken out; nothing in it is shared with others any more."""
    if isinstance(value, dict):
        return {name: _of_lists(each) for name, each in value.items()}
    return [_of_lists(each) for each in value] if isinstance(value, list | tuple) else value


def _native_name(name: str, at: str, native: Renames) -> str:
    for pattern, stated in native:
        name, count = pattern.subn(stated, name, count=1)
        if count:
            break
    return f"{at}.{name}" if at and name else at or name

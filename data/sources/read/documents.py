"""The JSON values of a file that may be JSON lines or one document over many lines; plain or compressed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias

import orjson

from byline.data.limits import limits
from byline.data.notices import Notice
from byline.data.sources.read.encoding import UTF8_MARK, Decoder
from byline.data.sources.read.json_bounds import large_entry, problem
from byline.data.sources.read.lines import Overlong, lines

_JSON = re.compile(r"\.jsonl?(?:\.gz|\.zst)?$")
# The number of a line, and the line.
Line: TypeAlias = tuple[int, bytes | Overlong]


def json_files(folder: Path) -> list[Path]:
    """The files of JSON and JSON lines in a folder and those below it, in the order of their names."""
    paths = (path for path in folder.rglob("*") if path.is_file() and _JSON.search(path.name))
    return sorted(paths, key=lambda path: path.as_posix())


def documents(path: Path, name: str | None = None) -> Iterator[tuple[int, Any] | Notice]:
    """Each JSON value with the number of the line on which it begins, or why a line holds none.

    A file whose first line is a whole value is read as JSON lines, one at a time. Otherwise the file is one value, such
    as an answer saved with indents; where it is none either, lines that are values by themselves are taken. `name`
    stands for the file in notices. Lines that are no UTF-8 are read as Windows-1252, and listed; those that are longer, deeper or
    have more members than a record may are refused. Raises SourceFailed for an unreadable file.
    """
    shown = path.name if name is None else name
    decoder = Decoder()
    yield from _values(shown, _numbered(path, decoder))
    yield from decoder.notices(shown)


def _numbered(path: Path, decoder: Decoder) -> Iterator[Line]:
    """The lines in UTF-8 with their numbers; the first may be a whole document, or begin one."""
    for number, line in enumerate(lines(path, limits().max_document_bytes), start=1):
        if isinstance(line, Overlong):
            yield number, line
        else:
            yield number, decoder.utf8(line.removeprefix(UTF8_MARK) if number == 1 else line, number)


def _values(name: str, numbered: Iterator[Line]) -> Iterator[tuple[int, Any] | Notice]:
    first = next(((number, line) for number, line in numbered if isinstance(line, Overlong) or line.strip()), None)
    if first is None:
        return
    number, line = first
    if isinstance(line, Overlong) or not isinstance(read := _read(line, several=True), orjson.JSONDecodeError):
        yield line.notice(name, number) if isinstance(line, Overlong) else _within_limits(name, number, read)
        yield from _each(name, numbered)
    else:
        yield from _whole(name, number, line, numbered, read)


def _whole(
    name: str, begun: int, first: bytes, rest: Iterator[Line], error: orjson.JSONDecodeError
) -> Iterator[tuple[int, Any] | Notice]:
    """The value of a file of many lines, or those of its lines. They are held end to end: one by one short ones would take many
    times their size."""
    held = bytearray(first)
    beyond: Line | None = None
    for number, line in rest:
        if isinstance(line, Overlong) or len(held) + len(line) >= limits().max_document_bytes:
            beyond = number, line
            break
        held += b"\n"
        held += line
    whole = bytes(held)
    del held
    value = _read(whole, several=True) if beyond is None else error
    if not isinstance(value, orjson.JSONDecodeError):
        yield _within_limits(name, begun, value)
    elif beyond is not None or any(line.lstrip()[:1] == b"{" and isinstance(_read(line), dict) for line in _split(whole)):
        again = enumerate(_split(whole), start=begun)
        yield from _each(name, chain(again, [beyond] if beyond else (), rest))
    else:
        yield no_json(name, begun + value.lineno - 1, value)


def _split(whole: bytes) -> Iterator[bytes]:
    """The lines of a text, one at a time."""
    start = 0
    while (end := whole.find(b"\n", start)) >= 0:
        yield whole[start:end]
        start = end + 1
    yield whole[start:]


def _each(name: str, numbered: Iterator[Line]) -> Iterator[tuple[int, Any] | Notice]:
    for number, line in numbered:
        if isinstance(line, Overlong):
            yield line.notice(name, number)
        elif line.strip():
            value = _read(line)
            if isinstance(value, orjson.JSONDecodeError):
                yield no_json(name, number, value)
            else:
                yield _within_limits(name, number, value)


def _within_limits(name: str, number: int, value: Any) -> tuple[int, Any] | Notice:
    """A value with its line, or why it is refused."""
    return Notice(name, number, "", value.reason) if isinstance(value, _Refused) else (number, value)


def no_json(name: str, line: int, error: orjson.JSONDecodeError) -> Notice:
    """Why a line is no JSON, and from which character on; the number of the line is that of the file, not of what was parsed."""
    return Notice(name, line, "", f"is not JSON: {error.msg} (character {error.colno})")


@dataclass(frozen=True)
class _Refused:
    """What stands in the place of a value that is beyond the bounds of a record."""

    reason: str


def _read(line: bytes, several: bool = False) -> Any:
    """The value of a text; the error where it is no JSON."""
    large = problem(line)
    if large and (reason := problem(line, several)):
        return _Refused(reason)
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return error
    return _Refused(reason) if large and (reason := large_entry(value)) else value

"""The JSON values of a file that may be JSON lines or one document over many lines; plain or compressed."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from data.notices import Notice
from data.sources.encoding import Decoder
from data.sources.lines import lines

_JSON = re.compile(r"\.jsonl?(?:\.gz|\.zst)?$")
# A document over many lines is held in memory as a whole; what is longer is read line by line.
LARGEST_DOCUMENT = 256 * 1024 * 1024


def json_files(folder: Path) -> list[Path]:
    """The files of JSON and JSON lines in a folder and those below it, in the order of their names."""
    found = (path for path in folder.rglob("*") if path.is_file() and _JSON.search(path.name))
    return sorted(found, key=lambda path: path.as_posix())


def documents(path: Path, name: str | None = None) -> Iterator[tuple[int, Any] | Notice]:
    """Each JSON value with the number of the line on which it begins, or why a line holds none.

    A file whose first line is a whole value is read as JSON lines, one at a time. Otherwise the file is one value, such
    as an answer saved with indents; where it is none either, lines that are values by themselves are taken. `name`
    stands for the file in notices. Lines that are no UTF-8 are read as Windows-1252, and listed.
    Raises SourceFailed for an unreadable file.
    """
    shown = path.name if name is None else name
    decoder = Decoder()
    numbered = enumerate(_unmarked(lines(path)), start=1)
    yield from _values(shown, ((number, decoder.utf8(line, number)) for number, line in numbered))
    yield from decoder.notices(shown)


def _values(name: str, numbered: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, Any] | Notice]:
    first = next(((number, line) for number, line in numbered if line.strip()), None)
    if first is None:
        return
    read = _read(first[1])
    if not isinstance(read, orjson.JSONDecodeError):
        yield first[0], read
        yield from _each(name, numbered)
    else:
        yield from _whole(name, [first], numbered, read)


def _whole(
    name: str, held: list[tuple[int, bytes]], rest: Iterator[tuple[int, bytes]], error: orjson.JSONDecodeError
) -> Iterator[tuple[int, Any] | Notice]:
    size = len(held[0][1])
    for number, line in rest:
        held.append((number, line))
        size += len(line) + 1
        if size > LARGEST_DOCUMENT:
            break
    value = _read(b"\n".join(line for _, line in held)) if size <= LARGEST_DOCUMENT else error
    if not isinstance(value, orjson.JSONDecodeError):
        yield held[0][0], value
    elif size > LARGEST_DOCUMENT or any(isinstance(_read(line), dict) for _, line in held):
        yield from _each(name, chain(held, rest))
    else:
        yield no_json(name, held[0][0] + value.lineno - 1, value)


def _each(name: str, numbered: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, Any] | Notice]:
    for number, line in numbered:
        if line.strip():
            value = _read(line)
            if isinstance(value, orjson.JSONDecodeError):
                yield no_json(name, number, value)
            else:
                yield number, value


def no_json(name: str, line: int, error: orjson.JSONDecodeError) -> Notice:
    """Why a line is no JSON, and from which character on; the number of the line is that of the file, not of what was parsed."""
    return Notice(name, line, "", f"is not JSON: {error.msg} (character {error.colno})")


def _read(line: bytes) -> Any:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return error


def _unmarked(each: Iterator[bytes]) -> Iterator[bytes]:
    """The lines without a byte order mark before the first."""
    for line in each:
        yield line.removeprefix(b"\xef\xbb\xbf")
        break
    yield from each

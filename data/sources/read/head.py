"""The beginning of a file: enough of it to see whose it is."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from byline.data.sources.read.encoding import as_utf8
from byline.data.sources.read.packed import chunks

_LARGEST = 1 << 20
# So many objects are looked at, and so many places at which one might begin.
_OBJECTS, _TRIES = 100, 1000
# Lists and answers are looked for so many levels down.
_DEEPEST = 20
_BETWEEN = re.compile(r"[\s,\[\]]*")
# Members under which answers of APIs hold what was asked for.
_WRAPPED = ("results", "items", "message", "data", "recommendedPapers")


@dataclass(frozen=True)
class Head:
    """The first MiB of a file, unpacked, as text; signs that are no UTF-8 are replaced."""

    path: Path
    text: str

    @property
    def empty(self) -> bool:
        """Whether nothing stands there, or a list of JSON with nothing in it."""
        return not _BETWEEN.sub("", self.text)

    @cached_property
    def objects(self) -> list[Mapping[str, Any]]:
        """The first objects of JSON, be they in lines, in a list, or in the answer of an API; of one that is cut, those in it."""
        objects: list[Mapping[str, Any]] = []
        for value in _values(self.text):
            objects += _unwrapped(value)
            if len(objects) >= _OBJECTS:
                break
        return objects


def head(path: Path) -> Head:
    """The beginning of a file. Raises SourceFailed where it cannot be read."""
    held: list[bytes] = []
    size = 0
    for chunk in as_utf8(chunks(path)):
        held.append(chunk)
        size += len(chunk)
        if size >= _LARGEST:
            break
    return Head(path, b"".join(held)[:_LARGEST].decode("utf-8", "replace").removeprefix("\ufeff"))


def _values(text: str) -> Iterator[Any]:
    decoder, at = json.JSONDecoder(), 0
    for _ in range(_TRIES):
        if match := _BETWEEN.match(text, at):
            at = match.end()
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            at = text.find("{", at + 1)
            if at < 0:
                return
        else:
            yield value


def _unwrapped(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _unwrapped(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in _WRAPPED:
            if isinstance(value.get(name), dict | list):
                yield from _unwrapped(value[name], depth + 1)

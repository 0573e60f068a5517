"""The neutral record format itself: one JSON object a line, plain or compressed. Members that it does not have are counted."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from byline.data.notices import Notice
from byline.data.record import MEMBERS, TYPES, Record
from byline.data.sources.names.author_lists import with_author_lists
from byline.data.sources.read.documents import no_json
from byline.data.sources.read.encoding import Decoder
from byline.data.sources.read.head import Head
from byline.data.sources.read.json_bounds import problem
from byline.data.sources.read.lines import Overlong, lines
from byline.data.sources.read.salvage import salvaged
from byline.data.sources.read.unplaced import Shape, Unplaced
from byline.data.sources.source import Source


def _shape(by_part: Mapping[str, frozenset[str]]) -> Shape:
    """The members of one type of record, those of its author lists, institutions and figures included."""
    inner: dict[str, Shape] = {name: dict.fromkeys(members) for name, members in by_part.items() if name}
    if "authors" in inner:
        inner["authors"] = {**inner["authors"], "institutions": inner["institutions"]}
    return {**dict.fromkeys(by_part[""]), **inner}


_SHAPES = {kind: _shape(by_part) for kind, by_part in MEMBERS.items()}


def read(path: Path, options: Mapping[str, str]) -> Iterator[Record | Notice]:
    """The record of each line that is not blank, or why the line holds none; then what members are unknown.

    Raises SourceFailed for an unreadable file.
    """
    unplaced = Unplaced(path.name)
    decoder = Decoder()
    for number, line in enumerate(lines(path), start=1):
        if isinstance(line, Overlong):
            yield line.notice(path.name, number)
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        if reason := problem(line):
            yield Notice(path.name, number, "", reason)
            continue
        try:
            value = orjson.loads(decoder.utf8(line, number))
        except orjson.JSONDecodeError as error:
            yield no_json(path.name, number, error)
        else:
            if isinstance(value, dict):
                _unknown(value, unplaced, number)
            yield from with_author_lists(salvaged(value, path.name, number), path.name, number, inverted=True)
    yield from decoder.notices(path.name)
    yield from unplaced.notices()


def _unknown(value: dict[str, Any], unplaced: Unplaced, line: int) -> None:
    """Count the members that records of the type do not have."""
    shape = _SHAPES.get(kind) if isinstance(kind := value.get("type"), str) else None
    if shape is not None:
        unplaced.beyond(value, shape, line)


def _recognises(head: Head) -> bool:
    return any(isinstance(kind := value.get("type"), str) and kind in TYPES for value in head.objects)


SOURCE = Source(
    name="records",
    about="Neutral records: papers, authors, institutions, categories and citations, one JSON object a line "
    "(.jsonl, .jsonl.gz, .jsonl.zst).",
    licence="that of the data put into it",
    says="everything that the graph can hold",
    silent="nothing by itself; a member that is left out is unknown",
    read=read,
    recognises=_recognises,
)

"""The neutral record format itself: one JSON object a line, plain or compressed."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import orjson

from data.notices import Notice
from data.record import TYPES, Record
from data.sources.author_lists import with_author_lists
from data.sources.documents import no_json
from data.sources.head import Head
from data.sources.lenient import but_orcids
from data.sources.lines import lines
from data.sources.source import Source


def read(path: Path, options: Mapping[str, str]) -> Iterator[Record | Notice]:
    """The record of each line that is not blank, or why the line holds none; an ORCID that is none is left out and listed.

    Raises SourceFailed for an unreadable file.
    """
    for number, line in enumerate(lines(path), start=1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            value = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            yield no_json(path.name, number, error)
        else:
            yield from with_author_lists(but_orcids(value, path.name, number), path.name, number, inverted=True)


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

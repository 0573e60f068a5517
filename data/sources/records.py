"""The neutral record format itself: one JSON object a line, plain or compressed."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import orjson

from data.record import Record, Rejection, parse
from data.sources.lines import lines
from data.sources.source import Source


def read(path: Path, options: Mapping[str, str]) -> Iterator[Record | Rejection]:
    """The record of each line that is not blank, or why the line holds none. Raises SourceFailed for an unreadable file."""
    for number, line in enumerate(lines(path), start=1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            value = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            yield Rejection(path.name, number, "", f"is not JSON: {error}")
        else:
            yield parse(value, path.name, number)


SOURCE = Source(
    name="records",
    about="Neutral records: papers, authors, institutions, categories and citations, one JSON object a line "
    "(.jsonl, .jsonl.gz, .jsonl.zst).",
    licence="that of the data put into it",
    says="everything that the graph can hold",
    silent="nothing by itself; a member that is left out is unknown",
    read=read,
)

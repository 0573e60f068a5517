"""The JSON objects of a file that has one a line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from data.record import Rejection
from data.sources.lines import lines


def objects(path: Path) -> Iterator[tuple[int, Any]]:
    """Number and JSON value of each line that is not blank; a Rejection instead of the value where the line is not JSON.

    Raises SourceFailed for an unreadable file.
    """
    for number, line in enumerate(lines(path), start=1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            yield number, orjson.loads(line)
        except orjson.JSONDecodeError as error:
            yield number, Rejection(path.name, number, "", f"is not JSON: {error}")

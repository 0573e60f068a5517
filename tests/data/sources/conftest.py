"""Reading a small text with a source, in a line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from byline.data.notices import Notice
from byline.data.record import dump
from byline.data.sources import SOURCES
from tests.data.views import without_tallies


def as_members(entry: Any) -> Any:
    """A record as its members; a rejection as line, member and reason."""
    return (entry.line, entry.member, entry.reason) if isinstance(entry, Notice) else dump(entry)


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., list[Any]]:
    """read(source, text or path, name="file", unplaced=False, **options): what `as_members` makes of all entries; without
    the tallies of members that have no place in the graph, unless they are wanted."""

    def make(source: str, content: str | bytes | Path, name: str = "file", unplaced: bool = False, **options: str) -> list[Any]:
        if not isinstance(content, Path):
            path = tmp_path / name
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        else:
            path = content
        entries = SOURCES[source].read(path, options)
        return [as_members(each) for each in (entries if unplaced else without_tallies(entries))]

    return make

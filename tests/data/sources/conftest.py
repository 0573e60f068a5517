"""Reading a small text with a source, in a line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from byline.data.notices import Notice, Outcome
from byline.data.record import dump
from byline.data.sources import SOURCES


def told(found: Any) -> Any:
    """A record as its members; a rejection as line, member and reason."""
    return (found.line, found.member, found.reason) if isinstance(found, Notice) else dump(found)


def _is_tally(found: Any) -> bool:
    return isinstance(found, Notice) and found.outcome is Outcome.NO_PLACE


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., list[Any]]:
    """read(source, text or path, name="file", unplaced=False, **options): what `told` makes of everything found; without
    the tallies of members that have no place in the graph, unless they are wanted."""

    def make(source: str, given: str | bytes | Path, name: str = "file", unplaced: bool = False, **options: str) -> list[Any]:
        if not isinstance(given, Path):
            path = tmp_path / name
            path.write_bytes(given.encode() if isinstance(given, str) else given)
        else:
            path = given
        found = SOURCES[source].read(path, options)
        return [told(each) for each in found if unplaced or not _is_tally(each)]

    return make

"""Reading a small text with a source, in a line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.notices import Notice
from data.record import dump
from data.sources import SOURCES


def told(found: Any) -> Any:
    """A record as its members; a rejection as line, member and reason."""
    return (found.line, found.member, found.reason) if isinstance(found, Notice) else dump(found)


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., list[Any]]:
    """read(source, text or path, name="file", **options): what `told` makes of everything found."""

    def make(source: str, given: str | bytes | Path, name: str = "file", **options: str) -> list[Any]:
        if not isinstance(given, Path):
            path = tmp_path / name
            path.write_bytes(given.encode() if isinstance(given, str) else given)
        else:
            path = given
        return [told(each) for each in SOURCES[source].read(path, options)]

    return make

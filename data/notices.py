"""Notices of an ingest: what was refused, left out, mended or doubted, or has no place in the graph, with place and reason."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

# As many characters of a value are shown in a message.
_SHOWN = 60


class Outcome(StrEnum):
    """What became of the piece of input that a notice is about."""

    # The record is not kept.
    REFUSED = "refused"
    # A member is not kept, its record is.
    LEFT_OUT = "left out"
    # A member is kept in another form than stated, where that form is certain.
    MENDED = "mended"
    # Other input contradicts it; the reason says whether it is kept or set aside.
    DOUBTED = "doubted"
    # The format states it, and the graph has nowhere to keep it; one notice counts all of a file.
    NO_PLACE = "no place"


# Not frozen: that would take most of the time of making one, and some files have hundreds of thousands. Nobody changes one.
@dataclass(slots=True, unsafe_hash=True)
class Notice:
    """One piece of input that is not in the graph as it was stated.

    `line` counts from 1; `member` is a path such as `authors[2].name`, or "" for the whole record. `count` is above 1
    where one notice stands for several pieces, of which `line` is the first. `source` is the source of the file; the
    ingest fills it in. `earlier` tells that the file was read by an earlier ingest.
    """

    file: str
    line: int
    member: str
    reason: str
    outcome: Outcome = Outcome.REFUSED
    count: int = 1
    source: str = ""
    earlier: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The members, for JSON."""
        return asdict(self)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {f'{self.member}: ' if self.member else ''}{self.reason}"


def quoted(text: str) -> str:
    """A text as it stands between quotes, in a message: its beginning, without escapes but those of signs that nobody sees."""
    cut = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    seen = cut if cut.isprintable() else "".join(each if each.isprintable() else repr(each)[1:-1] for each in cut)
    return f'"{seen}"' if "'" in seen and '"' not in seen else f"'{seen}'"


def shown(value: Any) -> str:
    """A value in a message: as JSON has it, in words where it holds others."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    return quoted(value) if isinstance(value, str) else str(value)[:_SHOWN]

"""Whose a file is, by its beginning: one that is empty or another source's is told from one that is merely full of mistakes."""

from dataclasses import dataclass
from pathlib import Path

from byline.data.notices import Notice
from byline.data.sources import SOURCES, Source
from byline.data.sources.read.head import head
from byline.graph.errors import SourceFailed

_EMPTY = "is empty"


@dataclass(frozen=True)
class Problem:
    """Why nothing can be read from a file, and what would be right."""

    path: Path
    reason: str
    hint: str

    def error(self) -> SourceFailed:
        """It as the error that refuses the file."""
        return SourceFailed(f"{self.path} {self.reason}", self.hint)

    def notice(self, name: str) -> Notice:
        """It as one line of a report; `name` stands for the file."""
        return Notice(name, 1, "", f"{self.reason}: {self.hint}")


@dataclass(frozen=True)
class Detection:
    """What the beginning of a file tells: whether its source knows it, and why it need not be read any further."""

    source: Source
    path: Path
    own: bool
    problem: Problem | None

    def nothing(self, first: Notice | None) -> Problem | None:
        """What is wrong with the file after no record was found in it; `first` is its first rejection."""
        if self.own:
            return None
        why = f": line {first.line}: {f'{first.member}: ' if first.member else ''}{first.reason}" if first else ""
        return Problem(self.path, f"holds nothing that {self.source.name} reads{why}", _expected(self.source))


def detect(source: Source, path: Path) -> Detection:
    """What the beginning of a file tells. Raises SourceFailed where it cannot be read."""
    beginning = head(path)
    if source.recognises(beginning):
        return Detection(source, path, True, None)
    if beginning.empty:
        return Detection(source, path, False, Problem(path, _EMPTY, _expected(source)))
    others = [name for name, other in SOURCES.items() if other is not source and other.recognises(beginning)]
    problem = None
    if others:
        reason = f"holds nothing that {source.name} reads, but looks like a file of {' or '.join(others)}"
        problem = Problem(path, reason, f"name the source {others[0]}; {_expected(source)}")
    return Detection(source, path, False, problem)


def _expected(source: Source) -> str:
    return f"{source.name} is for {source.about.removesuffix('.')}"

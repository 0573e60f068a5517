"""Members that a format states and the graph has no place for: counted once a member and file, with the first line."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from data.notices import Notice, Outcome

# Different members that are counted apart; those that come later are counted together.
_MEMBERS = 200
_OTHER = "other members"
_REASON = "has no place in the graph"


class Unplaced:
    """The tally of one file."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: dict[str, list[int]] = {}

    def add(self, member: str, line: int) -> None:
        """Count a member of a line."""
        if (found := self._found.get(member)) is not None:
            found[1] += 1
        elif len(self._found) < _MEMBERS or member == _OTHER:
            self._found[member] = [line, 1]
        else:
            self.add(_OTHER, line)

    def among(self, value: Mapping[str, Any], members: Collection[str], line: int, head: str = "") -> None:
        """Count those of an object's members that are stated, not empty, and of which the format is known to say something
        that is not kept."""
        for member in members:
            if value.get(member) not in _NOTHING:
                self.add(head + member, line)

    def notices(self) -> Iterator[Notice]:
        """One notice for each member, at the line where it first stood."""
        for member, (line, count) in self._found.items():
            yield Notice(self._file, line, member, _REASON, Outcome.NO_PLACE, count)


_NOTHING: tuple[Any, ...] = (None, "", [], {}, ())

"""Members of a format that the graph has no place for, counted per member over a file."""

from collections.abc import Iterator

from data.notices import Notice, Outcome

# Members that are counted apart; a file of any shape may have as many names as it has lines.
_MOST = 200
_OTHERS = "other members"


class NoPlace:
    """A tally of members that are read and not kept: `add` each, then `notices` at the end of the file."""

    def __init__(self) -> None:
        self._seen: dict[str, list[int]] = {}

    def add(self, member: str, line: int) -> None:
        """Count a member; the first line on which it stands is remembered."""
        if member not in self._seen and len(self._seen) >= _MOST:
            member = _OTHERS
        self._seen.setdefault(member, [line, 0])[1] += 1

    def notices(self, file: str) -> Iterator[Notice]:
        """One notice for each member, in the order in which they came."""
        for member, (line, count) in self._seen.items():
            yield Notice(file, line, member, "has no place in the graph", Outcome.NO_PLACE, count)

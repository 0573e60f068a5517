"""Pages of the paths between two people: a list of which no more is searched for than a page shows. A cursor names the place of
a path, from 1."""

from dataclasses import dataclass

from byline.graph.errors import BadCursor
from byline.graph.query.opaque import opened, sealed
from byline.graph.request import Page
from byline.graph.store.facet_page import Stretch
from byline.graph.store.protocol import Paths, Status

_HINT = "use a cursor returned by this field for the same two authors"


def encode(place: int) -> str:
    """The cursor of the path at a place."""
    return sealed(["path", place])


def decode(text: str) -> tuple[int]:
    """The place that a cursor names. Raises BadCursor."""
    name, place = opened(text, 2, "of a path", _HINT)
    if name != "path" or type(place) is not int or not 0 < place < 2**31:
        raise BadCursor(f"{text[:40]!r} is a cursor of another list", _HINT)
    return (place,)


def _place(cursor: object, default: int) -> int:
    return default if cursor is None else int(cursor[0])  # type: ignore[index]


@dataclass(frozen=True)
class PathPage:
    """Which page of the paths, of which at most `most` are listed."""

    page: Page
    most: int

    @property
    def length(self) -> int:
        """How many paths it shows at most."""
        return min(size for size in (self.page.first, self.page.last, self.most) if size is not None)

    def needed(self, total: bool, flags: bool) -> int:
        """How many paths have to be looked for: those up to the end of the page, one more to tell whether there are more, and all
        to tell how many there are."""
        page, ends = self.page, [self.most]
        if total:
            return self.most
        if page.before is not None:
            ends.append(_place(page.before, 0) - 1 + flags)
        if page.first is not None:
            ends.append(_place(page.after, 0) + page.first + flags)
        return min(ends)

    def stretch(self, found: int) -> Stretch:
        """The page of so many paths, as Relay defines it."""
        page = self.page
        start, stop = min(_place(page.after, 0), found), min(_place(page.before, found + 1) - 1, found)
        has_previous, has_next, stop = start > 0, stop < found, max(start, stop)
        if page.first is not None and stop - start > page.first:
            stop, has_next = start + page.first, True
        if page.last is not None and stop - start > page.last:
            start, has_previous = stop - page.last, True
        return Stretch(start, stop, has_previous, has_next)

    def total(self, paths: Paths) -> int | None:
        """How many paths there are, where all were looked for; None where there may be more than are listed."""
        found = len(paths.people) - 1
        return found if found < self.most and paths.statuses[0] is not Status.BUDGET_EXCEEDED else None


def cut(paths: Paths, start: int, stop: int) -> Paths:
    """Some of the paths of one pair, laid end to end anew."""
    bounds = paths.people[start : stop + 1]
    rows = paths.rows[bounds[0] : bounds[-1]]
    return Paths(paths.statuses, paths.paths.clip(0, stop - start), bounds - bounds[0], rows)


def outcome(paths: Paths) -> Status:
    """What became of the search for the first path, however many more were looked for."""
    status: Status = paths.statuses[0]
    return Status.FOUND if status is Status.BUDGET_EXCEEDED and len(paths.people) > 1 else status

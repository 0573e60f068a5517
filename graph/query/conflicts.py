"""Conflicts of interest: which people stand too near to which others, for all pairs at once, over any store."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from byline.graph.errors import BadInput, limit_hint
from byline.graph.model import AFFILIATIONS, COAUTHORS, COLLABORATORS, JOINT_PAPERS, PAPER_AUTHORS, Kind
from byline.graph.query import conflict_cursors
from byline.graph.query.unresolved import papers_named, people_named
from byline.graph.request import Cursor, Hop, Key, Page, Select, Window
from byline.graph.store.protocol import Ragged, Rows, Store

Places = npt.NDArray[np.int64]
# Stands for people who are not within the distance asked for.
FAR = np.int8(127)
# People whose circles of several steps are read at a time: each may hold most of the graph.
_TOGETHER = 256


class Reason(StrEnum):
    """Why two people are in conflict."""

    SAME_PERSON = "SAME_PERSON"
    COAUTHOR = "COAUTHOR"
    SAME_INSTITUTION = "SAME_INSTITUTION"


@dataclass(frozen=True)
class ConflictArgs:
    """Whom to hold against whom (people by keys, and the authors of papers by theirs), through the papers of a window: coauthors
    up to `distance` steps away, and whether sharing an institution counts; which page, and how many pairs at most."""

    people: tuple[Key, ...]
    against: tuple[Key, ...]
    papers: tuple[Key, ...]
    window: Window | None
    distance: int
    institutions: bool
    page: Page
    most: int


@dataclass(frozen=True)
class Conflicts:
    """A page of the pairs in conflict: both people, how many steps lie between them (FAR: too many), whether they share an
    institution; how many pairs there are in all, and whether there are more than these."""

    people: Rows
    against: Rows
    distances: npt.NDArray[np.int8]
    shares: npt.NDArray[np.bool_]
    window: Window | None
    total: int
    has_next: bool
    has_previous: bool

    @property
    def hop(self) -> Hop:
        """The papers that two people share."""
        return Hop(JOINT_PAPERS, self.window)

    @property
    def steps(self) -> list[int | None]:
        """The distance of each pair, None where it is not within the one asked for."""
        return [None if steps == FAR else steps for steps in self.distances.tolist()]

    @property
    def reasons(self) -> list[list[str]]:
        """Why, for each pair."""
        near = {0: [Reason.SAME_PERSON.value], int(FAR): []}
        coauthor, shared = [Reason.COAUTHOR.value], [Reason.SAME_INSTITUTION.value]
        return [
            near.get(steps, coauthor) + (shared if share else [])
            for steps, share in zip(self.distances.tolist(), self.shares.tolist(), strict=True)
        ]


async def conflicts(store: Store, args: ConflictArgs) -> Conflicts:
    """The pairs in conflict: by person as they are named, the nearest first, those who only share an institution last, then by
    id. Raises BadInput, BadId, AmbiguousKey, BadCursor."""
    named = await people_named(store, args.people)
    people = named[np.sort(np.unique(named, return_index=True)[1])]
    against = await _against(store, args)
    if len(people) * len(against) > args.most:
        raise BadInput(
            f"{len(people)} people and {len(against)} to hold them against are more than {args.most} pairs",
            limit_hint("split the request", "max_conflict_pairs"),
        )
    distances = await _distances(store, people, against, args)
    shares = np.zeros(distances.shape, np.bool_)
    if args.institutions:
        await _mark_shared(store, people, against, args.window, shares)
    shares &= distances != 0
    first, second = np.nonzero((distances != FAR) | shares)
    order = np.lexsort((second, distances[first, second], first))
    first, second = first[order], second[order]
    start, stop = await _stretch(store, people[first], against[second], args.page)
    here = (first[start:stop], second[start:stop])
    return Conflicts(
        people[here[0]], against[here[1]], distances[here], shares[here], args.window, len(first), stop < len(first), start > 0
    )


async def _against(store: Store, args: ConflictArgs) -> Rows:
    """Everybody to hold people against, each once, by id."""
    named = await people_named(store, args.against)
    papers = await papers_named(store, args.papers)
    authors = await store.expand(Hop(PAPER_AUTHORS), papers, Select(edges=False))
    return np.unique(np.concatenate([named, authors.rows])).astype(np.int32)


async def _distances(store: Store, people: Rows, against: Rows, args: ConflictArgs) -> npt.NDArray[np.int8]:
    """The steps between each two, FAR where they are more than asked for."""
    distances = np.full((len(people), len(against)), FAR, np.int8)
    if not len(against):
        return distances
    for steps in range(1, args.distance + 1):
        hop = Hop(COAUTHORS if steps == 1 else COLLABORATORS, args.window, steps)
        together = len(people) if steps == 1 else _TOGETHER
        for start in range(0, len(people), max(together, 1)):
            lists = await store.expand(hop, people[start : start + together], Select(edges=False))
            distances[_cells(lists, against, start)] = steps
    distances[_cells(Ragged(np.arange(len(people) + 1), people, *_NO_FLAGS), against, 0)] = 0
    return distances


_NO_FLAGS = (np.zeros(0, np.bool_), np.zeros(0, np.bool_))


def _cells(lists: Ragged, against: Rows, start: int) -> tuple[Places, Places]:
    """The cells of those of some lists who are among `against`."""
    places = np.minimum(np.searchsorted(against, lists.rows), len(against) - 1)
    there = against[places] == lists.rows
    return np.repeat(np.arange(len(lists.offsets) - 1), np.diff(lists.offsets))[there] + start, places[there]


async def _mark_shared(store: Store, people: Rows, against: Rows, window: Window | None, shares: npt.NDArray[np.bool_]) -> None:
    """Mark the pairs who name the same institution, on whichever papers of the window."""
    hop = Hop(AFFILIATIONS, window)
    sides = [await store.expand(hop, rows, Select(edges=False)) for rows in (people, against)]
    grouped = [_grouped(side) for side in sides]
    for institution in sorted(set(grouped[0]) & set(grouped[1])):
        shares[np.ix_(grouped[0][institution], grouped[1][institution])] = True


def _grouped(lists: Ragged) -> dict[int, Places]:
    """Whose lists have each far end."""
    owner = np.repeat(np.arange(len(lists.offsets) - 1), np.diff(lists.offsets))
    order = np.argsort(lists.rows, kind="stable")
    ends, starts = np.unique(lists.rows[order], return_index=True)
    return dict(zip(ends.tolist(), np.split(owner[order], starts[1:]), strict=True)) if len(ends) else {}


async def _stretch(store: Store, people: Rows, against: Rows, page: Page) -> tuple[int, int]:
    """Where the page begins and ends among the pairs."""
    start, stop = 0, len(people)
    if page.after is not None:
        start = await _place(store, people, against, page.after) + 1
    if page.before is not None:
        stop = max(await _place(store, people, against, page.before), start)
    if page.first is not None:
        stop = min(stop, start + page.first)
    if page.last is not None:
        start = max(start, stop - page.last)
    return start, stop


async def _place(store: Store, people: Rows, against: Rows, cursor: Cursor) -> int:
    """The place of the pair that a cursor names. Raises BadCursor where it is not in the list."""
    one, other = await store.lookup(Kind.AUTHOR, [Key("id", str(identifier)) for identifier in cursor])
    found = np.flatnonzero((people == one) & (against == other))
    if not len(found):
        raise conflict_cursors.of_another_list(cursor)
    return int(found[0])


@dataclass(frozen=True)
class Shared:
    """Institutions of each pair, laid end to end."""

    offsets: Places
    rows: Rows = field(default_factory=lambda: np.zeros(0, np.int32))


async def shared_institutions(store: Store, found: Conflicts) -> Shared:
    """The institutions that both of each pair of a page name, where sharing one counts, by id."""
    hop, size = Hop(AFFILIATIONS, found.window), np.int64(max((await store.snapshot()).counts["institutions"], 1))
    sides = [await store.expand(hop, rows, Select(edges=False)) for rows in (found.people, found.against)]
    keys = [np.repeat(np.arange(len(found.people)), np.diff(side.offsets)) * size + side.rows for side in sides]
    both = np.intersect1d(keys[0], keys[1])
    both = both[found.shares[both // size]]
    counts = np.bincount(both // size, minlength=len(found.people))
    return Shared(np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]), (both % size).astype(np.int32))


async def cursors(store: Store, found: Conflicts, places: Sequence[int] | None = None) -> list[str]:
    """The cursors of the pairs of a page, by place."""
    at = slice(None) if places is None else np.asarray(places, np.int64)
    ids: list[list[Any]] = [(await store.values(Kind.AUTHOR, rows[at], ["id"]))[0] for rows in (found.people, found.against)]
    return [conflict_cursors.encode(one, other) for one, other in zip(*ids, strict=True)]

"""The page of a facet: its values by count, the most first, then by label, then by key."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from byline.graph.model import Kind
from byline.graph.request import Cursor, Page
from byline.graph.store.answers import MISSING, Counts

# (-count, label, key): in their order the values of a facet stand as they are shown.
Place: TypeAlias = tuple[int, str, str]


class Stretch(NamedTuple):
    """Some of a list, and whether there are more before and behind."""

    start: int
    stop: int
    has_previous: bool
    has_next: bool


def place_of(cursor: Cursor) -> Place:
    """The place that a cursor (count, label, key) names."""
    count, label, key = cursor
    return -int(str(count)), str(label), str(key)


def stretch(places: Sequence[Place], page: Page) -> Stretch:
    """The page of a sorted list, as Relay defines it."""
    start = 0 if page.after is None else bisect_right(places, place_of(page.after))
    stop = len(places) if page.before is None else bisect_left(places, place_of(page.before))
    return between(0, len(places), start, stop, page)


def between(start: int, stop: int, behind: int, before: int, page: Page) -> Stretch:
    """The page of a list from `start` to `stop`, where what lies behind a cursor begins and what lies before one ends."""
    first, last = behind, max(behind, before)
    has_previous, has_next = behind > start, before < stop
    if page.first is not None and last - first > page.first:
        last, has_next = first + page.first, True
    if page.last is not None and last - first > page.last:
        first, has_previous = last - page.last, True
    return Stretch(first, last, has_previous, has_next)


def kinds_page(kinds: Mapping[Kind, int], page: Page) -> Counts:
    """The page of the kinds that there are some of."""
    places: list[Place] = sorted((-count, kind.capitalize(), kind.name) for kind, count in kinds.items() if count)
    cut = stretch(places, page)
    shown = places[cut.start : cut.stop]
    return Counts(
        np.array([0, len(shown)], np.int64),
        [key for _, _, key in shown],
        [label for _, label, _ in shown],
        np.full(len(shown), MISSING, np.int32),
        np.array([-count for count, _, _ in shown], np.int64),
        np.array([len(places)], np.int64),
        np.zeros(1, np.int64),
        np.array([cut.has_next], np.bool_),
        np.array([cut.has_previous], np.bool_),
    )

"""Neighbourhoods among coauthors: what is asked of them, and what plans and resolvers read of them alike."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from byline.graph.network.drawing import NetworkLayout, draw
from byline.graph.network.members import Among, Members, among, around
from byline.graph.query.completeness import why_sparser
from byline.graph.query.unresolved import people_named
from byline.graph.request import Key, Order, Page, Prediction, Route, Window
from byline.graph.store.protocol import Paths, Rows, Store

BY_PAPERS = (Order("paper_count", descending=True, on_edge=True),)


@dataclass(frozen=True)
class SuggestionArgs:
    """Which likely coauthors are asked for."""

    window: Window | None
    method: Prediction
    page: Page


@dataclass(frozen=True)
class PathArgs:
    """Between whom, by their keys, and which paths are asked for, whatever their number."""

    start: Key
    end: Key
    window: Window | None
    weighted: bool
    budget: int

    def route(self, limit: int = 1) -> Route:
        """The way to the first paths. The first of all is always looked for: it tells the distance."""
        return Route(self.window, self.weighted, max(1, limit), self.budget)


def steps_of(paths: Paths) -> Rows:
    """The two ends of each step of each path."""
    last = np.zeros(len(paths.rows), np.bool_)
    last[paths.people[1:] - 1] = True
    starts = np.flatnonzero(~last)
    return np.stack([paths.rows[starts], paths.rows[starts + 1]], axis=1) if len(starts) else np.zeros((0, 2), np.int32)


def of_all_years(window: Window) -> Window:
    """A window without its years."""
    return replace(window, first_year=None, last_year=None)


async def networks(store: Store, args: Any, rows: Rows | None, placed: bool = True) -> list[NetworkLayout]:
    """The networks that are asked for, with where people stand, if that is asked too: one a row, or one of given people. Raises
    BadId, AmbiguousKey."""
    members: list[Members]
    if isinstance(args, Among):
        members = [await among(store, await people_named(store, args.people), args)]
    else:
        assert rows is not None
        members = await around(store, rows, args)
    reason = await why_sparser(store, args.window)
    drawn = [replace(drawing, reason=reason) for drawing in await draw(store, members, args.window)]
    if placed and args.window is not None and args.window != (ever := of_all_years(args.window)):
        every = await draw(store, members, ever)
        drawn = [replace(drawing, whole=whole) for drawing, whole in zip(drawn, every, strict=True)]
    return drawn

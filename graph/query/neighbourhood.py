"""Neighbourhoods among coauthors: what is asked of them, and what plans and resolvers read of them alike."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from byline.graph.errors import BadId
from byline.graph.model import BETWEEN, Kind
from byline.graph.network.drawing import NetworkLayout, draw
from byline.graph.network.members import Among, Members, among, around
from byline.graph.query.completeness import why_sparser
from byline.graph.request import Hop, Key, Order, Prediction, Route, Window
from byline.graph.store.protocol import MISSING, Paths, Rows, Store

BY_PAPERS = (Order("paper_count", descending=True, on_edge=True),)


@dataclass(frozen=True)
class SuggestionArgs:
    """Which likely coauthors are asked for."""

    window: Window | None
    method: Prediction
    first: int


@dataclass(frozen=True)
class PathArgs:
    """Between whom, by their ids, and which paths are asked for."""

    start: str
    end: str
    route: Route


async def rows_of(store: Store, ids: Sequence[str]) -> Rows:
    """The people with these ids. Raises BadId for one that names nobody."""
    rows = await store.lookup(Kind.AUTHOR, [Key("id", identifier) for identifier in ids])
    for identifier, row in zip(ids, rows.tolist(), strict=True):
        if row == MISSING:
            raise BadId(
                f"{identifier[:40]!r} is not the id of an author in this graph", "take ids from the field `id` of an author"
            )
    return rows


def nearer(hop: Hop) -> Hop:
    """The hop to the people between, for a hop of so many steps."""
    return Hop(BETWEEN, hop.window, hop.distance)


def steps_of(paths: Paths) -> Rows:
    """The two ends of each step of each path."""
    last = np.zeros(len(paths.rows), np.bool_)
    last[paths.people[1:] - 1] = True
    starts = np.flatnonzero(~last)
    return np.stack([paths.rows[starts], paths.rows[starts + 1]], axis=1) if len(starts) else np.zeros((0, 2), np.int32)


async def networks(store: Store, args: Any, rows: Rows | None) -> list[NetworkLayout]:
    """The networks that are asked for: one a row, or one of given people. Raises BadId."""
    members: list[Members]
    if isinstance(args, Among):
        members = [await among(store, await rows_of(store, args.ids), args)]
    else:
        assert rows is not None
        members = await around(store, rows, args)
    reason = await why_sparser(store, args.window)
    return [replace(drawing, reason=reason) for drawing in await draw(store, members, args.window)]

"""Who is drawn: the people around each of some authors, or some people with those between or beside them."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from byline.graph.model import COAUTHORS, COLLABORATORS, Edge
from byline.graph.request import Hop, Key, Order, Page, Select, Window
from byline.graph.store.protocol import Ragged, Rows, Store

_PAPERS = Order("paper_count", descending=True, on_edge=True)
_SHARED = Order("shared_count", descending=True, on_edge=True)


class Include(StrEnum):
    """Whom a network of given people shows besides them."""

    ONLY_INPUT = "only_input"
    BRIDGES = "bridges"
    NEIGHBOURS = "neighbours"


@dataclass(frozen=True)
class Around:
    """The network around one person: everybody at most `radius` steps away, at most `most` people."""

    radius: int
    window: Window | None
    most: int


@dataclass(frozen=True)
class Among:
    """The network of given people, by their keys, with those whom `include` adds, at most `most` people."""

    people: tuple[Key, ...]
    include: Include
    window: Window | None
    most: int


@dataclass(frozen=True)
class Members:
    """The people of one network in the order in which they are kept, how far each is from the person or people asked for, and
    whether some were left out."""

    rows: Rows
    distances: npt.NDArray[np.int64]
    truncated: bool


async def around(store: Store, rows: Rows, args: Around) -> list[Members]:
    """The circle of each person. Nearer people are kept first; coauthors by shared papers, people farther away by the number of
    people one step nearer with whom they share a paper; equals by id. So whoever is kept has a way to the centre that is kept.
    """
    circles = [[np.array([row], np.int32)] for row in rows]
    more = np.zeros(len(rows), np.bool_)
    growing = np.arange(len(rows))
    for distance in range(1, args.radius + 1):
        frontier = await _rim(store, rows[growing], args, distance)
        more[growing] |= frontier.has_next
        for place, (start, stop) in zip(growing.tolist(), pairwise(frontier.offsets.tolist()), strict=True):
            circles[place].append(frontier.rows[start:stop])
        # Nobody is looked for who would not be kept: the farther frontiers hold most of the graph.
        growing = growing[[_grows(circles[place], args.most) for place in growing.tolist()]]
        if not len(growing):
            break
    return [_members(circle, bool(cut), args.most) for circle, cut in zip(circles, more, strict=True)]


def _grows(circle: list[Rows], most: int) -> bool:
    """Whether a circle has people at its frontier, and room for more of them or nobody left out yet."""
    return len(circle[-1]) > 0 and sum(map(len, circle)) <= most


async def _rim(store: Store, rows: Rows, args: Around, distance: int) -> Ragged:
    edge: Edge = COAUTHORS if distance == 1 else COLLABORATORS
    order = (_PAPERS,) if distance == 1 else (_SHARED,)
    return await store.expand(Hop(edge, args.window, distance), rows, Select(order=order, page=Page(first=args.most)))


def _members(circle: list[Rows], more: bool, most: int) -> Members:
    distances = np.repeat(np.arange(len(circle)), [len(frontier) for frontier in circle])
    people = np.concatenate(circle)
    return Members(people[:most], distances[:most], more or len(people) > most)


async def among(store: Store, input_rows: Rows, args: Among) -> Members:
    """The people of the input, each once and in their order, then those between or beside them: whoever shares papers with more
    of them first, then with more papers, then by id."""
    people = input_rows[np.sort(np.unique(input_rows, return_index=True)[1])]
    if args.include is Include.ONLY_INPUT:
        others = people[:0]
    else:
        others = await _beside(store, people, args)
    rows = np.concatenate([people, others])
    distances = np.repeat(np.arange(2), [len(people), len(others)])
    return Members(rows[: args.most], distances[: args.most], len(rows) > args.most)


async def _beside(store: Store, people: Rows, args: Among) -> Rows:
    lists = await store.expand(Hop(COAUTHORS, args.window), people, Select(values=("paper_count",)))
    outside = ~np.isin(lists.rows, people)
    others, places = np.unique(lists.rows[outside], return_inverse=True)
    ties = np.bincount(places, minlength=len(others))
    papers = np.bincount(places, np.asarray(lists.values["paper_count"])[outside], minlength=len(others))
    if args.include is Include.BRIDGES:
        others, ties, papers = others[ties > 1], ties[ties > 1], papers[ties > 1]
    return others[np.lexsort((others, -papers, -ties))]

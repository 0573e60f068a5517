"""Steps of a plan among coauthors: who is between, who is likely, which paths there are, small networks."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from byline.graph.errors import BadId
from byline.graph.model import BETWEEN, JOINT_PAPERS, Kind
from byline.graph.network.drawing import NetworkLayout, draw
from byline.graph.network.members import Among, Members, among, around
from byline.graph.query import ir
from byline.graph.query.completeness import why_nearer, why_sparser
from byline.graph.query.reads import ManyRead, NodesRead
from byline.graph.request import NEWEST, Hop, Key, Order, Page, Prediction, Route, Select, Window
from byline.graph.store.protocol import MISSING, Paths, Ragged, Rows, Scores, Status, Store

if TYPE_CHECKING:
    from byline.graph.query.execute import Run

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


@dataclass
class SuggestionsRead:
    """Likely coauthors of each row, and by key what the outputs lead to."""

    scores: Scores
    inner: dict[str, Any] = field(default_factory=dict)


@dataclass
class PathsRead:
    """The paths of one pair. `steps` are the pairs of all their steps, laid end to end, `bounds` where each path's begin, `joint`
    how many papers each pair shares; by key what the outputs lead to."""

    found: Paths
    steps: Rows
    joint: Ragged | None = None
    inner: dict[str, Any] = field(default_factory=dict)
    # Why the two may be nearer to each other.
    reason: str | None = None

    @property
    def bounds(self) -> Any:
        """Where the steps of each path begin: one fewer than its people."""
        return self.found.people - np.arange(len(self.found.people))

    @property
    def distance(self) -> int | None:
        """Steps of the first path; 0 from a person to themself, null where there is no path."""
        if self.found.statuses[0] is Status.SAME:
            return 0
        return int(self.found.people[1]) - 1 if len(self.found.people) > 1 else None


@dataclass
class NetworkRead:
    """One network a row, all their people laid end to end, and by key what the outputs lead to."""

    drawings: Sequence[NetworkLayout]
    people: Rows
    inner: dict[str, NodesRead] = field(default_factory=dict)


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


async def between(run: "Run", output: ir.EntryBetween, hop: Hop, pairs: Rows) -> ManyRead:
    """The first people between both ends of each pair, by the papers they share with the farther one, then by id."""
    select = Select(order=BY_PAPERS, page=Page(first=run.value(output.first)))
    found = await run.store.expand(nearer(hop), pairs, select)
    return ManyRead(found.offsets, await run.nodes(output.shape, found.rows))


async def suggestions(run: "Run", output: ir.Suggestions, rows: Rows) -> SuggestionsRead:
    """Likely coauthors of each row."""
    asked: SuggestionArgs = run.value(output.asked)
    scores = await run.store.suggest(rows, asked.window, asked.method, asked.first)
    run.objects += len(scores.rows)
    read = SuggestionsRead(scores)
    pairs = np.stack([np.repeat(rows, np.diff(scores.offsets)), scores.rows], axis=1).astype(np.int32)
    for part in output.outputs:
        if isinstance(part, ir.EntryNode):
            read.inner[part.key] = await run.nodes(part.shape, scores.rows)
        elif isinstance(part, ir.EntryBetween):
            read.inner[part.key] = await between(run, part, Hop(BETWEEN, asked.window), pairs)
    return read


async def paths(run: "Run", root: ir.PathSearch) -> PathsRead:
    """The paths between two people."""
    asked: PathArgs = run.value(root.asked)
    pair = (await rows_of(run.store, [asked.start, asked.end])).reshape(1, 2)
    found = await run.store.paths(pair, asked.route)
    read = PathsRead(found, steps_of(found), reason=await why_nearer(run.store, found, asked.route.window))
    run.objects += 1 + len(found.people) + len(read.steps)
    for listed in root.fields:
        for output in listed.outputs if isinstance(listed, ir.PathList) else ():
            if isinstance(output, ir.PathPeople):
                read.inner[f"{listed.key}.{output.key}"] = await run.nodes(output.shape, found.rows)
            elif isinstance(output, ir.PathHops):
                read.inner[f"{listed.key}.{output.key}"] = await _hops(run, output, read, asked.route.window)
    return read


def steps_of(found: Paths) -> Rows:
    """The two ends of each step of each path."""
    last = np.zeros(len(found.rows), np.bool_)
    last[found.people[1:] - 1] = True
    starts = np.flatnonzero(~last)
    return np.stack([found.rows[starts], found.rows[starts + 1]], axis=1) if len(starts) else np.zeros((0, 2), np.int32)


async def _hops(run: "Run", output: ir.PathHops, read: PathsRead, window: Window | None) -> dict[str, Any]:
    inner: dict[str, Any] = {}
    joint = Hop(JOINT_PAPERS, window)
    for part in output.outputs:
        match part:
            case ir.HopEnd():
                inner[part.key] = await run.nodes(part.shape, read.steps[:, part.end])
            case ir.HopPapers():
                select = Select(order=NEWEST, page=Page(first=run.value(part.first)))
                papers = await run.store.expand(joint, read.steps, select)
                inner[part.key] = ManyRead(papers.offsets, await run.nodes(part.shape, papers.rows))
            case ir.Cell() if read.joint is None:
                read.joint = await run.store.expand(joint, read.steps, Select(page=Page(first=0), total=True))
    return inner


async def drawn(run: "Run", output: ir.Network, rows: Rows | None) -> NetworkRead:
    """A network around each row, or that of the people who are named."""
    asked = run.value(output.asked)
    drawings = await networks(run.store, asked, rows)
    people = np.concatenate([np.zeros(0, np.int32), *(drawing.members.rows for drawing in drawings)])
    run.objects += len(drawings) + len(people) + sum(len(drawing.links) for drawing in drawings)
    read = NetworkRead(drawings, people)
    for part in output.fields:
        for shown in part.outputs if isinstance(part, ir.DrawnNodes) else ():
            if isinstance(shown, ir.EntryNode):
                read.inner[f"{part.key}.{shown.key}"] = await run.nodes(shown.shape, people)
    return read


async def networks(store: Store, asked: Any, rows: Rows | None) -> list[NetworkLayout]:
    """The networks that are asked for: one a row, or one of given people. Raises BadId."""
    members: list[Members]
    if isinstance(asked, Among):
        members = [await among(store, await rows_of(store, asked.ids), asked)]
    else:
        assert rows is not None
        members = await around(store, rows, asked)
    reason = await why_sparser(store, asked.window)
    return [replace(drawing, reason=reason) for drawing in await draw(store, members, asked.window)]

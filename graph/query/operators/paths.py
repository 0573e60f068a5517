"""Collaboration paths: how two people are connected, step by step, with the papers of each step."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from byline.graph.model import COLLABORATORS, JOINT_PAPERS, Kind
from byline.graph.query import visit_costs
from byline.graph.query.completeness import why_nearer
from byline.graph.query.cost import Estimator
from byline.graph.query.emitter import BOOL, INT, TEXT, Emitter, Level
from byline.graph.query.encoders import Col
from byline.graph.query.neighbourhood import PathArgs, steps_of
from byline.graph.query.operators import text
from byline.graph.query.operators.operator import Operator, read_members
from byline.graph.query.operators.shape import NodesRead, Shape
from byline.graph.query.price import Cost
from byline.graph.query.reads import Read
from byline.graph.query.run import Run
from byline.graph.query.slots import Slot
from byline.graph.query.unresolved import people_named
from byline.graph.request import Hop, Page, Route, Select, Window
from byline.graph.store.protocol import Paths, Rows, Status

# People on a path, for the bound: more than the longest shortest path of any coauthor graph that is known to us.
_LONG_PATH = 32
# Rows that count as scanned for one path. Most searches take less; some see most people, and none is to hold the event loop.
_PATH, _WEIGHED = 130_000.0, 200_000.0


@dataclass
class PathsRead(Read):
    """The paths of one pair. `steps` are the pairs of all their steps, laid end to end, `bounds` where each path's begin; by key
    what the fields lead to."""

    shortest: Paths
    steps: Rows
    window: Window | None = None
    inner: dict[str, Any] = field(default_factory=dict)
    # Why the two may be nearer to each other.
    reason: str | None = None

    @property
    def bounds(self) -> Any:
        """Where the steps of each path begin: one fewer than its people."""
        return self.shortest.people - np.arange(len(self.shortest.people))

    @property
    def hop(self) -> Hop:
        """The hop that each step is one of."""
        return Hop(COLLABORATORS, self.window)

    @property
    def pairs(self) -> Rows:
        """The two ends of each step, as EntryRows have those of entries."""
        return self.steps

    @property
    def distance(self) -> int | None:
        """Steps of the first path; 0 from a person to themself, null where there is no path."""
        if self.shortest.statuses[0] is Status.SAME:
            return 0
        return int(self.shortest.people[1]) - 1 if len(self.shortest.people) > 1 else None


@dataclass(frozen=True)
class PathSearch(Operator):
    """Paths between two people; `args` is neighbourhood.PathArgs, fields are named status, distance, is_upper_bound, reason."""

    key: str
    args: PathArgs | Slot
    fields: tuple[Operator, ...]
    leads = True
    priced_by = "args"

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"paths {text.value(self.args, values)}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        route = at.value(self.args).route
        each = at.leading(self.fields, Cost(1.0, 1.0))
        visited = visit_costs.search(at, Hop(COLLABORATORS, route.window), route.limit)
        scanned = visited.rows_scanned + _rows(at.size(Kind.AUTHOR), route)
        return each.times(route.limit, route.limit) + Cost(visited.upper, 0.0, scanned)

    async def read(self, run: Run, level: None) -> PathsRead:
        """See Operator."""
        args: PathArgs = run.value(self.args)
        pair = (await people_named(run.store, [args.start, args.end])).reshape(1, 2)
        shortest = await run.store.paths(pair, args.route)
        window = args.route.window
        read = PathsRead(shortest, steps_of(shortest), window, reason=await why_nearer(run.store, shortest, window))
        run.objects += 1 + len(shortest.people) + len(read.steps)
        read.inner = await read_members(run, self.fields, read)
        return read

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: PathsRead = level.inner[self.key]
        named = {
            "status": ([read.shortest.statuses[0].value], TEXT),
            "distance": ([read.distance], INT),
            "is_upper_bound": ([read.reason is not None], BOOL),
            "reason": ([read.reason], TEXT),
        }
        return await out.struct(self.fields, Level(1, read.inner, out.named(named), read))


def _rows(people: float, route: Route) -> float:
    """Rows that count as scanned for a search: the first path, and each further one, which is searched for from every person on
    the way. By strength a search visits most of the people near, by steps few of them."""
    first, further = (_WEIGHED, 15.0) if route.weighted else (_PATH, 0.6)
    return first + (route.limit - 1) * further * people + (2.0 * people if route.window else 0.0)


@dataclass(frozen=True)
class PathList(Operator):
    """The paths that were found."""

    key: str
    outputs: tuple[Operator, ...]
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "paths"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        return at.leading(self.outputs)

    async def read(self, run: Run, level: PathsRead) -> dict[str, Any]:
        """See Operator."""
        return await read_members(run, self.outputs, level)

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: PathsRead = level.read
        paths = Level(len(read.shortest.people) - 1, level.inner[self.key], level.cell, read)
        return out.encoder.lists(read.shortest.paths, await out.struct(self.outputs, paths))


@dataclass(frozen=True)
class PathPeople(Operator):
    """The people on a path, both ends included."""

    key: str
    shape: Shape
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "people"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        return self.shape.cost(at).times(_LONG_PATH, 5)

    async def read(self, run: Run, level: PathsRead) -> NodesRead:
        """See Operator."""
        return await self.shape.read(run, level.shortest.rows)

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        return out.encoder.lists(level.read.shortest.people, await super().emit(out, level))


@dataclass
class HopsRead(Read):
    """The papers that each step shares, where they are counted, and by key what the outputs lead to."""

    counts: Any
    inner: dict[str, Any]


@dataclass(frozen=True)
class PathHops(Operator):
    """The steps of a path; fields of the outputs are named paper_count."""

    key: str
    outputs: tuple[Operator, ...]
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "steps"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        return at.leading(self.outputs, Cost(1.0, 1.0)).times(_LONG_PATH, 4)

    async def read(self, run: Run, level: PathsRead) -> HopsRead:
        """See Operator."""
        inner = await read_members(run, self.outputs, level)
        if not any(output.columns for output in self.outputs):
            return HopsRead(None, inner)
        joint = await run.store.expand(Hop(JOINT_PAPERS, level.window), level.steps, Select(page=Page(first=0), total=True))
        return HopsRead(joint.totals, inner)

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: HopsRead = level.inner[self.key]
        steps = await out.records(self.outputs, {"paper_count": (read.counts, INT)}, len(level.read.steps), read.inner)
        return out.encoder.lists(level.read.bounds, steps)


@dataclass(frozen=True)
class HopEnd(Operator):
    """The person that a step leaves (0) or reaches (1)."""

    key: str
    end: int
    shape: Shape
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "end of the step" if self.end else "start of the step"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        return self.shape.cost(at)

    async def read(self, run: Run, level: PathsRead) -> NodesRead:
        """See Operator."""
        return await self.shape.read(run, level.steps[:, self.end])

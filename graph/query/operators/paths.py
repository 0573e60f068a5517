"""Collaboration paths: how two people are connected, step by step, with the papers of each step."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from byline.graph.model import COLLABORATORS, JOINT_PAPERS, Kind
from byline.graph.query import path_pages, visit_costs
from byline.graph.query.completeness import why_nearer
from byline.graph.query.cost import ONE, Estimator
from byline.graph.query.emitter import BOOL, INT, TEXT, Emitter, Level
from byline.graph.query.encoders import Col
from byline.graph.query.neighbourhood import PathArgs, steps_of
from byline.graph.query.operators import text
from byline.graph.query.operators.operator import Operator, read_members, shown_by
from byline.graph.query.operators.paged import PagedRead
from byline.graph.query.operators.shape import NodesRead, Shape
from byline.graph.query.path_pages import PathPage
from byline.graph.query.price import Cost
from byline.graph.query.reads import Read
from byline.graph.query.run import Run
from byline.graph.query.slots import Slot
from byline.graph.query.unresolved import people_named
from byline.graph.request import Hop, Page, Route, Select, Window
from byline.graph.store.protocol import Degree, Paths, Rows, Status, Store

# People on a path, for the bound: more than the longest shortest path of any coauthor graph that is known to us.
_LONG_PATH = 32
# Rows that count as scanned for one path. Most searches take less; some see most people, and none is to hold the event loop.
_PATH, _WEIGHED = 130_000.0, 200_000.0


@dataclass
class PathsRead(Read):
    """The paths of one pair that were searched for, by key what the fields lead to, and why the two may be nearer."""

    shortest: Paths
    window: Window | None = None
    inner: dict[str, Any] = field(default_factory=dict)
    reason: str | None = None

    @property
    def distance(self) -> int | None:
        """Steps of the first path; 0 from a person to themself, null where there is no path."""
        if self.shortest.statuses[0] is Status.SAME:
            return 0
        return int(self.shortest.people[1]) - 1 if len(self.shortest.people) > 1 else None


@dataclass
class PathPageRead(PagedRead):
    """A page of them, the first at the place `start`. `steps` are the pairs of all their steps, laid end to end."""

    shortest: Paths
    steps: Rows
    window: Window | None
    start: int

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

    async def cursors(self, store: Store, places: npt.NDArray[np.int64] | None = None) -> list[str]:
        """See PagedRead."""
        at = range(self.count) if places is None else places.tolist()
        return [path_pages.encode(self.start + place + 1) for place in at]

    def cell(self, out: Emitter, name: str) -> Col:
        """See PagedRead: a path has none."""
        raise KeyError(name)


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

    def _limit(self, pages: Callable[[Any], PathPage]) -> int:
        """How many paths are looked for: as many as the longest page of them needs."""
        lists = [field for field in self.fields if isinstance(field, PathList)]
        return max((each.needed(pages(each.args)) for each in lists), default=1)

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        route = at.value(self.args).route(self._limit(at.value))
        visited = visit_costs.search(at, Hop(COLLABORATORS, route.window), route.limit)
        scanned = visited.rows_scanned + _rows(at.size(Kind.AUTHOR), route)
        return at.leading(self.fields, ONE) + Cost(visited.upper, 0.0, scanned)

    async def read(self, run: Run, level: None) -> PathsRead:
        """See Operator."""
        args: PathArgs = run.value(self.args)
        pair = (await people_named(run.store, [args.start, args.end])).reshape(1, 2)
        shortest = await run.store.paths(pair, args.route(self._limit(run.value)))
        read = PathsRead(shortest, args.window, reason=await why_nearer(run.store, shortest, args.window))
        run.objects += 1
        read.inner = await read_members(run, self.fields, read)
        return read

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: PathsRead = level.inner[self.key]
        named = {
            "status": ([path_pages.outcome(read.shortest).value], TEXT),
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
    """A page of the paths that were found; `args` is a PathPage, parts are those of a connection."""

    key: str
    args: PathPage | Slot
    parts: tuple[Operator, ...]
    leads = True
    priced_by = "args"

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"paths {text.value(self.args, values)}"

    def needed(self, page: PathPage) -> int:
        """How many paths have to be looked for."""
        shown = shown_by(self.parts)
        return page.needed(shown.total, shown.flags)

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        length = at.value(self.args).length
        return replace(at, kind=None, length=Degree(length, length)).leading(self.parts, ONE)

    async def read(self, run: Run, level: PathsRead) -> PathPageRead:
        """See Operator."""
        page: PathPage = run.value(self.args)
        stretch = page.stretch(len(level.shortest.people) - 1)
        shortest = path_pages.cut(level.shortest, stretch.start, stretch.stop)
        totals, more, before = [page.total(level.shortest)], np.array([stretch.has_next]), np.array([stretch.has_previous])
        steps, start = steps_of(shortest), stretch.start
        read = PathPageRead(shortest.paths, totals, more, before, {}, shortest, steps, level.window, start)
        run.objects += len(read.steps)
        read.inner = await read_members(run, self.parts, read)
        return read

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: PathPageRead = level.inner[self.key]
        return await out.struct(self.parts, Level(1, read.inner, level.cell, read))


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

    async def read(self, run: Run, level: PathPageRead) -> NodesRead:
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

    async def read(self, run: Run, level: PathPageRead) -> HopsRead:
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

    async def read(self, run: Run, level: PathPageRead) -> NodesRead:
        """See Operator."""
        return await self.shape.read(run, level.steps[:, self.end])

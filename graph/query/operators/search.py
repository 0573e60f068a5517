"""Search: a page of nodes of any kind by words."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from byline.graph.query import condition_costs, search_cursors
from byline.graph.query.closures import Closure, ClosureCompiler
from byline.graph.query.cost import ONE, Estimator
from byline.graph.query.emitter import BOOL, FLOAT, TEXT, Emitter, Level
from byline.graph.query.encoders import Col
from byline.graph.query.operators import text
from byline.graph.query.operators.mixed import MixedRead, dearest, read_mixed
from byline.graph.query.operators.operator import Operator, read_members
from byline.graph.query.operators.read_then_emit import of_root
from byline.graph.query.operators.shape import Shape
from byline.graph.query.operators.snippets import Hits
from byline.graph.query.price import Cost
from byline.graph.query.reads import Read
from byline.graph.query.run import Run
from byline.graph.query.slots import Slot
from byline.graph.request import Search, score
from byline.graph.store.protocol import Completed, Offsets, SearchPage, Store


@dataclass
class HitsRead(Read):
    """A page, and by key what its parts lead to."""

    page: SearchPage
    inner: dict[str, Any]
    _cursors: list[str] | None = None

    @property
    def offsets(self) -> Offsets:
        """Where the only page begins and ends."""
        return np.array([0, len(self.page.rows)])

    @property
    def totals(self) -> list[int | None]:
        """The length of the whole list."""
        return [self.page.total]

    async def cursors(self, store: Store) -> list[str]:
        """The cursors of the page, asked once whatever parts show them."""
        if self._cursors is None:
            self._cursors = await search_cursors.cursors(store, self.page)
        return self._cursors

    async def flag(self, store: Store, column: str) -> tuple[Any, pa.DataType]:
        """Where the page lies: one column of its page info."""
        if column in ("has_next_page", "has_previous_page"):
            return [self.page.has_next if column == "has_next_page" else self.page.has_previous], BOOL
        cursors = await self.cursors(store)
        return [cursors[0 if column == "start_cursor" else -1] if cursors else None], TEXT


@dataclass(frozen=True)
class HitPage(Operator):
    """The answer to a search; `args` says whether the total is shown."""

    key: str
    args: Search | Slot
    parts: tuple[Operator, ...]
    leads = True
    priced_by = "args"

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"search {text.value(self.args, values)}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        args: Search = at.value(self.args)
        size = min(size for size in (args.first, args.last) if size is not None)
        scanned = sum(at.filtered(where, kind, at.size(kind)) for kind, where in args.where or ())
        return at.leading(self.parts).times(size, size) + ONE + Cost(rows_scanned=scanned)

    def size_of(self, value: Search) -> Any:
        """See Operator."""
        return value.first, value.last, tuple([(kind, condition_costs.form(where)) for kind, where in value.where or ()])

    async def read(self, run: Run, level: None) -> HitsRead:
        """See Operator."""
        search: Search = run.value(self.args)
        (page,) = await run.store.search([search])
        run.requires_rows = True
        return HitsRead(page, await read_members(run, self.parts, Hits(search, page)))

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: HitsRead = level.inner[self.key]
        return await out.struct(self.parts, Level(1, read.inner, read=read))

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        return of_root(self, small)


@dataclass(frozen=True)
class HitEntries(Operator):
    """The entries of a page."""

    key: str
    outputs: tuple[Operator, ...]
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "edges"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        return at.leading(self.outputs, ONE)

    async def read(self, run: Run, level: Hits) -> dict[str, Any]:
        """See Operator."""
        run.objects += len(level.rows)
        return await read_members(run, self.outputs, level)

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: HitsRead = level.read
        scores = [score(fit, citations) for fit, citations, _ in read.page.places]
        entries = Level(len(read.page.rows), level.inner[self.key], out.named({"score": (scores, FLOAT)}), read)
        return out.encoder.lists(read.offsets, await out.struct(self.outputs, entries))


@dataclass(frozen=True)
class HitNode(Operator):
    """The node of an entry, by its kind."""

    key: str
    shapes: tuple[Shape, ...]
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "node"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        return dearest(self.shapes, at)

    async def read(self, run: Run, level: Hits | Completed) -> MixedRead:
        """See Operator."""
        return await read_mixed(run, self.shapes, level.kinds, level.rows)


@dataclass(frozen=True)
class HitNodes(HitNode):
    """The nodes of a page, by their kinds."""

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "nodes"

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        return out.encoder.lists(level.read.offsets, await super().emit(out, level))


@dataclass(frozen=True)
class Score(Operator):
    """How well the node of an entry fits."""

    key: str

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "score"

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        return level.cell("score")

"""The edges of a connection: each node of a page with what belongs to the hop."""

from dataclasses import dataclass
from typing import Any

from byline.graph.query.closures import Bound, Closure, ClosureCompiler, objects, split
from byline.graph.query.cost import AROUND, ONE, Estimator
from byline.graph.query.emitter import INT, TEXT, Emitter, Level
from byline.graph.query.encoders import Col
from byline.graph.query.long_lists import MARK, LongList
from byline.graph.query.operators import text
from byline.graph.query.operators.const import Const
from byline.graph.query.operators.many import Many, far_ends
from byline.graph.query.operators.operator import Operator, Shown, read_members, shown_by
from byline.graph.query.operators.page_parts import cursors
from byline.graph.query.operators.pages import PagesRead
from byline.graph.query.operators.shape import NodesRead, Shape
from byline.graph.query.price import Cost
from byline.graph.query.reads import Read, cut_each, objects_of
from byline.graph.query.run import EntryRows, Run
from byline.graph.store.protocol import Rows
from byline.graph.store.small import Pages
from byline.graph.store.widths import PLAIN


@dataclass
class EntriesRead(Read):
    """By key what the outputs of the entries of a connection lead to."""

    inner: dict[str, Any]
    by_entry = True

    @property
    def objects(self) -> int:
        """See Read."""
        return objects_of(self.inner)

    def cut(self, start: int, stop: int) -> "EntriesRead":
        """See Read."""
        return EntriesRead(cut_each(self.inner, start, stop))


@dataclass(frozen=True)
class Entries(Operator):
    """The far ends of the page with what belongs to the hop."""

    key: str
    outputs: tuple[Operator, ...]
    leads = True

    @property
    def shown(self) -> Shown:
        """See Operator."""
        return shown_by(self.outputs)

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "edges"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        keys = Cost(bytes=sum(len(output.key) + AROUND + PLAIN for output in self.outputs))
        return at.leading(self.outputs, ONE + keys).times(at.length.longest, at.length.mean)

    async def read(self, run: Run, level: PagesRead) -> EntriesRead:
        """See Operator."""
        ragged = level.ragged
        run.objects += len(ragged.rows)
        entries = EntryRows(ragged.rows, ragged.offsets, level.sources, level.args.hop, ragged.edge_rows)
        return EntriesRead(await read_members(run, self.outputs, entries))

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        return out.encoder.lists(level.read.offsets, await self._entries(out, level.read))

    async def _entries(self, out: Emitter, read: PagesRead) -> Col:
        inner: EntriesRead = read.inner[self.key]
        return await out.struct(self.outputs, Level(len(read.rows), inner.inner, read=read))

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        entries = objects(self.outputs, small.entries())
        return lambda pages, bound: split(entries(pages, bound), pages.ends)

    def long_list(self, out: Emitter, read: Any) -> LongList | None:
        """See Operator."""
        count, inner = len(read.rows), read.inner[self.key]

        async def stretch(start: int, stop: int) -> Col:
            return await self._entries(out, read.stretch(self.key, start, stop))

        return LongList(count, count + inner.objects, stretch, Const(self.key, MARK))


@dataclass(frozen=True)
class Cursor(Operator):
    """The place of the entry."""

    key: str

    @property
    def shown(self) -> Shown:
        """See Operator."""
        return Shown(cursors=True)

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "cursor"

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        return out.encoder.leaf(await level.read.cursors(out.store), TEXT)

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        return lambda pages, bound: cursors(small, pages, range(len(pages.rows)))


@dataclass(frozen=True)
class HopValue(Operator):
    """A value of the hop."""

    key: str
    value: str

    @property
    def shown(self) -> Shown:
        """See Operator."""
        return Shown(values=frozenset([self.value]))

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"edge value {self.value}"

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        return out.encoder.leaf(level.read.ragged.values[self.value], INT)

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        value = self.value
        return lambda pages, bound: pages.values[value]


@dataclass(frozen=True)
class EntryNode(Operator):
    """The node of the entry."""

    key: str
    shape: Shape
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "node"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        return self.shape.cost(at)

    async def read(self, run: Run, level: EntryRows) -> NodesRead:
        """See Operator."""
        return await self.shape.read(run, level.rows)

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        nodes = self.shape.closure(small)
        return lambda pages, bound: nodes(pages.rows, bound)


@dataclass(frozen=True)
class EntryMany(Many):
    """The far ends of a hop from the authorship of the entry."""

    @property
    def shown(self) -> Shown:
        """See Operator."""
        return Shown(edges=True)

    def sources(self, level: EntryRows) -> Rows:
        """See Many: authorships."""
        assert level.edge_rows is not None
        return level.edge_rows

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        far = far_ends(small, self.hop, self.select, self.shape)

        def make(pages: Pages, bound: Bound) -> list[Any]:
            return far(pages.edge_rows or (), bound)

        return make

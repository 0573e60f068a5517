"""Parts of a connection beside its edges: nodes, the length of the whole list, page info, completeness."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from byline.graph.query.closures import Bound, Closure, ClosureCompiler, Unclosable, objects, run_sync, split
from byline.graph.query.completeness import why_longer
from byline.graph.query.cost import Estimator
from byline.graph.query.cursors import encode
from byline.graph.query.emitter import BOOL, INT, TEXT, Emitter, Level
from byline.graph.query.encoders import Col
from byline.graph.query.long_lists import MARK, LongList
from byline.graph.query.operators import text
from byline.graph.query.operators.cells import Cell
from byline.graph.query.operators.const import Const
from byline.graph.query.operators.operator import Operator, Shown, columns_of
from byline.graph.query.operators.pages import CompletenessRead
from byline.graph.query.operators.shape import NodesRead, Shape
from byline.graph.query.price import Cost
from byline.graph.query.run import Run
from byline.graph.store.protocol import Rows
from byline.graph.store.small import Pages


@dataclass(frozen=True)
class Total(Operator):
    """How long the whole list is."""

    key: str

    @property
    def shown(self) -> Shown:
        """See Operator."""
        return Shown(total=True)

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "total count"

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        return out.encoder.leaf(level.read.totals, INT)

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        return lambda pages, bound: pages.totals


@dataclass(frozen=True)
class Completeness(Operator):
    """Whether the whole list may be longer than it is known here (`is_lower_bound`), or why (`reason`)."""

    key: str
    member: str
    leads = True
    scans_list = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"completeness {self.member}"

    async def read(self, run: Run, level: Any) -> CompletenessRead:
        """See Operator."""
        read: CompletenessRead = await level.longer(run.store)
        return read

    def _values(self, reasons: Sequence[str | None]) -> list[Any]:
        return list(reasons) if self.member == "reason" else [reason is not None for reason in reasons]

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: CompletenessRead = level.inner[self.key]
        return out.encoder.leaf(self._values(read.reasons), TEXT if self.member == "reason" else BOOL)

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        if (kind := small.kind) is None:
            raise Unclosable

        def make(pages: Pages, bound: Bound) -> list[Any]:
            hop = pages.args.hop
            rows: Rows | None = None if hop is None else np.array(pages.sources, np.int32)
            if hop is not None and not len(pages.sources):
                return []
            return self._values(run_sync(why_longer(small.store, kind, hop, pages.args.select, rows)))

        return make


@dataclass(frozen=True)
class Nodes(Operator):
    """The far ends of the page."""

    key: str
    shape: Shape
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "nodes"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        return self.shape.cost(at).times(at.length.longest, at.length.mean)

    async def read(self, run: Run, level: Any) -> NodesRead:
        """See Operator."""
        return await self.shape.read(run, level.rows)

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        return out.encoder.lists(level.read.offsets, await super().emit(out, level))

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        nodes = self.shape.closure(small)
        return lambda pages, bound: split(nodes(pages.rows, bound), pages.ends)

    def long_list(self, out: Emitter, read: Any) -> LongList | None:
        """See Operator."""
        nodes: NodesRead = read.inner[self.key]

        async def stretch(start: int, stop: int) -> Col:
            return await nodes.cut(start, stop).emit(out)

        return LongList(len(read.rows), nodes.objects, stretch, Const(self.key, MARK))


@dataclass(frozen=True)
class PageFlags(Operator):
    """Where the page lies; fields are named has_next_page, has_previous_page, start_cursor, end_cursor."""

    key: str
    fields: tuple[Const | Cell, ...]

    @property
    def shown(self) -> Shown:
        """See Operator."""
        return Shown(flags=True, cursors=any(name.endswith("cursor") for field in self.fields for name in field.columns))

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "page info"

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        flags = {name: await level.read.flag(out.store, name) for name in columns_of(self.fields)}
        return await out.records(self.fields, flags, level.count)

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        return objects([Flag(field.key, field.columns[0]) if field.columns else field for field in self.fields], small)


@dataclass(frozen=True)
class Flag:
    """One member of the page info, as a closure."""

    key: str
    column: str

    def closure(self, small: ClosureCompiler) -> Closure:
        """Its values, one a page."""
        match self.column:
            case "has_next_page":
                return lambda pages, bound: pages.has_next
            case "has_previous_page":
                return lambda pages, bound: pages.has_previous
        last = self.column == "end_cursor"

        def make(pages: Pages, bound: Bound) -> list[Any]:
            some = [stop > start for start, stop in pairwise(pages.ends)]
            places = [stop - 1 if last else start for start, stop in pairwise(pages.ends) if stop > start]
            page_cursors = iter(cursors(small, pages, places))
            return [next(page_cursors) if there else None for there in some]

        return make


def cursors(small: ClosureCompiler, pages: Pages, places: Sequence[int]) -> list[str]:
    """The cursors of entries by place."""
    assert small.kind is not None
    order, rows = pages.args.select.order, [pages.rows[place] for place in places]
    lists = [
        [pages.values[key.column][place] for place in places]
        if key.on_edge
        else small.direct.reader(small.kind, [key.column])(rows)[0]
        for key in order
    ]
    (ids,) = small.direct.reader(small.kind, ["id"])(rows)
    return [encode(order, values, identifier) for *values, identifier in zip(*lists, ids, strict=True)]

"""Facets: the most frequent values over the whole list of a connection."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from byline.graph.model import Kind
from byline.graph.query.closures import Bound, Closure, ClosureCompiler, Unclosable, run_sync
from byline.graph.query.cost import NOTHING, ONE, Estimator
from byline.graph.query.emitter import INT, TEXT, Emitter, Level, Named
from byline.graph.query.encoders import Col
from byline.graph.query.operators import text
from byline.graph.query.operators.cells import Cell
from byline.graph.query.operators.const import Const
from byline.graph.query.operators.one import OneRead, read_distinct
from byline.graph.query.operators.operator import Operator, read_members
from byline.graph.query.operators.pages import PagesRead
from byline.graph.query.operators.read_then_emit import ROWS
from byline.graph.query.operators.shape import Shape
from byline.graph.query.price import Cost
from byline.graph.query.reads import Read, cut_each, offsets_between
from byline.graph.query.run import Run
from byline.graph.query.slots import Slot
from byline.graph.request import FACET_KINDS, Facet, Hop, Where
from byline.graph.store.protocol import Counts, Rows
from byline.graph.store.small import Pages

_NOWHERE = np.zeros(1, np.int32)


@dataclass
class FacetsRead(Read):
    """Counted values of each list; nodes of the keys, by output key."""

    counts: Counts
    inner: dict[str, Any]

    def cut(self, start: int, stop: int) -> "FacetsRead":
        """See Read."""
        counts = self.counts
        first, last = int(counts.offsets[start]), int(counts.offsets[stop])
        here = slice(first, last)
        offsets = offsets_between(counts.offsets, start, stop)
        some = Counts(offsets, counts.keys[here], counts.labels[here], counts.rows[here], counts.counts[here])
        return FacetsRead(some, cut_each(self.inner, first, last))


@dataclass(frozen=True)
class FacetNode(Operator):
    """What the key of a facet stands for, or null."""

    key: str
    shapes: tuple[Shape, ...]
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "node of the key"

    async def read(self, run: Run, level: tuple[Facet, Rows]) -> OneRead | None:
        """See Operator; a level is what was counted by, and the rows of the keys."""
        by, rows = level
        shape = next((shape for shape in self.shapes if shape.kind is FACET_KINDS.get(by)), None)
        run.requires_rows |= shape is not None and shape.requires_rows
        return await read_distinct(run, shape, rows) if shape else None

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: OneRead | None = level.inner[self.key]
        return await read.emit(out) if read else out.encoder.leaf([None] * level.count, TEXT)


@dataclass(frozen=True)
class Facets(Operator):
    """The most frequent values over the whole list: by what, and how many; fields are named key, label, count."""

    key: str
    args: tuple[Facet, int] | Slot
    fields: tuple[Const | Cell | FacetNode, ...]
    leads = True
    priced_by = "args"
    scans_list = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"facet {text.facet(self.args, values)}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        first = at.value(self.args)[1]
        shapes = [shape.cost(at) for field in self.fields for shape in field.children()]
        each = max(shapes, key=lambda cost: cost.upper, default=NOTHING) + ONE
        return each.times(first, first)

    async def read(self, run: Run, level: PagesRead) -> FacetsRead:
        """See Operator."""
        return await self._read(run, level.args.hop or level.kind, level.sources, level.args.select.where)

    async def _read(self, run: Run, source: Hop | Kind, rows: Rows | None, where: Where) -> FacetsRead:
        by, first = run.value(self.args)
        counts = await run.store.facet(source, _NOWHERE if rows is None else rows, where, by, first)
        run.objects += len(counts.rows)
        return FacetsRead(counts, await read_members(run, self.fields, (by, counts.rows)))

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        return await self._emit(out, level.inner[self.key])

    async def _emit(self, out: Emitter, read: FacetsRead) -> Col:
        counts = read.counts
        named: Named = {"key": (counts.keys, TEXT), "label": (counts.labels, TEXT), "count": (counts.counts, INT)}
        return out.encoder.lists(counts.offsets, await out.records(self.fields, named, len(counts.rows), read.inner))

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        if (kind := small.kind) is None:
            raise Unclosable
        out = Emitter(small.store, ROWS)

        def make(pages: Pages, bound: Bound) -> list[Any]:
            hop = pages.args.hop
            if hop is not None and not len(pages.sources):
                return []
            rows = None if hop is None else np.array(pages.sources, np.int32)
            read = run_sync(self._read(Run(small.store, bound), hop or kind, rows, pages.args.select.where))
            column: list[Any] = run_sync(self._emit(out, read))
            return column

        return make

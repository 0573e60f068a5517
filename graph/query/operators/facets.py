"""Facets: pages of the values that the papers of a whole list have, with their numbers of papers."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from byline.graph.model import IDENTIFIED
from byline.graph.query import facet_cursors
from byline.graph.query.closures import Bound, Closure, ClosureCompiler, Unclosable, run_sync
from byline.graph.query.cost import NOTHING, ONE, Estimator
from byline.graph.query.emitter import INT, TEXT, Emitter, Level
from byline.graph.query.encoders import Col
from byline.graph.query.operators import text
from byline.graph.query.operators.one import OneRead, read_distinct
from byline.graph.query.operators.operator import Operator, read_members
from byline.graph.query.operators.paged import PagedRead
from byline.graph.query.operators.pages import PagesRead
from byline.graph.query.operators.read_then_emit import ROWS
from byline.graph.query.operators.shape import Shape
from byline.graph.query.operators.snippets import Hits
from byline.graph.query.price import Cost
from byline.graph.query.reads import offsets_between
from byline.graph.query.run import Run
from byline.graph.query.slots import Slot
from byline.graph.request import EVERYTHING, Facet, HitFacet, Page
from byline.graph.store.protocol import Counts, Degree, Store
from byline.graph.store.small import Pages

_NOWHERE = np.zeros(1, np.int32)


@dataclass
class FacetsRead(PagedRead):
    """Counted values of each list, and what they were counted by."""

    by: Facet | HitFacet
    counts: Counts

    async def cursors(self, store: Store, places: npt.NDArray[np.int64] | None = None) -> list[str]:
        """See PagedRead."""
        counts = self.counts
        at = range(self.count) if places is None else places.tolist()
        return facet_cursors.cursors(self.by, ((int(counts.counts[i]), counts.labels[i], counts.keys[i]) for i in at))

    def cell(self, out: Emitter, name: str) -> Col:
        """See PagedRead."""
        if name == "count":
            return out.encoder.leaf(self.counts.counts, INT)
        return out.encoder.leaf(self.counts.keys if name == "key" else self.counts.labels, TEXT)

    def cut(self, start: int, stop: int) -> "FacetsRead":
        """See Read."""
        counts, lists = self.counts, slice(start, stop)
        here = slice(int(counts.offsets[start]), int(counts.offsets[stop]))
        some = Counts(
            offsets_between(counts.offsets, start, stop),
            counts.keys[here],
            counts.labels[here],
            counts.rows[here],
            counts.counts[here],
            counts.totals[lists],
            counts.unknown[lists],
            counts.has_next[lists],
            counts.has_previous[lists],
        )
        return facets_read(self.by, some, self.cut_inner(start, stop))


def facets_read(by: Facet | HitFacet, counts: Counts, inner: dict[str, Any]) -> FacetsRead:
    """What a store counted."""
    return FacetsRead(counts.offsets, counts.totals, counts.has_next, counts.has_previous, inner, by, counts)


@dataclass(frozen=True)
class FacetNode(Operator):
    """What the key of a facet stands for, or null."""

    key: str
    shapes: tuple[Shape, ...]
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "node of the key"

    def cost(self, at: Estimator) -> Cost:
        """See Operator: a node of the dearest kind."""
        return max((shape.cost(at) for shape in self.shapes), key=lambda cost: cost.upper, default=NOTHING)

    async def read(self, run: Run, level: FacetsRead) -> OneRead | None:
        """See Operator."""
        shape = next((shape for shape in self.shapes if shape.kind is level.by.kind), None)
        run.requires_rows |= shape is not None and shape.requires_rows
        return await read_distinct(run, shape, level.counts.rows) if shape else None

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: OneRead | None = level.inner[self.key]
        return await read.emit(out) if read else out.encoder.leaf([None] * level.count, TEXT)


@dataclass(frozen=True)
class Facets(Operator):
    """Values over the whole list: by what, and which page of them; among the parts a cell is named unknown_count."""

    key: str
    args: tuple[Facet | HitFacet, Page] | Slot
    parts: tuple[Operator, ...]
    leads = True
    priced_by = "args"
    scans_list = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"facet {text.facet(self.args, values)}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        page = at.value(self.args)[1]
        length = page.longest
        return replace(at, kind=None, length=Degree(length, length)).leading(self.parts, ONE)

    async def read(self, run: Run, level: PagesRead) -> FacetsRead:
        """See Operator."""
        by, page = run.value(self.args)
        return await self._read(run, by, await level.facet(run.store, by, page))

    async def _read(self, run: Run, by: Facet | HitFacet, counts: Counts) -> FacetsRead:
        read = facets_read(by, counts, {})
        read.inner = await read_members(run, self.parts, read)
        return read

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        return await self._emit(out, level.inner[self.key])

    async def _emit(self, out: Emitter, read: FacetsRead) -> Col:
        cells = out.named({"unknown_count": (read.counts.unknown, INT)})
        return await out.struct(self.parts, Level(len(read.totals), read.inner, cells, read))

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        if (kind := small.kind) is None:
            raise Unclosable
        out = Emitter(small.store, ROWS)

        def make(pages: Pages, bound: Bound) -> list[Any]:
            hop = pages.args.hop
            if hop is not None and not len(pages.sources):
                return []
            rows = _NOWHERE if hop is None else np.array(pages.sources, np.int32)
            run = Run(small.store, bound)
            by, page = run.value(self.args)
            counts = run_sync(small.store.facet(hop or kind, rows, pages.args.select.where, by, page))
            read = run_sync(self._read(run, by, counts))
            column: list[Any] = run_sync(self._emit(out, read))
            return column

        return make


@dataclass(frozen=True)
class HitFacets(Facets):
    """Values over all that a search finds, whatever the page."""

    def cost(self, at: Estimator) -> Cost:
        """See Operator: each node may be found."""
        return super().cost(at) + Cost(once=sum(at.size(kind) for kind in IDENTIFIED))

    async def read(self, run: Run, level: Hits) -> FacetsRead:  # type: ignore[override]
        """See Operator."""
        by, page = run.value(self.args)
        return await self._read(run, by, await run.store.facet(level.search, _NOWHERE, EVERYTHING, by, page))

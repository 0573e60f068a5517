"""Pages of lists that an operator makes itself, such as facets: what their parts are put together from."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.graph.query.cost import ONE, Estimator
from byline.graph.query.emitter import BOOL, TEXT, Emitter, Level
from byline.graph.query.encoders import Col
from byline.graph.query.operators import text
from byline.graph.query.operators.edges import EntriesRead
from byline.graph.query.operators.operator import Operator, read_members
from byline.graph.query.price import Cost
from byline.graph.query.reads import Read, cut, objects_of
from byline.graph.query.run import Run
from byline.graph.store.protocol import Flags, Offsets, Store


@dataclass
class PagedRead(Read):
    """A page of each list: where it begins, how long the whole list is, whether there are more, and by key what parts lead to.
    Subclasses have what an entry is made of."""

    offsets: Offsets
    totals: Any
    has_next: Flags
    has_previous: Flags
    inner: dict[str, Any]

    @property
    def count(self) -> int:
        """How many entries all pages have."""
        return int(self.offsets[-1])

    @property
    def objects(self) -> int:
        """See Read."""
        return objects_of(self.inner)

    @abstractmethod
    async def cursors(self, store: Store, places: npt.NDArray[np.int64] | None = None) -> list[str]:
        """The cursors of entries by place, of all of them by default."""

    @abstractmethod
    def cell(self, out: Emitter, name: str) -> Col:
        """A column of the entries."""

    async def flag(self, store: Store, column: str) -> tuple[Any, pa.DataType]:
        """Where each page lies: one column of its page info."""
        if column in ("has_next_page", "has_previous_page"):
            return (self.has_next if column == "has_next_page" else self.has_previous), BOOL
        some = np.diff(self.offsets) > 0
        places = self.offsets[:-1][some] if column == "start_cursor" else self.offsets[1:][some] - 1
        page_cursors = iter(await self.cursors(store, places))
        return [next(page_cursors) if there else None for there in some.tolist()], TEXT

    def cut_inner(self, start: int, stop: int) -> dict[str, Any]:
        """What parts lead to, for the entries of some lists: all of it is by entry."""
        first, last = int(self.offsets[start]), int(self.offsets[stop])
        return {key: cut(read, first, last) for key, read in self.inner.items()}


@dataclass(frozen=True)
class PagedEdges(Operator):
    """The edges of such pages."""

    key: str
    outputs: tuple[Operator, ...]
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "edges"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        return at.leading(self.outputs, ONE).times(at.length.longest, at.length.mean)

    async def read(self, run: Run, level: PagedRead) -> EntriesRead:
        """See Operator."""
        run.objects += level.count
        return EntriesRead(await read_members(run, self.outputs, level))

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read, inner = level.read, level.inner[self.key].inner
        entries = Level(read.count, inner, lambda name: read.cell(out, name), read)
        return out.encoder.lists(read.offsets, await out.struct(self.outputs, entries))


@dataclass(frozen=True)
class PagedNode(Operator):
    """The node of an edge; cells are named as those of the read."""

    key: str
    fields: tuple[Operator, ...]
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "value"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        return at.leading(self.fields, ONE)

    async def read(self, run: Run, level: PagedRead) -> EntriesRead:
        """See Operator."""
        return EntriesRead(await read_members(run, self.fields, level))

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: PagedRead = level.read
        inner = level.inner[self.key].inner
        return await out.struct(self.fields, Level(read.count, inner, lambda name: read.cell(out, name), read))


@dataclass(frozen=True)
class PagedNodes(PagedNode):
    """The nodes of a page, without their edges."""

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "values"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        return super().cost(at).times(at.length.longest, at.length.mean)

    async def read(self, run: Run, level: PagedRead) -> EntriesRead:
        """See Operator."""
        run.objects += level.count
        return await super().read(run, level)

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        return out.encoder.lists(level.read.offsets, await super().emit(out, level))

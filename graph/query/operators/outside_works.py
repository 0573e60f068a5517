"""Works outside the graph: for each paper a page of those that it cites, or that cite it."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from byline.graph.query.closures import Closure, ClosureCompiler
from byline.graph.query.cost import ONE, Estimator
from byline.graph.query.emitter import TEXT, Emitter, Level
from byline.graph.query.encoders import Col
from byline.graph.query.operators import text
from byline.graph.query.operators.operator import Operator, read_members
from byline.graph.query.operators.paged import PagedRead
from byline.graph.query.operators.read_then_emit import of_nodes
from byline.graph.query.outside_works import OutsideWorks as Pages
from byline.graph.query.outside_works import encode, outside_works
from byline.graph.query.price import Cost
from byline.graph.query.run import NodeRows, Run
from byline.graph.query.slots import Slot
from byline.graph.request import Page
from byline.graph.store.protocol import Degree, Store

# Bytes of a list of works that are sorted in the time that a row counts for.
_SORTED = 20.0


@dataclass
class OutsideWorksRead(PagedRead):
    """The pages, and of which column of papers."""

    column: str
    found: Pages

    async def cursors(self, store: Store, places: npt.NDArray[np.int64] | None = None) -> list[str]:
        """See PagedRead."""
        works = self.found.works if places is None else self.found.works.take(places)
        return [encode(self.column, work) for work in works.to_pylist()]

    def cell(self, out: Emitter, name: str) -> Col:
        """See PagedRead: the only member of a work is its text."""
        return out.encoder.leaf(self.found.works, TEXT)


@dataclass(frozen=True)
class OutsideWorks(Operator):
    """The works of a column of papers; `args` is the page."""

    key: str
    column: str
    args: Page | Slot
    parts: tuple[Operator, ...]
    leads = True
    priced_by = "args"

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"works {self.column} {text.value(self.args, values)}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator: the whole list is put in order, whatever is shown of it."""
        page = at.value(self.args)
        length = page.longest
        each = replace(at, kind=None, length=Degree(length, length)).leading(self.parts, ONE)
        return each + Cost(rows_scanned=at.width(self.column) / _SORTED)

    async def read(self, run: Run, level: NodeRows) -> OutsideWorksRead:
        """See Operator."""
        found = await outside_works(run.store, level.rows, self.column, run.value(self.args))
        pages = found.pages
        read = OutsideWorksRead(pages.offsets, pages.totals, pages.has_next, pages.has_previous, {}, self.column, found)
        read.inner = await read_members(run, self.parts, read)
        return read

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: OutsideWorksRead = level.inner[self.key]
        return await out.struct(self.parts, Level(len(read.totals), read.inner, read=read))

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        return of_nodes(self, small)

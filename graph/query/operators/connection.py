"""Connections: pages of a list, one for each row, and what of them is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from byline.graph.model import AUTHOR_PAPERS, COAUTHORS, INSTITUTION_PAPERS, REFERENCES, VENUE_PAPERS, Kind
from byline.graph.query import visit_costs
from byline.graph.query.closures import Bound, Closure, ClosureCompiler, objects
from byline.graph.query.cost import ONE, Estimator
from byline.graph.query.emitter import Emitter, Level
from byline.graph.query.encoders import Col
from byline.graph.query.long_lists import LongList, longest
from byline.graph.query.operators import text
from byline.graph.query.operators.cells import Cell
from byline.graph.query.operators.inline import Inline
from byline.graph.query.operators.operator import Operator, Shown, read_members, shown_by
from byline.graph.query.operators.pages import EVERYTHING_READ, Needs, PagesRead, narrowed
from byline.graph.query.price import Cost
from byline.graph.query.run import NodeRows, Run
from byline.graph.query.slots import ConnectionArgs, Slot
from byline.graph.request import EVERYTHING, Page, Window
from byline.graph.store.protocol import Ragged, Rows
from byline.graph.store.small import Pages, Wants

# Rows that count as scanned for facets of a list besides its entries: so much time is a row (some 25 ns).
_COUNTED = 5_000.0
# Lists whose length is a column of the row.
_LENGTHS = {
    AUTHOR_PAPERS.name: "paper_count",
    COAUTHORS.name: "coauthor_count",
    REFERENCES.name: "reference_count",
    INSTITUTION_PAPERS.name: "paper_count",
    VENUE_PAPERS.name: "paper_count",
}


class Connection(Operator):
    """Pages of lists, and which parts of the answer are shown."""

    kind: Kind
    args: ConnectionArgs | Slot
    parts: tuple[Operator, ...]
    needs: Needs
    leads = True
    priced_by = "args"

    # ------------------------------------------------------------ rewriting

    @property
    def of_parts(self) -> Shown:
        """What the parts show of a page."""
        return shown_by(self.parts)

    @property
    def wants(self) -> Wants:
        """What closures need of its pages."""
        return Wants(flags=self.of_parts.flags, edge_rows=self.of_parts.edges)

    def reading_what_is_shown(self) -> "Connection":
        """Read the length of a list, the values of a hop and the rows of its edges only where the answer shows them."""
        shown, args = self.of_parts, self.args
        if not isinstance(args, ConnectionArgs):
            # The order, and with it what cursors are made of, is known only with the variables.
            values = None if shown.cursors else tuple(sorted(shown.values))
            return replace(self, needs=Needs(shown.total, values, shown.edges))  # type: ignore[type-var]
        ordered = {key.column for key in args.select.order if key.on_edge} if shown.cursors else set()
        needs = Needs(shown.total, tuple(sorted(shown.values | ordered)), shown.edges)
        select = replace(args.select, total=needs.total, values=needs.values or (), edges=needs.edges)
        return replace(self, args=replace(args, select=select), needs=needs)  # type: ignore[type-var]

    # ------------------------------------------------------------ cost

    def size_of(self, value: Any) -> Any:
        """See Operator."""
        return value.size

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        args: ConnectionArgs = at.value(self.args)
        length = at.degree(args.hop.edge.name if args.hop else "", args.select.page)
        beside = Cost(rows_scanned=self._counted() + self.scanned(at, args)) + visit_costs.steps(at, args.hop)
        return at.of(self.kind, length).leading(self.parts, ONE + beside)

    def _counted(self) -> float:
        return _COUNTED * sum(part.scans_list for part in self.parts)

    def scanned(self, at: Estimator, args: ConnectionArgs) -> float:
        """Rows that are scanned for a list besides those of its page."""
        where = args.select.where
        if args.hop is not None:
            degree = at.degree(args.hop.edge.name, Page())
            return degree.worked + at.filtered(where, self.kind, degree.mean)
        size = at.size(self.kind)
        return (size if self._counted() or not args.headed else 0.0) + at.filtered(where, self.kind, size)

    # ------------------------------------------------------------ answering

    async def read_pages(self, run: Run, args: ConnectionArgs, ragged: Ragged, sources: Rows | None) -> PagesRead:
        """What the parts of these pages lead to."""
        read = PagesRead(self.kind, args, ragged, sources)
        read.inner = await read_members(run, self.parts, read)
        return read

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: PagesRead = level.inner[self.key]
        return await out.struct(self.parts, Level(level.count, read.inner, read=read))

    def parts_closure(self, small: ClosureCompiler) -> Closure:
        """From pages to a connection for each."""
        return objects(self.parts, small.pages(self.kind))

    def long_list(self, out: Emitter, read: Any) -> LongList | None:
        """The longest list of the only page of a connection."""
        if not isinstance(read, PagesRead):
            return None
        long_list = longest(part.long_list(out, read) for part in self.parts)
        if long_list is None:
            return None
        parts = tuple(long_list.around if part.key == long_list.around.key else part for part in self.parts)
        return long_list.inside(replace(self, parts=parts), read)  # type: ignore[type-var]


@dataclass(frozen=True)
class Listing(Connection):
    """A connection of the query or of a node: what is asked, and which parts of the answer are shown."""

    key: str
    kind: Kind
    args: ConnectionArgs | Slot
    parts: tuple[Operator, ...]
    needs: Needs = EVERYTHING_READ

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"connection {text.listed(self.args, values, f'all {self.kind}s')}{self.needs.label()}"

    def counted_in_a_column(self) -> Operator:
        """A connection of which only totalCount is shown is a column of the row."""
        if not isinstance(self.args, ConnectionArgs) or (hop := self.args.hop) is None:
            return self
        column = _LENGTHS.get(hop.edge.name)
        if column is None or hop.window not in (None, Window()) or self.args.select.where != EVERYTHING:
            return self
        if any(part.leads or part.shown not in (Shown(), Shown(total=True)) for part in self.parts):
            return self
        return Inline(self.key, tuple(Cell(part.key, column) if part.shown.total else part for part in self.parts))

    async def read(self, run: Run, level: NodeRows | None) -> PagesRead:
        """See Operator."""
        args: ConnectionArgs = run.value(self.args)
        select = narrowed(args.select, self.needs)
        if level is None:
            return await self.read_pages(run, args, await run.store.find(self.kind, select), None)
        assert args.hop is not None
        return await self.read_pages(run, args, await run.store.expand(args.hop, level.rows, select), level.rows)

    # ------------------------------------------------------------ closures

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        if small.kind is None:
            return self._at_root(small)
        if isinstance(self.args, ConnectionArgs):
            return self._settled(small, self.args)
        shown, args_of, wants, needs, direct = (
            self.parts_closure(small),
            small.value(self.args),
            self.wants,
            self.needs,
            small.direct,
        )

        def make(rows: Sequence[int], bound: Bound) -> list[Any]:
            args: ConnectionArgs = args_of(bound)
            assert args.hop is not None
            pages = direct.lister(args.hop, narrowed(args.select, needs), wants)(rows)
            pages.sources, pages.args = rows, args
            return shown(pages, bound)

        return make

    def _settled(self, small: ClosureCompiler, args: ConnectionArgs) -> Closure:
        assert args.hop is not None
        shown = self.parts_closure(small)
        read = small.direct.lister(args.hop, narrowed(args.select, self.needs), self.wants)

        def make(rows: Sequence[int], bound: Bound) -> list[Any]:
            pages: Pages = read(rows)
            pages.sources, pages.args = rows, args
            return shown(pages, bound)

        return make

    def _at_root(self, small: ClosureCompiler) -> Closure:
        args_of, find, kind, needs = small.value(self.args), small.direct.find, self.kind, self.needs
        shown, wants = self.parts_closure(small), self.wants

        def make(level: object, bound: Bound) -> list[Any]:
            args: ConnectionArgs = args_of(bound)
            pages = find(kind, narrowed(args.select, needs), wants)
            pages.args = args
            return shown(pages, bound)

        return make

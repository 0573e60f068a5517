"""Evidence for an edge: the papers that both of its ends share, or the people between them, in the window of its list."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from byline.graph.model import Edge, Kind
from byline.graph.query.closures import Bound, Closure, ClosureCompiler, Unclosable, run_sync
from byline.graph.query.cost import SHORT, Estimator
from byline.graph.query.emitter import Emitter, Level
from byline.graph.query.encoders import Col
from byline.graph.query.operators import text
from byline.graph.query.operators.cells import Cell
from byline.graph.query.operators.connection import Connection
from byline.graph.query.operators.const import Const
from byline.graph.query.operators.operator import Operator
from byline.graph.query.operators.pages import EVERYTHING_READ, Needs, PagesRead, narrowed
from byline.graph.query.operators.read_then_emit import ROWS
from byline.graph.query.operators.years import YearsRead, emit_years, years_of
from byline.graph.query.price import Cost
from byline.graph.query.run import EntryRows, Run
from byline.graph.query.slots import ConnectionArgs, Slot
from byline.graph.request import EVERYTHING, Facet, Hop, Page
from byline.graph.store.small import Pages


def _hop(edge: Edge, above: Hop | None) -> Hop:
    return Hop(edge, above.window, above.distance) if above else Hop(edge)


@dataclass(frozen=True)
class Evidence(Connection):
    """The list of those papers, or people."""

    key: str
    edge: Edge
    args: ConnectionArgs | Slot
    parts: tuple[Operator, ...]
    needs: Needs = EVERYTHING_READ

    @property
    def kind(self) -> Kind:  # type: ignore[override]
        """What the list is of."""
        return self.edge.target

    def label(self, values: text.Values) -> str:
        """See Operator."""
        what = "shared papers" if self.kind is Kind.PAPER else "people between"
        return f"{what} {text.listed(self.args, values, self.edge.name)}{self.needs.label()}"

    def scanned(self, at: Estimator, args: ConnectionArgs) -> float:
        """See Connection: the list is of one pair, and short."""
        return 0.0

    async def read(self, run: Run, level: Any) -> PagesRead:
        """See Operator; a level is of EntryRows, or of the steps of paths."""
        args: ConnectionArgs = run.value(self.args)
        hop = _hop(self.edge, level.hop)
        ragged = await run.store.expand(hop, level.pairs, narrowed(args.select, self.needs))
        return await self.read_pages(run, ConnectionArgs(hop, args.select), ragged, level.pairs)

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        if self.kind is not Kind.PAPER:
            raise Unclosable
        args_of, shown, wants, direct = small.value(self.args), self.parts_closure(small), self.wants, small.direct
        edge, needs = self.edge, self.needs

        def make(above: Pages, bound: Bound) -> list[Any]:
            select = args_of(bound).select
            hop = _hop(edge, above.args.hop)
            pairs = _pairs(above)
            if not pairs:
                return []
            pages = direct.lister(hop, narrowed(select, needs), wants)(pairs)
            pages.sources, pages.args = pairs, ConnectionArgs(hop, select)
            return shown(pages, bound)

        return make


def _pairs(pages: Pages) -> Sequence[tuple[int, int]]:
    """The two ends of each entry."""
    return [
        (source, row)
        for source, (start, stop) in zip(pages.sources, pairwise(pages.ends), strict=True)
        for row in pages.rows[start:stop]
    ]


@dataclass(frozen=True)
class EvidenceYears(Operator):
    """Those papers counted by year; fields are named year, count."""

    key: str
    edge: Edge
    fields: tuple[Const | Cell, ...]
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"shared papers by year {self.edge.name}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        return Cost(SHORT, 1.0)

    async def read(self, run: Run, level: EntryRows) -> YearsRead:
        """See Operator."""
        return YearsRead(years_of(await run.store.facet(_hop(self.edge, level.hop), level.pairs, EVERYTHING, Facet.YEAR, Page())))

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        return await emit_years(out, self.fields, level.inner[self.key].lists)

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        out = Emitter(small.store, ROWS)

        def make(pages: Pages, bound: Bound) -> list[Any]:
            pairs = np.array(_pairs(pages), np.int32).reshape(-1, 2)
            hop = _hop(self.edge, pages.args.hop)
            counts = run_sync(small.store.facet(hop, pairs, EVERYTHING, Facet.YEAR, Page()))
            column: list[Any] = run_sync(emit_years(out, self.fields, years_of(counts)))
            return column

        return make

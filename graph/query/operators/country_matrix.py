"""Matrices of countries: countries, which are no nodes, by countries."""

from dataclasses import dataclass, field
from typing import Any

from byline.graph.query import metric_costs
from byline.graph.query.cost import Estimator
from byline.graph.query.country_matrix import CountryArgs, country_matrix_of
from byline.graph.query.country_matrix import CountryMatrix as Cells
from byline.graph.query.emitter import Emitter, Level
from byline.graph.query.encoders import Col
from byline.graph.query.matrices import members, spelled_alike
from byline.graph.query.operators import text
from byline.graph.query.operators.matrix import emit_member
from byline.graph.query.operators.operator import Operator
from byline.graph.query.price import Cost
from byline.graph.query.reads import Read
from byline.graph.query.run import Run
from byline.graph.query.slots import Slot


@dataclass
class CountryMatrixRead(Read):
    """A matrix."""

    cells: Cells
    inner: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CountryMatrix(Operator):
    """Countries by countries; cells are named as in graph/query/matrices.py."""

    key: str
    args: CountryArgs | Slot
    fields: tuple[Operator, ...]
    leads = True
    priced_by = "args"

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"country matrix {text.value(self.args, values)}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        args = at.value(self.args)
        side = args.first if args.codes is None else len(args.codes)
        return Cost(side * side + side, 1.0) + metric_costs.country_matrix(at, args)

    async def read(self, run: Run, level: None) -> CountryMatrixRead:
        """See Operator."""
        cells = await country_matrix_of(run.store, run.value(self.args))
        run.requires_rows |= not spelled_alike(cells)
        return CountryMatrixRead(cells)

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: CountryMatrixRead = level.inner[self.key]
        shown = {"country_codes": list(read.cells.codes)} | members(read.cells)
        return await out.struct(self.fields, Level(1, {}, lambda name: emit_member(out, name, shown[name]), read))

"""Matrices: nodes of a kind by nodes of it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from byline.graph.query import metric_costs
from byline.graph.query.cost import NOTHING, Estimator
from byline.graph.query.emitter import FLOAT, INT, TEXT, Emitter, Level
from byline.graph.query.encoders import Col
from byline.graph.query.matrices import Matrix as Cells
from byline.graph.query.matrices import MatrixArgs, matrix_of, members, spelled_alike, strangers
from byline.graph.query.operators import text
from byline.graph.query.operators.operator import Operator, read_members
from byline.graph.query.price import Cost
from byline.graph.query.reads import Read
from byline.graph.query.run import Run
from byline.graph.query.slots import Slot
from byline.graph.store.protocol import Offsets, Rows

# What finding the chosen ones counts for, in objects of an answer.
_FOUND = 1_000.0
_TYPES = {"method": TEXT, "paper_count": INT, "elsewhere": FLOAT}


@dataclass
class MatrixRead(Read):
    """A matrix and, by key, its nodes."""

    cells: Cells
    inner: dict[str, Any]

    @property
    def offsets(self) -> Offsets:
        """Where its only list of nodes begins and ends."""
        return _one(len(self.cells.rows))


@dataclass(frozen=True)
class _Chosen:
    """The nodes of a matrix, as what its parts are read for."""

    rows: Rows


@dataclass(frozen=True)
class Matrix(Operator):
    """Nodes of a kind by nodes of it; cells are named as in graph/query/matrices.py."""

    key: str
    args: MatrixArgs | Slot
    fields: tuple[Operator, ...]
    leads = True
    priced_by = "args"

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"matrix {text.value(self.args, values)}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator: every cell counts, and so does the reading of many papers."""
        args = at.value(self.args)
        side = args.first if args.ids is None else len(args.ids)
        nodes = at.leading(self.fields, NOTHING).times(side, side)
        return Cost(_FOUND + side * side, 1.0) + metric_costs.matrix(at, args) + nodes

    async def read(self, run: Run, level: None) -> MatrixRead:
        """See Operator."""
        args: MatrixArgs = run.value(self.args)
        run.unresolved += [((self.key,), args.kind, key) for key in strangers(args)]
        cells = await matrix_of(run.store, args)
        run.requires_rows |= not spelled_alike(cells)
        return MatrixRead(cells, await read_members(run, self.fields, _Chosen(cells.rows)))

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: MatrixRead = level.inner[self.key]
        shown = members(read.cells)
        return await out.struct(self.fields, Level(1, read.inner, lambda name: emit_member(out, name, shown[name]), read))


def _one(length: int) -> Offsets:
    return np.array([0, length], np.int64)


def emit_member(out: Emitter, name: str, value: Any) -> Col:
    """A member of a matrix beside its nodes."""
    if name in _TYPES:
        return out.encoder.leaf([value], _TYPES[name])
    if name == "country_codes":
        return out.encoder.lists(_one(len(value)), out.encoder.leaf(value, TEXT))
    if name != "values":
        return out.encoder.lists(_one(len(value)), out.encoder.leaf(value, FLOAT))
    cells = out.encoder.leaf([cell for row in value for cell in row], FLOAT)
    rows = (
        out.encoder.lists(np.arange(len(value) + 1, dtype=np.int64) * len(value), cells)
        if value
        else out.encoder.leaf([], pa.large_list(FLOAT))
    )
    return out.encoder.lists(_one(len(value)), rows)

"""Nodes that many rows may share: the node whose row a column holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from byline.graph.model import Kind
from byline.graph.query.closures import Bound, Closure, ClosureCompiler, Unclosable
from byline.graph.query.cost import Estimator
from byline.graph.query.emitter import Emitter
from byline.graph.query.encoders import Col
from byline.graph.query.operators import text
from byline.graph.query.operators.operator import Operator
from byline.graph.query.operators.shape import NodesRead, Shape
from byline.graph.query.price import Cost
from byline.graph.query.reads import Read
from byline.graph.query.run import NodeRows, Run
from byline.graph.store.protocol import Rows

# Rows up to which finding the distinct nodes costs more than reading some of them twice.
_FEW = 64


@dataclass
class OneRead(Read):
    """For each row the place of its node among `nodes`, -1 for none; no places: each row has its own, in order."""

    places: npt.NDArray[np.int64] | None
    nodes: NodesRead

    @property
    def objects(self) -> int:
        """See Read."""
        return self.nodes.objects

    def cut(self, start: int, stop: int) -> "OneRead":
        """See Read. Of shared nodes that are plain those that are named are left, of others all."""
        if self.places is None:
            return OneRead(None, self.nodes.cut(start, stop))
        if self.nodes.inner:
            return OneRead(self.places[start:stop], self.nodes)
        named, places = np.unique(self.places[start:stop], return_inverse=True)
        nowhere = int((named < 0).sum())
        return OneRead(places - nowhere, NodesRead(self.nodes.shape, self.nodes.rows[named[nowhere:]]))

    async def emit(self, out: Emitter) -> Col:
        """A node or null for each row."""
        inner = await self.nodes.emit(out)
        return inner if self.places is None else out.encoder.take(inner, self.places)


async def read_distinct(run: Run, shape: Shape, targets: Rows) -> OneRead:
    """Nodes of which many rows may share one, -1 for none: where there are many rows, each node is read once."""
    if len(targets) < _FEW and (not len(targets) or targets.min() >= 0):
        return OneRead(None, await shape.read(run, targets))
    distinct, places = np.unique(targets, return_inverse=True)
    nodes = distinct >= 0
    return OneRead(places - int((~nodes).sum()), await shape.read(run, distinct[nodes]))


@dataclass(frozen=True)
class One(Operator):
    """The node whose row a column holds, or null."""

    key: str
    column: str
    kind: Kind
    shape: Shape
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"node {self.column} -> {self.kind}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        return self.shape.cost(at)

    async def read(self, run: Run, level: NodeRows) -> OneRead:
        """See Operator."""
        (column,) = await run.store.values(level.kind, level.rows, [self.column])
        return await read_distinct(run, self.shape, np.array([-1 if row is None else row for row in column], np.int32))

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        if small.kind is None:
            raise Unclosable
        read, nodes = small.direct.reader(small.kind, [self.column]), self.shape.closure(small)
        json_pieces = self.shape.stays_as_json(small.direct)

        def make(rows: Sequence[int], bound: Bound) -> list[Any]:
            (targets,) = read(rows)
            if json_pieces and None not in targets:
                # A node that is kept as JSON is shown again sooner than told from others.
                return nodes(targets, bound)
            return distinct(targets, bound)

        def distinct(targets: list[Any], bound: Bound) -> list[Any]:
            # Many rows may share one node, which is then read once and shown as often.
            shown = dict.fromkeys(targets)
            there = [target for target in shown if target is not None]
            if there:
                shown.update(zip(there, nodes(there, bound), strict=True))
            return [shown[target] for target in targets]

        return make

"""Nodes of several kinds in one list, which only rows can show where there are several."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from byline.graph.model import Kind
from byline.graph.query.cost import Estimator
from byline.graph.query.emitter import Emitter
from byline.graph.query.operators.shape import NodesRead, Shape
from byline.graph.query.price import Cost
from byline.graph.query.reads import Read
from byline.graph.query.run import Run
from byline.graph.store.protocol import Rows


@dataclass
class MixedRead(Read):
    """For each entry the kind and the place among that kind's nodes; None where it names nothing."""

    positions: list[tuple[Kind, int] | None]
    nodes: dict[Kind, NodesRead]

    @property
    def kinds(self) -> set[Kind]:
        """The kinds that there are."""
        return {entry[0] for entry in self.positions if entry}

    async def emit(self, out: Emitter) -> list[Any]:
        """The entries in their order, as rows."""
        columns = {kind: await nodes.emit(out) for kind, nodes in self.nodes.items()}
        return [columns[entry[0]][entry[1]] if entry else None for entry in self.positions]


async def read_mixed(run: Run, shapes: Sequence[Shape], kinds: Sequence[Kind | None], rows: Rows) -> MixedRead:
    """Nodes by kind and row, read kind by kind, and where each of them stands; a row below zero names nothing."""
    positions: list[tuple[Kind, int] | None] = [None] * len(kinds)
    nodes = {}
    for shape in shapes:
        of_kind = [place for place, kind in enumerate(kinds) if kind is shape.kind]
        if not of_kind:
            continue
        there = [place for place in of_kind if rows[place] >= 0]
        for number, place in enumerate(there):
            positions[place] = (shape.kind, number)
        nodes[shape.kind] = await shape.read(run, rows[np.array(there, np.int64)])
    return MixedRead(positions, nodes)


def dearest(shapes: Sequence[Shape], at: Estimator) -> Cost:
    """One node, of the kind that costs most."""
    return max((shape.cost(at) for shape in shapes), key=lambda cost: cost.upper)

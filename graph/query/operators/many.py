"""Plain lists: the far ends of a hop, all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from byline.graph.query.closures import Bound, Closure, ClosureCompiler, split
from byline.graph.query.cost import Estimator
from byline.graph.query.emitter import Emitter
from byline.graph.query.encoders import Col
from byline.graph.query.operators import text
from byline.graph.query.operators.operator import Operator
from byline.graph.query.operators.shape import NodesRead, Shape
from byline.graph.query.price import Cost
from byline.graph.query.reads import Read, offsets_between
from byline.graph.query.run import Run
from byline.graph.request import Hop, Page, Select
from byline.graph.store.protocol import Offsets, Rows
from byline.graph.store.small import Wants


@dataclass
class ManyRead(Read):
    """Lists of nodes laid end to end."""

    offsets: Offsets
    nodes: NodesRead

    @property
    def objects(self) -> int:
        """See Read."""
        return self.nodes.objects

    def cut(self, start: int, stop: int) -> "ManyRead":
        """See Read."""
        nodes = self.nodes.cut(int(self.offsets[start]), int(self.offsets[stop]))
        return ManyRead(offsets_between(self.offsets, start, stop), nodes)

    async def emit(self, out: Emitter) -> Col:
        """A list of nodes for each row."""
        return out.encoder.lists(self.offsets, await self.nodes.emit(out))


async def read_many(run: Run, hop: Hop, select: Select, shape: Shape, rows: Rows) -> ManyRead:
    """The far ends of a hop from rows, or from pairs of rows."""
    ragged = await run.store.expand(hop, rows, select)
    return ManyRead(ragged.offsets, await shape.read(run, ragged.rows))


@dataclass(frozen=True)
class Many(Operator):
    """The far ends of a hop as a plain list."""

    key: str
    hop: Hop
    select: Select
    shape: Shape
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"list {text.hop(self.hop)}{text.select(self.select)}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        length = at.degree(self.hop.edge.name, Page())
        return self.shape.cost(at).times(length.longest, length.mean)

    def sources(self, level: Any) -> Rows:
        """The rows that the hop starts from."""
        rows: Rows = level.rows
        return rows

    async def read(self, run: Run, level: Any) -> ManyRead:
        """See Operator."""
        return await read_many(run, self.hop, self.select, self.shape, self.sources(level))

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        return far_ends(small, self.hop, self.select, self.shape)


def far_ends(small: ClosureCompiler, hop: Hop, select: Select, shape: Shape) -> Closure:
    """The far ends of a hop as a plain list for each row."""
    read, nodes = small.direct.lister(hop, select, Wants()), shape.closure(small)

    def make(rows: Sequence[int], bound: Bound) -> list[Any]:
        pages = read(rows)
        return split(nodes(pages.rows, bound), pages.ends)

    return make

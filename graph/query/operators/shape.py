"""Shapes: what is shown of each node of a kind."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from orjson import Fragment, dumps

from byline.graph.model import Kind
from byline.graph.query.closures import Bound, Closure, ClosureCompiler, TooLargeForClosures
from byline.graph.query.cost import ONE, Estimator
from byline.graph.query.emitter import Emitter, Level
from byline.graph.query.encoders import Col, maker
from byline.graph.query.long_lists import LongList, longest
from byline.graph.query.operators import text
from byline.graph.query.operators.operator import Operator, columns_of, read_members
from byline.graph.query.price import Cost
from byline.graph.query.reads import Read, cut_each, objects_of
from byline.graph.query.run import NodeRows, Run
from byline.graph.store.protocol import Rows
from byline.graph.store.row_cache import RowCache
from byline.graph.store.small import Reader, SmallReads

# Rows of one level from which the batched way is cheaper than closures, whatever was estimated.
MOST_ROWS = 2_000
# Nodes of one selection that are cached as JSON, some 150 bytes each, and of how many selections.
LEAVES, LEAF_SHAPES = 1 << 15, 16


@dataclass
class NodesRead(Read):
    """Rows of a kind, and by key what their outputs lead to."""

    shape: "Shape"
    rows: Rows
    inner: dict[str, Any] = field(default_factory=dict)
    by_entry = True

    @property
    def objects(self) -> int:
        """See Read."""
        return len(self.rows) + objects_of(self.inner)

    def cut(self, start: int, stop: int) -> "NodesRead":
        """See Read."""
        return NodesRead(self.shape, self.rows[start:stop], cut_each(self.inner, start, stop))

    def level(self, cells: Mapping[str, Col]) -> Level:
        """The nodes as a level of the answer."""
        return Level(len(self.rows), self.inner, cells.__getitem__, self)

    async def emit(self, out: Emitter) -> Col:
        """Objects of one kind, one a row."""
        shape, names = self.shape, self.shape.columns
        cells = await out.encoder.cells(out.store, shape.kind, self.rows, names) if names else []
        return await out.struct(shape.outputs, self.level(dict(zip(names, cells, strict=True))))

    def long_list(self, out: Emitter) -> LongList | None:
        """The longest list below a single node."""
        if len(self.rows) != 1:
            return None
        outputs = self.shape.outputs
        long_list = longest(output.long_list(out, self.inner.get(output.key)) for output in outputs)
        if long_list is None:
            return None
        around = tuple(long_list.around if output.key == long_list.around.key else output for output in outputs)
        return long_list.inside(replace(self.shape, outputs=around))


@dataclass(frozen=True)
class Shape(Operator):
    """What is shown of each node of a kind, in the order of the answer."""

    kind: Kind
    outputs: tuple[Operator, ...]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns that are shown as they are."""
        return columns_of(self.outputs)

    @cached_property
    def requires_rows(self) -> bool:
        """See Operator."""
        return super().requires_rows

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"on {self.kind}"

    def metrics_in_columns(self) -> "Shape":
        """See Operator."""
        return replace(self, outputs=tuple(output.from_columns(self.kind) for output in self.outputs))

    def cost(self, at: Estimator) -> Cost:
        """One node and what is shown of it."""
        inside = at.of(self.kind)
        return sum((inside.member(output) for output in self.outputs), ONE)

    async def read(self, run: Run, rows: Rows) -> NodesRead:
        """Rows of the kind and all that their outputs lead to."""
        run.objects += len(rows)
        return NodesRead(self, rows, await read_members(run, self.outputs, NodeRows(self.kind, rows)))

    # ------------------------------------------------------------ closures

    def stays_as_json(self, direct: SmallReads) -> bool:
        """Whether its nodes are kept as JSON: brief ones of which only columns are shown."""
        return bool(self.outputs) and all(output.is_cell for output in self.outputs) and direct.brief(self.kind, self.columns)

    def closure(self, small: ClosureCompiler) -> Closure:
        """Objects of the kind, one a row. Columns are read together, so they come first."""
        outputs = self.outputs
        if not outputs:
            return lambda rows, bound: [{} for _ in rows]
        cells = [place for place, output in enumerate(outputs) if output.is_cell]
        others = [place for place, output in enumerate(outputs) if not output.is_cell]
        columns = {place: column for column, place in enumerate([*cells, *others])}
        make_objects = maker(tuple(output.key for output in outputs), tuple(columns[place] for place in range(len(columns))))
        names = [name for place in cells for name in outputs[place].columns]
        read = small.direct.reader(self.kind, names) if names else lambda rows: []
        inside = small.nodes(self.kind)
        members = [outputs[place].closure(inside) for place in others]

        def make(rows: Sequence[int], bound: Bound) -> list[Any]:
            if len(rows) > MOST_ROWS:
                raise TooLargeForClosures
            return make_objects(*read(rows), *[member(rows, bound) for member in members])

        if members:
            return make
        keys = tuple(output.key for output in outputs)
        return _leaves(small.direct, (self.kind, keys, tuple(names)), read, make_objects, self.stays_as_json(small.direct))


def _leaves(direct: SmallReads, what: Hashable, read: Reader, make_objects: Callable[..., list[Any]], brief: bool) -> Closure:
    """Nodes of which only columns are shown: brief ones as pieces of JSON, which stay for the next answer that shows them."""
    leaves: Callable[[Sequence[int]], list[Any]] | None = direct.beside.get(what)
    if not brief:
        leaves = lambda rows: make_objects(*read(rows))  # noqa: E731
    elif leaves is None:
        if len(direct.beside) >= LEAF_SHAPES:
            direct.beside.clear()
        leaves = direct.beside[what] = RowCache(lambda rows: [_piece(node) for node in make_objects(*read(rows))], LEAVES)

    def make(rows: Sequence[int], bound: Bound) -> list[Any]:
        if len(rows) > MOST_ROWS:
            raise TooLargeForClosures
        return leaves(rows)

    return make


def _piece(node: dict[str, Any]) -> Fragment:
    """A node as JSON; copied, for what orjson gives keeps the four KiB that it was written in."""
    return Fragment(bytes(memoryview(dumps(node))))

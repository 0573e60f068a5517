"""A plan bound to a store as one nest of closures, from the values of its slots to the answer as Python values.

For answers of up to some hundreds of objects. Reading and putting together are one here: no await, no array, no dispatch on
what a part of the plan is, since all of that was settled when the closures were made. What has no closure of its own is read
and put together in the general way (`graph/query/execute.py`, `schema/answer/assembler.py`) and taken in as a list.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeAlias

import numpy as np
from orjson import Fragment, dumps

from byline.graph.ids import kind_of
from byline.graph.model import Kind
from byline.graph.query import ir, search_hits
from byline.graph.query.execute import Run, narrowed
from byline.graph.query.reads import NodesRead
from byline.graph.request import Hop, Key, Select
from byline.graph.store.protocol import Store
from byline.graph.store.row_cache import RowCache
from byline.graph.store.small import Reader, SmallReads, Wants
from byline.schema.answer.assembler import Assembler
from byline.schema.answer.closures import Bound, Member, TooLargeForClosures, Unclosable, run_sync, split
from byline.schema.answer.encoders import RowEncoder, maker
from byline.schema.answer.pages import Pager, wanted
from byline.schema.types.keys import warning_of

# From the values of the slots to the value of a root.
RootMaker: TypeAlias = Callable[[Bound], Any]
# Rows of one level from which the batched way is cheaper, whatever was guessed.
MOST_ROWS = 2_000
# Nodes of one selection that are kept as JSON, some 150 bytes each, and how many selections are kept of.
LEAVES, LEAF_SHAPES = 1 << 15, 16
_LISTS = RowEncoder()


def bind(plan: ir.Plan, store: Store, direct: SmallReads) -> Callable[[Bound], dict[str, Any]] | None:
    """The plan as a function from the values of its slots to `data`, None where it has none. It raises TooLargeForClosures."""
    binder = Binder(store, direct)
    try:
        roots = [(root.key, binder.root(root)) for root in plan.roots]
    except Unclosable:
        return None
    if len(roots) == 1:
        ((key, only),) = roots
        return lambda bound: {key: only(bound)}
    return lambda bound: {key: make(bound) for key, make in roots}


def _piece(node: dict[str, Any]) -> Fragment:
    """A node as JSON; copied, for what orjson gives keeps the four KiB that it was written in."""
    return Fragment(bytes(memoryview(dumps(node))))


class Binder:
    """Makes the closures of one plan on one store."""

    def __init__(self, store: Store, direct: SmallReads) -> None:
        self.store = store
        self.direct = direct

    @property
    def pager(self) -> Pager:
        """What makes the closures of lists. Not kept: each would hold the other, and the store, until cycles are collected."""
        return Pager(self)

    # ------------------------------------------------------------ roots

    def root(self, root: ir.Root) -> RootMaker:
        """One root."""
        match root:
            case ir.ByKey():
                return self._by_key(root)
            case ir.ByIds():
                return self._by_ids(root)
            case ir.Listing():
                return self._found(root)
            case ir.Const(_, value):
                return lambda bound: value
            case ir.Info() | search_hits.Hits() | search_hits.Suggestions():
                return self._any_root(root)
            case _:
                raise Unclosable

    def _by_key(self, root: ir.ByKey) -> RootMaker:
        kind, key = root.shape.kind, self.value(root.by)
        find, nodes = self.direct.finder(kind), self.nodes(root.shape)

        def make(bound: Bound) -> Any:
            asked = key(bound)
            row = find(asked)
            if row >= 0:
                return nodes((row,), bound)[0]
            if warning_of(kind, asked, row):
                raise TooLargeForClosures
            return None

        return make

    def _by_ids(self, root: ir.ByIds) -> RootMaker:
        ids = self.value(root.ids)
        ways = {shape.kind: (self.direct.finder(shape.kind), self.nodes(shape)) for shape in root.shapes}

        def make(bound: Bound) -> Any:
            wanted = ids(bound)
            found: list[Any] = [None] * len(wanted)
            kinds = [kind_of(identifier) for identifier in wanted]
            if None in kinds:
                raise TooLargeForClosures
            for kind in set(kinds):
                find, nodes = ways[kind]  # type: ignore[index]
                rows = [(place, find(Key("id", wanted[place]))) for place, each in enumerate(kinds) if each is kind]
                there = [(place, row) for place, row in rows if row >= 0]
                for (place, _), node in zip(there, nodes([row for _, row in there], bound), strict=True):
                    found[place] = node
            return found[0] if root.single else found

        return make

    def _found(self, root: ir.Listing) -> RootMaker:
        asked, find, kind = self.value(root.asked), self.direct.find, root.kind
        shown, wants = self.pager.connection(root), wanted(root)

        def make(bound: Bound) -> Any:
            given: ir.ConnectionArgs = asked(bound)
            return shown(find(kind, narrowed(given.select, root.needs), wants), (), given, bound)[0]

        return make

    def _any_root(self, root: ir.Root) -> RootMaker:
        assembler = Assembler(self.store, _LISTS)

        def make(bound: Bound) -> Any:
            read = run_sync(Run(self.store, bound).plan(ir.Plan((root,), 0)))
            if read.unnamed:
                raise TooLargeForClosures
            return run_sync(assembler.root(root, read.roots[root.key]))[0]

        return make

    def value(self, given: Any) -> Callable[[Bound], Any]:
        """A settled value, or that of a slot."""
        if isinstance(given, ir.Slot):
            at = given.at
            return lambda bound: bound[at]
        return lambda bound: given

    # ------------------------------------------------------------ nodes

    def nodes(self, shape: ir.Shape) -> Member:
        """Objects of one kind, one a row."""
        if not shape.outputs:
            return lambda rows, bound: [{} for _ in rows]
        cells = [place for place, output in enumerate(shape.outputs) if isinstance(output, ir.Cell)]
        others = [place for place, output in enumerate(shape.outputs) if not isinstance(output, ir.Cell)]
        # Cells first: their columns are read together.
        columns = {place: column for column, place in enumerate([*cells, *others])}
        made = maker(shape.keys, tuple(columns[place] for place in range(len(columns))))
        names = [output.column for output in shape.outputs if isinstance(output, ir.Cell)]
        read = self.direct.reader(shape.kind, names) if names else lambda rows: []
        members = [self.member(shape.kind, shape.outputs[place]) for place in others]

        def make(rows: Sequence[int], bound: Bound) -> list[Any]:
            if len(rows) > MOST_ROWS:
                raise TooLargeForClosures
            return made(*read(rows), *[member(rows, bound) for member in members])

        if members:
            return make
        return self._leaves((shape.kind, shape.keys, tuple(names)), read, made, self.direct.brief(shape.kind, names))

    def _leaves(self, what: Hashable, read: Reader, made: Callable[..., list[Any]], brief: bool) -> Member:
        """Nodes of which only columns are shown: brief ones as pieces of JSON, which stay for the next answer that shows them."""
        leaves: Callable[[Sequence[int]], list[Any]] | None = self.direct.beside.get(what)
        if not brief:
            leaves = lambda rows: made(*read(rows))  # noqa: E731
        elif leaves is None:
            if len(self.direct.beside) >= LEAF_SHAPES:
                self.direct.beside.clear()
            leaves = self.direct.beside[what] = RowCache(lambda rows: [_piece(node) for node in made(*read(rows))], LEAVES)

        def make(rows: Sequence[int], bound: Bound) -> list[Any]:
            if len(rows) > MOST_ROWS:
                raise TooLargeForClosures
            return leaves(rows)

        return make

    def member(self, kind: Kind, output: ir.Output) -> Member:
        """One member of the objects of a kind."""
        match output:
            case ir.Const(_, value):
                return lambda rows, bound: [value] * len(rows)
            case ir.Inline():
                return self._inline(kind, output)
            case ir.One():
                return self._one(kind, output)
            case ir.Many():
                return self._many(output)
            case ir.Listing():
                return self._listing(output)
            case ir.Records() | ir.Figures():
                return self._any_output(kind, output)
            case _:
                raise Unclosable

    def _inline(self, kind: Kind, output: ir.Inline) -> Member:
        return self.nodes(ir.Shape(kind, output.outputs))

    def _one(self, kind: Kind, output: ir.One) -> Member:
        read, nodes = self.direct.reader(kind, [output.column]), self.nodes(output.shape)

        def make(rows: Sequence[int], bound: Bound) -> list[Any]:
            # Many rows may share one node, which is then read once and shown as often.
            (targets,) = read(rows)
            distinct = list(dict.fromkeys(targets))
            if distinct == [None]:
                return targets
            if None in distinct:
                distinct.remove(None)
            made = nodes(distinct, bound)
            if len(distinct) == len(rows):
                return made
            shown = dict(zip(distinct, made, strict=True))
            shown[None] = None
            return [shown[target] for target in targets]

        return make

    def _many(self, output: ir.Many) -> Member:
        return self.far(output.hop, output.select, output.shape)

    def far(self, hop: Hop, select: Select, shape: ir.Shape) -> Member:
        """The far ends of a hop as a plain list for each row."""
        read, nodes = self.direct.lister(hop, select, Wants()), self.nodes(shape)

        def make(rows: Sequence[int], bound: Bound) -> list[Any]:
            pages = read(rows)
            return split(nodes(pages.rows, bound), pages.ends)

        return make

    def _listing(self, output: ir.Listing) -> Member:
        shown = self.pager.connection(output)
        wants = wanted(output)
        if isinstance(output.asked, ir.Slot):
            at, direct = output.asked.at, self.direct

            def later(rows: Sequence[int], bound: Bound) -> list[Any]:
                given = bound[at]
                read = direct.lister(given.hop, narrowed(given.select, output.needs), wants)
                return shown(read(rows), rows, given, bound)

            return later
        asked = output.asked
        assert asked.hop is not None
        read = self.direct.lister(asked.hop, narrowed(asked.select, output.needs), wants)
        return lambda rows, bound: shown(read(rows), rows, asked, bound)

    def _any_output(self, kind: Kind, output: ir.Output) -> Member:
        shape, assembler = ir.Shape(kind, (output,)), Assembler(self.store, _LISTS)

        def make(rows: Sequence[int], bound: Bound) -> list[Any]:
            if not rows:
                return []
            read: NodesRead = run_sync(Run(self.store, bound).nodes(shape, np.array(rows, np.int32)))
            made: list[Any] = run_sync(assembler.output(kind, output, read, len(rows)))
            return made

        return make

"""Lookups: a node by a key, and nodes by their ids."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from byline.graph.ids import kind_of
from byline.graph.model import Kind
from byline.graph.query.closures import Bound, Closure, ClosureCompiler, TooLargeForClosures
from byline.graph.query.cost import Estimator
from byline.graph.query.emitter import TEXT, Emitter, Level
from byline.graph.query.encoders import Col
from byline.graph.query.long_lists import MARK, LongList
from byline.graph.query.operators import text
from byline.graph.query.operators.const import Const
from byline.graph.query.operators.mixed import MixedRead, dearest, read_mixed
from byline.graph.query.operators.one import OneRead
from byline.graph.query.operators.operator import Operator
from byline.graph.query.operators.shape import Shape
from byline.graph.query.price import Cost
from byline.graph.query.run import Run
from byline.graph.query.slots import Slot
from byline.graph.query.unresolved import refuse_ambiguous, warns
from byline.graph.request import Key
from byline.graph.store.protocol import MISSING


@dataclass(frozen=True)
class ByKey(Operator):
    """One node by a key, or null."""

    key: str
    by: Key | Slot
    shape: Shape
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"lookup {self.shape.kind} by {text.value(self.by, values)}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        return self.shape.cost(at)

    async def read(self, run: Run, level: None) -> OneRead:
        """See Operator."""
        key = run.value(self.by)
        rows = await run.store.lookup(self.shape.kind, [key])
        if rows[0] < 0:
            await refuse_ambiguous(run.store, self.shape.kind, [key], rows)
            run.unresolved.append(((self.key,), self.shape.kind, key))
            return OneRead(np.array([-1]), await self.shape.read(run, rows[:0]))
        return OneRead(None, await self.shape.read(run, rows))

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        kind, key = self.shape.kind, small.value(self.by)
        find, nodes = small.direct.finder(kind), self.shape.closure(small)

        def make(level: object, bound: Bound) -> list[Any]:
            bound_key = key(bound)
            row = find(bound_key)
            if row >= 0:
                return nodes((row,), bound)
            if warns(kind, bound_key, row):
                raise TooLargeForClosures
            return [None]

        return make

    def long_list(self, out: Emitter, read: Any) -> LongList | None:
        """See Operator."""
        if not isinstance(read, OneRead) or read.places is not None:
            return None
        long_list = read.nodes.long_list(out)
        return long_list and long_list.inside(self, OneRead(None, replace(read.nodes, shape=long_list.around)))


@dataclass(frozen=True)
class ByIds(Operator):
    """Nodes of any kind by their ids; `single` shows the only one instead of a list."""

    key: str
    ids: tuple[str, ...] | Slot
    shapes: tuple[Shape, ...]
    single: bool
    leads = True
    priced_by = "ids"

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"lookup by ids {text.value(self.ids, values)}"

    def size_of(self, value: Any) -> Any:
        """See Operator."""
        return len(value)

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        count = len(at.value(self.ids))
        return dearest(self.shapes, at).times(count, count)

    async def read(self, run: Run, level: None) -> MixedRead:
        """See Operator."""
        ids = run.value(self.ids)
        kinds = [kind_of(identifier) for identifier in ids]
        odd = [place for place, kind in enumerate(kinds) if kind is None]
        run.unresolved += [((self.key,) if self.single else (self.key, place), None, Key("id", ids[place])) for place in odd]
        rows = np.full(len(ids), MISSING, np.int32)
        for kind in dict.fromkeys(shape.kind for shape in self.shapes):
            places = [place for place, each in enumerate(kinds) if each is kind]
            if places:
                rows[places] = await run.store.lookup(kind, [Key("id", ids[place]) for place in places])
        read = await read_mixed(run, self.shapes, kinds, rows)
        there_are = [nodes for nodes in read.nodes.values() if len(nodes.rows)]
        run.requires_rows |= len(there_are) > 1 or any(nodes.shape.requires_rows for nodes in there_are)
        return read

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator: nodes of one kind as they are, of several kinds interleaved, which only rows can."""
        read: MixedRead = level.inner[self.key]
        inner = await read.emit(out) if len(read.kinds) > 1 else await self._of_one_kind(out, read)
        return inner if self.single else out.encoder.lists(np.array([0, len(read.positions)]), inner)

    async def _of_one_kind(self, out: Emitter, read: MixedRead) -> Col:
        kinds = read.kinds
        nodes = read.nodes[kinds.pop()] if kinds else next(iter(read.nodes.values()), None)
        inner = await nodes.emit(out) if nodes else out.encoder.leaf([], TEXT)
        places = _places(read)
        in_order = len(places) == len(inner) and bool((places == np.arange(len(inner))).all())
        return inner if in_order else out.encoder.take(inner, places)

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        ids, single = small.value(self.ids), self.single
        ways = {shape.kind: (small.direct.finder(shape.kind), shape.closure(small)) for shape in self.shapes}

        def make(level: object, bound: Bound) -> list[Any]:
            wanted = ids(bound)
            by_place: list[Any] = [None] * len(wanted)
            kinds: list[Kind | None] = [kind_of(identifier) for identifier in wanted]
            if None in kinds:
                raise TooLargeForClosures
            for kind in set(kinds):
                find, nodes = ways[kind]  # type: ignore[index]
                rows = [(place, find(Key("id", wanted[place]))) for place, each in enumerate(kinds) if each is kind]
                there = [(place, row) for place, row in rows if row >= 0]
                for (place, _), node in zip(there, nodes([row for _, row in there], bound), strict=True):
                    by_place[place] = node
            return by_place if single else [by_place]

        return make

    def long_list(self, out: Emitter, read: Any) -> LongList | None:
        """See Operator: of nodes of one kind."""
        if self.single or not isinstance(read, MixedRead) or len(read.kinds) != 1:
            return None
        nodes, places = read.nodes[read.kinds.pop()], _places(read)

        async def stretch(start: int, stop: int) -> Col:
            here = places[start:stop]
            there = here[here >= 0]
            first, last = (int(there[0]), int(there[-1]) + 1) if len(there) else (0, 0)
            inner = await nodes.cut(first, last).emit(out)
            return inner if len(there) == len(here) else out.encoder.take(inner, np.where(here < 0, -1, here - first))

        return LongList(len(places), nodes.objects, stretch, Const(self.key, MARK))


@dataclass(frozen=True)
class ByKeys(ByIds):
    """Nodes of one kind by keys of any sort, in their order, looked up at once; `ids` are the keys."""

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"lookup {self.shapes[0].kind} by keys {text.value(self.ids, values)}"

    async def read(self, run: Run, level: None) -> MixedRead:
        """See Operator. Raises AmbiguousKey."""
        (shape,), keys = self.shapes, run.value(self.ids)
        rows = await run.store.lookup(shape.kind, keys) if keys else np.zeros(0, np.int32)
        await refuse_ambiguous(run.store, shape.kind, keys, rows)
        missing = [place for place, row in enumerate(rows.tolist()) if row < 0]
        run.unresolved += [((self.key, place), shape.kind, keys[place]) for place in missing]
        run.requires_rows |= shape.requires_rows
        return await read_mixed(run, self.shapes, [shape.kind] * len(keys), rows)

    def closure(self, small: ClosureCompiler) -> Closure:
        """See Operator."""
        kind, keys = self.shapes[0].kind, small.value(self.ids)
        find, nodes = small.direct.finder(kind), self.shapes[0].closure(small)

        def make(level: object, bound: Bound) -> list[Any]:
            wanted = keys(bound)
            rows = [find(key) for key in wanted]
            if any(row < 0 and warns(kind, key, row) for key, row in zip(wanted, rows, strict=True)):
                raise TooLargeForClosures
            there = iter(nodes([row for row in rows if row >= 0], bound))
            return [[next(there) if row >= 0 else None for row in rows]]

        return make


def _places(read: MixedRead) -> Any:
    """The place of each entry among the nodes of its kind."""
    return np.array([entry[1] if entry else -1 for entry in read.positions], np.int64)

"""Networks of coauthors: a small network around each row, or of given people, laid out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain
from typing import Any

import numpy as np

from byline.graph.model import COAUTHORS, COLLABORATORS, Kind
from byline.graph.network.drawing import NetworkLayout
from byline.graph.query import visit_costs
from byline.graph.query.cost import Estimator
from byline.graph.query.emitter import BOOL, FLOAT, INT, TEXT, Emitter, Level
from byline.graph.query.encoders import Col
from byline.graph.query.neighbourhood import networks, of_all_years
from byline.graph.query.operators import text
from byline.graph.query.operators.operator import Operator, columns_of, read_members
from byline.graph.query.price import Cost
from byline.graph.query.reads import Read
from byline.graph.query.run import EntryRows, NodeRows, Run
from byline.graph.query.slots import Slot
from byline.graph.request import Hop
from byline.graph.store.protocol import Rows

_PLACES = {"x", "y"}
# Columns that are no whole numbers.
_TYPES = {"betweenness": FLOAT, "x": FLOAT, "y": FLOAT, "weight": FLOAT, "density": FLOAT, "truncated": BOOL}
_TYPES |= {"is_lower_bound": BOOL, "reason": TEXT, "method": TEXT, "keyword": TEXT}


@dataclass
class NetworkRead(Read):
    """One network a row, all their people laid end to end, and by key what the fields lead to."""

    layouts: Sequence[NetworkLayout]
    people: Rows
    inner: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        """Of which kind the nodes are: the same in all of them."""
        return self.layouts[0].kind if self.layouts else Kind.AUTHOR

    def lists(self, out: Emitter, sizes: Sequence[int], inner: Col) -> Col:
        """Entries of all networks laid end to end, as a list for each."""
        return out.encoder.lists(np.array([0, *accumulate(sizes)], np.int64), inner)

    def leaf(self, out: Emitter, name: str, values: Sequence[Any]) -> Col:
        """A column by its name."""
        return out.encoder.leaf(list(values), _TYPES.get(name, INT))


@dataclass(frozen=True)
class Network(Operator):
    """A small network, around each row or, at the root, of given people; `args` is a members.Around or members.Among, fields
    are named truncated, density, component_count."""

    key: str
    args: Any | Slot
    fields: tuple[Operator, ...]
    leads = True
    priced_by = "args"

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"network {text.value(self.args, values)}"

    @property
    def placed(self) -> bool:
        """Whether it is asked where nodes stand."""
        return any(isinstance(part, NetworkNodes) and not _PLACES.isdisjoint(columns_of(part.outputs)) for part in self.fields)

    def cost(self, at: Estimator) -> Cost:
        """See Operator. Links count whether they are shown or not: they are read, and worked on, in any case."""
        args = at.value(self.args)
        most, some = args.most, args.window is not None and args.window != of_all_years(args.window)
        coauthors = at.degrees.get(COAUTHORS.name)
        links = most * min(most - 1, coauthors.longest if coauthors else most) / 2
        each = at.leading(self.fields, Cost(1.0, 1.0))
        scanned = most * coauthors.worked * (2 if some and self.placed else 1) if coauthors else 0.0
        visited = visit_costs.search(at, Hop(COLLABORATORS, None))
        return each.times(most, most) + Cost(links, visit_costs.HEAVY, scanned) + visited

    async def read(self, run: Run, level: NodeRows | None) -> NetworkRead:
        """See Operator."""
        layouts = await networks(run.store, run.value(self.args), None if level is None else level.rows, self.placed)
        people = np.concatenate([np.zeros(0, np.int32), *(layout.members.rows for layout in layouts)])
        run.objects += len(layouts) + len(people) + sum(len(layout.links) for layout in layouts)
        read = NetworkRead(layouts, people)
        read.inner = await read_members(run, self.fields, read)
        return read

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: NetworkRead = level.inner[self.key]

        def cell(name: str) -> Col:
            return read.leaf(out, name, [getattr(layout, name) for layout in read.layouts])

        return await out.struct(self.fields, Level(len(read.layouts), read.inner, cell, read))


@dataclass(frozen=True)
class NetworkNodes(Operator):
    """The people of a network; cells are named as in drawing.NetworkLayout."""

    key: str
    outputs: tuple[Operator, ...]
    leads = True

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "nodes"

    def cost(self, at: Estimator) -> Cost:
        """See Operator."""
        return at.leading(self.outputs)

    async def read(self, run: Run, level: NetworkRead) -> dict[str, Any]:
        """See Operator."""
        return await read_members(run, self.outputs, EntryRows(level.people, np.array([0, len(level.people)])))

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: NetworkRead = level.read

        def cell(name: str) -> Col:
            return read.leaf(out, name, list(chain.from_iterable(getattr(layout, name) for layout in read.layouts)))

        nodes = await out.struct(self.outputs, Level(len(read.people), level.inner[self.key], cell))
        return read.lists(out, [len(layout.members.rows) for layout in read.layouts], nodes)


@dataclass(frozen=True)
class NetworkLinks(Operator):
    """The links of a network; cells are named source, target and as the values of the hop."""

    key: str
    fields: tuple[Operator, ...]

    async def ends(self, out: Emitter, read: NetworkRead, end: int) -> Col:
        """What stands for one end of each link: its id."""
        rows = [layout.members.rows[link[end]] for layout in read.layouts for link in layout.links]
        (ids,) = await out.encoder.cells(out.store, read.kind, np.array(rows, np.int32), ["id"])
        return ids

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return "links"

    async def emit(self, out: Emitter, level: Level) -> Col:
        """See Operator."""
        read: NetworkRead = level.read
        columns: dict[str, Col] = {}
        for name in columns_of(self.fields):
            if name in ("source", "target"):
                columns[name] = await self.ends(out, read, int(name == "target"))
            else:
                columns[name] = read.leaf(out, name, list(chain.from_iterable(layout.values[name] for layout in read.layouts)))
        sizes, inner = [len(layout.links) for layout in read.layouts], level.inner.get(self.key, {})
        return read.lists(out, sizes, await out.struct(self.fields, Level(sum(sizes), inner, columns.__getitem__, read)))

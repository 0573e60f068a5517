"""Places: the cursor of every entry of lists, as a store's own answers say it."""

from byline.graph.model import EDGES, PAPER_AUTHORS, Edge
from byline.graph.request import Cursor, Hop, Order, Select
from byline.graph.store.contract.vocabulary import PRINTED, UNPAGED
from byline.graph.store.protocol import Rows, StoreCore

PAGED = [edge for name, edge in EDGES.items() if name not in UNPAGED and not edge.pair]


def paged_by(edge: Edge, order: tuple[Order, ...]) -> tuple[Order, ...]:
    """An order in which cursors tell the entries of a hop apart: a printed list may hold a person twice."""
    return PRINTED if edge is PAPER_AUTHORS else order


async def places(store: StoreCore, hop: Hop, rows: Rows, order: tuple[Order, ...]) -> list[Cursor]:
    """The cursor of every entry of a batch."""
    on_edge = tuple(key.column for key in order if key.on_edge)
    whole = await store.expand(hop, rows, Select(order=order, values=on_edge))
    names = [key.column for key in order if not key.on_edge]
    *own_columns, ids = await store.columns(hop.edge.target, whole.rows, [*names, "id"])
    own = dict(zip(names, own_columns, strict=True))
    columns = [(whole.values if key.on_edge else own)[key.column] for key in order]
    return list(zip(*(column.to_pylist() for column in (*columns, ids)), strict=True))

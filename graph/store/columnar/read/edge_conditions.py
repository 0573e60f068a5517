"""Conditions on entries of lists: on the far ends as everywhere, on the values of the hop from what lies beside the entries."""

import numpy as np

from byline.graph.model import Edge
from byline.graph.request import All, Any, Compare, Not, OnEdge, Where
from byline.graph.store.columnar.files.csr import Numbers
from byline.graph.store.columnar.files.ragged import Lists
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.read.comparisons import fits_number, fits_share, text_flags
from byline.graph.store.columnar.read.conditions import fits
from byline.graph.store.columnar.read.paging import OF_AUTHORSHIPS, edge_values, hop_values
from byline.graph.store.protocol import Flags
from byline.graph.store.text_columns import FOLDING


def entries_fit(snapshot: Snapshot, edge: Edge, lists: Lists, where: Where, holds: bool = True) -> Flags:
    """Which entries a condition is true of; without `holds`, which it is false of."""
    match where:
        case OnEdge(part):
            return _of_edge(snapshot, lists, part, holds)
        case All(parts) if any(map(_asks_edges, parts)):
            fitting = [entries_fit(snapshot, edge, lists, part, holds) for part in parts]
            joined: Flags = (np.logical_and if holds else np.logical_or).reduce(fitting)
            return joined
        case Not(part) if _asks_edges(part):
            return entries_fit(snapshot, edge, lists, part, not holds)
    return fits(snapshot, edge.target, where, lists.rows, holds)


def _asks_edges(where: Where) -> bool:
    match where:
        case All(parts):
            return any(map(_asks_edges, parts))
        case Not(part):
            return _asks_edges(part)
    return isinstance(where, OnEdge)


def _of_edge(snapshot: Snapshot, lists: Lists, where: Where, holds: bool) -> Flags:
    match where:
        case Not(part):
            return _of_edge(snapshot, lists, part, not holds)
        case All(parts) | Any(parts):
            every = isinstance(where, All) == holds
            flags = np.full(len(lists.rows), every)
            for part in parts:
                these = _of_edge(snapshot, lists, part, holds)
                flags = flags & these if every else flags | these
            return flags
        case Compare():
            return _compared(snapshot, lists, where, holds)
    raise AssertionError(f"{where!r} does not compare values of a hop")


def _compared(snapshot: Snapshot, lists: Lists, where: Compare, holds: bool) -> Flags:
    if where.column in OF_AUTHORSHIPS:
        return text_flags(hop_values(snapshot, lists, where.column), where, where.op in FOLDING, holds)
    values: Numbers = edge_values(snapshot, lists, where.column)  # type: ignore[assignment]
    return (fits_share if values.dtype.kind == "f" else fits_number)(values, where, holds)

"""Second orders of an edge's lists: where the entries of each list stand in another order than the one they lie in.

A page from the head of a list then costs what the page holds, not a sort of the whole list. Only orders that people ask for
all the time are kept; any other one is sorted when asked for.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graph.model import EDGES, Kind
from graph.store.columnar.csr import NULL, Numbers, data_of, groups_of
from graph.store.columnar.derive import Adjacency
from graph.store.columnar.orders import Keys, number_keys, text_keys
from graph.where import Order

_PAPERS = ((Order("listed"),), (Order("citation_count", descending=True),))
_NAME = ((Order("name_fold"),),)
_SHARED = ((Order("paper_count", descending=True, on_edge=True),),)
KEPT: dict[str, tuple[tuple[Order, ...], ...]] = {
    "author_papers": _PAPERS,
    "references": _PAPERS,
    "cited_by": _PAPERS,
    "institution_papers": _PAPERS,
    "paper_institutions": _NAME,
    "affiliations": _NAME,
    "institution_authors": _NAME,
    "collaborations": _SHARED,
    "coauthors": (*_SHARED, (Order("weight", descending=True, on_edge=True),)),
}


def name_of(edge: str, order: tuple[Order, ...]) -> str:
    """The name under which an alternative is kept."""
    return f"{edge}@" + ",".join(f"{key.column}-{'desc' if key.descending else 'asc'}" for key in order)


NAMES = {(edge, order): name_of(edge, order) for edge, orders in KEPT.items() for order in orders}


def alternative_files(
    tables: dict[Kind, pa.Table], ranks: dict[str, Numbers], adjacency: Adjacency
) -> Iterator[tuple[str, npt.NDArray[np.integer]]]:
    """Places in the lists of each edge, by name: entry j of a list in the other order stands at `places[offset + j]`."""
    for (edge, order), name in NAMES.items():
        csr, target = adjacency.csr[edge], EDGES[edge].target
        keys = [_key(tables, ranks, adjacency, edge, target, key) for key in order]
        places = np.lexsort((csr.targets, *reversed(keys), groups_of(csr.offsets)))
        yield name, places.astype(np.int32) if len(places) < NULL else places


def _key(
    tables: dict[Kind, pa.Table], ranks: dict[str, Numbers], adjacency: Adjacency, edge: str, target: Kind, order: Order
) -> Keys:
    if order.on_edge:
        return number_keys(adjacency.values[edge][order.column], order.descending)  # type: ignore[arg-type]
    rows = adjacency.csr[edge].targets
    if (rank := ranks.get(f"{target}.{order.column}.rank")) is not None:
        return text_keys(rank[rows], order.descending)
    column = tables[target][order.column].chunk(0)
    return number_keys(data_of(column)[rows], order.descending)

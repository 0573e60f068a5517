"""Second orders of an edge's lists: where the entries of each list stand in another order than the one they lie in.

A page from the head of a list then costs what the page holds, not a sort of the whole list. Only orders that people ask for
all the time are kept; any other one is sorted when asked for.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.graph.model import EDGES, Kind
from byline.graph.request import Order
from byline.graph.store.columnar.build.derive import Adjacency
from byline.graph.store.columnar.edges.pair_lists import stretches
from byline.graph.store.columnar.files.csr import NULL, Numbers, data_of, groups_of
from byline.graph.store.columnar.files.disk import ArrayFile, Disk
from byline.graph.store.columnar.files.pack import order as sorted_places
from byline.graph.store.columnar.files.pack import tight
from byline.graph.store.columnar.files.secondary_orders import NAMES


def write_alternatives(tables: dict[Kind, pa.Table], ranks: dict[str, Numbers], adjacency: Adjacency, disk: Disk) -> None:
    """Write places in the lists of each edge: entry j of a list in the other order stands at `places[offset + j]`."""
    for (edge, order), name in NAMES.items():
        csr = adjacency.csr[edge]
        file = ArrayFile(disk, f"edges/{name}", np.int32 if len(csr.targets) < NULL else np.int64)
        keys = [_Key(tables, ranks, adjacency, edge, key) for key in order]
        for start, stop in stretches(np.diff(csr.offsets), disk.entries // 2):
            first, last = int(csr.offsets[start]), int(csr.offsets[stop])
            lists, targets = groups_of(csr.offsets[start : stop + 1] - first), csr.targets[first:last]
            file.append(sorted_places(lists, *(key.of(first, last) for key in keys), targets) + first)
        file.close()


class _Key:
    """What an order compares, for a stretch of entries."""

    def __init__(
        self, tables: dict[Kind, pa.Table], ranks: dict[str, Numbers], adjacency: Adjacency, edge: str, order: Order
    ) -> None:
        target, self._descending = EDGES[edge].target, order.descending
        self._rows = None if order.on_edge else adjacency.csr[edge].targets
        if order.on_edge:
            self._values = adjacency.values[edge][order.column]
        elif (rank := ranks.get(f"{target}.{order.column}.rank")) is not None:
            self._values = rank
        else:
            self._values = data_of(tables[target][order.column].chunk(0))

    def of(self, first: int, last: int) -> npt.NDArray[np.number]:
        """The key of each entry from `first` to `last`, ascending."""
        values: npt.NDArray[np.number] = (
            self._values[first:last] if self._rows is None else self._values[self._rows[first:last]]  # type: ignore[assignment]
        )
        if values.dtype.kind == "f":
            return -values if self._descending else values
        return tight(values, self._descending)  # type: ignore[arg-type]

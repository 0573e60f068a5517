"""Optional kinds of which a snapshot has no files, having been written before they came: no nodes, and edges without entries."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.graph.model import EDGES, KINDS, Edge, Kind
from byline.graph.store.columnar.files.csr import Csr
from byline.graph.store.columnar.files.indexes import NAMED, OWN, Index

# Values beside edges that are no whole numbers.
_DTYPES: dict[str, Any] = {"weight": np.float64}


def counted(about: dict[str, Any]) -> dict[str, Any]:
    """A manifest that counts them too."""
    none = {info.plural: 0 for info in KINDS.values() if info.optional}
    return {**about, "counts": none | about["counts"]}


def without_entries(csr: dict[str, Csr], values: dict[str, dict[str, npt.NDArray[Any]]], sizes: Mapping[Kind, int]) -> None:
    """Put their edges beside those that are there."""
    for name, edge in EDGES.items():
        if name not in csr and _optional(edge):
            csr[name] = Csr(np.zeros(sizes[edge.source] + 1, np.int64), np.zeros(0, np.int32))
            if edge.values:
                values[name] = {value: np.zeros(0, _DTYPES.get(value, np.int32)) for value in edge.values}


def empty_indexes() -> dict[str, Index]:
    """Their indexes of names and external ids."""
    empty = Index(pa.table({"hash": pa.array([], pa.uint64()), "row": pa.array([], pa.int32())}).combine_chunks())
    optional = [kind for kind, info in KINDS.items() if info.optional]
    names = {f"{kind}.name" for kind in optional if kind in NAMED} | {f"{kind}.external" for kind in optional if kind in OWN}
    return dict.fromkeys(names, empty)


def _optional(edge: Edge) -> bool:
    return KINDS[edge.source].optional or KINDS[edge.target].optional

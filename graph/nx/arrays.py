"""The adjacency of a graph as arrays, whatever graph it is: what the functions of the backend run on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy import sparse

from byline.graph.store.columnar.files.csr import Csr, groups_of

Places = npt.NDArray[np.int64]


@dataclass
class Arrays:
    """Nodes by place: `out` lists where each one leads, `into` what leads to it; of an undirected graph both are one.

    An edge stands in a list as often as it is parallel to itself. `weigh` gives numbers beside `out.targets` for an edge
    attribute, None where they are not numbers alone.
    """

    nodes: Sequence[Any]
    place_of: Callable[[Any], int]
    out: Csr
    into: Csr
    weigh: Callable[[str], npt.NDArray[np.float64] | None]

    @property
    def size(self) -> int:
        """How many nodes there are."""
        return len(self.nodes)

    def named(self, places: npt.NDArray[np.integer]) -> list[Any]:
        """The nodes at places."""
        listed: list[Any] = places.tolist()
        return listed if isinstance(self.nodes, range) else [self.nodes[place] for place in listed]

    def matrix(self, values: npt.NDArray[np.float64] | None = None) -> Any:
        """The sparse matrix from nodes to where they lead, parallel edges summed; ones without `values`."""
        data = np.ones(len(self.out.targets)) if values is None else values
        matrix = sparse.csr_matrix((data, self.out.targets, self.out.offsets), shape=(self.size, self.size))
        if not matrix.has_canonical_format:
            # Summing moves entries about, and these arrays are the graph's own.
            matrix = matrix.copy()
            matrix.sum_duplicates()
        return matrix

    @cached_property
    def simple(self) -> Csr:
        """Each neighbour once and ascending, the node itself left out."""
        near = groups_of(self.out.offsets)
        not_loops = near != self.out.targets
        matrix = sparse.csr_matrix(
            (np.ones(int(not_loops.sum()), np.int8), (near[not_loops], self.out.targets[not_loops])), shape=(self.size, self.size)
        )
        matrix.sum_duplicates()
        matrix.sort_indices()
        return Csr(matrix.indptr.astype(np.int64), matrix.indices.astype(np.int32))


def of_networkx(graph: nx.Graph) -> Arrays:
    """The arrays of a graph that is kept in dictionaries."""
    nodes = list(graph)
    places = {node: place for place, node in enumerate(nodes)}
    out = _csr(graph._adj, nodes, places, graph.is_multigraph())
    into = _csr(graph._pred, nodes, places, graph.is_multigraph()) if graph.is_directed() else out
    return Arrays(nodes, places.__getitem__, out, into, lambda name: _weights(graph, nodes, name))


def _csr(lists: Any, nodes: list[Any], places: dict[Any, int], parallel: bool) -> Csr:
    offsets, targets = [0], []
    for node in nodes:
        for far, edges in lists[node].items():
            targets += [places[far]] * (len(edges) if parallel else 1)
        offsets.append(len(targets))
    return Csr(np.array(offsets, np.int64), np.array(targets, np.int32))


def _weights(graph: nx.Graph, nodes: list[Any], name: str) -> npt.NDArray[np.float64] | None:
    weights: list[Any] = []
    for node in nodes:
        for edges in graph._adj[node].values():
            weights += [edge.get(name, 1) for edge in (edges.values() if graph.is_multigraph() else (edges,))]
    return np.array(weights, np.float64) if all(isinstance(value, int | float) for value in weights) else None

"""Random graphs, and their adjacency as arrays."""

from typing import Any

import networkx as nx
import numpy as np
from hypothesis import strategies as st


def zipped(lists: list[list[int]]) -> tuple[Any, Any]:
    """Lists laid end to end: offsets and entries."""
    entries = [entry for one in lists for entry in one]
    return np.cumsum([0, *map(len, lists)], dtype=np.int64), np.array(entries, np.int32)


def adjacency(graph: nx.Graph) -> tuple[Any, Any]:
    return zipped([sorted(graph[node]) for node in sorted(graph)])


def digraph(graph: nx.DiGraph) -> tuple[Any, Any]:
    """Who points to each node."""
    return zipped([sorted(graph.predecessors(node)) for node in sorted(graph)])


@st.composite
def undirected(draw: st.DrawFn, most: int = 12) -> nx.Graph:
    """Up to `most` nodes, isolates among them."""
    size = draw(st.integers(0, most))
    graph = nx.empty_graph(size)
    pairs = [(one, other) for one in range(size) for other in range(one)]
    if pairs:
        graph.add_edges_from(draw(st.lists(st.sampled_from(pairs), max_size=3 * size)))
    return graph


@st.composite
def directed(draw: st.DrawFn, most: int = 10) -> nx.DiGraph:
    """Up to `most` nodes, circles, loops and nodes that point nowhere among them."""
    size = draw(st.integers(1, most))
    graph = nx.empty_graph(size, nx.DiGraph)
    node = st.integers(0, size - 1)
    graph.add_edges_from(draw(st.lists(st.tuples(node, node), max_size=3 * size)))
    return graph

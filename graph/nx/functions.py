"""The functions of NetworkX that run on arrays here. What a function does not do on arrays it leaves to NetworkX's own code,
which runs on the same graph: the same answers, the same errors."""

from collections.abc import Callable, Iterator
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt
from networkx.utils import backends
from scipy.sparse import csgraph

from byline.graph.metrics.clustering import triangles as triangles_of
from byline.graph.metrics.cores import core_numbers
from byline.graph.nx.arrays import Arrays
from byline.graph.nx.walking import levels, shortest

_EVERY = 2**62


def own(name: str) -> Callable[..., Any]:
    """NetworkX's own code for a function."""
    code: Callable[..., Any] = backends._registered_algorithms[name].orig_func
    return code


# ------------------------------------------------------------ PageRank


def pagerank(
    G: Any,  # noqa: N803
    alpha: float = 0.85,
    personalization: dict[Any, float] | None = None,
    max_iter: int = 100,
    tol: float = 1e-6,
    nstart: dict[Any, float] | None = None,
    weight: str | None = "weight",
    dangling: dict[Any, float] | None = None,
) -> dict[Any, float]:
    """PageRank by power iteration (Brin and Page 1998), with the meaning that networkx.pagerank gives its arguments."""
    arrays: Arrays = G.arrays
    values = None if weight is None else arrays.weigh(weight)
    if not arrays.size or (weight is not None and values is None):
        return dict(own("pagerank")(G, alpha, personalization, max_iter, tol, nstart, weight, dangling))
    matrix = arrays.matrix(values)
    outgoing = np.asarray(matrix.sum(axis=1)).ravel()
    matrix = matrix.multiply(np.divide(1.0, outgoing, out=np.zeros_like(outgoing), where=outgoing != 0)[:, None]).tocsr().T
    even = np.full(arrays.size, 1 / arrays.size)
    start = even if nstart is None else _shares(arrays, nstart)
    jump = even if personalization is None else _shares(arrays, personalization)
    spread = jump if dangling is None else _shares(arrays, dangling)
    stuck, rank = np.flatnonzero(outgoing == 0), start
    for _ in range(max_iter):
        last = rank
        rank = alpha * (matrix @ last + last[stuck].sum() * spread) + (1 - alpha) * jump
        if np.abs(rank - last).sum() < arrays.size * tol:
            return dict(zip(arrays.nodes, rank.tolist(), strict=True))
    raise nx.PowerIterationFailedConvergence(max_iter)


def _shares(arrays: Arrays, by_node: dict[Any, float]) -> npt.NDArray[np.float64]:
    """Numbers of nodes as shares of their sum; a node without one has 0."""
    numbers = np.array([by_node.get(node, 0) for node in arrays.nodes], np.float64)
    if not numbers.sum():
        raise ZeroDivisionError
    shares: npt.NDArray[np.float64] = numbers / numbers.sum()
    return shares


# ------------------------------------------------------------ shortest paths


def single_source_shortest_path_length(G: Any, source: Any, cutoff: float | None = None) -> dict[Any, int]:  # noqa: N803
    """Steps from a node to every node that it reaches."""
    if source not in G:
        return dict(own("single_source_shortest_path_length")(G, source, cutoff))
    return _distances(G.arrays, G.arrays.out, source, cutoff)


def single_target_shortest_path_length(G: Any, target: Any, cutoff: float | None = None) -> dict[Any, int]:  # noqa: N803
    """Steps to a node from every node that reaches it."""
    if target not in G:
        return dict(own("single_target_shortest_path_length")(G, target, cutoff))
    return _distances(G.arrays, G.arrays.into, target, cutoff)


def _distances(arrays: Arrays, csr: Any, node: Any, cutoff: float | None) -> dict[Any, int]:
    distances: dict[Any, int] = {}
    for distance, places in enumerate(levels(csr, arrays.place_of(node), cutoff)):
        distances.update(dict.fromkeys(arrays.named(places), distance))
    return distances


def bidirectional_shortest_path(G: Any, source: Any, target: Any) -> list[Any]:  # noqa: N803
    """A path of the fewest steps."""
    if source not in G or target not in G:
        return list(own("bidirectional_shortest_path")(G, source, target))
    arrays: Arrays = G.arrays
    places = shortest(arrays.out, arrays.into, arrays.place_of(source), arrays.place_of(target))
    if places is None:
        raise nx.NetworkXNoPath(f"No path between {source} and {target}.")
    return arrays.named(np.array(places))


def shortest_path_length(
    G: Any,  # noqa: N803
    source: Any = None,
    target: Any = None,
    weight: Any = None,
    method: str = "dijkstra",
) -> Any:
    """Steps between two nodes, from or to one, or between all; NetworkX puts them together of the functions above."""
    return own("shortest_path_length")(G, source, target, weight, method)


def has_path(G: Any, source: Any, target: Any) -> bool:  # noqa: N803
    """Whether a path leads from one node to another."""
    return bool(own("has_path")(G, source, target))


# ------------------------------------------------------------ components


def _labels(arrays: Arrays) -> tuple[int, npt.NDArray[np.int32]]:
    """The component of each node, numbered by their first nodes."""
    count, labels = csgraph.connected_components(arrays.matrix(), directed=True, connection="weak")
    _, first, back = np.unique(labels, return_index=True, return_inverse=True)
    place = np.empty(count, np.int32)
    place[np.argsort(first)] = np.arange(count, dtype=np.int32)
    return count, place[back]


def _groups(arrays: Arrays) -> Iterator[set[Any]]:
    count, labels = _labels(arrays) if arrays.size else (0, np.zeros(0, np.int32))
    order = np.argsort(labels, kind="stable")
    ends = np.cumsum(np.bincount(labels, minlength=count)) if count else np.zeros(0, np.int64)
    start = 0
    for end in ends.tolist():
        yield set(arrays.named(order[start:end]))
        start = end


def _components(name: str, directed: bool) -> tuple[Callable[[Any], Any], Callable[[Any], Any], Callable[[Any], Any]]:
    """The sets of a kind of component, their number, and whether there is one."""

    def sets(G: Any) -> Iterator[set[Any]]:  # noqa: N803
        return _groups(G.arrays) if G.is_directed() is directed else own(f"{name}_components")(G)

    def number(G: Any) -> int:  # noqa: N803
        if G.is_directed() is not directed:
            return int(own(f"number_{name}_components")(G))
        return _labels(G.arrays)[0] if G.arrays.size else 0

    def one(G: Any) -> bool:  # noqa: N803
        if G.is_directed() is not directed or not G.arrays.size:
            return bool(own(f"is_{name}")(G))
        return _labels(G.arrays)[0] == 1

    return sets, number, one


connected_components, number_connected_components, is_connected = _components("connected", directed=False)
weakly_connected_components, number_weakly_connected_components, is_weakly_connected = _components(
    "weakly_connected", directed=True
)


def node_connected_component(G: Any, n: Any) -> set[Any]:  # noqa: N803
    """The component of a node."""
    if G.is_directed() or n not in G:
        return set(own("node_connected_component")(G, n))
    return set(G.arrays.named(np.concatenate(list(levels(G.arrays.out, G.arrays.place_of(n))))))


# ------------------------------------------------------------ cores and triangles


def core_number(G: Any) -> dict[Any, int]:  # noqa: N803
    """The largest k for each node such that it is in a k-core."""
    arrays: Arrays = G.arrays
    loops = len(arrays.simple.targets) != len(arrays.out.targets)
    if G.is_directed() or G.is_multigraph() or loops:
        return dict(own("core_number")(G))
    return dict(zip(arrays.nodes, core_numbers(arrays.simple.offsets, arrays.simple.targets).tolist(), strict=True))


def _triangles(arrays: Arrays) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Triangles and different neighbours of each node."""
    triangle_counts = triangles_of(arrays.simple.offsets, arrays.simple.targets, _EVERY, _EVERY)
    assert triangle_counts is not None
    return triangle_counts, np.diff(arrays.simple.offsets)


def triangles(G: Any, nodes: Any = None) -> Any:  # noqa: N803
    """Triangles that each node is in."""
    if G.is_directed() or nodes is not None:
        return own("triangles")(G, nodes)
    return dict(zip(G.arrays.nodes, _triangles(G.arrays)[0].tolist(), strict=True))


def clustering(G: Any, nodes: Any = None, weight: str | None = None) -> Any:  # noqa: N803
    """The share of the pairs of neighbours of each node that are neighbours."""
    if G.is_directed() or G.is_multigraph() or nodes is not None or weight is not None:
        return own("clustering")(G, nodes, weight)
    triangle_counts, degree = _triangles(G.arrays)
    pairs = np.maximum(degree * (degree - 1), 1)
    shares = zip(G.arrays.nodes, triangle_counts.tolist(), (2 * triangle_counts / pairs).tolist(), strict=True)
    return {node: share if count else 0 for node, count, share in shares}


def transitivity(G: Any) -> float:  # noqa: N803
    """The share of the pairs of neighbours, over all nodes, that are neighbours."""
    if G.is_directed() or G.is_multigraph():
        return float(own("transitivity")(G))
    triangle_counts, degree = _triangles(G.arrays)
    closed, pairs = int(triangle_counts.sum()) * 2, int((degree * (degree - 1)).sum())
    return closed / pairs if closed else 0

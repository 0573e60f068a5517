"""The backend that NetworkX finds by its entry point: which functions run on arrays, and how a graph is converted.

Our views say that they are ours (`__networkx_backend__`), so that `nx.pagerank(view)` comes here by itself. A function that is
not among `FUNCTIONS` runs as NetworkX has it, on the view. Other graphs come here with `backend="byline"`, or where
`nx.config.backend_priority` names it.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import networkx as nx
from networkx.utils import backends

from byline.graph.nx import functions
from byline.graph.nx.arrays import Arrays, of_networkx
from byline.graph.nx_info import FUNCTIONS

NAME = "byline"
# Edges from which a plain graph is worth converting when nobody asked for it by name.
WORTH = 20_000


class _Converted:
    """A plain graph with its arrays beside it; both share the dictionaries, so it must not be changed."""

    __networkx_backend__ = NAME

    @cached_property
    def arrays(self) -> Arrays:
        """The adjacency as arrays."""
        return of_networkx(self)


class ConvertedGraph(_Converted, nx.Graph):  # type: ignore[misc]
    """See _Converted."""


class ConvertedDiGraph(_Converted, nx.DiGraph):  # type: ignore[misc]
    """See _Converted."""


class ConvertedMultiGraph(_Converted, nx.MultiGraph):  # type: ignore[misc]
    """See _Converted."""


class ConvertedMultiDiGraph(_Converted, nx.MultiDiGraph):  # type: ignore[misc]
    """See _Converted."""


_CLASSES = {
    (False, False): (ConvertedGraph, nx.Graph),
    (True, False): (ConvertedDiGraph, nx.DiGraph),
    (False, True): (ConvertedMultiGraph, nx.MultiGraph),
    (True, True): (ConvertedMultiDiGraph, nx.MultiDiGraph),
}


def is_ours(graph: object) -> bool:
    """Whether a graph has arrays."""
    return getattr(graph, "__networkx_backend__", None) == NAME


def _same(graph: nx.Graph, target: nx.Graph) -> nx.Graph:
    """`target` with the nodes and edges of another graph."""
    target.graph, target._node, target._adj = graph.graph, graph._node, graph._adj
    if graph.is_directed():
        target._pred = graph._pred
    return target


class Backend:
    """The entry point `networkx.backends`."""

    @staticmethod
    def convert_from_nx(graph: nx.Graph, **_: Any) -> nx.Graph:
        """A graph with arrays; one that is ours stays as it is."""
        return graph if is_ours(graph) else _same(graph, _CLASSES[graph.is_directed(), graph.is_multigraph()][0]())

    @staticmethod
    def convert_to_nx(result: Any, **_: Any) -> Any:
        """A plain graph for one that was converted; anything else as it is."""
        if isinstance(result, _Converted):
            return _same(result, _CLASSES[result.is_directed(), result.is_multigraph()][1]())  # type: ignore[attr-defined]
        return result

    @staticmethod
    def can_run(name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> bool | str:
        """Whether a function can run with these arguments. Everything can on our own graphs."""
        if any(is_ours(value) for value in (*args, *kwargs.values())):
            return True
        if name not in FUNCTIONS:
            return "it does not run on arrays"
        at = {"shortest_path_length": 3, "clustering": 2}.get(name)
        weight = None if at is None else kwargs.get("weight", args[at] if len(args) > at else None)
        return "weighted paths and triangles do not run on arrays" if weight is not None else True

    @staticmethod
    def should_run(name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> bool | str:
        """Whether converting a graph is worth it."""
        graph = args[0] if args else kwargs.get("G")
        if is_ours(graph) or not isinstance(graph, nx.Graph) or graph.number_of_edges() >= WORTH:
            return True
        return "the graph is small: converting it would take longer than the answer"

    def __getattr__(self, name: str) -> Any:
        """A function on arrays, else NetworkX's own code."""
        if name in FUNCTIONS:
            return getattr(functions, name)
        registered = backends._registered_algorithms.get(name)
        if registered is None or "networkx" not in registered.backends:
            raise AttributeError(name)
        return registered.orig_func


backend = Backend()

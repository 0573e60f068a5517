"""The coauthor graph as a `networkx.Graph` whose adjacency is the store's own arrays: nothing is copied but the lists of huge
teams, which are worked out."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt

from byline.graph.model import COAUTHORS, Kind
from byline.graph.nx.arrays import Arrays
from byline.graph.nx.numbering import Adjacency, Attributes, Nodes, Numbering, plain
from byline.graph.store.columnar.edges.coauthors import Coauthors
from byline.graph.store.columnar.files.csr import NULL, Csr
from byline.graph.store.columnar.files.ragged import Lists
from byline.graph.store.protocol import Rows

# People whose lists were worked out last: an algorithm asks for one edge after the other of a person.
_HELD = 64


class _Neighbours(Mapping[int, Attributes]):
    """The coauthors of one person, who are `targets` from `start` to `stop`; they ascend, so that one is found by halving."""

    __slots__ = ("_beside", "_start", "_stop", "_targets")

    def __init__(self, targets: Rows, beside: Mapping[str, npt.NDArray[Any]], start: int, stop: int) -> None:
        self._targets, self._beside = targets, beside
        self._start, self._stop = start, stop

    def __iter__(self) -> Iterator[int]:
        return iter(self._targets[self._start : self._stop].tolist())

    def __len__(self) -> int:
        return self._stop - self._start

    def _place(self, node: object) -> int:
        if not isinstance(node, int | np.integer):
            return -1
        place = self._start + int(np.searchsorted(self._targets[self._start : self._stop], node))
        return place if place < self._stop and self._targets[place] == node else -1

    def __contains__(self, node: object) -> bool:
        return self._place(node) >= 0

    def __getitem__(self, node: int) -> Attributes:
        place = self._place(node)
        if place < 0:
            raise KeyError(node)
        return Attributes({name: plain(values[place]) for name, values in self._beside.items()})


class _People(Mapping[int, _Neighbours]):
    """Every person to their coauthors: views of the kept lists, and of people of huge teams of lists worked out for them."""

    def __init__(self, lists: Coauthors) -> None:
        self.lists = lists
        self._worked_out = lru_cache(_HELD)(self._work_out)

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self)))

    def __len__(self) -> int:
        return len(self.lists.csr.offsets) - 1

    def __contains__(self, node: object) -> bool:
        return isinstance(node, int | np.integer) and bool(0 <= node < len(self))

    def __getitem__(self, node: int) -> _Neighbours:
        if node not in self:
            raise KeyError(node)
        if node in self.lists.unkept:
            return self._worked_out(int(node))
        start, stop = (int(end) for end in self.lists.csr.offsets[node : node + 2])
        return _Neighbours(self.lists.csr.targets, self.lists.values, start, stop)

    def _work_out(self, node: int) -> _Neighbours:
        lists = self.lists.lists(np.array([node], np.int32), COAUTHORS.values)
        return _Neighbours(lists.rows, lists.beside, 0, len(lists.rows))


class CoauthorGraph(nx.Graph):  # type: ignore[misc]
    """A frozen graph of people, one edge a pair, with paper_count, first_year, last_year, weight and uncounted_papers.

    Algorithms that make a graph of the same class get a plain `networkx.Graph`; so do `subgraph` and `copy`.
    """

    __networkx_backend__ = "byline"

    def __new__(cls, store: Adjacency | None = None, **attributes: Any) -> Any:
        """A view of a store; without one a plain graph, which is what NetworkX asks for when it needs an empty one."""
        return nx.Graph(**attributes) if store is None else super().__new__(cls)

    def __init__(self, store: Adjacency) -> None:
        super().__init__()
        self.numbering = Numbering(store)
        self._adj = _People(store.coauthors)
        self._node = Nodes(self.numbering, store.size(Kind.AUTHOR))
        nx.freeze(self)

    @cached_property
    def _whole(self) -> Lists:
        """All lists end to end: as they lie in the store, unless some of them have to be worked out."""
        return self._adj.lists.everybody(COAUTHORS.values)

    @cached_property
    def arrays(self) -> Arrays:
        """The adjacency as arrays."""
        lists = Csr(self._whole.offsets, self._whole.rows)
        return Arrays(range(len(self._adj)), int, lists, lists, self._weigh)

    def _weigh(self, name: str) -> npt.NDArray[np.float64] | None:
        """An attribute of the edges as numbers, ones for one that they do not have; None where some of them are null."""
        values = self._whole.beside.get(name)
        if values is None:
            return np.ones(len(self._whole.rows))
        return None if np.issubdtype(values.dtype, np.integer) and (values == NULL).any() else values.astype(np.float64)

    def size(self, weight: str | None = None) -> Any:
        """The number of edges, or the sum of an attribute of them."""
        return len(self._adj.lists) // 2 if weight is None else super().size(weight)

    def subgraph(self, nodes: Iterable[int]) -> nx.Graph:
        """A plain, changeable graph of these people and the edges between them."""
        chosen = set(self.nbunch_iter(nodes))
        part = nx.Graph()
        part.add_nodes_from((node, self._node[node]) for node in sorted(chosen))
        part.add_edges_from(
            (node, other, self._adj[node][other])
            for node in sorted(chosen)
            for other in self._adj[node]
            if other >= node and other in chosen
        )
        return part

    def copy(self, as_view: bool = False) -> nx.Graph:
        """The whole graph as a plain one; a view of it is the graph itself."""
        return self if as_view else self.subgraph(self)


def coauthors(store: Adjacency) -> CoauthorGraph:
    """The coauthor graph of a store: node i is the author at row i."""
    graph: CoauthorGraph = CoauthorGraph(store)
    return graph

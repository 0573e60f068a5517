"""The graph of who wrote with whom in NetworkX and in igraph, asked what `bench/network.py` asks Byline."""

from collections import Counter
from collections.abc import Callable
from itertools import islice

import igraph
import networkx as nx
import numpy as np
import numpy.typing as npt

from byline.graph.metrics import links
from byline.graph.metrics.links import STEP
from byline.graph.model import Kind
from byline.graph.store.columnar.store import ColumnarStore

# People of a network that is drawn.
MOST = 200
Longs = npt.NDArray[np.int64]


class NetworkX:
    """The same graph as a `networkx.Graph`, each link with its `length` and with its `rank`: a step, then its length."""

    def __init__(self, store: ColumnarStore) -> None:
        self.graph = nx.Graph()
        self.graph.add_nodes_from(range(store.size(Kind.AUTHOR)))
        near, far, lengths = _links(store)
        for one, other, length in zip(near.tolist(), far.tolist(), lengths.tolist(), strict=True):
            self.graph.add_edge(one, other, length=length, rank=STEP + length)

    def two_steps(self, pair: tuple[int, int]) -> int:
        """The same answer by plain loops: who is two steps away, through how many, the 20 busiest of them."""
        near = set(self.graph[pair[0]])
        shared = Counter(far for one in near for far in self.graph[one] if far not in near and far != pair[0])
        sorted(shared.items(), key=lambda entry: (-entry[1], entry[0]))[:20]
        return len(shared)

    def two_steps_uncounted(self, pair: tuple[int, int]) -> int:
        """Who is two steps away, without counts and order."""
        return len(nx.descendants_at_distance(self.graph, pair[0], 2))

    def path(self, pair: tuple[int, int]) -> int:
        """The path that Byline answers with: the fewest steps, then the least length, from both sides (Dijkstra 1959)."""
        return self._first(pair, lambda: nx.bidirectional_dijkstra(self.graph, *pair, weight="rank")[1])

    def any_path(self, pair: tuple[int, int]) -> int:
        """Any of the shortest: the first at which two searches meet."""
        return self._first(pair, lambda: nx.bidirectional_shortest_path(self.graph, *pair))

    def weighted(self, pair: tuple[int, int]) -> int:
        return self._first(pair, lambda: nx.bidirectional_dijkstra(self.graph, *pair, weight="length")[1])

    def all_paths(self, pair: tuple[int, int]) -> int:
        """All of the shortest, not yet compared."""
        return self._first(pair, lambda: min(nx.all_shortest_paths(self.graph, *pair)))

    def three_paths(self, pair: tuple[int, int]) -> int:
        """Any three of the first by steps (Yen 1971)."""
        return self._first(pair, lambda: min(islice(nx.shortest_simple_paths(self.graph, *pair), 3), key=len))

    def _first(self, pair: tuple[int, int], ask: Callable[[], list[int]]) -> int:
        try:
            return len(ask())
        except nx.NetworkXNoPath:
            return 0

    def network(self, pair: tuple[int, int]) -> int:
        near = list(nx.single_source_shortest_path_length(self.graph, pair[0], cutoff=2))[:MOST]
        drawn = self.graph.subgraph(near)
        nx.community.louvain_communities(drawn, seed=1)
        nx.betweenness_centrality(drawn)
        nx.spring_layout(drawn, seed=1)
        return len(near)


class Igraph:
    """The same graph in igraph."""

    def __init__(self, store: ColumnarStore) -> None:
        near, far, lengths = _links(store)
        self.lengths, self.ranks = lengths.tolist(), (lengths + STEP).tolist()
        self.graph = igraph.Graph(n=store.size(Kind.AUTHOR), edges=np.stack([near, far], axis=1))

    def two_steps_uncounted(self, pair: tuple[int, int]) -> int:
        """Who is two steps away, without counts and order."""
        return len(self.graph.neighborhood(pair[0], order=2, mindist=2))

    def path(self, pair: tuple[int, int]) -> int:
        """The path that Byline answers with: the fewest steps, then the least length."""
        return len(self.graph.get_shortest_path(*pair, weights=self.ranks))

    def any_path(self, pair: tuple[int, int]) -> int:
        """Any of the shortest."""
        return len(self.graph.get_shortest_path(*pair))

    def all_paths(self, pair: tuple[int, int]) -> int:
        """All of the shortest, not yet compared."""
        return len((self.graph.get_all_shortest_paths(*pair) or [[]])[0])

    def three_paths(self, pair: tuple[int, int]) -> int:
        """Any three of the first by steps (Yen 1971)."""
        return len((self.graph.get_k_shortest_paths(*pair, k=3) or [[]])[0])

    def weighted(self, pair: tuple[int, int]) -> int:
        return len(self.graph.get_shortest_path(*pair, weights=self.lengths))

    def network(self, pair: tuple[int, int]) -> int:
        near = self.graph.neighborhood(pair[0], order=2)[:MOST]
        drawn = self.graph.induced_subgraph(near)
        drawn.community_multilevel()
        drawn.betweenness()
        drawn.layout_fruchterman_reingold()
        return len(near)


def _links(store: ColumnarStore) -> tuple[Longs, Longs, Longs]:
    """Every pair of coauthors once, and how long the step is."""
    lists = store.coauthors.everybody(("weight",))
    once = lists.groups < lists.rows
    weights = lists.beside["weight"][once]
    return lists.groups[once], lists.rows[once].astype(np.int64), links.lengths(weights)  # type: ignore[arg-type]

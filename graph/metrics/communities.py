"""Communities of the coauthor graph."""

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sknetwork.clustering import Louvain

METHOD = (
    "community by the Louvain method (Blondel et al. 2008) on the coauthor graph weighted by shared papers, resolution 1, "
    "nodes visited in the order of their ids; numbered from 0 by size, the largest first, ties by the earliest id"
)
# Entries of the adjacency (two a pair) up to which it is worked out: some 60 bytes each on top of the graph.
MOST = 60_000_000
REASON = f"the coauthor graph has more than {MOST // 2} pairs, too many to look for communities"


def communities(
    offsets: npt.NDArray[np.int64], targets: npt.NDArray[np.int32], weights: npt.NDArray[np.generic]
) -> npt.NDArray[np.int32]:
    """A community for each of n nodes of an undirected weighted graph (Blondel, Guillaume, Lambiotte, Lefebvre 2008, "Fast
    unfolding of communities in large networks"): modularity at resolution 1.

    Nodes are visited in their order and not shuffled, so nothing is left to chance. Nodes without neighbours are alone.
    """
    size = len(offsets) - 1
    if not len(targets):
        return np.arange(size, dtype=np.int32)
    index = offsets.astype(np.int32) if len(targets) < 2**31 else offsets
    graph = sparse.csr_matrix((np.asarray(weights, np.float32), targets, index), shape=(size, size))
    found: npt.NDArray[np.int32] = Louvain(shuffle_nodes=False, sort_clusters=False, random_state=0).fit_predict(graph)
    return found.astype(np.int32)

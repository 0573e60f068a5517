"""Where the people of a small network stand on paper: a force-directed layout (Fruchterman and Reingold 1991) that sets out from
communities side by side, so that groups stay apart and whoever joins them stands between.

Papers pull by their root, or the few pairs with dozens of papers collapse into a point. Links between communities pull less than
those within, and so do links of somebody whom everybody is linked with, since they tell nothing about who is near whom: without
that, the circle of one person is a star. A weak pull to the middle keeps pieces that no link connects on the same sheet.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt

# How much a link between communities, and how much the middle, pulls beside a link of one paper within a community.
ACROSS, MIDDLE = 0.15, 0.2
# Rounds of forces; fewer where a round takes long.
ROUNDS, FEWEST, WORK = 80, 30, 16_000
# From so many people on NetworkX lays out row by row, and a row of hundreds of links takes long: then each has its strongest
# links, which decide where it stands, and those that are among the strongest of others.
LARGE, STRONGEST = 500, 20
# The angle that lays one after the other on a spiral without any two in line.
_TURN = np.pi * (3 - 5**0.5)
_Points = npt.NDArray[np.float64]
_Numbers = npt.NDArray[np.floating[Any]]


def layout(graph: nx.Graph, community: Sequence[int], seed: int) -> _Points:
    """One point a person, from -1 to 1 both ways; `graph` has people 0 to n - 1 and `paper_count` on its links."""
    count = len(community)
    if count < 2:
        return np.zeros((count, 2))
    start = dict(enumerate(_side_by_side(np.asarray(community))))
    start[count] = np.zeros(2)
    rounds = max(FEWEST, min(ROUNDS, WORK // count))
    points: Mapping[int, Any] = nx.spring_layout(
        _pulls(graph, community), weight="pull", pos=start, seed=seed, iterations=rounds, method="force"
    )
    return _on_sheet(np.array([points[person] for person in range(count)]))


def _pulls(graph: nx.Graph, community: Sequence[int]) -> nx.Graph:
    """How much each link pulls, and one more node, the middle, that pulls everybody."""
    count = len(community)
    known_to_all = {person for person, degree in graph.degree if degree == count - 1}
    pulls = nx.Graph()
    pulls.add_nodes_from(range(count + 1))
    for one, other, papers in _strongest(graph) if count >= LARGE else graph.edges(data="paper_count"):
        near = community[one] == community[other] and one not in known_to_all and other not in known_to_all
        pulls.add_edge(one, other, pull=papers**0.5 * (1.0 if near else ACROSS))
    pulls.add_weighted_edges_from(((person, count, MIDDLE) for person in range(count)), weight="pull")
    return pulls


def _strongest(graph: nx.Graph) -> list[tuple[int, int, int]]:
    """The links with most papers of each person, of equals those with the lowest numbers."""
    links = np.array(list(graph.edges(data="paper_count")), np.int64).reshape(-1, 3)
    links[:, :2].sort(axis=1)
    links = links[np.lexsort((links[:, 1], links[:, 0], -links[:, 2]))]
    ends = links[:, :2].ravel()
    order = np.argsort(ends, kind="stable")
    counts = np.bincount(ends, minlength=1)
    rank = np.empty(len(ends), np.int64)
    rank[order] = np.arange(len(ends)) - np.repeat(np.cumsum(counts) - counts, counts)
    kept: list[tuple[int, int, int]] = [
        (one, other, papers) for one, other, papers in links[(rank.reshape(-1, 2) < STRONGEST).any(axis=1)].tolist()
    ]
    return kept


def _side_by_side(community: npt.NDArray[np.int64]) -> _Points:
    """Each community a disc of points, its area by its people; the discs on a spiral, the largest in the middle."""
    sizes = np.bincount(community)
    within = np.zeros(len(community))
    order = np.argsort(community, kind="stable")
    within[order] = np.arange(len(community)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    whole, own = len(community), sizes[community]
    discs = _polar(np.sqrt((np.cumsum(sizes) - sizes / 2) / whole), _TURN * np.arange(len(sizes)))
    return discs[community] + _polar(0.5 * np.sqrt(own / whole) * np.sqrt((within + 0.5) / own), _TURN * within)


def _polar(radius: _Numbers, angle: _Numbers) -> _Points:
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _on_sheet(points: _Points) -> _Points:
    """The points moved and scaled alike both ways, so that they fill the sheet."""
    low, high = points.min(axis=0), points.max(axis=0)
    half = float((high - low).max()) / 2
    moved: _Points = (points - (low + high) / 2) / (half or 1.0)
    return moved

"""Steps among coauthors on a `networkx.Graph`, one a window: who is how far, who may come to write together, by which paths."""

import networkx as nx
import numpy as np

from byline.graph.metrics.links import STEP, lengths, shares
from byline.graph.model import COAUTHORS, Kind
from byline.graph.names import may_be_one
from byline.graph.request import Prediction, Route, Window
from byline.graph.store.protocol import Status
from byline.graph.store.reference.plain import End
from byline.graph.store.reference.walks import Walks

# Graphs of windows that are kept.
_KEPT = 64


class Circles:
    """The coauthor graph of each window that was asked for, and what is asked of it."""

    def __init__(self, walks: Walks) -> None:
        self._walks = walks
        self._graphs: dict[Window, nx.Graph] = {}

    def graph(self, window: Window | None) -> nx.Graph:
        """People, and an edge between two who share a paper of the window, with `paper_count`, `length` and `step`."""
        window = window or Window()
        if window not in self._graphs:
            if len(self._graphs) >= _KEPT:
                self._graphs.clear()
            graph = self._graphs[window] = nx.Graph()
            graph.add_nodes_from(self._walks.ids[Kind.AUTHOR])
            for person in self._walks.ids[Kind.AUTHOR]:
                for end in self._walks.hop(COAUTHORS, person, window):
                    length = int(lengths(np.array([end.values["weight"]], np.float64))[0])
                    graph.add_edge(person, end.node, paper_count=end.values["paper_count"], length=length, step=STEP + length)
        return self._graphs[window]

    def collaborators(self, person: str, window: Window | None, distance: int) -> list[End]:
        """The people exactly so many steps away."""
        graph = self.graph(window)
        far = nx.single_source_shortest_path_length(graph, person, cutoff=distance)
        ends = []
        for node in (node for node, steps in far.items() if steps == distance):
            nearer = [near for near in graph[node] if far.get(near) == distance - 1]
            ends.append(End(node, {"distance": distance, "shared_count": len(nearer)}))
        return ends

    def between(self, left: str, right: str, window: Window | None, distance: int) -> list[End]:
        """The people one step nearer to the left than so many who share a paper with the right."""
        graph = self.graph(window)
        far = nx.single_source_shortest_path_length(graph, left, cutoff=distance)
        near = [node for node in graph[right] if far.get(node) == distance - 1]
        return [End(node, {"paper_count": graph[right][node]["paper_count"]}) for node in near]

    def suggested(self, person: str, window: Window | None, method: Prediction, first: int) -> list[tuple[str, float]]:
        """The people two steps away who are nobody the person may be, by score, then by id."""
        graph, names = self.graph(window), self._walks.graph.nodes
        scores = []
        for end in self.collaborators(person, window, 2):
            if may_be_one(names[person]["names"], names[end.node]["names"]):
                continue
            score = 0.0
            for shared in sorted(nx.common_neighbors(graph, person, end.node)):
                score += float(shares(method, np.array([graph.degree(shared)]))[0])
            scores.append((end.node, score))
        return sorted(scores, key=lambda found: (-found[1], found[0]))[:first]

    def paths(self, left: str, right: str, route: Route) -> tuple[Status, list[list[str]]]:
        """The paths that a route asks for, and what became of the search."""
        graph = self.graph(route.window)
        if left == right:
            return Status.SAME, []
        status = _search(graph, left, right, route.budget)
        if status is not Status.FOUND:
            return status, []
        cost = "length" if route.weighted else "step"
        found: list[tuple[int, list[str]]] = []
        for path in nx.shortest_simple_paths(graph, left, right, weight=cost):
            total = nx.path_weight(graph, path, cost)
            if len(found) >= route.limit and total > found[route.limit - 1][0]:
                break
            found.append((total, path))
        return Status.FOUND, [path for _, path in sorted(found)[: route.limit]]


def _search(graph: nx.Graph, left: str, right: str, budget: int) -> Status:
    """Whether two people are connected: both circles grow step by step, the one with fewer people at its frontier first."""
    circles, frontiers = [{left}, {right}], [{left}, {right}]
    while True:
        side = 0 if len(frontiers[0]) <= len(frontiers[1]) else 1
        frontiers[side] = {far for near in frontiers[side] for far in graph[near]} - circles[side]
        if frontiers[side] & circles[1 - side]:
            return Status.FOUND
        if not frontiers[side]:
            return Status.DISCONNECTED
        circles[side] |= frontiers[side]
        if len(circles[0]) + len(circles[1]) > budget:
            return Status.BUDGET_EXCEEDED

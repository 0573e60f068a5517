"""Steps among coauthors on a `networkx.Graph`, one a window: who is how far, and who is in between."""

import networkx as nx

from byline.graph.model import COAUTHORS, Kind
from byline.graph.request import Window
from byline.graph.store.reference.plain import End
from byline.graph.store.reference.walks import Walks

# Graphs of windows that are kept.
_MAX_GRAPHS = 64


class Circles:
    """The coauthor graph of each window that was asked for, and what is asked of it."""

    def __init__(self, walks: Walks) -> None:
        self._walks = walks
        self._graphs: dict[Window, nx.Graph] = {}

    def graph(self, window: Window | None) -> nx.Graph:
        """People, and an edge between two who share a paper of the window, with `paper_count`."""
        window = window or Window()
        if window not in self._graphs:
            if len(self._graphs) >= _MAX_GRAPHS:
                self._graphs.clear()
            graph = self._graphs[window] = nx.Graph()
            graph.add_nodes_from(self._walks.ids[Kind.AUTHOR])
            for person in self._walks.ids[Kind.AUTHOR]:
                for end in self._walks.hop(COAUTHORS, person, window):
                    graph.add_edge(person, end.node, paper_count=end.values["paper_count"])
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

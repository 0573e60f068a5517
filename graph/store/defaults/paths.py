"""`Store.paths` over the core: the coauthor graph of a window in NetworkX, and its shortest simple paths."""

import networkx as nx
import numpy as np

from byline.graph.deadline import checkpoint
from byline.graph.metrics.links import STEP, lengths
from byline.graph.model import COAUTHORS, Kind
from byline.graph.request import Hop, Route, Select, Window
from byline.graph.store.defaults.memo import Memo
from byline.graph.store.lists import offsets, split
from byline.graph.store.protocol import Paths, Rows, Status, StoreCore

# Graphs of windows that are kept.
_GRAPHS: Memo[nx.Graph] = Memo(16)


async def paths(store: StoreCore, pairs: Rows, route: Route) -> Paths:
    """See the protocol."""
    graph = await _GRAPHS.get(store, route.window, lambda: coauthor_graph(store, route.window))
    answers = [_between(graph, left, right, route) for left, right in pairs.tolist()]
    path_list = [path for _, some in answers for path in some]
    counts = offsets([len(some) for _, some in answers])
    people = np.array([row for path in path_list for row in path], np.int32)
    return Paths([status for status, _ in answers], counts, offsets([len(path) for path in path_list]), people)


async def coauthor_graph(store: StoreCore, window: Window | None) -> nx.Graph:
    """People, and an edge between two who share a paper of the window: its `length`, and `step`, what orders paths by steps."""
    people = (await store.find(Kind.AUTHOR, Select())).rows
    ends = await store.expand(Hop(COAUTHORS, window), people, Select(values=("weight",)))
    length = lengths(ends.values["weight"].to_numpy()).tolist()
    entries = split(ends.offsets, list(zip(ends.rows.tolist(), length, strict=True)))
    graph = nx.Graph()
    graph.add_nodes_from(people.tolist())
    for person, coauthors in zip(people.tolist(), entries, strict=True):
        for other, far in coauthors:
            graph.add_edge(person, other, length=far, step=STEP + far)
    return graph


def _between(graph: nx.Graph, left: int, right: int, route: Route) -> tuple[Status, list[list[int]]]:
    """The paths that a route asks for, and what became of the search."""
    if left == right:
        return Status.SAME, []
    status = _search(graph, left, right, route.budget)
    if status is not Status.FOUND:
        return status, []
    cost = "length" if route.weighted else "step"
    by_length: list[tuple[int, list[int]]] = []
    for path in nx.shortest_simple_paths(graph, left, right, weight=cost):
        checkpoint()
        total = nx.path_weight(graph, path, cost)
        if len(by_length) >= route.limit and total > by_length[route.limit - 1][0]:
            break
        by_length.append((total, path))
    return Status.FOUND, [path for _, path in sorted(by_length)[: route.limit]]


def _search(graph: nx.Graph, left: int, right: int, budget: int) -> Status:
    """Whether two people are connected: breadth-first from both ends, a step at a time from the one with the smaller frontier."""
    met, frontiers = [{left}, {right}], [{left}, {right}]
    while True:
        checkpoint()
        side = 0 if len(frontiers[0]) <= len(frontiers[1]) else 1
        frontiers[side] = {far for near in frontiers[side] for far in graph[near]} - met[side]
        if frontiers[side] & met[1 - side]:
            return Status.FOUND
        if not frontiers[side]:
            return Status.DISCONNECTED
        met[side] |= frontiers[side]
        if len(met[0]) + len(met[1]) > budget:
            return Status.BUDGET_EXCEEDED

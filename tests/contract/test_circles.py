"""Steps among coauthors against NetworkX, on 200 random graphs: distances, shortest paths, scores."""

from itertools import pairwise
from typing import Any
from unittest.mock import patch

import networkx as nx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byline.graph.metrics.links import STEP
from byline.graph.model import COLLABORATORS, Kind
from byline.graph.request import Hop, Order, Prediction, Route, Select, Window
from byline.graph.store.columnar.paths import steps
from byline.graph.store.contract.draft import Draft
from byline.graph.store.protocol import Paths, Rows, Scores, Status, Store
from tests.contract.graphs import webs
from tests.contract.stores import answer, columnar, lists
from tests.generated import examples

many = settings(max_examples=examples(200), deadline=None, suppress_health_check=list(HealthCheck))
SHARED = Select(order=(Order("shared_count", True, True),), values=("distance", "shared_count"), total=True)
METHODS = {
    Prediction.ADAMIC_ADAR: nx.adamic_adar_index,
    Prediction.RESOURCE_ALLOCATION: nx.resource_allocation_index,
}


def crowd() -> Draft:
    """A paper of 301 authors, two of whom wrote with one person more each."""
    draft = Draft()
    draft.paper("crowd", [f"{number} x{number}" for number in range(301)], author_count=301, year=2020)
    draft.paper("one", ["0 x0", "2000 left"], author_count=2, year=2020)
    draft.paper("two", ["1 x1", "2001 right"], author_count=2, year=2020)
    return draft


def network(draft: Draft) -> nx.Graph:
    """The coauthor graph, made from the drafted papers alone, with the cost of each step as the contract says."""
    graph, people = nx.Graph(), draft.nodes[Kind.AUTHOR]
    graph.add_nodes_from(range(len(people)))
    rows = {key: row for row, key in enumerate(sorted(people, key=lambda key: people[key]["id"]))}
    teams: dict[str, set[int]] = {}
    for one in draft.authorships:
        teams.setdefault(one["paper"], set()).add(rows[one["author"]])
    for paper in sorted(teams, key=lambda key: draft.nodes[Kind.PAPER][key]["id"]):
        stated = draft.nodes[Kind.PAPER][paper].get("author_count")
        for left in teams[paper]:
            for right in teams[paper]:
                if left < right:
                    edge = graph.get_edge_data(left, right) or {"weight": 0.0}
                    added = 0.0 if stated is None else 1.0 / (max(stated, len(teams[paper])) - 1)
                    graph.add_edge(left, right, weight=edge["weight"] + added)
    for _, _, edge in graph.edges(data=True):
        edge["length"] = round(1_000_000 / edge["weight"]) if edge["weight"] else 10**12
        edge["step"] = STEP + edge["length"]
    return graph


@many
@given(webs(), st.data())
def test_steps_paths_and_scores_are_those_of_networkx(draft: Draft, data: st.DataObject) -> None:
    graph, store = network(draft), columnar(draft.facts())
    rows = np.arange(len(graph), dtype=np.int32)
    distances_agree(graph, store, rows)
    scores_agree(graph, store, rows)
    person = st.integers(0, len(graph) - 1)
    pairs = data.draw(st.lists(st.tuples(person, person), min_size=1, max_size=5))
    for weighted in (False, True):
        paths_agree(graph, store, pairs, Route(weighted=weighted, limit=data.draw(st.sampled_from([1, 2, 5, 40]))))


def test_in_a_crowd() -> None:
    draft = crowd()
    graph, store = network(draft), columnar(draft.facts())
    rows = np.array(draft.rows(Kind.AUTHOR, "0 x0", "1 x1", "2000 left", "200 x200"), np.int32)
    distances_agree(graph, store, rows)
    scores_agree(graph, store, rows[2:3])
    for weighted in (False, True):
        paths_agree(graph, store, [(int(rows[2]), int(rows[3]))], Route(weighted=weighted))


@settings(many, max_examples=15)
@given(webs(), st.integers(0, 9))
def test_circles_are_the_same_counted_or_sorted(draft: Draft, least: int) -> None:
    graph, store = network(draft), columnar(draft.facts())
    with patch.multiple(steps, _SHARE=10**9, _LEAST=least, _AT_ONCE=2):
        distances_agree(graph, store, np.arange(len(graph), dtype=np.int32))
        with patch.object(steps, "_MOST_MARKS", 0):
            distances_agree(graph, store, np.arange(len(graph), dtype=np.int32)[::-1])


def test_large_circles_in_a_window_keep_to_its_papers() -> None:
    draft = Draft()
    chain = [f"{number} {chr(97 + number)}" for number in range(6)]
    for at, pair in enumerate(pairwise(chain)):
        draft.paper(f"p{at}", list(pair), year=2020, author_count=2)
    draft.paper("early", [chain[0], chain[5]], year=2010, author_count=2)
    draft.paper("crowd", [chain[0], chain[4], "98 y", "99 z"], year=2020, author_count=4)
    rows = np.array(draft.rows(Kind.AUTHOR, *chain), np.int32)
    with patch.multiple(steps, _SHARE=10**9, _LEAST=0):
        for distance in range(1, 6):
            hop = Hop(COLLABORATORS, Window(2015, None, 3), distance)
            circles = lists(answer(columnar(draft.facts()).expand(hop, rows, Select())))
            expected = [[rows[to] for to in range(6) if abs(to - at) == distance] for at in range(6)]
            assert [sorted(each) for each in circles] == [sorted(each) for each in expected]


def distances_agree(graph: nx.Graph, store: Store, rows: Rows) -> None:
    far = {row: nx.single_source_shortest_path_length(graph, row) for row in rows.tolist()}
    for distance in range(1, 7):
        circles = answer(store.expand(Hop(COLLABORATORS, None, distance), rows, SHARED))
        expected = [sorted(node for node, steps in far[row].items() if steps == distance) for row in rows.tolist()]
        assert [sorted(one) for one in lists(circles)] == expected
        shared = circles.values["shared_count"].to_pylist()
        for row, (start, stop) in zip(rows.tolist(), pairwise(circles.offsets), strict=True):
            some = circles.rows[start:stop].tolist()
            nearer = [sum(far[row].get(near) == distance - 1 for near in graph[node]) for node in some]
            assert shared[start:stop] == nearer
            assert list(zip(nearer, some, strict=True)) == sorted(zip(nearer, some, strict=True), key=lambda e: (-e[0], e[1]))


def paths_agree(graph: nx.Graph, store: Store, pairs: list[tuple[int, int]], route: Route) -> None:
    path_lists = answer(store.paths(np.array(pairs, np.int32), route))
    cost = "length" if route.weighted else "step"
    for (left, right), status, paths in zip(pairs, path_lists.statuses, written(path_lists), strict=True):
        if left == right:
            assert (status, paths) == (Status.SAME, [])
        elif not nx.has_path(graph, left, right):
            assert (status, paths) == (Status.DISCONNECTED, [])
        else:
            assert status is Status.FOUND
            assert route.weighted or len(paths[0]) - 1 == nx.shortest_path_length(graph, left, right)
            ranked = [(nx.path_weight(graph, path, cost), path) for path in paths]
            assert ranked == sorted(ranked)
            assert ranked[0][0] == nx.dijkstra_path_length(graph, left, right, weight=cost)
            shortest = sorted(nx.all_shortest_paths(graph, left, right, weight=cost))
            assert [path for total, path in ranked if total == ranked[0][0]] == shortest[: route.limit]
            if len(graph) <= 7:
                every = sorted((nx.path_weight(graph, path, cost), path) for path in nx.all_simple_paths(graph, left, right))
                assert ranked == every[: route.limit]


def written(paths: Paths) -> list[list[list[int]]]:
    each = [paths.rows[start:stop].tolist() for start, stop in pairwise(paths.people.tolist())]
    return [each[start:stop] for start, stop in pairwise(paths.paths.tolist())]


def scores_agree(graph: nx.Graph, store: Store, rows: Rows) -> None:
    predictions = {method: answer(store.suggest(rows, None, method, 5000)) for method in Prediction}
    for at, row in enumerate(rows.tolist()):
        two = [node for node, far in nx.single_source_shortest_path_length(graph, row, 2).items() if far == 2]
        pairs = [(row, node) for node in two]
        expected = {method: {node: score for _, node, score in index(graph, pairs)} for method, index in METHODS.items()}
        expected[Prediction.COMMON_COAUTHORS] = {node: len(list(nx.common_neighbors(graph, row, node))) for node in two}
        for method, scores in predictions.items():
            start, stop = scores.offsets[at], scores.offsets[at + 1]
            people, values = scores.rows[start:stop].tolist(), scores.scores[start:stop].tolist()
            assert dict(zip(people, values, strict=True)) == pytest.approx(expected[method])
            assert values == sorted(values, reverse=True)


def _plain(arrays: Paths | Scores) -> dict[str, Any]:
    return {
        name: (str(value.dtype), [each.hex() if isinstance(each, float) else each for each in value.tolist()])
        if isinstance(value, np.ndarray)
        else value
        for name, value in vars(arrays).items()
    }


def test_a_window_of_nothing_has_no_steps(make) -> None:
    small = Draft()
    small.paper("p", ["ann", "bob"], year=2020)
    hop = Hop(COLLABORATORS, Window(1900, 1901), 1)
    assert lists(answer(make(small.facts()).expand(hop, np.arange(2, dtype=np.int32), SHARED))) == [[], []]

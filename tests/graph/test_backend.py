"""The NetworkX backend: our views dispatch by themselves, with NetworkX's own answers; its own tests run on converted graphs."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byline.graph.nx import CoauthorGraph, coauthors, functions, whole
from byline.graph.nx_info import FUNCTIONS
from byline.graph.store.contract.draft import Draft
from tests.contract.graphs import drafts
from tests.graph.test_views import collaborations, store

few = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


def plain(view: Any) -> Any:
    """The same graph in dictionaries, with NetworkX's own code."""
    copy = view.copy()
    assert copy.__networkx_backend__ == "networkx"
    return copy


def outcome(call: Callable[[], Any]) -> Any:
    """What a call answers, or the name of its error and what it says."""
    try:
        answer = call()
        if hasattr(answer, "__next__"):
            answer = list(answer)
        return answer
    except Exception as error:
        return type(error).__name__, str(error)


CALLS: dict[str, Callable[[Any, Any, Any], Any]] = {
    "pagerank": lambda g, one, other: nx.pagerank(g),
    "pagerank unweighted": lambda g, one, other: nx.pagerank(g, 0.7, weight=None, personalization={one: 1, other: 2}),
    "pagerank dangling": lambda g, one, other: nx.pagerank(g, dangling={one: 1}, nstart={other: 1.0, one: 0.5}),
    "pagerank by papers": lambda g, one, other: nx.pagerank(g, weight="paper_count"),
    "pagerank by years": lambda g, one, other: nx.pagerank(g, weight="no such attribute"),
    "distances": lambda g, one, other: dict(nx.single_source_shortest_path_length(g, one)),
    "distances cut": lambda g, one, other: dict(nx.single_source_shortest_path_length(g, one, cutoff=1)),
    "distances to": lambda g, one, other: dict(nx.single_target_shortest_path_length(g, other)),
    "distance": lambda g, one, other: nx.shortest_path_length(g, one, other),
    "distance from": lambda g, one, other: dict(nx.shortest_path_length(g, source=one)),
    "distance to": lambda g, one, other: dict(nx.shortest_path_length(g, target=other)),
    "all distances": lambda g, one, other: {a: dict(b) for a, b in nx.shortest_path_length(g)},
    "weighted": lambda g, one, other: nx.shortest_path_length(g, one, other, weight="paper_count"),
    "nobody": lambda g, one, other: nx.bidirectional_shortest_path(g, one, -1),
    "nobody's distances": lambda g, one, other: nx.single_source_shortest_path_length(g, -1),
    "path length": lambda g, one, other: len(nx.bidirectional_shortest_path(g, one, other)),
    "has path": lambda g, one, other: nx.has_path(g, one, other),
    "components": lambda g, one, other: nx.connected_components(g),
    "number of components": lambda g, one, other: nx.number_connected_components(g),
    "connected": lambda g, one, other: nx.is_connected(g),
    "component": lambda g, one, other: nx.node_connected_component(g, one),
    "weak components": lambda g, one, other: nx.weakly_connected_components(g),
    "number of weak components": lambda g, one, other: nx.number_weakly_connected_components(g),
    "weakly connected": lambda g, one, other: nx.is_weakly_connected(g),
    "cores": lambda g, one, other: nx.core_number(g),
    "triangles": lambda g, one, other: nx.triangles(g),
    "triangles of one": lambda g, one, other: nx.triangles(g, one),
    "clustering": lambda g, one, other: nx.clustering(g),
    "clustering of some": lambda g, one, other: nx.clustering(g, [one, other]),
    "clustering weighted": lambda g, one, other: nx.clustering(g, weight="paper_count"),
    "transitivity": lambda g, one, other: nx.transitivity(g),
    # What does not run on arrays runs on the view.
    "average clustering": lambda g, one, other: nx.average_clustering(g),
    "closeness": lambda g, one, other: nx.closeness_centrality(g),
    "degrees": lambda g, one, other: nx.degree_centrality(g),
    "bridges": lambda g, one, other: nx.bridges(g),
}
# Sums of many floats in another order.
ROUGH = ("pagerank", "clustering", "closeness", "average", "transitivity")


@few
@given(drafts(), st.data())
def test_views_answer_as_plain_graphs_do(draft: Draft, data: st.DataObject) -> None:
    opened = store(draft)
    for view in (coauthors(opened), whole(opened)):
        graph = plain(view)
        nodes = list(graph)
        one, other = (data.draw(st.sampled_from(nodes)) if nodes else 0 for _ in range(2))
        for name, call in CALLS.items():
            ours, expected = outcome(lambda: call(view, one, other)), outcome(lambda: call(graph, one, other))  # noqa: B023
            if name.startswith(ROUGH) and isinstance(expected, dict):
                assert list(ours) == list(expected), name
                assert ours == pytest.approx(expected, abs=1e-9), name
                assert {type(value) for value in ours.values()} <= {int, float}
            elif name.startswith(ROUGH) and isinstance(expected, float):
                assert ours == pytest.approx(expected, abs=1e-12), name
            else:
                assert ours == expected, name


@few
@given(st.integers(1, 12), st.data(), st.booleans(), st.booleans())
def test_paths_and_ranks_of_any_graph(size: int, data: st.DataObject, directed: bool, parallel: bool) -> None:
    """Loops, parallel and weighted edges, nodes that are no numbers."""
    classes = {(False, False): nx.Graph, (True, False): nx.DiGraph, (False, True): nx.MultiGraph, (True, True): nx.MultiDiGraph}
    graph = classes[directed, parallel]()
    graph.add_nodes_from(f"n{i}" for i in range(size))
    node = st.integers(0, size - 1).map("n{}".format)
    for one, other, weight in data.draw(st.lists(st.tuples(node, node, st.integers(1, 4)), max_size=30)):
        graph.add_edge(one, other, weight=weight)
    one, other = data.draw(node), data.draw(node)
    for name, call in CALLS.items():
        wanted = name.split()[0] in ("pagerank", "distances", "distance", "path", "has", "components", "component", "cores")
        if not wanted and name not in ("triangles", "clustering", "transitivity", "weak components", "weakly connected"):
            continue
        graph.__networkx_cache__.clear()
        with nx.config(backend_priority=["byline"]), mock.patch("byline.graph.nx.backend.WORTH", 0):
            ours = outcome(lambda: call(graph, one, other))  # noqa: B023
        expected = outcome(lambda: call(graph, one, other))  # noqa: B023
        assert ours == (pytest.approx(expected, abs=1e-9) if name.startswith(ROUGH) and isinstance(expected, dict) else expected)


def test_a_path_is_one_of_the_shortest() -> None:
    grid = nx.grid_2d_graph(6, 6)
    path = nx.bidirectional_shortest_path(grid, (0, 0), (5, 4), backend="byline")
    assert len(path) == 10
    assert nx.is_path(grid, path)
    assert path[0] == (0, 0)
    assert path[-1] == (5, 4)


def test_functions_are_called_by_views_and_by_name_and_else_not() -> None:
    draft = Draft()
    draft.paper("p", ["ann", "bob", "cy"])
    view, small = coauthors(store(draft)), nx.path_graph(3)
    with mock.patch.object(functions, "core_number", wraps=functions.core_number) as core:
        nx.core_number(view)
        assert core.call_count == 1
        nx.core_number(small, backend="byline")
        assert core.call_count == 2
        nx.core_number(small)
        with nx.config(backend_priority=["byline"]):
            nx.core_number(small)
        assert core.call_count == 2, "small graphs are not worth a conversion"
    with pytest.raises(NotImplementedError):
        nx.shortest_path_length(small, 0, 2, weight="w", backend="byline")
    with pytest.raises(NotImplementedError):
        nx.bridges(small, backend="byline")


def test_the_backend_is_known_to_networkx() -> None:
    assert "byline" in nx.config.backends
    assert nx.utils.backends.backend_info["byline"]["functions"].keys() == FUNCTIONS.keys()
    assert all(callable(getattr(functions, name)) for name in FUNCTIONS)
    assert "byline" in nx.pagerank.backends
    assert CoauthorGraph.__networkx_backend__ == "byline"


@pytest.mark.long
@pytest.mark.corpus
@pytest.mark.slow
def test_known_answers_of_distances(corpora: Path) -> None:
    expected = json.loads((corpora / "known_answers_dev.json").read_text())["ca-GrQc (full file)"]["exact"]
    graph = coauthors(store(collaborations(corpora / "snap" / "ca-GrQc.full.txt.zst")))
    assert nx.number_connected_components(graph) == expected["components"]
    assert sum(nx.triangles(graph).values()) == 3 * expected["triangles"]
    assert round(nx.transitivity(graph), 6) == expected["transitivity"]
    assert round(nx.average_clustering(graph), 6) == expected["avg_clustering"]
    largest = max(nx.connected_components(graph), key=len)
    counts: Counter[int] = Counter()
    for node in largest:
        counts.update(nx.single_source_shortest_path_length(graph, node).values())
    assert [counts[distance] for distance in range(len(counts))] == expected["lcc_distance_hist"]
    assert max(nx.core_number(graph).values()) == max(nx.core_number(plain(graph)).values())


MODULES = [
    "networkx.algorithms.link_analysis.tests.test_pagerank",
    "networkx.algorithms.shortest_paths.tests.test_unweighted",
    "networkx.algorithms.shortest_paths.tests.test_generic",
    "networkx.algorithms.components.tests.test_connected",
    "networkx.algorithms.components.tests.test_weakly_connected",
    "networkx.algorithms.tests.test_core",
    "networkx.algorithms.tests.test_cluster",
]


@pytest.mark.slow
def test_networkx_own_tests_pass_on_arrays(tmp_path: Path) -> None:
    """The tests that come with NetworkX, each of their graphs converted; the log says which functions ran here."""
    log = tmp_path / "log"
    options = ["-q", "-p", "no:cacheprovider", "--log-file", str(log), "--log-file-level", "DEBUG", "-p", "no:randomly"]
    environment = os.environ | {"NETWORKX_TEST_BACKEND": "byline", "NETWORKX_FALLBACK_TO_NX": "1"}
    command = [sys.executable, "-m", "pytest", *options, "--pyargs", *MODULES]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:]
    passed = int(re.search(r"(\d+) passed", done.stdout)[1])  # type: ignore[index]
    assert passed > 150
    called = set(re.findall(r"Using backend 'byline' for call to '(\w+)'", log.read_text()))
    assert set(FUNCTIONS) <= called, set(FUNCTIONS) - called

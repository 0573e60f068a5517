"""The kernels of the whole-graph measures against NetworkX and written-out loops, on random graphs and on published answers."""

import math
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.graph.metrics import pagerank as pageranks
from byline.graph.metrics.atypicality import atypicality
from byline.graph.metrics.clustering import MOST_COAUTHORS, clustering, triangles
from byline.graph.metrics.communities import communities
from byline.graph.metrics.components import components, numbered
from byline.graph.metrics.cores import core_numbers
from byline.graph.metrics.graph_metrics import METHODS, account
from byline.graph.metrics.impact import LEAST, impact
from byline.graph.metrics.pagerank import pagerank
from byline.graph.metrics.trust import NO_CITATIONS
from tests.generated import examples
from tests.graph.metrics.graphs import adjacency, digraph, directed, undirected, zipped

many = settings(max_examples=examples(200), deadline=None)
NULL = 2**31 - 1


@many
@given(undirected())
def test_core_numbers_are_networkx_own(graph: nx.Graph) -> None:
    assert core_numbers(*adjacency(graph)).tolist() == [number for _, number in sorted(nx.core_number(graph).items())]


@many
@given(undirected())
def test_clustering_and_triangles_are_networkx_own(graph: nx.Graph) -> None:
    coefficients = clustering(*adjacency(graph))
    assert coefficients is not None
    for node, expected in nx.clustering(graph).items():
        assert math.isnan(coefficients[node]) if graph.degree[node] < 2 else coefficients[node] == expected
    for most in (0, 2, 3, 99):
        counted = triangles(*adjacency(graph), most)
        assert counted is not None
        assert all(counted[node] == count for node, count in nx.triangles(graph).items() if graph.degree[node] <= most)


def test_pairs_beyond_what_is_affordable_give_nothing() -> None:
    graph = nx.complete_graph(12)
    assert clustering(*adjacency(graph), most_pairs=10) is None
    assert account(1, absent={"clustering": "why"})["clustering"].reason == "why"
    assert account(0)["pagerank"].reason == account(0)["normalised_impact"].reason == NO_CITATIONS
    assert account(0, outside=1)["pagerank"].reason == pageranks.NO_LINKS
    assert account(0, outside=1)["normalised_impact"].reason is None
    assert {name: about.reason for name, about in account(1).items()} == dict.fromkeys(METHODS)


def test_a_paper_of_1101_authors() -> None:
    """Its authors have too many coauthors for a coefficient; somebody who wrote with two of them has one."""
    graph = nx.complete_graph(1101)
    graph.add_edges_from([(1101, 3), (1101, 8), (1102, 5)])
    coefficients = clustering(*adjacency(graph))
    assert coefficients is not None
    assert MOST_COAUTHORS < 1100
    assert np.isnan(coefficients[:1101]).all()
    assert coefficients[1101] == 1.0
    assert math.isnan(coefficients[1102])
    assert core_numbers(*adjacency(graph)).tolist() == [1100] * 1101 + [2, 1]


@many
@given(directed())
def test_pagerank_is_networkx_own(graph: nx.DiGraph) -> None:
    offsets, citing = digraph(graph)
    ranks = pagerank(offsets, citing, np.array([graph.out_degree(node) for node in sorted(graph)]))
    assert abs(ranks.sum() - 1) < 1e-12
    bare = graph.copy()
    bare.remove_edges_from(list(nx.selfloop_edges(graph)))
    expected = nx.pagerank(bare, tol=1e-12, max_iter=1000)
    assert all(abs(ranks[node] - value) < 1e-9 for node, value in expected.items())


def test_pagerank_ends_where_only_rounding_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of ten million papers the changes never summed to the tolerance: a unit for each of them stayed."""
    chance, size = np.random.default_rng(4), 3000
    pairs = np.unique(chance.integers(0, size, (9 * size, 2)), axis=0)
    offsets = np.concatenate([[0], np.cumsum(np.bincount(pairs[:, 0], minlength=size))])
    citing, references = pairs[:, 1].astype(np.int32), np.bincount(pairs[:, 1], minlength=size)
    exact = pagerank(offsets, citing, references)
    rounds = []
    sums = pageranks._sums
    monkeypatch.setattr(pageranks, "_sums", lambda *args: rounds.append(1) or sums(*args))
    monkeypatch.setattr(pageranks, "TOTAL", 2**30)
    monkeypatch.setattr(pageranks, "TOLERANCE", 1)
    ranks = pagerank(offsets, citing, references)
    assert len(rounds) < 100
    assert np.abs(ranks - exact).sum() < 1e-4


def test_pagerank_without_papers_and_without_citations() -> None:
    assert pagerank(np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int32)).tolist() == []
    assert pagerank(np.zeros(5, np.int64), np.zeros(0, np.int32), np.zeros(4, np.int32)).tolist() == [0.25] * 4


@many
@given(st.lists(st.lists(st.integers(0, 9), max_size=4), max_size=8))
def test_components_are_networkx_own(papers: list[list[int]]) -> None:
    """Lists of authors, the same person twice in some of them."""
    graph = nx.Graph()
    graph.add_nodes_from(range(10))
    for authors in papers:
        graph.add_edges_from(combinations(authors, 2))
    ends = [(paper, author) for paper, authors in enumerate(papers) for author in authors]
    left, right = (np.array([end[side] for end in ends], np.int32) for side in (0, 1))
    labels, sizes = numbered(components(left, right, (len(papers), 10)))
    ranked = sorted(nx.connected_components(graph), key=lambda group: (-len(group), min(group)))
    for number, group in enumerate(ranked):
        assert all((labels[node], sizes[node]) == (number, len(group)) for node in group)


@many
@given(undirected(30), st.integers(0, 2**16))
def test_communities_are_a_partition_and_each_is_connected_inside(graph: nx.Graph, seed: int) -> None:
    chance = np.random.default_rng(seed)
    nx.set_edge_attributes(graph, {edge: int(chance.integers(1, 5)) for edge in sorted(graph.edges)}, "weight")
    offsets, targets = adjacency(graph)
    weights = np.array([graph[one][other]["weight"] for one in sorted(graph) for other in sorted(graph[one])], np.int32)
    labels = communities(offsets, targets, weights)
    assert labels.tolist() == communities(offsets, targets, weights).tolist()
    groups = [{node for node in graph if labels[node] == label} for label in set(labels.tolist())]
    whole = list(nx.connected_components(graph))
    assert all(nx.is_connected(graph.subgraph(group)) for group in groups)
    if graph.number_of_edges():
        assert nx.community.modularity(graph, groups) >= nx.community.modularity(graph, whole) - 1e-6


def test_communities_find_two_circles_and_a_bridge() -> None:
    graph = nx.disjoint_union(nx.complete_graph(6), nx.complete_graph(5))
    graph.add_edge(0, 6)
    offsets, targets = adjacency(graph)
    labels, sizes = numbered(communities(offsets, targets, np.ones(len(targets), np.int32)))
    assert (labels.tolist(), sizes.tolist()) == ([0] * 6 + [1] * 5, [6] * 6 + [5] * 5)
    assert communities(np.zeros(4, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int32)).tolist() == [0, 1, 2]


@many
@given(st.lists(st.sets(st.integers(0, 4), max_size=4), max_size=12))
def test_atypicality_is_spelled_out(listed: list[set[int]]) -> None:
    offsets, categories = zipped([list(codes) for codes in listed])
    scores = atypicality(offsets, categories, 5)
    papers = sum(bool(codes) for codes in listed)
    for codes, value in zip(listed, scores.tolist(), strict=True):
        expected = []
        for a, b in combinations(sorted(codes), 2):
            alone = [sum(code in other for other in listed) for code in (a, b)]
            together = sum({a, b} <= other for other in listed)
            expected.append(-math.log(together * papers / (alone[0] * alone[1])))
        assert math.isnan(value) if len(codes) < 2 else math.isclose(value, max(expected), abs_tol=1e-12)


@many
@given(
    st.lists(
        st.tuples(st.sampled_from([2000, 2001, NULL]), st.sampled_from([0, 1, NULL]), st.integers(0, 5)),
        max_size=60,
    )
)
def test_impact_is_spelled_out(papers: list[tuple[int, int, int]]) -> None:
    columns = [np.array([paper[at] for paper in papers], np.int32) for at in range(3)]
    value, sample = impact(*columns, NULL)
    for at, (year, category, cited) in enumerate(papers):
        cell = [other[2] for other in papers if other[:2] == (year, category)] if NULL not in (year, category) else []
        assert sample[at] == len(cell)
        if len(cell) < LEAST or not sum(cell):
            assert math.isnan(value[at])
        else:
            assert math.isclose(value[at], cited / (sum(cell) / len(cell)), abs_tol=1e-12)

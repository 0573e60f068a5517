"""Where people stand: groups apart, whoever joins them between, nobody on top of another, all on the sheet."""

import networkx as nx
import numpy as np
import pytest

from byline.graph.metrics.communities import communities as leiden
from byline.graph.metrics.components import numbered
from byline.graph.network.drawing import SEED
from byline.graph.network.layout import LARGE, STRONGEST, _strongest, layout
from tests.graph.metrics.graphs import adjacency

Points = np.ndarray


def papers(graph: nx.Graph, count: int = 1) -> nx.Graph:
    nx.set_edge_attributes(graph, count, "paper_count")
    return graph


def communities(graph: nx.Graph) -> list[int]:
    offsets, targets = adjacency(graph)
    weights = [graph[one][other]["paper_count"] for one in sorted(graph) for other in sorted(graph[one])]
    labels: list[int] = numbered(leiden(offsets, targets, np.array(weights, np.int32)))[0].tolist()
    return labels


def drawn(graph: nx.Graph) -> Points:
    points = layout(graph, communities(graph), SEED)
    assert points.shape == (len(graph), 2)
    assert np.isfinite(points).all()
    assert np.abs(points).max() <= 1 + 1e-12
    return points


def closest(points: Points) -> float:
    apart = np.linalg.norm(points[:, None] - points[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    return float(apart.min())


@pytest.mark.parametrize("people", [0, 1])
def test_nobody_and_one_alone_stand_in_the_middle(people: int) -> None:
    assert layout(papers(nx.empty_graph(people)), [0] * people, SEED).tolist() == [[0.0, 0.0]] * people


@pytest.mark.parametrize("people", [2, 3, 7])
def test_people_without_a_link_stand_apart(people: int) -> None:
    points = drawn(papers(nx.empty_graph(people)))
    assert closest(points) > 0.3
    assert np.abs(points).max() == pytest.approx(1)


def test_groups_stand_apart_and_a_bridge_between_them() -> None:
    graph = papers(nx.disjoint_union_all([nx.complete_graph(8) for _ in range(3)]))
    graph.add_node(24)
    graph.add_edges_from([(24, 0), (24, 8)], paper_count=1)
    points, groups = drawn(graph), [slice(0, 8), slice(8, 16), slice(16, 24)]
    middles = [points[group].mean(axis=0) for group in groups]
    widths = [np.linalg.norm(points[group] - middle, axis=1).max() for group, middle in zip(groups, middles, strict=True)]
    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert np.linalg.norm(middles[one] - middles[other]) > widths[one] + widths[other]
    # The bridge is nearer to either of its groups than to the third.
    far = [np.linalg.norm(points[24] - middle) for middle in middles]
    assert far[2] == max(far)


def test_the_circle_of_one_person_is_no_star() -> None:
    graph = papers(nx.disjoint_union_all([nx.complete_graph(6) for _ in range(4)]))
    graph.add_edges_from([(24, person) for person in range(24)], paper_count=5)
    points, nearest = drawn(graph), 0.0
    apart = np.linalg.norm(points[:24, None] - points[None, :24], axis=2)
    np.fill_diagonal(apart, np.inf)
    for person in range(24):
        nearest += np.mean(np.argsort(apart[person])[:5] // 6 == person // 6)
    assert nearest / 24 > 0.9


def test_a_large_network_has_nobody_on_top_of_another() -> None:
    graph = papers(nx.barabasi_albert_graph(200, 3, seed=1), 4)
    assert closest(drawn(graph)) > 0.005


def test_pieces_stay_on_the_sheet_side_by_side() -> None:
    graph = papers(nx.disjoint_union_all([nx.complete_graph(20), *(nx.path_graph(2) for _ in range(6))]))
    points = drawn(graph)
    # Pieces that fly apart would press the largest one into a point.
    assert np.ptp(points[:20], axis=0).max() > 0.2


def test_the_same_network_is_drawn_the_same() -> None:
    graph = papers(nx.karate_club_graph())
    assert drawn(graph).tolist() == drawn(graph).tolist()


def test_a_dense_large_network_is_laid_out_by_the_strongest_links() -> None:
    group = np.arange(LARGE) % 5
    one, other = np.triu_indices(LARGE, 1)
    graph = nx.empty_graph(LARGE)
    weights = np.where(group[one] == group[other], 9, 1)
    graph.add_weighted_edges_from(zip(one.tolist(), other.tolist(), weights.tolist(), strict=True), weight="paper_count")
    graph.add_edge(0, 1, paper_count=50)
    kept = _strongest(graph)
    assert LARGE * STRONGEST / 2 <= len(kept) <= LARGE * STRONGEST
    assert kept[0] == (0, 1, 50)
    degrees = np.bincount(np.array([link[:2] for link in kept]).ravel())
    assert degrees.min() >= STRONGEST
    assert {papers for *_, papers in kept} == {9, 50}
    points = layout(graph, group.tolist(), SEED)
    middles = np.array([points[group == each].mean(axis=0) for each in range(5)])
    nearest = np.linalg.norm(points[:, None] - middles[None], axis=2).argmin(axis=1)
    assert np.mean(nearest == group) > 0.9

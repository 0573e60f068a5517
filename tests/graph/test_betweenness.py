"""Betweenness against NetworkX."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.graph.metrics.betweenness import betweenness
from tests.generated import examples


@settings(max_examples=examples(200), deadline=None)
@given(st.integers(0, 12), st.integers(0, 10**6), st.sampled_from([0.05, 0.2, 0.5, 1.0]))
def test_as_networkx_has_it(size: int, seed: int, share: float) -> None:
    graph = nx.gnp_random_graph(size, share, seed=seed)
    links = np.array(graph.edges, np.int64).reshape(-1, 2)
    assert betweenness(links, size).tolist() == pytest.approx(list(nx.betweenness_centrality(graph).values()))


def test_a_long_chain_and_a_star() -> None:
    for graph in (nx.path_graph(60), nx.star_graph(50), nx.karate_club_graph()):
        links = np.array(graph.edges, np.int64).reshape(-1, 2)
        assert betweenness(links, len(graph)) == pytest.approx(np.array(list(nx.betweenness_centrality(graph).values())))

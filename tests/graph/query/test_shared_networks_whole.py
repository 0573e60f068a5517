"""The network of institutions of a whole store against NetworkX: a bipartite projection of papers and institutions, weighted by
shared papers, its degrees, strengths, density, components and betweenness."""

from collections import defaultdict
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from byline.data.ingest.ingest import generate
from byline.graph.model import Kind
from byline.graph.query.relations import SharedArgs
from byline.graph.query.shared_networks import shared_network
from byline.graph.request import EVERYTHING
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.files.load import facts
from byline.graph.store.columnar.store import open_store
from tests.anthology import Anthology
from tests.contract.stores import answer

SIZE = 200


def projection(path: Path, rows: list[int]) -> tuple[nx.Graph, dict[int, set[int]]]:
    """The graph of some institutions, and the papers of every one, from the tables of facts."""
    read = facts(current(path))
    papers: dict[int, set[int]] = defaultdict(set)
    written, through, whole = read.nodes[Kind.AUTHORSHIP], read.links["authorship_institution"], read.links["paper_institution"]
    paper_of = written["paper"].to_pylist()
    for authorship, institution in zip(through["authorship"].to_pylist(), through["institution"].to_pylist(), strict=True):
        papers[institution].add(paper_of[authorship])
    for paper, institution in zip(whole["paper"].to_pylist(), whole["institution"].to_pylist(), strict=True):
        papers[institution].add(paper)
    graph = nx.Graph()
    graph.add_nodes_from(rows)
    graph.add_edges_from((row, ("paper", paper)) for row in rows for paper in papers[row])
    return nx.bipartite.weighted_projected_graph(graph, rows), papers


@pytest.mark.slow
def test_the_institutions_of_a_generated_store(tmp_path: Path) -> None:
    generate(tmp_path, 6000, seed=14)
    for least in (1, 3, 40):
        assert against_networkx(tmp_path, least) == 30


@pytest.mark.corpus
@pytest.mark.long
def test_the_institutions_of_the_anthology(acl: Anthology) -> None:
    # The Anthology states the institutions of few papers.
    for least in (1, 3):
        assert against_networkx(acl.store, least) > 0


def against_networkx(path: Path, least: int) -> int:
    """Compare the network of the institutions with most papers; how many there were."""
    store = open_store(current(path))
    network = answer(shared_network(store, SharedArgs(Kind.INSTITUTION, None, SIZE, EVERYTHING, least)))
    rows = network.members.rows.tolist()
    every, papers = projection(path, rows)
    assert sorted(map(len, papers.values()), reverse=True)[: len(rows)] == list(network.paper_count)
    assert network.omitted_nodes == len(papers) - len(rows)
    weak = [(one, other) for one, other, papers_shared in every.edges(data="weight") if papers_shared < least]
    assert network.omitted_links == len(weak)
    every.remove_edges_from(weak)
    counted = zip(network.links, network.values["paper_count"], strict=True)
    found = {(rows[near], rows[far]): papers_shared for (near, far), papers_shared in counted}
    assert found == {(min(pair), max(pair)): weight for *pair, weight in every.edges(data="weight")}
    assert network.degree == [every.degree(row) for row in rows]
    assert network.strength == [every.degree(row, weight="weight") for row in rows]
    assert network.density == pytest.approx(nx.density(every))
    assert network.component_count == nx.number_connected_components(every)
    between = nx.betweenness_centrality(every)
    assert np.allclose(network.betweenness, [between[row] for row in rows])
    return len(rows)

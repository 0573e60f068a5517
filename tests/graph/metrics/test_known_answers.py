"""The kernels on graphs whose figures others have published or worked out."""

import io
import json
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
import zstandard

from byline.graph.metrics.clustering import triangles
from byline.graph.metrics.components import components, numbered
from byline.graph.metrics.cores import core_numbers
from byline.graph.metrics.pagerank import pagerank
from tests.graph.metrics.graphs import adjacency, digraph

pytestmark = [pytest.mark.corpus]
FILES = {
    "ca-GrQc (full file)": "snap/ca-GrQc.full.txt.zst",
    "ca-HepTh LCC exact": "snap/ca-HepTh.lcc.txt",
    "cit-HepTh": "cit/cit-hep-th.tsv.zst",
}


def pairs(path: Path) -> list[list[str]]:
    with path.open("rb") as raw:
        read = zstandard.ZstdDecompressor().stream_reader(raw) if path.suffix == ".zst" else raw
        return [line.split()[:2] for line in io.TextIOWrapper(read) if line.strip() and not line.startswith("#")]


def published(corpora: Path, name: str) -> dict[str, Any]:
    answers: dict[str, Any] = json.loads((corpora / "known_answers_dev.json").read_text())[name]
    return dict(answers.get("exact", answers))


@pytest.mark.parametrize("name", [each if each != "cit-HepTh" else pytest.param(each, marks=pytest.mark.long) for each in FILES])
def test_triangles_clustering_and_components(corpora: Path, name: str) -> None:
    graph = nx.convert_node_labels_to_integers(nx.Graph(pairs(corpora / FILES[name])))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    answers, (offsets, targets) = published(corpora, name), adjacency(graph)
    degree = np.diff(offsets)
    counted = triangles(offsets, targets, int(degree.max()))
    assert counted is not None
    assert int(counted.sum()) // 3 == answers["triangles"]
    # Published means take people of fewer than two coauthors as 0, where we have no figure.
    mean = float(np.mean(2 * counted / np.maximum(degree * (degree - 1), 1)))
    assert mean == pytest.approx(answers["avg_clustering"], abs=5e-4 if name == "cit-HepTh" else 1e-6)
    ends = [np.array(side, np.int32) for side in zip(*graph.edges, strict=True)]
    labels, sizes = numbered(
        components(np.arange(len(ends[0]), dtype=np.int32).repeat(2), np.stack(ends, 1).ravel(), (len(ends[0]), len(degree)))
    )
    assert sizes.max() == answers.get("lcc_nodes", answers.get("wcc_nodes"))
    assert "components" not in answers or int(labels.max()) + 1 == answers["components"]
    assert core_numbers(offsets, targets).tolist() == [number for _, number in sorted(nx.core_number(graph).items())]


@pytest.mark.long
def test_pagerank_of_cit_hepth_is_networkx_own(corpora: Path) -> None:
    graph = nx.convert_node_labels_to_integers(nx.DiGraph(pairs(corpora / FILES["cit-HepTh"])))
    offsets, citing = digraph(graph)
    ranks = pagerank(offsets, citing, np.array([graph.out_degree(node) for node in sorted(graph)]))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    expected = nx.pagerank(graph, tol=1e-14, max_iter=1000)
    assert max(abs(ranks[node] - value) for node, value in expected.items()) < 1e-9

"""The NetworkX views: what they show, that NetworkX's algorithms answer as on a graph built by hand, and known answers."""

import copy
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byline.graph.errors import BadId
from byline.graph.model import LETTERS, Kind
from byline.graph.nx import CoauthorGraph, Numbering, WholeGraph, coauthors, whole
from byline.graph.store.columnar.files.pair_bounds import BOUNDS, PairBounds
from byline.graph.store.columnar.store import ColumnarStore
from byline.graph.store.contract.draft import Draft, node_id
from tests.contract.graphs import drafts
from tests.contract.stores import columnar
from tests.generated import examples

few = settings(max_examples=examples(50), deadline=None, suppress_health_check=list(HealthCheck))


def store(draft: Draft, kept_team: int = BOUNDS.max_kept_team) -> ColumnarStore:
    opened = columnar(draft.facts(), PairBounds(kept_team))
    assert isinstance(opened, ColumnarStore)
    return opened


def plain_people(draft: Draft) -> nx.Graph:
    """The coauthor graph put together from the draft."""
    graph = nx.Graph()
    graph.add_nodes_from(range(len(draft.nodes[Kind.AUTHOR])))
    for paper in draft.nodes[Kind.PAPER]:
        people = sorted({draft.row(Kind.AUTHOR, one["author"]) for one in draft.authorships if one["paper"] == paper})
        for i, one in enumerate(people):
            for other in people[i + 1 :]:
                count = graph.get_edge_data(one, other, {"paper_count": 0})["paper_count"]
                graph.add_edge(one, other, paper_count=count + 1)
    return graph


def plain_whole(draft: Draft) -> nx.MultiDiGraph:
    """Everything, from the draft; nodes are (kind, key)."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from((kind, key) for kind in LETTERS for key in draft.nodes[kind])
    affiliations = set()
    named = set(draft.paper_institutions)
    for one in draft.authorships:
        graph.add_edge((Kind.PAPER, one["paper"]), (Kind.AUTHOR, one["author"]), kind="authorship")
        affiliations |= {(one["author"], place) for place in one["institutions"]}
        named |= {(one["paper"], place) for place in one["institutions"]}
    for kind, far, pairs in (
        ("institution", Kind.INSTITUTION, named),
        ("category", Kind.CATEGORY, draft.paper_categories),
        ("citation", Kind.PAPER, [(a, b) for a, b in draft.citations if a != b]),
        ("venue", Kind.VENUE, [(key, one["venue"]) for key, one in draft.nodes[Kind.PAPER].items() if one.get("venue")]),
    ):
        graph.add_edges_from(((Kind.PAPER, paper), (far, key), {"kind": kind}) for paper, key in pairs)
    graph.add_edges_from(((Kind.AUTHOR, a), (Kind.INSTITUTION, i), {"kind": "affiliation"}) for a, i in affiliations)
    for code, columns in draft.nodes[Kind.CATEGORY].items():
        if columns.get("parent") is not None:
            graph.add_edge((Kind.CATEGORY, code), (Kind.CATEGORY, columns["parent"]), kind="parent")
    return graph


def renamed(draft: Draft, graph: nx.MultiDiGraph, numbering: Numbering) -> nx.MultiDiGraph:
    names = {(kind, key): numbering.node_of(columns["id"]) for kind in LETTERS for key, columns in draft.nodes[kind].items()}
    return nx.relabel_nodes(graph, names)


def edges(graph: nx.MultiDiGraph) -> list[tuple[int, int, str]]:
    return sorted(graph.edges(data="kind"))


@few
@given(drafts(), st.integers(1, 4))
def test_people_equal_a_graph_built_by_hand(draft: Draft, kept_team: int) -> None:
    view, plain = coauthors(store(draft, kept_team)), plain_people(draft)
    assert isinstance(view, nx.Graph)
    assert (list(view), view.number_of_nodes(), view.number_of_edges()) == (list(plain), len(plain), plain.number_of_edges())
    assert sorted(view.edges(data="paper_count")) == sorted(
        (*sorted(edge[:2]), edge[2]) for edge in plain.edges(data="paper_count")
    )
    assert list(map(sorted, nx.connected_components(view))) == list(map(sorted, nx.connected_components(plain)))
    assert dict(nx.all_pairs_shortest_path_length(view)) == dict(nx.all_pairs_shortest_path_length(plain))
    for algorithm in (nx.triangles, nx.clustering, nx.core_number, nx.degree_centrality, nx.betweenness_centrality):
        assert algorithm(view) == pytest.approx(algorithm(plain)), algorithm
    if len(plain):
        assert nx.pagerank(view, weight="paper_count") == pytest.approx(nx.pagerank(plain, weight="paper_count"))
        ego, expected = nx.ego_graph(view, 0, 2), nx.ego_graph(plain, 0, 2)
        assert type(ego) is nx.Graph
        assert nx.utils.graphs_equal(nx.Graph(ego.edges), nx.Graph(expected.edges))


@few
@given(drafts())
def test_the_whole_equals_a_graph_built_by_hand(draft: Draft) -> None:
    view = whole(store(draft))
    plain = renamed(draft, plain_whole(draft), view.numbering)
    assert isinstance(view, nx.MultiDiGraph)
    assert (sorted(view), view.number_of_edges()) == (sorted(plain), plain.number_of_edges())
    assert edges(view) == edges(plain) == edges(view.copy())
    assert sorted(view.in_edges(data="kind")) == sorted(plain.in_edges(data="kind"))
    assert dict(view.in_degree) == dict(plain.in_degree)
    assert dict(view.out_degree) == dict(plain.out_degree)
    assert sorted(map(sorted, nx.weakly_connected_components(view))) == sorted(map(sorted, nx.weakly_connected_components(plain)))
    assert edges(view.reverse()) == edges(plain.reverse())
    assert sorted(map(sorted, nx.strongly_connected_components(view))) == sorted(
        map(sorted, nx.strongly_connected_components(plain))
    )
    for node in view:
        assert all(other in view.succ[node] for other in plain.succ[node])
        assert list(view.pred[node]) == list(dict.fromkeys(view.pred[node]))
    if len(plain):
        assert nx.pagerank(view) == pytest.approx(nx.pagerank(plain))


def small() -> Draft:
    draft = Draft()
    draft.paper("p", ["ann@lab", "bob", "ann"], ["cs.CL"], cites=["q"], year=2020, author_count=3, title="On things")
    draft.paper("q", ["ann@lab"], year=None)
    draft.category("cs.CL", parent="cs", name="Language")
    return draft


def test_attributes_of_people() -> None:
    draft = small()
    view = coauthors(store(draft))
    ann, bob = draft.rows(Kind.AUTHOR, "ann", "bob")
    about = {"paper_count": 1, "first_year": 2020, "last_year": 2020, "weight": 0.5, "uncounted_papers": 0}
    assert view.edges[ann, bob] == about
    assert view.nodes[ann] == {"kind": "author", "id": node_id(Kind.AUTHOR, "ann"), "name": "ann"}
    assert view.has_edge(ann, bob)
    assert not view.has_edge(ann, ann)
    assert "ann" not in view
    assert nx.shortest_path_length(view, ann, bob, weight="weight") == 0.5
    assert view.size("weight") == 0.5


def test_attributes_of_the_whole() -> None:
    draft = small()
    view = whole(store(draft))
    at = {key: view.numbering.node_of(node_id(kind, key)) for kind in LETTERS for key in draft.nodes[kind]}
    assert view.nodes[at["p"]] == {"kind": "paper", "id": node_id(Kind.PAPER, "p"), "title": "On things"}
    assert view.nodes[at["cs.CL"]] == {
        "kind": "category",
        "id": node_id(Kind.CATEGORY, "cs.CL"),
        "name": "Language",
        "code": "cs.CL",
    }
    assert view[at["p"]][at["ann"]] == {
        0: {"kind": "authorship", "position": 1, "name_as_printed": "ann", "corresponding": None, "country_codes": []},
        1: {"kind": "authorship", "position": 3, "name_as_printed": "ann", "corresponding": None, "country_codes": []},
    }
    assert view[at["ann"]][at["lab"]] == {0: {"kind": "affiliation", "paper_count": 2, "first_year": 2020, "last_year": 2020}}
    assert view.pred[at["cs"]][at["cs.CL"]] == {0: {"kind": "parent"}}
    assert view.number_of_edges(at["p"], at["ann"]) == 2
    with pytest.raises(KeyError):
        view[at["lab"]][at["ann"]]


def test_a_coauthor_of_no_known_year_has_none() -> None:
    draft = Draft()
    draft.paper("p", ["ann", "bob"])
    assert coauthors(store(draft)).edges[0, 1]["first_year"] is None


@pytest.mark.parametrize("view", [coauthors, whole])
def test_views_do_not_change_and_copies_do(view: Any) -> None:
    graph = view(store(small()))
    edge = next(iter(graph.edges))
    for change in (
        lambda: graph.add_edge(0, 1),
        lambda: graph.remove_node(0),
        lambda: graph.nodes[0].update(name="x"),
        lambda: graph.nodes[0].__setitem__("name", "x"),
        lambda: graph.edges[edge].__setitem__("kind", "x"),
    ):
        with pytest.raises(nx.NetworkXError):
            change()
    assert nx.is_frozen(graph)
    base = nx.Graph if isinstance(graph, CoauthorGraph) else nx.MultiDiGraph
    for changeable in (graph.copy(), graph.subgraph([0, 1]), graph.subgraph(list(graph)).copy()):
        assert type(changeable) is base
        changeable.add_edge(0, 1)
        changeable.nodes[0]["name"] = "x"
    assert type(graph.__class__()) is base
    assert type(copy.deepcopy(graph.copy())) is base
    assert nx.utils.graphs_equal(graph.copy(), base(graph))
    assert len(graph.edge_subgraph([edge]).edges) == 1
    assert isinstance(whole(store(small())), WholeGraph)


def test_numbers_and_ids() -> None:
    draft = small()
    numbering = Numbering(store(draft))
    assert [numbering.node_of(numbering.id_of(node)) for node in range(numbering.total)] == list(range(numbering.total))
    assert numbering.locate(0) == (Kind.AUTHOR, 0)
    assert numbering.locate(2) == (Kind.PAPER, 0)
    assert numbering.node(Kind.PAPER, 1) == 3
    for wrong in (-1, numbering.total):
        with pytest.raises(KeyError):
            numbering.locate(wrong)
    for identifier in ("", "nonsense", node_id(Kind.AUTHOR, "never"), node_id(Kind.CATEGORY, "never")):
        with pytest.raises(BadId):
            numbering.node_of(identifier)


def test_an_empty_store() -> None:
    empty = store(Draft())
    for graph in (coauthors(empty), whole(empty)):
        assert (len(graph), graph.number_of_edges(), list(graph.edges)) == (0, 0, [])


def collaborations(path: Path) -> Draft:
    """Every line "u v" of a SNAP edge list as a paper of two authors; a loop is a paper of one."""
    draft = Draft()
    with zstandard.open(path, "rt", encoding="ascii") as lines:
        pairs = {tuple(sorted(line.split())) for line in lines if not line.startswith("#")}
    for one, other in sorted(pairs):
        draft.paper(f"{one} {other}", [one] if one == other else [one, other])
    return draft


@pytest.mark.long
@pytest.mark.corpus
def test_known_answers_of_ca_grqc(corpora: Path) -> None:
    expected = json.loads((corpora / "known_answers_dev.json").read_text())["ca-GrQc (full file)"]["exact"]
    graph = coauthors(store(collaborations(corpora / "snap" / "ca-GrQc.full.txt.zst")))
    components = sorted(nx.connected_components(graph), key=len)
    largest = graph.subgraph(components[-1])
    measured = {
        "nodes": graph.number_of_nodes(),
        "edges": graph.number_of_edges() + expected["self_loops"],
        "components": len(components),
        "lcc_nodes": len(largest),
        "lcc_edges": largest.number_of_edges(),
        "triangles": sum(nx.triangles(graph).values()) // 3,
        "avg_clustering": round(nx.average_clustering(graph), 6),
        "transitivity": round(nx.transitivity(graph), 6),
        "max_degree": max(degree for _, degree in graph.degree),
    }
    assert measured == {name: expected[name] for name in measured}
    start, end = min(largest), max(largest)
    path = nx.shortest_path(graph, start, end)
    assert all(graph.has_edge(one, other) for one, other in pairwise(path))
    assert len(path) == len(nx.shortest_path(largest, start, end))

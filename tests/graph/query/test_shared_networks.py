"""Networks by shared papers against written-out loops on generated graphs, and a known answer of NetworkX."""

from collections import Counter
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byline.graph.errors import BadId, BadInput
from byline.graph.metrics.cooccurrence import EARLY, LATE, cooccurrence
from byline.graph.model import Kind
from byline.graph.network.shared import SharedNetwork
from byline.graph.query.link_papers import link_facets, link_papers
from byline.graph.query.measures import Scope, papers_in
from byline.graph.query.relations import SharedArgs
from byline.graph.query.shared_networks import shared_network
from byline.graph.request import EVERYTHING, Facet, Key, Order, Page, Select, Where
from byline.graph.store.contract.draft import Draft
from byline.graph.store.protocol import Store
from tests.contract.graphs import drafts
from tests.contract.stores import STORES, answer
from tests.generated import examples

many = settings(max_examples=examples(200), deadline=None, suppress_health_check=list(HealthCheck))
KINDS = (Kind.INSTITUTION, Kind.CATEGORY, Kind.AUTHOR)


def on_papers(draft: Draft, kind: Kind) -> dict[str, set[str]]:
    """The nodes of a kind on each paper, as the records say."""
    of: dict[str, set[str]] = {paper: set() for paper in draft.nodes[Kind.PAPER]}
    if kind is Kind.AUTHOR:
        for one in draft.authorships:
            of[one["paper"]].add(one["author"])
        return of
    for paper, node in draft.paper_categories if kind is Kind.CATEGORY else draft.paper_institutions:
        of[paper].add(node)
    for one in draft.authorships if kind is Kind.INSTITUTION else ():
        of[one["paper"]].update(one["institutions"])
    return of


def ids(store: Store, kind: Kind, rows: Any) -> list[str]:
    return [str(each) for each in answer(store.values(kind, np.array(rows, np.int32), ["id"]))[0]]


def drawn(store: Store, network: SharedNetwork) -> dict[tuple[str, str], tuple[Any, ...]]:
    """The links by the ids of their ends, with what they say."""
    names, values = ids(store, network.kind, network.members.rows), network.values
    told = zip(values["paper_count"], values["first_year"], values["last_year"], strict=True)
    return {(names[near], names[far]): each for (near, far), each in zip(network.links, told, strict=True)}


def written(
    draft: Draft, kind: Kind, of: dict[str, set[str]], chosen: set[str], inside: set[str]
) -> dict[tuple[str, str], set[str]]:
    """The papers of each pair of the chosen nodes, by ids, the lower one first."""
    papers: dict[tuple[str, str], set[str]] = {}
    for paper in inside:
        for pair in combinations(sorted(draft.nodes[kind][node]["id"] for node in of[paper] & chosen), 2):
            papers.setdefault(pair, set()).add(paper)
    return papers


@many
@given(drafts(), st.integers(0, 4), st.sampled_from([None, 2020]), st.integers(1, 3))
def test_links_are_the_papers_that_both_are_on(draft: Draft, size: int, first: int | None, least: int) -> None:
    store, years = STORES["networkx"](draft.facts()), {p: c.get("year") for p, c in draft.nodes[Kind.PAPER].items()}
    inside = {paper for paper, year in years.items() if first is None or (year or 0) >= first}
    where: Where = papers_in(Scope(first))
    for kind in KINDS:
        of, chosen = on_papers(draft, kind), list(draft.nodes[kind])[:size]
        keys = tuple(Key("id", draft.nodes[kind][key]["id"]) for key in chosen)
        network = answer(shared_network(store, SharedArgs(kind, keys, 10, where, least)))
        every = written(draft, kind, of, set(chosen), inside)
        expected = {}
        for pair, papers in every.items():
            dated = [years[paper] for paper in papers if years[paper] is not None]
            if len(papers) >= least:
                expected[pair] = (len(papers), min(dated, default=None), max(dated, default=None))
        assert drawn(store, network) == expected
        assert network.omitted_links == len(every) - len(expected)
        assert list(network.paper_count) == [sum(key in of[paper] for paper in inside) for key in chosen]
        assert network.omitted_nodes == len(set().union(*(of[paper] for paper in inside)) - set(chosen))
        strength = dict.fromkeys(ids(store, kind, network.members.rows), 0)
        for pair, (papers_shared, *_) in expected.items():
            for end in pair:
                strength[end] += papers_shared
        assert network.strength == list(strength.values())


@settings(many, max_examples=examples(50))
@given(drafts(), st.integers(0, 3), st.booleans())
def test_the_papers_of_links_on_every_store(draft: Draft, first: int, backwards: bool) -> None:
    title = (Order("title_fold"),)
    for make in STORES.values():
        store = make(draft.facts())
        for kind in KINDS:
            of = on_papers(draft, kind)
            network = answer(shared_network(store, SharedArgs(kind, None, 5, EVERYTHING, 1)))
            chosen = {draft.nodes[kind][node]["id"]: node for node in draft.nodes[kind]}
            shown = {chosen[each] for each in ids(store, kind, network.members.rows)}
            page = Page(last=first) if backwards else Page(first=first)
            links = range(len(network.links))
            lists = answer(link_papers(store, network, links, EVERYTHING, Select(order=title, page=page)))
            assert lists.totals is not None
            papers = written(draft, kind, of, shown, set(of))
            ends = list(drawn(store, network))
            assert lists.totals.tolist() == [len(papers[pair]) for pair in ends]
            rows = answer(store.lookup(Kind.PAPER, [Key("id", each["id"]) for each in draft.nodes[Kind.PAPER].values()]))
            row_of = dict(zip(draft.nodes[Kind.PAPER], rows.tolist(), strict=True))
            order = answer(store.find(Kind.PAPER, Select(order=title))).rows.tolist()
            for at, pair in enumerate(ends):
                sorted_rows = sorted((row_of[paper] for paper in papers[pair]), key=order.index)
                cut = sorted_rows[max(0, len(sorted_rows) - first) :] if backwards else sorted_rows[:first]
                assert lists.rows[lists.offsets[at] : lists.offsets[at + 1]].tolist() == cut
                left = len(sorted_rows) > first
                assert (bool(lists.has_previous[at]), bool(lists.has_next[at])) == ((left, False) if backwards else (False, left))


@settings(many, max_examples=examples(50))
@given(drafts(), st.integers(0, 3), st.sampled_from([EVERYTHING, papers_in(Scope(2020))]))
def test_the_facets_of_links_on_every_store(draft: Draft, first: int, where: Where) -> None:
    years = {paper: columns.get("year") for paper, columns in draft.nodes[Kind.PAPER].items()}
    inside = {paper for paper in years if where == EVERYTHING or (years[paper] or 0) >= 2020}
    for make in STORES.values():
        store = make(draft.facts())
        for kind in KINDS:
            network = answer(shared_network(store, SharedArgs(kind, None, 5, EVERYTHING, 1)))
            node_of = {draft.nodes[kind][node]["id"]: node for node in draft.nodes[kind]}
            shown = {node_of[each] for each in ids(store, kind, network.members.rows)}
            of = on_papers(draft, kind)
            papers = written(draft, kind, of, shown, set(of))
            links = range(len(network.links))
            counts = answer(link_facets(store, network, links, EVERYTHING, where, Facet.YEAR, Page(first)))
            for at, pair in enumerate(drawn(store, network)):
                dated = Counter(str(years[paper]) for paper in papers[pair] & inside if years[paper] is not None)
                page = slice(counts.offsets[at], counts.offsets[at + 1])
                told = list(zip(counts.keys[page], counts.counts[page].tolist(), strict=True))
                assert told == sorted(dated.items(), key=lambda value: (-value[1], value[0]))[:first]
                assert (counts.totals[at], counts.unknown[at]) == (len(dated), len(papers[pair] & inside) - dated.total())


@pytest.mark.parametrize("seed", range(200))
def test_pairs_against_networkx(seed: int) -> None:
    chance = np.random.default_rng(seed)
    size, papers = int(chance.integers(1, 9)), int(chance.integers(1, 30))
    there = chance.random((papers, size)) < 0.4
    paper, place = (each.astype(np.int64) for each in np.nonzero(there))
    years, known = chance.integers(1990, 2020, papers), chance.random(papers) < 0.8
    pairs = cooccurrence(paper, place, years, known, size)
    graph = nx.Graph()
    graph.add_nodes_from((("paper", each) for each in range(papers)), bipartite=0)
    graph.add_nodes_from(range(size), bipartite=1)
    graph.add_edges_from(((("paper", one), int(each)) for one, each in zip(paper.tolist(), place.tolist(), strict=True)))
    projected = nx.bipartite.weighted_projected_graph(graph, range(size))
    found = {tuple(pair): papers for pair, papers in zip(pairs.ends.tolist(), pairs.papers.tolist(), strict=True)}
    assert found == {(min(pair), max(pair)): weight for *pair, weight in projected.edges(data="weight")}
    for (near, far), first, last in zip(pairs.ends.tolist(), pairs.first.tolist(), pairs.last.tolist(), strict=True):
        shared = years[there[:, near] & there[:, far] & known].tolist()
        assert (first, last) == (min(shared, default=LATE), max(shared, default=EARLY))


def test_refusals() -> None:
    draft = Draft()
    store = STORES["networkx"](draft.facts())
    with pytest.raises(BadId):
        answer(shared_network(store, SharedArgs(Kind.CATEGORY, (Key("code", "none"),), 1, EVERYTHING, 1)))


@settings(many, max_examples=20)
@given(drafts())
def test_too_many_papers_are_refused_before_they_are_read(draft: Draft) -> None:
    store = STORES["networkx"](draft.facts())
    network = answer(shared_network(store, SharedArgs(Kind.INSTITUTION, None, 5, EVERYTHING, 1)))
    if papers := sum(network.paper_count):
        with pytest.raises(BadInput, match=f"would read {papers} papers"):
            answer(shared_network(store, SharedArgs(Kind.INSTITUTION, None, 5, EVERYTHING, 1, papers - 1)))

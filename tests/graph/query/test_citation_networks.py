"""Networks by citation, co-citation and bibliographic coupling of papers, authors and venues against written-out counts on
generated graphs."""

from dataclasses import replace
from datetime import date
from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byline.graph.errors import BadInput
from byline.graph.model import Kind
from byline.graph.network.shared import SharedNetwork
from byline.graph.query.link_papers import link_papers
from byline.graph.query.measures import Scope, papers_in
from byline.graph.query.relations import Relation, SharedArgs
from byline.graph.query.shared_networks import shared_network
from byline.graph.request import EVERYTHING, Key, Select
from byline.graph.store.contract.draft import Draft
from byline.graph.store.protocol import Store
from tests.contract.graphs import drafts
from tests.contract.stores import STORES, answer
from tests.generated import examples
from tests.graph.query.test_as_of import DAYS, truncated
from tests.graph.query.test_shared_networks import drawn, ids
from tests.queries.counting import Counting
from tests.queries.graphs import rich

many = settings(max_examples=examples(200), deadline=None, suppress_health_check=list(HealthCheck))
KINDS = (Kind.PAPER, Kind.AUTHOR, Kind.VENUE)
BY_CITATION = [relation for relation in Relation if relation is not Relation.SHARED_PAPERS]
Papers = dict[str, set[str]]


def papers_of(draft: Draft, kind: Kind) -> Papers:
    """The papers of each node of a kind, as the records say; a paper's is itself."""
    of: Papers = {node: {node} if kind is Kind.PAPER else set() for node in draft.nodes[kind]}
    if kind is Kind.AUTHOR:
        for one in draft.authorships:
            of[one["author"]].add(one["paper"])
    if kind is Kind.VENUE:
        for paper, told in draft.nodes[Kind.PAPER].items():
            if told.get("venue") is not None:
                of[told["venue"]].add(paper)
    return of


def stepped(draft: Draft, relation: Relation, inside: set[str]) -> Papers:
    """The papers that count and that each paper is linked through: those that cite it, or that it cites."""
    far: Papers = {paper: set() for paper in draft.nodes[Kind.PAPER]}
    for citing, cited in draft.citations:
        one, other = (citing, cited) if relation is Relation.BIBLIOGRAPHIC_COUPLING else (cited, citing)
        # Nothing cites itself.
        if one != other and other in inside:
            far[one].add(other)
    return far


def linking(relation: Relation, of: Papers, far: Papers, one: str, other: str) -> set[str]:
    """The papers that link two nodes."""
    both = [set().union(*(far[paper] for paper in of[node])) for node in (one, other)]
    if relation is Relation.CITATION:
        return (both[0] & of[other]) | (both[1] & of[one])
    return both[0] & both[1]


def check(draft: Draft, store: Store, network: SharedNetwork, relation: Relation, inside: set[str], least: int) -> None:
    kind, nodes = network.kind, {told["id"]: node for node, told in draft.nodes[network.kind].items()}
    of, far = papers_of(draft, kind), stepped(draft, relation, inside)
    shown = [nodes[each] for each in ids(store, kind, network.members.rows)]
    every = {}
    for pair in combinations(shown, 2):
        if papers := linking(relation, of, far, *pair):
            low, high = sorted(draft.nodes[kind][node]["id"] for node in pair)
            every[low, high] = papers
    expected = {}
    for ends, papers in every.items():
        years = [year for paper in papers if (year := draft.nodes[Kind.PAPER][paper].get("year")) is not None]
        if len(papers) >= least:
            expected[ends] = (len(papers), min(years, default=None), max(years, default=None))
    assert drawn(store, network) == expected
    assert network.omitted_links == len(every) - len(expected)
    counts = {node: len(set().union(*(far[paper] for paper in papers))) for node, papers in of.items()}
    assert list(network.paper_count) == [counts[node] for node in shown]
    assert network.omitted_nodes == sum(map(bool, counts.values())) - sum(bool(counts[node]) for node in shown)
    lists = answer(link_papers(store, network, range(len(network.links)), EVERYTHING, Select()))
    for at, ends in enumerate(drawn(store, network)):
        rows = lists.rows[lists.offsets[at] : lists.offsets[at + 1]]
        assert sorted(ids(store, Kind.PAPER, rows)) == sorted(draft.nodes[Kind.PAPER][paper]["id"] for paper in every[ends])


@many
@given(drafts(), st.integers(0, 5), st.sampled_from([None, 2020]), st.integers(1, 2), st.sampled_from(sorted(STORES)))
def test_links_are_the_papers_that_cite(draft: Draft, size: int, first: int | None, least: int, name: str) -> None:
    papers, store = draft.nodes[Kind.PAPER], STORES[name](draft.facts())
    inside = {paper for paper, told in papers.items() if first is None or (told.get("year") or 0) >= first}
    for kind in KINDS:
        keys = tuple(Key("id", told["id"]) for told in list(draft.nodes[kind].values())[:size])
        for relation in BY_CITATION:
            args = SharedArgs(kind, keys, 9, papers_in(Scope(first)), least, relation=relation)
            network = answer(shared_network(store, args))
            assert ids(store, kind, network.members.rows) == [key.value for key in keys]
            check(draft, store, network, relation, inside, least)


@many
@given(drafts(), st.integers(1, 6), st.sampled_from([None, 2020]), st.sampled_from(sorted(STORES)))
def test_without_keys_those_come_first_whose_papers_are_cited_most(draft: Draft, size: int, first: int | None, name: str) -> None:
    papers, store = draft.nodes[Kind.PAPER], STORES[name](draft.facts())
    inside = {paper for paper, told in papers.items() if first is None or (told.get("year") or 0) >= first}
    for kind in KINDS:
        for relation in BY_CITATION:
            args = SharedArgs(kind, None, size, papers_in(Scope(first)), 1, relation=relation)
            network = answer(shared_network(store, args))
            far = stepped(draft, relation, inside)
            counts = {node: sum(len(far[paper]) for paper in own) for node, own in papers_of(draft, kind).items()}
            some = sorted((-count, draft.nodes[kind][node]["id"]) for node, count in counts.items() if count)
            assert ids(store, kind, network.members.rows) == [identifier for _, identifier in some[:size]]
            check(draft, store, network, relation, inside, 1)


@many
@given(drafts(), DAYS, st.sampled_from(sorted(STORES)))
def test_networks_as_of_a_day_are_those_of_then(draft: Draft, day: date, name: str) -> None:
    before, of_day = truncated(draft, day), papers_in(Scope(as_of=day))
    now, then = STORES[name](draft.facts()), STORES[name](before.facts())
    for kind in KINDS:
        keys = tuple(Key("id", told["id"]) for told in before.nodes[kind].values())[:5]
        for relation, chosen in product(BY_CITATION, (keys, None)):
            args = SharedArgs(kind, chosen, 4, EVERYTHING, 1, relation=relation)
            one = answer(shared_network(now, replace(args, where=of_day, own=of_day)))
            other = answer(shared_network(then, args))
            assert ids(now, kind, one.members.rows) == ids(then, kind, other.members.rows)
            assert drawn(now, one) == drawn(then, other)
            assert (one.paper_count, one.omitted_nodes) == (other.paper_count, other.omitted_nodes)


def small() -> Draft:
    """Two papers of Ada and one of Ben, cited together by a paper of Eve that Ada's later one cites too."""
    draft = Draft()
    draft.paper("tides", ["ada"], year=2001, venue="Sea")
    draft.paper("dunes", ["ben"], year=2003, venue="Land")
    draft.paper("coasts", ["eve"], year=2010, venue="Sea", cites=["tides", "dunes"])
    draft.paper("shores", ["ada"], year=2012, venue="Land", cites=["coasts", "tides", "dunes"])
    return draft


def pairs(draft: Draft, kind: Kind, relation: Relation) -> dict[frozenset[str], int]:
    store = STORES["columnar"](draft.facts())
    network = answer(shared_network(store, SharedArgs(kind, None, 9, EVERYTHING, 1, relation=relation)))
    nodes = {told["id"]: node for node, told in draft.nodes[kind].items()}
    return {frozenset(nodes[end] for end in ends): told[0] for ends, told in drawn(store, network).items()}


def test_a_known_answer() -> None:
    draft = small()
    assert pairs(draft, Kind.PAPER, Relation.CO_CITATION) == {
        frozenset({"tides", "dunes"}): 2,
        frozenset({"tides", "coasts"}): 1,
        frozenset({"dunes", "coasts"}): 1,
    }
    assert pairs(draft, Kind.PAPER, Relation.BIBLIOGRAPHIC_COUPLING) == {frozenset({"coasts", "shores"}): 2}
    assert pairs(draft, Kind.PAPER, Relation.CITATION) == {
        frozenset({"tides", "coasts"}): 1,
        frozenset({"dunes", "coasts"}): 1,
    }
    assert pairs(draft, Kind.AUTHOR, Relation.CO_CITATION) == {
        frozenset({"ada", "ben"}): 2,
        frozenset({"ada", "eve"}): 1,
        frozenset({"ben", "eve"}): 1,
    }
    assert pairs(draft, Kind.AUTHOR, Relation.BIBLIOGRAPHIC_COUPLING) == {frozenset({"ada", "eve"}): 2}
    assert pairs(draft, Kind.AUTHOR, Relation.CITATION) == {
        frozenset({"ada", "ben"}): 1,
        frozenset({"ada", "eve"}): 2,
        frozenset({"ben", "eve"}): 1,
    }
    assert pairs(draft, Kind.VENUE, Relation.CO_CITATION) == {frozenset({"Sea", "Land"}): 2}
    assert pairs(draft, Kind.VENUE, Relation.CITATION) == {frozenset({"Sea", "Land"}): 2}


@pytest.mark.parametrize("relation", Relation)
def test_calls_to_the_store_do_not_grow_with_nodes(relation: Relation) -> None:
    kinds = (Kind.INSTITUTION, Kind.CATEGORY, Kind.AUTHOR) if relation is Relation.SHARED_PAPERS else KINDS
    for kind in kinds:
        calls = []
        for size in (2, 40):
            store = Counting(STORES["columnar"](rich()))
            year = papers_in(Scope(2001))
            args = SharedArgs(kind, None, size, year, 1, relation=relation, own=year, ever=EVERYTHING)
            network = answer(shared_network(store, args))
            answer(link_papers(store, network, range(len(network.links)), year, Select()))
            calls.append(store.calls)
        assert calls[0] == calls[1]
        assert calls[0].total() < 25


def test_too_many_papers_are_refused_before_they_are_read() -> None:
    store = STORES["columnar"](small().facts())
    for relation in BY_CITATION:
        with pytest.raises(BadInput, match="papers, the maximum is 1"):
            answer(shared_network(store, SharedArgs(Kind.AUTHOR, None, 9, EVERYTHING, 1, 1, relation)))

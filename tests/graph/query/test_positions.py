"""Positions in networks of some years: those of all years, so that nodes stay where they are from year to year."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from byline.graph.errors import BadInput
from byline.graph.model import Kind
from byline.graph.network.members import Among, Include
from byline.graph.network.shared import SharedNetwork
from byline.graph.query.keyword_networks import KeywordArgs, keyword_network
from byline.graph.query.measures import Scope, papers_in
from byline.graph.query.neighbourhood import networks
from byline.graph.query.relations import Relation, SharedArgs
from byline.graph.query.shared_networks import shared_network
from byline.graph.request import EVERYTHING, All, Key, Where, Window
from byline.graph.store.contract.draft import Draft
from byline.graph.store.protocol import Store
from tests.contract.graphs import drafts
from tests.contract.stores import STORES, answer
from tests.generated import examples
from tests.graph.query.test_as_of import DAYS, truncated
from tests.queries.graphs import rich

SPANS = [(2000 + start, 2004 + start) for start in range(0, 15, 3)]


@pytest.fixture(scope="module")
def store() -> Store:
    return STORES["columnar"](rich())


def moved(one: SharedNetwork, other: SharedNetwork) -> float:
    """How far nodes of two networks stand apart on average."""
    return float(np.hypot(np.subtract(one.x, other.x), np.subtract(one.y, other.y)).mean())


def over(years: tuple[int, int]) -> Where:
    return papers_in(Scope(*years))


@pytest.mark.parametrize("kind", [Kind.INSTITUTION, Kind.AUTHOR, Kind.PAPER])
def test_nodes_stay_where_they_are_from_year_to_year(store: Store, kind: Kind) -> None:
    relation = Relation.CO_CITATION if kind is Kind.PAPER else Relation.SHARED_PAPERS
    every = answer(shared_network(store, SharedArgs(kind, None, 12, EVERYTHING, 1, relation=relation)))
    ids = answer(store.values(kind, every.members.rows, ["id"]))[0]
    args = SharedArgs(kind, tuple(Key("id", str(each)) for each in ids), 12, EVERYTHING, 1, relation=relation, ever=EVERYTHING)
    fresh = []
    for span in SPANS:
        network = answer(shared_network(store, replace(args, where=over(span))))
        assert (network.x, network.y) == (every.x, every.y)
        assert 0 < sum(network.paper_count) < sum(every.paper_count)
        fresh.append(moved(answer(shared_network(store, replace(args, where=over(span)), placed=False)), every))
    # Laid out by themselves they stand somewhere else each time, on a sheet from -1 to 1.
    assert min(fresh) > 0.1


def test_keywords_and_people_stay_as_well(store: Store) -> None:
    every = answer(keyword_network(store, KeywordArgs(None, 9, EVERYTHING, 1)))
    people = tuple(
        Key("id", str(each)) for each in answer(store.values(Kind.AUTHOR, np.arange(0, 40, 4, dtype=np.int32), ["id"]))[0]
    )
    (known,) = answer(networks(store, Among(people, Include.ONLY_INPUT, None, 50), None))
    for span in SPANS:
        assert every.keyword is not None
        network = answer(keyword_network(store, KeywordArgs(every.keyword, 9, over(span), 1, ever=EVERYTHING)))
        assert (network.x, network.y) == (every.x, every.y)
        (some,) = answer(networks(store, Among(people, Include.ONLY_INPUT, Window(*span), 50), None))
        assert (some.x, some.y) == (known.x, known.y)
        assert len(some.links) < len(known.links)


def test_where_all_years_are_too_many_positions_are_of_the_years_asked_for(store: Store) -> None:
    span = over(SPANS[0])
    args = SharedArgs(Kind.INSTITUTION, None, 9, span, 1, ever=EVERYTHING)
    within = replace(args, most=sum(answer(shared_network(store, args)).paper_count))
    with pytest.raises(BadInput):
        answer(shared_network(store, replace(within, where=EVERYTHING)))
    network = answer(shared_network(store, within))
    assert network.whole is None
    alone = answer(shared_network(store, replace(args, ever=None)))
    assert (network.x, network.y) == (alone.x, alone.y)


@settings(max_examples=examples(100), deadline=None, suppress_health_check=list(HealthCheck))
@given(drafts(), DAYS)
def test_positions_as_of_a_day_know_nothing_of_later(draft: Draft, day: date) -> None:
    before, of_day, years = truncated(draft, day), papers_in(Scope(as_of=day)), papers_in(Scope(2020, 2021))
    now, then = STORES["columnar"](draft.facts()), STORES["columnar"](before.facts())
    for kind, relation in ((Kind.INSTITUTION, Relation.SHARED_PAPERS), (Kind.PAPER, Relation.CO_CITATION)):
        keys = tuple(Key("id", told["id"]) for told in before.nodes[kind].values())[:5]
        args = SharedArgs(kind, keys, 4, years, 1, relation=relation, ever=EVERYTHING)
        one = answer(shared_network(now, replace(args, where=All((of_day, years)), own=of_day, ever=of_day)))
        other = answer(shared_network(then, args))
        assert (one.x, one.y) == (other.x, other.y)

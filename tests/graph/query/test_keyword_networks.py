"""Co-occurrence of keywords against a written-out count on generated graphs, and a known answer."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byline.graph.errors import BadInput
from byline.graph.model import Kind
from byline.graph.query.keyword_networks import KeywordArgs, keyword_network
from byline.graph.query.link_papers import link_papers
from byline.graph.query.measures import Scope, papers_in
from byline.graph.request import EVERYTHING, Select
from byline.graph.store.contract.draft import Draft
from byline.graph.store.contract.vocabulary import NAMES
from byline.graph.text import fold
from tests.contract.graphs import drafts
from tests.contract.stores import STORES, answer
from tests.generated import examples
from tests.graph.query.test_shared_networks import ids

many = settings(max_examples=examples(200), deadline=None, suppress_health_check=list(HealthCheck))


def same(text: str) -> str:
    return " ".join(fold(text).split())


@many
@given(
    drafts(),
    st.none() | st.lists(st.sampled_from([*NAMES, "of no paper"]), max_size=4),
    st.sampled_from([None, 2020]),
    st.integers(1, 2),
    st.integers(1, 5),
    st.sampled_from(sorted(STORES)),
)
def test_links_are_the_papers_that_state_both(
    draft: Draft, keys: list[str] | None, since: int | None, least: int, first: int, name: str
) -> None:
    papers, store = draft.nodes[Kind.PAPER], STORES[name](draft.facts())
    inside = {paper: told for paper, told in papers.items() if since is None or (told.get("year") or 0) >= since}
    of = {paper: {same(text) for text in told.get("keywords") or []} for paper, told in inside.items()}
    spelled = Counter(text for told in inside.values() for text in told.get("keywords") or [])
    counts = Counter(text for texts in of.values() for text in texts)
    shown = [text for _, text in sorted((-count, text) for text, count in counts.items())][:first]
    if keys is not None:
        shown = list(dict.fromkeys(map(same, keys)))
    given_keys = None if keys is None else tuple(keys)
    network = answer(keyword_network(store, KeywordArgs(given_keys, first, papers_in(Scope(since)), least)))
    names = []
    for text in shown:
        alike = sorted((-times, each) for each, times in spelled.items() if same(each) == text)
        names.append(alike[0][1] if alike else next(each for each in keys or () if same(each) == text))
    assert network.keyword == tuple(names)
    assert list(network.paper_count) == [counts[text] for text in shown]
    assert network.omitted_nodes == len(set(counts) - set(shown))
    every = {pair: [p for p in of if of[p] >= set(pair)] for pair in combinations(sorted(shown), 2)}
    shared = {pair: found for pair, found in every.items() if len(found) >= least}
    links = [tuple(shown[end] for end in link) for link in network.links]
    assert links == sorted(shared)
    assert network.values["paper_count"] == [len(shared[pair]) for pair in sorted(shared)]
    assert network.omitted_links == sum(0 < len(found) < least for found in every.values())
    lists = answer(link_papers(store, network, range(len(links)), EVERYTHING, Select()))
    for at, pair in enumerate(sorted(shared)):
        found = ids(store, Kind.PAPER, lists.rows[lists.offsets[at] : lists.offsets[at + 1]])
        assert sorted(found) == sorted(papers[paper]["id"] for paper in shared[pair])


def test_a_known_answer() -> None:
    draft = Draft()
    draft.paper("one", keywords=["Parsing", "Grammar"], year=2001)
    draft.paper("two", keywords=["parsing", "grammar", "PARSING"], year=2003)
    draft.paper("three", keywords=["parsing", "tides"], year=2005)
    draft.paper("four", year=2007)
    network = answer(keyword_network(STORES["columnar"](draft.facts()), KeywordArgs(None, 9, EVERYTHING, 1)))
    assert (network.keyword, network.paper_count) == (("parsing", "Grammar", "tides"), (3, 2, 1))
    assert network.links == [(1, 0), (0, 2)]
    assert network.values == {"paper_count": [2, 1], "first_year": [2001, 2005], "last_year": [2003, 2005]}
    assert network.reason == "No source states the keywords of one of these papers"


def test_too_many_papers_with_keywords_are_refused() -> None:
    draft = Draft()
    for name in "abc":
        draft.paper(name, keywords=["x"])
    with pytest.raises(BadInput, match="would read 3 papers with keywords, the maximum is 2"):
        answer(keyword_network(STORES["networkx"](draft.facts()), KeywordArgs(None, 9, EVERYTHING, 1, 2)))

"""Papers like a paper against written-out loops, on every store."""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byline.graph.metrics import similarity
from byline.graph.model import Kind
from byline.graph.query.similar import METHODS, By, Similar, SimilarArgs, shared_by, shared_outside, shared_words, similar
from byline.graph.request import Page, Select
from byline.graph.store.contract.draft import Draft
from byline.graph.store.protocol import Store
from byline.graph.text import words
from tests.contract.graphs import drafts
from tests.contract.stores import STORES, answer
from tests.generated import examples

many = settings(max_examples=examples(200), deadline=None, suppress_health_check=list(HealthCheck))
Lists = dict[str, list[tuple[str, float, int]]]


def similar_of(draft: Draft, store: Store, by: By, first: int = 99) -> Lists:
    """{key: [(key, score, shared)]} of every paper."""
    rows = np.arange(len(draft.nodes[Kind.PAPER]), dtype=np.int32)
    got = answer(similar(store, rows, SimilarArgs(by, Page(first))))
    entries = [
        (draft.key(Kind.PAPER, row), score, shared)
        for row, score, shared in zip(got.rows.tolist(), got.scores.tolist(), got.shared.tolist(), strict=True)
    ]
    bounds = got.offsets.tolist()
    return {draft.key(Kind.PAPER, row): entries[bounds[row] : bounds[row + 1]] for row in rows.tolist()}


def evidence(store: Store, pairs: Similar, by: By) -> list[int]:
    """How many papers, and works outside the graph, are named as evidence of each pair."""
    args, ends = shared_by(by, Select(total=True)), np.stack([pairs.sources, pairs.rows], axis=1)
    assert args.hop is not None
    papers = answer(store.expand(args.hop, ends, args.select)).totals
    outside = answer(shared_outside(store, pairs.sources, pairs.rows)) if by is By.BIBLIOGRAPHIC_COUPLING else [[]] * len(ends)
    return [count + len(works) for count, works in zip(papers.tolist(), outside, strict=True)]


def ranked(draft: Draft, lists: Lists) -> Lists:
    ids = {key: node["id"] for key, node in draft.nodes[Kind.PAPER].items()}
    return {key: sorted(entries, key=lambda e: (-e[1], ids[e[0]])) for key, entries in lists.items()}


def links(draft: Draft, by: By) -> Lists:
    """Salton's cosine, paper by paper. A paper never cites itself; cited works outside the graph are shared like others."""
    papers = draft.nodes[Kind.PAPER]
    inside = [(a, b) for a, b in draft.citations if a != b]
    outside = [(key, f"outside {each}") for key, node in papers.items() for each in node["unresolved_references"] or ()]
    pairs = [*inside, *outside] if by is By.BIBLIOGRAPHIC_COUPLING else [(b, a) for a, b in inside]
    of = {paper: {far for near, far in pairs if near == paper} for paper in papers}
    lists: Lists = {paper: [] for paper in papers}
    for one in papers:
        for other in set(papers) - {one}:
            if shared := len(of[one] & of[other]):
                lists[one].append((other, shared / math.sqrt(len(of[one]) * len(of[other])), shared))
    return ranked(draft, lists)


def titles(draft: Draft) -> Lists:
    """Cosines of the titles, up to rounding."""
    of = {paper: set(words(columns["title"])) for paper, columns in draft.nodes[Kind.PAPER].items()}
    weight = {
        word: math.log(len(of) / sum(word in title for title in of.values())) ** 2 for title in of.values() for word in title
    }
    norm = {paper: math.sqrt(sum(weight[word] for word in title)) for paper, title in of.items()}
    lists: Lists = {paper: [] for paper in of}
    for one, mine in of.items():
        for other, theirs in of.items():
            if one != other and (dot := sum(weight[word] for word in mine & theirs)):
                lists[one].append((other, dot / norm[one] / norm[other], len(mine & theirs)))
    return ranked(draft, lists)


@many
@given(drafts(), st.sampled_from([0, 1, 2, 99]))
def test_links_are_spelled_out(draft: Draft, first: int) -> None:
    store = STORES["networkx"](draft.facts())
    for by in (By.CO_CITATION, By.BIBLIOGRAPHIC_COUPLING):
        expected = {key: entries[:first] for key, entries in links(draft, by).items()}
        assert similar_of(draft, store, by, first) == expected


@many
@given(drafts())
def test_titles_are_spelled_out(draft: Draft) -> None:
    got, expected = similar_of(draft, STORES["networkx"](draft.facts()), By.TEXT), titles(draft)
    for key, entries in got.items():
        assert {(other, shared): pytest.approx(score) for other, score, shared in expected[key]} == {
            (other, shared): score for other, score, shared in entries
        }
        assert [score for _, score, _ in entries] == sorted((score for _, score, _ in entries), reverse=True)


@settings(many, max_examples=25)
@given(drafts(), st.sampled_from([1, 3]))
def test_stores_agree(draft: Draft, first: int) -> None:
    stores = [make(draft.facts()) for make in STORES.values()]
    rows = np.array([*range(len(draft.nodes[Kind.PAPER]))] * 2, np.int32)
    for by in By:
        got = [answer(similar(store, rows, SimilarArgs(by, Page(first)))) for store in stores]
        for store, one in zip(stores, got, strict=True):
            for name in ("offsets", "sources", "rows", "scores", "shared"):
                assert getattr(one, name).tolist() == getattr(got[0], name).tolist(), (by, name)
            if by is not By.TEXT:
                assert evidence(store, one, by) == one.shared.tolist()


def shelf() -> Draft:
    draft = Draft()
    draft.paper("a", title="On the Spelling of Names", cites=["x", "y"], year=2001)
    draft.paper("b", title="Spelling: names, and the Rest", cites=["x", "y", "z"], year=2002)
    draft.paper("c", title="Tides", cites=["z", "c"], year=2003)
    draft.paper("x", title="The Moon", year=1990)
    draft.paper("y", title="tides TIDES of the moon", year=1995)
    draft.paper("z", title="?", year=None)
    return draft


@pytest.mark.parametrize("make", STORES.values(), ids=STORES)
def test_what_speaks_for_it(make) -> None:
    draft = shelf()
    store = make(draft.facts())
    assert similar_of(draft, store, By.BIBLIOGRAPHIC_COUPLING)["a"] == [("b", 2 / math.sqrt(6), 2)]
    assert similar_of(draft, store, By.CO_CITATION)["x"] == [("y", 1.0, 2), ("z", 0.5, 1)]
    rows = np.array(draft.rows(Kind.PAPER, "x"), np.int32)
    pairs = answer(similar(store, rows, SimilarArgs(By.CO_CITATION, Page(5))))
    assert evidence(store, pairs, By.CO_CITATION) == [2, 1]
    none = shared_by(By.TEXT, Select(total=True))
    assert answer(store.expand(none.hop, np.array([[0, 1]], np.int32), none.select)).totals.tolist() == [0]
    both = answer(shared_words(store, *(np.array(draft.rows(Kind.PAPER, key), np.int32) for key in ("a", "b"))))
    assert both == [["the", "spelling", "names"]]
    assert [key for key, _, _ in similar_of(draft, store, By.TEXT)["y"]][:2] == ["x", "c"]
    assert similar_of(draft, store, By.TEXT)["z"] == []
    assert set(METHODS) == set(By)


@pytest.mark.parametrize("make", STORES.values(), ids=STORES)
def test_what_leads_everywhere_says_nothing(make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similarity, "MOST_LINKS", 2)
    draft = shelf()
    # b cites three papers: it no longer links x with y, which a does still.
    assert similar_of(draft, make(draft.facts()), By.CO_CITATION)["x"] == [("y", 0.5, 1)]

"""What `Store.alike` must do, clause by clause."""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byline.graph.store.columnar.read import titles as columnar
from byline.graph.store.contract.draft import Draft
from byline.graph.store.defaults import alike as plain
from byline.graph.store.hashing import hashed
from byline.graph.store.protocol import Scores
from byline.graph.text import words
from tests.contract.library import PAPER, by_id
from tests.contract.stores import STORES, answer
from tests.generated import examples

Listed = list[list[tuple[str, float]]]
some = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


def shelf(*titles: str) -> Draft:
    """Papers named by their number, "0" the first."""
    draft = Draft()
    for number, title in enumerate(titles):
        draft.paper(str(number), title=title)
    return draft


def similar_titles(make, draft: Draft, keys: list[str], first: int = 99) -> Listed:
    rows = np.array([draft.row(PAPER, key) for key in keys], np.int32)
    scores: Scores = answer(make(draft.facts()).alike(rows, first))
    assert (scores.offsets.dtype, scores.rows.dtype, scores.scores.dtype) == (np.int64, np.int32, np.float64)
    assert len(scores.offsets) == len(rows) + 1
    assert len(scores.rows) == len(scores.scores) == scores.offsets[-1]
    entries = [(draft.key(PAPER, row), score) for row, score in zip(scores.rows, scores.scores.tolist(), strict=True)]
    return [entries[start:stop] for start, stop in zip(scores.offsets, scores.offsets[1:], strict=False)]


def keys(listed: Listed) -> list[list[str]]:
    return [[key for key, _ in one] for one in listed]


def test_one_list_a_row_in_their_order_repeated_rows_included(make) -> None:
    draft = shelf("river delta", "river bank", "open sea", "bank of sand")
    assert keys(similar_titles(make, draft, ["2", "1", "0", "1"])) == [[], ["0", "3"], ["1"], ["0", "3"]]


def test_no_rows_no_lists(make) -> None:
    assert similar_titles(make, shelf("river", "river"), []) == []


def test_never_the_row_itself(make) -> None:
    draft = shelf("river delta", "river delta", "open sea")
    assert keys(similar_titles(make, draft, ["0", "1", "2"])) == [["1"], ["0"], []]


def test_a_graph_of_one_paper(make) -> None:
    assert similar_titles(make, shelf("river delta"), ["0"]) == [[]]


def test_the_score_is_the_cosine_of_weighted_words(make) -> None:
    draft = shelf("river delta", "river bank", "open sea", "wide open plain")
    river, rare = math.log(4 / 2) ** 2, math.log(4 / 1) ** 2
    ((entry,),) = similar_titles(make, draft, ["0"])
    assert entry == ("1", pytest.approx(river / (river + rare)))
    ((entry,),) = similar_titles(make, draft, ["3"])
    assert entry == ("2", pytest.approx(river / math.sqrt((river + rare) * (river + 2 * rare))))


def test_titles_of_the_same_words_are_wholly_alike(make) -> None:
    draft = shelf("river delta", "Delta: river!", "open sea")
    ((entry,),) = similar_titles(make, draft, ["0"])
    assert entry == ("1", pytest.approx(1.0))


def test_words_are_compared_folded_and_taken_once(make) -> None:
    once, often = (shelf(title, "crème-brulee", "open sea") for title in ("Creme", "CRÈME creme, crème"))
    assert similar_titles(make, often, ["0", "1"]) == similar_titles(make, once, ["0", "1"])
    assert keys(similar_titles(make, often, ["0"])) == [["1"]]


def test_what_shares_no_word_is_left_out(make) -> None:
    draft = shelf("river delta", "rivers deltas", "", "?!", "open sea")
    assert similar_titles(make, draft, ["0", "1", "2", "3", "4"]) == [[], [], [], [], []]


def test_a_word_of_every_title_weighs_nothing(make) -> None:
    draft = shelf("the river", "the sea", "the river bank", "the")
    assert keys(similar_titles(make, draft, ["0", "1", "3"])) == [["2"], [], []]


def test_a_word_of_too_many_titles_weighs_nothing(make, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (plain, columnar):
        monkeypatch.setattr(module, "MOST_TITLES", 2)
    draft = shelf("old river", "old sea", "old salt sea", "brook")
    # Three titles have "old". Two have "sea", and there "old" adds nothing to the length of a title either.
    assert keys(similar_titles(make, draft, ["0"])) == [[]]
    sea, salt = math.log(4 / 2) ** 2, math.log(4 / 1) ** 2
    ((entry,),) = similar_titles(make, draft, ["1"])
    assert entry == ("2", pytest.approx(math.sqrt(sea / (sea + salt))))


def test_the_most_alike_first_then_by_id(make) -> None:
    draft = shelf("river delta", "river bank", "river ford", "river delta", "open sea")
    (entries,) = similar_titles(make, draft, ["0"])
    assert [key for key, _ in entries] == ["3", *by_id(PAPER, "1", "2")]
    assert entries[1][1] == entries[2][1] < entries[0][1]


def test_as_many_as_asked_for(make) -> None:
    draft = shelf("river delta", "river bank", "river ford", "river delta", "open sea")
    (every,) = similar_titles(make, draft, ["0"])
    for first in range(5):
        assert similar_titles(make, draft, ["4", "0"], first) == [[], every[:first]]


@st.composite
def shelves(draw: st.DrawFn) -> Draft:
    """Titles of few words, so that many are shared: repeated words, accents, punctuation, no word at all."""
    word = st.sampled_from(["river", "River", "sea", "séa", "Li", "Li,", "a-b", "a", "b", "?", "李", "x1"])
    titles = draw(st.lists(st.lists(word, max_size=5).map(" ".join), min_size=1, max_size=12))
    return shelf(*titles)


def bits_agree(draft: Draft, first: int, data: st.DataObject) -> None:
    some_keys = data.draw(st.lists(st.sampled_from(sorted(draft.nodes[PAPER])), max_size=4))
    expected = [_spelled(draft, key)[:first] for key in some_keys]
    for make in STORES.values():
        assert similar_titles(make, draft, some_keys, first) == expected


@some
@given(shelves(), st.integers(0, 4), st.data())
def test_every_store_gives_the_same_bits(draft: Draft, first: int, data: st.DataObject) -> None:
    bits_agree(draft, first, data)


@pytest.mark.long
@settings(some, max_examples=examples(200))
@given(shelves(), st.integers(0, 4), st.data())
def test_every_store_gives_the_same_bits_on_200_shelves(draft: Draft, first: int, data: st.DataObject) -> None:
    bits_agree(draft, first, data)


def _spelled(draft: Draft, key: str) -> list[tuple[str, float]]:
    """The clauses, written out: sums in the order of the hashes of the words."""
    of = {paper: sorted(set(words(node["title"])), key=hashed) for paper, node in draft.nodes[PAPER].items()}
    weight = {word: math.log(len(of) / sum(word in title for title in of.values())) for title in of.values() for word in title}
    norm = {paper: math.sqrt(sum(weight[word] * weight[word] for word in title)) for paper, title in of.items()}
    dots = {other: sum(weight[word] * weight[word] for word in of[key] if word in of[other]) for other in set(of) - {key}}
    cosines = [(other, dot / (norm[key] * norm[other])) for other, dot in dots.items() if dot]
    return sorted(cosines, key=lambda entry: (-entry[1], draft.row(PAPER, entry[0])))

"""Snippets: which texts are shown, and what is marked in them."""

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from byline.graph.model import LETTERS, Kind
from byline.graph.query.snippets import WIDTH, Field, Snippet, snippets
from byline.graph.request import Level, Search
from byline.graph.store.contract.draft import Draft
from byline.graph.words import near, query_forms, text_words
from tests.contract.graphs import drafts, texts
from tests.contract.stores import STORES, answer
from tests.generated import examples
from tests.queries.counting import Counting

KINDS = tuple(LETTERS)
AUTHOR, PAPER, INSTITUTION, CATEGORY = Kind.AUTHOR, Kind.PAPER, Kind.INSTITUTION, Kind.CATEGORY
FILLER = "and so on as it goes with many words that say little of what it is about "


@pytest.fixture(params=STORES.values(), ids=list(STORES))
def make(request: pytest.FixtureRequest) -> Any:
    """Each store in turn."""
    return request.param


def shelf() -> Draft:
    draft = Draft()
    draft.category("cs", name="Computer Science")
    draft.category("cs.CL", name="Computation and Language", parent="cs")
    draft.author("ada", name="A. King", names=["A. King", "Ada Lovelace-King", "Ada King"])
    draft.author("lund", name="J. R. Lund")
    draft.author("adam", name="Adam J. Lund")
    draft.institution("mpi", name="Max-Planck-Institut", names=["Max-Planck-Institut", "MPI"])
    long = f"A loop. {FILLER * 3}The engine repeats the loop. {FILLER * 6}In the end, tides."
    draft.paper("p", ["ada"], title="Notes on Loops", abstract=long, external_ids=[{"scheme": "doi", "value": "10.5555/tides.1"}])
    draft.paper("q", ["ada"], title="Tides", abstract=None)
    return draft


def found(make: Any, text: str, kind: Kind, key: str) -> list[Snippet]:
    """The snippets of one node."""
    draft = shelf()
    store = make(draft.facts())
    search = Search(text, (kind,))
    (page,) = answer(store.search([search]))
    lists = answer(snippets(store, search, page))
    return next(some for row, some in zip(page.rows.tolist(), lists, strict=True) if draft.key(kind, row) == key)


def marked(snippet: Snippet) -> str:
    """The text with brackets for marks."""
    text = snippet.text
    for start, end in reversed(snippet.marks):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("text", "kind", "key", "shown"),
    [
        # Of several names the one that is the query as a whole, else the one that has most of it by more than initials.
        ("king ada", AUTHOR, "ada", ["[Ada] [King]"]),
        ("ada lovelace", AUTHOR, "ada", ["[Ada] [Lovelace]-King"]),
        ("king", AUTHOR, "ada", ["A. [King]"]),
        ("lovelace kin", AUTHOR, "ada", ["Ada [Lovelace]-[Kin]g"]),
        ("ada knig", AUTHOR, "ada", ["[Ada] [King]"]),
        # Initials are marked where the name has no more of the word.
        ("john lund", AUTHOR, "lund", ["[J]. R. [Lund]"]),
        ("john lund", AUTHOR, "adam", ["Adam [J]. [Lund]"]),
        ("maxplanck", INSTITUTION, "mpi", ["[Max-Planck]-Institut"]),
        ("institut mpi", INSTITUTION, "mpi", ["Max-Planck-[Institut]", "[MPI]"]),
        ("cs.cl", CATEGORY, "cs.CL", ["[cs].[CL]"]),
        ("language cs", CATEGORY, "cs.CL", ["Computation and [Language]", "[cs].CL"]),
        ("loops not", PAPER, "p", ["[Not]es on [Loops]"]),
        ("doi:10.5555/TIDES.1", PAPER, "p", ["[10.5555/tides.1]"]),
    ],
)
def test_what_is_shown_and_marked(make, text: str, kind: Kind, key: str, shown: list[str]) -> None:
    assert [marked(snippet) for snippet in found(make, text, kind, key)] == shown


def test_an_abstract_is_shown_around_the_words_that_the_title_lacks(make) -> None:
    title, first, last = found(make, "notes engine tides loop", PAPER, "p")
    assert (title.field, marked(title)) == (Field.TITLE, "[Notes] on Loops")
    assert first.field is last.field is Field.ABSTRACT
    assert "The [engine] repeats the [loop]." in marked(first) or "A [loop]." in marked(first)
    assert marked(last).endswith("In the end, [tides].")
    draft = shelf()
    whole = draft.nodes[PAPER]["p"]["abstract"]
    for snippet in (first, last):
        assert snippet.text == whole[snippet.offset : snippet.offset + len(snippet.text)]
        assert snippet.length == len(whole)
        assert len(snippet.text) <= 2 * WIDTH
        assert not snippet.text[0].isspace()
        assert not snippet.text[-1].isspace()


def _fits(word: str, piece: str) -> bool:
    """Whether a marked piece has a word of the query, its beginning, its initial, or the same with one letter off."""
    return any(word.startswith(one) or one.startswith(word) or near(word, one) for one in text_words(piece))


@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(drafts(), texts())
def test_every_result_shows_all_words_and_marks_nothing_else(draft: Draft, text: str) -> None:
    search, forms = Search(text, KINDS), query_forms(text)
    for make in STORES.values():
        store = make(draft.facts())
        (page,) = answer(store.search([search]))
        for place, some in zip(page.places, answer(snippets(store, search, page)), strict=True):
            assert some
            if place[0] == Level.IDENTIFIER:
                continue
            pieces = [snippet.text[start:end] for snippet in some for start, end in snippet.marks]
            assert all(any(_fits(form, piece) for form in word for piece in pieces) for word in forms), (text, some)
            assert all(any(_fits(form, piece) for word in forms for form in word) for piece in pieces), (text, some)
            for snippet in some:
                ends = [end for mark in snippet.marks for end in mark]
                assert ends == sorted(set(ends)), "marks in order, apart, none empty"
                assert ends[0] >= 0
                assert ends[-1] <= len(snippet.text) <= snippet.length


def test_calls_of_the_store_do_not_grow_with_the_page(make) -> None:
    draft = Draft()
    for number in range(40):
        draft.author(f"a{number}", name=f"Same Person {number}")
        draft.paper(f"p{number}", [f"a{number}"], title="Something", abstract=f"The same {number}.")
    calls = []
    for first in (4, 60):
        search = Search("same", KINDS, first=first)
        (page,) = answer(make(draft.facts()).search([search]))
        counting = Counting(make(draft.facts()))
        answer(snippets(counting, search, page))
        calls.append(dict(counting.calls))
    assert set(page.kinds) == {AUTHOR, PAPER}
    assert calls == [{"values": 1}, {"values": 3}]
    assert np.array_equal(np.unique(page.rows), np.arange(40))

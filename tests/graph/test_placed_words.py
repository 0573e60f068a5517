"""Words where they stand: the same words as a search compares, at places that are right for any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.graph.placed_words import placed_words
from byline.graph.words import text_words
from tests.generated import examples

_ODD = "aäößéÜøåđőŰ'’-._ \u0308\u030a\u0301李明ſﬁﬀ½Ⅷ\u00b4\u1100\u1161\u11a8\u09c7\u09beÅIİı.JR"
texts = st.text(st.one_of(st.sampled_from(_ODD), st.characters(exclude_categories=["Cs"])), max_size=40)


def placed(text: str, word: str) -> list[str]:
    """What of a text a word was made of."""
    return [text[slice(*each.span(len(each.word)))] for each in placed_words(text) if each.word == word]


@settings(max_examples=examples(500), deadline=None)
@given(texts)
def test_the_words_are_those_of_a_search(text: str) -> None:
    found = list(placed_words(text))
    assert {each.word for each in found} == text_words(text)
    for each in found:
        assert len(each.word) == len(each.starts) == len(each.ends)
        start, end = each.span(len(each.word))
        assert 0 <= start < end <= len(text)
        # Read by itself, the part of the text has the word again, or a longer one that was cut.
        assert any(word.startswith(each.word) for word in text_words(text[start:end])) or "\u0301" in text or not text.isascii()


@settings(max_examples=examples(300), deadline=None)
@given(texts, st.sampled_from(["a", "jr", "i", "ss", "lu"]))
def test_words_with_a_part_are_not_left_out(text: str, part: str) -> None:
    with_part = [each for each in placed_words(text) if part in each.word]
    assert [each for each in placed_words(text, ["0", part]) if part in each.word] == with_part


@pytest.mark.parametrize(
    ("text", "word", "parts"),
    [
        ("Ada Lovelace, Ada!", "ada", ["Ada", "Ada"]),
        ("Pat O'Brien", "obrien", ["O'Brien", "O'Brien"]),
        ("Pat O'Brien", "brien", ["Brien"]),
        ("Pat O’Brien's", "obriens", ["O’Brien's", "O’Brien's"]),
        ("(state-of-the-art)", "stateoftheart", ["state-of-the-art"]),
        ("Jörg Straße", "joerg", ["Jörg"]),
        ("Jörg Straße", "strasse", ["Straße"]),
        ("Jo\u0308rg", "jorg", ["Jo\u0308rg"]),
        ("der ﬁne", "fine", ["ﬁne"]),
        ("李明 学习", "习", ["习"]),
        ("x" * 70, "x" * 64, ["x" * 64]),
    ],
)
def test_a_word_is_where_it_was_made_of(text: str, word: str, parts: list[str]) -> None:
    assert placed(text, word) == parts


@pytest.mark.parametrize(
    ("text", "word", "letters", "part"), [("Straße", "strasse", 5, "Straß"), ("Jean-Luc", "jeanluc", 5, "Jean-L")]
)
def test_the_beginning_of_a_word_ends_behind_what_its_letters_were_made_of(text: str, word: str, letters: int, part: str) -> None:
    (found,) = (each for each in placed_words(text) if each.word == word)
    assert text[slice(*found.span(letters))] == part

"""What a search compares: words and slips."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.graph.words import LONGEST, any_words, indexed, near, plain_words, query_forms, query_words, text_words, wholes

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("O'Brien, Pat", ["obrien", "pat"]),
        ("  Pat  pat PAT ", ["pat"]),
        ("J.R.R. Tolkien", ["j", "r", "tolkien"]),
        ("李明 Li", ["李", "明", "li"]),
        ("김철수", ["김", "철", "수"]),
        ("がっこう", ["か", "っ", "こ", "う"]),
        ("Straße ﬁne İstanbul ısı", ["strasse", "fine", "istanbul", "isi"]),
        ("שלום عليكم", ["שלום", "عليكم"]),
        ("snake_case-kebab", ["snake", "case", "kebab"]),
        ("a" * 100, ["a" * LONGEST]),
        ("🦉 \0 ?!*", []),
        ("", []),
    ],
)
def test_words_of_a_query(text: str, words: list[str]) -> None:
    assert query_words(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("O'Brien", {"o", "brien", "obrien"}),
        ("Jean-Luc", {"jean", "luc", "jeanluc"}),
        ("J.R.R. Tolkien", {"j", "r", "jrr", "tolkien"}),
        ("a'b-c", {"a", "b", "c", "abc", "ab"}),
        ("李明", {"李", "明"}),
        ("C++", {"c"}),
    ],
)
def test_words_of_a_text(text: str, words: set[str]) -> None:
    assert text_words(text) == words


@given(TEXTS)
def test_a_text_has_the_words_that_it_has_as_a_query(text: str) -> None:
    assert set(query_words(text)) <= text_words(text)


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_the_quick_way_through_ascii_gives_the_same(text: str) -> None:
    folded = text.lower()
    assert plain_words(folded) == any_words(folded)


@given(TEXTS | st.text("aB .'-üß’\x1c_", max_size=20) | st.text("ab", min_size=LONGEST - 2, max_size=LONGEST + 2))
def test_what_a_text_is_found_by_is_cut_once(text: str) -> None:
    assert indexed(text) == (text_words(text), query_forms(text))


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_ascii_queries_are_cut_as_all_are(text: str) -> None:
    assert query_words(text) == list(dict.fromkeys(re.findall("[a-z0-9]+", text.lower().replace("'", ""))))


@given(TEXTS)
def test_words_mean_nothing_in_a_pattern(text: str) -> None:
    assert all(re.escape(word) == word for word in {*query_words(text), *text_words(text)})


@given(TEXTS, st.randoms())
def test_a_whole_name_stands_in_any_order(text: str, random: object) -> None:
    turned = query_words(text)
    random.shuffle(turned)  # type: ignore[attr-defined]
    assert wholes(query_forms(" ".join(turned)))[0] == wholes(query_forms(text))[0]


def distance(one: str, other: str) -> int:
    """Letters added, left out, replaced or swapped with the next: the table, written out."""
    table = [[max(i, j) if not i or not j else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i, j in product(range(1, len(one) + 1), range(1, len(other) + 1)):
        same = one[i - 1] == other[j - 1]
        table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (not same))
        if i > 1 and j > 1 and (one[i - 1], one[i - 2]) == (other[j - 2], other[j - 1]):
            table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


def test_a_slip_is_one_step_of_the_table() -> None:
    words = ["".join(letters) for size in range(5) for letters in product("abc"[: 4 - size // 2], repeat=size)]
    for one, other in product(words, repeat=2):
        assert near(one, other) == (distance(one, other) <= 1), (one, other)

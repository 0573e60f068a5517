"""In which ways two printed names may be one person's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.data.identify.naming import expected_namesakes
from byline.data.identify.variants import blocks, hyphened, longer, name_words, variant
from byline.data.identify.weights import (
    DROPPED,
    INITIAL,
    MIDDLE,
    MIDDLE_INITIAL,
    MIDDLE_WORD,
    NICKNAME,
    SAME,
    SPACING,
    SURNAME,
    SWAPPED,
)


def kind(left: str, right: str) -> str | None:
    one, other = name_words(left), name_words(right)
    longest = longer(one, other)[1]
    tied = any(hyphened(form) for form in (left, right) if name_words(form) == longest)
    return variant(one, other, tied)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Eghbal A. Hosseini", "Eghbal Hosseini", MIDDLE),
        ("Stephanie C. Y. Chan", "Stephanie C Y Chan", SAME),
        ("William A. Baumgartner Jr.", "William A. Baumgartner", SAME),
        ("Karen Spärck Jones", "karen sparck jones", SAME),
        ("J. Smith", "John Smith", INITIAL),
        ("J. Smith", "John Q. Smith", INITIAL),
        ("J. Q. Smith", "John Quincy Smith", INITIAL),
        ("John Q. Smith", "John Quincy Smith", MIDDLE_INITIAL),
        ("Ana B. C. Roe", "Ana C. Roe", MIDDLE),
        ("Maria Graça Nunes", "Maria Nunes", MIDDLE_WORD),
        ("Dan Jurafsky", "Daniel Jurafsky", NICKNAME),
        ("Bill Dolan", "William B. Dolan", NICKNAME),
        ("Jun'ichi Tsujii", "Jun Ichi Tsujii", SPACING),
        ("Antonio Moreno", "Antonio Moreno Sandoval", SURNAME),
        ("Robin Rohlicek", "J. Robin Rohlicek", DROPPED),
        ("Man Lan", "Lan Man", SWAPPED),
        ("Le Minh Nguyen", "Minh Le Nguyen", SWAPPED),
        ("Yun-Nung Chen", "Yun Chen", None),
        ("Y. Chen", "Yun-Nung Chen", INITIAL),
        ("Xin Wang", "Xinyi Wang", None),
        ("Jane Smith", "John Smith", None),
        ("John A. Smith", "John B. Smith", None),
        ("Smith", "J. Smith", None),
        ("J. Smith", "J. Smyth", None),
    ],
)
def test_kinds(left: str, right: str, expected: str | None) -> None:
    assert kind(left, right) == expected
    assert kind(right, left) == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("CR Sugimoto", ("c", "r", "sugimoto")),
        ("Sugimoto CR", ("c", "r", "sugimoto")),
        ("Sugimoto C.", ("c", "sugimoto")),
        ("Sugimoto C. R. Jr.", ("c", "r", "sugimoto")),
        ("de Roe JC", ("j", "c", "de", "roe")),
        ("LI Wei", ("li", "wei")),
        ("A.B. O'Roe-Li", ("a", "b", "oroe", "li")),
        ("J.-P. Serre", ("j", "p", "serre")),
        ("ÉA Müller", ("e", "a", "muller")),
        ("ANN ROE", ("ann", "roe")),
        ("Ann B-Jr", ("ann", "b")),
        ("Ann Beth Roe-Jr", ("ann", "beth", "roe")),
        ("?", ("?",)),
    ],
)
def test_words_of_a_name_have_initials_apart_in_any_layout(form: str, expected: tuple[str, ...]) -> None:
    assert name_words(form) == expected


@given(
    st.lists(st.sampled_from(["Ann", "LI", "A", "B.", "CR", "Roe", "Wei", "J.-P.", "Jr.", "O'Li", "de"]), min_size=1, max_size=5)
)
def test_a_mark_that_is_folded_away_changes_no_word(parts: list[str]) -> None:
    """Names in ASCII have a way of their own, which must agree with the one of all others."""
    plain = " ".join(parts)
    assert name_words(plain) == name_words(plain.replace("e", "é").replace("I", "Í"))


parts = st.sampled_from(["ann", "a", "b", "bo", "roe", "li", "william", "bill", "anna"])
words = st.lists(parts, min_size=1, max_size=4).map(tuple)


@given(words, words, st.booleans())
def test_kinds_are_symmetric_and_names_that_fit_share_a_block(one: tuple[str, ...], other: tuple[str, ...], tied: bool) -> None:
    kind = variant(one, other, tied)
    assert kind == variant(other, one, tied)
    assert (kind == SAME) == (one == other)
    if kind not in (None, SPACING, SURNAME):
        assert set(blocks(one)) & set(blocks(other))


def test_a_name_without_letters_stands_for_itself() -> None:
    assert name_words("?") != name_words("-")


def test_common_names_have_more_namesakes() -> None:
    firsts, lasts = ["wei", "jun", "yan", "ann", "bob"], ["wang", "li", "chen"]
    names = [(first, last) for first in firsts for last in lasts] + [("eghbal", "hosseini"), ("ann", "k", "wang"), ("w", "wang")]
    common, rare, middle, initial = (expected_namesakes(names)[names.index(name)] for name in (("ann", "wang"), *names[-3:]))
    assert common > 10 * rare
    assert middle < common
    assert initial > rare
    assert len(expected_namesakes([])) == 0

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.graph.text import compact, fold, words

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Dat Ba NGUYEN", "dat ba nguyen"),
        ("Đặng Thị Ngọc", "dang thi ngoc"),
        ("Søren Kierkegård", "soren kierkegard"),
        ("Łukasz Straße", "lukasz strasse"),
        ("Æther", "aether"),
        ("İstanbul", "istanbul"),
        ("e\u0301", "e"),
        ("ﬁne", "fine"),
        ("李 明", "李 明"),
        ("O'Neil-B.", "o'neil-b."),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(NAMES)
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(NAMES)
def test_case_does_not_matter_in_ascii(text: str) -> None:
    if text.isascii():
        assert fold(text.upper()) == fold(text.lower())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Stephanie C. Y. Chan", "Stephanie C Y Chan"),
        ("Jean-Luc", "jean luc"),
        ("O’Neil", "O'Neil"),
        ("José", "Jose\u0301"),
        (" Ada  Lovelace", "ada lovelace"),
    ],
)
def test_the_same_printed_name(one: str, other: str) -> None:
    assert compact(one) == compact(other)


@pytest.mark.parametrize(("one", "other"), [("?", "-"), ("Eghbal A. Hosseini", "Eghbal Hosseini"), ("李 明", "李")])
def test_another_printed_name(one: str, other: str) -> None:
    assert compact(one) != compact(other)


def test_words() -> None:
    assert words("Stephanie C. Y. Chan") == ["stephanie", "c", "y", "chan"]
    assert words("O'Neil-Bärtsch, É.") == ["oneil", "bartsch", "e"]
    assert words(" ?! ") == []


@given(st.text(st.characters(codec="ascii")))
def test_words_of_ascii_are_cut_like_those_of_any_text(text: str) -> None:
    plain = "".join(one if one.isalnum() else " " for one in text.lower().replace("'", ""))
    assert words(text) == plain.split()


@given(NAMES)
def test_compact_has_the_letters_and_digits_alone(text: str) -> None:
    assert compact(text) == ("".join(each for each in fold(text) if each.isalnum()) or text.strip())

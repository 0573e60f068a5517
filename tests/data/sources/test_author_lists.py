"""Printed names and author lists: one way for all sources, defects put in and read back."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.sources.affiliations import split
from data.sources.bylines import byline
from data.sources.characters import clean

Read = Callable[..., list[Any]]
GIVEN = st.sampled_from(["Ann", "Bo", "Cyrus", "Dora Mae", "Jean-Luc", "Zoë", "Øyvind"])
FAMILY = st.sampled_from(["Roe", "Lindqvist", "van der Berg", "O'Hara", "García", "Özil", "Castell-Moss"])
PEOPLE = st.lists(st.tuples(GIVEN, FAMILY), min_size=2, max_size=6, unique=True)


@settings(deadline=None)
@given(PEOPLE, st.sampled_from(["; ", " ; ", ";"]), st.sampled_from(["", "; et al.", " and others", "; u.a.", "; + 5 more"]))
def test_lists_by_semicolons_are_read_back(people: list[tuple[str, str]], sign: str, end: str) -> None:
    found = byline([sign.join(f"{family}, {first}" for first, family in people) + end], inverted=True)
    assert [name for name, _ in found.people] == [f"{first} {family}" for first, family in people]
    assert found.complete is (not end)
    assert found.count == (len(people) + 5 if "5" in end else None)


@settings(deadline=None)
@given(PEOPLE, st.sampled_from([", PhD", "1", "†", " ann@example.org", "\u200b", "(2)"]))
def test_defects_of_entries_are_read_past(people: list[tuple[str, str]], defect: str) -> None:
    found = byline([f"{first} {family}{defect}" for first, family in people])
    assert [name for name, _ in found.people] == [f"{first} {family}" for first, family in people]
    assert len(found.remarks) == len(people), "everything mended is listed"


@settings(deadline=None)
@given(st.tuples(GIVEN, FAMILY).filter(lambda name: not (name[0] + name[1]).isascii()))
def test_mojibake_is_decoded(name: tuple[str, str]) -> None:
    text = " ".join(name)
    assert clean(text.encode().decode("latin-1"))[0] == text
    assert clean(text) == (text, None)


@pytest.mark.parametrize("text", ["Ã…sa", "ErdoÄŸan", "Wilhelm KrÃ¶ll", "JosÃƒÂ©"])
def test_mojibake_that_is_certain(text: str) -> None:
    mended, why = clean(text)
    assert mended in ("Åsa", "Erdoğan", "Wilhelm Kröll", "José")
    assert why == "text decoded with a wrong encoding was restored"


@pytest.mark.parametrize(
    "cut",
    ["others", "et al.", "et al.,", "Others", "and others", "и др.", "他", "u.a.", "[and 12 others]", "m.fl.", "et coll.", "…"],
)
def test_cut_lists_name_nobody_else(cut: str) -> None:
    found = byline(["Ann Roe", cut])
    assert ([name for name, _ in found.people], found.complete) == (["Ann Roe"], False)
    assert found.count == (13 if "12" in cut else None)


@pytest.mark.parametrize(
    ("printed", "places"),
    [
        (
            "A. Roe (1 and 2), B. Low (1, 2 & 3) ((1) Xanten, (2) Ypern, (3) Zeist)",
            [["Xanten", "Ypern"], ["Xanten", "Ypern", "Zeist"]],
        ),
        ("A. Roe (1;2), B. Low (1-3) ((1) Xanten; (2) Ypern; (3) Zeist)", [["Xanten", "Ypern"], ["Xanten", "Ypern", "Zeist"]]),
        ("A. Roe (a), B. Low (a,b) ((a) Xanten, (b) Ypern)", [["Xanten"], ["Xanten", "Ypern"]]),
        ("A. Roe (1), B. Low (2): (1) Xanten, (2) Ypern", [["Xanten"], ["Ypern"]]),
        ("A. Roe (1), B. Low (2)", [[], []]),
    ],
)
def test_numbers_point_into_the_list(printed: str, places: list[list[str]]) -> None:
    assert split(printed) == (["A. Roe", "B. Low"], places)


LISTED = [{"name": "Ida Lund", "institutions": [{"name": "Ida Lund"}]}, {"name": "O. Dahl and S. Voll"}, {"name": "and Per Ek"}]


def test_the_same_rules_in_every_source(read: Read) -> None:
    people = ["Ida Lund", "O. Dahl", "S. Voll", "Per Ek"]
    shapes = {
        "records": {"type": "paper", "title": "T", "authors": LISTED},
        "paperlists": {"title": "T", "authors": [{"name": each["name"], "aff_raw": "Ida Lund"} for each in LISTED]},
        "csl": {"type": "article", "title": "T", "author": [{"literal": each["name"]} for each in LISTED[1:]]},
        "arxiv": {"id": "2001.00001", "title": "T", "authors": [each["name"] for each in LISTED]},
        "semantic-scholar": {"paperId": "a" * 40, "title": "T", "authors": [{"name": each["name"]} for each in LISTED]},
    }
    for source, value in shapes.items():
        paper, *notices = (each for each in read(source, orjson.dumps(value)) if not isinstance(each, dict) or "title" in each)
        names = [each["name"] for each in paper["authors"]]
        assert names == (people[1:] if source == "csl" else people), source
        assert not any("institutions" in each for each in paper["authors"]), source
        assert notices, f"{source} lists what it mended"


def test_authors_that_are_not_shown_are_counted(read: Read) -> None:
    value = {"id": "2001.00001", "title": "T", "authors": "A. Roe, B. Low, et al. (57 additional authors not shown)"}
    (paper,) = read("arxiv", orjson.dumps(value))
    assert (paper["author_count"], paper["authors_complete"]) == (59, False)


@pytest.mark.parametrize(
    ("names", "people"),
    [
        (["Halvorsen, CR", "Ek, V"], ["C. R. Halvorsen", "V. Ek"]),
        (["Halvorsen CR, Ek V, van der Berg J Jr"], ["C. R. Halvorsen", "V. Ek", "J. van der Berg, Jr"]),
        (["Halvorsen, Ann, Jr.", "Ek, III, Bo"], ["Ann Halvorsen, Jr.", "Bo Ek, III"]),
        (["Halvorsen, A., Ek, B. C., & Lund, D."], ["A. Halvorsen", "B. C. Ek", "D. Lund"]),
    ],
)  # fmt: skip
def test_surnames_first(names: list[str], people: list[str]) -> None:
    found = byline(names, inverted=True)
    assert ([name for name, _ in found.people], found.complete) == (people, True)


def test_what_is_not_plain_counts_as_incomplete() -> None:
    found = byline(["Anna Holm, Donald Birk"], inverted=True)
    assert not found.complete
    assert [each.outcome.value for each in found.remarks] == ["doubted"]

"""Printed names and author lists: one way for all sources, defects put in and read back."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import Person

from byline.data.sources.names.affiliations import split
from byline.data.sources.names.bylines import byline
from byline.data.sources.read.characters import clean
from byline.data.sources.read.ordinary import ordinary

Read = Callable[..., list[Any]]
GIVEN = st.sampled_from(["Ann", "Bo", "Cyrus", "Dora Mae", "Jean-Luc", "Zoë", "Øyvind"])
FAMILY = st.sampled_from(["Roe", "Lindqvist", "van der Berg", "O'Hara", "García", "Özil", "Castell-Moss"])
PEOPLE = st.lists(st.tuples(GIVEN, FAMILY), min_size=2, max_size=6, unique=True)


@settings(deadline=None)
@given(PEOPLE, st.sampled_from(["; ", " ; ", ";"]), st.sampled_from(["", "; et al.", " and others", "; u.a.", "; + 5 more"]))
def test_lists_by_semicolons_are_read_back(people: list[tuple[str, str]], sign: str, end: str) -> None:
    line = byline([sign.join(f"{family}, {first}" for first, family in people) + end], inverted=True)
    assert [name for name, _ in line.people] == [f"{first} {family}" for first, family in people]
    assert line.complete is (not end)
    assert line.count == (len(people) + 5 if "5" in end else None)


@settings(deadline=None)
@given(PEOPLE, st.sampled_from([", PhD", "1", "†", "1,2", "*1, 2", " ann@example.org", "\u200b", "(2)"]))
def test_defects_of_entries_are_read_past(people: list[tuple[str, str]], defect: str) -> None:
    line = byline([f"{first} {family}{defect}" for first, family in people])
    assert [name for name, _ in line.people] == [f"{first} {family}" for first, family in people]
    assert len(line.remarks) == len(people), "everything mended is listed"


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
    line = byline(["Ann Roe", cut])
    assert ([name for name, _ in line.people], line.complete) == (["Ann Roe"], False)
    assert line.count == (13 if "12" in cut else None)


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


@pytest.mark.parametrize(
    ("printed", "names", "places"),
    [
        ("Holm, I., Ek, P., Berg, C.", ["Holm, I.", "Ek, P.", "Berg, C."], [[], [], []]),
        ("Holm, I., van der Ek, P. Q., & Berg, C.", ["Holm, I.", "van der Ek, P. Q.", "Berg, C."], [[], [], []]),
        ("Holm, I. (Xanten), Ek, P. (Ypern)", ["Holm, I.", "Ek, P."], [["Xanten"], ["Ypern"]]),
        ("Holm, I., Jr., Ek, P., et al.", ["Holm, I., Jr.", "Ek, P.", "et al."], [[], [], []]),
        ("HU, I., EK, P.", ["HU, I.", "EK, P."], [[], []]),
        ("I. Holm, P. Ek", ["I. Holm", "P. Ek"], [[], []]),
        ("ABC, XYZ", ["ABC", "XYZ"], [[], []]),
        ("Holm, I., Per Ek, Cy Berg", ["Holm", "I.", "Per Ek", "Cy Berg"], [[], [], [], []]),
    ],
)
def test_surnames_with_initials_behind_them_between_commas(printed: str, names: list[str], places: list[list[str]]) -> None:
    assert split(printed) == (names, places)


def test_printed_surnames_first_are_one_person_each(read: Read) -> None:
    (paper,) = read("arxiv", orjson.dumps({"id": "2001.00001", "title": "T", "authors": "Holm, I., Ek, P. and Berg, C."}))
    assert [each["name"] for each in paper["authors"]] == ["I. Holm", "P. Ek", "C. Berg"]
    assert paper["authors_complete"]


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


def test_a_number_behind_a_name_is_doubted_in_every_source(read: Read) -> None:
    names = ["Person 3850", "Person 12", "Li 0001", "Cy Dahl"]
    shapes = {
        "records": {"type": "paper", "title": "T", "authors": [{"name": name} for name in names]},
        "paperlists": {"title": "T", "authors": [{"name": name} for name in names]},
        "csl": {
            "type": "article",
            "title": "T",
            "author": [{"given": given, "family": number} for given, number in map(str.split, names)],
        },
        "arxiv": {"id": "2001.00001", "title": "T", "authors": names},
        "semantic-scholar": {"paperId": "a" * 40, "title": "T", "authors": [{"name": name} for name in names]},
    }
    for source, value in shapes.items():
        paper, *notices = (each for each in read(source, orjson.dumps(value)) if not isinstance(each, dict) or "title" in each)
        assert [each["name"] for each in paper["authors"]] == ["Person 3850", "Person", "Li", "Cy Dahl"], source
        assert paper.get("authors_complete", True), source
        reasons = [reason for *_, reason in notices if "it is kept" in reason]
        assert reasons == ["has a number behind the name that is no mark of a footnote; it is kept: 'Person 3850'"], source


def test_a_list_with_numbers_alone_stays_as_it_is_stated(read: Read) -> None:
    """No record is made anew for a remark: members, ids and institutions are what they were."""
    authors = [{"name": "Person 3850", "id": "x:1"}, {"name": "Ann Roe", "institutions": [{"name": "Delft"}]}]
    value = {"type": "paper", "title": "T", "authors": authors, "authors_complete": False, "author_count": 5}
    paper, notice = read("records", orjson.dumps(value))
    assert paper == value
    assert notice[:2] == (1, "authors[0]")
    (person,) = read("records", orjson.dumps({"type": "author", "id": "x:1", "name": "Person 3850"}))
    assert person["name"] == "Person 3850"


def test_authors_that_are_not_shown_are_counted(read: Read) -> None:
    value = {"id": "2001.00001", "title": "T", "authors": "A. Roe, B. Low, et al. (57 additional authors not shown)"}
    (paper,) = read("arxiv", orjson.dumps(value))
    assert (paper["author_count"], paper["authors_complete"]) == (59, False)


@pytest.mark.parametrize(
    ("printed", "people", "count"),
    [
        ("I. Holm, P. Ek, et al. (2400 authors)", ["I. Holm", "P. Ek"], 2400),
        ("I. Holm, et al. (the 41 authors are named below)", ["I. Holm"], 41),
        ("I. Holm, P. Ek and 2,012 others", ["I. Holm", "P. Ek"], 2014),
    ],
)
def test_numbers_behind_et_al_are_no_institution(read: Read, printed: str, people: list[str], count: int) -> None:
    (paper,) = read("arxiv", orjson.dumps({"id": "2001.00001", "title": "T", "authors": printed}))
    assert [each["name"] for each in paper["authors"]] == people
    assert not paper.get("institutions")
    assert not any(each.get("institutions") for each in paper["authors"])
    assert (paper["author_count"], paper["authors_complete"]) == (count, False)


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
    line = byline(names, inverted=True)
    assert ([name for name, _ in line.people], line.complete) == (people, True)


def test_what_is_not_plain_counts_as_incomplete() -> None:
    line = byline(["Anna Holm, Donald Birk"], inverted=True)
    assert not line.complete
    assert [each.outcome.value for each in line.remarks] == ["doubted"]


@pytest.mark.parametrize(
    ("entry", "people", "others"),
    [
        ("K. W. ~Madsen", ["K. W. Madsen"], []),
        (". M. Sokol", ["M. Sokol"], []),
        ("\ufffd. M. Sokol", ["\ufffd. M. Sokol"], []),
        ("Zhen Liu?", ["Zhen Liu"], []),
        ('R. R"oder', ["R. Röder"], []),
        ('Jan "Honza" Berg', ['Jan "Honza" Berg'], []),
        ("Dora Lund 'and' Okan Ersoy", ["Dora Lund", "Okan Ersoy"], []),
        ("T. Fuj Y. C. Han O. Hash", ["T. Fuj", "Y. C. Han", "O. Hash"], []),
        ("J. Robin S. Smith", ["J. Robin S. Smith"], []),
        ("NY 11794-3651", [], []),
        ("T-13", [], []),
        ("XT-94-25", [], []),
        ("LNS/UConn", [], ["LNS/UConn"]),
        ("Ecole Nationale des Mines", [], ["Ecole Nationale des Mines"]),
        ("P. Gask fo the ALICE Collaboration", ["P. Gask"], ["ALICE Collaboration"]),
        ("M. Zull MAGIC Collaboration", ["M. Zull"], ["MAGIC Collaboration"]),
        ("Members of the Tulsa 1000 Study", [], ["Tulsa 1000 Study"]),
        ("Collaboration", [], []),
        ("Dr. Ann Roe", ["Ann Roe"], []),
        ("MS. Prasad Rao", ["MS. Prasad Rao"], []),
        ("“He,Ho-Ching” Berg", ["“He,Ho-Ching” Berg"], []),
    ],
)  # fmt: skip
def test_odd_entries(entry: str, people: list[str], others: list[str]) -> None:
    line = byline([entry])
    assert [name for name, _ in line.people] == people
    assert [*line.collaborations, *(name for name, _ in line.organisations)] == others


def test_a_colon_behind_what_names_no_group() -> None:
    listed = byline(["Authors", ":", "A. Roe", "B. Lund"])
    assert ([name for name, _ in listed.people], listed.collaborations, listed.complete) == (["A. Roe", "B. Lund"], [], True)
    assert byline(["L", ":", "Berg"]).people == [("L. Berg", 2)]
    assert byline(["X Project", "Collaboration", ":", "A. Roe"]).collaborations == ["X Project"]


@pytest.mark.parametrize(
    ("entry", "people", "complete"),
    [
        ("Barbara Holm, Donald Birk", ["Barbara Holm", "Donald Birk"], False),
        ("García Lund, Gabriel José", ["Gabriel José García Lund"], False),
        ("de Vries, MA", ["M. A. de Vries"], True),
        ("Ann Roe, MD", ["Ann Roe"], True),
    ],
)
def test_a_comma_between_two_words_and_two_words(entry: str, people: list[str], complete: bool) -> None:
    line = byline([entry], inverted=True)
    assert ([name for name, _ in line.people], line.complete) == (people, complete)


PLAIN = st.from_regex(r"[A-Z][a-z]{2,8}", fullmatch=True).filter(lambda word: ordinary(f"{word} Xu"))


@settings(deadline=None)
@given(st.lists(PLAIN, min_size=1, max_size=2), st.sampled_from(["", "van ", "de la "]), PLAIN, st.sampled_from(["", "Jr."]))
def test_pybtex_reads_the_same_parts(given_names: list[str], particle: str, family: str, suffix: str) -> None:
    """A second reader of names in BibTeX's three layouts."""
    first, last = " ".join(given_names), f"{particle}{family}"
    for layout in [f"{last}, {suffix}, {first}"] if suffix else [f"{last}, {first}", f"{first} {last}"]:
        person = Person(layout)
        parts = [*person.first_names, *person.middle_names, *person.prelast_names, *person.last_names]
        expected = ", ".join([" ".join(parts), *person.lineage_names])
        assert byline(["Bo Xu", layout], inverted=True).people[1][0] == expected


def test_markup_in_the_texts_of_semantic_scholar(read: Read) -> None:
    title = "<jats:italic>E. coli</jats:italic> in H<sub>2</sub>O &amp; &lt;i&gt;air&lt;/i&gt;, a < b"
    (paper,) = read("semantic-scholar", orjson.dumps({"paperId": "a" * 40, "title": title, "abstract": "<jats:p>One</jats:p>"}))
    assert (paper["title"], paper["abstract"]) == ("E. coli in H2O & air, a < b", "One")
    row = {"paper_id": "12", "title": title, "abstract": "<jats:p>One &amp; two</jats:p>", "authors": []}
    (paper,) = read("semantic-scholar", orjson.dumps(row))
    assert (paper["title"], paper["abstract"]) == ("E. coli in H2O & air, a < b", "One & two")


def test_names_in_other_languages_of_openalex(read: Read) -> None:
    person = {
        "id": "https://openalex.org/A5000000001", "display_name": "Quonglin Verezh",
        "international": {"display_name": {"en": "Quonglin Verezh", "zh": "刘 洋", "uk": "Куонглін Вереж"}},
    }  # fmt: skip
    author = read("openalex", orjson.dumps(person))[0]
    assert (author["name"], author["aliases"]) == ("Quonglin Verezh", ["刘 洋", "Куонглін Вереж"])

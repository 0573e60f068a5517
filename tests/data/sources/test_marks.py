"""Names printed with marks of footnotes and numbers, in every layout, read back and compared with who they are."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest
from hypothesis import example, given, note, settings
from hypothesis import strategies as st

from byline.data.notices import Outcome
from byline.data.sources.names.bylines import byline
from byline.data.sources.names.marks import in_order, set_apart
from byline.data.sources.names.numbers import LEFT_OUT, _has_number_behind, doubt, number_behind
from byline.data.sources.names.printed import natural
from byline.data.sources.openalex import Reader
from tests.data.sources.conftest import as_members
from tests.generated import examples

Read = Callable[..., list[Any]]
Person = tuple[str, str, str]

PEOPLE = [
    *(("Jane", "Roe", ""), ("J.", "Roe", ""), ("Zoë B.", "van der Berg", ""), ("Øyvind", "O'Hara", ""), ("JANE", "ROE", "")),
    *(
        ("Jean-Luc", "Castell-Moss", ""),
        ("Ann", "Roe", "Jr."),
        ("Bo", "Lund", "III"),
        ("Иван", "Петров", ""),
        ("Γιώργος", "Ράπτης", ""),
    ),
    *(("ليلى", "حداد", ""), ("伟", "王", ""), ("Wei", "Li", "")),
]
# Letters and digits in one mark, and brackets that are raised with what they hold.
LETTERED = ["a1", "b2", "c12", "a1b", "(a1)", "(a,b)", "[1, a]", "(1a,2b)"]
RAISED = ["⁽¹⁾", "⁽ᵃ⁾", "¹⁾", "₍₂₎"]
# What one mark can be, and what parts several of them.
ONE = st.sampled_from(
    ["1", "7", "12", "*", "†", "‡", "§", "¶", "#", "‖", "¹", "²³", "₁", "ᵃ", "١", "２", "(3)", "[4]", "1a", *LETTERED, *RAISED]
)
BETWEEN = st.sampled_from([",", ", ", ";", " ", " & ", " and "])
LISTS = st.lists(ONE, min_size=1, max_size=4).flatmap(
    lambda marks: st.lists(BETWEEN, min_size=len(marks), max_size=len(marks)).map(
        lambda signs: "".join(mark + sign for mark, sign in zip(marks, signs, strict=True)).rstrip(" ,;&").removesuffix(" and")
    )
)
GLUED = st.sampled_from(
    [
        "1*",
        "*1",
        "12*",
        "1†",
        "†2",
        "1,2,3",
        "1, 2, 3",
        "1-3",
        "1/2",
        "a,b",
        "a,1",
        "a;1",
        "a1,b2",
        "1,a2",
        "1a,b",
        "a*",
        "a,*",
        "0001",
        "０００１",
        "００４２*",
        "0042*",
        "0001 1",
        "1.",
        "1)",
        "^1",
        "^{1,2}",
    ],
)
MARKS = st.tuples(st.sampled_from(["", " "]), st.one_of(LISTS, GLUED)).map(
    # A homonym's number and letters stand apart from the name.
    lambda parts: (" " if parts[1][0] in "0０abc" else parts[0]) + parts[1]
)
NUMBERS = st.sampled_from(["123", "3850", "38501", "00012", "1000", "1.2", "1·2", "1•2", "12.5", "1.2.3"])


def truth(person: Person, number: str = "") -> str:
    given_name, family, suffix = person
    name = f"{given_name} {family}{number and f' {number}'}"
    return f"{name}, {suffix}" if suffix else name


def layouts(person: Person, behind: str) -> list[str]:
    """The name with what stands behind it, given names first and surname first, the mark at each place where one is printed."""
    given_name, family, suffix = person
    if suffix:
        return [
            *(f"{given_name} {family}, {suffix}{behind}", f"{given_name} {family}{behind}, {suffix}"),
            *(f"{family}, {given_name}, {suffix}{behind}", f"{family}, {given_name}{behind}, {suffix}"),
        ]
    return [f"{given_name} {family}{behind}", f"{family}, {given_name}{behind}", f"{family}{behind}, {given_name}"]


def read(entry: str, inverted: bool) -> tuple[list[str], list[Outcome], bool]:
    line = byline([entry, "Bo Dahl"], inverted)
    return (
        [name for name, place in line.people if place == 0],
        [each.outcome for each in line.remarks if each.place == 0],
        line.complete and ("Bo Dahl", 1) in line.people,
    )


@settings(deadline=None, max_examples=examples(600), print_blob=True)
@given(st.sampled_from(PEOPLE), MARKS, st.integers(0, 3), st.booleans())
@example(PEOPLE[0], " 1*", 0, False)
@example(PEOPLE[0], " 12", 1, True)
@example(PEOPLE[11], " ０００１", 0, False)
@example(PEOPLE[0], " a1,b2", 0, False)
@example(PEOPLE[0], " ⁽¹⁾", 0, False)
@example(PEOPLE[12], " 0001", 1, False)
def test_a_name_with_marks_is_the_name(person: Person, mark: str, layout: int, inverted: bool) -> None:
    printed = layouts(person, mark)
    inverted |= " " in person[1]  # Elsewhere the comma between two names of several words parts people.
    note(f"byline([{(entry := printed[layout % len(printed)])!r}, 'Bo Dahl'], {inverted})")
    people, outcomes, whole = read(entry, inverted)
    assert people == [truth(person)]
    assert whole, "marks leave the list as complete as it was"
    assert outcomes == [Outcome.MENDED] or (outcomes == [] and mark.strip() in ("*", "#"))


@settings(deadline=None, max_examples=examples(300), print_blob=True)
@given(st.sampled_from(PEOPLE), st.sampled_from(["", " "]), NUMBERS, st.integers(0, 3), st.booleans())
@example(PEOPLE[1], " ", "123", 1, True)
@example(PEOPLE[6], " ", "1234", 1, False)
@example(PEOPLE[0], "", "1.2", 0, False)
def test_a_name_with_a_number_is_kept_and_doubted(person: Person, gap: str, number: str, layout: int, inverted: bool) -> None:
    printed = layouts(person, gap + number)
    inverted |= " " in person[1]
    note(f"byline([{(entry := printed[layout % len(printed)])!r}, 'Bo Dahl'], {inverted})")
    people, outcomes, whole = read(entry, inverted)
    assert [name.replace(" ", "") for name in people] == [truth(person, number).replace(" ", "")]
    assert whole
    assert Outcome.DOUBTED in outcomes
    assert Outcome.LEFT_OUT not in outcomes


@settings(deadline=None, max_examples=examples(200), print_blob=True)
@given(st.lists(st.tuples(st.sampled_from(PEOPLE[:6]), MARKS), min_size=2, max_size=5), st.booleans())
def test_a_text_of_several_people_with_marks(people: list[tuple[Person, str]], inverted: bool) -> None:
    text = "; ".join(layouts(person, mark)[int(inverted)] for person, mark in people)
    note(f"byline([{text!r}], True)")
    line = byline([text], inverted=True)
    assert [name for name, _ in line.people] == [truth(person) for person, _ in people]
    assert line.complete


@settings(deadline=None, max_examples=examples(200), print_blob=True)
@given(st.sampled_from(["H9 Collaboration", "A. Roe for the H9 Collaboration", "A. Roe (H9 Collaboration)"]), MARKS)
@example("H9 Collaboration", " (1)")
@example("A. Roe for the H9 Collaboration", " 1, 2")
def test_a_collaboration_with_marks_is_the_collaboration(printed: str, mark: str) -> None:
    note(f"byline([{printed + mark!r}])")
    line = byline([printed + mark])
    assert line.collaborations == ["H9 Collaboration"]
    assert [name for name, _ in line.people] == (["A. Roe"] if "Roe" in printed else [])
    assert [each.outcome for each in line.remarks] == [Outcome.MENDED] or (not line.remarks and mark.strip() in ("*", "#"))


@settings(deadline=None, max_examples=examples(300), print_blob=True)
@given(st.sampled_from(PEOPLE), MARKS)
@example(PEOPLE[0], " (a,b)")
@example(PEOPLE[0], " 1,2")
@example(PEOPLE[0], "¹,²")
def test_openalex_prefers_and_prints_the_name_without_its_marks(person: Person, mark: str) -> None:
    """The comma of a mark is not that of "Surname, Given", and the name preferred for somebody is not the marked one."""
    text = f"{truth((person[0], person[1], ''))}{mark}"
    note(f"raw_author_name = display_name = {text!r}")
    author = {"id": "https://openalex.org/A1", "display_name": text}
    work = {"id": "https://openalex.org/W1", "title": "T", "authorships": [{"author": author, "raw_author_name": text}]}
    entries = [as_members(each) for each in Reader("file").value(1, work, "")]
    (paper,) = (each for each in entries if isinstance(each, dict) and each.get("title"))
    assert [each["name"] for each in paper["authors"]] == [truth((person[0], person[1], ""))]
    assert not [each for each in entries if isinstance(each, dict) and each.get("type") == "author"]


def test_a_preferred_name_of_openalex_loses_its_marks(read: Read) -> None:
    author = {"id": "https://openalex.org/A1", "display_name": "Boris Lund 1,2"}
    work = {"id": "https://openalex.org/W1", "title": "T", "authorships": [{"author": author, "raw_author_name": "B. Lund¹,²"}]}
    preferred, paper, _ = read("openalex", orjson.dumps(work))
    assert preferred == {"type": "author", "id": "openalex:A1", "name": "Boris Lund"}
    assert [each["name"] for each in paper["authors"]] == ["B. Lund"]


NOBODY = [
    *("IUHET 280", "NY 11794", "NY 11794-3651", "ÖZ 123", "LI 123", "ЦЭМИ 123", "T-13", "UT-94-25", "SI 94-15", "TUM HEP 280"),
    *("MIT CTP 2345", "MIT-CTP-2345", "SLAC-PUB 8123", "SLAC-PUB-8123", "CERN-TH 6345", "CERN-TH.6345/92", "IFUP-TH 12/98"),
    *("DESY 95-123", "NIKHEF 97-005", "XYZ QCD 123", "hep-th 9901123", "hep-th/9901123", "math.AG 0309136", "arXiv 1234.56789"),
    *(
        "Princeton NJ 08544",
        "Cambridge, MA 02139",
        "Cambridge CB3 0WA",
        "Toronto M5S 1A7",
        "D-69120 Heidelberg",
        "69120 Heidelberg",
    ),
    *("CH-1211 Geneva 23", "1098 XG Amsterdam", "13288 Marseille Cedex 9", "Orsay Fr-91406", "P.O. Box 123", "Postfach 123"),
    *("Room 305", "Preprint 123", "Roe 12 1234", "10 figures", "9 pages"),
]


@pytest.mark.parametrize("inverted", [False, True])
@pytest.mark.parametrize("entry", NOBODY)
def test_reports_and_addresses_are_nobody_and_listed(entry: str, inverted: bool) -> None:
    people, outcomes, whole = read(entry, inverted)
    assert (people, outcomes, whole) == ([], [Outcome.LEFT_OUT], True)


def test_one_reason_for_all_numbers_that_are_no_names() -> None:
    reasons = [byline([entry]).remarks[0].reason for entry in NOBODY[:-2]]
    assert reasons == [f"{LEFT_OUT}: '{entry}'" for entry in NOBODY[:-2]]
    assert LEFT_OUT == "looks like a report number or postcode; it is left out"


@settings(deadline=None, max_examples=examples(200), print_blob=True)
@given(
    st.text(st.sampled_from("ABCNTUYabcjoy.-/, '1239 "), min_size=1, max_size=10),
    st.sampled_from([" 123", " 08544", " 9901123", "-123", " 95-123", " 1*", " 12"]),
    st.booleans(),
)
def test_nothing_with_a_number_becomes_a_person_without_a_remark(text: str, number: str, inverted: bool) -> None:
    line = byline([text + number], inverted)
    note(f"byline([{text + number!r}], {inverted})")
    assert line.remarks or not (line.people or any(map(str.isalpha, text)))


@pytest.mark.parametrize(
    ("entry", "people", "groups", "complete"),
    [
        ("and others 123", [], [], False),
        ("Ann Roe and others 123*", ["Ann Roe"], [], False),
        ("et al. 123", [], [], False),
        ("Anonymous1", [], [], True),
        ("Unknown 123", [], [], True),
        ("X7 Collaboration1", [], ["X7 Collaboration"], False),
        ("Ann Roe for the X7 Collaboration1,2", ["Ann Roe"], ["X7 Collaboration"], True),
        ("Université Xanten 7", [], ["Université Xanten 7"], True),
        ("University of Xanten1", [], ["University of Xanten"], True),
        ("X7 Team (1)", [], ["X7 Team"], False),
    ],
)
def test_marks_behind_what_is_no_person(entry: str, people: list[str], groups: list[str], complete: bool) -> None:
    line = byline([entry])
    assert [name for name, _ in line.people] == people
    assert [*line.collaborations, *(name for name, _ in line.organisations)] == groups
    assert line.complete is complete
    assert line.remarks


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ("Jane Roe, PhD 1", "Jane Roe"),
        ("Jane Roe, PhD 123", "Jane Roe 123"),
        ("Jane Roe 123, PhD", "Jane Roe 123"),
        ("Roe, Jane 1, Jr.", "Jane Roe, Jr."),
        ("Jane Roe 123 Jr.", "Jane Roe 123 Jr."),
        ("Jane Roe 0000-0002-1825-0097", "Jane Roe"),
        ("Roe, Jane, 1960-", "Jane Roe"),
        ("Jane Roe 2nd", "Jane Roe 2nd"),
        ("1,2 Jane Roe", "Jane Roe"),
        ("1* Jane Roe", "Jane Roe"),
        ("123 Jane Roe", "123 Jane Roe"),
        ("Jane 123 Roe", "Jane 123 Roe"),
        ("X Æ A-12 Musk", "X Æ A-12 Musk"),
        ("Jane¹,² Roe", "Jane Roe"),
        ("Roe, JA 1", "J. A. Roe"),
    ],
)
def test_numbers_beside_degrees_and_amid_names(entry: str, name: str) -> None:
    people, outcomes, whole = read(entry, inverted=True)
    assert (people, whole) == ([name], True)
    assert bool(outcomes) is (name != "Jane Roe 2nd")


@pytest.mark.parametrize("group", ["Team 3", "Group 7", "X7 Collaboration 2012"])
def test_a_number_behind_a_group_that_is_part_of_its_name(group: str) -> None:
    line = byline([group])
    assert (line.collaborations, line.remarks) == ([group], [])


def test_what_is_listed_is_quoted_as_it_is_printed() -> None:
    (remark,) = byline(["Roe 1, 2"]).remarks
    assert remark.reason == "has marks of footnotes: 'Roe 1, 2'"


def test_parts_of_a_name() -> None:
    assert in_order("Jane 1", "Roe", "Jr.") == "Jane Roe 1 Jr."
    assert natural("Roe 2, Jane 3850*") == "Jane Roe 2 3850*"
    assert set_apart("Person 3850, 1") == ("Person", " 3850, 1")
    assert natural("Kay, Flo (a,b)") == "Flo Kay (a,b)"
    assert natural("Flo Kay (a,b)") == "Flo Kay (a,b)"
    assert natural(", ,1") == ", ,1"
    assert byline(["and , and ,"]).people == []


MARKED = [("Jane", "Roe", " 1*"), ("Wei", "Li", " 0001"), ("J.", "Berg", " 123"), ("Cy", "Dahl", "")]


def test_marks_of_inverted_names_in_every_source(read: Read) -> None:
    """The mark stands behind the given name, where a list of "Surname, Given" has it."""
    texts = [f"{family}, {first}{mark}" for first, family, mark in MARKED]
    names = [{"name": text} for text in texts]
    parts = [{"given": first + mark, "family": family} for first, family, mark in MARKED]
    shapes: dict[str, Any] = {
        "records": {"type": "paper", "title": "T", "authors": names},
        "paperlists": {"title": "T", "authors": names},
        "csl": {"type": "article", "title": "T", "author": parts},
        "arxiv": {
            "id": "2001.00001",
            "title": "T",
            "authors_parsed": [[family, first + mark, ""] for first, family, mark in MARKED],
        },
        "semantic-scholar": {"paperId": "a" * 40, "title": "T", "authors": names},
        "openalex": {
            "id": "https://openalex.org/W1",
            "title": "T",
            "authorships": [{"author": {}, "raw_author_name": text} for text in texts],
        },
        "bibtex": f"@article{{a, title = {{T}}, author = {{{' and '.join(texts)}}}}}",
    }
    for source, value in shapes.items():
        entries = read(source, value.encode() if isinstance(value, str) else orjson.dumps(value))
        (paper,) = (each for each in entries if isinstance(each, dict) and each.get("title"))
        assert [each["name"] for each in paper["authors"]] == ["Jane Roe", "Wei Li", "J. Berg 123", "Cy Dahl"], source
        assert paper.get("authors_complete", True), source
        reasons = [each[2] for each in entries if isinstance(each, tuple) and "author" in each[1]]
        assert sum("it is kept" in reason for reason in reasons) == 1, source
        assert sum("marks" in reason for reason in reasons) == 2, source


@pytest.mark.parametrize("printed", ["Holm, I.1, Ek, P.2", "Holm, I. 1,2, Ek, P. 3", "1 I. Holm, 2 P. Ek"])
def test_marks_in_a_printed_list_of_arxiv(read: Read, printed: str) -> None:
    paper, *notices = sorted(
        read("arxiv", orjson.dumps({"id": "2001.00001", "title": "T", "authors": printed})),
        key=lambda each: isinstance(each, tuple),
    )
    assert [each["name"] for each in paper["authors"]] == ["I. Holm", "P. Ek"]
    assert paper["authors_complete"]
    assert len(notices) == 2


_HEADS = [
    "Person",
    "Jane Roe",
    "Van Den Berg",
    "Box",
    "Technical Report",
    "Arxiv",
    "Preprint",
    "Room",
    "Jr",
    "Math",
    "Cedex",
    "A",
    "Phd",
]


@given(st.sampled_from(_HEADS), st.integers(100, 10**8))
def test_a_number_behind_a_name_is_told_by_its_length(head: str, number: int) -> None:
    name = f"{head} {number}"
    assert number_behind(name) == (doubt(name) if _has_number_behind(name) else None)

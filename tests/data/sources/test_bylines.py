"""What beside people stands in a list of authors."""

import pytest

from byline.data.notices import Outcome
from byline.data.sources.names.bylines import byline
from byline.data.sources.names.cut_lists import cut


@pytest.mark.parametrize(
    ("names", "people", "collaborations", "complete"),
    [
        (["A. Roe", "Bo  Li"], ["A. Roe", "Bo  Li"], [], True),
        (["The ATLAS Collaboration"], [], ["ATLAS Collaboration"], False),
        (["A. Roe", "for the Belle II Software Group"], ["A. Roe"], ["Belle II Software Group"], True),
        (["A. Roe", "CMS collaboration"], ["A. Roe"], ["CMS collaboration"], False),
        (["Ann Roe for the Mu3e Collaboration"], ["Ann Roe"], ["Mu3e Collaboration"], True),
        (["K. Bo on behalf of the H1 team"], ["K. Bo"], ["H1 team"], True),
        (["R. C. Group", "C. Team"], ["R. C. Group", "C. Team"], [], True),
        (["I. Adachi et al."], ["I. Adachi"], [], False),
        (["A. Roe", "and others"], ["A. Roe"], [], False),
        (["A. Roe", "Jr."], ["A. Roe, Jr."], [], True),
        ([":", "Bin Xu1", "2 J. R. Davies", "9 pages", "."], ["Bin Xu", "J. R. Davies"], [], True),
        (["Ze Liu(†)", "Jun Ye*", "Uwe Nagel[2]"], ["Ze Liu", "Jun Ye", "Uwe Nagel"], [], True),
        (["I (Eli) Chien", "Anthony K.H: Tung"], ["I (Eli) Chien", "Anthony K.H: Tung"], [], True),
        (["Anonymous"], [], [], True),
        ([], [], [], True),
    ],
)  # fmt: skip
def test_sorted(names: list[str], people: list[str], collaborations: list[str], complete: bool) -> None:
    line = byline(names)
    assert [name for name, _ in line.people] == people
    assert (line.collaborations, line.complete) == (collaborations, complete)


def test_places_are_those_of_the_list() -> None:
    assert byline([":", "A. Roe", "jr", "Bo Li"]).people == [("A. Roe, jr", 1), ("Bo Li", 3)]


def test_a_text_that_went_astray_is_kept_as_it_is() -> None:
    text = "a (1," * 20_000
    assert byline([text, "A. Roe"]).people == [(text, 0), ("A. Roe", 1)]


@pytest.mark.parametrize(
    ("names", "people", "count"),
    [
        (["Ida Holm", "et al. (2400 authors)"], ["Ida Holm"], 2400),
        (["Ida Holm", "et al. [2,400 authors in total]"], ["Ida Holm"], 2400),
        (["Ida Holm, Per Ek et al. (the 41 authors are named below)"], ["Ida Holm", "Per Ek"], 41),
        (["Ida Holm", "and 2,000 others"], ["Ida Holm"], 2001),
        (["Ida Holm, Per Ek and 1 200 others"], ["Ida Holm", "Per Ek"], 1202),
        (["Ida Holm", "Per Ek", "et al. (1 authors)"], ["Ida Holm", "Per Ek"], 2),
    ],
)
def test_numbers_that_a_cut_list_states(names: list[str], people: list[str], count: int) -> None:
    line = byline(names)
    assert ([name for name, _ in line.people], line.complete, line.count) == (people, False, count)


KIN = [
    *(
        "others (in press)",
        "et al.2",
        "et al（共4人）",
        "etal",
        "etal.",
        "et-al",
        "et all",
        "at al.",
        "u. a.",
        "u. v. a.",
        "u.v.a.",
    ),
    *("mfl.", "m.fl.", "i wsp.", "y colaboradores", "e colaboradores", "и соавт.", "и др.", "ve ark.", "وآخرون", "など", "等"),
    *("ja muut", "et al (2017)", "et al. 2017", "et al.*", "et al. (eds.)"),
]
# As a whole entry alone; behind a name they are initials or a surname.
ENTRIES = ["e.a.", "e. a.", "a.o.", "vd.", "autres", "Autres", "N. N.", "n.n.", "muut"]


@pytest.mark.parametrize("inverted", [False, True])
@pytest.mark.parametrize("kin", KIN + ENTRIES)
def test_kin_of_et_al_as_an_entry(kin: str, inverted: bool) -> None:
    line = byline(["Ida Holm", kin], inverted)
    assert ([name for name, _ in line.people], line.complete) == (["Ida Holm"], False)
    assert line.count == (4 if "4" in kin else None)


@pytest.mark.parametrize("kin", KIN)
def test_kin_of_et_al_behind_a_name(kin: str) -> None:
    line = byline([f"Ida Holm {kin}"])
    assert ([name for name, _ in line.people], line.complete) == (["Ida Holm"], False)


@pytest.mark.parametrize(
    ("entry", "people"),
    [
        ("Ida Holm, et al., Per Ek", ["Ida Holm", "Per Ek"]),
        ("Ida Holm et al. and Per Ek", ["Ida Holm", "Per Ek"]),
        ("Holm I; Ek P; e.a.", ["Holm I", "Ek P"]),
    ],
)
def test_names_around_et_al(entry: str, people: list[str]) -> None:
    line = byline([entry])
    assert ([name for name, _ in line.people], line.complete) == (people, False)


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ("E. A. Holm", "E. A. Holm"),
        ("Holm, A. O.", "A. O. Holm"),
        ("Holm, U. A.", "U. A. Holm"),
        ("Holm, N. N.", "N. N. Holm"),
        ("Vd. Rao", "Vd. Rao"),
        ("Lea Autres", "Lea Autres"),
        ("Et Allard", "Et Allard"),
        ("Amal Etal", "Amal Etal"),
    ],
)
def test_initials_and_surnames_like_the_kin_of_et_al(entry: str, name: str) -> None:
    line = byline([entry, "Per Ek"], inverted=True)
    assert ([each for each, _ in line.people], line.complete) == ([name, "Per Ek"], True)


@pytest.mark.parametrize("sign", ["،", "؛"])
def test_arabic_commas_part_people(sign: str) -> None:
    line = byline([f"ليلى حداد{sign} سامي خوري"])
    assert ([name for name, _ in line.people], line.complete) == (["ليلى حداد", "سامي خوري"], True)


def test_blanks_count_once_before_a_list_is_cut() -> None:
    assert cut("Ida  Holm" + " " * 400 + "and   3  others") == ("Ida Holm", True, 3, None)


@pytest.mark.parametrize(
    "mark", [" 1", " 12", "1", "12", " 1,2", " 1, 12", " 1,*", "¹", " ¹²", "1²", " 0001", " 0042", "(3)", "†"]
)
def test_what_is_a_mark_is_taken_off(mark: str) -> None:
    line = byline([f"Ann Roe{mark}", "Bo Li"])
    assert line.people == [("Ann Roe", 0), ("Bo Li", 1)]
    assert [(each.place, each.outcome) for each in line.remarks] == [(0, Outcome.MENDED)]


@pytest.mark.parametrize(
    "name", ["Person 3850", "Person 385", "Person 38501", "Ann B. Roe 1000", "Person3850", "Wei Wang 00012", "A. 123"]
)
def test_a_number_that_is_no_mark_stays(name: str) -> None:
    line = byline([name, "Bo Li"])
    assert (line.people, line.complete) == ([(name, 0), ("Bo Li", 1)], True)
    assert [(each.place, each.outcome) for each in line.remarks] == [(0, Outcome.DOUBTED)]
    assert f"it is kept: '{name}'" in line.remarks[0].reason


def test_a_mark_goes_and_the_number_before_it_stays() -> None:
    line = byline(["Person 3850†", "Bo Li"])
    assert line.people == [("Person 3850", 0), ("Bo Li", 1)]
    assert [each.outcome for each in line.remarks] == [Outcome.DOUBTED, Outcome.MENDED]


@pytest.mark.parametrize("entry", ["NY 11794-3651", "NY 11794", "IUHET 280", "T-13", "UT-94-25", "Roe 12 1234"])
def test_addresses_and_reports_are_nobody(entry: str) -> None:
    line = byline([entry, "Bo Li"])
    assert line.people == [("Bo Li", 1)]
    assert [(each.place, each.outcome) for each in line.remarks] == [(0, Outcome.LEFT_OUT)]

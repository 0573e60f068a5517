"""Institutions behind longer strings: what is joined, and what is left alone."""

import pytest

from byline.data.build.build import build
from byline.data.identify.places import SEGMENT, parts_of, unit
from byline.graph.model import Kind
from tests.data.views import Json, View, normal, paper

SNU = "Seoul National University"


def view(*names: str, known: tuple[str, ...] = (SNU,), records: tuple[Json, ...] = (), **members: str) -> View:
    """One paper for each name, and three for each of those that are known because they stand alone often enough."""
    strings = [*names, *(name for name in known for _ in range(3))]
    papers = [paper(f"p{at}", institutions=[{"name": name, **members}]) for at, name in enumerate(strings)]
    return View(build([("test", normal([*records, *papers]))]))


def places(graph: View) -> dict[str, set[str]]:
    return {each["name"]: set(each["names"]) for each in graph.nodes[Kind.INSTITUTION]}


@pytest.mark.parametrize(
    "name",
    [
        "ECE & ASRI, Seoul National University, Korea",
        "Department of Computer Science, Seoul National University",
        "Seoul National University, School of Law",
        "Dept. of EE; Seoul National University; Seoul; South Korea",
    ],
)
def test_departments_and_countries_beside_a_known_name(name: str) -> None:
    graph = view(name)
    assert places(graph) == {SNU: {SNU, name}}, "the string is kept as a name"
    (joined,) = graph.links["decision"]
    assert (joined["left"], joined["right"], joined["rule"]) == (SNU, name, SEGMENT)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Department of Law, Nowhere University", ()),
        ("Department of Law, Seoul National University", ()),
        ("Seoul National University, Google", (SNU, "Google")),
        ("KAIST, Seoul National University", (SNU, "KAIST")),
        ("Foo Bar Limited, Seoul National University", (SNU,)),
        ("Seoul National University, Another Campus", (SNU,)),
        ("School of Computing, Korea", ("School of Computing",)),
        ("Department of EECS, University of California", ("University of California", "University of California, Berkeley",
                                                       "University of California, Davis")),
    ],
)  # fmt: skip
def test_what_is_left_alone(name: str, known: tuple[str, ...]) -> None:
    assert places(view(name, known=known))[name] == {name}


def test_the_longest_known_name_counts() -> None:
    known = ("University of California", "University of California, Berkeley", "University of California, Davis")
    names_of = places(view("Department of EECS, University of California, Berkeley, USA", known=known))
    assert names_of[known[1]] == {known[1], "Department of EECS, University of California, Berkeley, USA"}


def test_an_id_or_a_record_makes_an_institution_known() -> None:
    ror: Json = {"type": "institution", "name": SNU, "ror": "04h9pn542", "country": "KR", "aliases": ["SNU"]}
    graph = view("ASRI, SNU, Korea", "Department of Law, Seoul National University, China", known=(), records=(ror,))
    assert places(graph) == {
        SNU: {SNU, "SNU", "ASRI, SNU, Korea"},
        "Department of Law, Seoul National University, China": {"Department of Law, Seoul National University, China"},
    }, "another country is another institution"


def test_one_name_in_two_countries_is_no_evidence() -> None:
    names = ("Northeastern University, China", "Northeastern University, USA", "School of Law, Northeastern University")
    names_of = places(view(*names, known=("Northeastern University",)))
    assert names_of["Northeastern University"] == {"Northeastern University", names[2]}


def test_the_name_alone_is_preferred_however_often_more_is_printed() -> None:
    assert places(view(*["Seoul National University, Korea"] * 9)) == {SNU: {SNU, "Seoul National University, Korea"}}


def test_the_order_of_the_records_decides_nothing() -> None:
    names = ["ECE, Seoul National University", SNU, SNU, SNU]
    one, other = (
        View(build([("test", normal([paper(f"p{name}{at}", institutions=[{"name": name}]) for at, name in enumerate(each)]))]))
        for each in (names, names[::-1])
    )
    assert places(one).keys() == places(other).keys() == {SNU}


def test_parts_and_units() -> None:
    assert parts_of("A & B, C; D - E") == ["A & B", "C", "D", "E"]
    assert all(map(unit, ["Dept. of EE", "State Key Laboratory of X", "ECE & ASRI", "Faculty of Law", "Robotics Lab"]))
    assert not any(map(unit, [SNU, "Google", "ETH Zurich", "Yandex", "National Research University Higher School of Economics"]))

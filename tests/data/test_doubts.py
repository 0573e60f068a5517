"""Ids that records contradict each other about are set aside, whatever the order; those of which only a word differs are not."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.api.cli.console import ended
from byline.data.build.build import build
from byline.data.build.contradictions import other_people, other_title, unlike
from byline.data.ingest.ingest import ingest
from byline.data.notices import Outcome
from byline.graph.model import Kind
from tests.data.views import View, paper

ORCID, OTHER = "0000-0002-1694-233X", "0000-0001-5109-3700"
CHAPTERS = [
    paper("Lichens of the coast", "Ida Holt", doi="10.5432/book.1", year=2015),
    paper("Trade winds and sails", "Ulf Sand", "Mia Kern", doi="10.5432/book.1", year=2015),
    paper("A short history of salt", "Per Lund", doi="10.5432/book.1", year=2015),
]


def view(*segments: list[dict[str, Any]]) -> View:
    return View(build([(f"s{at}", records) for at, records in enumerate(segments)]))


def doubts(graph: View) -> list[tuple[int, str]]:
    return sorted((each.line, each.member) for each in graph.built.notices if each.outcome is Outcome.DOUBTED)


@settings(deadline=None, max_examples=6)
@given(st.permutations(CHAPTERS), st.integers(0, 3))
def test_chapters_with_the_doi_of_their_book(records: list[dict[str, Any]], cut: int) -> None:
    graph = view(records[:cut], records[cut:])
    assert sorted((each["title"], each["doi"]) for each in graph.nodes[Kind.PAPER]) == [
        ("A short history of salt", None),
        ("Lichens of the coast", None),
        ("Trade winds and sails", None),
    ]
    assert len(doubts(graph)) == 3
    assert all("doi:10.5432/book.1 is stated of another work too" in each.reason for each in graph.built.notices)


def test_another_title_of_the_same_authors_is_one_paper() -> None:
    german = paper("Flechten der Küste", "Ida Holt", "Ulf Sand", doi="10.5432/one", year=2015)
    english = paper("Lichens along the shore", "Holt, I.", "U. Sand", doi="10.5432/one", year=2016)
    graph = view([german], [english])
    assert (len(graph.nodes[Kind.PAPER]), graph.built.notices) == (1, [])


def test_a_doi_that_was_copied_from_another_paper_with_one_author_in_common() -> None:
    one = paper("Lichens of the coast", "Ida Holt", "Ulf Sand", doi="10.5432/one", year=2015)
    other = paper("Trade winds and sails", "Ida Holt", "Mia Kern", doi="10.5432/one", year=2017)
    graph = view([one], [other])
    assert sorted((each["title"], each["doi"]) for each in graph.nodes[Kind.PAPER]) == [
        ("Lichens of the coast", None),
        ("Trade winds and sails", None),
    ]
    assert len(doubts(graph)) == 2
    cut = other | {"authors": [{"name": "Ida Holt"}], "authors_complete": False}
    assert len(view([one], [cut]).nodes[Kind.PAPER]) == 1, "who is not on a list that is cut may be on it"


def test_a_majority_keeps_the_doi() -> None:
    same = [paper(f"Lichens of the coast{sign}", "Ida Holt", doi="10.5432/one") for sign in ("", ".", ", again")]
    wrong = paper("A short history of salt", "Per Lund", doi="10.5432/one")
    graph = view([wrong], same)
    assert sorted((each["title"][:7], each["doi"]) for each in graph.nodes[Kind.PAPER]) == [
        ("A short", None),
        ("Lichens", "10.5432/one"),
    ]
    assert [(each.file, each.line) for each in graph.built.notices] == [("s0", 1)]


def author(name: str, **members: Any) -> dict[str, Any]:
    return {"name": name, **members}


def work(title: str, *authors: dict[str, Any]) -> dict[str, Any]:
    return {"type": "paper", "title": title, "year": 2020, "authors": list(authors)}


def test_an_orcid_of_all_authors_of_a_list() -> None:
    three = work("Three", *(author(name, orcid=ORCID) for name in ("Ida Holt", "Ulf Sand", "Mia Kern")))
    right = work("Right", author("Ida Holt", orcid=ORCID), author("Per Lund"))
    graph = view([three, right])
    assert sorted(each["name"] for each in graph.nodes[Kind.AUTHOR] if each["orcid"]) == ["Ida Holt"]
    assert [name for name, _, _ in graph.authors("Three")] == ["Ida Holt", "Ulf Sand", "Mia Kern"]


def test_somebody_listed_twice_keeps_the_id() -> None:
    graph = view([work("Twice", author("Ida Holt", orcid=ORCID), author("I. Holt", orcid=ORCID))])
    assert [each["orcid"] for each in graph.nodes[Kind.AUTHOR]] == [ORCID]


@settings(deadline=None, max_examples=6)
@given(st.permutations(range(3)))
def test_an_orcid_under_unlike_names(order: list[int]) -> None:
    records = [
        work("First", author("Oskar Lamm", orcid=ORCID), author("Ida Holt")),
        work("Second", author("Mei-Ling Zhao", orcid=ORCID), author("Ulf Sand")),
        work("Third", author("Nora Quist", orcid=OTHER)),
    ]
    graph = view([records[at] for at in order])
    assert sorted((each["name"], each["orcid"]) for each in graph.nodes[Kind.AUTHOR]) == [
        ("Ida Holt", None),
        ("Mei-Ling Zhao", None),
        ("Nora Quist", OTHER),
        ("Oskar Lamm", None),
        ("Ulf Sand", None),
    ]
    assert len(doubts(graph)) == 2


def test_what_a_record_of_the_person_says_is_the_persons() -> None:
    person = {"type": "author", "name": "Oskar Lamm", "orcid": ORCID, "aliases": ["Mei-Ling Zhao"]}
    graph = view([work("A", author("Oskar Lamm", orcid=ORCID)), work("B", author("Mei-Ling Zhao", orcid=ORCID)), person])
    assert (len(graph.nodes[Kind.AUTHOR]), graph.built.notices) == (1, [])
    graph = view([work("A", author("Oskar Lamm", orcid=ORCID)), work("B", author("Per Lund", orcid=ORCID)), person])
    assert [each.line for each in graph.built.notices] == [2]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Jürgen Möller", "J. Moeller"),
        ("Aleksei Petrov", "Alexey Petroff"),
        ("Xiao-Ming Wo", "Xiaoming Wo"),
        ("Ann Holt", "Ann Sand"),
        ("王伟", "Wei Wang"),
        ("J. K.", "Per Lund"),
        ("Ni, CQ", "Chaoqun Ni"),
    ],
)
def test_names_that_contradict_nothing(left: str, right: str) -> None:
    assert not unlike(left, right)
    assert not unlike(right, left)


def test_names_and_works_that_contradict() -> None:
    assert unlike("Oskar Lamm", "Mei-Ling Zhao")
    assert other_people(["Ida Holt"], ["Per Lund", "Ulf Holt"])
    assert not other_people(["Ida Holt"], [])
    assert not other_people(["Holt, I."], ["Per Lund", "Ida Holt"])
    assert other_title("Lichens of the coast", "A short history of salt")
    assert not other_title("Lichens of the coast", "The coast and its lichens")
    assert not other_title("Lichens of the coast", "海岸地衣")


def test_strict_is_about_the_files_of_this_ingest(tmp_path: Path) -> None:
    """What files of before contradict each other about is listed again with every build, and is no fault of the new file."""
    store = tmp_path / "store"

    def doubted_by(name: str, *records: dict[str, Any]) -> tuple[int, int, int]:
        path = tmp_path / name
        path.write_bytes(b"".join(orjson.dumps(each) + b"\n" for each in records))
        report = ingest(store, "records", [path])
        return report.count(Outcome.DOUBTED), report.earlier(Outcome.DOUBTED), ended(report, strict=True)

    assert doubted_by("book.jsonl", *CHAPTERS) == (3, 0, 1)
    assert doubted_by("other.jsonl", paper("A map of tides", "Eva Moll")) == (3, 3, 0)
    # One that joins in the contradiction is a matter of this ingest.
    assert doubted_by("more.jsonl", paper("On ropes and knots", "Jan Falk", doi="10.5432/book.1")) == (4, 3, 1)
    # So is a known file that is given again beside a new one.
    (tmp_path / "last.jsonl").write_bytes(orjson.dumps(paper("Sand and glass", "Lea Brik")) + b"\n")
    again = ingest(store, "records", [tmp_path / "book.jsonl", tmp_path / "last.jsonl"])
    assert (again.count(Outcome.DOUBTED), again.earlier(Outcome.DOUBTED)) == (4, 1)

"""arXiv's dump: its members, its defects, the real files."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from byline.data.notices import Notice, Outcome
from byline.data.record import Paper
from byline.data.reference.taxonomy import CATEGORIES, name_of, parent_of
from byline.data.sources import SOURCES
from byline.data.sources.arxiv import split
from tests.data.views import View, without_tallies

Read = Callable[..., list[Any]]
BASE = {"id": "0704.0002", "title": "T", "categories": "math.CO cs.CG"}


def line(**members: Any) -> str:
    return orjson.dumps(BASE | members).decode() + "\n"


def test_a_line_of_the_dump(read: Read) -> None:
    paper, notice = read(
        "arxiv",
        line(
            title="Erd\\H{o}s and\n  the $k$-tree",
            authors="not used",
            authors_parsed=[["Erd\\H{o}s", "P.", "", "Univ. of\n  X"], ["Roe", "Ann", "Jr."], ["Li", "", ""]],
            abstract="  One line\nand its end.\n  Second paragraph.\n",
            doi="10.1/no 10.1000/first.; 10.1000/erratum",
            versions=[{"version": "v1", "created": "Sat, 31 Mar 2007 02:26:18 GMT"}, {"version": "v2", "created": "2008"}],
            update_date="2008-12-13",
        ),
    )
    assert notice[1] == "doi"
    assert paper == {
        "type": "paper",
        "id": "arxiv:0704.0002",
        "arxiv": "0704.0002",
        "title": "Erdős and the k-tree",
        "abstract": "One line and its end.\n\nSecond paragraph.",
        "doi": "10.1000/first",
        "date": "2007-03-31",
        "year": 2007,
        "categories": ["math.CO", "cs.CG"],
        "authors": [
            {"name": "P. Erdős", "institutions": [{"name": "Univ. of X"}]},
            {"name": "Ann Roe Jr."},
            {"name": "Li"},
        ],
        "authors_complete": True,
    }


def test_a_collaboration_is_an_institution_of_the_paper(read: Read) -> None:
    parsed = [["Roe", "Ann", ""], ["Collaboration", "ATLAS", ""], ["Li", "Bo", "", "Delft"]]
    first, second = read("arxiv", line(authors_parsed=parsed) + line(authors="The CMS Collaboration: A. Roe, B. Li"))
    assert first["institutions"] == [{"name": "ATLAS Collaboration"}]
    assert first["authors"] == [{"name": "Ann Roe"}, {"name": "Bo Li", "institutions": [{"name": "Delft"}]}]
    assert first["authors_complete"] is False
    assert [each["name"] for each in second["authors"]] == ["A. Roe", "B. Li"]
    assert second["institutions"] == [{"name": "CMS Collaboration"}]


def test_nobody_is_named(read: Read) -> None:
    (only,) = read("arxiv", line(authors_parsed=[["ATLAS Collaboration", "", ""]]))
    assert "authors" not in only, "who they are is not known, so nothing is said"
    assert only["institutions"] == [{"name": "ATLAS Collaboration"}]


@pytest.mark.parametrize(
    ("printed", "names", "places"),
    [
        ("A. Roe, B. Li and C. Du", ["A. Roe", "B. Li", "C. Du"], [[], [], []]),
        ("A. Roe (Delft), B. Li, and C. Du (Leiden\n  (NL))", ["A. Roe", "B. Li", "C. Du"], [["Delft"], [], ["Leiden (NL)"]]),
        ("A. Roe and B. Li (Delft)", ["A. Roe", "B. Li"], [["Delft"], ["Delft"]]),
        ("A. Roe (1), B. Li (1,2) ((1) Delft, (2) Leiden)", ["A. Roe", "B. Li"], [["Delft"], ["Delft", "Leiden"]]),
        ("A. Roe (1), B. Li (2)", ["A. Roe", "B. Li"], [[], []]),
        ("A. Roe (open", ["A. Roe"], [["open"]]),
    ],
)
def test_a_printed_list(printed: str, names: list[str], places: list[list[str]]) -> None:
    assert split(printed) == (names, places)


@pytest.mark.parametrize(
    ("created", "day", "year"),
    [
        ("2007-03-31", "2007-03-31", 2007),
        ("Wed, 14 Aug 1996 16:31:26 GMT", "1996-08-14", 1996),
        ("soon", None, 2007),
        (None, None, 2007),
    ],
)
def test_days(read: Read, created: str | None, day: str | None, year: int) -> None:
    *notices, only = read("arxiv", line(versions=[{"created": created}]))
    assert notices == ([(1, "created", "states no year that can be read: 'soon'")] if created == "soon" else [])
    assert (only.get("date"), only["year"]) == (day, year)


def test_old_ids_tell_the_year(read: Read) -> None:
    years = [
        each["year"]
        for each in read("arxiv", "".join(line(id=each) for each in ("hep-th/9108001", "math.GT/0309136v2", "2401.00001")))
    ]
    assert years == [1991, 2003, 2024]


def test_what_does_not_fit(read: Read) -> None:
    text = line(id=7) + "[1]\n" + "oops\n" + line(id="x") + line(title="") + line(doi="1904.04794") + line(categories=[1])
    entries = read("arxiv", text)
    assert [each for each in entries if isinstance(each, tuple)] == [
        (1, "id", "is missing: every paper of arXiv has one"),
        (2, "", "is missing: every paper of arXiv has one"),
        (3, "", "is not JSON: unexpected character, expected a JSON value (character 1)"),
        (4, "id", "is no id of arXiv: 'x' is neither as 2001.00001 nor as hep-th/9901001; it is left out"),
        (5, "title", "is empty"),
        (6, "doi", "is no DOI: '1904.04794' does not begin with 10.; it is left out"),
        (7, "categories[0]", "must be text, not 1; '1' is taken"),
    ]
    papers = [(each["title"], "id" in each) for each in entries if isinstance(each, dict)]
    assert papers == [("T", False), ("T", True), ("T", True)], "papers with a wrong id or DOI are kept"


def test_a_number_with_a_zero_too_many(read: Read) -> None:
    notice, paper = sorted(read("arxiv", line(id="1305.00042v2", created="2013-05-02")), key=lambda each: isinstance(each, dict))
    assert notice == (1, "id", "a zero too many stood before its number: '1305.00042v2'; '1305.0042' is taken")
    assert (paper["id"], paper["arxiv"]) == ("arxiv:1305.0042", "1305.0042")


def test_the_category_tree(graph: Callable[..., View]) -> None:
    assert (name_of("cmp-lg"), parent_of("cmp-lg"), parent_of("cs.CL")) == ("Computation and Language", "cs.CL", "cs")
    assert all(parent is None or parent in CATEGORIES for _, parent in CATEGORIES.values())
    paper = {"type": "paper", "title": "T", "categories": ["alg-geom", "hep-th"]}
    categories = graph(paper).facts.nodes["category"].to_pylist()
    assert {each["code"]: each["name"] for each in categories}["alg-geom"] == "Algebraic Geometry"
    assert {each["code"] for each in categories} == {"alg-geom", "math.AG", "math", "hep-th", "grp_physics"}


NO_PLACE = re.compile(
    r"^\W*\w?\W*$|^\W*\d[\W\d]*$|not shown|additional authors"
    r"|^(?:for|on behalf of|representing)\b|^(?:collaboration|authors|editors)$",
    re.I,
)
NO_NAME = re.compile(r"^\W*$|^\W*\d|\d{2}|:|@|\bet\.? al\b|\b(?:others|collaboration|additional)\b|^BaBear$|\sand\s", re.I)
FILES = {"kaggle_real_lines.jsonl": (2, 6, 0, 0), "dev_cs.jsonl.zst": (26_455, 90_328, 5, 0)}


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["kaggle_real_lines.jsonl", pytest.param("dev_cs.jsonl.zst", marks=pytest.mark.long)])
def test_the_real_files(corpora: Path, name: str) -> None:
    entries = without_tallies(SOURCES["arxiv"].read(corpora / "arxiv" / name, {}))
    papers = [each for each in entries if isinstance(each, Paper)]
    rejected = sum(isinstance(each, Notice) and each.outcome is Outcome.REFUSED for each in entries)
    authors = sum(len(each.authors or ()) for each in papers)
    groups = sum(len(each.institutions) for each in papers)
    assert (len(papers), authors, groups, rejected) == FILES[name]
    unknown = {code for paper in papers for code in paper.categories if code not in CATEGORIES}
    assert unknown == set()


@pytest.mark.corpus
@pytest.mark.long
def test_who_and_what_half_a_million_real_lists_name(corpora: Path) -> None:
    """arXiv to 2019: no institution is a number, a remark or a person who signs; nobody is a sign, a number or "et al."."""
    papers = 0
    people: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for entry in SOURCES["arxiv"].read(corpora / "arxiv" / "scale_noabs.jsonl.zst", {}):
        if isinstance(entry, Paper):
            papers += 1
            people.update(each.name for each in entry.authors or ())
            places.update(each.name for each in entry.institutions)
            places.update(place.name for each in entry.authors or () for place in each.institutions)
    assert not [each for each in places if NO_PLACE.search(each)]
    assert not [each for each in people if NO_NAME.search(each)]
    assert (papers, people.total(), len(people), places.total(), len(places)) == (558_828, 1_704_945, 566_291, 1_310, 558)


@pytest.mark.corpus
def test_the_affiliations_of_a_real_line(corpora: Path) -> None:
    *_, last = without_tallies(SOURCES["arxiv"].read(corpora / "arxiv" / "kaggle_real_lines.jsonl", {}))
    assert isinstance(last, Paper)
    assert [each.institutions[0].name for each in last.authors or ()] == ["Bologna Univ. and INFN"] * 4
    assert str(last.date) == "1996-08-14"

"""A name of which a source says that several people bear it joins nobody by itself, wherever that is said."""

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.data.build.build import build
from byline.data.ingest.ingest import ingest
from byline.data.notices import Notice
from byline.data.record import dump
from byline.data.sources import SOURCES
from byline.graph.model import Kind
from tests.data.views import View, paper

NAME = "Sören Wiggart"
PAPERS = [
    '<article key="journals/a/1"><author>Sören Wiggart</author><author>Ida Holt</author><title>Salt.</title></article>',
    '<article key="journals/b/2"><author>Sören Wiggart</author><author>Bo Kern</author><title>Ropes.</title></article>',
    '<article key="journals/c/3"><author>Sören Wiggart 0002</author><author>Cy Lund</author><title>Winds.</title></article>',
]
PAGE = '<www key="homepages/w/Wiggart" publtype="disambiguation"><author>Sören Wiggart</author><title>Home Page</title></www>'
NUMBERED = '<www key="homepages/w/Wiggart2"><author>Sören Wiggart 0002</author><title>Home Page</title></www>'
APART = [["Ropes"], ["Salt"], ["Winds"]]


def read(folder: Path, *elements: str) -> list[dict[str, Any]]:
    """The records of one DBLP file."""
    path = folder / "dblp.xml"
    path.write_text('<?xml version="1.0" encoding="UTF-8"?>\n<dblp>\n' + "\n".join(elements) + "\n</dblp>\n", encoding="utf-8")
    entries = list(SOURCES["dblp"].read(path, {}))
    return [dump(each) for each in entries if not isinstance(each, Notice)]


def bearers(*segments: list[dict[str, Any]], name: str = NAME) -> list[list[str]]:
    """The titles of each person of the name."""
    view = View(build([("dblp", records) for records in segments]))
    people, titles = view.nodes[Kind.AUTHOR], view.nodes[Kind.PAPER]
    wrote: dict[int, list[str]] = {}
    for each in view.nodes[Kind.AUTHORSHIP]:
        wrote.setdefault(each["author"], []).append(titles[each["paper"]]["title"])
    return sorted(sorted(wrote[at]) for at, each in enumerate(people) if name in each["names"])


def test_without_the_page_the_bare_name_is_one_person(tmp_path: Path) -> None:
    assert bearers(read(tmp_path, *PAPERS[:2])) == [["Ropes", "Salt"]]


def test_the_page_stands_anywhere(tmp_path: Path) -> None:
    for order in permutations([*PAPERS, PAGE, NUMBERED]):
        # Reading costs nothing; of 120 orders some are built.
        records = read(tmp_path, *order)
        assert {"type": "homonym", "name": NAME, "ids": [f"dblp-name:{NAME}"]} in records
    assert bearers(read(tmp_path, PAGE, *PAPERS, NUMBERED)) == APART
    assert bearers(read(tmp_path, *PAPERS, NUMBERED, PAGE)) == APART


@settings(deadline=None, max_examples=8)
@given(order=st.permutations([*PAPERS, PAGE, NUMBERED]), cut=st.integers(0, 5))
def test_the_page_stands_in_another_file(tmp_path_factory: pytest.TempPathFactory, order: list[str], cut: int) -> None:
    folder = tmp_path_factory.mktemp("dblp")
    assert bearers(read(folder, *order[:cut]), read(folder, *order[cut:])) == APART


def filler(count: int) -> list[dict[str, Any]]:
    """Papers by others, so that names and coauthors weigh what they weigh in a literature."""
    letters = [chr(97 + at % 26) * 2 + chr(97 + at // 26) + "o" for at in range(count)]
    return [paper(f"Filler {at}", f"Ann{one} Bel{one}", f"Cor{one} Dum{one}") for at, one in enumerate(letters)]


def test_a_rare_name_is_no_evidence_of_its_own_where_several_bear_it() -> None:
    papers = [paper("Salt", NAME, "Ida Holt"), paper("Ropes", NAME, "Bo Kern"), *filler(60)]
    assert bearers(papers) == [["Ropes", "Salt"]]
    homonym = {"type": "homonym", "name": "Soren Wiggart"}
    assert bearers(papers, [homonym]) == [["Ropes"], ["Salt"]]
    assert bearers([homonym], papers) == [["Ropes"], ["Salt"]]


def test_coauthors_are_evidence() -> None:
    papers = [paper("Salt", NAME, "Ida Holt", "Mia Sandberg"), paper("Ropes", NAME, "Ida Holt", "Mia Sandberg"), *filler(300)]
    assert bearers([*papers, {"type": "homonym", "name": NAME}]) == [["Ropes", "Salt"]]


def test_a_homonym_is_nobody(tmp_path: Path) -> None:
    path = tmp_path / "names.jsonl"
    path.write_text('{"type": "homonym", "name": "Ann Roe"}\n{"type": "paper", "title": "T", "authors": [{"name": "Bo Li"}]}\n')
    report = ingest(tmp_path / "store", "records", [path])
    assert (report.kept, report.counts["authors"], report.clean) == (2, 1, True)

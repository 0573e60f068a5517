"""What fits a condition."""

from datetime import date

import pytest

from graph.model import EDGES
from graph.where import All, Compare, InCategory, Not, Op, Reaches, Select
from graph.where import Any as AnyOf
from tests.contract.draft import Draft, node_id
from tests.contract.library import PAPER, library, titled, twice


@pytest.mark.parametrize(
    ("where", "papers"),
    [
        (All(), ["p1", "p2", "p3", "p4", "p5"]),
        (AnyOf(), []),
        (Compare("year", Op.EQ, 2021), ["p2", "p5"]),
        (Not(Compare("year", Op.EQ, 2021)), ["p1", "p4"]),
        (Compare("year", Op.IN, (2020, 2022)), ["p1", "p4"]),
        (AnyOf((Compare("year", Op.LT, 2021), Compare("author_count", Op.LTE, 1))), ["p1", "p3"]),
        (All((Compare("year", Op.LT, 2021), Compare("author_count", Op.LTE, 1))), []),
        (Compare("published_on", Op.GTE, date(2021, 5, 1)), ["p5"]),
        (InCategory(Op.EQ, "cs"), ["p1", "p2"]),
        (InCategory(Op.STARTS_WITH, "CS."), ["p1"]),
        (Reaches(EDGES["paper_authors"], All(), 3), ["p1", "p4"]),
        (Reaches(EDGES["paper_authors"], Compare("name", Op.EQ, "cy"), None, 0), ["p2", "p3", "p5"]),
        (Reaches(EDGES["paper_institutions"], Compare("name", Op.CONTAINS, "Ál")), []),
        (Reaches(EDGES["paper_institutions"], Compare("name", Op.CONTAINS, "ÁB")), ["p1"]),
        (Reaches(EDGES["cited_by"], Reaches(EDGES["paper_authors"], All(), None, 1)), ["p1", "p2", "p3"]),
        (Compare("id", Op.IN, (node_id(PAPER, "p4"), node_id(PAPER, "never"))), ["p4"]),
    ],
)
def test_conditions(make, where, papers: list[str]) -> None:
    assert sorted(titled(make, library(), Select(where))) == papers


def test_counts_of_far_ends_count_a_person_printed_twice_once(make) -> None:
    assert titled(make, twice(), Select(Reaches(EDGES["paper_authors"], All(), 4))) == []
    assert titled(make, twice(), Select(Reaches(EDGES["paper_authors"], All(), 3, 3))) == ["p"]


def test_a_condition_on_an_id_follows_merged_ids(make) -> None:
    draft = library()
    draft.aliases = [(PAPER, "old", "p2")]
    assert titled(make, draft, Select(Compare("id", Op.EQ, node_id(PAPER, "old")))) == ["p2"]
    assert sorted(titled(make, draft, Select(Not(Compare("id", Op.EQ, node_id(PAPER, "old")))))) == ["p1", "p3", "p4", "p5"]


def test_folded_comparison_ignores_case_and_accents(make) -> None:
    draft = Draft()
    for title in ("Über Łódź", "uber lodz", "Ein Über"):
        draft.paper(title)
    assert sorted(titled(make, draft, Select(Compare("title", Op.STARTS_WITH, "ÜBER l")))) == ["uber lodz", "Über Łódź"]
    assert len(titled(make, draft, Select(Compare("title", Op.CONTAINS, "über")))) == 3
    assert titled(make, draft, Select(Compare("title", Op.EQ, "uber lodz"))) == ["uber lodz"]

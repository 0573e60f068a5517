"""What fits a condition."""

from datetime import date
from typing import Any

import pytest

from byline.graph.model import EDGES
from byline.graph.request import All, Compare, Identified, InCategory, Not, Op, Page, Quantifier, Select
from byline.graph.request import Any as AnyOf
from byline.graph.store.columnar.read import identified, roots
from byline.graph.store.contract.draft import Draft, node_id
from tests.contract.library import PAPER, library, titled, twice
from tests.contract.stores import STORES, answer


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
        (Compare("published_on", Op.GT, date(2021, 5, 1)), []),
        (Compare("published_on", Op.IN, (date(2021, 5, 1), date(1990, 1, 1))), ["p5"]),
        (InCategory(Op.ENDS_WITH, ".cl"), ["p1"]),
        (InCategory(Op.EQ_IGNORE_CASE, "CS.cl"), ["p1"]),
        (InCategory(Op.IN_IGNORE_CASE, ("CS", "never")), ["p1", "p2"]),
        (InCategory(Op.EQ, "cs"), ["p1", "p2"]),
        (InCategory(Op.STARTS_WITH, "CS."), ["p1"]),
        (Quantifier(EDGES["paper_authors"], All(), 3), ["p1", "p4"]),
        (Quantifier(EDGES["paper_authors"], Compare("name", Op.EQ, "cy"), None, 0), ["p2", "p3", "p5"]),
        (Quantifier(EDGES["paper_institutions"], Compare("name", Op.CONTAINS, "Ál")), []),
        (Quantifier(EDGES["paper_institutions"], Compare("name", Op.CONTAINS, "ÁB")), ["p1"]),
        # p3 cites itself, which is no citation.
        (Quantifier(EDGES["cited_by"], Quantifier(EDGES["paper_authors"], All(), None, 1)), ["p1", "p2"]),
        (Compare("id", Op.IN, (node_id(PAPER, "p4"), node_id(PAPER, "never"))), ["p4"]),
    ],
)
def test_conditions(make, where, papers: list[str]) -> None:
    assert sorted(titled(make, library(), Select(where))) == papers


# Codes as typed, and the papers (named by their one category) that a filter by them finds.
TYPED = [
    ("cs.CL", ["cs.CL"]), ("CL", ["cs.CL"]), ("cl", ["cs.CL"]), ("CS.cl", ["cs.CL"]), ("math.cl", ["math.CL"]),
    ("ML", ["stat.ML"]), ("CS", ["cs", "cs.CL"]), ("x", []), ("A.X", ["a.x"]), ("q", []), ("", []), ("cs.", []),
]  # fmt: skip


def typed_draft() -> Draft:
    draft = Draft()
    for code in ("cs", "cs.CL", "math.CL", "stat.ML", "a.x", "b.x"):
        draft.category(code, parent=code.split(".")[0] if "." in code else None)
        draft.paper(code, categories=[code])
    return draft


@pytest.mark.parametrize(("typed", "papers"), TYPED)
def test_a_category_filter_takes_what_the_key_takes(make, typed: str, papers: list[str]) -> None:
    everything = ["a.x", "b.x", "cs", "cs.CL", "math.CL", "stat.ML"]
    for where in (InCategory(Op.EQ, typed), InCategory(Op.IN, (typed,)), InCategory(Op.IN, ("q", typed))):
        assert sorted(titled(make, typed_draft(), Select(where))) == papers
    outside = [title for title in everything if title not in papers]
    assert sorted(titled(make, typed_draft(), Select(Not(InCategory(Op.EQ, typed))))) == outside


def catalogued() -> Draft:
    """Papers known by DOI in their own column, in their list of ids, in both with different ones, and by nothing."""
    draft = Draft()
    draft.paper("own", doi="10.1/A", external_ids=[{"scheme": "acl", "value": "P1"}])
    draft.paper("listed", external_ids=[{"scheme": "DOI", "value": "10.1/b"}])
    draft.paper("two", doi="10.1/c", external_ids=[{"scheme": "doi", "value": "10.1/d"}])
    draft.paper("none")
    return draft


@pytest.mark.parametrize(
    ("where", "papers"),
    [
        (Identified("doi", Op.EQ, "https://doi.org/10.1/a"), ["own"]),
        (Identified("DOI", Op.IN, ("doi:10.1/B", "10.1/D", "10.1/d", "10.1/z")), ["listed", "two"]),
        (Not(Identified("doi", Op.IN, ("10.1/a",))), ["listed", "two"]),
        (Not(Identified("doi", Op.EQ, "10.1/c")), ["listed", "own"]),
        (Identified("doi", Op.IN, ()), []),
        (Identified("doi", Op.EXISTS, False), ["none"]),
        (Not(Identified("doi", Op.EXISTS, False)), ["listed", "own", "two"]),
        (Identified("acl", Op.EXISTS, True), ["own"]),
        (Identified("", Op.EXISTS, False), ["none"]),
        (Not(Identified("acl", Op.EQ, "P2")), ["own"]),
        (All((Identified("doi", Op.EQ, "10.1/a"), Compare("title", Op.EQ, "own"))), ["own"]),
        (AnyOf((Identified("acl", Op.EQ, "P1"), Identified("doi", Op.EQ, "10.1/b"))), ["listed", "own"]),
    ],
)
def test_identifiers(make, where, papers: list[str]) -> None:
    assert sorted(titled(make, catalogued(), Select(where))) == papers


def test_many_identifiers_are_looked_up_and_not_searched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = Draft()
    for number in range(300):
        draft.paper(str(number), doi=f"10.1/{number}")
    store = STORES["columnar"](draft.facts())

    def scanned(*_: Any) -> None:
        raise AssertionError("a scan")

    for name in ("full_scan", "mask", "fits"):
        monkeypatch.setattr(roots, name, scanned)
    monkeypatch.setattr(identified, "_known", scanned)
    where = Identified("doi", Op.IN, tuple(f"https://doi.org/10.1/{number}" for number in range(250)))
    found = answer(store.find(PAPER, Select(where, page=Page(first=3), total=True)))
    assert (len(found.rows), found.totals.tolist()) == (3, [250])


def test_counts_of_far_ends_count_a_person_printed_twice_once(make) -> None:
    assert titled(make, twice(), Select(Quantifier(EDGES["paper_authors"], All(), 4))) == []
    assert titled(make, twice(), Select(Quantifier(EDGES["paper_authors"], All(), 3, 3))) == ["p"]


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
    assert sorted(titled(make, draft, Select(Compare("title", Op.ENDS_WITH, "LÓDŹ")))) == ["uber lodz", "Über Łódź"]
    assert sorted(titled(make, draft, Select(Compare("title", Op.EQ_IGNORE_CASE, "UBER łodz")))) == ["uber lodz", "Über Łódź"]
    several = Compare("title", Op.IN_IGNORE_CASE, ("UBER LODZ", "never", "ein uber"))
    assert len(titled(make, draft, Select(several))) == 3
    assert titled(make, draft, Select(Compare("title", Op.IN_IGNORE_CASE, ()))) == []
    assert titled(make, draft, Select(Not(several))) == []
    assert titled(make, draft, Select(Compare("title", Op.EQ, "uber lodz"))) == ["uber lodz"]

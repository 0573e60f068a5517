"""Three-valued conditions: what a store keeps, and leaves out, where sources said nothing or only a part."""

from typing import Any

import numpy as np
import pytest

from byline.graph.model import EDGES, Kind
from byline.graph.request import All, Compare, InCategory, InCountry, Not, Op, Order, Quantifier, Select
from byline.graph.request import Any as AnyOf
from byline.graph.store.contract.draft import Draft
from tests.contract.library import PAPER, named, titled
from tests.contract.stores import answer

YEAR_2020, ANYBODY = Compare("year", Op.EQ, 2020), All()
ANN = Compare("name", Op.EQ, "ann")
EVERY = ["cut", "cut of 4", "dated", "no authors", "unsaid", "whole"]


def _draft() -> Draft:
    """Papers whose lists are whole, cut, cut with a stated number, stated as empty, and never stated."""
    draft = Draft()
    draft.paper("whole", ["ann", "bob"], ["cs"], author_count=2, year=2020)
    draft.paper("cut", ["ann", "bob"], author_count=None, author_list_complete=False, year=2021)
    draft.paper("cut of 4", ["ann", "bob"], author_count=4, author_list_complete=False)
    draft.paper("no authors", [], author_count=0)
    draft.paper("unsaid", [], author_list_complete=False, references_complete=None)
    draft.paper("dated", ["bob"], ["math"], author_count=1, year=2020)
    return draft


def _authors(least: int | None, most: int | None, where: Any = ANYBODY) -> Quantifier:
    return Quantifier(EDGES["paper_authors"], where, least, most)


@pytest.mark.parametrize(
    ("where", "papers"),
    [
        (YEAR_2020, ["dated", "whole"]),
        (Not(YEAR_2020), ["cut"]),
        (AnyOf((YEAR_2020, Not(YEAR_2020))), ["cut", "dated", "whole"]),
        (Not(All((YEAR_2020, InCategory(Op.EQ, "cs")))), ["cut", "dated"]),
        (All((Not(YEAR_2020), InCategory(Op.EQ, "cs"))), []),
        (Not(InCategory(Op.EQ, "cs")), ["dated"]),
        (Compare("year", Op.EXISTS, False), ["cut of 4", "no authors", "unsaid"]),
        (Not(Compare("year", Op.EXISTS, False)), ["cut", "dated", "whole"]),
        (_authors(1, None), ["cut", "cut of 4", "dated", "whole"]),
        (_authors(0, 0), ["no authors"]),
        (Not(_authors(0, 0)), ["cut", "cut of 4", "dated", "whole"]),
        (_authors(2, 2), ["whole"]),
        (_authors(4, 4), ["cut of 4"]),
        (_authors(3, None), ["cut of 4"]),
        (Not(_authors(3, None)), ["dated", "no authors", "whole"]),
        (Not(_authors(2, 2)), ["cut of 4", "dated", "no authors"]),
        (_authors(1, None, ANN), ["cut", "cut of 4", "whole"]),
        (_authors(0, 0, ANN), ["dated", "no authors"]),
        (_authors(0, 3, ANN), ["cut of 4", "dated", "no authors", "whole"]),
        (_authors(0, 0, Not(ANN)), ["no authors"]),
        (Not(_authors(0, 0, Not(ANN))), ["cut", "cut of 4", "dated", "whole"]),
        (_authors(0, None), EVERY),
    ],
)
def test_conditions_that_rest_on_the_unknown(make, where: Any, papers: list[str]) -> None:
    assert sorted(titled(make, _draft(), Select(where))) == papers


def _citing() -> Draft:
    draft = Draft()
    draft.paper("stated", cites=["cited"], references_complete=True, year=2020)
    draft.paper("part", cites=["cited"], references_complete=False)
    draft.paper("outside", cites=["cited"], references_complete=True, unresolved_references=["doi:10.9/x", "doi:10.9/y"])
    draft.paper("cited", references_complete=True, year=2019)
    draft.paper("unsaid", references_complete=None)
    return draft


@pytest.mark.parametrize(
    ("least", "most", "where", "papers"),
    [
        (0, 0, ANYBODY, ["cited"]),
        (1, 1, ANYBODY, ["stated"]),
        (3, 3, ANYBODY, ["outside"]),
        (2, None, ANYBODY, ["outside"]),
        (1, None, ANYBODY, ["outside", "part", "stated"]),
        (0, 0, Compare("year", Op.EQ, 2020), ["cited", "stated"]),
        (0, 2, Compare("year", Op.EQ, 2020), ["cited", "outside", "stated"]),
        (0, 0, Not(Compare("year", Op.EQ, 2019)), ["cited", "stated"]),
    ],
)
def test_references(make, least: int, most: int | None, where: Any, papers: list[str]) -> None:
    """Those that are not in the graph count, and nothing of them is known."""
    condition = Quantifier(EDGES["references"], where, least, most)
    assert sorted(titled(make, _citing(), Select(condition))) == papers


def test_nothing_is_known_of_citations_where_the_graph_has_none(make) -> None:
    draft = Draft()
    draft.paper("p")
    nobody, uncited = Quantifier(EDGES["cited_by"], All(), 0, 0), Compare("citation_count", Op.EQ, 0)
    for where in (nobody, Not(nobody), uncited, Not(uncited), Compare("citation_count", Op.LTE, 9)):
        assert titled(make, draft, Select(where)) == []
    draft.paper("q", cites=["p"])
    assert titled(make, draft, Select(nobody)) == titled(make, draft, Select(uncited)) == ["q"]


def test_citing_works_outside_the_graph_are_known_citations(make) -> None:
    draft = Draft()
    draft.paper("outside", unresolved_citations=["doi:10.9/x", "doi:10.9/y"])
    draft.paper("uncited")
    citing = EDGES["cited_by"]
    assert titled(make, draft, Select(Compare("citation_count", Op.EQ, 0))) == ["uncited"]
    assert titled(make, draft, Select(Quantifier(citing, All(), 2, 2))) == ["outside"]
    assert titled(make, draft, Select(Quantifier(citing, All(), 0, 0))) == ["uncited"]
    # Nothing else is known of a citing work outside.
    assert titled(make, draft, Select(Quantifier(citing, YEAR_2020, 1, None))) == []
    assert titled(make, draft, Select(Quantifier(citing, YEAR_2020, 0, 0))) == ["uncited"]
    assert titled(make, draft, Select(Quantifier(citing, YEAR_2020, 0, 1))) == ["uncited"]


@pytest.mark.parametrize(
    ("outside", "counts", "h"),
    [([], [None, None], None), (["doi:10.9/x", "doi:10.9/y"], [2, 0], 1)],
)
def test_counts_of_citations_are_null_where_none_is_known(
    make, outside: list[str], counts: list[int | None], h: int | None
) -> None:
    draft = Draft()
    draft.paper("cited", ["ann@lab"], unresolved_citations=outside)
    draft.paper("uncited", ["bob@mill"])
    store = make(draft.facts())
    rows = np.arange(2, dtype=np.int32)
    expected = {Kind.PAPER: ["cited", "uncited"], Kind.AUTHOR: ["ann", "bob"], Kind.INSTITUTION: ["lab", "mill"]}
    for kind, keys in expected.items():
        names, citation_counts = answer(store.values(kind, rows, ["title" if kind is Kind.PAPER else "name", "citation_count"]))
        assert dict(zip(names, citation_counts, strict=True)) == dict(zip(keys, counts, strict=True))
        ranked = answer(store.find(kind, Select(order=(Order("citation_count", descending=True),)))).rows
        assert len(ranked) == 2
        assert outside == [] or names[ranked[0]] == keys[0]
    names, indices = answer(store.values(Kind.AUTHOR, rows, ["name", "h_index"]))
    assert dict(zip(names, indices, strict=True))["ann"] == h


def _people(make, draft: Draft, where: Any) -> list[str]:
    return sorted(named(draft, Kind.AUTHOR, answer(make(draft.facts()).find(Kind.AUTHOR, Select(where))))[0])


def test_people_without_known_papers_and_affiliations(make) -> None:
    draft = Draft()
    draft.paper("p", ["ann@lab", "bob", "cy@mill"], institutions=[])
    draft.paper("q", ["ann", "cy@mill"], year=2020)
    draft.author("dee")
    papers, lab = EDGES["author_papers"], Compare("name", Op.EQ, "lab")
    assert _people(make, draft, Quantifier(papers, All(), 0, 0)) == []
    assert _people(make, draft, Quantifier(papers, Compare("year", Op.EQ, 2019), 0, 0)) == []
    assert _people(make, draft, Quantifier(papers, All(), 1, 1)) == ["bob"]
    places = EDGES["affiliations"]
    assert _people(make, draft, Quantifier(places, lab)) == ["ann"]
    assert _people(make, draft, Quantifier(places, lab, 0, 0)) == ["cy"]
    assert _people(make, draft, Not(Quantifier(places, lab, 0, 0))) == ["ann"]


def test_institutions_of_a_paper_are_known_where_everybody_has_one_or_the_paper_has(make) -> None:
    draft = Draft()
    draft.paper("all", ["ann@lab", "bob@lab"])
    draft.paper("some", ["ann@lab", "bob"])
    draft.paper("whole", ["ann", "bob"], institutions=["lab"])
    draft.paper("cut", ["ann@lab"], author_list_complete=False, author_count=None)
    draft.paper("none", ["ann"])
    draft.paper("unsaid", [])
    elsewhere = Quantifier(EDGES["paper_institutions"], Compare("name", Op.EQ, "mill"), 0, 0)
    assert sorted(titled(make, draft, Select(elsewhere))) == ["all", "whole"]
    assert sorted(titled(make, draft, Select(Quantifier(EDGES["paper_institutions"], All(), 1, 1)))) == ["all", "whole"]
    assert titled(make, draft, Select(Not(elsewhere))) == []


def test_ids_are_never_unknown(make) -> None:
    draft = Draft()
    draft.paper("p")
    assert titled(make, draft, Select(Not(Compare("id", Op.EQ, "nonsense")))) == ["p"]
    assert len(draft.nodes[PAPER]) == 1


def _placed() -> Draft:
    """Papers of institutions in two countries, of one without a country, of none, and with countries that authorships state."""
    draft = Draft()
    draft.institution("lab", country_code="DE")
    draft.institution("uni", country_code="US")
    draft.institution("mill")
    draft.paper("both", ["ann@lab", "bob@uni"], author_count=2)
    draft.paper("german", ["ann@lab"], author_count=1)
    draft.paper("half", ["ann@lab", "cy"], author_count=2)
    draft.paper("mill", ["dee@mill"], author_count=1)
    draft.paper("nowhere", ["eve"], author_count=1)
    draft.paper("stated", [], author_count=1)
    draft.printed("stated", "fay", 1, "fay", ["lab", "mill"], country_codes=[None, "FR"])
    draft.paper("twice", [], author_count=2)
    draft.printed("twice", "fay", 1, "fay", ["lab"])
    draft.printed("twice", "fay", 2, "fay", ["lab"], country_codes=["PL"])
    return draft


@pytest.mark.parametrize(
    ("where", "papers", "people"),
    [
        (InCountry(Op.EQ, "DE"), ["both", "german", "half", "stated", "twice"], ["ann", "fay"]),
        (Not(InCountry(Op.EQ, "DE")), [], ["bob"]),
        (InCountry(Op.IN, ("US", "FR")), ["both", "stated"], ["bob", "fay"]),
        # Of the mill's own country nothing is known, nor where the other author of "half" was.
        (Not(InCountry(Op.EQ, "US")), ["german", "twice"], ["ann"]),
        (InCountry(Op.EQ, "PL"), ["twice"], ["fay"]),
        (Not(InCountry(Op.EQ, "PL")), ["both", "german"], ["ann", "bob"]),
        (InCountry(Op.EQ_IGNORE_CASE, "fr"), ["stated"], ["fay"]),
        (InCountry(Op.EXISTS, True), ["both", "german", "half", "stated", "twice"], ["ann", "bob", "fay"]),
        (InCountry(Op.EXISTS, False), ["mill", "nowhere"], ["cy", "dee", "eve"]),
        (Not(InCountry(Op.EXISTS, False)), ["both", "german", "half", "stated", "twice"], ["ann", "bob", "fay"]),
        (Not(InCountry(Op.IN, ())), ["both", "german", "twice"], ["ann", "bob"]),
    ],
)
def test_countries(make, where: InCountry, papers: list[str], people: list[str]) -> None:
    draft = _placed()
    assert sorted(titled(make, draft, Select(where))) == papers
    found = answer(make(draft.facts()).find(Kind.AUTHOR, Select(where)))
    assert sorted(draft.key(Kind.AUTHOR, row) for row in found.rows.tolist()) == people

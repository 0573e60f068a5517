"""What `Store.expand` must do, clause by clause."""

import numpy as np
import pytest

from byline.graph.model import EDGES, Kind
from byline.graph.request import All, Compare, Hop, Not, OnEdge, Op, Order, Page, Select, Window
from byline.graph.store.contract.draft import Draft, node_id
from tests.contract.library import AUTHOR, CATEGORY, INSTITUTION, PAPER, VENUE, by_id, expand, library, named, twice
from tests.contract.stores import answer, lists


@pytest.mark.parametrize("edge", sorted(EDGES))
def test_answers_one_list_a_row_in_order_repeated_rows_included(make, edge: str) -> None:
    store, about = make(library().facts()), EDGES[edge]
    size = {AUTHOR: 4, PAPER: 5, INSTITUTION: 3, CATEGORY: 2, VENUE: 2, Kind.AUTHORSHIP: 9}[about.source]
    rows = [(0, 1), (1, 0), (0, 1)] if about.pair else [size - 1, 0, 1, 0, size - 1]
    shape = (-1, 2) if about.pair else (-1,)
    batch = np.array(rows, np.int32).reshape(shape)
    together = lists(answer(store.expand(Hop(about), batch, Select())))
    alone = [lists(answer(store.expand(Hop(about), batch[i : i + 1], Select())))[0] for i in range(len(rows))]
    assert together == alone
    assert lists(answer(store.expand(Hop(about), batch[:0], Select()))) == []


def test_each_far_end_once_a_list(make) -> None:
    draft = twice()
    papers = expand(make, draft, "author_papers", ["ann"], Select(values=("position",)))
    assert (named(draft, PAPER, papers), papers.values["position"].to_pylist()) == ([["p"]], [1])
    assert papers.edge_rows is not None
    assert papers.edge_rows.tolist() == [0]
    assert named(draft, AUTHOR, expand(make, draft, "coauthors", ["bob"])) == [by_id(AUTHOR, "ann", "cy")]


def test_the_printed_author_list_as_printed(make) -> None:
    draft = twice()
    for order in ((), (Order("position", on_edge=True),)):
        authors = expand(make, draft, "paper_authors", ["p"], Select(order=order, values=("position", "name_as_printed")))
        assert named(draft, AUTHOR, authors) == [["ann", "bob", "ann", "cy"]]
        assert authors.values["position"].to_pylist() == [1, 2, 3, None]
        assert authors.values["name_as_printed"].to_pylist() == ["ann", "bob", "ann", None]
        assert authors.edge_rows is not None
        assert authors.edge_rows.tolist() == [0, 1, 2, 3]


def test_a_cursor_tells_the_two_places_of_a_person_apart(make) -> None:
    draft, order = twice(), (Order("position", on_edge=True),)
    authors = expand(make, draft, "paper_authors", ["p"], Select(order=order, page=Page(1, (1, node_id(AUTHOR, "ann")))))
    assert named(draft, AUTHOR, authors) == [["bob"]]
    authors = expand(make, draft, "paper_authors", ["p"], Select(order=order, page=Page(9, (3, node_id(AUTHOR, "ann")))))
    assert named(draft, AUTHOR, authors) == [["cy"]]


def test_never_the_row_itself_among_coauthors_or_collaborations(make) -> None:
    draft = library()
    assert named(draft, AUTHOR, expand(make, draft, "coauthors", ["ann", "dee"])) == [by_id(AUTHOR, "bob", "cy"), []]
    assert named(draft, INSTITUTION, expand(make, draft, "collaborations", ["lab", "mill"])) == [["uni"], []]


def test_filters_before_paging(make) -> None:
    draft = library()
    select = Select(Compare("year", Op.GTE, 2021), (Order("year"),), Page(first=1), total=True)
    papers = expand(make, draft, "author_papers", ["ann"], select)
    assert (named(draft, PAPER, papers), papers.totals.tolist(), papers.has_next.tolist()) == ([["p2"]], [2], [True])


def test_conditions_on_edges(make) -> None:
    """On values of the hop, beside those on nodes; what is unknown of an edge fits neither a condition nor its negation."""
    draft, shared = library(), Compare("paper_count", Op.GTE, 3)
    assert named(draft, AUTHOR, expand(make, draft, "coauthors", ["ann"], Select(OnEdge(shared), total=True))) == [["bob"]]
    both = All((Not(Compare("id", Op.EQ, node_id(AUTHOR, "bob"))), OnEdge(Not(shared))))
    assert named(draft, AUTHOR, expand(make, draft, "coauthors", ["ann"], Select(both))) == [["cy"]]
    assert named(draft, AUTHOR, expand(make, draft, "coauthors", ["ann"], Select(Not(both)))) == [["bob"]]
    late = expand(make, draft, "coauthors", ["ann"], Select(OnEdge(shared)), Window(first_year=2021))
    assert named(draft, AUTHOR, late) == [[]]
    behind = Compare("position", Op.GT, 1)
    printed = [expand(make, twice(), "paper_authors", ["p"], Select(OnEdge(where))) for where in (behind, Not(behind))]
    assert [named(twice(), AUTHOR, authors) for authors in printed] == [[["bob", "ann"]], [["ann"]]]
    no_place = Select(OnEdge(Compare("position", Op.EXISTS, False)))
    assert named(twice(), AUTHOR, expand(make, twice(), "paper_authors", ["p"], no_place)) == [["cy"]]


def test_values_of_coauthors(make) -> None:
    select = Select(order=(Order("weight", True, True),), values=EDGES["coauthors"].values)
    coauthors = expand(make, library(), "coauthors", ["ann"], select)
    values = {name: value.to_pylist() for name, value in coauthors.values.items()}
    assert values == {
        "paper_count": [3, 2],
        "first_year": [2020, 2020],
        "last_year": [2022, 2022],
        "weight": [1.5, 0.5],
        "uncounted_papers": [1, 1],
    }


def test_weights_are_added_in_the_order_of_the_papers_rows(make) -> None:
    draft, counts = Draft(), [2, 4, 8, 11, 14, 26, 31, 50]
    for count in counts:
        draft.paper(str(count), ["ann", "bob"], author_count=count, year=2020)
    in_order = [1 / (int(draft.key(PAPER, row)) - 1) for row in range(len(counts))]
    forward, backward = 0.0, 0.0
    for one, other in zip(in_order, reversed(in_order), strict=True):
        forward, backward = forward + one, backward + other
    assert forward != backward
    for window in (None, Window(first_year=2020)):
        coauthors = expand(make, draft, "coauthors", ["ann"], Select(values=("weight",)), window)
        assert coauthors.values["weight"].to_pylist() == [forward]


def test_a_number_of_authors_below_those_known_does_not_count_for_less(make) -> None:
    draft = Draft()
    draft.paper("p", ["ann", "bob", "cy"], author_count=1)
    assert expand(make, draft, "coauthors", ["ann"], Select(values=("weight",))).values["weight"].to_pylist() == [0.5, 0.5]


def test_computes_edge_values_from_the_papers_of_the_window_alone(make) -> None:
    draft, select = library(), Select(values=("paper_count", "first_year", "last_year"))
    for window, people, count in (
        (Window(2021, 2021), ["bob"], 1),
        (Window(max_authors=2), ["bob"], 1),
        (Window(2023), [], None),
    ):
        coauthors = expand(make, draft, "coauthors", ["ann"], select, window)
        assert named(draft, AUTHOR, coauthors) == [people]
        assert coauthors.values["paper_count"].to_pylist() == [count] * len(people)
    institutions = expand(make, draft, "affiliations", ["bob"], select, Window(last_year=2020))
    assert (named(draft, INSTITUTION, institutions), institutions.values["last_year"].to_pylist()) == (
        [by_id(INSTITUTION, "lab", "uni")],
        [2020, 2020],
    )
    authors = expand(make, draft, "institution_authors", ["uni"], select, Window(first_year=2021))
    assert named(draft, AUTHOR, authors) == [by_id(AUTHOR, "ann", "bob")]


def test_a_paper_of_unknown_year_fits_no_bound(make) -> None:
    draft = Draft()
    draft.paper("p", ["ann@lab", "bob@uni"], ["cs"], year=None)
    for edge, key in (("coauthors", "ann"), ("affiliations", "ann"), ("collaborations", "lab"), ("category_authors", "cs")):
        for window, ends in ((Window(first_year=0), 0), (Window(last_year=9999), 0), (Window(), 1), (None, 1)):
            assert bool(len(expand(make, draft, edge, [key], Select(), window).rows)) == bool(ends)


def test_two_people_and_two_institutions_share_papers(make) -> None:
    draft = library()
    newest = Select(order=(Order("year", descending=True),))
    papers = expand(make, draft, "joint_papers", [("ann", "cy"), ("ann", "dee")], newest)
    assert named(draft, PAPER, papers) == [["p4", "p1"], []]
    papers = expand(make, draft, "joint_papers", [("ann", "cy")], newest, Window(last_year=2020))
    assert named(draft, PAPER, papers) == [["p1"]]
    assert named(draft, PAPER, expand(make, draft, "common_papers", [("lab", "uni"), ("lab", "mill")])) == [["p1"], []]


def test_two_papers_share_what_they_cite_and_what_cites_them(make) -> None:
    draft = Draft()
    draft.paper("a", cites=["x", "y"], year=2001)
    draft.paper("b", cites=["y", "x", "z"], year=2002)
    draft.paper("x", year=1990)
    draft.paper("y", year=1995)
    draft.paper("z", cites=["x"], year=None)
    newest = Select(order=(Order("year", descending=True),))
    pairs = [("a", "b"), ("b", "a"), ("a", "z"), ("x", "x"), ("b", "b")]
    cited = named(draft, PAPER, expand(make, draft, "shared_references", pairs, newest))
    assert cited == [["y", "x"], ["y", "x"], ["x"], [], ["y", "x", "z"]]
    citing = named(draft, PAPER, expand(make, draft, "shared_citations", [("x", "y"), ("z", "y"), ("x", "a")], newest))
    assert citing == [["b", "a"], ["b"], []]


def test_affiliations_come_from_authorships_alone(make) -> None:
    draft = library()
    assert named(draft, AUTHOR, expand(make, draft, "institution_authors", ["mill"])) == [[]]
    assert named(draft, INSTITUTION, expand(make, draft, "affiliations", ["ann"])) == [by_id(INSTITUTION, "lab", "uni")]
    assert named(draft, PAPER, expand(make, draft, "institution_papers", ["mill"])) == [["p3"]]
    assert named(draft, INSTITUTION, expand(make, draft, "paper_institutions", ["p3", "p1"])) == [
        ["mill"],
        by_id(INSTITUTION, "lab", "uni"),
    ]


def test_venues_have_papers_and_the_authors_of_those(make) -> None:
    draft = library()
    assert named(draft, VENUE, expand(make, draft, "paper_venue", ["p1", "p3", "p4"])) == [["letters"], ["workshop"], []]
    assert named(draft, PAPER, expand(make, draft, "venue_papers", ["letters", "workshop"])) == [by_id(PAPER, "p1", "p2"), ["p3"]]
    most = Select(
        order=(Order("paper_count", descending=True, on_edge=True), Order("name_fold")), values=("paper_count", "last_year")
    )
    authors = expand(make, draft, "venue_authors", ["letters"], most)
    assert named(draft, AUTHOR, authors) == [["ann", "bob", "cy"]]
    assert [authors.values[name].to_pylist() for name in most.values] == [[2, 2, 1], [2021, 2021, 2020]]
    later = expand(make, draft, "venue_authors", ["letters"], Select(order=(Order("name_fold"),)), Window(first_year=2021))
    assert named(draft, AUTHOR, later) == [["ann", "bob"]]


def test_categories_cover_what_lies_below_them_even_in_a_circle(make) -> None:
    draft = library()
    assert named(draft, PAPER, expand(make, draft, "category_papers", ["cs.CL", "cs"])) == [["p1"], by_id(PAPER, "p1", "p2")]
    draft.category("cs", parent="cs.CL")
    assert named(draft, PAPER, expand(make, draft, "category_papers", ["cs.CL"])) == [by_id(PAPER, "p1", "p2")]
    assert named(draft, AUTHOR, expand(make, draft, "category_authors", ["cs.CL"])) == [by_id(AUTHOR, "ann", "bob", "cy")]


def test_citations_to_itself_and_in_a_circle(make) -> None:
    draft = Draft()
    draft.paper("a", cites=["a", "b"])
    draft.paper("b", cites=["a"])
    assert named(draft, PAPER, expand(make, draft, "references", ["a", "b"])) == [["b"], ["a"]], "a paper never cites itself"
    assert named(draft, PAPER, expand(make, draft, "cited_by", ["a", "b"])) == [["b"], ["a"]]


def test_links_of_an_authorship_and_a_paper_stay_in_the_order_of_the_source(make) -> None:
    draft = Draft()
    places = [f"place {i}" for i in range(6)]
    draft.paper("p", ["ann@" + "+".join(places)], [f"code {i}" for i in range(6)])
    assert named(draft, CATEGORY, expand(make, draft, "paper_categories", ["p"])) == [[f"code {i}" for i in range(6)]]
    institutions = answer(make(draft.facts()).expand(Hop(EDGES["authorship_institutions"]), np.zeros(1, np.int32), Select()))
    assert named(draft, INSTITUTION, institutions) == [places]

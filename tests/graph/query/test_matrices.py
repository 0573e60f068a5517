"""Matrices against written-out loops on every store: full counts, shares that sum to 1 a paper, what is unknown kept."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byline.graph.errors import BadInput
from byline.graph.model import Kind
from byline.graph.query.matrices import Matrix, MatrixArgs, matrix_of
from byline.graph.store.contract.draft import Draft
from tests.contract.graphs import drafts
from tests.contract.stores import STORES, answer
from tests.generated import examples

many = settings(max_examples=examples(200), deadline=None, suppress_health_check=list(HealthCheck))


def arguments(
    draft: Draft, kind: Kind, shared: bool, *keys: str, years: tuple[int | None, int | None] = (None, None)
) -> MatrixArgs:
    return MatrixArgs(kind, tuple(draft.nodes[kind][key]["id"] for key in keys), 10, *years, shared)


def whole(matrix: Matrix) -> float:
    cells = matrix.cells
    return float(cells.values.sum() + 2 * cells.others.sum() + 2 * cells.unknown.sum() + cells.rest)


@many
@given(drafts(), st.integers(0, 3), st.sampled_from([None, 2020]))
def test_full_counts_and_shares(draft: Draft, size: int, first: int | None) -> None:
    store = STORES["networkx"](draft.facts())
    papers = draft.nodes[Kind.PAPER]
    inside = {p for p, columns in papers.items() if first is None or (columns.get("year") or 0) >= first}
    of: dict[Kind, dict[str, set[str]]] = {kind: {paper: set() for paper in papers} for kind in (Kind.INSTITUTION, Kind.CATEGORY)}
    for paper, category in draft.paper_categories:
        of[Kind.CATEGORY][paper].add(category)
    for paper, institution in draft.paper_institutions:
        of[Kind.INSTITUTION][paper].add(institution)
    for one in draft.authorships:
        of[Kind.INSTITUTION][one["paper"]].update(one["institutions"])
    for kind, on in of.items():
        keys = list(draft.nodes[kind])[:size]
        full = answer(matrix_of(store, arguments(draft, kind, False, *keys, years=(first, None))))
        expected = [[sum({a, b} <= on[paper] for paper in inside) for b in keys] for a in keys]
        assert full.cells.values.tolist() == expected
        assert full.cells.papers == sum(bool(on[paper] & set(keys)) for paper in inside)
        assert full.cells.others.tolist() == [sum(a in on[p] and bool(on[p] - set(keys)) for p in inside) for a in keys]
        shared = answer(matrix_of(store, arguments(draft, kind, True, *keys, years=(first, None))))
        assert whole(shared) == pytest.approx(shared.cells.papers, abs=1e-6)
        assert (shared.cells.values == shared.cells.values.T).all()


@settings(many, max_examples=12)
@given(drafts(), st.booleans())
def test_stores_agree(draft: Draft, shared: bool) -> None:
    stores = [make(draft.facts()) for make in STORES.values()]
    for kind in (Kind.INSTITUTION, Kind.CATEGORY):
        first, *others = (answer(matrix_of(store, MatrixArgs(kind, None, 3, None, None, shared))) for store in stores)
        for other in others:
            assert other.rows.tolist() == first.rows.tolist()
            assert [part.tolist() for part in (other.cells.values, other.cells.others, other.cells.unknown)] == [
                part.tolist() for part in (first.cells.values, first.cells.others, first.cells.unknown)
            ]


def shelf() -> Draft:
    draft = Draft()
    draft.paper("two", ["ann@lab", "bob@uni+mill"], year=2020, author_count=2)
    draft.paper("half", ["ann@lab", "cy"], year=2020, author_count=2)
    draft.paper("hidden", ["ann@lab"], year=2020, author_count=4, author_list_complete=False)
    draft.paper("page", ["dee"], institutions=["lab", "uni"], year=2020, author_count=None, author_list_complete=False)
    return draft


@pytest.mark.parametrize("make", STORES.values(), ids=STORES)
def test_shares_by_hand(make) -> None:
    draft = shelf()
    matrix = answer(matrix_of(make(draft.facts()), arguments(draft, Kind.INSTITUTION, True, "lab", "uni")))
    # two: lab 1/2, uni 1/4, others 1/4; half: lab 1/2, unknown 1/2; hidden: lab 1/4, unknown 3/4; page: all unknown, since nobody
    # says how many authors share it.
    assert matrix.cells.values.tolist() == [[0.25 + 0.25 + 0.0625, 0.125], [0.125, 0.0625]]
    assert matrix.cells.others.tolist() == [0.125, 0.0625]
    assert matrix.cells.unknown.tolist() == [0.25 + 0.1875, 0.0]
    assert matrix.cells.rest == 0.0625 + 0.25 + 0.5625 + 1
    assert whole(matrix) == matrix.cells.papers == 4
    full = answer(matrix_of(make(draft.facts()), arguments(draft, Kind.INSTITUTION, False, "lab", "uni")))
    assert (full.cells.values.tolist(), full.cells.unknown.tolist()) == ([[4, 2], [2, 2]], [3, 1])


@pytest.mark.parametrize("make", STORES.values(), ids=STORES)
def test_the_top_breaks_ties_by_id(make) -> None:
    draft = Draft()
    for number, name in enumerate("gfedcba"):
        draft.category(f"c{number}", name=name)
        draft.institution(f"i{number}", name=name)
        draft.paper(f"p{number}", [], [f"c{number}"], institutions=[f"i{number}"], author_count=1)
    draft.paper("more", [], ["c3"], institutions=["i3"], author_count=1)
    store = make(draft.facts())
    for kind, most in ((Kind.CATEGORY, "c3"), (Kind.INSTITUTION, "i3")):
        first = draft.row(kind, most)
        others = [row for row in range(7) if row != first]
        for top in range(8):
            assert (
                answer(matrix_of(store, MatrixArgs(kind, None, top, None, None, False))).rows.tolist() == [first, *others][:top]
            )


@pytest.mark.parametrize("make", STORES.values(), ids=STORES)
def test_too_many_papers_are_refused_those_of_other_years_not_counted(make) -> None:
    draft = shelf()
    store, question = make(draft.facts()), arguments(draft, Kind.INSTITUTION, False, "lab")
    with pytest.raises(BadInput, match="read 4 papers, the maximum is 3"):
        answer(matrix_of(store, replace(question, most=3)))
    assert answer(matrix_of(store, replace(question, most=4))).cells.papers == 4
    assert answer(matrix_of(store, replace(question, most=3, last_year=2000))).cells.papers < 4


def test_nobody_chosen() -> None:
    matrix = answer(matrix_of(STORES["columnar"](Draft().facts()), MatrixArgs(Kind.INSTITUTION, None, 5, None, None, True)))
    assert (len(matrix.rows), matrix.cells.papers, whole(matrix)) == (0, 0, 0.0)
    assert np.asarray(matrix.cells.values).shape == (0, 0)

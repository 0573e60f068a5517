"""Matrices of countries against written-out loops on every store: full counts, shares that sum to 1 a paper, the unknown kept."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byline.graph.errors import BadInput
from byline.graph.model import Kind
from byline.graph.query.country_matrix import CountryArgs, CountryMatrix, country_codes, country_matrix_of
from byline.graph.store.contract.draft import Draft
from tests.contract.graphs import drafts
from tests.contract.stores import STORES, answer
from tests.generated import examples

many = settings(max_examples=examples(200), deadline=None, suppress_health_check=list(HealthCheck))
OTHERS, UNKNOWN = "others", "unknown"


def institution_shares(draft: Draft, paper: str) -> tuple[dict[str, Fraction], Fraction]:
    """What each institution has of a paper, and what is left to nobody."""
    columns = draft.nodes[Kind.PAPER][paper]
    named: dict[str, set[str]] = {}
    for one in draft.authorships:
        if one["paper"] == paper:
            named.setdefault(one["author"], set()).update(one["institutions"])
    whole = {institution for on, institution in draft.paper_institutions if on == paper}
    stated = columns.get("author_count")
    number = max(stated, len(named)) if stated is not None else len(named) if columns.get("author_list_complete") else 0
    if not number:
        return dict.fromkeys(whole.union(*named.values()), Fraction(0)), Fraction(1)
    shares: dict[str, Fraction] = {}
    for places in named.values():
        for place in places:
            shares[place] = shares.get(place, Fraction(0)) + Fraction(1, number * len(places))
    left, bare = 1 - sum(shares.values(), Fraction(0)), whole - set(shares)
    shares |= {place: left / len(bare) for place in bare}
    return shares, Fraction(0) if bare else left


def country_shares(draft: Draft, paper: str) -> dict[str, Fraction]:
    """What each country, and the unknown, has of a paper; those that are on it without a share have none of it."""
    shares, left = institution_shares(draft, paper)
    of: dict[str, Fraction] = {UNKNOWN: left} if left else {}
    for institution, share in shares.items():
        codes = {draft.nodes[Kind.INSTITUTION][institution].get("country_code")}
        for one in draft.authorships:
            if one["paper"] == paper:
                beside = zip(one["institutions"], one["country_codes"], strict=False)
                codes |= {code for place, code in beside if place == institution}
        known = codes - {None} or {UNKNOWN}
        for code in known:
            of[code] = of.get(code, Fraction(0)) + share / len(known)
    return of


def spelled(draft: Draft, codes: list[str], shared: bool, first: int | None) -> tuple[dict[tuple[str, str], Fraction], int]:
    """Every cell by its two ends, and the number of papers."""
    places, cells, number = [*codes, OTHERS, UNKNOWN], {}, 0
    for paper, columns in draft.nodes[Kind.PAPER].items():
        of = country_shares(draft, paper)
        if not set(codes) & set(of) or (first is not None and (columns.get("year") or 0) < first):
            continue
        number += 1
        at: dict[str, Fraction] = {}
        for code, share in of.items():
            place = code if code in places else OTHERS
            at[place] = at.get(place, Fraction(0)) + share if shared else Fraction(1)
        for one, other in product(at, at):
            cells[one, other] = cells.get((one, other), Fraction(0)) + at[one] * at[other]
    return cells, number


def agrees(matrix: CountryMatrix, cells: dict[tuple[str, str], Fraction], number: int) -> None:
    def cell(one: str, other: str) -> float:
        return round(float(cells.get((one, other), Fraction(0))), 9)

    codes, found = list(matrix.codes), matrix.cells
    near = {"abs": 2e-9, "rel": 0}
    assert found.papers == number
    assert found.values.ravel().tolist() == pytest.approx([cell(one, other) for one in codes for other in codes], **near)
    assert found.others.tolist() == pytest.approx([cell(code, OTHERS) for code in codes], **near)
    assert found.unknown.tolist() == pytest.approx([cell(code, UNKNOWN) for code in codes], **near)
    rest = sum(cell(one, other) for one, other in product((OTHERS, UNKNOWN), repeat=2))
    assert found.rest == pytest.approx(rest, abs=1e-8, rel=0)


def whole(matrix: CountryMatrix) -> float:
    cells = matrix.cells
    return float(cells.values.sum() + 2 * cells.others.sum() + 2 * cells.unknown.sum() + cells.rest)


@many
@given(drafts(), st.lists(st.sampled_from(["DE", "US", "FR"]), unique=True), st.booleans(), st.sampled_from([None, 2020]))
def test_full_counts_and_shares(draft: Draft, codes: list[str], shared: bool, first: int | None) -> None:
    args = CountryArgs(tuple(codes), 10, first, None, shared)
    matrices = [answer(country_matrix_of(make(draft.facts()), args)) for make in STORES.values()]
    for matrix in matrices:
        agrees(matrix, *spelled(draft, codes, shared, first))
        assert (matrix.cells.values == matrices[0].cells.values).all()
    if shared:
        assert whole(matrices[0]) == pytest.approx(matrices[0].cells.papers, abs=1e-6)


def shelf() -> Draft:
    draft = Draft()
    draft.institution("lab", country_code="DE")
    draft.institution("uni", country_code="US")
    draft.institution("mill")
    draft.paper("two", ["ann@lab", "bob@uni+mill"], year=2020, author_count=2)
    draft.paper("half", ["ann@lab", "cy"], year=2021, author_count=2)
    draft.paper("page", [], institutions=["lab", "uni"], author_count=None, author_list_complete=False)
    draft.paper("moved", [], author_count=1)
    draft.printed("moved", "ann", 1, "ann", ["lab", "mill"], country_codes=["AT", "US"])
    return draft


@pytest.mark.parametrize("make", STORES.values(), ids=STORES)
def test_shares_by_hand(make) -> None:
    store = make(shelf().facts())
    shared = answer(country_matrix_of(store, CountryArgs(("DE", "US"), 10, None, None, True)))
    # two: DE 1/2, US 1/4, unknown 1/4; half: DE 1/2, unknown 1/2; page: all unknown; moved: DE and AT 1/4 each, US 1/2.
    assert shared.cells.values.tolist() == [[0.25 + 0.25 + 0.0625, 0.125 + 0.125], [0.125 + 0.125, 0.0625 + 0.25]]
    assert shared.cells.others.tolist() == [0.0625, 0.125]
    assert shared.cells.unknown.tolist() == [0.125 + 0.25, 0.0625]
    assert shared.cells.rest == 0.0625 + 0.25 + 1 + 0.0625
    assert whole(shared) == shared.cells.papers == 4
    full = answer(country_matrix_of(store, CountryArgs(("DE", "US"), 10, None, None, False)))
    assert (full.cells.values.tolist(), full.cells.unknown.tolist()) == ([[4, 3], [3, 3]], [3, 2])
    some = answer(country_matrix_of(store, CountryArgs(None, 2, 2020, 2020, False)))
    assert (some.codes, some.cells.values.tolist()) == (("DE", "US"), [[1, 1], [1, 1]])


@pytest.mark.parametrize("make", STORES.values(), ids=STORES)
def test_the_first_have_most_papers_and_too_many_are_refused(make) -> None:
    store = make(shelf().facts())
    question = CountryArgs(None, 3, None, None, False)
    assert answer(country_matrix_of(store, question)).codes == ("DE", "US", "AT")
    assert answer(country_matrix_of(store, replace(question, first=0))).cells.papers == 0
    with pytest.raises(BadInput, match="read 4 papers, the maximum is 3"):
        answer(country_matrix_of(store, replace(question, most=3)))
    assert answer(country_matrix_of(store, replace(question, codes=("US",), most=3))).cells.papers == 3


def test_codes_are_two_letters() -> None:
    assert country_codes(["de", " US", "DE"]) == ("DE", "US")
    for wrong in ("Germany", "", "D1", "DEU", "ÄÖ"):
        with pytest.raises(BadInput, match="is no country code"):
            country_codes([wrong])

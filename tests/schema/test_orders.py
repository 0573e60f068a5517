"""Orders as keys."""

import pytest

from graph.errors import BadInput
from graph.where import NEWEST, Order
from schema.orders import (
    AuthorOrder,
    AuthorOrderField,
    CoauthorOrder,
    CoauthorOrderField,
    InstitutionOrder,
    InstitutionOrderField,
    PaperOrder,
    PaperOrderField,
    SortDirection,
    order_of,
)  # fmt: skip

UP = SortDirection.ASC


def test_without_an_order_the_default_holds() -> None:
    assert order_of(None, NEWEST) == NEWEST
    assert order_of([], NEWEST) == NEWEST


def test_descending_unless_told() -> None:
    given = [PaperOrder(by=PaperOrderField.YEAR), PaperOrder(by=PaperOrderField.TITLE, direction=UP)]
    assert order_of(given, ()) == (Order("year", True), Order("title_fold"))


def test_people_and_institutions() -> None:
    people = [AuthorOrder(by=field, direction=UP) for field in AuthorOrderField]
    columns = ["name_fold", "paper_count", "citation_count", "h_index", "core", "component_size", "clustering"]
    assert [key.column for key in order_of(people, ())] == columns
    places = [InstitutionOrder(by=field) for field in InstitutionOrderField]
    assert order_of(places, ()) == tuple(Order(c, True) for c in ("name_fold", "paper_count", "citation_count"))


def test_coauthors_are_ordered_by_the_hop_save_for_their_names() -> None:
    given = [CoauthorOrder(by=field, direction=UP) for field in CoauthorOrderField]
    assert {key.column: key.on_edge for key in order_of(given, ())} == {
        "paper_count": True,
        "weight": True,
        "last_year": True,
        "name_fold": False,
    }


def test_a_key_twice_is_refused() -> None:
    with pytest.raises(BadInput, match="twice"):
        order_of([PaperOrder(by=PaperOrderField.YEAR), PaperOrder(by=PaperOrderField.YEAR, direction=UP)], ())

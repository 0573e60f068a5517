"""Orders as keys."""

from enum import Enum

import pytest

from byline.graph.errors import BadInput
from byline.graph.request import NEWEST, Order
from byline.schema.build import make_schema
from byline.schema.inputs.orders import (
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


def test_without_a_direction_names_go_up_and_figures_down() -> None:
    orders = [PaperOrder(by=PaperOrderField.YEAR), PaperOrder(by=PaperOrderField.TITLE)]
    assert order_of(orders, ()) == (Order("year", True), Order("title_fold"))
    assert order_of([PaperOrder(by=PaperOrderField.LISTED, direction=None)], ()) == (Order("listed"),)
    down = [AuthorOrder(by=AuthorOrderField.NAME, direction=SortDirection.DESC)]
    assert order_of(down, ()) == (Order("name_fold", True),)


def test_people_and_institutions() -> None:
    people = [AuthorOrder(by=field, direction=UP) for field in AuthorOrderField]
    columns = ["name_fold", "paper_count", "citation_count", "coauthor_count", "h_index", "core"]
    columns += ["component_size", "clustering"]
    assert [key.column for key in order_of(people, ())] == columns
    places = [InstitutionOrder(by=field) for field in InstitutionOrderField]
    columns = ["paper_count", "citation_count", "author_count", "h_index"]
    assert order_of(places, ()) == (Order("name_fold"), *(Order(column, True) for column in columns))


@pytest.mark.parametrize("fields", [PaperOrderField, AuthorOrderField, InstitutionOrderField, CoauthorOrderField])
def test_every_value_says_which_way_it_goes(fields: type[Enum]) -> None:
    for value in make_schema()._schema.type_map[fields.__name__].values.values():  # type: ignore[attr-defined]
        up = value.description.endswith("Default direction: ASC.")
        assert up or value.description.endswith("Default direction: DESC.")
        input_ = next(
            each
            for each in (PaperOrder, AuthorOrder, InstitutionOrder, CoauthorOrder)
            if each.__name__ == fields.__name__.removesuffix("Field")
        )
        (key,) = order_of([input_(by=fields(value.value))], ())
        assert key.descending is not up


def test_coauthors_are_ordered_by_the_hop_save_for_their_names() -> None:
    orders = [CoauthorOrder(by=field, direction=UP) for field in CoauthorOrderField]
    assert {key.column: key.on_edge for key in order_of(orders, ())} == {
        "paper_count": True,
        "weight": True,
        "last_year": True,
        "name_fold": False,
    }


def test_a_key_twice_is_refused() -> None:
    with pytest.raises(BadInput, match="twice"):
        order_of([PaperOrder(by=PaperOrderField.YEAR), PaperOrder(by=PaperOrderField.YEAR, direction=UP)], ())

"""Orders as keys."""

from enum import Enum
from typing import Any

import pytest

from byline.graph.errors import BadInput
from byline.graph.request import NEWEST, Order
from byline.schema.build import make_schema
from byline.schema.inputs import edge_orders
from byline.schema.inputs.orders import (
    AuthorOrder,
    AuthorOrderField,
    CategoryOrder,
    CategoryOrderField,
    InstitutionOrder,
    InstitutionOrderField,
    PaperOrder,
    PaperOrderField,
    SortDirection,
    order_of,
)  # fmt: skip

UP = SortDirection.ASC
# The orders of lists whose edges have values, by name.
OF_EDGES = {name: order for name, order in vars(edge_orders).items() if name.endswith("Order")}
ORDERS = {each.__name__: each for each in (PaperOrder, AuthorOrder, InstitutionOrder, CategoryOrder)} | OF_EDGES


def fields_of(order: Any) -> type[Enum]:
    """The keys of an order."""
    fields: type[Enum] = order.__annotations__["by"]
    return fields


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


@pytest.mark.parametrize("name", ORDERS)
def test_every_value_says_which_way_it_goes(name: str) -> None:
    fields = fields_of(ORDERS[name])
    for value in make_schema()._schema.type_map[f"{name}Field"].values.values():  # type: ignore[attr-defined]
        up = value.description.endswith("Default direction: ASC.")
        assert up or value.description.endswith("Default direction: DESC.")
        (key,) = order_of([ORDERS[name](by=fields(value.value))], ())
        assert key.descending is not up


def test_categories_go_by_code_and_name_upwards() -> None:
    keys = order_of([CategoryOrder(by=field) for field in CategoryOrderField], ())
    assert keys[:2] == (Order("code"), Order("name"))
    assert all(key.descending for key in keys[2:])


def test_what_edges_have_comes_before_what_their_nodes_have() -> None:
    fields = fields_of(edge_orders.CoauthorOrder)
    people = [field.name for field in AuthorOrderField if field.name != "PAPER_COUNT"]
    own = ["PAPER_COUNT", "FIRST_YEAR", "LAST_YEAR", "WEIGHT", "UNCOUNTED_PAPERS"]
    assert [field.name for field in fields][: len(own)] == own
    assert {field.name for field in fields} == {*own, *people, "AUTHOR_PAPER_COUNT"}
    shared, whole = (edge_orders.CoauthorOrder(by=fields[name]) for name in ("PAPER_COUNT", "AUTHOR_PAPER_COUNT"))
    assert order_of([shared, whole], ()) == (Order("paper_count", True, True), Order("paper_count", True))
    places = fields_of(edge_orders.AffiliationOrder)
    assert {"PAPER_COUNT", "INSTITUTION_PAPER_COUNT"} <= {field.name for field in places}


@pytest.mark.parametrize("name", OF_EDGES)
def test_orders_have_keys_of_the_edge_and_all_keys_of_the_node(name: str) -> None:
    keys = order_of([OF_EDGES[name](by=field, direction=UP) for field in fields_of(OF_EDGES[name])], ())
    of_nodes = [field.value for fields in (AuthorOrderField, PaperOrderField, InstitutionOrderField) for field in fields]
    assert any(key.on_edge for key in keys)
    assert {key.column for key in keys if not key.on_edge} <= set(of_nodes)
    assert len(set(keys)) == len(keys)


def test_a_key_twice_is_refused() -> None:
    with pytest.raises(BadInput, match="twice"):
        order_of([PaperOrder(by=PaperOrderField.YEAR), PaperOrder(by=PaperOrderField.YEAR, direction=UP)], ())


def test_the_list_with_entries_of_one_person_says_what_settles_ties() -> None:
    """Somebody printed twice on a paper has one id and two places, and ties are settled by place."""
    fields = {name: make_schema()._schema.type_map[name].fields for name in ("Paper", "Author")}  # type: ignore[union-attr]
    assert "Ties are broken by place" in fields["Paper"]["authors"].args["orderBy"].description
    assert "Ties are broken by id" in fields["Author"]["coauthors"].args["orderBy"].description

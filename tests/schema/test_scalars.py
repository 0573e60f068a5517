"""Scalars that are ours: each says where it is specified, and instants are none that an argument takes."""

import re

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLScalarType,
    SourceLocation,
    get_named_type,
    is_specified_scalar_type,
    parse,
    validate,
)

from byline.schema.build import make_schema
from byline.schema.inputs.scalars import INSTANT

TYPES = make_schema()._schema.type_map


def test_each_says_where_it_is_specified() -> None:
    ours = [kind for kind in TYPES.values() if isinstance(kind, GraphQLScalarType) and not is_specified_scalar_type(kind)]
    assert {kind.name for kind in ours} == {"Date", "DateTime"}
    assert all(kind.specified_by_url for kind in ours)


def test_instants_are_answered_as_stores_have_them_and_never_taken() -> None:
    assert INSTANT.serialize is not None
    assert INSTANT.serialize("2026-01-02T03:04:05Z") == "2026-01-02T03:04:05Z"
    inputs = [kind for kind in TYPES.values() if isinstance(kind, GraphQLInputObjectType)]
    assert not [kind for kind in inputs for member in kind.fields.values() if get_named_type(member.type).name == "DateTime"]
    assert INSTANT.parse_value is not None
    with pytest.raises(GraphQLError, match='DateTime cannot represent value: "2026"'):
        INSTANT.parse_value("2026")


def test_a_literal_that_is_no_day_says_where_it_stands() -> None:
    text = """{ papers(where: {publishedOn: {in: ["2021-02-28",
      "2021-02-30"]}}) { totalCount } }"""
    (error,) = validate(make_schema()._schema, parse(text))
    assert error.message.startswith('Date cannot represent value: "2021-02-30". Give a day that there is')
    assert error.locations == [SourceLocation(2, 7)]


def test_every_sort_key_says_which_way_it_goes_by_itself() -> None:
    """Names, titles, codes and orders of a source go up, all else down; `tests/schema/test_orders.py` holds `order_of` to it."""
    upwards = re.compile(r"(.*_)?(NAME|TITLE|CODE|LISTED|POSITION)")
    keys = [kind for kind in TYPES.values() if isinstance(kind, GraphQLEnumType) and kind.name.endswith("OrderField")]
    assert len(keys) >= 4
    for kind in keys:
        for name, value in kind.values.items():
            direction = "ASC" if upwards.fullmatch(name) else "DESC"
            assert (value.description or "").endswith(f" Default direction: {direction}."), f"{kind.name}.{name}"

"""Everything in the schema is described: types, fields, arguments, input fields, enum values."""

import re
from collections.abc import Iterator
from enum import Enum

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    Undefined,
    is_specified_scalar_type,
)

from byline.schema.build import make_schema

SCHEMA = make_schema()._schema


def described() -> Iterator[tuple[str, str | None]]:
    """(coordinate, description) of everything that is ours; introspection's own types and GraphQL's scalars aside."""
    for name, kind in SCHEMA.type_map.items():
        if name.startswith("__") or is_specified_scalar_type(kind):
            continue
        yield name, kind.description
        if isinstance(kind, GraphQLEnumType):
            yield from ((f"{name}.{value}", each.description) for value, each in kind.values.items())
        if isinstance(kind, GraphQLInputObjectType | GraphQLObjectType | GraphQLInterfaceType):
            for field, declared in kind.fields.items():
                yield f"{name}.{field}", declared.description
                arguments = getattr(declared, "args", {})
                yield from ((f"{name}.{field}({each})", argument.description) for each, argument in arguments.items())


EVERY = dict(described())


def test_nothing_is_without_a_description() -> None:
    assert len(EVERY) > 500
    assert not [coordinate for coordinate, text in EVERY.items() if not text]


def test_descriptions_are_sentences() -> None:
    assert not [(at, text) for at, text in EVERY.items() if text and not re.fullmatch(r"[`\w](?!.*  ).*[^ ]\.", text, re.DOTALL)]


def test_defaults_are_told_as_they_are() -> None:
    """An argument with a default in the schema states it: "Default: 10."."""
    count = 0
    for name, kind in SCHEMA.type_map.items():
        for field, declared in getattr(kind, "fields", {}).items():
            for each, argument in getattr(declared, "args", {}).items():
                if name.startswith("__") or argument.default_value is Undefined:
                    continue
                value = argument.default_value
                shown = value.name if isinstance(value, Enum) else str(value).lower()
                assert f"Default: {shown}." in (argument.description or ""), f"{name}.{field}({each})"
                count += 1
    assert count > 10

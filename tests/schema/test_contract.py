"""The committed schema is the served one, and has everything of the contract, in the types that it states."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import DocumentNode, GraphQLSchema, build_schema, parse, print_ast

from byline.schema.build import sdl

FOLDER = Path(__file__).parents[2] / "schema"
CONTRACT = (FOLDER / "contract.graphql").read_text(encoding="utf-8")
# What issue 14 still brings: a coordinate, or what it is part of. Strike a name once it is here.
TO_COME: set[str] = set()


def members(document: DocumentNode) -> Iterator[tuple[str, str]]:
    """(coordinate, what it is) of every type, field, argument, input member and enum value."""
    for definition in document.definitions:
        name = definition.name.value
        directives = "".join(sorted(print_ast(d) for d in definition.directives or ()))
        interfaces = " & ".join(print_ast(i) for i in getattr(definition, "interfaces", None) or ())
        yield name, f"{definition.kind} {interfaces}{directives}"
        for field in getattr(definition, "fields", None) or ():
            default = print_ast(field.default_value) if getattr(field, "default_value", None) else None
            yield f"{name}.{field.name.value}", f"{print_ast(field.type)} = {default}"
            for argument in getattr(field, "arguments", None) or ():
                default = print_ast(argument.default_value) if argument.default_value else None
                yield f"{name}.{field.name.value}({argument.name.value})", f"{print_ast(argument.type)} = {default}"
        for value in getattr(definition, "values", None) or ():
            yield f"{name}.{value.name.value}", "value"


@pytest.fixture(scope="module")
def contract() -> dict[str, str]:
    return dict(members(parse(CONTRACT)))


@pytest.fixture(scope="module")
def ours() -> dict[str, str]:
    return dict(members(parse(sdl())))


def owner(coordinate: str) -> set[str]:
    """The coordinate and everything it is part of: "A.b(c)" -> {"A", "A.b", "A.b(c)"}."""
    field = coordinate.partition("(")[0]
    return {coordinate, field, field.partition(".")[0]}


def test_committed_schema_is_the_exported_one() -> None:
    committed = (FOLDER / "schema.graphql").read_text(encoding="utf-8")
    assert committed == sdl(), "run `byline schema > schema/schema.graphql`"


def test_the_contract_is_a_schema_in_itself() -> None:
    schema = build_schema(CONTRACT)
    assert isinstance(schema, GraphQLSchema)
    assert schema.query_type is not None


def test_the_schema_has_everything_of_the_contract(contract: dict[str, str], ours: dict[str, str]) -> None:
    promised = {coordinate: stated for coordinate, stated in contract.items() if not owner(coordinate) & TO_COME}
    assert {coordinate: ours.get(coordinate) for coordinate in promised} == promised


def test_what_the_contract_does_not_have_may_be_left_out(contract: dict[str, str], ours: dict[str, str]) -> None:
    """An argument or input member beside the contract's must be optional, or queries by the contract would fail."""
    added = {c for c in ours if c not in contract and not owner(c) & TO_COME}
    arguments = {c for c in added if "(" in c and c.partition("(")[0] in contract}
    inputs = {c for c in added if c.partition(".")[0] in contract and _is_input(c.partition(".")[0], ours)}
    assert not [c for c in arguments | inputs if ours[c].endswith("! = None")]


def _is_input(name: str, ours: dict[str, str]) -> bool:
    return ours.get(name, "").startswith("input_object")

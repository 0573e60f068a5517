"""The exported schema is committed, and what it lacks of the contract is what later work brings, nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import DocumentNode, parse, print_ast

from byline.schema.build import sdl

HERE = Path(__file__).parents[2]

# What is still to come, by the work that brings it. A name here that the schema has by now fails the test too.
TO_COME: dict[str, set[str]] = {}


# What issue 14 renamed or made a connection, with the name that it has now. One that the schema has after all fails the test too.
RENAMED = {
    "Author.network(maxNodes)": "Author.network(first)",
    "Query.network(maxNodes)": "Query.network(first)",
    "NetworkNode.community": "NetworkNode.cluster",
    "PaperMetrics.novelty": "PaperMetrics.categoryPairAtypicality",
}

# What we say otherwise than the contract, and why. One that is as the contract says fails the test too.
OTHERWISE = (
    {
        "Snapshot.builtAt": "DateTime! = None",
        "Date": 'scalar_type_definition @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc3339#section-5.6")',
    }
    | {
        f"{order}.direction": "SortDirection = None"  # Names go A to Z where no direction is given, figures the other way.
        for order in ("AuthorOrder", "CoauthorOrder", "InstitutionOrder", "PaperOrder")
    }
    | {
        f"{owner}.citationCount": "Int = None"  # Null where the graph knows no citation at all: what is unknown is not zero.
        for owner in ("Paper", "AuthorMetrics", "PaperMetrics")
    }
)


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
    path = HERE.parent / "shared" / "contract.graphql"
    if not path.exists():
        pytest.skip(f"{path} is not beside this checkout")
    return dict(members(parse(path.read_text(encoding="utf-8"))))


def owner(coordinate: str) -> set[str]:
    """The coordinate and everything it is part of: "A.b(c)" -> {"A", "A.b", "A.b(c)"}."""
    field = coordinate.partition("(")[0]
    return {coordinate, field, field.partition(".")[0]}


def test_committed_schema_is_the_exported_one() -> None:
    committed = (HERE / "schema" / "schema.graphql").read_text(encoding="utf-8")
    assert committed == sdl(), "run `byline schema > schema/schema.graphql`"


def test_only_what_is_to_come_is_missing(contract: dict[str, str]) -> None:
    ours = dict(members(parse(sdl())))
    to_come = set().union(*TO_COME.values())
    missing = {coordinate for coordinate in contract if coordinate not in ours and not owner(coordinate) & to_come}
    assert set(RENAMED) <= missing, "still here: strike it from RENAMED"
    assert set(RENAMED.values()) <= set(ours)
    missing -= set(RENAMED)
    assert not missing
    assert not {coordinate for coordinate in to_come if coordinate in ours}, "already here: strike it from TO_COME"
    assert to_come <= set(contract), "named in TO_COME but not in the contract"


def test_what_is_here_is_as_the_contract_says(contract: dict[str, str]) -> None:
    ours = dict(members(parse(sdl())))
    # An argument with a default is nullable: null means the default.
    nullable = {c: stated if stated.endswith("! = None") else stated.replace("! = ", " = ") for c, stated in contract.items()}
    different = {c: ours[c] for c, stated in nullable.items() if c in ours and ours[c] != stated}
    assert different == OTHERWISE


def test_additions_do_not_break_old_queries(contract: dict[str, str]) -> None:
    """An argument or input member that the contract does not have must be optional."""
    ours = dict(members(parse(sdl())))
    added = {c for c in ours if c not in contract}
    arguments = {c for c in added if "(" in c and c.partition("(")[0] in contract}
    inputs = {c for c in added if c.partition(".")[0] in contract and _is_input(c.partition(".")[0], ours)}
    assert not [c for c in arguments | inputs if ours[c].endswith("! = None")]


def _is_input(name: str, ours: dict[str, str]) -> bool:
    return ours[name].startswith("input_object")

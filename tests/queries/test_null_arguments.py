"""Null for an argument is as if it were not given: literal and variable, planned and resolved, for every argument there is."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    NameNode,
    NullValueNode,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    Undefined,
    VariableDefinitionNode,
    VariableNode,
    is_non_null_type,
    is_required_argument,
    parse,
    parse_type,
    print_ast,
    visit,
)  # fmt: skip
from graphql.language.visitor import Visitor

from byline.graph.store.protocol import Store
from byline.schema.build import make_schema
from tests.contract.stores import STORES
from tests.queries.answers import respond
from tests.queries.corpus import Case, corpus, resolve
from tests.queries.graphs import rich
from tests.queries.test_planned import planned, planner

SCHEMA = make_schema()
CORE = SCHEMA._schema


def declared() -> Iterator[tuple[str, Any]]:
    """(coordinate, declaration) of every argument and every input member."""
    for name, kind in CORE.type_map.items():
        for field, definition in {} if name.startswith("__") else getattr(kind, "fields", {}).items():
            if hasattr(definition, "args"):
                yield from ((f"{name}.{field}({each})", argument) for each, argument in definition.args.items())
            else:
                yield f"{name}.{field}", definition


def test_nothing_that_has_a_default_refuses_null() -> None:
    coordinates = dict(declared())
    assert len(coordinates) > 200
    both = [at for at, each in coordinates.items() if is_non_null_type(each.type) and each.default_value is not Undefined]
    assert not both, "Relay sends null for what is not set: `first: Int = 10`, null means the default"


class _Nulls(Visitor):
    """Gives null for every argument that a document leaves out: as a literal, or by a variable of its own."""

    def __init__(self, types: TypeInfo, by_variable: bool) -> None:
        super().__init__()
        self.added: set[str] = set()
        self.variables: dict[str, str] = {}
        self._types, self._by_variable = types, by_variable

    def enter_field(self, node: FieldNode, *_: Any) -> FieldNode:
        owner, field = self._types.get_parent_type(), self._types.get_field_def()
        given = {argument.name.value for argument in node.arguments or ()}
        more = []
        for name, argument in (field.args if field else {}).items():
            if owner and name not in given and not is_required_argument(argument) and not owner.name.startswith("__"):
                self.added.add(f"{owner.name}.{node.name.value}({name})")
                more.append(ArgumentNode(name=NameNode(value=name), value=self._null(str(argument.type))))
        return replace(node, arguments=(*(node.arguments or ()), *more))

    def _null(self, type_: str) -> NullValueNode | VariableNode:
        if not self._by_variable:
            return NullValueNode()
        name = self.variables.setdefault(type_, f"null{len(self.variables)}")
        return VariableNode(name=NameNode(value=name))


def nulled(text: str, by_variable: bool) -> tuple[str, dict[str, None], set[str]]:
    """The document with null for what it leaves out, the variables that this adds, and the arguments by coordinate."""
    types = TypeInfo(CORE)
    nulls = _Nulls(types, by_variable)
    document: DocumentNode = visit(parse(text), TypeInfoVisitor(types, nulls))
    more = tuple(
        VariableDefinitionNode(variable=VariableNode(name=NameNode(value=name)), type=parse_type(type_), directives=())
        for type_, name in nulls.variables.items()
    )
    definitions = tuple(
        replace(part, variable_definitions=(*(part.variable_definitions or ()), *more))
        if isinstance(part, OperationDefinitionNode)
        else part
        for part in document.definitions
    )
    return print_ast(replace(document, definitions=definitions)), dict.fromkeys(nulls.variables.values()), nulls.added


def chosen() -> dict[str, tuple[Case, set[str]]]:
    """A few cases of the corpus that leave out, taken together, every argument that may be left out."""
    cases, covered = {}, set[str]()
    for case in corpus():
        if case.operation_name is None and not case.errors(rich=True) and not case.introspects:
            *_, added = nulled(case.text, False)
            if not added <= covered:
                cases[case.name] = case, added
                covered |= added
    return cases


CHOSEN = chosen()


@pytest.fixture(scope="module")
def store() -> Store:
    return STORES["columnar"](rich())


def test_every_argument_that_may_be_left_out_is_given_as_null_somewhere() -> None:
    covered = set().union(*(added for _, added in CHOSEN.values()))
    assert covered == {at for at, each in declared() if "(" in at and not is_required_argument(each)}


@pytest.mark.parametrize("by_variable", [False, True], ids=["literal", "variable"])
@pytest.mark.parametrize("name", CHOSEN)
def test_null_answers_as_what_is_not_given(name: str, by_variable: bool, store: Store) -> None:
    case, _ = CHOSEN[name]
    given = resolve(case, store)
    text, more, _ = nulled(case.text, by_variable)
    for variables in [given | more] + [given] * by_variable:
        assert respond(SCHEMA, store, text, variables) == respond(SCHEMA, store, case.text, given)
        answer = planned(planner(), store, text, variables)
        assert answer is not None
        assert answer == planned(planner(), store, case.text, given)

"""Operation to plan. Aliases, merged fields and __typename are settled here."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeAlias

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    OperationDefinitionNode,
    Undefined,
    VariableNode,
    get_named_type,
)
from strawberry.schema import Schema
from strawberry.types.field import StrawberryField

from byline.graph.model import IDENTIFIED, Kind
from byline.graph.query import operators as ops
from byline.graph.query.slots import ConnectionArgs, Slot
from byline.graph.request import EVERYTHING
from byline.schema.compile.coerce import Arguments, Variables, arguments_of
from byline.schema.compile.introspection import introspected, is_introspection
from byline.schema.compile.memo import memoized, variables_in
from byline.schema.context import Limits
from byline.schema.fields import FIELD, MEMBER, ListingField, Selected
from byline.schema.inputs.filters import where_of
from byline.schema.inputs.listing import both, understand
from byline.schema.selections import Selections
from byline.schema.types.node import TYPE_NAMES
from byline.schema.unplannable import Unplannable

Binder: TypeAlias = Callable[[Variables], Any]


class Compiler(Selections):
    """Compiles one operation for one setting of the variables that its directives name."""

    def __init__(self, schema: Schema, document: DocumentNode, limits: Limits, switches: Mapping[str, Any]) -> None:
        fragments = {part.name.value: part for part in document.definitions if isinstance(part, FragmentDefinitionNode)}
        super().__init__(schema._schema, fragments, switches)
        self.schema = schema
        self.limits = limits
        self.binders: list[Binder] = []
        # Whether something other than introspection is asked.
        self._beside = False

    def _members(
        self, nodes: Iterable[FieldNode | OperationDefinitionNode], type_name: str, kind: Kind | None
    ) -> tuple[Any, ...]:
        """The operators of a selection of a type."""
        operators: list[ops.Operator] = []
        for key, same in self.collect(nodes, type_name).items():
            name = same[0].name.value
            if name == "__typename":
                operators.append(ops.Const(key, type_name))
            elif is_introspection(name):
                operators.append(self._introspected(key, same))
            else:
                operators.append(self._planned(Selected(key, _field(self.schema, type_name, name), same, type_name, kind)))
        return tuple(operators)

    def _planned(self, selected: Selected) -> ops.Operator:
        declared = selected.field.metadata.get(FIELD, MEMBER)
        if declared is None:
            raise Unplannable(f"{selected.type_name}.{selected.field.python_name} has no plan")
        operator: ops.Operator = declared.plan(self, selected)
        return operator

    # ------------------------------------------------------------ what fields plan themselves with

    def bind(self, selected: Selected, use: Callable[[dict[str, Any]], Any]) -> Any:
        """See PlanCompiler."""
        arguments = self._arguments(selected)
        if not arguments.makers:
            return use(arguments.values({}))
        return self.slot(lambda variables: use(arguments.values(variables)))

    def slot(self, make: Binder) -> Slot:
        """See PlanCompiler."""
        self.binders.append(make)
        return Slot(len(self.binders) - 1)

    def connection_args(self, selected: Selected, declared: ListingField) -> Any:
        """See PlanCompiler. Where only `where` waits for variables, the rest is understood now."""
        arguments = self._arguments(selected)
        if set(arguments.makers) != {"where"}:
            return self.bind(selected, lambda coerced: understand(declared, coerced, self.limits))
        settled = understand(declared, arguments.settled, self.limits)
        make, limits = arguments.makers["where"], self.limits

        def filtered(variables: Variables) -> ConnectionArgs:
            filter_input = make(variables)
            where = EVERYTHING if filter_input is Undefined else where_of(filter_input, limits)
            # What is settled already are conditions on edges and years.
            return ConnectionArgs(settled.hop, replace(settled.select, where=both(where, settled.select.where)))

        return self.slot(memoized(filtered, variables_in(selected.nodes[0].arguments)))

    def _arguments(self, selected: Selected) -> Arguments:
        return arguments_of(self.schema, selected.nodes[0], selected.field, selected.type_name)

    def members(self, selected: Selected, kind: Kind | None = None) -> tuple[Any, ...]:
        """See PlanCompiler."""
        owner: Any = self.schema._schema.type_map[selected.type_name]
        named = get_named_type(owner.fields[selected.nodes[0].name.value].type)
        return self._members(selected.nodes, named.name, kind)

    def shape(self, nodes: Iterable[FieldNode], kind: Kind | None) -> ops.Shape:
        """See PlanCompiler."""
        assert kind is not None
        return ops.Shape(kind, self._members(nodes, TYPE_NAMES[kind], None))

    def shapes(self, nodes: Iterable[FieldNode]) -> tuple[ops.Shape, ...]:
        """See PlanCompiler."""
        nodes = list(nodes)
        return tuple(self.shape(nodes, kind) for kind in IDENTIFIED)

    # ------------------------------------------------------------ roots

    def roots(self, operation: OperationDefinitionNode) -> ops.Plan:
        """The whole operation."""
        fields = self.collect([operation], "Query")
        self._beside = not all(same[0].name.value.startswith("__") for same in fields.values())
        return ops.Plan(self._members([operation], "Query", None), len(self.binders))

    def _introspected(self, key: str, nodes: list[FieldNode]) -> ops.Introspected:
        """What the schema says, beside something that is planned."""
        if not self._beside:
            raise Unplannable("introspection")
        return ops.Introspected(key, introspected(self.schema, nodes, self.fragments))


@lru_cache(4096)
def _field(schema: Schema, type_name: str, name: str) -> StrawberryField:
    # Python names are turned into GraphQL's letter by letter: more than all else that a field costs.
    definition = schema.get_type_by_name(type_name)
    names = schema.config.name_converter
    return next(f for f in definition.fields if names.get_graphql_name(f) == name)  # type: ignore[union-attr]


def switches_of(document: DocumentNode) -> set[str]:
    """The variables that directives name anywhere in a document: those that shape a plan."""
    return set(_switches(document))


def _switches(node: Any) -> Iterator[str]:
    for directive in getattr(node, "directives", None) or ():
        yield from (a.value.name.value for a in directive.arguments or () if isinstance(a.value, VariableNode))
    inner = getattr(node, "definitions", None) or getattr(getattr(node, "selection_set", None), "selections", None) or ()
    for child in inner:
        yield from _switches(child)

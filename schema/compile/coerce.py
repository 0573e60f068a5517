"""Arguments and variables of a query, prepared once a document: what holds no variable is settled, the rest becomes a function.

The values are those that Strawberry would hand to a resolver. Whatever does not fit raises Unplannable, and the plain path words
the error.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    Undefined,
    ValueNode,
    VariableNode,
    get_variable_values,
    print_ast,
    value_from_ast,
)
from strawberry import ID, UNSET
from strawberry.schema import Schema
from strawberry.types.arguments import StrawberryArgument, convert_argument
from strawberry.types.base import StrawberryList, StrawberryOptional, get_object_definition
from strawberry.types.field import StrawberryField

from byline.graph.errors import BadFilter
from byline.schema.compile.extent import Extent, count_filter, count_variables
from byline.schema.context import Limits
from byline.schema.unplannable import UnfitVariables, Unplannable

Variables: TypeAlias = Mapping[str, Any]
Maker: TypeAlias = Callable[[Variables], Any]


@dataclass(frozen=True)
class Arguments:
    """The arguments of one field: the settled ones, and how the others are made from the variables."""

    settled: Mapping[str, Any]
    makers: Mapping[str, Maker]

    def values(self, variables: Variables) -> dict[str, Any]:
        """All of them, by the names that the resolver has for them; null as if it were not given. Raises Unplannable."""
        values = dict(self.settled)
        for name, maker in self.makers.items():
            value = maker(variables)
            if value is not Undefined and value is not None:
                values[name] = value
        return values


def arguments_of(schema: Schema, node: FieldNode, field: StrawberryField, type_name: str) -> Arguments:
    """The arguments that a field node gives."""
    declared = schema._schema.type_map[type_name].fields[node.name.value].args  # type: ignore[attr-defined]
    value_nodes = {argument.name.value: argument.value for argument in node.arguments or ()}
    settled: dict[str, Any] = {}
    makers: dict[str, Maker] = {}
    for name, argument in _named(schema, field):
        if argument.default is not UNSET and argument.default is not Undefined:
            settled[argument.python_name] = argument.default
        if name not in value_nodes:
            continue
        if _has_variable(value_nodes[name]):
            makers[argument.python_name] = maker(schema, value_nodes[name], declared[name].type, argument.type)
        elif (value := _constant(schema, value_nodes[name], declared[name].type, argument.type)) is not None:
            settled[argument.python_name] = value
    return Arguments(settled, makers)


@lru_cache(4096)
def _named(schema: Schema, field: StrawberryField) -> tuple[tuple[str, StrawberryArgument], ...]:
    """The arguments that a field has, each with its name in GraphQL."""
    return tuple((schema.config.name_converter.get_graphql_name(argument), argument) for argument in field.arguments)


def _graphql_name(schema: Schema, field: Any) -> str:
    return schema.config.name_converter.get_graphql_name(field)


def _has_variable(node: ValueNode) -> bool:
    if isinstance(node, VariableNode):
        return True
    if isinstance(node, ListValueNode):
        return any(_has_variable(value) for value in node.values)
    return isinstance(node, ObjectValueNode) and any(_has_variable(field.value) for field in node.fields)


def _constant(schema: Schema, node: ValueNode, wire: Any, kind: Any) -> Any:
    value = value_from_ast(node, wire)
    if value is Undefined:
        # The value stays unsaid: these words are counted, and it may be a megabyte long.
        raise Unplannable(f"a literal does not fit {wire}")
    return _converted(schema, value, kind)


def _converted(schema: Schema, value: Any, kind: Any) -> Any:
    return convert_argument(value, kind, schema.schema_converter.scalar_registry, schema.config)


def maker(schema: Schema, node: ValueNode, wire: Any, kind: Any) -> Maker:
    """A function from variables to the value of a literal; Undefined for a variable that was not given."""
    if isinstance(wire, GraphQLNonNull):
        return _never_null(maker(schema, node, wire.of_type, kind))
    kind = kind.of_type if isinstance(kind, StrawberryOptional) else kind
    if not _has_variable(node):
        value = _constant(schema, node, wire, kind)
        return lambda variables: value
    if isinstance(node, VariableNode):
        return _variable(schema, node.name.value, kind)
    if isinstance(wire, GraphQLList):
        return _listed(schema, node, wire, kind)
    assert isinstance(node, ObjectValueNode)
    assert isinstance(wire, GraphQLInputObjectType)
    return _object(schema, node, wire, kind)


def _never_null(inner: Maker) -> Maker:
    def make(variables: Variables) -> Any:
        value = inner(variables)
        if value is None:
            raise Unplannable("null where null cannot be")
        return value

    return make


def _variable(schema: Schema, name: str, kind: Any) -> Maker:
    if (get_object_definition(kind) is None and not isinstance(kind, StrawberryList)) or _of_scalars(kind):
        return lambda variables: variables.get(name, Undefined)

    def make(variables: Variables) -> Any:
        value = variables.get(name, Undefined)
        return value if value is Undefined or value is None else _converted(schema, value, kind)

    return make


def _of_scalars(kind: Any) -> bool:
    """Whether the values of a list are those that JSON has: nothing is to be made of them."""
    return isinstance(kind, StrawberryList) and kind.of_type in (ID, str, int, bool)


def _listed(schema: Schema, node: ValueNode, wire: Any, kind: Any) -> Maker:
    nodes = node.values if isinstance(node, ListValueNode) else (node,)
    makers = [maker(schema, entry, wire.of_type, kind.of_type) for entry in nodes]
    nullable = not isinstance(wire.of_type, GraphQLNonNull)

    def make(variables: Variables) -> list[Any]:
        values = [entry(variables) for entry in makers]
        if Undefined in values:
            if not nullable:
                raise Unplannable("an entry of a list was not given")
            values = [None if value is Undefined else value for value in values]
        return values

    return make


def _object(schema: Schema, node: ObjectValueNode, wire: GraphQLInputObjectType, kind: Any) -> Maker:
    definition = get_object_definition(kind, strict=True)
    fields = {_graphql_name(schema, field): field for field in definition.fields}
    makers = {
        fields[member.name.value].python_name: maker(
            schema, member.value, wire.fields[member.name.value].type, fields[member.name.value].type
        )
        for member in node.fields
    }
    one_of = definition.is_one_of

    def make(variables: Variables) -> Any:
        values = {name: value for name, entry in makers.items() if (value := entry(variables)) is not Undefined}
        if one_of and (len(values) != 1 or None in values.values()):
            raise Unplannable("exactly one member must be given")
        return kind(**values)

    return make


# What a JSON value must be, to be taken for a scalar as it is. Any other value goes the long way through graphql-core.
_SCALARS: dict[str, Callable[[Any], bool]] = {
    "Int": lambda value: type(value) is int and -(2**31) <= value < 2**31,
    "String": lambda value: type(value) is str,
    "ID": lambda value: type(value) is str,
    "Boolean": lambda value: type(value) is bool,
}


class Coercer:
    """From the JSON variables of a request to coerced ones, for one operation."""

    def __init__(
        self, schema: Schema, operation: OperationDefinitionNode, measure: Callable[[], Extent], limits: Limits, max_errors: int
    ) -> None:
        self._schema = schema._schema
        self._definitions = operation.variable_definitions or ()
        self._measure = measure
        self._extent: Extent | None = None
        self._limits, self._max_errors = limits, max_errors
        written = {each.variable.name.value: print_ast(each.type) for each in self._definitions}
        self._checks = {name: _check(type_) for name, type_ in written.items()}
        self._plain = all(self._checks.values()) and not any(each.default_value for each in self._definitions)
        self._filters = [name for name, type_ in written.items() if type_.strip("[]!").endswith("Filter")]
        self._short = self._plain and not any("[" in type_ for type_ in written.values())

    def __call__(self, variables: Mapping[str, Any]) -> Variables:
        """The coerced variables. Raises TooCostly before anything looks at them, UnfitVariables."""
        checks = self._checks
        if not self._short:
            self._count(variables)
        if (
            self._plain
            and variables.keys() >= checks.keys()
            and all(check(variables[name]) for name, check in checks.items() if check)
        ):
            return variables
        declared = {name: variables[name] for name in checks if name in variables}
        hidden = not self._limits.introspection
        read = get_variable_values(self._schema, self._definitions, declared, self._max_errors, hide_suggestions=hidden)
        if isinstance(read, list):
            raise UnfitVariables(read)
        return read.coerced

    def _count(self, variables: Mapping[str, Any]) -> None:
        if any(isinstance(variables.get(name), dict | list) for name in self._checks):
            extent = self._extent = self._extent or self._measure()
            count_variables(variables, {name: max(extent.uses[name], 1) for name in self._checks}, extent.values, self._limits)
            for name in self._filters:
                try:
                    count_filter(variables.get(name), self._limits)
                except BadFilter as error:
                    raise UnfitVariables([GraphQLError(error.message, original_error=error.afresh())]) from None


def _check(written: str) -> Callable[[Any], bool] | None:
    """The check for a type as written in a query; None for one that needs the long way."""
    name = written.rstrip("!")
    if name in _SCALARS:
        return _SCALARS[name]
    inner = name.strip("[]!")
    if name.startswith("[") and name == f"[{inner}!]" and inner in _SCALARS:
        check = _SCALARS[inner]
        return lambda value: type(value) is list and all(map(check, value))
    return None

"""Which parts of the schema a document uses, variables included, and which parts there are."""

from collections.abc import Iterator
from typing import Any

from graphql import (
    ArgumentNode,
    EnumValueNode,
    FieldNode,
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    Node,
    ObjectFieldNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableDefinitionNode,
    get_named_type,
    is_interface_type,
    is_object_type,
    is_specified_scalar_type,
    parse,
    type_from_ast,
    visit,
)  # fmt: skip
from graphql.language.visitor import Visitor


def parts(schema: GraphQLSchema) -> set[str]:
    """Every type, field, argument, input member and enum value: "Author", "Author.papers", "Author.papers(first)".

    The values of an enum that only answers hold are no part: no document can name them.
    """
    names: set[str] = set()
    input_types = set(_inputs(schema))
    for name, type_ in schema.type_map.items():
        if name.startswith("__") or is_specified_scalar_type(type_):
            continue
        names.add(name)
        if isinstance(type_, GraphQLEnumType):
            names |= {f"{name}.{value}" for value in type_.values if name in input_types}
        elif isinstance(type_, GraphQLInputObjectType):
            names |= {f"{name}.{member}" for member in type_.fields}
        elif is_object_type(type_) or is_interface_type(type_):
            names |= {f"{name}.{field}" for field in type_.fields}
            names |= {f"{name}.{field}({argument})" for field, definition in type_.fields.items() for argument in definition.args}
    return names


def _inputs(schema: GraphQLSchema) -> Iterator[str]:
    """The types that arguments and input members have."""
    for type_ in schema.type_map.values():
        for field in getattr(type_, "fields", {}).values():
            yield from (get_named_type(argument.type).name for argument in getattr(field, "args", {}).values())
            if isinstance(type_, GraphQLInputObjectType):
                yield get_named_type(field.type).name


class _Uses(Visitor):
    """Collects what a document uses into `parts`; `variables` are walked by the types that the document declares."""

    def __init__(self, schema: GraphQLSchema, types: TypeInfo, variables: dict[str, Any]) -> None:
        super().__init__()
        self.parts: set[str] = set()
        self._schema, self._types, self._variables = schema, types, variables

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        parent = self._types.get_parent_type()
        if parent is not None and not node.name.value.startswith("__"):
            self.parts |= {parent.name, f"{parent.name}.{node.name.value}"}
            self._output()

    def _output(self) -> None:
        output_type = get_named_type(self._types.get_type()) if self._types.get_type() else None
        if output_type is not None:
            self.parts.add(output_type.name)

    def enter_argument(self, node: ArgumentNode, _key: Any, _parent: Any, _path: Any, ancestors: list[Any]) -> None:
        owner, field = self._types.get_parent_type(), next(a for a in reversed(ancestors) if isinstance(a, Node))
        if isinstance(field, FieldNode) and owner is not None:
            self.parts.add(f"{owner.name}.{field.name.value}({node.name.value})")
        argument = self._types.get_argument()
        if isinstance(argument, GraphQLArgument):
            self.parts.add(get_named_type(argument.type).name)

    def enter_object_field(self, node: ObjectFieldNode, *_: Any) -> None:
        owner = get_named_type(self._types.get_parent_input_type())
        if owner is not None:
            self.parts |= {owner.name, f"{owner.name}.{node.name.value}"}
        member = get_named_type(self._types.get_input_type())
        self.parts |= {member.name} if member is not None else set()

    def enter_enum_value(self, node: EnumValueNode, *_: Any) -> None:
        owner = get_named_type(self._types.get_input_type())
        if owner is not None:
            self.parts.add(f"{owner.name}.{node.value}")

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: Any) -> None:
        declared: Any = type_from_ast(self._schema, node.type)
        self.parts |= set(_value_parts(declared, self._variables.get(node.variable.name.value)))


def _value_parts(type_: GraphQLInputType | None, value: Any) -> Iterator[str]:
    """What a variable's value uses."""
    if isinstance(type_, GraphQLNonNull | GraphQLList):
        for entry in value if isinstance(value, list) else [value]:
            yield from _value_parts(type_.of_type, entry)
    elif type_ is not None and value is not None:
        yield type_.name
        if isinstance(type_, GraphQLEnumType):
            yield f"{type_.name}.{value}"
        elif isinstance(type_, GraphQLInputObjectType):
            for name, member in value.items():
                yield f"{type_.name}.{name}"
                yield from _value_parts(type_.fields[name].type, member)


def used(schema: GraphQLSchema, text: str, variables: dict[str, Any]) -> set[str]:
    """The parts of the schema that a document with these variables uses."""
    types = TypeInfo(schema)
    uses = _Uses(schema, types, variables)
    visit(parse(text), TypeInfoVisitor(types, uses))
    return uses.parts

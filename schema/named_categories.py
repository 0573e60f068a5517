"""Category codes that the filters of an operation name, by the path of the field that is filtered.

They are read off the document and its variables: what is asked warns alike whatever is found, and however it is answered.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLObjectType,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
)

from byline.schema.selections import Selections
from byline.schema.unknown_categories import Filtered, Naming

Variables: TypeAlias = Mapping[str, Any]
Named: TypeAlias = tuple[str, Naming]
# What filters name: how the two members that take codes compare them, by their operators.
_WHOLE = {"eqIgnoreCase": Naming.FOLDED, "inIgnoreCase": Naming.FOLDED}
_MEMBERS = {
    ("PaperFilter", "category"): {"eq": Naming.TYPED, "in": Naming.TYPED} | _WHOLE,
    ("CategoryFilter", "code"): {"eq": Naming.EXACT, "in": Naming.EXACT} | _WHOLE,
}


@dataclass(frozen=True, slots=True)
class _Variable:
    """A variable in what is otherwise a value."""

    name: str


def categories_named(
    selections: Selections, operation: OperationDefinitionNode
) -> Sequence[Filtered] | Callable[[Variables], tuple[Filtered, ...]]:
    """What an operation names, or a function from its coerced variables to that. Raises Unplannable."""
    root = selections.types.get_root_type(operation.operation)
    filters = list(_filters(selections, [operation], root, ())) if root is not None else []
    settled = [(path, list(_codes(value, wire, {}))) for path, wire, value in filters if not _waits(value)]
    waiting = [(path, wire, value) for path, wire, value in filters if _waits(value)]

    def named(variables: Variables) -> tuple[Filtered, ...]:
        return _merged(settled + [(path, list(_codes(value, wire, variables))) for path, wire, value in waiting])

    return named if waiting else _merged(settled)


def _merged(found: Sequence[tuple[tuple[str, ...], list[Named]]]) -> tuple[Filtered, ...]:
    """By path, each code once: a field of an interface is met once for each type, and in no order that is the same everywhere."""
    by_path: dict[tuple[str, ...], set[Named]] = {}
    for path, codes in found:
        if codes:
            by_path.setdefault(path, set()).update(codes)
    return tuple((path, tuple(sorted(codes))) for path, codes in sorted(by_path.items()))


def _filters(
    selections: Selections,
    nodes: Sequence[FieldNode | OperationDefinitionNode],
    owner: GraphQLObjectType,
    path: tuple[str, ...],
) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """Arguments that are filters or hold some: the path of their field, their type, and their value."""
    for key, same in selections.collect(nodes, owner.name).items():
        field: GraphQLField | None = owner.fields.get(same[0].name.value)
        if field is None:  # introspection
            continue
        for argument in same[0].arguments or ():
            wire = field.args[argument.name.value].type
            if get_named_type(wire).name.endswith("Filter"):
                yield (*path, key), wire, _value(argument.value)
        inner: Any = get_named_type(field.type)
        if same[0].selection_set is not None:
            for each in selections.types.get_possible_types(inner) if is_abstract_type(inner) else (inner,):
                yield from _filters(selections, same, each, (*path, key))


def _value(node: ValueNode) -> Any:
    match node:
        case VariableNode():
            return _Variable(node.name.value)
        case ListValueNode():
            return [_value(entry) for entry in node.values]
        case ObjectValueNode():
            return {member.name.value: _value(member.value) for member in node.fields}
        case _:
            return getattr(node, "value", None)


def _waits(value: Any) -> bool:
    if isinstance(value, dict | list):
        return any(map(_waits, value.values() if isinstance(value, dict) else value))
    return isinstance(value, _Variable)


def _codes(value: Any, wire: Any, variables: Variables) -> Iterator[Named]:
    """The codes in a value of a type."""
    wire, value = get_nullable_type(wire), _given(value, variables)
    if isinstance(wire, GraphQLList):
        for entry in value if isinstance(value, list) else [value]:
            yield from _codes(entry, wire.of_type, variables)
    elif isinstance(wire, GraphQLInputObjectType) and isinstance(value, dict):
        for name, member in value.items():
            naming = _MEMBERS.get((wire.name, name))
            if naming is None:
                yield from _codes(member, wire.fields[name].type, variables)
            else:
                yield from _compared(_given(member, variables), naming, variables)


def _compared(conditions: Any, naming: Mapping[str, Naming], variables: Variables) -> Iterator[Named]:
    for op, operand in conditions.items() if isinstance(conditions, dict) else ():
        value = _given(operand, variables)
        for entry in value if isinstance(value, list) else [value]:
            code = _given(entry, variables)
            if op in naming and isinstance(code, str):
                yield code, naming[op]


def _given(value: Any, variables: Variables) -> Any:
    return variables.get(value.name) if isinstance(value, _Variable) else value

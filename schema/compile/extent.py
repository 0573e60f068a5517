"""Extent of a query: its selections once fragments are spread, its depth, and the values that it gives. Counted before anything
walks the query, each fragment once a type, so that fragments that double twenty-five times cost what they are long."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_input_object_type,
)

from byline.graph.errors import BadInput, TooCostly, limit_hint
from byline.schema.context import Limits, too_many_in_filter

# Counts are kept below this: what a bound may be is far less, and what doubles a thousand times has three hundred digits.
_MANY = 10**12


@dataclass(slots=True)
class Extent:
    """Of a selection set: selections, levels, values written in it, and how often each variable is used."""

    selections: int = 0
    levels: int = 0
    values: int = 0
    uses: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Extent", below: int = 0) -> None:
        """Count what stands `below` levels further in."""
        self.selections = min(self.selections + other.selections, _MANY)
        self.values = min(self.values + other.values, _MANY)
        self.levels = max(self.levels, other.levels + below)
        for name, times in other.uses.items():
            self.uses[name] = min(self.uses[name] + times, _MANY)


class Measure:
    """Measures the operations of one document."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        self._fragments = {part.name.value: part for part in document.definitions if isinstance(part, FragmentDefinitionNode)}
        self._measured: dict[tuple[str, str | None], Extent] = {}
        # Fragments that are being counted: one that leads to itself is validation's to refuse.
        self._open: set[str] = set()
        self._members = _most_members(schema)

    def operation(self, node: OperationDefinitionNode) -> Extent:
        """The extent of an operation. Raises TooCostly where it is beyond a bound."""
        root = self._schema.get_root_type(node.operation)
        extent = self._set(node.selection_set, root, 1)
        for directive in node.directives or ():
            self._add_values(directive, extent)
        for definition in node.variable_definitions or ():
            if definition.default_value:
                extent.values += extent.uses[definition.variable.name.value] * self._size(definition.default_value)
        if extent.selections > self._limits.max_selections:
            raise self._too_many(extent.selections)
        if extent.values > self._limits.max_values:
            raise too_many_values(extent.values, self._limits)
        return extent

    def fragment(self, node: FragmentDefinitionNode) -> None:
        """Measure a fragment that no operation may lead to. Raises TooCostly for one that nests too deeply."""
        self._fragment(node, self._schema.get_type(node.type_condition.name.value), 1)

    def _set(self, selections: SelectionSetNode, type_: GraphQLNamedType | None, depth: int) -> Extent:
        if depth > self._limits.max_depth:
            raise TooCostly(
                f"A query may be nested at most {self._limits.max_depth} levels deep, fragments included, got more",
                limit_hint("ask for fewer levels at once", "max_depth"),
            )
        extent, spread = Extent(levels=1), set[str]()
        for selection in selections.selections:
            for directive in selection.directives or ():
                self._add_values(directive, extent)
            if isinstance(selection, FieldNode):
                self._field(selection, type_, depth, extent)
            elif isinstance(selection, InlineFragmentNode):
                condition = selection.type_condition.name.value if selection.type_condition else None
                if self._applies(condition, type_):
                    extent.add(self._set(selection.selection_set, self._narrowed(condition, type_), depth + 1), 1)
            elif isinstance(selection, FragmentSpreadNode) and selection.name.value not in spread:
                spread.add(selection.name.value)
                if fragment := self._fragments.get(selection.name.value):
                    extent.add(self._fragment(fragment, type_, depth + 1), 1)
        return extent

    def _field(self, node: FieldNode, type_: GraphQLNamedType | None, depth: int, extent: Extent) -> None:
        extent.selections += 1
        self._add_values(node, extent)
        if node.selection_set is None:
            return
        for inner in self._inner(type_, node.name.value):
            extent.add(self._set(node.selection_set, inner, depth + 1), 1)

    def _inner(self, type_: GraphQLNamedType | None, name: str) -> list[GraphQLNamedType | None]:
        """The types that a field's selection is compiled for: of an interface each that has it; None where it is not known."""
        definition = self._schema.get_field(type_, name) if type_ is not None and is_composite_type(type_) else None
        inner = get_named_type(definition.type) if definition else None
        return [*self._schema.get_possible_types(inner)] if inner is not None and is_abstract_type(inner) else [inner]

    def _fragment(self, node: FragmentDefinitionNode, type_: GraphQLNamedType | None, depth: int) -> Extent:
        name, condition = node.name.value, node.type_condition.name.value
        if name in self._open or not self._applies(condition, type_):
            return Extent()
        key = name, type_.name if type_ else None
        extent = self._measured.get(key)
        if extent is None or depth + extent.levels - 1 > self._limits.max_depth:
            self._open.add(name)
            extent = self._measured[key] = self._set(node.selection_set, self._narrowed(condition, type_), depth)
            self._open.discard(name)
        return extent

    def _applies(self, condition: str | None, type_: GraphQLNamedType | None) -> bool:
        if condition is None or type_ is None or condition == type_.name:
            return True
        wider = self._schema.get_type(condition)
        return wider is None or is_abstract_type(wider) or is_abstract_type(type_)

    def _narrowed(self, condition: str | None, type_: GraphQLNamedType | None) -> GraphQLNamedType | None:
        return self._schema.get_type(condition) if type_ is None and condition else type_

    def _add_values(self, node: FieldNode | DirectiveNode, extent: Extent) -> None:
        """Count the values of the arguments that a field or a directive is given."""
        for argument in node.arguments or ():
            extent.values += self._size(argument.value, extent.uses)

    def _size(self, value: ValueNode, uses: Counter[str] | None = None) -> int:
        """The values in a literal, itself included and variables left out, which are counted in `uses`."""
        count, waiting = 0, [(value, 1)]
        while waiting:
            value, level = waiting.pop()
            if level > self._limits.max_value_depth:
                raise _too_deep(self._limits)
            if isinstance(value, VariableNode):
                if uses is not None:
                    uses[value.name.value] += 1
                continue
            count += 1
            if isinstance(value, ListValueNode):
                waiting += [(each, level + 1) for each in value.values]
            elif isinstance(value, ObjectValueNode):
                if len(value.fields) > self._members:
                    # Each wrong member is told with all of its object around it.
                    raise BadInput(
                        f"An object in a query has at most {self._members} members, got {len(value.fields)}",
                        "give each member that the schema knows once",
                    )
                waiting += [(each.value, level + 1) for each in value.fields]
        return count

    def _too_many(self, count: int) -> TooCostly:
        """Names the fragment that most of it comes from."""
        inside = {name: extent.selections for (name, _), extent in self._measured.items()}
        # Of equal ones the outermost, which was measured last.
        most = max(reversed(inside), key=inside.__getitem__, default=None)
        part = f", {_shown(inside[most])} of them each time fragment {most} is spread" if most else ""
        hint = "spread each fragment once in a level, or ask in parts" if part else "ask in parts"
        return TooCostly(
            f"A query may have at most {self._limits.max_selections} selections after fragments are expanded,"
            f" got {_shown(count)}{part}",
            limit_hint(hint, "max_selections"),
        )


@lru_cache(64)
def _most_members(schema: GraphQLSchema) -> int:
    return max((len(type_.fields) for type_ in schema.type_map.values() if is_input_object_type(type_)), default=0)


def _shown(count: int) -> str:
    return str(count) if count < _MANY else f"more than {_MANY}"


def measured(schema: GraphQLSchema, document: DocumentNode, limits: Limits) -> None:
    """Raises TooCostly for a document of which an operation is beyond a bound, BadInput for what no query can hold."""
    measure = Measure(schema, document, limits)
    for part in document.definitions:
        if isinstance(part, OperationDefinitionNode):
            measure.operation(part)
        elif isinstance(part, FragmentDefinitionNode):
            measure.fragment(part)


# ------------------------------------------------------------ variables


def count_variables(variables: Mapping[str, Any], uses: Mapping[str, int], written: int, limits: Limits) -> None:
    """Raises TooCostly where the values of an operation, each variable as often as it is used, are beyond a bound.

    Counted on the JSON, before any value is looked at.
    """
    count = written
    for name, times in uses.items():
        if isinstance(value := variables.get(name), dict | list):
            count += times * _entries(value, limits)
            if count > limits.max_values:
                raise too_many_values(min(count, _MANY), limits)


def _entries(value: Any, limits: Limits) -> int:
    """The values in a value of JSON, itself included; counting ends a little above the bound. Raises TooCostly."""
    count, waiting = 0, [(value, 1)]
    while waiting:
        value, level = waiting.pop()
        if level > limits.max_value_depth:
            raise _too_deep(limits)
        count += 1 + len(value)
        if count + len(waiting) > limits.max_values:
            break
        inner = [
            (each, level + 1) for each in (value.values() if isinstance(value, dict) else value) if isinstance(each, dict | list)
        ]
        # They are counted when their turn comes.
        count -= len(inner)
        waiting += inner
    return count + len(waiting)


def count_filter(filter_json: Any, limits: Limits) -> None:
    """Raises BadFilter where a filter, as JSON has it, gives too many values; counted as `schema/inputs/filters.py` does."""
    count, waiting = 0, [filter_json]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict | list) and value:
            waiting += value.values() if isinstance(value, dict) else value
        else:
            count += 1
    if count > limits.max_filter_values:
        raise too_many_in_filter(count, limits)


def too_many_values(count: int, limits: Limits) -> TooCostly:
    """The refusal of too many values."""
    return TooCostly(
        f"A query may have at most {limits.max_values} values, those of a variable counted as often as it is used;"
        f" got {_shown(count)} or more",
        limit_hint("filter by less, or ask in parts", "max_values"),
    )


def _too_deep(limits: Limits) -> TooCostly:
    """The refusal of a value that nests too deeply."""
    return TooCostly(
        f"A value may be nested at most {limits.max_value_depth} levels deep, got more",
        limit_hint("give a simpler value", "max_value_depth"),
    )

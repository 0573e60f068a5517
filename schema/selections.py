"""Selections of a document: fragments, merged fields, @skip and @include are settled here."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    is_abstract_type,
)

from byline.schema.unplannable import Unplannable

Fields: TypeAlias = dict[str, list[FieldNode]]


class Selections:
    """What is selected, for one setting of the variables that directives name."""

    def __init__(
        self, types: GraphQLSchema, fragments: Mapping[str, FragmentDefinitionNode], switches: Mapping[str, Any]
    ) -> None:
        self.types = types
        self.fragments = fragments
        self.switches = switches

    def collect(self, nodes: Iterable[FieldNode | OperationDefinitionNode], type_name: str) -> Fields:
        """The fields of a type by response key, in the order of the answer."""
        fields: Fields = {}
        for node in nodes:
            if node.selection_set:
                self._gather(node.selection_set, type_name, fields, set())
        return fields

    def _gather(self, selections: SelectionSetNode, type_name: str, fields: Fields, seen: set[str]) -> None:
        for selection in selections.selections:
            if not self._included(selection):
                continue
            if isinstance(selection, FieldNode):
                key = selection.alias.value if selection.alias else selection.name.value
                fields.setdefault(key, []).append(selection)
            elif isinstance(selection, InlineFragmentNode):
                if self._applies(selection.type_condition.name.value if selection.type_condition else None, type_name):
                    self._gather(selection.selection_set, type_name, fields, seen)
            elif isinstance(selection, FragmentSpreadNode) and selection.name.value not in seen:
                seen.add(selection.name.value)
                fragment = self.fragments[selection.name.value]
                if self._applies(fragment.type_condition.name.value, type_name):
                    self._gather(fragment.selection_set, type_name, fields, seen)

    def _included(self, selection: SelectionNode) -> bool:
        for directive in selection.directives or ():
            if directive.name.value not in ("skip", "include"):
                raise Unplannable(f"directive @{directive.name.value}")
            value: Any = (directive.arguments or ())[0].value
            switch = self.switches.get(value.name.value) if isinstance(value, VariableNode) else value.value
            if switch is None:
                raise Unplannable("a directive without its value")
            if switch is (directive.name.value == "skip"):
                return False
        return True

    def _applies(self, condition: str | None, type_name: str) -> bool:
        if condition in (None, type_name):
            return True
        wanted: Any = self.types.type_map[condition]
        return is_abstract_type(wanted) and self.types.is_sub_type(wanted, self.types.type_map[type_name])

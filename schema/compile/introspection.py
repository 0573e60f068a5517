"""Introspection beside what a plan answers: graphql-core says it once, and as no request changes it, a plan holds it."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableNode,
    Visitor,
    execute,
    visit,
)
from strawberry.schema import Schema

from byline.graph.store.protocol import Store
from byline.schema.context import Context
from byline.schema.executor import Executor
from byline.schema.unplannable import Unplannable

# Fields of introspection that one plan may hold. Of the whole schema there are some ten times as many: that is left to the
# resolvers, for plans are kept.
_MOST = 1_000


def is_introspection(name: str) -> bool:
    """Whether a field of this name at the root asks about the schema."""
    return name in ("__schema", "__type")


def introspected(schema: Schema, nodes: Sequence[FieldNode], fragments: Mapping[str, FragmentDefinitionNode]) -> Any:
    """The value of an introspection at the root. Raises Unplannable for a large one, and for one that waits for variables."""
    operation = OperationDefinitionNode(operation=OperationType.QUERY, selection_set=SelectionSetNode(selections=tuple(nodes)))
    named = _Named()
    visit(operation, named)
    definitions: list[FragmentDefinitionNode] = []
    while len(definitions) < len(named.fragments):
        definitions.append(fragments[named.fragments[len(definitions)]])
        visit(definitions[-1], named)
    if named.variables:
        raise Unplannable("introspection by variables")
    document = DocumentNode(definitions=(operation, *definitions))
    context = Context(cast(Store, None), budget=_MOST)
    execution_result = execute(schema._schema, document, context_value=context, executor_class=Executor)
    if not isinstance(execution_result, ExecutionResult) or execution_result.errors or not execution_result.data:
        raise Unplannable("introspection")
    (value,) = execution_result.data.values()
    return value


class _Named(Visitor):
    """The variables and the fragments that nodes name, each fragment once."""

    def __init__(self) -> None:
        super().__init__()
        self.variables: set[str] = set()
        self.fragments: list[str] = []

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self.variables.add(node.name.value)

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:
        if node.name.value not in self.fragments:
            self.fragments.append(node.name.value)

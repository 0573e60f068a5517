"""Documents compiled once: their operations, the plans of these, and what fills the slots of a plan."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import DocumentNode, GraphQLError, OperationDefinitionNode, OperationType, parse, validate
from graphql.validation import specified_rules
from strawberry.schema import Schema
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from graph.errors import BadInput
from graph.query import ir
from graph.query.cost import Cost, sizes
from graph.query.rewrite import RULES, Rule, rewrite
from graph.store.protocol import Store
from schema.arguments import Odd, Variables, coercer
from schema.compile import Binder, Compiler, switches_of
from schema.context import Limits

# What Strawberry itself validates by.
VALIDATION = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)
Prepare = Callable[[str], tuple[DocumentNode, list[GraphQLError]]]


@dataclass
class Compiled:
    """A plan and what fills its slots."""

    plan: ir.Plan
    binders: tuple[Binder, ...]
    # What of the values that a request binds changes what it may cost.
    sizes: Callable[[Sequence[Any]], tuple[Any, ...]]
    # Whether some selection comes out empty, which Arrow's structs cannot show.
    hollow: bool
    # Costs by the version of the snapshot and by sizes.
    costs: dict[tuple[Any, ...], Cost] = field(default_factory=dict)
    # The plan as closures over the store that was asked last, and that store.
    direct: "tuple[Store, Callable[[list[Any]], dict[str, Any]] | None] | None" = None

    def bind(self, variables: Variables) -> list[Any]:
        """The values of the slots. Raises Odd, BadInput."""
        return [binder(variables) for binder in self.binders]


@dataclass
class Operation:
    """One operation of a document: how its variables are coerced, and its plans by the values of its switches."""

    node: OperationDefinitionNode
    coerce: Callable[[Mapping[str, Any]], Variables]
    switches: tuple[str, ...]
    plans: dict[tuple[Any, ...], Compiled | Odd] = field(default_factory=dict)


class Documents:
    """The documents that were asked last, compiled."""

    def __init__(
        self,
        schema: Schema,
        limits: Limits,
        prepare: Prepare | None = None,
        rules: tuple[Rule, ...] = RULES,
        size: int = 1000,
    ) -> None:
        self._schema = schema
        self.limits = limits
        self._rules = rules
        self._prepare = prepare or self.parsed
        self._kept: OrderedDict[str, dict[str | None, Operation] | Odd] = OrderedDict()
        self._size = size

    def compiled(self, text: str, variables: Mapping[str, Any], operation_name: str | None) -> tuple[Compiled, Variables]:
        """The plan for an operation and its coerced variables. Raises Odd."""
        operations = self._kept.get(text)
        if operations is None:
            operations = self._kept[text] = self._operations(text)
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
        if isinstance(operations, Odd):
            raise operations
        operation = operations.get(operation_name)
        if operation is None:
            raise Odd("no such operation")
        coerced = operation.coerce(variables)
        switches = tuple(coerced.get(name) for name in operation.switches)
        plan = operation.plans.get(switches)
        if plan is None:
            plan = operation.plans[switches] = self._compile(text, operation, coerced)
        if isinstance(plan, Odd):
            raise plan
        return plan, coerced

    def _operations(self, text: str) -> dict[str | None, Operation] | Odd:
        try:
            document, errors = self._prepare(text)
        except (GraphQLError, RecursionError):
            return Odd("does not parse")
        if errors:
            return Odd("does not validate")
        nodes = [part for part in document.definitions if isinstance(part, OperationDefinitionNode)]
        found: dict[str | None, Operation] = {}
        for node in nodes:
            operation = Operation(node, coercer(self._schema, node), tuple(sorted(switches_of(document))))
            found[node.name.value if node.name else None] = operation
            if len(nodes) == 1:
                found[None] = operation
        return found

    def _compile(self, text: str, operation: Operation, switches: Variables) -> Compiled | Odd:
        if operation.node.operation is not OperationType.QUERY:
            return Odd(operation.node.operation.value)
        try:
            compiler = Compiler(self._schema, self._prepare(text)[0], self.limits, switches)
            plan = rewrite(compiler.roots(operation.node), self._rules)
        except Odd as odd:
            return odd
        except BadInput as error:
            return Odd(f"error {error.code}")
        return Compiled(plan, tuple(compiler.binders), sizes(plan), ir.hollow(plan))

    def parsed(self, text: str) -> tuple[DocumentNode, list[GraphQLError]]:
        """A document and what validation says against it. Raises GraphQLError."""
        document = parse(text, allow_empty_selection_sets=False)
        return document, validate(self._schema._schema, document, VALIDATION, hide_suggestions=True)

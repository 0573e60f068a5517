"""Documents compiled once: their operations, the plans of these, and what fills the slots of a plan."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from graphql import DocumentNode, GraphQLError, OperationDefinitionNode, OperationType, parse
from strawberry.schema import Schema

from byline.graph.errors import BadInput
from byline.graph.query.cost import Cost
from byline.graph.query.operators.plan import Plan, slot_sizes
from byline.graph.query.rewrite import RULES, Rule, rewrite
from byline.graph.query.slots import Slot
from byline.graph.store.protocol import Store
from byline.schema.compile.coerce import Coercer, Variables
from byline.schema.compile.extent import Measure
from byline.schema.compile.operation import Binder, Compiler, switches_of
from byline.schema.compile.text_cache import TextCache
from byline.schema.compile.validation import ERRORS, Validation
from byline.schema.context import Limits
from byline.schema.named_categories import categories_named
from byline.schema.unknown_categories import Filtered
from byline.schema.unplannable import Unplannable

Prepare = Callable[[str], tuple[DocumentNode, list[GraphQLError]]]
# Documents and characters of documents that are held where no settings say so.
DOCUMENTS, CHARACTERS = 1000, 4 << 20
# Characters from which on a document that was not seen before is read beside the event loop. One of 200 characters takes up to
# 20 ms there (the same field a hundred times; introspection), as one of no special malice takes 5.
BESIDE_FROM = 200
# Plans of one operation, one for each set of values of the variables in @skip and @include.
_PLANS = 16


@dataclass(frozen=True, slots=True)
class Unplanned:
    """Why a document or an operation has no plan. Held instead of the exception: one that is raised again and again gathers
    the frames of every request that met it, with their variables and snapshots."""

    reason: str


@dataclass
class Compiled:
    """A plan and what fills its slots."""

    plan: Plan
    binders: tuple[Binder, ...]
    # What of the values that a request binds changes what it may cost.
    sizes: Callable[[Sequence[Any]], tuple[Any, ...]]
    # Whether some selection comes out empty or is introspection, which Arrow's structs cannot show.
    requires_rows: bool
    # The category codes that its filters name, or the slot that has them.
    categories: tuple[Filtered, ...] | Slot = ()
    # Costs by the version of the snapshot and by sizes.
    costs: dict[tuple[Any, ...], Cost] = field(default_factory=dict)
    # The plan as closures over the store that was asked last, and that store.
    direct: "tuple[Store, Callable[[list[Any]], dict[str, Any]] | None] | None" = None

    def bind(self, variables: Variables) -> list[Any]:
        """The values of the slots. Raises Unplannable, BadInput."""
        return [binder(variables) for binder in self.binders]

    def named(self, bound: Sequence[Any]) -> tuple[Filtered, ...]:
        """The category codes that filters name, with the values of the slots."""
        categories = self.categories
        return bound[categories.at] if isinstance(categories, Slot) else categories


@dataclass
class Operation:
    """One operation of a document: how its variables are coerced, and its plans by the values of its switches."""

    node: OperationDefinitionNode
    coerce: Coercer
    switches: tuple[str, ...]
    plans: dict[tuple[Any, ...], Compiled | Unplanned] = field(default_factory=dict)

    def switched(self, variables: Mapping[str, Any]) -> tuple[Any, ...]:
        """The values of the switches, as the request gives them or the operation does by default."""
        definitions = self.node.variable_definitions or ()
        written = {each.variable.name.value: getattr(each.default_value, "value", None) for each in definitions}
        return tuple(variables.get(name, written.get(name)) for name in self.switches)


class Documents:
    """The documents that were asked last, compiled."""

    def __init__(
        self,
        schema: Schema,
        limits: Limits,
        prepare: Prepare | None = None,
        rules: tuple[Rule, ...] = RULES,
        size: int = DOCUMENTS,
        characters: int = CHARACTERS,
        max_errors: int = ERRORS,
    ) -> None:
        self._schema = schema
        self.limits = limits
        self._rules = rules
        self._prepare = prepare or self.parsed
        self._validation = Validation(schema._schema, limits, max_errors)
        self._max_errors = max_errors
        self._cache: TextCache[dict[str | None, Operation] | Unplanned] = TextCache(size, characters)

    def compiled(self, text: str, variables: Mapping[str, Any], operation_name: str | None) -> tuple[Compiled, Variables]:
        """The plan for an operation and its coerced variables. Raises Unplannable."""
        operations = self._cache.get(text)
        if operations is None:
            operations = self._operations(text)
            self._cache.put(text, operations)
        if isinstance(operations, Unplanned):
            raise Unplannable(operations.reason)
        operation = operations.get(operation_name)
        if operation is None:
            raise Unplannable("no such operation")
        coerced = operation.coerce(variables)
        switches = tuple([coerced.get(name) for name in operation.switches])
        plan = operation.plans.get(switches)
        if plan is None:
            if len(operation.plans) >= _PLANS:
                del operation.plans[next(iter(operation.plans))]
            plan = operation.plans[switches] = self._compile(text, operation, coerced)
        if isinstance(plan, Unplanned):
            raise Unplannable(plan.reason)
        return plan, coerced

    def unread(self, text: str, variables: Mapping[str, Any], operation_name: str | None) -> bool:
        """Whether finding the plan would take long: the document, or its plan for these switches, is still to be made."""
        if len(text) < BESIDE_FROM:
            return False
        operations = self._cache.peek(text)
        operation = operations.get(operation_name) if isinstance(operations, dict) else None
        if operation is None:
            return operations is None
        return bool(operation.switches) and operation.switched(variables) not in operation.plans

    def forget_store(self) -> None:
        """Let go of the store that plans were last bound to: a document that nobody asks again must not keep a snapshot open."""
        for operations in self._cache.values():
            for operation in operations.values() if isinstance(operations, dict) else ():
                for plan in list(operation.plans.values()):
                    if isinstance(plan, Compiled):
                        plan.direct = None
                        plan.costs.clear()

    def _operations(self, text: str) -> dict[str | None, Operation] | Unplanned:
        try:
            document, errors = self._prepare(text)
        except (GraphQLError, RecursionError):
            return Unplanned("does not parse")
        if errors:
            return Unplanned("does not validate")
        nodes = [part for part in document.definitions if isinstance(part, OperationDefinitionNode)]
        operations: dict[str | None, Operation] = {}
        switches = tuple(sorted(switches_of(document)))
        for node in nodes:
            measure = partial(Measure(self._schema._schema, document, self.limits).operation, node)
            operation = Operation(node, Coercer(self._schema, node, measure, self.limits, self._max_errors), switches)
            operations[node.name.value if node.name else None] = operation
            if len(nodes) == 1:
                operations[None] = operation
        return operations

    def _compile(self, text: str, operation: Operation, switches: Variables) -> Compiled | Unplanned:
        if operation.node.operation is not OperationType.QUERY:
            return Unplanned(operation.node.operation.value)
        try:
            compiler = Compiler(self._schema, self._prepare(text)[0], self.limits, switches)
            plan = rewrite(compiler.roots(operation.node), self._rules)
            categories = categories_named(compiler, operation.node)
        except Unplannable as odd:
            return Unplanned(str(odd))
        except BadInput as error:
            return Unplanned(f"error {error.code}")
        named = compiler.slot(categories) if callable(categories) else tuple(categories)
        return Compiled(plan, tuple(compiler.binders), slot_sizes(plan), plan.requires_rows, named)

    def parsed(self, text: str) -> tuple[DocumentNode, list[GraphQLError]]:
        """A document and what validation says against it. Raises GraphQLError."""
        document = parse(text)
        return document, self._validation.errors(document)

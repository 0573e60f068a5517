"""The planned path: documents compiled once, answers put together without a resolver. What it does not answer falls through
to the plain resolvers, so that messages, nulls and paths of errors are graphql-core's own."""

import asyncio
import logging
from collections import Counter, OrderedDict
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from graphql import DocumentNode, GraphQLError, OperationDefinitionNode, OperationType, parse, validate
from graphql.validation import specified_rules
from strawberry.schema import Schema
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from graph.errors import BadInput, BylineError, TooCostly
from graph.query import ir
from graph.query.cost import Cost, Estimator, varies
from graph.query.execute import Run
from graph.query.explain import explain
from graph.query.rewrite import RULES, Rule, rewrite
from graph.query.trace import Traced
from schema.arguments import Odd, Variables, coercer
from schema.assemble import Assembler
from schema.compile import Binder, Compiler, switches_of
from schema.context import Context, Limits
from schema.forms import ArrowForm, Form, Json, ListForm
from schema.keys import ambiguous_words, bad_id_words

log = logging.getLogger("byline.schema")
T = TypeVar("T")
# What Strawberry itself validates by.
VALIDATION = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)
Prepare = Callable[[str], tuple[DocumentNode, list[GraphQLError]]]

# Objects above which an answer is put together from arrays: see docs/performance.md for where the two forms cross.
ARROW_FROM = 500
# Objects above which a step runs beside the event loop: each is some ten milliseconds of work. A thread has its own memory
# arenas and pays for their pages, so what is short stays (measured on 26,000 objects: 5 ms of CPU here, 9 ms in a thread).
READ_BESIDE, LISTS_BESIDE, ARROW_BESIDE = 50_000, 8_000, 50_000
_LISTS, _ARROW = ListForm(), ArrowForm()


@dataclass(frozen=True)
class Compiled:
    """A plan and what fills its slots."""

    plan: ir.Plan
    binders: tuple[Binder, ...]
    # Whether what a request binds changes what it may cost; if not, the cost is worked out once a snapshot.
    varies: bool
    # Whether some selection comes out empty, which Arrow's structs cannot show.
    hollow: bool
    costs: dict[str, Cost] = field(default_factory=dict)

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


class Planner:
    """Answers operations from plans; `fell_through` counts the reasons of those it left to the resolvers."""

    def __init__(
        self,
        schema: Schema,
        limits: Limits,
        prepare: Prepare | None = None,
        rules: tuple[Rule, ...] = RULES,
        documents: int = 1000,
    ) -> None:
        self.schema = schema
        self.limits = limits
        self.rules = rules
        self.fell_through: Counter[str] = Counter()
        self.planned = 0
        self._prepare = prepare or self._parsed
        self._documents: OrderedDict[str, dict[str | None, Operation] | Odd] = OrderedDict()
        self._size = documents

    async def answer(
        self, text: str, variables: Mapping[str, Any] | None, operation_name: str | None, context: Context
    ) -> Json | None:
        """The value of `data` as JSON, warnings added to the context; None where the resolvers are to answer.

        Raises TooCostly for a query that is refused before anything is read.
        """
        try:
            compiled, coerced = self.compiled(text, variables or {}, operation_name)
            bound = compiled.bind(coerced)
            cost = await self.cost(compiled, bound, context)
            data = await self.execute(compiled, bound, context, guess=cost.guess)
        except Odd as odd:
            self.fell_through[str(odd)] += 1
            return None
        except TooCostly:
            self.fell_through["error TOO_COSTLY"] += 1
            raise
        except BylineError as error:
            self.fell_through[f"error {error.code}"] += 1
            return None
        except Exception:
            # A plan that fails is our mistake, not the client's: the resolvers answer, and the log says what happened.
            log.exception("a plan failed and the resolvers take over: %s", text)
            self.fell_through["a plan failed"] += 1
            return None
        self.planned += 1
        return data

    async def explained(
        self, text: str, variables: Mapping[str, Any] | None, operation_name: str | None, context: Context
    ) -> tuple[Json | None, dict[str, Any]]:
        """The answer, and beside it the plan as text, its cost and the steps it took; without a plan, why there is none.

        Raises TooCostly.
        """
        try:
            compiled, coerced = self.compiled(text, variables or {}, operation_name)
            bound = compiled.bind(coerced)
        except (Odd, BadInput) as error:
            return None, {"plan": None, "reason": str(error)}
        cost = await self.cost(compiled, bound, context)
        traced = Traced(context.store)
        data = await self.execute(compiled, bound, replace(context, store=traced, warnings=context.warnings))
        account = {
            "plan": explain(compiled.plan, bound),
            "cost": {"atMost": round(cost.bound), "about": round(cost.guess, 1)},
            "steps": [step.as_dict() for step in traced.steps],
        }
        return data, account

    async def cost(self, compiled: Compiled, bound: list[Any], context: Context) -> Cost:
        """What a bound plan may cost on the store of the request. Raises TooCostly."""
        info = await context.store.snapshot()
        cost = compiled.costs.get(info.version)
        if cost is None:
            cost = Estimator(info.degrees, bound).plan(compiled.plan)
            if not compiled.varies:
                compiled.costs.clear()
                compiled.costs[info.version] = cost
        if cost.bound > self.limits.max_objects:
            raise TooCostly(
                f"the answer may hold {cost.bound:.0f} objects, one answer may hold {self.limits.max_objects}",
                "ask for smaller pages (first), or for fewer levels at once",
            )
        return cost

    async def execute(
        self, compiled: Compiled, bound: list[Any], context: Context, form: Form | None = None, guess: float = 0.0
    ) -> Json:
        """Run a bound plan and write its answer; the form is chosen by size unless given.

        What would hold the event loop for long runs beside it: reading by the guess of the objects, writing by their number.
        """
        read = await _apart(Run(context.store, bound).plan(compiled.plan), guess > READ_BESIDE)
        if form is None:
            listed = read.objects <= ARROW_FROM or read.lists_only or compiled.hollow
            form = _LISTS if listed else _ARROW
        beside = read.objects > (LISTS_BESIDE if form is _LISTS else ARROW_BESIDE)
        data = await _apart(Assembler(context.store, form).answer(compiled.plan, read), beside)
        for key, kind, what in read.warnings:
            words = ambiguous_words(kind, *what.split("\n", 1)) if kind else bad_id_words(what)
            context.warn("AMBIGUOUS_KEY" if kind else "BAD_ID", [key], words)
        return data

    # ------------------------------------------------------------ documents

    def compiled(self, text: str, variables: Mapping[str, Any], operation_name: str | None) -> tuple[Compiled, Variables]:
        """The plan for an operation and its coerced variables. Raises Odd."""
        operations = self._documents.get(text)
        if operations is None:
            operations = self._documents[text] = self._operations(text)
            if len(self._documents) > self._size:
                self._documents.popitem(last=False)
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
            operation = Operation(node, coercer(self.schema, node), tuple(sorted(switches_of(document))))
            found[node.name.value if node.name else None] = operation
            if len(nodes) == 1:
                found[None] = operation
        return found

    def _compile(self, text: str, operation: Operation, switches: Variables) -> Compiled | Odd:
        if operation.node.operation is not OperationType.QUERY:
            return Odd(operation.node.operation.value)
        try:
            compiler = Compiler(self.schema, self._prepare(text)[0], self.limits, switches)
            plan = rewrite(compiler.roots(operation.node), self.rules)
        except Odd as odd:
            return odd
        except BadInput as error:
            return Odd(f"error {error.code}")
        return Compiled(plan, tuple(compiler.binders), varies(plan), ir.hollow(plan))

    def _parsed(self, text: str) -> tuple[DocumentNode, list[GraphQLError]]:
        document = parse(text)
        return document, validate(self.schema._schema, document, VALIDATION, hide_suggestions=True)


async def _apart(work: Coroutine[Any, Any, T], beside: bool) -> T:
    """Run a step, beside the event loop where that is asked for."""
    return await asyncio.to_thread(_drive, work) if beside else await work


def _drive(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end where there is no event loop: the stores of this process never wait for anything."""
    try:
        work.send(None)
    except StopIteration as done:
        answer: T = done.value
        return answer
    work.close()
    raise RuntimeError("a store that waits must be asked on the event loop")

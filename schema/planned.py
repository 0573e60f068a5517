"""The planned path: documents compiled once, answers put together without a resolver. What it does not answer falls through
to the plain resolvers, so that messages, nulls and paths of errors are graphql-core's own."""

import asyncio
import logging
from collections import Counter, OrderedDict
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

import orjson
from graphql import DocumentNode, GraphQLError, OperationDefinitionNode, OperationType, parse, validate
from graphql.validation import specified_rules
from strawberry.schema import Schema
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from graph.errors import BadInput, BylineError, TooCostly, settable
from graph.patience import held
from graph.query import ir
from graph.query.cost import Cost, Estimator, sizes
from graph.query.execute import Run
from graph.query.explain import explain
from graph.query.reads import PlanRead
from graph.query.rewrite import RULES, Rule, rewrite
from graph.query.trace import Traced
from graph.store.direct import Direct
from graph.store.protocol import SnapshotInfo, Store
from schema import blocks
from schema.arguments import Odd, Variables, coercer
from schema.assemble import Assembler
from schema.blocks import in_blocks
from schema.closures import Larger, drive
from schema.compile import Binder, Compiler, switches_of
from schema.context import Context, Limits
from schema.direct import bind
from schema.forms import ArrowForm, Form, Json, ListForm
from schema.keys import warning_of

log = logging.getLogger("byline.schema")
T = TypeVar("T")
# What Strawberry itself validates by.
VALIDATION = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)
Prepare = Callable[[str], tuple[DocumentNode, list[GraphQLError]]]

# Objects, by the guess, up to which an answer is made by closures over Python lists (schema/direct.py), and above which one is
# put together from arrays: see docs/performance.md for where the ways cross.
DIRECT_TO, ARROW_FROM = 1_000, 500
# Objects above which a step runs beside the event loop: each is some ten milliseconds of work. A thread has its own memory
# arenas and pays for their pages, so what is short stays (measured on 26,000 objects: 5 ms of CPU here, 9 ms in a thread).
READ_BESIDE, LISTS_BESIDE, ARROW_BESIDE = 50_000, 8_000, 50_000
# Rows that are looked at, above which all of a query runs beside: two milliseconds of numbers, or 25 of texts.
LOOKED_BESIDE = 100_000
_LISTS, _ARROW = ListForm(), ArrowForm()
# Costs that are remembered of one plan.
_COSTS = 256


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


@dataclass(slots=True)
class Pending:
    """A bound plan whose answer is still to be made, and its cost where that is known already."""

    text: str
    compiled: Compiled
    bound: list[Any]
    cost: Cost | None = None

    @property
    def long(self) -> bool:
        """Whether it will run beside the event loop for a while."""
        return self.cost is None or _long(self.cost)


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
        begun = self.begin(text, variables, operation_name, context)
        if not isinstance(begun, Pending):
            return begun
        pieces = await self.finish(begun, context)
        return None if pieces is None else b"".join(pieces)

    def begin(
        self, text: str, variables: Mapping[str, Any] | None, operation_name: str | None, context: Context
    ) -> "bytes | Pending | None":
        """What `answer` says, at once where the answer is small; else what `finish` needs for it.

        Raises TooCostly for a query that is refused before anything is read.
        """
        try:
            compiled, coerced = self.compiled(text, variables or {}, operation_name)
            pending = Pending(text, compiled, compiled.bind(coerced))
            if (direct := context.store.direct) is not None:
                pending.cost = self._affordable(compiled, pending.bound, direct.info)
                small = pending.cost.guess <= DIRECT_TO and not _long(pending.cost)
                if small and (data := self._direct(pending, context.store, direct)) is not None:
                    self.planned += 1
                    return data
        except Exception as error:
            self._fell(error, text)
            return None
        return pending

    async def finish(self, pending: "Pending", context: Context) -> Sequence[Json] | None:
        """The pieces of the answer that was begun. Raises TooCostly."""
        try:
            compiled, bound = pending.compiled, pending.bound
            cost = pending.cost or await self.cost(compiled, bound, context)
            with held(context.patience):
                data = await self.execute(compiled, bound, context, long=_long(cost))
        except Exception as error:
            self._fell(error, pending.text)
            return None
        self.planned += 1
        return data

    def _fell(self, error: Exception, text: str) -> None:
        """Count why a query falls through to the resolvers. Raises TooCostly: there they must not answer either."""
        match error:
            case Odd():
                reason = str(error)
            case BylineError():
                reason = f"error {error.code}"
            case _:
                # A plan that fails is our mistake, not the client's: the resolvers answer, and the log says what happened.
                log.error("a plan failed and the resolvers take over: %s", text, exc_info=error)
                reason = "a plan failed"
        self.fell_through[reason] += 1
        if isinstance(error, TooCostly):
            raise error

    def _direct(self, pending: "Pending", store: Store, direct: Direct) -> bytes | None:
        """The answer by closures; None where it turns out to need the general way."""
        compiled = pending.compiled
        made = compiled.direct
        if made is None or made[0] is not store:
            made = compiled.direct = store, bind(compiled.plan, store, direct)
        answer = made[1]
        if answer is None:
            return None
        try:
            return orjson.dumps(answer(pending.bound))
        except Larger:
            return None

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
        own = replace(context, store=traced, warnings=context.warnings)
        try:
            with held(context.patience):
                data = b"".join(await self.execute(compiled, bound, own, long=_long(cost)))
        except Exception as error:
            self._fell(error, text)
            return None, {"plan": None, "reason": error.message if isinstance(error, BylineError) else "a plan failed"}
        account = {
            "plan": explain(compiled.plan, bound),
            "cost": {"atMost": round(cost.bound), "about": round(cost.guess, 1)},
            "steps": [step.as_dict() for step in traced.steps],
        }
        return data, account

    async def cost(self, compiled: Compiled, bound: list[Any], context: Context) -> Cost:
        """What a bound plan may cost on the store of the request. Raises TooCostly."""
        return self._affordable(compiled, bound, await context.store.snapshot())

    def _affordable(self, compiled: Compiled, bound: list[Any], info: SnapshotInfo) -> Cost:
        key = (info.version, *compiled.sizes(bound))
        cost = compiled.costs.get(key)
        if cost is None:
            cost = Estimator(info.degrees, bound, info.counts).plan(compiled.plan)
            if len(compiled.costs) >= _COSTS:
                compiled.costs.clear()
            compiled.costs[key] = cost
        if cost.bound > self.limits.max_objects:
            raise TooCostly(
                f"the answer may hold {cost.bound:.0f} objects, one answer may hold {self.limits.max_objects}",
                settable("ask for smaller pages (first), or for fewer levels at once", "max_objects"),
            )
        return cost

    async def execute(
        self, compiled: Compiled, bound: list[Any], context: Context, form: Form | None = None, long: bool = False
    ) -> Sequence[Json]:
        """Run a bound plan and write its answer, in pieces; the form is chosen by size unless given.

        What would hold the event loop runs beside it: all of it where the cost is `long`, else writing by the number of objects.
        """
        read = await _apart(partial(Run(context.store, bound).plan, compiled.plan), long)
        if form is None:
            listed = read.objects <= ARROW_FROM or read.lists_only or compiled.hollow
            form = _LISTS if listed else _ARROW
        # Figures of a network are worked out when they are written.
        beside = long or read.objects > (LISTS_BESIDE if form is _LISTS else ARROW_BESIDE)
        data = await _apart(partial(_pieces, Assembler(context.store, form), compiled.plan, read), beside)
        for at, kind, key, row in read.unnamed:
            if said := warning_of(kind, key, row):
                context.warn(said[0], [at], said[1])
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
        return Compiled(plan, tuple(compiler.binders), sizes(plan), ir.hollow(plan))

    def _parsed(self, text: str) -> tuple[DocumentNode, list[GraphQLError]]:
        document = parse(text)
        return document, validate(self.schema._schema, document, VALIDATION, hide_suggestions=True)


def _long(cost: Cost) -> bool:
    """Whether a query would hold the event loop."""
    return cost.guess > READ_BESIDE or cost.looked > LOOKED_BESIDE


async def _pieces(assembler: Assembler, plan: ir.Plan, read: PlanRead) -> Sequence[Json]:
    pieces = await in_blocks(assembler, plan, read) if read.objects > blocks.BLOCK else None
    return [await assembler.answer(plan, read)] if pieces is None else pieces


async def _apart(work: Callable[[], Coroutine[Any, Any, T]], beside: bool) -> T:
    """Run a step, beside the event loop where that is asked for: begun there, or never where it is given up in the queue."""
    return await asyncio.to_thread(lambda: drive(work())) if beside else await work()

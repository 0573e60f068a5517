"""The planned path: documents compiled once, answers put together without a resolver. What it does not answer falls through
to the plain resolvers, so that messages, nulls and paths of errors are graphql-core's own."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

import orjson

from byline.graph.deadline import deadline_scope
from byline.graph.errors import BadInput, BylineError, TooCostly
from byline.graph.query.closures import TooLargeForClosures, run_sync
from byline.graph.query.cost import Cost
from byline.graph.query.emitter import Emitter
from byline.graph.query.encoders import ArrowEncoder, Encoder, Json, RowEncoder
from byline.graph.query.explain import explain
from byline.graph.query.operators import Plan
from byline.graph.query.run import Run
from byline.graph.query.trace import Traced
from byline.graph.query.unresolved import bad_id
from byline.graph.store.protocol import Store
from byline.graph.store.small import SmallReads
from byline.schema.answer import blocks
from byline.schema.answer.blocks import in_blocks
from byline.schema.answer.prices import affordable, written
from byline.schema.compile.documents import Compiled, Documents
from byline.schema.context import Context, Limits
from byline.schema.unknown_categories import all_known, warn_of_unknown
from byline.schema.unplannable import UnfitVariables, Unplannable

log = logging.getLogger("byline.schema")
T = TypeVar("T")

# Objects, by the estimate, up to which an answer is made by closures over Python lists, and above which one is
# put together from arrays: see docs/performance.md for where the ways cross.
DIRECT_TO, ARROW_FROM = 1_000, 500
# Objects above which a step runs beside the event loop: each is some ten milliseconds of work. A thread has its own memory
# arenas and pays for their pages, so what is short stays (measured on 26,000 objects: 5 ms of CPU here, 9 ms in a thread).
READ_BESIDE, ROWS_BESIDE, ARROW_BESIDE = 50_000, 8_000, 50_000
# Rows that are scanned, above which all of a query runs beside: three milliseconds of numbers.
SCANNED_BESIDE = 125_000
_ROWS, _ARROW = RowEncoder(), ArrowEncoder()


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


class Planner:
    """Answers operations from plans; `fell_through` counts the reasons of those it left to the resolvers."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self.compiled = documents.compiled
        self.limits = documents.limits
        self.fell_through: Counter[str] = Counter()
        self.planned = 0

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
        self,
        text: str,
        variables: Mapping[str, Any] | None,
        operation_name: str | None,
        context: Context,
        at_once: bool = True,
    ) -> "bytes | Pending | None":
        """What `answer` says, at once where the answer is small; else what `finish` needs for it, and always so unless `at_once`,
        for a thread that only reads the document.

        Raises TooCostly for a query that is refused before anything is read.
        """
        try:
            compiled, coerced = self.compiled(text, variables or {}, operation_name)
            pending = Pending(text, compiled, compiled.bind(coerced))
            if (direct := context.store.direct) is not None:
                pending.cost = affordable(compiled, pending.bound, direct.info, self.limits)
                if at_once and _small(pending.cost) and (data := self._direct(pending, context.store, direct)) is not None:
                    written(len(data), self.limits)
                    self.planned += 1
                    return data
        except Exception as error:
            self._fell(error, text, context)
            return None
        return pending

    async def finish(self, pending: "Pending", context: Context) -> Sequence[Json] | None:
        """The pieces of the answer that was begun. Raises TooCostly."""
        try:
            compiled, bound = pending.compiled, pending.bound
            cost = pending.cost or await self.cost(compiled, bound, context)
            with deadline_scope(context.deadline):
                data = await self.execute(compiled, bound, context, long=_long(cost))
        except Exception as error:
            self._fell(error, pending.text, context)
            return None
        self.planned += 1
        return data

    def _fell(self, error: Exception, text: str, context: Context) -> None:
        """Count why a query falls through to the resolvers. Raises TooCostly: there they must not answer either."""
        match error:
            case UnfitVariables():
                reason, context.unfit = str(error), error.errors
            case Unplannable():
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

    def _direct(self, pending: "Pending", store: Store, direct: SmallReads) -> bytes | None:
        """The answer by closures; None where it turns out to need the general way."""
        compiled = pending.compiled
        store_and_closures = compiled.direct
        if store_and_closures is None or store_and_closures[0] is not store:
            store_and_closures = compiled.direct = store, compiled.plan.bound(store, direct)
        answer = store_and_closures[1]
        named = compiled.named(pending.bound)
        if answer is None or (named and not all_known(store, direct, named)):
            return None
        try:
            return orjson.dumps(answer(pending.bound))
        except TooLargeForClosures:
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
        except TooCostly:
            raise
        except (Unplannable, BadInput) as error:
            context.unfit = error.errors if isinstance(error, UnfitVariables) else None
            return None, {"plan": None, "reason": str(error)}
        cost = await self.cost(compiled, bound, context)
        traced = Traced(context.store)
        own = replace(context, store=traced, warnings=context.warnings)
        try:
            with deadline_scope(context.deadline):
                pieces, way = await self._executed(compiled, bound, own, None, _long(cost))
                data = b"".join(pieces)
        except Exception as error:
            self._fell(error, text, context)
            return None, {"plan": None, "reason": error.message if isinstance(error, BylineError) else "a plan failed"}
        account = {
            "plan": explain(compiled.plan, bound),
            "cost": {"atMost": round(cost.upper), "about": round(cost.estimate, 1)},
            "answeredBy": "closures" if self._closes(Pending(text, compiled, bound, cost), context.store) else way,
            "steps": [step.as_dict() for step in traced.steps],
        }
        return data, account

    def _closes(self, pending: "Pending", store: Store) -> bool:
        """Whether the answer is made by closures where nobody asks how."""
        direct, cost = store.direct, pending.cost
        return direct is not None and cost is not None and _small(cost) and self._direct(pending, store, direct) is not None

    async def cost(self, compiled: Compiled, bound: list[Any], context: Context) -> Cost:
        """What a bound plan may cost on the store of the request. Raises TooCostly."""
        return affordable(compiled, bound, await context.store.snapshot(), self.limits)

    async def execute(
        self, compiled: Compiled, bound: list[Any], context: Context, encoder: Encoder | None = None, long: bool = False
    ) -> Sequence[Json]:
        """Run a bound plan and write its answer, in pieces; the form is chosen by size unless given.

        What would hold the event loop runs beside it: all of it where the cost is `long`, else writing by the number of objects.
        """
        return (await self._executed(compiled, bound, context, encoder, long))[0]

    async def _executed(
        self, compiled: Compiled, bound: list[Any], context: Context, encoder: Encoder | None, long: bool
    ) -> tuple[Sequence[Json], str]:
        """What `execute` says, and by which encoder it was written, where."""
        run = Run(context.store, bound)
        read = await _apart(partial(compiled.plan.read, run), long)
        if encoder is None:
            rows = run.objects <= ARROW_FROM or run.requires_rows or compiled.requires_rows
            encoder = _ROWS if rows else _ARROW
        # Metrics of a network are worked out when they are written.
        beside = long or run.objects > (ROWS_BESIDE if encoder is _ROWS else ARROW_BESIDE)
        out = Emitter(context.store, encoder)
        data = await _apart(partial(_pieces, out, compiled.plan, read, run.objects, self.limits), beside)
        for at, kind, key in run.unresolved:
            if warning := bad_id(kind, key):
                context.warn(warning[0], list(at), warning[1])
        if named := compiled.named(bound):
            await warn_of_unknown(context, named)
        return data, ("rows" if encoder is _ROWS else "arrow") + (", beside the event loop" if beside else "")


def _small(cost: Cost) -> bool:
    """Whether closures are tried first."""
    return cost.estimate <= DIRECT_TO and not _long(cost)


def _long(cost: Cost) -> bool:
    """Whether a query would hold the event loop."""
    return cost.estimate > READ_BESIDE or cost.rows > SCANNED_BESIDE


async def _pieces(out: Emitter, plan: Plan, read: dict[str, Any], objects: int, limits: Limits) -> Sequence[Json]:
    check = partial(written, limits=limits)
    pieces = await in_blocks(out, plan, read, check) if objects > blocks.BLOCK else None
    if pieces is None:
        pieces = [await plan.write(out, read)]
        check(len(pieces[0]))
    return pieces


async def _apart(work: Callable[[], Coroutine[Any, Any, T]], beside: bool) -> T:
    """Run a step, beside the event loop where that is asked for: begun there, or never where it is given up in the queue."""
    return await asyncio.to_thread(lambda: run_sync(work())) if beside else await work()

"""The GraphQL endpoint: Strawberry's view with our own reading, context, errors and media types."""

import asyncio
from collections.abc import Callable
from contextvars import copy_context
from functools import partial
from typing import Any, TypeAlias

from cross_web import HTTPException as Refused
from graphql import GraphQLError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from strawberry import Schema
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLRequestData
from strawberry.schema.exceptions import InvalidOperationTypeError
from strawberry.types.execution import ExecutionResult

from byline.api.http.disconnect import DisconnectWatch
from byline.api.http.fast_path import REFUSED, REQUEST, UNPLANNED, enveloped
from byline.api.http.gates.accept import check_accept, prefers_page
from byline.api.http.gates.head import RequestHead
from byline.api.http.gates.lanes import Lanes
from byline.api.http.gates.method import check_method, only_queries_by_get
from byline.api.http.gates.passing import passed
from byline.api.http.gates.values import Values
from byline.api.http.page import Page
from byline.api.http.planned import PlannedRequests
from byline.api.http.version import asks_version, stamped, state_version
from byline.api.http.writer import (
    body_of,
    no_persisted_queries,
    refused,
    respond,
    respond_encoded,
    status_of,
)
from byline.api.settings import Settings
from byline.graph.deadline import Deadline, deadline_scope
from byline.graph.errors import TooCostly
from byline.graph.query.encoders import Json
from byline.graph.store.protocol import Store
from byline.schema.answer.planner import Pending, Planner
from byline.schema.compile.documents import Prepare
from byline.schema.context import Context

# Is done once the client has left.
Gone: TypeAlias = "asyncio.Future[None]"


class View(GraphQL[Context, None]):
    """GET and POST of GraphQL over HTTP, and the query page for a browser. No batches, no subscriptions."""

    def __init__(
        self,
        schema: Schema,
        settings: Settings,
        store: Callable[[], Store],
        page: Page,
        planner: Planner,
        prepare: Prepare,
        lanes: Lanes,
    ) -> None:
        super().__init__(schema, graphql_ide=None, subscription_protocols=())
        self._limits = settings.limits()
        self._values, self._max_bytes = Values(settings), settings.max_body_bytes
        self._store = store
        self._page = page
        self._planner = planner
        self._prepare = prepare
        self._lanes = lanes
        self._requests = PlannedRequests(planner, lanes, store)
        self._seconds = settings.max_seconds
        self._budget = settings.max_plain_fields

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; what is refused is raised as HTTPException or StoreFailed, which the app puts in words."""
        if scope["method"] == "HEAD":
            # Answered as GET is (RFC 9110, 9.3.2); the server leaves out the body.
            scope = {**scope, "method": "GET"}
        request = Request(scope, receive)
        check_method(request.method)
        head = RequestHead.of(scope)
        if request.method == "GET" and prefers_page(head):
            response: Response = self._page.response()
        else:
            check_accept(head)
            response = await self._answer(request)
        await response(scope, receive, send)

    async def _plan(self, request: Request, request_data: GraphQLRequestData, context: Context, gone: Gone) -> Response | None:
        """The answer from a plan; None where there is none, or the front asked already. Raises TooCostly, Overloaded."""
        if UNPLANNED in request.scope:
            context.unfit = request.scope[UNPLANNED]
            return None
        planner_args = request_data.query or "", request_data.variables, request_data.operation_name, context
        if self._requests.unread(*planner_args[:3]):
            # Whoever looks for its plan then finds it.
            own = Context(context.store, self._limits)
            begin = partial(self._planner.begin, *planner_args[:3], own, at_once=False)
            await self._requests.read(begin, context, gone)
        if (request_data.extensions or {}).get("explain") is True:
            async with self._lanes.working(self._lanes.planned, context, self._store, gone):
                data, context.account = await self._planner.explained(*planner_args)
        else:
            data = await self._finished(self._planner.begin(*planner_args), context, gone)
        if data is None:
            return None
        await state_version(context)
        return respond_encoded(request, b"".join(enveloped(context, data)), 200)

    async def _finished(self, begun: Json | Pending | None, context: Context, gone: Gone) -> Json | None:
        if not isinstance(begun, Pending):
            return begun
        if begun.long:
            pieces = await self._requests.finish_long(begun, context, gone)
        else:
            pieces = await self._planner.finish(begun, context)
        return None if pieces is None else b"".join(pieces)

    async def _resolved(
        self, request: Request, request_data: GraphQLRequestData, context: Context, gone: Gone
    ) -> ExecutionResult:
        """What the resolvers answer: they take their time over each field, and others are not to wait for them."""
        if context.unfit:
            return ExecutionResult(None, context.unfit)
        adapter = self.request_adapter_class(request)
        work = partial(self.execute_single, request, adapter, Response(), context, None, request_data)
        if not self._valid(request_data.query or ""):
            return await work()
        async with self._lanes.working(self._lanes.resolved, context, self._store, gone):
            with deadline_scope(context.deadline):
                run = partial(copy_context().run, lambda: asyncio.run(work()))
                return await asyncio.get_running_loop().run_in_executor(self._lanes.resolving, run)

    def _valid(self, text: str) -> bool:
        """Whether anything is resolved at all."""
        try:
            return not self._prepare(text)[1]
        except (GraphQLError, RecursionError):
            return False

    async def _answer(self, request: Request) -> Response:
        """Read, execute on the store of this moment, which the request keeps to its end, and write."""
        try:
            request_data = await self._request_data(request)
        except TooCostly as error:
            return self._refusal(request, error, Context(self._store(), self._limits))
        if request_data.query is None:
            return no_persisted_queries(request)
        deadline = Deadline(self._seconds)
        context = Context(self._store(), self._limits, budget=self._budget, deadline=deadline)
        context.states_version = asks_version(RequestHead.of(request.scope), request_data.extensions)
        async with DisconnectWatch(request.receive).attending(deadline) as gone:
            return stamped(await self._answered(request, request_data, context, gone), context)

    async def _request_data(self, request: Request) -> GraphQLRequestData:
        """What is asked for, which the front may have read. Raises what it has found against it, HTTPException, TooCostly."""
        if REFUSED in request.scope:
            raise request.scope.pop(REFUSED)
        if REQUEST in request.scope:
            return GraphQLRequestData(*request.scope[REQUEST])
        return GraphQLRequestData(*await passed(request, self._max_bytes, self._values, partial(self._decoded, request)))

    async def _decoded(self, request: Request, body: bytes) -> Any:
        """The values of a body that takes a while to look through."""
        deadline = Deadline(self._seconds)
        async with DisconnectWatch(request.receive).attending(deadline) as gone:
            return await self._lanes.read_beside(partial(self._values.decode, body), gone)

    def _refusal(self, request: Request, error: TooCostly, context: Context) -> Response:
        """The answer to what was refused before it ran."""
        result = refused(error)
        return respond(request, body := body_of(result, context), status_of(request, result, body))

    async def _answered(self, request: Request, request_data: GraphQLRequestData, context: Context, gone: Gone) -> Response:
        try:
            if (planned := await self._plan(request, request_data, context, gone)) is not None:
                return planned
        except TooCostly as error:
            await state_version(context)
            return self._refusal(request, error, context)
        try:
            result = await self._resolved(request, request_data, context, gone)
        except Refused as refused:
            if isinstance(refused.__cause__, InvalidOperationTypeError):
                raise only_queries_by_get() from refused
            raise HTTPException(refused.status_code, refused.reason) from refused
        await state_version(context)
        body = body_of(result, context)
        return respond(request, body, status_of(request, result, body))

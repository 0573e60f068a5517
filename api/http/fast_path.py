"""The short way: a POST that a plan answers, from the body's bytes to the answer's, without a request or response object.

Whatever is not plainly that, headers it does not know included, goes on to the application behind, body and all.
"""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

import orjson
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from byline.api.http.answers import UNREAD, AnswerWriter
from byline.api.http.connections import Connections
from byline.api.http.disconnect import DisconnectWatch
from byline.api.http.gates.accept import is_acceptable
from byline.api.http.gates.body import fitting_length
from byline.api.http.gates.content_type import is_usual
from byline.api.http.gates.head import RequestHead
from byline.api.http.gates.hosts import ANY_HOST, Hosts
from byline.api.http.gates.lanes import Lanes
from byline.api.http.gates.request import GraphQLRequest, request_of
from byline.api.http.gates.values import LARGE_BODY, Values
from byline.api.http.head_cache import ENDPOINT, HeadCache
from byline.api.http.origins import Origins
from byline.api.http.outgoing import Outgoing
from byline.api.http.packing import Parts
from byline.api.http.planned import PlannedRequests
from byline.api.http.preflight import preflight
from byline.api.http.raw_refusal import refuse
from byline.api.http.version import HEADER, asks_about
from byline.api.settings import Settings
from byline.graph.deadline import Deadline
from byline.graph.errors import HostNotAllowed, StoreFailed
from byline.graph.query.encoders import Json
from byline.graph.store.protocol import Store
from byline.schema.answer.planner import Planner
from byline.schema.context import Context, Limits

# Marks a request of which the planner has already said that it cannot answer it, and holds what is wrong with its variables.
UNPLANNED = "byline.unplanned"
# Holds the error of a request that was refused before it ran.
REFUSED = "byline.refused"
# Holds what a request asks for, so that its body is read once.
REQUEST = "byline.request"
# Holds the body of a request that is to be read beside the event loop, or what it asks for.
TO_READ = "byline.to_read"
# Holds the plan of a request whose answer is too large to be given at once, and its context.
BEGUN = "byline.begun"
# Holds an answer that is there and takes a while to be packed.
TO_PACK = "byline.to_pack"
# Marks a request whose unexpected error is answered and logged.
TOLD = "byline.told"
# What was said of a request before the application is asked.
_SCOPE_KEYS = {UNPLANNED, REFUSED, REQUEST, TO_READ, BEGUN}


class FastPath:
    """ASGI application in front of `behind`."""

    def __init__(
        self,
        behind: ASGIApp,
        planner: Planner,
        store: Callable[[], Store],
        settings: Settings,
        lanes: Lanes,
        hosts: Hosts = ANY_HOST,
    ) -> None:
        self._behind = behind
        self._requests = PlannedRequests(planner, lanes, store)
        self._planner = planner
        self._store = store
        self._limits: Limits = settings.limits()
        self._values = Values(settings)
        self._max_bytes = settings.max_body_bytes
        self._seconds = settings.max_seconds
        self._hosts = hosts
        self.writer = AnswerWriter(Origins.of(settings.allow_origin), settings.gzip_bytes)
        self.heads = HeadCache(self._max_bytes, self.writer, hosts)
        self.connections = Connections(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from a plan, or hand on."""
        if scope["type"] != "http":
            await self._behind(scope, receive, send)
            return
        head = RequestHead.of(scope)
        send = outgoing = Outgoing(self.writer, head, send)
        try:
            self._hosts.check(head)
        except HostNotAllowed as error:
            await refuse(HTTPStatus.MISDIRECTED_REQUEST, error, send)
            return
        if self.writer.origins.is_preflight(head):
            await preflight(self.writer.origins, head, send)
            return
        if head.method != "POST" or scope["path"] != ENDPOINT or HEADER in head.headers:
            await self._hand_on(scope, receive, send)
            return
        answer: Parts | None = scope.get(TO_PACK)
        if answer is None and not _SCOPE_KEYS.intersection(scope):
            message = await self._body(head, receive)
            if message is not None:
                receive = _again(message, receive)
                parts_or_scope = self.at_once(message["body"])
                if isinstance(parts_or_scope, dict):
                    scope.update(parts_or_scope)
                else:
                    answer = parts_or_scope
        if TO_READ in scope:
            receive = listening = DisconnectWatch(receive)
            scope.update(await self._read(scope.pop(TO_READ), listening))
        if BEGUN in scope:
            receive = listening = DisconnectWatch(receive)
            answer = await self._begun(scope, listening)
        if answer is None:
            await self._hand_on(scope, receive, send)
        else:
            scope[UNREAD] = size = sum(map(len, answer))
            await outgoing.planned(answer, size)

    async def _hand_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._behind(scope, receive, send)
        except Exception:
            # Starlette raises again what it has answered; once logged is enough.
            if TOLD not in scope:
                raise
        finally:
            # Raised by now, it holds the frames that hold the scope.
            scope.pop(REFUSED, None)

    def at_once(self, body: bytes) -> "Parts | dict[str, Any]":
        """The answer to a request's body where that is small and planned; else what the scope of the request is to say."""
        if len(body) > LARGE_BODY:
            return {TO_READ: body}
        try:
            request = query, variables, name, extensions = request_of(self._values.decode(body))
            if query is None or asks_about(extensions):
                return {REQUEST: request}
            if self._requests.unread(query, variables, name):
                return {TO_READ: request}
            context = Context(self._store(), self._limits)
            begun = self._planner.begin(query, variables, name, context)
        except Exception as error:
            # Whatever it is, the long way has words for it and an answer in our shape.
            return {REFUSED: error}
        if type(begun) is bytes:
            return enveloped(context, begun)
        return _further(request, begun, context)

    async def _read(self, body_or_request: bytes | GraphQLRequest, listening: DisconnectWatch) -> dict[str, Any]:
        """What the scope of a request is to say whose document or variables take a while to read."""
        deadline = Deadline(self._seconds)
        try:
            context = Context(self._store(), self._limits)
            async with listening.attending(deadline) as gone:
                return await self._requests.read(partial(self._read_all, body_or_request, context), context, gone)
        except StoreFailed:
            # What is wrong with the request is told before.
            return {}
        except Exception as error:
            return {REFUSED: error}

    def _read_all(self, body_or_request: bytes | GraphQLRequest, context: Context) -> dict[str, Any]:
        """The same, in the thread that reads: a large body is counted, made into values once, and its document read."""
        request = request_of(self._values.decode(body_or_request)) if isinstance(body_or_request, bytes) else body_or_request
        query, variables, name, extensions = request
        if query is None or asks_about(extensions):
            return {REQUEST: request}
        begun = self._planner.begin(query, variables, name, context, at_once=False)
        return _further(request, begun, context)

    async def _begun(self, scope: Scope, listening: DisconnectWatch) -> Parts | None:
        """The answer that was begun; None where there is none, which the scope then says."""
        pending, context = scope[BEGUN]
        context.deadline = Deadline(self._seconds)
        try:
            if pending.long:
                async with listening.attending(context.deadline) as gone:
                    data = await self._requests.finish_long(pending, context, gone)
            else:
                # Short work is over before it could be told that nobody waits.
                data = await self._planner.finish(pending, context)
        except Exception as error:
            scope[REFUSED] = error
            return None
        if data is None:
            scope[UNPLANNED] = None
            return None
        return enveloped(context, *data)

    async def _body(self, head: RequestHead, receive: Receive) -> Message | None:
        """The whole body as one message; None where the head does not pass, or leaves its length open: the long way reads it."""
        if fitting_length(head, self._max_bytes) is None or not is_usual(head) or not is_acceptable(head):
            return None
        message = await receive()
        if not message.get("more_body"):
            return message if message["type"] == "http.request" else None
        body = bytearray(message["body"])
        while message.get("more_body"):
            message = await receive()
            if message["type"] != "http.request":
                return None
            body += message["body"]
        return {"type": "http.request", "body": bytes(body), "more_body": False}


def _further(request: GraphQLRequest, begun: Any, context: Context) -> dict[str, Any]:
    """What the scope of a request is to say that was planned, and not answered at once."""
    return {REQUEST: request} | ({UNPLANNED: context.unfit} if begun is None else {BEGUN: (begun, context)})


def enveloped(context: Context, *data: Json) -> Parts:
    """The answer around the pieces of its `data`, in parts."""
    if not context.warnings and context.account is None and context.version is None:
        return (b'{"data":', *data, b"}")
    return (b'{"data":', *data, b',"extensions":' + orjson.dumps(context.extensions) + b"}")


def _again(message: Message, receive: Receive) -> Receive:
    """A receive that gives a message that was already taken, then what follows."""
    waiting: list[Any] = [message]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again

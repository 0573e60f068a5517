"""The short way: a POST that a plan answers, from the body's bytes to the answer's, without a request or response object.

Whatever is not plainly that, headers it does not know included, goes on to the application behind, body and all.
"""

from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any, TypeAlias

import orjson
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from byline.api.http.body import LARGE_BODY, decode
from byline.api.http.connections import Connections
from byline.api.http.disconnect import DisconnectWatch
from byline.api.http.head_cache import Head, HeadCache, fields, length_of, plain, takes_gzip
from byline.api.http.lanes import Lanes
from byline.api.http.origins import ANY_HOST, Hosts, Origins
from byline.api.http.packing import CHUNK, PACKED_BESIDE, Parts, chunks, packed, send_packed
from byline.api.http.raw_refusal import refuse
from byline.api.settings import Settings
from byline.graph.deadline import Deadline
from byline.graph.errors import HostNotAllowed, StoreFailed
from byline.graph.query.encoders import Json
from byline.graph.store.protocol import Store
from byline.schema.answer.planner import Pending, Planner
from byline.schema.compile.documents import BESIDE_FROM
from byline.schema.context import Context, Limits

# Marks a request of which the planner has already said that it cannot answer it, and holds what is wrong with its variables.
UNPLANNED = "byline.unplanned"
# Holds the error of a request that was refused before it ran.
REFUSED = "byline.refused"
# Holds the body of a request that is to be read beside the event loop, or query, variables and operation name.
TO_READ = "byline.to_read"
# Holds what the JSON of a large body says, so that it is made once.
PARSED = "byline.parsed"
# Holds the plan of a request whose answer is too large to be given at once, and its context.
BEGUN = "byline.begun"
# Holds an answer that is there and takes a while to be packed.
TO_PACK = "byline.to_pack"
# Marks a request whose unexpected error is answered and logged.
TOLD = "byline.told"
# Bytes of an answer that is being sent, in the scope of its request.
UNREAD = "byline.unread"
_GZIP = b"content-encoding: gzip\r\nvary: accept, Accept-Encoding\r\ncontent-length: %d\r\n\r\n"
_AS_IT_IS = b"content-length: %d\r\nvary: accept\r\n\r\n"
_MEMBERS = ("query", "variables", "operationName", "extensions")
GraphQLRequest: TypeAlias = tuple[str, dict[str, Any] | None, str | None]


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
        self._lanes = lanes
        self._planner = planner
        self._store = store
        self._limits: Limits = settings.limits()
        self._settings = settings
        self._max_bytes = settings.max_body_bytes
        self._seconds = settings.max_seconds
        self._gzip_bytes = settings.gzip_bytes
        self._origins, self._hosts = Origins.of(settings.allow_origin), hosts
        self.heads = HeadCache(self._max_bytes, self._origins, hosts)
        self.connections = Connections(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from a plan, or hand on."""
        if scope["type"] != "http":
            await self._behind(scope, receive, send)
            return
        try:
            self._hosts.check(scope["headers"])
        except HostNotAllowed as error:
            await refuse(HTTPStatus.MISDIRECTED_REQUEST, error, send)
            return
        if scope["method"] != "POST" or scope["path"] != "/graphql":
            await self._hand_on(scope, receive, send)
            return
        headers = dict(scope["headers"])
        if TO_PACK in scope:
            await self._send(scope[TO_PACK], headers, scope, send)
            return
        if not (UNPLANNED in scope or REFUSED in scope or BEGUN in scope or TO_READ in scope):
            message = await self._body(headers, receive) if plain(headers) else None
            if message is not None:
                said = self.at_once(message["body"])
                receive = _again(message, receive)
                if not isinstance(said, dict):
                    await self._send(said, headers, scope, send)
                    return
                scope.update(said)
        answer = None
        if TO_READ in scope:
            receive = listening = DisconnectWatch(receive)
            scope.update(await self._read(scope.pop(TO_READ), listening))
        if BEGUN in scope:
            receive = listening = DisconnectWatch(receive)
            answer = await self._begun(scope, listening)
        if answer is None:
            await self._hand_on(scope, receive, send)
        else:
            await self._send(answer, headers, scope, send)

    async def _hand_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._behind(scope, receive, send)
        except Exception:
            # Starlette raises again what it has answered; once logged is enough.
            if TOLD not in scope:
                raise

    def at_once(self, body: bytes) -> "Parts | dict[str, Any]":
        """The answer to a request's body where that is small and planned; else what the scope of the request is to say."""
        if len(body) > LARGE_BODY:
            return {TO_READ: body}
        try:
            asked = _asked(orjson.loads(body))
        except orjson.JSONDecodeError:
            return {}
        if asked is None:
            return {}
        query, variables, name = asked
        if len(query) >= BESIDE_FROM and self._planner.documents.unread(query, variables or {}, name):
            return {TO_READ: asked}
        try:
            context = Context(self._store(), self._limits)
            begun = self._planner.begin(query, variables, name, context)
        except StoreFailed:
            return {}
        except Exception as error:
            # Whatever it is, the long way has words for it and an answer in our shape.
            return {REFUSED: error}
        if type(begun) is bytes:
            return enveloped(context, begun)
        return {UNPLANNED: context.unfit} if begun is None else {BEGUN: (begun, context)}

    async def _read(self, given: bytes | GraphQLRequest, listening: DisconnectWatch) -> dict[str, Any]:
        """What the scope of a request is to say whose document or variables take a while to read."""
        deadline = Deadline(self._seconds)
        try:
            context = Context(self._store(), self._limits)
            reading = partial(self._lanes.admitted, self._lanes.read, context, self._store)
            async with listening.attending(deadline) as gone, reading(gone):
                return await self._lanes.reads(partial(self._read_all, given, context))
        except StoreFailed:
            return {}
        except Exception as error:
            return {REFUSED: error}

    def _read_all(self, given: bytes | GraphQLRequest, context: Context) -> dict[str, Any]:
        """The same, in the thread that reads: a large body is counted, made into values once, and its document read."""
        said: dict[str, Any] = {}
        asked: GraphQLRequest | None
        if isinstance(given, bytes):
            said[PARSED] = decode(given, "The body", self._settings)
            asked = _asked(said[PARSED])
        else:
            asked = given
        if asked is None:
            return said
        begun = self._planner.begin(*asked, context, at_once=False)
        return said | ({UNPLANNED: context.unfit} if begun is None else {BEGUN: (begun, context)})

    async def _begun(self, scope: Scope, listening: DisconnectWatch) -> Parts | None:
        """The answer that was begun; None where there is none, which the scope then says."""
        pending, context = scope[BEGUN]
        context.deadline = Deadline(self._seconds)
        try:
            data = await (self._long(pending, context, listening) if pending.long else self._planner.finish(pending, context))
        except Exception as error:
            scope[REFUSED] = error
            return None
        if data is None:
            scope[UNPLANNED] = None
            return None
        return enveloped(context, *data)

    async def _long(self, pending: Pending, context: Context, listening: DisconnectWatch) -> Sequence[Json] | None:
        """What takes long, once it has a place. Short work is over before it could be told that nobody waits."""
        assert context.deadline is not None
        working = partial(self._lanes.admitted, self._lanes.planned, context, self._store)
        async with listening.attending(context.deadline) as gone, working(gone):
            context.deadline.begin()
            # It was that of a snapshot which may be older.
            pending.cost = None
            return await self._planner.finish(pending, context)

    def written(self, begin: bytes, head: Head, parts: Parts) -> "bytes | dict[str, Any]":
        """The bytes of an answer that goes out in one piece, behind its beginning; else what the scope is to say."""
        size = sum(map(len, parts))
        if head.gzip and size >= self._gzip_bytes:
            if size >= PACKED_BESIDE:
                return {TO_PACK: parts}
            body = packed(parts)
            return b"".join((begin, head.lines, _GZIP % len(body), body))
        return b"".join((begin, head.lines, _AS_IT_IS % size, *parts))

    async def _body(self, headers: dict[bytes, bytes], receive: Receive) -> Message | None:
        """The whole body as one message; None where its length is not stated, or too long for here."""
        if length_of(headers, self._max_bytes) is None:
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

    async def _send(self, parts: Parts, headers: dict[bytes, bytes], scope: Scope, send: Send) -> None:
        scope[UNREAD] = size = sum(len(part) for part in parts)
        start = fields(headers, self._origins)
        if size >= self._gzip_bytes and takes_gzip(headers):
            start += [(b"content-encoding", b"gzip"), (b"vary", b"accept, Accept-Encoding")]
            await send({"type": "http.response.start", "status": 200, "headers": start})
            await send_packed(parts, size, send)
            return
        start += [(b"content-length", str(size).encode()), (b"vary", b"accept")]
        await send({"type": "http.response.start", "status": 200, "headers": start})
        if size <= CHUNK:
            await send({"type": "http.response.body", "body": b"".join(parts)})
            return
        for chunk in chunks(parts):
            # uvicorn hands the view on to the socket as it is: no copy.
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def _asked(asked: Any) -> GraphQLRequest | None:
    """Query, variables and operation name; None for what is no such request, or asks for an explanation by its extensions."""
    if type(asked) is not dict:
        return None
    query, variables, name, extended = map(asked.get, _MEMBERS)
    if type(query) is not str or not (variables is None or type(variables) is dict):
        return None
    if name is None and extended is None:
        return query, variables, None
    # Extensions that are no object are left to those who refuse them; a hash beside its query changes nothing.
    known = extended is None or (type(extended) is dict and "explain" not in extended)
    return (query, variables, name or None) if known and (name is None or type(name) is str) else None


def enveloped(context: Context, *data: Json) -> Parts:
    """The answer around the pieces of its `data`, in parts."""
    if not context.warnings and context.account is None:
        return (b'{"data":', *data, b"}")
    return (b'{"data":', *data, b',"extensions":' + orjson.dumps(context.extensions) + b"}")


def _again(message: Message, receive: Receive) -> Receive:
    """A receive that gives a message that was already taken, then what follows."""
    waiting: list[Any] = [message]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again

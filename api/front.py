"""The short way: a POST that a plan answers, from the socket's bytes to the answer's, without a request or response object.

Whatever is not plainly that, headers it does not know included, goes on to the application behind, body and all.
"""

import gzip
from asyncio import to_thread
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import orjson
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.answers import media_type
from api.body import JSON
from api.settings import Settings
from graph.errors import StoreFailed, TooCostly
from graph.store.protocol import Store
from schema.context import Context, Limits
from schema.planned import Planner

# Marks a request of which the planner has already said that it cannot answer it.
UNPLANNED = "byline.unplanned"
# Holds the error of a request that was refused before it ran.
REFUSED = "byline.refused"
_TYPES = {JSON.encode(), f"{JSON}; charset=utf-8".encode(), f"{JSON};charset=utf-8".encode()}
# Answers from this size on are compressed beside the event loop.
_LONG = 64 * 1024


class Front:
    """ASGI application in front of `behind`."""

    def __init__(self, behind: ASGIApp, planner: Planner, store: Callable[[], Store], settings: Settings) -> None:
        self._behind = behind
        self._planner = planner
        self._store = store
        self._limits: Limits = settings.limits()
        self._max_bytes = settings.max_body_bytes
        self._gzip_bytes = settings.gzip_bytes
        self._origin = settings.allow_origin.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from a plan, or hand on."""
        if scope["type"] != "http" or scope["method"] != "POST" or scope["path"] != "/graphql":
            await self._behind(scope, receive, send)
            return
        headers = dict(scope["headers"])
        message = await self._body(headers, receive) if _plain(headers) else None
        if message is None:
            await self._behind(scope, receive, send)
            return
        try:
            answer = await self._answer(message["body"])
        except TooCostly as error:
            answer, scope[REFUSED] = None, error
        if answer is None:
            scope[UNPLANNED] = True
            await self._behind(scope, _again(message, receive), send)
            return
        await self._send(answer, headers, send)

    async def _body(self, headers: dict[bytes, bytes], receive: Receive) -> Message | None:
        """The whole body as one message; None where its length is not stated, or too long for here."""
        stated = headers.get(b"content-length", b"")
        if not stated.isdigit() or int(stated) > self._max_bytes:
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

    async def _answer(self, body: bytes) -> bytes | None:
        try:
            asked = orjson.loads(body)
            query, variables, name = asked["query"], asked.get("variables"), asked.get("operationName")
            fits = type(query) is str and (variables is None or type(variables) is dict) and (name is None or type(name) is str)
            if not fits or asked.get("extensions"):
                return None
            context = Context(self._store(), self._limits)
        except (orjson.JSONDecodeError, TypeError, KeyError, AttributeError, StoreFailed):
            return None
        data = await self._planner.answer(query, variables, name or None, context)
        return None if data is None else enveloped(data, context)

    async def _send(self, answer: bytes, headers: dict[bytes, bytes], send: Send) -> None:
        extra: list[tuple[bytes, bytes]] = []
        vary = b"accept"
        if b"gzip" in headers.get(b"accept-encoding", b"") and len(answer) >= self._gzip_bytes:
            answer = await to_thread(gzip.compress, answer, 1) if len(answer) > _LONG else gzip.compress(answer, 1)
            extra.append((b"content-encoding", b"gzip"))
            vary = b"accept, Accept-Encoding"
        if b"origin" in headers and self._origin:
            extra.append((b"access-control-allow-origin", self._origin))
        start = [
            (b"content-length", str(len(answer)).encode()),
            (b"content-type", _content_type(headers.get(b"accept", b""))),
            (b"vary", vary),
            *extra,
        ]
        await send({"type": "http.response.start", "status": 200, "headers": start})
        await send({"type": "http.response.body", "body": answer})


def enveloped(data: bytes, context: Context) -> bytes:
    """The answer around its `data`."""
    if not context.warnings:
        return b'{"data":' + data + b"}"
    return b'{"data":' + data + b',"extensions":' + orjson.dumps({"warnings": context.warnings}) + b"}"


def _plain(headers: dict[bytes, bytes]) -> bool:
    return headers.get(b"content-type", b"").lower() in _TYPES and b"content-encoding" not in headers


def _again(message: Message, receive: Receive) -> Receive:
    """A receive that gives a message that was already taken, then what follows."""
    waiting: list[Any] = [message]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again


@lru_cache(256)
def _content_type(accept: bytes) -> bytes:
    return f"{media_type(accept.decode('latin-1'))}; charset=utf-8".encode()

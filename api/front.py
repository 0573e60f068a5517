"""The short way: a POST that a plan answers, from the socket's bytes to the answer's, without a request or response object.

Whatever is not plainly that, headers it does not know included, goes on to the application behind, body and all.
"""

import zlib
from asyncio import to_thread
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, TypeAlias

import orjson
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.answers import media_type
from api.body import JSON
from api.settings import Settings
from graph.errors import StoreFailed, TooCostly
from graph.store.protocol import Store
from schema.context import Context, Limits
from schema.forms import Json
from schema.planned import Planner

# Marks a request of which the planner has already said that it cannot answer it.
UNPLANNED = "byline.unplanned"
# Holds the error of a request that was refused before it ran.
REFUSED = "byline.refused"
_TYPES = {JSON.encode(), f"{JSON}; charset=utf-8".encode(), f"{JSON};charset=utf-8".encode()}
# Longer answers go out, and through gzip, in pieces of this size.
_CHUNK = 256 * 1024
Parts: TypeAlias = tuple[Json, ...]


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
            asked = self._asked(message["body"])
            answer = await self._answer(*asked, scope) if asked else None
        except TooCostly as error:
            answer, scope[REFUSED] = None, error
        if answer is None:
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

    def _asked(self, body: bytes) -> tuple[str, dict[str, Any] | None, str | None] | None:
        """Query, variables and operation name; None for what is no such request, or asks for more by its extensions."""
        try:
            asked = orjson.loads(body)
            query, variables, name = asked["query"], asked.get("variables"), asked.get("operationName")
            extended = asked.get("extensions")
        except (orjson.JSONDecodeError, TypeError, KeyError, AttributeError):
            return None
        fits = type(query) is str and (variables is None or type(variables) is dict) and (name is None or type(name) is str)
        return (query, variables, name or None) if fits and not extended else None

    async def _answer(self, query: str, variables: dict[str, Any] | None, name: str | None, scope: Scope) -> Parts | None:
        try:
            context = Context(self._store(), self._limits)
        except StoreFailed:
            return None
        data = await self._planner.answer(query, variables, name, context)
        if data is None:
            scope[UNPLANNED] = True
            return None
        return enveloped(data, context)

    async def _send(self, parts: Parts, headers: dict[bytes, bytes], send: Send) -> None:
        size = sum(len(part) for part in parts)
        start = [(b"content-type", _content_type(headers.get(b"accept", b"")))]
        if b"origin" in headers and self._origin:
            start.append((b"access-control-allow-origin", self._origin))
        if size >= self._gzip_bytes and b"gzip" in headers.get(b"accept-encoding", b""):
            start += [(b"content-encoding", b"gzip"), (b"vary", b"accept, Accept-Encoding")]
            await send({"type": "http.response.start", "status": 200, "headers": start})
            await _compressed(parts, size, send)
            return
        start += [(b"content-length", str(size).encode()), (b"vary", b"accept")]
        await send({"type": "http.response.start", "status": 200, "headers": start})
        if size <= _CHUNK:
            await send({"type": "http.response.body", "body": b"".join(parts)})
            return
        for chunk in _chunks(parts):
            await send({"type": "http.response.body", "body": bytes(chunk), "more_body": True})
        await send({"type": "http.response.body", "body": b""})


async def _compressed(parts: Parts, size: int, send: Send) -> None:
    """Send parts through gzip, long ones beside the event loop."""
    packer = zlib.compressobj(1, wbits=31)
    if size <= _CHUNK:
        await send({"type": "http.response.body", "body": packer.compress(b"".join(parts)) + packer.flush()})
        return
    for chunk in _chunks(parts):
        await send({"type": "http.response.body", "body": await to_thread(packer.compress, chunk), "more_body": True})
    await send({"type": "http.response.body", "body": packer.flush()})


def _chunks(parts: Parts) -> Iterator[memoryview]:
    """The parts in pieces that the socket takes one at a time: a long answer is not copied as a whole."""
    for part in parts:
        view = memoryview(part)
        yield from (view[at : at + _CHUNK] for at in range(0, len(view), _CHUNK))


def enveloped(data: Json, context: Context) -> Parts:
    """The answer around its `data`, in parts."""
    if not (extensions := context.extensions):
        return (b'{"data":', data, b"}")
    return (b'{"data":', data, b',"extensions":' + orjson.dumps(extensions) + b"}")


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

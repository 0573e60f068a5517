"""Refusals before the application, for requests that never reach it: too long a head, too slow, no room, a foreign name, a page
that may not ask."""

from collections.abc import Iterable
from http import HTTPStatus

from starlette.types import Send

from byline.api.http.answers import rendered
from byline.api.http.gates.head import Header
from byline.api.http.writer import content_type, encode
from byline.graph.errors import BylineError


def raw_refusal(status: HTTPStatus, error: BylineError, retry_after: int | None = None) -> bytes:
    """A whole answer in GraphQL's shape, after which the connection is closed."""
    lines, body = _answer(error)
    more = [(b"retry-after", b"%d" % retry_after)] if retry_after is not None else []
    begin = f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode()
    return begin + rendered([*lines, *more, (b"connection", b"close")]) + b"\r\n" + body


async def refuse(status: HTTPStatus, error: BylineError, send: Send, more: Iterable[Header] = ()) -> None:
    """The same over ASGI, with further lines."""
    lines, body = _answer(error)
    await send({"type": "http.response.start", "status": status.value, "headers": [*lines, *more]})
    await send({"type": "http.response.body", "body": body})


def _answer(error: BylineError) -> tuple[list[Header], bytes]:
    body = encode({"errors": [error.formatted]})
    return [(b"content-type", content_type(b"").encode()), (b"content-length", b"%d" % len(body))], body

"""Refusals before the application, for requests that never reach it: too long a head, too slow, no room, a foreign name."""

from http import HTTPStatus

import orjson
from starlette.types import Send

from byline.graph.errors import BylineError


def raw_refusal(status: HTTPStatus, error: BylineError, retry_after: int | None = None) -> bytes:
    """A whole answer in GraphQL's shape, after which the connection is closed."""
    body = _body(error)
    lines = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        "content-type: application/json; charset=utf-8",
        f"content-length: {len(body)}",
        *([f"retry-after: {retry_after}"] if retry_after is not None else []),
        "connection: close",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def refuse(status: HTTPStatus, error: BylineError, send: Send) -> None:
    """The same over ASGI."""
    body = _body(error)
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status.value, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _body(error: BylineError) -> bytes:
    return orjson.dumps({"errors": [error.formatted]})

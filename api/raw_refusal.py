"""Refusals written straight to the connection, for requests that never become one: too long a head, too slow, no room."""

from http import HTTPStatus

import orjson

from graph.errors import BylineError


def raw_refusal(status: HTTPStatus, error: BylineError, retry_after: int | None = None) -> bytes:
    """A whole answer in GraphQL's shape, after which the connection is closed."""
    body = orjson.dumps({"errors": [{"message": error.message, "extensions": error.extensions}]})
    lines = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        "content-type: application/json; charset=utf-8",
        f"content-length: {len(body)}",
        *([f"retry-after: {retry_after}"] if retry_after is not None else []),
        "connection: close",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body

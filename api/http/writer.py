"""How results and refusals look on the wire: media type, status, the shape of errors."""

import logging
from functools import lru_cache
from http import HTTPStatus
from typing import Any

import orjson
from graphql import GraphQLError, GraphQLSyntaxError
from starlette.requests import Request
from starlette.responses import Response
from strawberry.types.execution import ExecutionResult, PreExecutionError

from byline.api.http.document_guard import graphql_wording, hint_of
from byline.api.http.failures import INTERNAL, internal
from byline.api.http.gates.accept import RESPONSE_JSON, media_type
from byline.api.http.gates.head import Header, RequestHead
from byline.api.http.reject_log import REJECTS
from byline.graph.errors import BylineError, StoreFailed, TooCostly, forget_frames
from byline.schema.context import Context

log = logging.getLogger("byline")

# Data beside errors under GraphQL's own media type (GraphQL over HTTP, September 2026).
PARTIAL_SUCCESS = 294
CODES = {
    400: "BAD_REQUEST",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    406: "NOT_ACCEPTABLE",
    413: "BODY_TOO_LARGE",
    415: "UNSUPPORTED_MEDIA_TYPE",
    416: "RANGE_NOT_SATISFIABLE",
    500: INTERNAL,
}
# What a client is told of a store that fails; the error's own words name folders of this machine and go to the log.
_STORE = {
    "NO_SNAPSHOT": "Nothing was ingested yet",
    "SNAPSHOT_DAMAGED": "The snapshot is damaged",
    "FORMAT_TOO_NEW": "The snapshot was written by a newer Byline",
}


def store_error(error: StoreFailed) -> str:
    """Log a store's failure and give the words for the client."""
    REJECTS.note(str(error), logging.ERROR)
    return _STORE.get(error.code, "The store cannot be read")


def encode(data: object) -> bytes:
    """JSON bytes. Integers beyond 64 bits, which orjson refuses, cannot stand in a GraphQL answer either."""
    return orjson.dumps(data)


def accepted(request: Request) -> bytes:
    """The media types that the client accepts, as all gates read them."""
    return RequestHead.of(request.scope).get(b"accept")


def content_type(accept: bytes) -> str:
    """The content type of an answer to a client that sent this Accept header."""
    return f"{media_type(accept)}; charset=utf-8"


def negotiated(accept: bytes) -> list[Header]:
    """The lines of an answer to a client that sent this Accept header which depend on it."""
    return list(_negotiated(accept))


@lru_cache(256)
def _negotiated(accept: bytes) -> tuple[Header, ...]:
    return (b"content-type", content_type(accept).encode()), (b"vary", b"accept")


def respond(request: Request, body: dict[str, Any], status: int, headers: dict[str, str] | None = None) -> Response:
    """An answer or a refusal, in the media type that the client wants. Errors go to browsers as JSON too."""
    return respond_encoded(request, encode(body), status, headers)


def respond_encoded(request: Request, body: bytes, status: int, headers: dict[str, str] | None = None) -> Response:
    """The same of a body that is JSON already."""
    response = Response(body, status, headers)
    response.raw_headers += negotiated(accepted(request))
    return response


def refusal(
    request: Request, status: int, message: str, code: str | None = None, headers: dict[str, str] | None = None
) -> Response:
    """A request that was not executed: one error in GraphQL's shape."""
    error = {"message": message, "extensions": {"code": code or CODES.get(status, HTTPStatus(status).name)}}
    return respond(request, {"errors": [error]}, status, headers)


def no_persisted_queries(request: Request) -> Response:
    """The answer to a hash without its query: words and code by which clients of automatic persisted queries send the query
    instead, and no hash again. No cache may keep it, or the hash would be refused once there is support."""
    status = request_error(request)
    headers = {"cache-control": "no-store"}
    return refusal(request, status, "PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED", headers)


def body_of(result: ExecutionResult, context: Context) -> dict[str, Any]:
    """The members of the answer; one that failed before execution has no `data`."""
    body: dict[str, Any] = {}
    if result.errors:
        body["errors"] = [formatted(error, result) for error in result.errors]
        forget_frames(result.errors)
    if not failed_early(result):
        body["data"] = result.data
    extensions = {**(result.extensions or {}), **context.extensions}
    if extensions:
        body["extensions"] = extensions
    return body


def refused(error: TooCostly) -> ExecutionResult:
    """The result of a query that was refused before it ran. It has the error as it was raised, not afresh: with the answer its
    frames are let go of, which hold the request and the error in turn."""
    return ExecutionResult(None, [GraphQLError(error.message, original_error=error)])


def failed_early(result: ExecutionResult) -> bool:
    """Whether the request failed before any field was resolved."""
    return result.data is None and bool(result.errors) and all(error.path is None for error in result.errors or ())


def status_of(request: Request, result: ExecutionResult, body: dict[str, Any]) -> int:
    """The HTTP status of a result: 200 once a field was resolved, 294 beside errors under GraphQL's own media type."""
    if not failed_early(result):
        return PARTIAL_SUCCESS if result.errors and is_response_json(request) else 200
    if any(error["extensions"]["code"] == INTERNAL for error in body["errors"]):
        return 500
    return request_error(request)


def request_error(request: Request) -> int:
    """GraphQL over HTTP: the status of a request error is 400 under GraphQL's own media type, and 200 under JSON."""
    return 400 if is_response_json(request) else 200


def is_response_json(request: Request) -> bool:
    """Whether the answer comes in GraphQL's own media type."""
    return media_type(accepted(request)) == RESPONSE_JSON


def formatted(error: GraphQLError, result: ExecutionResult) -> dict[str, Any]:
    """An error for the client: ours and GraphQL's own as they are, anything unexpected logged and masked."""
    shown: dict[str, Any] = dict(error.formatted)
    cause = _cause(error)
    if isinstance(cause, StoreFailed):
        shown |= {"message": store_error(cause), "extensions": {"code": cause.code}}
    elif isinstance(cause, BylineError):
        shown["extensions"] = {**cause.extensions, **shown.get("extensions", {})}
    elif isinstance(cause, RecursionError):
        shown |= {"message": "The request is nested too deeply", "extensions": {"code": "BAD_USER_INPUT"}}
    elif _is_unexpected(error, cause):
        shown |= internal(cause, f"{error.path}")
    else:
        shown["message"] = graphql_wording(error.message)
        shown["extensions"] = {"code": _code(error, result), **hint_of(error), **shown.get("extensions", {})}
    return shown


def _cause(error: GraphQLError) -> BaseException | None:
    """The exception behind an error, through any number of GraphQL errors around it."""
    cause: BaseException | None = error.original_error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    return cause


def _is_unexpected(error: GraphQLError, cause: BaseException | None) -> bool:
    """Whether a foreign exception lies behind it. A value that a scalar refuses has one too, but nodes and no path."""
    if cause is None or isinstance(cause, GraphQLError):
        return False
    return error.path is not None or not error.nodes


def _code(error: GraphQLError, result: ExecutionResult) -> str:
    if isinstance(error, GraphQLSyntaxError):
        return "GRAPHQL_PARSE_FAILED"
    return "GRAPHQL_VALIDATION_FAILED" if isinstance(result, PreExecutionError) else "BAD_USER_INPUT"

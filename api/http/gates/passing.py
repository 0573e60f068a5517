"""The gates behind the method's, in their order, for a request that comes over ASGI."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request

from byline.api.http.gates.body import read_body
from byline.api.http.gates.content_type import check_content_type
from byline.api.http.gates.head import RequestHead
from byline.api.http.gates.request import GraphQLRequest, from_url, request_of
from byline.api.http.gates.values import LARGE_BODY, Values


async def passed(
    request: Request, most_bytes: int, values: Values, decode_beside: Callable[[bytes], Awaitable[Any]]
) -> GraphQLRequest:
    """What a GET or POST asks for. Large bodies are given to `decode_beside`.

    Raises HTTPException: 400 not a GraphQL request, 413 body over BYLINE_MAX_BODY_BYTES, 415 not JSON in UTF-8; TooCostly for
    more values than any request may give.
    """
    if request.method == "GET":
        return from_url(request.query_params, values)
    head = RequestHead.of(request.scope)
    check_content_type(head)
    body = await read_body(request, head, most_bytes)
    return request_of(await decode_beside(body) if len(body) > LARGE_BODY else values.decode(body))

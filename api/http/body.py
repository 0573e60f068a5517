"""From a request's bytes to what GraphQL is asked for; all that is no GraphQL request is refused here."""

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from strawberry.http import GraphQLRequestData

from byline.api.http.json_extent import check_values
from byline.api.settings import Settings
from byline.graph.errors import limit_hint

JSON = "application/json"
# Longer bodies hold documents or variables that take a while to look through.
LARGE_BODY = 16 * 1024


async def read_request(
    request: Request, settings: Settings, parsed: Callable[[bytes], Awaitable[Any]] | None = None
) -> GraphQLRequestData:
    """The query, variables, operation name and extensions of a GET or POST. Large bodies are given to `parsed`.

    `query` is None where the hash of a persisted query stands in its place. Raises HTTPException: 400 not a GraphQL request,
    413 body over BYLINE_MAX_BODY_BYTES, 415 not JSON in UTF-8; TooCostly for more values than any request may give.
    """
    if request.method == "GET":
        return checked(_from_url(request, settings))
    _check_type(request)
    body = await _read(request, settings.max_body_bytes)
    large = parsed is not None and len(body) > LARGE_BODY
    return checked(await parsed(body) if parsed and large else decode(body, "The body", settings))


def decode(data: bytes, what: str, settings: Settings) -> Any:
    """JSON to values. Raises HTTPException 400 that names `what`; nesting over 1,024 levels is no JSON here. Raises TooCostly."""
    check_values(data, settings)
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise HTTPException(400, f"{what} is not JSON: {error.msg}") from None


def checked(asked: Any) -> GraphQLRequestData:
    """The parts of a request in their types, `query` None beside a hash. Raises HTTPException 400 that names the part."""
    if isinstance(asked, list):
        raise HTTPException(400, "A list of requests is not accepted: send one request at a time")
    if not isinstance(asked, dict):
        raise HTTPException(400, "A GraphQL request is a JSON object with the member `query`")
    query, name = asked.get("query"), asked.get("operationName")
    hashed = query in (None, "") and names_persisted(asked.get("extensions"))
    if not hashed and (not isinstance(query, str) or not query.strip()):
        raise HTTPException(400, "`query` must be a text and not empty")
    if name is not None and not isinstance(name, str):
        raise HTTPException(400, "`operationName` must be a text or null")
    for part in ("variables", "extensions"):
        if asked.get(part) is not None and not isinstance(asked[part], dict):
            raise HTTPException(400, f"`{part}` must be an object or null")
    return GraphQLRequestData(None if hashed else query, asked.get("variables"), name or None, asked.get("extensions"))


def names_persisted(extensions: Any) -> bool:
    """Whether a request names a persisted query, as clients of automatic persisted queries do with its SHA-256 hash."""
    return isinstance(extensions, dict) and isinstance(extensions.get("persistedQuery"), dict)


def _from_url(request: Request, settings: Settings) -> dict[str, Any]:
    given = request.query_params
    for name in ("query", "operationName", "variables", "extensions"):
        if (times := len(given.getlist(name))) > 1:
            raise HTTPException(400, f"`{name}` is given {times} times: give it once")
    asked: dict[str, Any] = {name: given[name] for name in ("query", "operationName") if name in given}
    for part in ("variables", "extensions"):
        if given.get(part):
            asked[part] = decode(given[part].encode(), f"`{part}`", settings)
    return asked


def _check_type(request: Request) -> None:
    kind, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    charset = next((value.split("=", 1)[1].strip('" ') for value in parameters if value.startswith("charset=")), "utf-8")
    if kind != JSON or charset not in ("utf-8", "utf8"):
        raise HTTPException(415, f"The content type must be {JSON}, in UTF-8")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise HTTPException(415, "A compressed body is not accepted")


async def _read(request: Request, max_bytes: int) -> bytes:
    """The body, refused as soon as it is known to be too long: by its stated length, else while it arrives."""
    stated = request.headers.get("content-length", "")
    if stated.isdecimal() and int(stated) > max_bytes:
        raise _too_long(max_bytes, f"has {stated}")
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > max_bytes:
                raise _too_long(max_bytes, "has more")
    except ClientDisconnect:
        # Nobody is left to read it, and the log has nothing to tell.
        raise HTTPException(400, "The body ended before all of it had come") from None
    return bytes(body)


def _too_long(max_bytes: int, size: str) -> HTTPException:
    return HTTPException(413, limit_hint(f"The body may have at most {max_bytes} bytes, this one {size}", "max_body_bytes"))

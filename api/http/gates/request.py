"""Gate of the request: a GraphQL request (query, variables, operation name, extensions), its members in their types."""

from typing import Any, TypeAlias

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException

from byline.api.http.gates.values import Values

# Query, variables, operation name and extensions. A query is None where the hash of a persisted one stands in its place.
GraphQLRequest: TypeAlias = tuple[str | None, dict[str, Any] | None, str | None, dict[str, Any] | None]


def request_of(value: Any) -> GraphQLRequest:
    """What the JSON of a body asks for. Raises HTTPException 400 that names the part."""
    if type(value) is dict:
        query, variables = value.get("query"), value.get("variables")
        name, extensions = value.get("operationName"), value.get("extensions")
        plain = type(query) is str and name is None is extensions and (variables is None or type(variables) is dict)
        if plain and query and not query.isspace():
            return query, variables, None, None
        return _checked(query, variables, name, extensions)
    if isinstance(value, list):
        raise HTTPException(400, "A list of requests is not accepted: send one request at a time")
    raise HTTPException(400, "A GraphQL request is a JSON object with the member `query`")


def _checked(query: Any, variables: Any, name: Any, extensions: Any) -> GraphQLRequest:
    hashed = query in (None, "") and _names_persisted(extensions)
    if not hashed and (not isinstance(query, str) or not query.strip()):
        raise HTTPException(400, "`query` must be a text and not empty")
    if name is not None and not isinstance(name, str):
        raise HTTPException(400, "`operationName` must be a text or null")
    for part, value in (("variables", variables), ("extensions", extensions)):
        if value is not None and not isinstance(value, dict):
            raise HTTPException(400, f"`{part}` must be an object or null")
    return None if hashed else query, variables, name or None, extensions


def _names_persisted(extensions: Any) -> bool:
    """Whether a request names a persisted query, as clients of automatic persisted queries do with its SHA-256 hash."""
    return isinstance(extensions, dict) and isinstance(extensions.get("persistedQuery"), dict)


def from_url(parameters: QueryParams, values: Values) -> GraphQLRequest:
    """What a GET asks for. Raises what `request_of` and `decode` raise."""
    for name in ("query", "operationName", "variables", "extensions"):
        if (times := len(parameters.getlist(name))) > 1:
            raise HTTPException(400, f"`{name}` is given {times} times: give it once")
    value: dict[str, Any] = {name: parameters[name] for name in ("query", "operationName") if name in parameters}
    for part in ("variables", "extensions"):
        if parameters.get(part):
            value[part] = values.decode(parameters[part].encode(), f"`{part}`")
    return request_of(value)

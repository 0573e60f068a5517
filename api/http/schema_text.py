"""Schema in GraphQL's own language (SDL), for code generators: GET /schema.graphql."""

from functools import cached_property
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response
from strawberry import Schema

from byline.api.http.file_answer import Unchanged

# Where it is, and as what: no media type is registered for it, and a browser shows text.
SCHEMA_PATH = "/schema.graphql"
_TYPE = "text/plain"


class SchemaText:
    """The text of one schema, made when it is first asked for: that takes a moment, and most servers are never asked."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    async def answer(self, request: Request) -> Response:
        """The text, or that it is what the client has."""
        headers = {"etag": self._tag, "cache-control": "no-cache", "x-content-type-options": "nosniff"}
        known = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
        whole = Response(self._text, headers=headers, media_type=_TYPE)
        return Unchanged(whole) if known & {self._tag, "*"} else whole

    @cached_property
    def _text(self) -> bytes:
        return f"{self._schema.as_str()}\n".encode()

    @cached_property
    def _tag(self) -> str:
        return f'"{sha256(self._text).hexdigest()[:32]}"'

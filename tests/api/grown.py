"""Requests that Hypothesis grows within the limits, and what each costs before its price is known."""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

import orjson
from hypothesis import strategies as st
from starlette.types import Message

import byline.api.http.document_guard
from byline.api.app import create_app
from byline.api.http.fast_path import FastPath
from byline.api.settings import Settings
from byline.schema.build import make_schema
from byline.schema.compile.documents import Documents
from byline.schema.context import Limits

SCHEMA = make_schema()


class Grown(Protocol):
    """A request that can be asked, as if nothing of it had been seen before."""

    def cost(self) -> float:
        """Seconds of this thread."""


@dataclass(frozen=True)
class Document:
    """A document and its variables."""

    text: str
    variables: dict[str, Any]

    def cost(self) -> float:
        """Until it has a plan, or a refusal."""
        fresh = Documents(SCHEMA, Limits(), byline.api.http.document_guard.prepared(SCHEMA._schema, Settings()))
        begun = time.thread_time()
        with suppress(Exception):
            fresh.compiled(self.text, self.variables, None)
        return time.thread_time() - begun


@dataclass(frozen=True)
class Head:
    """Headers and the query of an URL, on their way through all of the application."""

    path: str
    query: bytes
    headers: list[tuple[bytes, bytes]]

    def cost(self) -> float:
        """Until there is an answer, which without a store is a refusal."""
        app, begun = _application(), time.thread_time()
        asyncio.run(self._asked(app))
        return time.thread_time() - begun

    async def _asked(self, app: FastPath) -> None:
        async def receive() -> Message:
            await asyncio.sleep(3600)
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            statuses.append(message.get("status", 0))

        statuses: list[int] = []
        scope = {
            "type": "http", "method": "GET", "path": self.path, "query_string": self.query, "root_path": "", "scheme": "http",
            "http_version": "1.1", "headers": self.headers,
        }  # fmt: skip
        await app(scope, receive, send)
        assert statuses[0] in (200, 307, 400, 404, 406, 421, 503), statuses


@cache
def _application() -> FastPath:
    return create_app(Settings(allow_origin="https://a.example"))


def reference_seconds() -> float:
    """Seconds of this thread for work of a known size: a tenth of what a request may take, half a second where this was set."""
    return min(_tenth() for _ in range(10)) * 10


def _tenth() -> float:
    begun = time.thread_time()
    # The least of ten: the collector of cycles comes to some, and has all of the test's process to walk.
    orjson.loads(orjson.dumps([{"a": [str(number), number]} for number in range(2000)]))
    return time.thread_time() - begun


# Pieces that documents are grown from, each with the field that leads on (or none), on people.
_LEAVES = ["name", "id", "__typename", "a: name", "b: id", "paperCount"]
_HOPS = [
    "coauthors",
    "a: coauthors",
    "b: coauthors",
    "c: coauthors(first: 1)",
    "coauthors(where: $w)",
    "d: coauthors(where: {or: [$w]})",
]
_WRAPS = ["... {", "... on Author {", "... @include(if: $yes) {"]


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document whose fragments lead to later ones, several times and under aliases, and variables to go with it."""
    count = draw(st.integers(1, 24))
    fragments = []
    for at in range(count):
        parts = []
        for _ in range(draw(st.integers(1, 6))):
            inner = f"...F{draw(st.integers(at + 1, count))}" if draw(st.booleans()) else draw(st.sampled_from(_LEAVES))
            shape = draw(st.sampled_from(["plain", "hop", "wrap"]))
            inner = f"{draw(st.sampled_from(_HOPS))} {{ nodes {{ {inner} }} }}" if shape == "hop" else inner
            parts.append(f"{draw(st.sampled_from(_WRAPS))} {inner} }}" if shape == "wrap" else inner)
        fragments.append(f"fragment F{at} on Author {{ {' '.join(parts * draw(st.sampled_from([1, 1, 2, 12, 60])))} }}")
    text = "query ($w: AuthorFilter, $yes: Boolean = true) { authors { nodes { ...F0 } } }"
    leaf = draw(st.sampled_from([{}, {"name": {"contains": "x"}}, {"or": []}, {"x": 1}, {"core": {"in": [1] * 9}}, [], None]))
    value: Any = {"or": [leaf] * draw(st.sampled_from([1, 10, 300, 999, 4000]))}
    for _ in range(draw(st.sampled_from([0, 1, 5, 20, 40]))):
        value = {"not": value} if draw(st.booleans()) else {"and": [value, {}]}
    return Document(" ".join([text, *fragments, f"fragment F{count} on Author {{ name }}"]), {"w": value})


_NAMES = [b"accept", b"accept-encoding", b"origin", b"host", b"content-type", b"cookie", b"x", b"access-control-request-headers"]
_PIECES = [b",", b";", b"q=0.5;", b"*/*,", b"gzip,", b"text/html;q=0.1,", b" ", b"\t", b'"', b"a" * 50, b"https://a.example"]
_PARTS = [b"query=", b"&", b"variables=", b"%7B%7D,", b"[", b"{", b"=", b"%", b"+", b"%22a%22:", b"operationName=x&", b"1,", b"x"]
_MOST = Settings().max_head_bytes


@st.composite
def heads(draw: st.DrawFn) -> Head:
    """A head of a few pieces, some repeated until there is no more room."""
    room = draw(st.sampled_from([100, 4000, _MOST]))
    query = _repeated(draw, _PARTS, room // 2)
    headers = []
    left = room - len(query)
    for _ in range(draw(st.integers(1, Settings().max_headers))):
        value = _repeated(draw, _PIECES, left // draw(st.sampled_from([1, 2, 50])))
        headers.append((draw(st.sampled_from(_NAMES)), value))
        left -= len(value)
    return Head(draw(st.sampled_from(["/graphql", "/graphql", "/health", "/", "/x"])), query, headers)


def _repeated(draw: st.DrawFn, pieces: list[bytes], room: int) -> bytes:
    part = b"".join(draw(st.lists(st.sampled_from(pieces), max_size=4)))
    return (part * (room // len(part) if part and draw(st.booleans()) else 1))[: max(room, 0)]


KINDS: dict[str, st.SearchStrategy[Any]] = {"documents": documents(), "heads": heads()}

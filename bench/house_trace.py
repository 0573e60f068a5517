"""Call traces: which of our files and functions a query and a record pass through, counted by `sys.setprofile`."""

import ast
import asyncio
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import orjson

from byline.api.app import create_app
from byline.api.settings import Settings
from byline.data.ingest.ingest import ensure_sample
from byline.graph.query import operators

ROOT = Path(__file__).resolve().parent.parent
_FOLDERS = tuple(f"{ROOT / folder}/" for folder in ("api", "schema", "data", "graph", "byline"))
_QUERY = '{ author(by: {name: "Andrew Kyle Lampinen"}) { name coauthors(first: 2) { totalCount nodes { name } } } }'
Trip = tuple[int, int, int]


def traced(work: Callable[[], object]) -> Trip:
    """Files, functions and calls of ours that some work passes through, whatever thread runs them."""
    calls: list[tuple[str, str]] = []

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            code = frame.f_code
            path = str(Path(code.co_filename).resolve())
            if path.startswith(_FOLDERS):
                calls.append((path, code.co_qualname))

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    return len({path for path, _ in calls}), len(set(calls)), len(calls)


def warm() -> Trip:
    """A small query that was asked before."""
    return _asked(before=3)


def cold() -> Trip:
    """A small query that nobody asked before."""
    return _asked(before=0)


def ingested() -> Trip:
    """One saved page of 15 papers, read and built into a snapshot."""
    with tempfile.TemporaryDirectory() as folder:
        return traced(lambda: ensure_sample(Path(folder)))


def _asked(before: int) -> Trip:
    with tempfile.TemporaryDirectory() as folder:
        ensure_sample(Path(folder))
        app = create_app(Settings(store=folder))
        asyncio.run(_post(app, "{ snapshot { version } }"))
        for _ in range(before):
            asyncio.run(_post(app, _QUERY))
        return traced(lambda: asyncio.run(_post(app, _QUERY)))


async def _post(app: Any, query: str) -> None:
    body = orjson.dumps({"query": query})
    headers = [(b"host", b"localhost"), (b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    scope = {"type": "http", "method": "POST", "path": "/graphql", "query_string": b"", "headers": headers, "http_version": "1.1"}
    messages, sent = [{"type": "http.request", "body": body, "more_body": False}], []

    async def receive() -> dict[str, Any]:
        if messages:
            return messages.pop()
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    assert sent[0]["status"] == 200, sent
    assert b"errors" not in b"".join(message.get("body", b"") for message in sent), sent


def dispatch(files: Sequence[Path]) -> tuple[int, int]:
    """Arms of `match` and calls of `isinstance` over classes of parts of plans, outside the files that declare these, and the
    number of files that have any."""
    names = {name for name, value in vars(operators).items() if _is_part(value)}
    counts = [_arms(path, names) for path in files if path.parent != ROOT / "graph/query/operators"]
    return sum(counts), sum(count > 0 for count in counts)


def _is_part(value: object) -> bool:
    return isinstance(value, type) and value.__module__.startswith("byline.graph.query") and hasattr(value, "label")


def _arms(path: Path, names: set[str]) -> int:
    arms = 0
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.MatchClass):
            arms += ast.unparse(node.cls).rsplit(".", 1)[-1] in names
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "isinstance":
            arms += any(isinstance(part, ast.Name | ast.Attribute) and _last(part) in names for part in ast.walk(node.args[1]))
    return arms


def _last(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr

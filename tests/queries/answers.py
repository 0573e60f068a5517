"""Running a document, and the bytes by which two answers are compared."""

import gc
import os
from pathlib import Path
from typing import Any
from warnings import catch_warnings, filterwarnings

import orjson
from strawberry import Schema

from byline.graph.store.protocol import Store
from byline.schema.context import Context
from tests.contract.stores import answer


def respond(
    schema: Schema, store: Store, text: str, variables: dict[str, Any] | None = None, operation: str | None = None
) -> dict[str, Any]:
    """data, errors (message, path, extensions) and warnings of one request.

    Where an error empties the answer, graphql-core drops the coroutines of the fields beside it. They must die here and
    not in whatever test runs when the collector comes round: nothing of the request outlives its youngest generation.
    """
    gc.disable()
    try:
        return _respond(schema, store, text, variables, operation)
    finally:
        with catch_warnings():
            filterwarnings("ignore", "coroutine .* was never awaited", RuntimeWarning)
            gc.collect(0)
        gc.enable()


def _respond(schema: Schema, store: Store, text: str, variables: dict[str, Any] | None, operation: str | None) -> dict[str, Any]:
    context = Context(store)
    result = answer(schema.execute(text, variable_values=variables, context_value=context, operation_name=operation))
    return {
        "data": result.data,
        "errors": [
            {"message": error.message, "path": error.path, "extensions": error.extensions} for error in result.errors or []
        ],
        "warnings": context.warnings,
    }


def encoded(answer: dict[str, Any], indent: bool = False) -> bytes:
    """The answer as JSON. Dates and enums are text by then; anything that JSON does not have is a fault."""
    return orjson.dumps(answer, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE if indent else None)


def as_committed(golden: Path, content: bytes) -> None:
    """What is committed, or after a change that is meant to move it, what is written now."""
    if os.environ.get("BYLINE_UPDATE_GOLDENS"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(content)
    assert golden.read_bytes() == content, f"BYLINE_UPDATE_GOLDENS=1 rewrites {golden.parent.name}; look at the diff"


def errors(answer: dict[str, Any]) -> list[tuple[str, str | None]]:
    """(code, path) of each; INVALID where GraphQL itself refuses."""
    return [((error["extensions"] or {}).get("code", "INVALID"), path_of(error)) for error in answer["errors"]]


def warnings(answer: dict[str, Any]) -> list[tuple[str, str | None]]:
    """(code, path) of each."""
    return [(warning["code"], path_of(warning)) for warning in answer["warnings"]]


def path_of(error: dict[str, Any]) -> str | None:
    """An error's path with dots."""
    return None if error["path"] is None else ".".join(map(str, error["path"]))

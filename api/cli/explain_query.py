"""The account of one query for the command line: its plan, its cost, its steps."""

import asyncio
from pathlib import Path
from typing import Any

import orjson
from strawberry import Schema
from strawberry.types.execution import ExecutionResult

from byline.api.http.document_guard import guard, planner_of
from byline.api.http.writer import formatted
from byline.api.settings import Settings
from byline.api.snapshots import Snapshots
from byline.graph.errors import SourceFailed, TooCostly, WrongUse, describe
from byline.schema.answer.planner import Planner
from byline.schema.build import make_schema
from byline.schema.context import Context


def account(settings: Settings, file: Path, variables: str, operation: str | None) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What `extensions.explain` would say of the query, and the errors with which it would be answered.

    Raises WrongUse, SourceFailed, StoreFailed.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceFailed(f"{file} cannot be read: {describe(error)}") from error
    try:
        variable_values = orjson.loads(variables)
    except orjson.JSONDecodeError as error:
        raise WrongUse(f"--variables is not JSON: {error.msg}", 'give an object such as {"first": 10}') from None
    if not isinstance(variable_values, dict):
        raise WrongUse("--variables must be a JSON object", 'give an object such as {"first": 10}')
    schema = make_schema(settings.introspection)
    planner = planner_of(schema, settings, guard(schema, settings))
    context = Context(Snapshots(settings.folder()).store(), settings.limits(), budget=settings.max_plain_fields)
    return asyncio.run(_account(schema, planner, context, text, variable_values, operation))


async def _account(
    schema: Schema, planner: Planner, context: Context, text: str, variable_values: dict[str, Any], operation: str | None
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    try:
        _, explanation = await planner.explained(text, variable_values, operation, context)
    except TooCostly as error:
        return {}, [error.formatted]
    if explanation["plan"] is not None:
        return explanation, []
    if operation is not None and explanation["reason"] == "no such operation":
        raise WrongUse(f"there is no operation {operation!r} in the file", "name one of its operations by --operation")
    # What has no plan may be wrong or only odd: the resolvers tell.
    if context.unfit:
        return explanation, [formatted(error, ExecutionResult(None, context.unfit)) for error in context.unfit]
    result: Any = await schema.execute(text, variable_values, context, operation_name=operation)
    return explanation, [formatted(error, result) for error in result.errors or ()]

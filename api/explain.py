"""The account of one query for the command line: its plan, its cost, its steps."""

import asyncio
from pathlib import Path
from typing import Any

import orjson

from api.guards import prepared
from api.settings import Settings
from api.snapshots import Snapshots
from graph.errors import SourceFailed, WrongUse, in_words
from schema.build import make_schema
from schema.context import Context
from schema.planned import Planner


def account(settings: Settings, file: Path, variables: str, operation: str | None) -> dict[str, Any]:
    """What `extensions.explain` would say of the query. Raises WrongUse, SourceFailed, TooCostly, StoreFailed."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceFailed(f"{file} cannot be read: {in_words(error)}") from error
    try:
        given = orjson.loads(variables)
    except orjson.JSONDecodeError as error:
        raise WrongUse(f"--variables is not JSON: {error.msg}", 'give an object such as {"first": 10}') from None
    if not isinstance(given, dict):
        raise WrongUse("--variables must be a JSON object", 'give an object such as {"first": 10}')
    schema = make_schema()
    planner = Planner(schema, settings.limits(), prepared(schema._schema, settings))
    context = Context(Snapshots(settings.folder()).store(), settings.limits())
    _, found = asyncio.run(planner.explained(text, given, operation, context))
    return found

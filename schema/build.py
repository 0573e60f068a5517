"""The schema object, and its text."""

import logging
from datetime import date
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types.scalar import ScalarDefinition

from byline.graph.errors import BylineError
from byline.schema.executor import Executor
from byline.schema.inputs.scalars import DAY, INSTANT, Instant
from byline.schema.types.query import Query

log = logging.getLogger("byline.schema")


class Schema(strawberry.Schema):
    """Strawberry's schema, which logs only what nobody meant to raise."""

    def process_errors(self, errors: list[GraphQLError], execution_context: Any = None) -> None:
        """An error that the client caused is the client's to read; any other one is ours, with its traceback."""
        for error in errors:
            if error.original_error is not None and not isinstance(error.original_error, BylineError | GraphQLError):
                log.error("unexpected error at %s", error.path, exc_info=error.original_error)


def make_schema(suggests: bool = True) -> strawberry.Schema:
    """The schema on plain resolvers: the oracle. Its `info.context` must be a `byline.schema.context.Context`.

    Errors propose names of the schema where it `suggests`.
    """
    scalars: dict[object, ScalarDefinition] = {date: DAY, Instant: INSTANT}
    schema = Schema(Query, config=StrawberryConfig(disable_field_suggestions=not suggests, scalar_map=scalars))
    schema.execution_context_class = Executor
    return schema


def sdl() -> str:
    """The schema in GraphQL's own language."""
    return make_schema().as_str() + "\n"

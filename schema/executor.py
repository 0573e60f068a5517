"""The resolver path: the executor of the plain resolvers, whose bound ends all of an execution and not one field of it."""

from collections.abc import Sequence
from contextlib import suppress
from inspect import isawaitable
from typing import Any

from graphql import ExecutionResult, GraphQLError, Undefined
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from byline.graph.errors import BylineError, OutOfTime, forget_frames
from byline.schema.named_categories import categories_named
from byline.schema.selections import Selections
from byline.schema.unknown_categories import Filtered, warn_of_unknown
from byline.schema.unplannable import Unplannable


class Executor(StrawberryGraphQLCoreExecutionContext):
    """Counts each field when it is begun, introspection's too. Once a bound is met, those that were begun come to nothing and no
    other one begins: the answer is that one error."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Errors that fields ended with. Not all of them are told: one beside another below the same null is not.
        self._met: list[BaseException] = []

    def execute_field(self, *args: Any) -> Any:
        """Begin a field, or leave it out."""
        return super().execute_field(*args) if self.context_value.begins_field() else Undefined

    def handle_field_error(self, raw_error: Exception, *args: Any) -> None:
        """Collect an error, unless all is over; a query that ran out of time is."""
        context, cause = self.context_value, raw_error
        self._met.append(raw_error)
        while isinstance(cause, GraphQLError) and cause.original_error is not None:
            cause = cause.original_error
        if isinstance(cause, OutOfTime):
            context.end(cause)
        if context.over is None:
            try:
                super().handle_field_error(raw_error, *args)
            except GraphQLError as located:
                self._met.append(located)
                raise

    def execute_operation(self, *args: Any) -> Any:
        """The answer, and then the warnings of categories that are not there."""
        answer, variables = super().execute_operation(*args), self.variable_values.coerced
        try:
            named = categories_named(Selections(self.schema, self.fragment_definitions, variables), self.operation)
        except Unplannable:
            return answer
        filters = named(variables) if callable(named) else named
        return self._warned(answer, filters) if filters else answer

    async def _warned(self, answer: Any, filters: Sequence[Filtered]) -> Any:
        answered = await answer if isawaitable(answer) else answer
        # The answer stands whatever becomes of its warnings.
        with suppress(BylineError):
            if self.context_value.over is None:
                await warn_of_unknown(self.context_value, filters)
        return answered

    def build_response(self, data: dict[str, Any] | None) -> Any:
        """The answer, or the one error that ended it."""
        over = self.context_value.over
        built = super().build_response(data if over is None else None)
        # They hold the executor, and with it the request and its store, until cycles are collected; no field begins any more.
        self.async_helpers = None  # type: ignore[assignment]
        errors = built.errors or () if isinstance(built, ExecutionResult) and over is None else ()
        reported = {id(error) for each in errors for error in (each, each.original_error)}
        forget_frames(error for error in self._met if id(error) not in reported)
        if over is None:
            return built
        return ExecutionResult(None, [GraphQLError(over.message, original_error=over)])

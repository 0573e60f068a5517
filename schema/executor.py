"""Executor of the plain resolvers whose bound ends the execution as a whole: no field goes on beside one that was refused."""

from typing import Any

from graphql import ExecutionResult, GraphQLError, Undefined
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from byline.graph.errors import OutOfTime


class Executor(StrawberryGraphQLCoreExecutionContext):
    """Counts each field when it is begun, introspection's too. Once a bound is met, those that were begun come to nothing and no
    other one begins: the answer is that one error."""

    def execute_field(self, *given: Any) -> Any:
        """Begin a field, or leave it out."""
        return super().execute_field(*given) if self.context_value.begins_field() else Undefined

    def handle_field_error(self, raw_error: Exception, *given: Any) -> None:
        """Collect an error, unless all is over; a query that ran out of time is."""
        context, cause = self.context_value, raw_error
        while isinstance(cause, GraphQLError) and cause.original_error is not None:
            cause = cause.original_error
        if isinstance(cause, OutOfTime):
            context.end(cause)
        if context.over is None:
            super().handle_field_error(raw_error, *given)

    def build_response(self, data: dict[str, Any] | None) -> Any:
        """The answer, or the one error that ended it."""
        over = self.context_value.over
        if over is None:
            return super().build_response(data)
        super().build_response(None)
        return ExecutionResult(None, [GraphQLError(over.message, original_error=over)])

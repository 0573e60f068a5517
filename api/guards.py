"""Parse and validate each document once, within bounds, and let nothing of the schema leak through an error."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, TypeAlias

from graphql import DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode, parse, validate
from strawberry.extensions import SchemaExtension

from api.settings import Settings
from schema.planned import VALIDATION

_SUGGESTION = re.compile(r" Did you mean [^?]*\?")

# A document and what validation says against it.
_Prepared: TypeAlias = tuple[DocumentNode, list[GraphQLError]]


def prepared(schema: GraphQLSchema, settings: Settings) -> Callable[[str], _Prepared]:
    """A function from a query's text to its document and validation errors, which keeps the last results.

    The function raises GraphQLError for a text that does not parse or has more tokens than allowed.
    """

    @lru_cache(settings.cached_documents)
    def prepare(text: str) -> _Prepared:
        document = parse(text, max_lexical_tokens=settings.max_tokens, max_comments=settings.max_tokens)
        return document, validate(schema, document, VALIDATION, max_errors=settings.max_errors, hide_suggestions=True)

    return prepare


class Prepared(SchemaExtension):
    """Puts a prepared document in the place of Strawberry's parsing and validation."""

    def __init__(self, prepare: Callable[[str], _Prepared]) -> None:
        self._prepare = prepare
        self._errors: list[GraphQLError] = []

    def on_parse(self) -> Iterator[None]:
        """Parse, or find the document of this text."""
        context = self.execution_context
        context.graphql_document, self._errors = self._prepare(context.query or "")
        # Strawberry would run the first of several operations; the specification forbids to choose.
        if context._provided_operation_name is None and _operations(context.graphql_document) > 1:
            raise GraphQLError("The document has several operations: `operationName` must say which one to run")
        yield

    def on_validate(self) -> Iterator[None]:
        """Hand over what validation said; a list even when empty, so that it does not run again."""
        self.execution_context.pre_execution_errors = list(self._errors)
        yield


def _operations(document: DocumentNode) -> int:
    return sum(isinstance(part, OperationDefinitionNode) for part in document.definitions)


def guard(schema: Any, settings: Settings) -> Callable[[str], _Prepared]:
    """Make a Strawberry schema parse and validate through `prepared`, and answer that function."""
    prepare = prepared(schema._schema, settings)
    schema.extensions = (*schema.extensions, lambda: Prepared(prepare))
    return prepare


def without_suggestion(message: str) -> str:
    """The message less the names that graphql-core proposes; coercion of variables still adds them."""
    return _SUGGESTION.sub("", message)

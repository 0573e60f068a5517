"""Parse and validate each document once, within bounds, and let nothing of the schema leak through an error."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    Source,
    parse,
)
from strawberry.extensions import SchemaExtension

from api.settings import Settings
from graph.errors import settable
from schema.cache import TextCache
from schema.documents import Prepare
from schema.validation import Validation

_SUGGESTION = re.compile(r" Did you mean [^?]*\?")
# Characters of a message that are shown: a document or a variable stands in it as a whole, and may be a megabyte long.
_BEGINNING, _END = 600, 200
_NOT_NONE = " not to be None."
# What graphql-core says where a document goes beyond a bound, and which setting of ours it is.
_BOUNDS = {
    "Syntax Error: Document contains more than": ("ask in parts", "max_tokens"),
    "Too many validation errors, error limit reached.": ("mend those above first", "max_errors"),
}
# Behind this a message shows the value of a variable, and what in it Python writes otherwise than JSON.
_VALUE = re.compile(r"cannot represent [^:]{0,80}: |[Ff]ound: ")
_TOKEN = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\b(?:None|True|False)\b""", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Unparsed:
    """A syntax error, held without the exception: that would gather the frames of every request that meets it."""

    source: Source | None
    position: int
    description: str

    def error(self) -> GraphQLSyntaxError:
        return GraphQLSyntaxError(self.source or Source(""), self.position, self.description)


def prepared(schema: GraphQLSchema, settings: Settings) -> Prepare:
    """A function from a query's text to its document and validation errors, which keeps the last results.

    The function raises GraphQLError for a text that does not parse or has more tokens than allowed.
    """

    cache: TextCache[tuple[DocumentNode, list[GraphQLError]] | _Unparsed] = TextCache(
        settings.cached_documents, settings.cached_document_characters
    )
    validation = Validation(schema, settings.limits(), settings.max_errors)

    def parsed(text: str) -> tuple[DocumentNode, list[GraphQLError]] | _Unparsed:
        tokens = settings.max_tokens
        try:
            # By the specification a selection set is never empty; graphql-core allows it unless told otherwise.
            document = parse(text, max_lexical_tokens=tokens, max_comments=tokens, allow_empty_selection_sets=False)
        except GraphQLSyntaxError as error:
            return _Unparsed(error.source, next(iter(error.positions or ()), 0), error.description)
        return document, validation.errors(document)

    def prepare(text: str) -> tuple[DocumentNode, list[GraphQLError]]:
        if (known := cache.get(text)) is None:
            known = parsed(text)
            cache.put(text, known)
        if isinstance(known, _Unparsed):
            raise known.error()
        return known

    return prepare


class Prepared(SchemaExtension):
    """Puts a prepared document in the place of Strawberry's parsing and validation."""

    def __init__(self, prepare: Prepare) -> None:
        self._prepare = prepare
        self._errors: list[GraphQLError] = []

    def on_parse(self) -> Iterator[None]:
        """Parse, or find the document of this text."""
        context = self.execution_context
        context.graphql_document, self._errors = self._prepare(context.query or "")
        if problem := _unresolved(context.graphql_document, context._provided_operation_name):
            raise GraphQLError(problem, extensions={"code": "OPERATION_RESOLUTION_FAILURE"})
        yield

    def on_validate(self) -> Iterator[None]:
        """Hand over what validation said; a list even when empty, so that it does not run again."""
        self.execution_context.pre_execution_errors = list(self._errors)
        yield


def _unresolved(document: DocumentNode, name: str | None) -> str | None:
    """Why no operation of a document is the one to run; null where one is. Strawberry would run the first of several, where
    the specification forbids to choose."""
    operations = [part for part in document.definitions if isinstance(part, OperationDefinitionNode)]
    if not operations:
        return "The document has no operation: fragments alone ask for nothing"
    if name is None:
        several = "The document has several operations: `operationName` must say which one to run"
        return several if len(operations) > 1 else None
    named = any(part.name and part.name.value == name for part in operations)
    return None if named else f"The document has no operation named {json.dumps(name, ensure_ascii=False)}"


def guard(schema: Any, settings: Settings) -> Prepare:
    """Make a Strawberry schema parse and validate through `prepared`, and answer that function."""
    prepare = prepared(schema._schema, settings)
    schema.extensions = (*schema.extensions, lambda: Prepared(prepare))
    return prepare


def worded(message: str) -> str:
    """A message of graphql-core in GraphQL's words, less the names that it proposes; coercion of variables still adds them.

    Values of variables stand in it as Python writes them. What a document says is quoted from there, and stays as it is.
    """
    message = _SUGGESTION.sub("", _clipped(message))
    if message.endswith(_NOT_NONE):
        return message.removesuffix(_NOT_NONE) + " not to be null."
    if not message.startswith("Variable '$") or not (mark := _VALUE.search(message)):
        return message
    return message[: mark.end()] + _TOKEN.sub(_as_json, message[mark.end() :])


def _clipped(message: str) -> str:
    """The beginning and the end of a message, so that what is done with it costs the same whatever is quoted in it."""
    return message if len(message) <= _BEGINNING + _END else f"{message[:_BEGINNING]} … {message[-_END:]}"


def hint_of(error: GraphQLError) -> dict[str, str]:
    """The hint to an error by which graphql-core keeps one of our bounds; nothing for another one."""
    for words, (hint, setting) in _BOUNDS.items():
        if error.message.startswith(words):
            return {"hint": settable(hint, setting)}
    return {}


def _as_json(token: re.Match[str]) -> str:
    """A word or a text of Python as JSON has it; a text that graphql-core cut short may be none, and stays."""
    try:
        return json.dumps(ast.literal_eval(token[0]), ensure_ascii=False)
    except (ValueError, SyntaxError):
        return token[0]

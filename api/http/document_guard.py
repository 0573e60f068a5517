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
from strawberry import Schema
from strawberry.extensions import SchemaExtension

from byline.api.settings import Settings
from byline.graph.errors import TooCostly, limit_hint
from byline.schema.answer.planner import Planner
from byline.schema.compile.documents import Documents, Prepare
from byline.schema.compile.text_cache import TextCache
from byline.schema.compile.validation import Validation, refused
from byline.schema.executor import Executor

# Characters of a value that a message shows, and of a message as a whole: either may be a megabyte long.
SHOWN = 200
_BEGINNING, _END = 600, 200
# Characters at the end of a value that are shown: words that say what would be right may stand there.
_BEHIND = 70
# A quoted value that is longer. From each quote to the next one of its kind: no character is looked at more than twice.
_LONG = re.compile(rf"'[^']{{{SHOWN + 1},}}'|\"[^\"]{{{SHOWN + 1},}}\"")
_NOT_NONE = " not to be None."
# What graphql-core says where a document goes beyond a bound, and which setting of ours it is.
_BOUNDS = {
    "Syntax Error: Document contains more than": ("ask in parts", "max_tokens"),
    "Too many validation errors, error limit reached.": ("fix the errors above first", "max_errors"),
    "Too many errors processing variables, error limit reached.": ("fix the errors above first", "max_errors"),
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
            document = parse(text, max_lexical_tokens=tokens, max_comments=tokens)
        except GraphQLSyntaxError as error:
            return _Unparsed(error.source, next(iter(error.positions or ()), 0), error.description)
        return document, validation.errors(document)

    def prepare(text: str) -> tuple[DocumentNode, list[GraphQLError]]:
        if len(text) > settings.max_document_characters:
            raise refused(_too_long(len(text), settings.max_document_characters))
        if (cached := cache.get(text)) is None:
            cached = parsed(text)
            cache.put(text, cached)
        if isinstance(cached, _Unparsed):
            raise cached.error()
        return cached

    return prepare


def _too_long(characters: int, most: int) -> TooCostly:
    hint = limit_hint("give long values as variables, or ask in parts", "max_document_characters")
    return TooCostly(f"A query may have at most {most} characters, got {characters}", hint)


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


def planner_of(schema: Schema, settings: Settings, prepare: Prepare) -> Planner:
    """The planner of a schema within the limits of the settings; `prepare` is the schema's guard."""
    size, characters = settings.cached_documents, settings.cached_document_characters
    return Planner(
        Documents(schema, settings.limits(), prepare, size=size, characters=characters, max_errors=settings.max_errors)
    )


def guard(schema: Any, settings: Settings) -> Prepare:
    """Make a Strawberry schema parse and validate through `prepared` and end at its bounds, and answer that function."""
    prepare = prepared(schema._schema, settings)
    schema.execution_context_class = Executor
    schema.extensions = (*schema.extensions, lambda: Prepared(prepare))
    return prepare


def graphql_wording(message: str) -> str:
    """A message of graphql-core in GraphQL's words, and values in it shown up to 200 characters.

    Values of variables stand in it as Python writes them. What a document says is quoted from there, and stays as it is.
    """
    message = _LONG.sub(_shortened, message)
    if message.endswith(_NOT_NONE):
        message = message.removesuffix(_NOT_NONE) + " not to be null."
    if mark := _VALUE.search(message):
        value = _clipped(message[mark.end() :], SHOWN - _BEHIND, _BEHIND)
        message = message[: mark.end()] + (_TOKEN.sub(_as_json, value) if message.startswith("Variable '$") else value)
    return _clipped(message, _BEGINNING, _END)


def _shortened(quoted: re.Match[str]) -> str:
    quote = quoted[0][0]
    return f"{quoted[0][: SHOWN - 2]}…{quote}"


def _clipped(text: str, beginning: int, end: int) -> str:
    """The beginning and the end of a text, so that what is done with it costs the same whatever is quoted in it."""
    return text if len(text) <= beginning + end else f"{text[:beginning]} … {text[-end:]}"


def hint_of(error: GraphQLError) -> dict[str, str]:
    """The hint to an error by which graphql-core keeps one of our bounds; nothing for another one."""
    for words, (hint, setting) in _BOUNDS.items():
        if error.message.startswith(words):
            return {"hint": limit_hint(hint, setting)}
    return {}


def _as_json(token: re.Match[str]) -> str:
    """A word or a text of Python as JSON has it; a text that graphql-core cut short may be none, and stays."""
    try:
        return json.dumps(ast.literal_eval(token[0]), ensure_ascii=False)
    except (ValueError, SyntaxError):
        return token[0]

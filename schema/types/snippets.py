"""Snippets of search results: which field matches, and its text with marks."""

from enum import Enum

import strawberry

from byline.graph.query import operators as ops
from byline.graph.query.snippets import Field, Snippet
from byline.schema.fields import FIELD, Planned


@strawberry.enum(description="What of a node a search looks into.")
class SearchField(Enum):
    """The fields, under their public names."""

    NAME = strawberry.enum_value(
        Field.NAME, description="A name: a printed form of a person's, one of an institution, that of a category."
    )
    TITLE = strawberry.enum_value(Field.TITLE, description="The title of a paper.")
    ABSTRACT = strawberry.enum_value(Field.ABSTRACT, description="The abstract of a paper.")
    CODE = strawberry.enum_value(Field.CODE, description="The code of a category.")
    IDENTIFIER = strawberry.enum_value(Field.IDENTIFIER, description="An identifier that is the whole query, in its normal form.")


@strawberry.type(description="A part of a text that matches, in characters (Unicode code points) from the start of the text.")
class TextMark:
    """A span."""

    start: int = strawberry.field(description="Position of its first character.")
    end: int = strawberry.field(description="Position behind its last character.")


_MARKS = Planned(lambda at, selected: ops.Marks(selected.key, at.members(selected)))


@strawberry.type(description="A text that matches a search, with marks.")
class SearchSnippet:
    """A whole text, or a part of a long one."""

    field: SearchField = strawberry.field(description="Which field of the node it is from.")
    text: str = strawberry.field(description="Plain text: the whole name, title, code or identifier; of an abstract a part.")
    offset: int = strawberry.field(description="Where the text begins in the whole field, in characters; 0 unless it is cut.")
    length: int = strawberry.field(description="Characters of the whole field.")
    marks: list[TextMark] = strawberry.field(
        description="What matches, in order, without overlaps: words, beginnings of words, words with one letter off, initials.",
        metadata={FIELD: _MARKS},
    )


def shown(snippet: Snippet) -> SearchSnippet:
    """A snippet as an object."""
    return SearchSnippet(
        field=SearchField(snippet.field),
        text=snippet.text,
        offset=snippet.offset,
        length=snippet.length,
        marks=[TextMark(start=start, end=end) for start, end in snippet.marks],
    )

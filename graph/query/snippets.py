"""Snippets: what of the nodes of a page fits the words of a search, as short texts with marks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from byline.graph.identifiers import normal
from byline.graph.model import KINDS, Kind
from byline.graph.placed_words import Span
from byline.graph.query.highlights import Found, Highlighter, covering, merged
from byline.graph.request import Level, Search
from byline.graph.store.protocol import SearchPage, Store
from byline.graph.typed_ids import typed_keys
from byline.graph.words import Forms, query_forms, wholes

# How much of an abstract is shown around a word, of that before it, and around how many words at most.
WIDTH, _LEAD, _WINDOWS = 240, 60, 3
_SPACE = re.compile(r"\s+")


class Field(StrEnum):
    """What of a node a search looks into."""

    NAME = "name"
    TITLE = "title"
    ABSTRACT = "abstract"
    CODE = "code"
    IDENTIFIER = "identifier"


_FIELDS = {"title": Field.TITLE, "code": Field.CODE}


@dataclass(frozen=True)
class Snippet:
    """A text with marks, or a part of one that begins at `offset` of `length` characters in all."""

    field: Field
    text: str
    offset: int
    length: int
    marks: list[Span]


async def snippets(store: Store, search: Search, page: SearchPage) -> list[list[Snippet]]:
    """The snippets of each entry of a page, in as many calls of the store whatever its length."""
    words = query_forms(search.text)
    found: list[list[Snippet]] = [[] for _ in page.kinds]
    levels = [Level(level) for level, _, _ in page.places]
    for kind in dict.fromkeys(page.kinds):
        places = [at for at, each in enumerate(page.kinds) if each is kind]
        named = [at for at in places if levels[at] is Level.IDENTIFIER]
        for at, snippet in zip(named, await _named(store, search.text, kind, page.rows[named]), strict=True):
            found[at] = snippet
        rest = [at for at in places if levels[at] is not Level.IDENTIFIER]
        texts, abstracts = await _texts(store, kind, page, rest, levels)
        for at in rest:
            highlighter = Highlighter(words, levels[at], kind is Kind.AUTHOR)
            found[at] = _of_node(highlighter, texts[at], abstracts.get(at))
    return found


async def _named(store: Store, text: str, kind: Kind, rows: Any) -> list[list[Snippet]]:
    """The identifier that each of some rows was found by."""
    keys = [key for of_kind, key in typed_keys(text) if of_kind is kind] if len(rows) else []
    if not keys:
        return [[] for _ in rows]
    meant = (await store.lookup(kind, keys)).tolist()
    spelled = [key.value if key.by == "id" else normal(key.scheme, key.value) for key in keys]
    values = [next(value for value, row in zip(spelled, meant, strict=True) if row == wanted) for wanted in rows.tolist()]
    return [[Snippet(Field.IDENTIFIER, value, 0, len(value), [(0, len(value))])] for value in values]


async def _texts(
    store: Store, kind: Kind, page: SearchPage, places: Sequence[int], levels: Sequence[Level]
) -> tuple[dict[int, list[tuple[Field, str]]], dict[int, str]]:
    """Names or titles of the entries at some places, and the abstracts of those that fit by them."""
    columns = KINDS[kind].names
    lists = await store.values(kind, page.rows[np.array(places, np.int64)], columns) if places else [[] for _ in columns]
    texts: dict[int, list[tuple[Field, str]]] = {}
    for at, values in zip(places, zip(*lists, strict=True), strict=True):
        named = [
            (_FIELDS.get(column, Field.NAME), name)
            for column, value in zip(columns, values, strict=True)
            for name in (value if isinstance(value, list) else [value])
        ]
        texts[at] = [each for each in dict.fromkeys(named) if each[1]]
    below = [at for at in places if levels[at] is Level.TEXT]
    (abstracts,) = await store.values(kind, page.rows[np.array(below, np.int64)], ["abstract"]) if below else ([],)
    return texts, {at: abstract or "" for at, abstract in zip(below, abstracts, strict=True)}


def _of_node(highlighter: Highlighter, texts: Sequence[tuple[Field, str]], abstract: str | None) -> list[Snippet]:
    """The fewest texts that have the words, and what of the abstract has the others."""
    found = [highlighter.find(text) for _, text in texts]
    chosen = covering(found, [_alike(highlighter, text) for _, text in texts])
    shown = [_whole(*texts[at], found[at]) for at in chosen]
    if abstract:
        there = set().union(*(found[at] for at in chosen))
        shown += _windows(abstract, highlighter.find(abstract), there)
    return shown


def _alike(highlighter: Highlighter, text: str) -> bool:
    """Whether a name is the one that the words are as a whole, on the levels that are about whole names."""
    words: Sequence[Forms] = highlighter.words
    if highlighter.level is Level.EXACT:
        return bool(set(wholes(query_forms(text))) & set(wholes(words)))
    return highlighter.level is Level.EXACT_FUZZY and len(query_forms(text)) == len(words)


def _whole(field: Field, text: str, found: Found) -> Snippet:
    spans = [span for _, spans in found.values() for span in spans]
    return Snippet(field, text, 0, len(text), merged(spans))


def _windows(text: str, found: Found, there: set[int]) -> list[Snippet]:
    """Parts of a text around the first places of words that are not there yet."""
    windows: list[Span] = []
    there = set(there)
    while len(windows) < _WINDOWS and (rest := [spans[0] for number, (_, spans) in found.items() if number not in there]):
        start, end = _window(text, min(rest))
        windows.append((start, end))
        there |= {number for number, (_, spans) in found.items() if any(start <= at and to <= end for at, to in spans)}
    spans = [span for _, spans in found.values() for span in spans]
    return [_part(text, window, spans) for window in merged(windows)]


def _part(text: str, window: Span, spans: Sequence[Span]) -> Snippet:
    """What of a text is seen through a window."""
    start, end = window
    marks = merged((at - start, to - start) for at, to in spans if start <= at and to <= end)
    return Snippet(Field.ABSTRACT, text[start:end], start, len(text), marks)


def _window(text: str, span: Span) -> Span:
    """A stretch of a text around a span, from word to word."""
    start = max(0, min(span[0] - _LEAD, len(text) - WIDTH))
    end = min(len(text), max(start + WIDTH, span[1]))
    if start and (space := _SPACE.search(text, start, span[0])):
        start = space.end()
    if end < len(text) and (spaces := list(_SPACE.finditer(text, span[1], end + 1))):
        end = spaces[-1].start()
    return start, end

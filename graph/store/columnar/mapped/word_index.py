"""The index of words, opened, and the words of a search as queries on it.

What fits is defined by graph/store/defaults/search.py. Nothing that a client writes is ever parsed as a query: it
becomes folded words of letters and digits, and those become terms.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Query

from byline.graph.errors import SnapshotDamaged, describe
from byline.graph.model import Kind
from byline.graph.request import Level
from byline.graph.store.columnar.files.word_fields import ABBREVIATED, FIELDS, FOLDER, INDEX, LENGTH, STARTS, starts, whole_key
from byline.graph.words import FEW_WORDS, SLIP_FROM, Forms, in_full, is_long, may_begin, wholes

# How often a scratch folder is removed anew, and seconds between.
_TRIES, _PAUSE = 50, 0.002


@contextmanager
def _scratch() -> Iterator[str]:
    """A folder for a moment. A thread of tantivy's may put its lock back while the folder goes; then it goes again."""
    folder = tempfile.mkdtemp(prefix="byline-")
    try:
        yield folder
    finally:
        for _ in range(_TRIES):
            shutil.rmtree(folder, ignore_errors=True)
            if not Path(folder).exists():
                break
            time.sleep(_PAUSE)


def every(parts: Sequence[Query]) -> Query:
    """All of these."""
    return parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Must, part) for part in parts])


def some(parts: Sequence[Query]) -> Query:
    """One of these."""
    return parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Should, part) for part in parts])


def but_not(query: Query, others: Sequence[Query]) -> Query:
    """What fits a query and none of the others."""
    return Query.boolean_query([(Occur.Must, query), *((Occur.MustNot, other) for other in others)]) if others else query


@dataclass(frozen=True)
class WordIndex:
    """An open index. The files are mapped and stay so when the folder is gone."""

    schema: tantivy.Schema
    searcher: tantivy.Searcher

    @classmethod
    def open(cls, folder: Path) -> "WordIndex | None":
        """Map the index of a snapshot folder; None where it has none. Raises SnapshotDamaged."""
        place = folder / FOLDER / INDEX
        if not place.is_dir():
            return None
        # Opening leaves a lock file, which must not be in the snapshot: it is opened through links.
        with _scratch() as links:
            whole = place.resolve()
            for name in os.listdir(whole):
                os.symlink(whole / name, f"{links}/{name}")
            try:
                index = tantivy.Index.open(links)
                index.config_reader("manual")
                return cls(index.schema, index.searcher())
            except (ValueError, OSError) as error:
                raise SnapshotDamaged(
                    f"{place} cannot be read: {describe(error)}", "byline check says more; ingest again"
                ) from error

    def ranks(self, query: Query, limit: int, highest: bool = False) -> list[int]:
        """The lowest ranks of what fits, ascending, at most `limit`; or the highest, descending."""
        if limit < 1:
            return []
        order = tantivy.Order.Desc if highest else tantivy.Order.Asc
        page = self.searcher.search(query, limit, count=False, order_by_field="rank", order=order)
        return [rank for rank, _ in page.hits]

    def between(self, first: int | None, below: int | None) -> Query:
        """The ranks from one on and below another."""
        return Query.range_query(self.schema, "rank", FieldType.Unsigned, first, below, include_upper=below is None)

    def there_is(self, query: Query) -> bool:
        """Whether anything fits."""
        return bool(self.searcher.search(query, 1, count=False).hits)

    def count(self, query: Query) -> int:
        """How many fit."""
        # The stub of SearchResult leaves the count out.
        page: Any = self.searcher.search(query, 1, count=True)
        return int(page.count)


class TextQuery:
    """The words of one search as queries, one a level."""

    def __init__(self, schema: tantivy.Schema, words: list[Forms], kinds: Sequence[Kind], initials: bool = True) -> None:
        self._schema, self._words, self._kinds = schema, words, kinds
        self._people = initials and Kind.AUTHOR in kinds

    def level(self, level: Level) -> Query | None:
        """What fits a level or a better one of the same sort; None where nothing can."""
        match level:
            case Level.EXACT:
                keys = wholes(self._words)
                return some([self._number("whole", whole_key(kind, key)) for kind in self._kinds for key in keys])
            case Level.WORDS:
                return some([every([self._in(kind, word) for word in self._words]) for kind in self._kinds])
            case Level.PREFIX:
                begun = [every([self._there(kind, word) for word in self._words]) for kind in self._kinds]
                return some([*begun, *self._abbreviated()])
            case Level.TEXT if Kind.PAPER in self._kinds:
                fields = (FIELDS[Kind.PAPER], "abstract")
                return every([some([self._term(field, form) for field in fields for form in word]) for word in self._words])
            case Level.EXACT_FUZZY if len(self._words) <= FEW_WORDS:
                slips = self._slips(self._in)
                return every([self._number(LENGTH, len(self._words)), some(slips)]) if slips else None
            case Level.FUZZY if len(self._words) <= FEW_WORDS:
                slips = self._slips(self._begins)
                return some(slips) if slips else None
            case Level.INITIALS if self._people:
                return self._initials()
            case _:
                return None

    def _term(self, field: str, value: str) -> Query:
        return Query.term_query(self._schema, field, value)

    def _number(self, field: str, value: int) -> Query:
        return Query.term_query(self._schema, field, value)

    def _in(self, kind: Kind, word: Forms) -> Query:
        """A word that is there, in any of its foldings."""
        return some([self._term(FIELDS[kind], form) for form in word])

    def _there(self, kind: Kind, word: Forms) -> Query:
        """A word that is there or whose start is there."""
        if not may_begin(word, self._words):
            return self._in(kind, word)
        return some([self._start(kind, form) for form in word])

    def _start(self, kind: Kind, form: str) -> Query:
        field = FIELDS[kind]
        if len(form) <= STARTS:
            return self._term(starts(field), form)
        # No slip allowed, this is a plain prefix; it takes half the time of a pattern.
        return Query.fuzzy_term_query(self._schema, field, form, distance=0, prefix=True)

    def _begins(self, kind: Kind, word: Forms) -> Query:
        """A word that is there, whose start is there, or that is there as a bare initial of a person."""
        there = self._there(kind, word)
        initial = self._people and kind is Kind.AUTHOR and may_begin(word, self._words)
        return some([there, self._term(FIELDS[kind], word[0][0])]) if initial else there

    def _abbreviated(self) -> Iterator[Query]:
        """Names of people that say some words in full and the others by their initials."""
        for texts, rest in in_full(self._words) if self._people else ():
            full = some([self._number(ABBREVIATED, whole_key(Kind.AUTHOR, text)) for text in texts])
            yield every([full, *(self._term(FIELDS[Kind.AUTHOR], word[0][0]) for word in rest)])

    def _initials(self) -> Query | None:
        """People whose names have every word, or its start or initial, and one of more than a letter by more than an initial."""
        long = [self._there(Kind.AUTHOR, word) for word in self._words if is_long(word)]
        return every([*(self._begins(Kind.AUTHOR, word) for word in self._words), some(long)]) if long else None

    def _slips(self, fits: Callable[[Kind, Forms], Query]) -> list[Query]:
        """A slip in each word that may have one, beside others that fit."""
        return [
            every([some(near), *(fits(kind, other) for other in self._words if other != word)])
            for kind in self._kinds
            for word in self._words
            if (near := [self._near(kind, form) for form in word if len(form) >= SLIP_FROM - 1])
        ]

    def _near(self, kind: Kind, form: str) -> Query:
        """Words that are the same but for one slip. One that is a letter too short to have a slip may have lost that letter."""
        if len(form) >= SLIP_FROM:
            return Query.fuzzy_term_query(self._schema, FIELDS[kind], form, distance=1, transposition_cost_one=True)
        longer = "|".join(f"{form[:at]}.{form[at:]}" for at in range(len(form) + 1))
        return Query.regex_query(self._schema, FIELDS[kind], longer)

"""The index of words, opened, and the words of a search as queries on it.

What fits is defined by graph/store/finding.py. Nothing that a client writes is ever parsed as a query: it becomes folded words of
letters and digits, and those become terms.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from graph.errors import SnapshotDamaged, in_words
from graph.model import Kind
from graph.store.columnar.words_write import FIELDS, FOLDER, INDEX, STARTS, starts, whole_key
from graph.where import Level
from graph.words import FEW_WORDS, SLIP_FROM, may_begin, whole

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
                    f"{place} cannot be read: {in_words(error)}", "byline check says more; ingest again"
                ) from error

    def ranks(self, query: Query, limit: int) -> list[int]:
        """The lowest ranks of what fits, at most `limit`."""
        if limit < 1:
            return []
        found = self.searcher.search(query, limit, count=False, order_by_field="rank", order=tantivy.Order.Asc)
        return [rank for rank, _ in found.hits]

    def there_is(self, query: Query) -> bool:
        """Whether anything fits."""
        return bool(self.searcher.search(query, 1, count=False).hits)

    def count(self, query: Query) -> int:
        """How many fit."""
        # The stub of SearchResult leaves the count out.
        found: Any = self.searcher.search(query, 1, count=True)
        return int(found.count)


class Asked:
    """The words of one search as queries, one a level."""

    def __init__(self, schema: tantivy.Schema, words: list[str], kinds: Sequence[Kind], initials: bool = True) -> None:
        self._schema, self._words, self._kinds, self._initials = schema, words, kinds, initials

    def level(self, level: Level) -> Query | None:
        """What fits a level or a better one of the same sort; None where nothing can."""
        match level:
            case Level.WHOLE:
                key = whole(" ".join(self._words))
                return some([self._term("whole", whole_key(kind, key)) for kind in self._kinds])
            case Level.WORDS:
                return some([every([self._term(FIELDS[kind], word) for word in self._words]) for kind in self._kinds])
            case Level.STARTS:
                return some([self._all_begin(kind) for kind in self._kinds])
            case Level.TEXT if Kind.PAPER in self._kinds:
                fields = (FIELDS[Kind.PAPER], "abstract")
                return every([some([self._term(field, word) for field in fields]) for word in self._words])
            case Level.SLIP if len(self._words) <= FEW_WORDS:
                slips = [self._slip(kind, word) for kind in self._kinds for word in self._words if len(word) >= SLIP_FROM]
                return some(slips) if slips else None
            case _:
                return None

    def _term(self, field: str, value: str | int) -> Query:
        return Query.term_query(self._schema, field, value)

    def _all_begin(self, kind: Kind) -> Query:
        """Every word there or begun; of those of more than one letter at least one by more than an initial."""
        begun = [self._begins(kind, word) for word in self._words]
        if kind is Kind.AUTHOR and self._initials and (long := [word for word in self._words if len(word) > 1]):
            begun.append(some([self._there(kind, word) for word in long]))
        return every(begun)

    def _begins(self, kind: Kind, word: str) -> Query:
        """A word that is there, whose start is there, or that is there as a bare initial of a person."""
        initial = self._initials and kind is Kind.AUTHOR and may_begin(word, self._words)
        there = self._there(kind, word)
        return some([there, self._term(FIELDS[kind], word[0])]) if initial else there

    def _there(self, kind: Kind, word: str) -> Query:
        """The same without initials."""
        field = FIELDS[kind]
        if not may_begin(word, self._words):
            return self._term(field, word)
        if len(word) <= STARTS:
            return self._term(starts(field), word)
        # No slip allowed, this is a plain prefix; it takes half the time of a pattern.
        return Query.fuzzy_term_query(self._schema, field, word, distance=0, prefix=True)

    def _slip(self, kind: Kind, word: str) -> Query:
        near = Query.fuzzy_term_query(self._schema, FIELDS[kind], word, distance=1, transposition_cost_one=True)
        return every([near, *(self._begins(kind, other) for other in self._words if other != word)])

"""Searches and suggestions: levels one after the other, each in the order of the ranks, until the page is full."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from tantivy import FieldType, Occur, Query

from graph.ids import kind_of
from graph.model import Kind
from graph.store.columnar.words_read import Asked, WordIndex, every, some
from graph.store.columnar.words_write import FOLDER, KINDS
from graph.store.finding import Names
from graph.store.protocol import Completed, Found, Rows
from graph.where import Complete, Level, Place, Search
from graph.words import query_words

_STRONG = (Level.WHOLE, Level.WORDS, Level.STARTS, Level.TEXT)


@dataclass(frozen=True)
class Nodes:
    """What a search asks of the snapshot besides its index: ids, names, the rows of a category code."""

    id_of: Callable[[Kind, int], str]
    names: Callable[[Kind, int], list[str]]
    coded: Callable[[str], Sequence[int]]


class Finder:
    """Searches of one snapshot; `arrays` has kind, row, citations and papers of each rank under words/."""

    def __init__(self, index: WordIndex, arrays: Mapping[str, npt.NDArray[Any]], nodes: Nodes) -> None:
        self.index = index
        self._nodes = nodes
        self._kinds, self._rows, self._citations, self._papers = (
            arrays[f"{FOLDER}/{name}"] for name in ("kinds", "rows", "citations", "papers")
        )

    def search(self, search: Search) -> Found:
        """See the protocol."""
        words = query_words(search.text)
        kinds = [kind for kind in search.kinds if kind is Kind.PAPER or not search.only_papers]
        bounds = self._bounds(search)
        if not words or not kinds or bounds is None:
            return Found([], np.zeros(0, np.int32), [], False, False, 0 if search.total else None)
        return _Answer(self, Asked(self.index.schema, words, kinds), bounds, search.after).page(search)

    def _bounds(self, search: Search) -> list[Query] | None:
        """The conditions as queries; None where nothing can fit them."""
        schema, bounds = self.index.schema, []
        years = search.first_year, search.last_year
        if years != (None, None):
            bounds.append(Query.range_query(schema, "year", FieldType.Integer, *years))
        if search.category is not None:
            rows = self._nodes.coded(search.category)
            if not rows:
                return None
            bounds.append(some([Query.term_query(schema, "within", row) for row in rows]))
        return bounds

    def complete(self, begun: Complete) -> Completed:
        """See the protocol."""
        words = query_words(begun.text)
        if not words or not begun.kinds:
            return Completed([], np.zeros(0, np.int32), [])
        asked = Asked(self.index.schema, words, begun.kinds, initials=False)
        alike, starting = asked.level(Level.WHOLE), asked.level(Level.STARTS)
        assert alike is not None
        assert starting is not None
        ranks = self.index.ranks(alike, begun.first)
        others = but_not(starting, [alike])
        ranks += self.index.ranks(others, begun.first - len(ranks))
        kinds, rows = self.located(ranks)
        names = [self._nodes.names(kind, row) for kind, row in zip(kinds, rows.tolist(), strict=True)]
        return Completed(kinds, rows, [Names(each, "", False).shown(words) for each in names])

    def located(self, ranks: list[int]) -> tuple[list[Kind], Rows]:
        """Kinds and rows of ranks."""
        return [KINDS[code] for code in self._kinds[ranks].tolist()], self._rows[ranks].astype(np.int32)

    def places(self, level: Level, ranks: list[int]) -> list[tuple[int, int, int]]:
        """The places of ranks of one level, ids aside."""
        counts = zip(self._citations[ranks].tolist(), self._papers[ranks].tolist(), strict=True)
        return [(level, citations, papers) for citations, papers in counts]

    def beyond(self, place: Place) -> int:
        """The first rank behind a place, its level aside. The node that the place names may be gone."""
        _, citations, papers, identifier = place
        kind = kind_of(identifier)
        wanted = (-citations, -papers, KINDS.index(kind) if kind else len(KINDS), identifier)

        def key(rank: int) -> tuple[int, int, int, str]:
            code, row = int(self._kinds[rank]), int(self._rows[rank])
            return -int(self._citations[rank]), -int(self._papers[rank]), code, self._nodes.id_of(KINDS[code], row)

        return bisect_right(range(len(self._rows)), wanted, key=key)

    def __len__(self) -> int:
        return len(self._rows)


def but_not(query: Query, others: Sequence[Query]) -> Query:
    """What fits a query and none of the others."""
    return Query.boolean_query([(Occur.Must, query), *((Occur.MustNot, other) for other in others)]) if others else query


class _Answer:
    """One search being answered: each node belongs to the best level that it fits."""

    def __init__(self, finder: Finder, asked: Asked, bounds: list[Query], after: Place | None) -> None:
        self._finder, self._index = finder, finder.index
        levels = {level: query for level in _STRONG if (query := asked.level(level)) is not None}
        fitting = {level: every([query, *bounds]) for level, query in levels.items()}
        self._any = some(list(fitting.values()))
        self._levels = {
            level: but_not(query, [better for at, better in levels.items() if at > level]) for level, query in fitting.items()
        }
        self._slip = every([asked.level(Level.SLIP) or Query.empty_query(), *bounds])
        self._after = after
        self._start = 0 if after is None else finder.beyond(after)

    def page(self, search: Search) -> Found:
        """The page that a search asks for."""
        wanted = len(self._finder) if search.first is None else search.first
        found = self._found(self._levels, wanted + 1)
        levels, all_of_them = self._levels, self._any
        # Without a cursor nothing found is nothing there.
        if not found and (self._after is None or not self._index.there_is(self._any)):
            levels, all_of_them = {Level.SLIP: self._slip}, self._slip
            found = self._found(levels, wanted + 1)
        ranks, places = [rank for rank, _ in found[:wanted]], [place for _, place in found[:wanted]]
        total = self._index.count(all_of_them) if search.total else None
        kinds, rows = self._finder.located(ranks)
        return Found(kinds, rows, places, len(found) > wanted, self._before(levels), total)

    def _found(self, levels: Mapping[Level, Query], limit: int) -> list[tuple[int, tuple[int, int, int]]]:
        """Rank and place of what lies behind the cursor, at most `limit`."""
        found: list[tuple[int, tuple[int, int, int]]] = []
        for level, query in levels.items():
            if self._after is not None and level > self._after[0]:
                continue
            if self._after is not None and level == self._after[0]:
                query = every([query, self._ranks(self._start, None)])
            ranks = self._index.ranks(query, limit - len(found))
            found += zip(ranks, self._finder.places(level, ranks), strict=True)
        return found

    def _before(self, levels: Mapping[Level, Query]) -> bool:
        """Whether anything lies at or before the cursor."""
        if self._after is None:
            return False
        here = {level: query for level, query in levels.items() if level >= self._after[0]}
        if self._after[0] in here:
            level = Level(self._after[0])
            here[level] = every([here[level], self._ranks(None, self._start)])
        return any(self._index.there_is(query) for query in here.values())

    def _ranks(self, first: int | None, below: int | None) -> Query:
        return Query.range_query(self._index.schema, "rank", FieldType.Unsigned, first, below, include_upper=below is None)

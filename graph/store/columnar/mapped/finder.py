"""Searches and suggestions: levels one after the other, each in the order of the ranks, until the page is full."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from tantivy import FieldType, Occur, Query

from byline.graph.ids import kind_of
from byline.graph.model import IDENTIFIED, Kind
from byline.graph.request import Complete, Level, Search, SearchCursor
from byline.graph.store.columnar.files.word_fields import FOLDER
from byline.graph.store.columnar.mapped.word_index import TextQuery, WordIndex, every, some
from byline.graph.store.defaults.names import Names
from byline.graph.store.protocol import Completed, Rows, SearchPage
from byline.graph.words import query_forms

_STRONG = (Level.EXACT, Level.WORDS, Level.PREFIX, Level.TEXT)
# Levels that are looked at only where nothing fits one of the best.
_WEAK = (Level.EXACT_FUZZY, Level.FUZZY, Level.INITIALS)


# The rank of a node that was found, and its place.
_Entry: TypeAlias = tuple[int, tuple[int, int, int]]


@dataclass(frozen=True)
class Nodes:
    """What a search asks of the snapshot besides its index: ids, names, the rows of a category code."""

    id_of: Callable[[Kind, int], str]
    names: Callable[[Kind, int], list[str]]
    category_row: Callable[[str], int]


class Finder:
    """Searches of one snapshot; `arrays` has kind, row, citations and papers of each rank under words/."""

    def __init__(self, index: WordIndex, arrays: Mapping[str, npt.NDArray[Any]], nodes: Nodes) -> None:
        self.index = index
        self._nodes = nodes
        self._kinds, self._rows, self._citations, self._papers = (
            arrays[f"{FOLDER}/{name}"] for name in ("kinds", "rows", "citations", "papers")
        )

    def search(self, search: Search, named: Collection[tuple[Kind, int]] = ()) -> SearchPage:
        """See the protocol; `named` are kind and row of the nodes that the text is an identifier of."""
        words = query_forms(search.text)
        kinds = [kind for kind in search.kinds if kind is Kind.PAPER or not search.only_papers]
        bounds = self._bounds(search)
        if not words or not kinds or bounds is None:
            return SearchPage([], np.zeros(0, np.int32), [], False, False, 0 if search.total else None)
        return _Answer(
            self,
            TextQuery(self.index.schema, words, kinds),
            bounds,
            search.after,
            [self._rank(*each) for each in named if each[0] in kinds],
        ).page(search)

    def _rank(self, kind: Kind, row: int) -> int:
        """The rank of a node."""
        return int(np.flatnonzero((self._rows == row) & (self._kinds == IDENTIFIED.index(kind)))[0])

    def _bounds(self, search: Search) -> list[Query] | None:
        """The conditions as queries; None where nothing can fit them."""
        schema, bounds = self.index.schema, []
        years = search.first_year, search.last_year
        if years != (None, None):
            bounds.append(Query.range_query(schema, "year", FieldType.Integer, *years))
        if search.category is not None:
            row = self._nodes.category_row(search.category)
            if row < 0:
                return None
            bounds.append(Query.term_query(schema, "within", row))
        return bounds

    def complete(self, begun: Complete) -> Completed:
        """See the protocol."""
        words = query_forms(begun.text)
        if not words or not begun.kinds:
            return Completed([], np.zeros(0, np.int32), [])
        query = TextQuery(self.index.schema, words, begun.kinds, initials=False)
        alike, starting = query.level(Level.EXACT), query.level(Level.PREFIX)
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
        return [IDENTIFIED[code] for code in self._kinds[ranks].tolist()], self._rows[ranks].astype(np.int32)

    def places(self, level: Level, ranks: list[int]) -> list[tuple[int, int, int]]:
        """The places of ranks of one level, ids aside."""
        counts = zip(self._citations[ranks].tolist(), self._papers[ranks].tolist(), strict=True)
        return [(level, citations, papers) for citations, papers in counts]

    def beyond(self, place: SearchCursor) -> int:
        """The first rank behind a place, its level aside. The node that the place names may be gone."""
        _, citations, papers, identifier = place
        kind = kind_of(identifier)
        wanted = (-citations, -papers, IDENTIFIED.index(kind) if kind else len(IDENTIFIED), identifier)

        def key(rank: int) -> tuple[int, int, int, str]:
            code, row = int(self._kinds[rank]), int(self._rows[rank])
            return -int(self._citations[rank]), -int(self._papers[rank]), code, self._nodes.id_of(IDENTIFIED[code], row)

        return bisect_right(range(len(self._rows)), wanted, key=key)

    def __len__(self) -> int:
        return len(self._rows)


def but_not(query: Query, others: Sequence[Query]) -> Query:
    """What fits a query and none of the others."""
    return Query.boolean_query([(Occur.Must, query), *((Occur.MustNot, other) for other in others)]) if others else query


class _Answer:
    """One search being answered: each node belongs to the best level that it fits."""

    def __init__(
        self, finder: Finder, query: TextQuery, bounds: list[Query], after: SearchCursor | None, named: list[int]
    ) -> None:
        self._finder, self._index, self._query, self._bounds = finder, finder.index, query, bounds
        self._after = after
        self._start = 0 if after is None else finder.beyond(after)
        self._strong = self._levels(_STRONG)
        if named:
            ranks = some([self._ranks(rank, rank + 1) for rank in named])
            self._strong = {Level.IDENTIFIER: every([ranks, *bounds]), **self._strong}

    def _levels(self, levels: Sequence[Level]) -> dict[Level, Query]:
        """What fits each level, those that fit a better one included."""
        queries = {level: self._query.level(level) for level in levels}
        return {level: every([query, *self._bounds]) for level, query in queries.items() if query is not None}

    def page(self, search: Search) -> SearchPage:
        """The page that a search asks for."""
        wanted = len(self._finder) if search.first is None else search.first
        levels = self._strong
        entries = self._entries(levels, [], wanted + 1)
        if (len(entries) <= wanted or search.total or self._after is not None) and not self._any_of_the_best(entries):
            weak = self._levels(_WEAK)
            levels = {**levels, **weak}
            if len(entries) <= wanted:
                entries = self._entries(weak, entries, wanted + 1)
        ranks, places = [rank for rank, _ in entries[:wanted]], [place for _, place in entries[:wanted]]
        total = self._index.count(some(list(levels.values()))) if search.total else None
        kinds, rows = self._finder.located(ranks)
        return SearchPage(kinds, rows, places, len(entries) > wanted, self._before(levels), total)

    def _any_of_the_best(self, entries: list[_Entry]) -> bool:
        """Whether something has all the words, or is named by its identifier: slips and initials then are not looked for."""
        if entries and entries[0][1][0] >= Level.WORDS:
            return True
        best = [query for level, query in self._strong.items() if level >= Level.WORDS]
        # Without a cursor no entry so far means that there is none.
        return self._after is not None and self._index.there_is(some(best))

    def _entries(self, levels: Mapping[Level, Query], entries: list[_Entry], limit: int) -> list[_Entry]:
        """The entries so far, and rank and place of what lies behind the cursor on these levels, at most `limit` in all.

        Of better levels than one that is read all entries are there by then, unless they lie before the cursor.
        """
        seen = {rank for rank, _ in entries}
        entries = [*entries]
        for level, query in levels.items():
            if len(entries) >= limit:
                break
            if self._after is not None and level > self._after[0]:
                continue
            if self._after is not None:
                query = but_not(query, self._better(level, self._after[0]))
                if level == self._after[0]:
                    query = every([query, self._ranks(self._start, None)])
            ranks_of_level = self._index.ranks(query, limit - len(entries) + len(seen))
            ranks = [rank for rank in ranks_of_level if rank not in seen][: limit - len(entries)]
            seen.update(ranks)
            entries += zip(ranks, self._finder.places(level, ranks), strict=True)
        return entries

    def _better(self, level: Level, after: int) -> list[Query]:
        """What fits a better level than this one, as far as it may lie before the cursor."""
        levels = {**self._strong, **(self._levels(_WEAK) if level < Level.TEXT else {})}
        return [query for at, query in levels.items() if at > level and at >= after]

    def _before(self, levels: Mapping[Level, Query]) -> bool:
        """Whether anything lies at or before the cursor."""
        if self._after is None:
            return False
        here = {level: query for level, query in levels.items() if level >= self._after[0]}
        if self._after[0] in here:
            level = Level(self._after[0])
            own = but_not(here[level], [query for at, query in levels.items() if at > level])
            here[level] = every([own, self._ranks(None, self._start)])
        return any(self._index.there_is(query) for query in here.values())

    def _ranks(self, first: int | None, below: int | None) -> Query:
        return Query.range_query(self._index.schema, "rank", FieldType.Unsigned, first, below, include_upper=below is None)

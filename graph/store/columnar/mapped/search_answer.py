"""One search being answered: each node belongs to the best level that it fits, and levels follow one another in a page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from tantivy import Query

from byline.graph.request import Level, Search, SearchCursor
from byline.graph.store.columnar.mapped.matches import Matches
from byline.graph.store.columnar.mapped.word_index import TextQuery, but_not, every, some

_STRONG = (Level.EXACT, Level.WORDS, Level.PREFIX, Level.TEXT)
# Levels that are looked at only where nothing fits one of the best.
_WEAK = (Level.EXACT_FUZZY, Level.FUZZY, Level.INITIALS)

# The rank of a node that was found, and its place.
Entry: TypeAlias = tuple[int, tuple[int, int, int]]


@dataclass(frozen=True)
class Stretch:
    """The entries of a page, and whether more follow and precede."""

    entries: list[Entry]
    has_next: bool
    has_previous: bool


@dataclass(frozen=True)
class _End:
    """A cursor: its level, and the rank at which what lies behind it on that level begins, or what lies before it ends."""

    level: int
    rank: int


class Answer:
    """The levels of a search as queries; `bounds` hold for all of them, `named` are the ranks of what the text is an identifier
    of, and `places` gives the places of ranks of a level."""

    def __init__(
        self,
        matches: Matches,
        query: TextQuery,
        bounds: list[Query],
        named: list[int],
        places: Callable[[Level, list[int]], list[tuple[int, int, int]]],
    ) -> None:
        self._matches, self._index = matches, matches.index
        self._query, self._bounds, self._places = query, bounds, places
        self._strong = self._levels(_STRONG)
        if named:
            ranks = some([self._index.between(rank, rank + 1) for rank in named])
            self._strong = {Level.IDENTIFIER: every([ranks, *bounds]), **self._strong}
        self._after: _End | None = None
        self._before: _End | None = None
        # Whether anything fits one of the best levels, once it is known.
        self._best: bool | None = None

    def _levels(self, levels: Sequence[Level]) -> dict[Level, Query]:
        """What fits each level, those that fit a better one included."""
        queries = {level: self._query.level(level) for level in levels}
        return {level: every([query, *self._bounds]) for level, query in queries.items() if query is not None}

    @cached_property
    def _weak(self) -> dict[Level, Query]:
        return self._levels(_WEAK)

    def _any_of_the_best(self) -> bool:
        """Whether something has all the words, or is named by its identifier: slips and initials then are not looked for."""
        if self._best is None:
            best = [query for level, query in self._strong.items() if level >= Level.WORDS]
            self._best = self._matches.there_is(some(best))
        return self._best

    @property
    def _all(self) -> dict[Level, Query]:
        """What fits each level that there is."""
        return self._strong if self._any_of_the_best() else {**self._strong, **self._weak}

    # ------------------------------------------------------------ pages

    def page(self, search: Search, rank_of: Callable[[SearchCursor, bool], int], size: int) -> Stretch:
        """The page that a search asks for, of so many nodes; `rank_of` gives the first rank behind a place, or at it."""
        if search.after is not None:
            self._after = _End(search.after[0], rank_of(search.after, True))
        if search.before is not None:
            self._before = _End(search.before[0], rank_of(search.before, False))
        if search.first is None and search.last is not None:
            entries = self._backwards(search.last + 1)
            has_previous = len(entries) > search.last or self._short()
            return Stretch(entries[-search.last :] if search.last else [], self._beyond(), has_previous)
        wanted = size if search.first is None else search.first
        entries = self._forwards(wanted + 1)
        has_next, entries = len(entries) > wanted or self._beyond(), entries[:wanted]
        has_previous = self._short()
        if search.last is not None and len(entries) > search.last:
            has_previous, entries = True, entries[len(entries) - search.last :]
        return Stretch(entries, has_next, has_previous)

    def ranks(self, size: int) -> list[int]:
        """The ranks of all that fit, of so many nodes, ascending."""
        return self._matches.lowest(some(list(self._all.values())), size)

    def total(self) -> int:
        """How many fit, whatever the page."""
        return self._matches.count(some(list(self._all.values())))

    def _forwards(self, limit: int) -> list[Entry]:
        """The first entries between the cursors."""
        entries = self._entries(self._strong, [], limit)
        found = bool(entries) and entries[0][1][0] >= Level.WORDS
        # Without a cursor the best come first: no entry of theirs so far means that there is none.
        if found or (self._after is None and self._before is None):
            self._best = found
        return entries if len(entries) >= limit or self._any_of_the_best() else self._entries(self._weak, entries, limit)

    def _entries(self, levels: Mapping[Level, Query], entries: list[Entry], limit: int) -> list[Entry]:
        """The entries so far, and those of these levels, at most `limit` in all.

        Of better levels than one that is read all entries are there by then, unless they lie before the cursor.
        """
        seen = {rank for rank, _ in entries}
        entries = [*entries]
        for level, query in levels.items():
            if len(entries) >= limit or (self._before is not None and level < self._before.level):
                break
            if self._after is not None and level > self._after.level:
                continue
            if self._after is not None:
                query = but_not(query, self._better(level, self._after.level))
            ranks_of_level = self._matches.lowest(self._cut(level, query), limit - len(entries) + len(seen))
            ranks = [rank for rank in ranks_of_level if rank not in seen][: limit - len(entries)]
            seen.update(ranks)
            entries += zip(ranks, self._places(level, ranks), strict=True)
        return entries

    def _backwards(self, limit: int) -> list[Entry]:
        """The last entries between the cursors, in their order."""
        entries: list[Entry] = []
        for level in sorted(self._all):
            if len(entries) >= limit or (self._after is not None and level > self._after.level):
                break
            if self._before is not None and level < self._before.level:
                continue
            ranks = self._matches.highest(self._cut(level, self._own(level)), limit - len(entries))[::-1]
            entries = [*zip(ranks, self._places(level, ranks), strict=True), *entries]
        return entries

    # ------------------------------------------------------------ cursors

    def _cut(self, level: Level, query: Query) -> Query:
        """Of what fits a level the part between the cursors, as far as they are on it."""
        first = self._after.rank if self._after is not None and level == self._after.level else None
        below = self._before.rank if self._before is not None and level == self._before.level else None
        return query if first is None and below is None else every([query, self._index.between(first, below)])

    def _own(self, level: Level) -> Query:
        """What fits a level and no better one."""
        return but_not(self._all[level], [query for at, query in self._all.items() if at > level])

    def _better(self, level: Level, after: int) -> list[Query]:
        """What fits a better level than this one, as far as it may lie before the cursor."""
        levels = {**self._strong, **(self._weak if level < Level.TEXT else {})}
        return [query for at, query in levels.items() if at > level and at >= after]

    def _short(self) -> bool:
        """Whether anything lies at or before the cursor that the page follows."""
        if (end := self._after) is None:
            return False
        better = [query for level, query in self._all.items() if level > end.level]
        return self._any(better, end.level, None, end.rank)

    def _beyond(self) -> bool:
        """Whether anything lies at or behind the cursor that the page precedes."""
        if (end := self._before) is None:
            return False
        weaker = [self._own(level) for level in self._all if level < end.level]
        return self._any(weaker, end.level, end.rank, None)

    def _any(self, queries: list[Query], level: int, first: int | None, below: int | None) -> bool:
        """Whether anything fits one of these, or a level in this stretch of ranks."""
        if level in self._all:
            queries = [*queries, every([self._own(Level(level)), self._index.between(first, below)])]
        return any(self._matches.there_is(query) for query in queries)

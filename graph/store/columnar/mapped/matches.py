"""Matches: what queries on the index of words find, of nodes that a condition is true of which the index does not know."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from tantivy import Query

from byline.graph.deadline import checkpoint
from byline.graph.store.columnar.mapped.word_index import WordIndex, every

# Which of some ranks a condition is true of, in their order.
Keep: TypeAlias = Callable[[list[int]], list[int]]
# Ranks that are looked at together: so many for each that is wanted, then more each time, and how few and how many at all.
_SPARE, _GROWTH, _LEAST, _MOST = 4, 4, 256, 1 << 16


@dataclass(frozen=True)
class Matches:
    """The ranks that fit a query and, where there is one, a condition."""

    index: WordIndex
    keep: Keep | None = None

    def lowest(self, query: Query, limit: int) -> list[int]:
        """The lowest of them, ascending."""
        return self._ranks(query, limit, highest=False)

    def highest(self, query: Query, limit: int) -> list[int]:
        """The highest of them, descending."""
        return self._ranks(query, limit, highest=True)

    def there_is(self, query: Query) -> bool:
        """Whether there are any."""
        return self.index.there_is(query) if self.keep is None else bool(self.lowest(query, 1))

    def count(self, query: Query) -> int:
        """How many there are."""
        return self.index.count(query) if self.keep is None else sum(map(len, self._kept(query, _MOST, highest=False)))

    def _ranks(self, query: Query, limit: int, highest: bool) -> list[int]:
        if self.keep is None or limit < 1:
            return self.index.ranks(query, limit, highest)
        ranks: list[int] = []
        for kept in self._kept(query, limit * _SPARE, highest):
            ranks += kept
            if len(ranks) >= limit:
                break
        return ranks[:limit]

    def _kept(self, query: Query, size: int, highest: bool) -> Iterator[list[int]]:
        """All of them, a stretch of the ranks that fit the query at a time."""
        assert self.keep is not None
        rest, size = query, min(max(size, _LEAST), _MOST)
        while True:
            checkpoint()
            ranks = self.index.ranks(rest, size, highest)
            yield self.keep(ranks)
            if len(ranks) < size:
                return
            end = ranks[-1]
            rest = every([query, self.index.between(None, end) if highest else self.index.between(end + 1, None)])
            size = min(size * _GROWTH, _MOST)

"""`Store.alike` over the core: every title as a set of weighted words, and the cosine of each that shares one."""

from collections import Counter, defaultdict
from math import sqrt

from byline.graph.deadline import checkpoint
from byline.graph.metrics.similarity import MOST_TITLES, weight
from byline.graph.model import Kind
from byline.graph.request import Select
from byline.graph.store.defaults.memo import Memo
from byline.graph.store.defaults.suggest import scores_of
from byline.graph.store.hashing import hashed
from byline.graph.store.protocol import Rows, Scores, StoreCore
from byline.graph.text import words


class Titles:
    """The titles of a graph, by row: the words of each, what each word weighs, and which titles have it."""

    def __init__(self, titles: list[str]) -> None:
        # In an order that is the same everywhere: sums of floats depend on it.
        self.words = [sorted(set(words(title)), key=hashed) for title in titles]
        counts = Counter(word for title in self.words for word in title)
        weights = {word: weight(len(titles), count) if count <= MOST_TITLES else 0.0 for word, count in counts.items()}
        self.squares = {word: one * one for word, one in weights.items()}
        self.having: dict[str, list[int]] = defaultdict(list)
        for row, title in enumerate(self.words):
            for word in title:
                self.having[word].append(row)
        self.norms = [self._norm(title) for title in self.words]

    def _norm(self, title: list[str]) -> float:
        total = 0.0
        for word in title:
            total += self.squares[word]
        return sqrt(total)

    def alike(self, row: int, first: int) -> list[tuple[int, float]]:
        """The papers whose titles share words with that of a paper, the most alike first, then by row."""
        dots: dict[int, float] = defaultdict(float)
        for word in self.words[row]:
            for other in self.having[word]:
                dots[other] += self.squares[word]
        dots.pop(row, None)
        scores = [(other, dot / (self.norms[row] * self.norms[other])) for other, dot in dots.items() if dot > 0]
        return sorted(scores, key=lambda entry: (-entry[1], entry[0]))[:first]


_TITLES: Memo[Titles] = Memo()


async def alike(store: StoreCore, rows: Rows, first: int) -> Scores:
    """See the protocol."""

    async def read() -> Titles:
        papers = (await store.find(Kind.PAPER, Select())).rows
        (titles,) = await store.columns(Kind.PAPER, papers, ["title"])
        return Titles([title or "" for title in titles.to_pylist()])

    titles, ranked = await _TITLES.get(store, None, read), []
    for row in rows.tolist():
        checkpoint()
        ranked.append(titles.alike(row, first))
    return scores_of(ranked)

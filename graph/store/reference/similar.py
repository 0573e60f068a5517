"""Titles that are alike, by plain loops: word by word, paper by paper."""

from collections import Counter
from functools import cached_property
from math import sqrt

from byline.graph.metrics.similarity import MOST_TITLES, weight
from byline.graph.model import Kind
from byline.graph.store.columnar.files.hashing import hashed
from byline.graph.store.reference.walks import Walks
from byline.graph.text import words


class Titles:
    """The titles of a graph as sets of words."""

    def __init__(self, walks: Walks) -> None:
        self._walks = walks

    @cached_property
    def _words(self) -> dict[str, list[str]]:
        """The words of each title, in an order that is the same everywhere: sums of floats depend on it."""
        titles = {paper: self._walks.graph.nodes[paper]["title"] for paper in self._walks.ids[Kind.PAPER]}
        return {paper: sorted(set(words(title)), key=hashed) for paper, title in titles.items()}

    @cached_property
    def _weights(self) -> dict[str, float]:
        counts = Counter(word for title in self._words.values() for word in title)
        return {word: weight(len(self._words), count) if count <= MOST_TITLES else 0.0 for word, count in counts.items()}

    @cached_property
    def _norms(self) -> dict[str, float]:
        return {paper: sqrt(self._dot(title)) for paper, title in self._words.items()}

    def _dot(self, shared: list[str]) -> float:
        total = 0.0
        for word in shared:
            total += self._weights[word] * self._weights[word]
        return total

    def alike(self, paper: str, first: int) -> list[tuple[str, float]]:
        """The papers whose titles share words with that of a paper, the most alike first, then by id."""
        mine, found = self._words[paper], []
        for other, title in self._words.items():
            dot = self._dot([word for word in mine if word in title]) if other != paper else 0.0
            if dot > 0:
                found.append((other, dot / (self._norms[paper] * self._norms[other])))
        return sorted(found, key=lambda each: (-each[1], each[0]))[:first]

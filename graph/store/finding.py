"""Search and suggestions as plain loops over every node: the specification of what fits and in which order."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graph.ids import kind_of
from graph.model import LETTERS, Kind
from graph.store.protocol import Completed, Found
from graph.store.walks import Walks
from graph.where import Complete, Level, Place, Search
from graph.words import FEW_WORDS, SLIP_FROM, may_begin, near, query_words, text_words, whole


@dataclass(frozen=True)
class Names:
    """What a search may find a node by: its names (code and name of a category, the title of a paper) and an abstract."""

    names: list[str]
    text: str
    people: bool

    def level(self, words: list[str]) -> Level | None:
        """The best level that the node fits without a slip."""
        known = self.words
        if any(whole(name) == " ".join(sorted(words)) for name in self.names):
            return Level.WHOLE
        if all(word in known for word in words):
            return Level.WORDS
        if all(self._begins(word, words, known) for word in words) and self._rests_on_a_word(words, known):
            return Level.STARTS
        both = known | text_words(self.text) if self.text else known
        return Level.TEXT if self.text and all(word in both for word in words) else None

    @property
    def words(self) -> set[str]:
        """The words of all names."""
        return set().union(*map(text_words, self.names))

    def _begins(self, word: str, words: list[str], known: set[str]) -> bool:
        """Whether a word is there, is the start of one that is, or is there as a bare initial of a person. Of a long query
        only the last word may be a start."""
        if self._there(word, words, known):
            return True
        return self.people and word[0] in known and may_begin(word, words)

    def _there(self, word: str, words: list[str], known: set[str]) -> bool:
        """The same without initials."""
        if word in known:
            return True
        return may_begin(word, words) and any(one.startswith(word) for one in known)

    def _rests_on_a_word(self, words: list[str], known: set[str]) -> bool:
        """Whether initials do not stand for all that was asked: of the words of more than one letter one is there by more."""
        long = [word for word in words if len(word) > 1]
        return not long or any(self._there(word, words, known) for word in long)

    def slips(self, words: list[str]) -> bool:
        """Whether the node fits when one word of a few has a slip in it."""
        known = self.words
        return len(words) <= FEW_WORDS and any(
            len(word) >= SLIP_FROM
            and any(near(word, one) for one in known)
            and all(self._begins(other, words, known) for other in words if other != word)
            for word in words
        )

    def suggested(self, words: list[str]) -> Level | None:
        """The level as a suggestion."""
        level = Names(self.names, "", False).level(words)
        return None if level is None else Level.WHOLE if level is Level.WHOLE else Level.STARTS

    def shown(self, words: list[str]) -> str:
        """The first name that fits a suggestion by itself, else the first one."""
        fitting = (name for name in self.names if Names([name], "", False).suggested(words))
        return next(fitting, self.names[0])


class Finding:
    """Searches on the graph of the specification."""

    def __init__(self, walks: Walks) -> None:
        self._walks = walks

    def search(self, search: Search) -> Found:
        """See the protocol."""
        words = query_words(search.text)
        nodes = [node for node in self._nodes(search.kinds) if self._fits(node, search)] if words else []
        levels = {node: level for node in nodes if (level := self._names(node).level(words))}
        if not levels:
            levels = {node: Level.SLIP for node in nodes if self._names(node).slips(words)}
        places = sorted((self._place(node, level) for node, level in levels.items()), key=_key)
        after = search.after
        kept = places if after is None else [place for place in places if _key(place) > _key(after)]
        page = kept if search.first is None else kept[: search.first]
        kinds, rows = self._located([place[3] for place in page])
        total = len(places) if search.total else None
        return Found(kinds, rows, [place[:3] for place in page], len(page) < len(kept), len(kept) < len(places), total)

    def complete(self, begun: Complete) -> Completed:
        """See the protocol."""
        words = query_words(begun.text)
        nodes = list(self._nodes(begun.kinds)) if words else []
        levels = {node: level for node in nodes if (level := self._names(node).suggested(words))}
        places = sorted((self._place(node, level) for node, level in levels.items()), key=_key)[: begun.first]
        kinds, rows = self._located([place[3] for place in places])
        return Completed(kinds, rows, [self._names(place[3]).shown(words) for place in places])

    def _nodes(self, kinds: tuple[Kind, ...]) -> Iterator[str]:
        for kind in kinds:
            yield from self._walks.ids[kind]

    def _located(self, nodes: list[str]) -> "tuple[list[Kind], np.ndarray[tuple[int], np.dtype[np.int32]]]":
        kinds = [self._walks.graph.nodes[node]["kind"] for node in nodes]
        return kinds, np.array([self._walks.row(node) for node in nodes], np.int32)

    def _fits(self, node: str, search: Search) -> bool:
        """Whether a node is one that the conditions let through."""
        if not search.only_papers:
            return True
        columns = self._walks.graph.nodes[node]
        if columns["kind"] is not Kind.PAPER:
            return False
        if search.category is not None and not self._within(search.category) & set(self._walks.categories(node)):
            return False
        year = columns["year"]
        if year is None:
            return search.first_year is None and search.last_year is None
        return (search.first_year is None or year >= search.first_year) and (search.last_year is None or year <= search.last_year)

    def _within(self, code: str) -> set[str]:
        """The category of a code and those below it."""
        nodes = self._walks.graph.nodes
        named = [category for category in self._walks.ids[Kind.CATEGORY] if nodes[category]["code"] == code]
        return {below for category in named for below in self._walks.within(category)}

    def _names(self, node: str) -> Names:
        columns = self._walks.graph.nodes[node]
        match columns["kind"]:
            case Kind.PAPER:
                return Names([columns["title"] or ""], columns["abstract"] or "", False)
            case Kind.CATEGORY:
                return Names([columns["name"], columns["code"]], "", False)
            case kind:
                return Names(list(dict.fromkeys([columns["name"], *(columns["names"] or [])])), "", kind is Kind.AUTHOR)

    def _place(self, node: str, level: Level) -> Place:
        """A category counts the papers in and below it, and their citations."""
        columns = self._walks.graph.nodes[node]
        match columns["kind"]:
            case Kind.PAPER:
                return level, columns["citation_count"], 0, node
            case Kind.CATEGORY:
                papers = self._walks.category_papers(node)
                return level, sum(self._walks.graph.nodes[paper]["citation_count"] for paper in papers), len(papers), node
            case _:
                return level, columns["citation_count"], columns["paper_count"], node


def _key(place: Place) -> tuple[int, int, int, int, str]:
    level, citations, papers, identifier = place
    kind = kind_of(identifier)
    return -level, -citations, -papers, list(LETTERS).index(kind) if kind else len(LETTERS), identifier

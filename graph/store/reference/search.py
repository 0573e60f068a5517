"""Search and suggestions as plain loops over every node: the specification of what fits and in which order."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from byline.graph.ids import kind_of
from byline.graph.model import LETTERS, Kind
from byline.graph.request import Complete, Key, Level, Search, SearchCursor
from byline.graph.store.protocol import Completed, Found
from byline.graph.store.reference.walks import Walks
from byline.graph.typed_ids import typed_keys
from byline.graph.words import (
    FEW_WORDS,
    Forms,
    abbreviated,
    in_full,
    is_long,
    may_begin,
    query_forms,
    slip_fits,
    text_words,
    wholes,
)


@dataclass(frozen=True)
class Names:
    """What a search may find a node by: its names (code and name of a category, the title of a paper) and an abstract."""

    names: list[str]
    text: str
    people: bool

    def level(self, words: Sequence[Forms]) -> Level | None:
        """The best level that the node fits as the words are typed."""
        known = self.words
        if any(set(wholes(query_forms(name))) & set(wholes(words)) for name in self.names):
            return Level.EXACT
        if all(_in(word, known) for word in words):
            return Level.WORDS
        if all(_there(word, words, known) for word in words) or self._abbreviated(words, known):
            return Level.PREFIX
        both = known | text_words(self.text) if self.text else known
        return Level.TEXT if self.text and all(_in(word, both) for word in words) else None

    def weak_level(self, words: Sequence[Forms]) -> Level | None:
        """The best level that the node fits with a slip in one word, or by initials of a longer name."""
        known = self.words
        few = len(words) <= FEW_WORDS
        if few and any(len(query_forms(name)) == len(words) for name in self.names) and _slips(words, known, self._exact):
            return Level.EXACT_FUZZY
        if few and _slips(words, known, self._begins):
            return Level.FUZZY
        rests = any(_there(word, words, known) for word in words if is_long(word))
        if self.people and rests and all(self._begins(word, words, known) for word in words):
            return Level.INITIALS
        return None

    @property
    def words(self) -> set[str]:
        """The words of all names."""
        return set().union(*map(text_words, self.names))

    def _abbreviated(self, words: Sequence[Forms], known: set[str]) -> bool:
        """Whether a name of a person has initials for some words of the query, and no word in full that the query lacks."""
        full = {text for name in self.names for text in abbreviated(query_forms(name))} if self.people else set()
        return any(full & set(texts) and all(word[0][0] in known for word in rest) for texts, rest in in_full(words))

    def _begins(self, word: Forms, words: Sequence[Forms], known: set[str]) -> bool:
        """Whether a word is there, is the start of one that is, or is there as a bare initial of a person. Of a long query
        only the last word may be a start."""
        return _there(word, words, known) or (self.people and word[0][0] in known and may_begin(word, words))

    def _exact(self, word: Forms, words: Sequence[Forms], known: set[str]) -> bool:
        """Whether a word is there."""
        return _in(word, known)

    def suggested(self, words: Sequence[Forms]) -> Level | None:
        """The level as a suggestion."""
        level = Names(self.names, "", False).level(words)
        return None if level is None else Level.EXACT if level is Level.EXACT else Level.PREFIX

    def shown(self, words: Sequence[Forms]) -> str:
        """The first name that fits a suggestion by itself, else the first one."""
        fitting = (name for name in self.names if Names([name], "", False).suggested(words))
        return next(fitting, self.names[0])


def _in(word: Forms, known: set[str]) -> bool:
    """Whether a word is there, in any of its foldings."""
    return any(form in known for form in word)


def _there(word: Forms, words: Sequence[Forms], known: set[str]) -> bool:
    """Whether a word is there or is the start of one that is."""
    return _in(word, known) or (may_begin(word, words) and any(one.startswith(word) for one in known))


def _slips(words: Sequence[Forms], known: set[str], fits: Callable[[Forms, Sequence[Forms], set[str]], bool]) -> bool:
    """Whether one word has a slip in it and the others fit."""
    return any(
        any(slip_fits(form, one) for form in word for one in known)
        and all(fits(other, words, known) for other in words if other != word)
        for word in words
    )


class Finding:
    """Searches on the graph of the specification; `lookup` leads from a key to a row, below 0 where it names none."""

    def __init__(self, walks: Walks, lookup: Callable[[Kind, Key], int]) -> None:
        self._walks = walks
        self._lookup = lookup

    def search(self, search: Search) -> Found:
        """See the protocol."""
        words = query_forms(search.text)
        nodes = [node for node in self._nodes(search.kinds) if self._fits(node, search)] if words else []
        levels = {node: level for node in nodes if (level := self._names(node).level(words))}
        named = {self._walks.ids[kind][row] for kind, key in typed_keys(search.text) if (row := self._lookup(kind, key)) >= 0}
        levels |= {node: Level.IDENTIFIER for node in nodes if node in named}
        if all(level < Level.WORDS for level in levels.values()):
            rest = [node for node in nodes if node not in levels]
            levels |= {node: level for node in rest if (level := self._names(node).weak_level(words))}
        places = sorted((self._place(node, level) for node, level in levels.items()), key=_key)
        after = search.after
        kept = places if after is None else [place for place in places if _key(place) > _key(after)]
        page = kept if search.first is None else kept[: search.first]
        kinds, rows = self._located([place[3] for place in page])
        total = len(places) if search.total else None
        return Found(kinds, rows, [place[:3] for place in page], len(page) < len(kept), len(kept) < len(places), total)

    def complete(self, begun: Complete) -> Completed:
        """See the protocol."""
        words = query_forms(begun.text)
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
        """The category that a code names and those below it; none where it names none, or might name several."""
        row = self._lookup(Kind.CATEGORY, Key("code", code))
        return self._walks.within(self._walks.ids[Kind.CATEGORY][row]) if row >= 0 else set()

    def _names(self, node: str) -> Names:
        columns = self._walks.graph.nodes[node]
        match columns["kind"]:
            case Kind.PAPER:
                return Names([columns["title"] or ""], columns["abstract"] or "", False)
            case Kind.CATEGORY:
                return Names([columns["name"], columns["code"]], "", False)
            case kind:
                return Names(list(dict.fromkeys([columns["name"], *(columns["names"] or [])])), "", kind is Kind.AUTHOR)

    def _place(self, node: str, level: Level) -> SearchCursor:
        """A category counts the papers in and below it, and their citations."""
        columns = self._walks.graph.nodes[node]
        match columns["kind"]:
            case Kind.PAPER:
                return level, columns["citation_count"] or 0, 0, node
            case Kind.CATEGORY:
                papers = self._walks.category_papers(node)
                return level, sum(self._walks.graph.nodes[paper]["citation_count"] or 0 for paper in papers), len(papers), node
            case _:
                return level, columns["citation_count"] or 0, columns["paper_count"], node


def _key(place: SearchCursor) -> tuple[int, int, int, int, str]:
    level, citations, papers, identifier = place
    kind = kind_of(identifier)
    return -level, -citations, -papers, list(LETTERS).index(kind) if kind else len(LETTERS), identifier

"""Names: what a search may find a node by, and how well it fits the words of one. docs/search.md defines the levels."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from byline.graph.request import Level
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
        own_words = self.words
        if any(set(wholes(query_forms(name))) & set(wholes(words)) for name in self.names):
            return Level.EXACT
        if all(_in(word, own_words) for word in words):
            return Level.WORDS
        if all(_there(word, words, own_words) for word in words) or self._abbreviated(words, own_words):
            return Level.PREFIX
        both = own_words | text_words(self.text) if self.text else own_words
        return Level.TEXT if self.text and all(_in(word, both) for word in words) else None

    def weak_level(self, words: Sequence[Forms]) -> Level | None:
        """The best level that the node fits with a slip in one word, or by initials of a longer name."""
        own_words = self.words
        few = len(words) <= FEW_WORDS
        if few and any(len(query_forms(name)) == len(words) for name in self.names) and _slips(words, own_words, self._exact):
            return Level.EXACT_FUZZY
        if few and _slips(words, own_words, self._begins):
            return Level.FUZZY
        rests = any(_there(word, words, own_words) for word in words if is_long(word))
        if self.people and rests and all(self._begins(word, words, own_words) for word in words):
            return Level.INITIALS
        return None

    @cached_property
    def words(self) -> set[str]:
        """The words of all names."""
        return set().union(*map(text_words, self.names))

    def _abbreviated(self, words: Sequence[Forms], own_words: set[str]) -> bool:
        """Whether a name of a person has initials for some words of the query, and no word in full that the query lacks."""
        full = {text for name in self.names for text in abbreviated(query_forms(name))} if self.people else set()
        return any(full & set(texts) and all(word[0][0] in own_words for word in rest) for texts, rest in in_full(words))

    def _begins(self, word: Forms, words: Sequence[Forms], own_words: set[str]) -> bool:
        """Whether a word is there, is the start of one that is, or is there as a bare initial of a person. Of a long query
        only the last word may be a start."""
        return _there(word, words, own_words) or (self.people and word[0][0] in own_words and may_begin(word, words))

    def _exact(self, word: Forms, words: Sequence[Forms], own_words: set[str]) -> bool:
        """Whether a word is there."""
        return _in(word, own_words)

    def suggested(self, words: Sequence[Forms]) -> Level | None:
        """The level as a suggestion."""
        level = Names(self.names, "", False).level(words)
        return None if level is None else Level.EXACT if level is Level.EXACT else Level.PREFIX

    def shown(self, words: Sequence[Forms]) -> str:
        """The first name that fits a suggestion by itself, else the first one."""
        fitting = (name for name in self.names if Names([name], "", False).suggested(words))
        return next(fitting, self.names[0])


def _in(word: Forms, own_words: set[str]) -> bool:
    """Whether a word is there, in any of its foldings."""
    return any(form in own_words for form in word)


def _there(word: Forms, words: Sequence[Forms], own_words: set[str]) -> bool:
    """Whether a word is there or is the start of one that is."""
    return _in(word, own_words) or (may_begin(word, words) and any(one.startswith(word) for one in own_words))


def _slips(words: Sequence[Forms], own_words: set[str], fits: Callable[[Forms, Sequence[Forms], set[str]], bool]) -> bool:
    """Whether one word has a slip in it and the others fit."""
    return any(
        any(slip_fits(form, one) for form in word for one in own_words)
        and all(fits(other, words, own_words) for other in words if other != word)
        for word in words
    )

"""Highlighting: which parts of a text the words of a search fit, and how; docs/search.md says what each level allows."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TypeAlias

from byline.graph.placed_words import Span, placed_words
from byline.graph.request import Level
from byline.graph.words import Forms, may_begin, slip_fits


class Way(IntEnum):
    """How a word of a text fits a word of a search, the best the highest."""

    INITIAL = 1
    SLIP = 2
    PREFIX = 3
    WORD = 4


_WAYS = {
    Level.EXACT: (Way.WORD,),
    Level.WORDS: (Way.WORD,),
    Level.PREFIX: (Way.WORD, Way.PREFIX, Way.INITIAL),
    Level.TEXT: (Way.WORD,),
    Level.EXACT_FUZZY: (Way.WORD, Way.SLIP),
    Level.FUZZY: (Way.WORD, Way.PREFIX, Way.SLIP, Way.INITIAL),
    Level.INITIALS: (Way.WORD, Way.PREFIX, Way.INITIAL),
}
# For words of a search, by number, the best way in which a text has them, and where.
Found: TypeAlias = Mapping[int, tuple[Way, list[Span]]]


@dataclass(frozen=True)
class Highlighter:
    """The words of a search, and the ways in which the nodes of a level may fit them; only people have initials."""

    words: Sequence[Forms]
    level: Level
    people: bool = False

    def find(self, text: str) -> Found:
        """Where a text has the words, each in the best way that it has it."""
        found: dict[int, tuple[Way, list[Span]]] = {}
        for placed in placed_words(text, self._parts):
            for number, way, letters in self._fitting(placed.word):
                best = found.get(number)
                if best is None or way > best[0]:
                    best = found[number] = way, []
                if way == best[0]:
                    best[1].append(placed.span(letters))
        return found

    def _fitting(self, word: str) -> Iterator[tuple[int, Way, int]]:
        """The words that one of the text fits: which, how, and how many letters of it."""
        for number in self._numbers.get(word, ()):
            yield number, Way.WORD, len(word)
        if len(self._ways) > 1:
            for number, forms in enumerate(self.words):
                if word not in forms:
                    yield from ((number, way, letters) for way, letters in self._otherwise(word, forms))

    @cached_property
    def _numbers(self) -> dict[str, list[int]]:
        """The words by each of their foldings."""
        numbers: dict[str, list[int]] = {}
        for number, forms in enumerate(self.words):
            for form in forms:
                numbers.setdefault(form, []).append(number)
        return numbers

    def _otherwise(self, word: str, forms: Forms) -> Iterator[tuple[Way, int]]:
        if may_begin(forms, self.words):
            begun = [len(form) for form in forms if word.startswith(form)] if Way.PREFIX in self._ways else []
            if begun:
                yield Way.PREFIX, max(begun)
            if Way.INITIAL in self._ways and word == forms[0][0]:
                yield Way.INITIAL, 1
        if Way.SLIP in self._ways and any(slip_fits(form, word) for form in forms):
            yield Way.SLIP, len(word)

    @cached_property
    def _ways(self) -> Collection[Way]:
        return [way for way in _WAYS[self.level] if way is not Way.INITIAL or self.people]

    @cached_property
    def _parts(self) -> Sequence[str]:
        """What words that fit have in them: any of the query's, unless a letter may be off or missing."""
        loose = Way.SLIP in self._ways or Way.INITIAL in self._ways
        return ("",) if loose else tuple(self._numbers)


def covering(found: Sequence[Found], preferred: Sequence[bool]) -> list[int]:
    """The texts that together have all the words that any of them has: always the one next that has most of the rest, best."""
    chosen: list[int] = []
    rest = set().union(*found)
    while rest:

        def worth(at: int, rest: set[int] = rest) -> tuple[int, bool, int]:
            fresh = [way for number, (way, _) in found[at].items() if number in rest]
            return len(fresh), preferred[at], sum(fresh)

        best = max(range(len(found)), key=worth)
        chosen.append(best)
        rest = rest - set(found[best])
    return chosen


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in their order, those that touch or overlap as one."""
    whole: list[Span] = []
    for start, end in sorted(spans):
        if whole and start <= whole[-1][1]:
            whole[-1] = whole[-1][0], max(end, whole[-1][1])
        else:
            whole.append((start, end))
    return whole

"""The words of a text where they stand: what `words.text_words` has, each with the characters of the text that it was made of."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple, TypeAlias

from byline.graph.text import fold
from byline.graph.words import APOSTROPHES, JOINED, LONGEST, SPELLED, WORD, spelled_out

# From where to where something stands in a text, in characters, the end excluded.
Span: TypeAlias = tuple[int, int]
_CHUNK = re.compile(r"\S+")
_LETTER = re.compile(r"[^\W_]")
# An ASCII text with one sign between its chunks, and of these the letters and digits.
_SPACED = {code: " " for code in range(128) if chr(code).isspace()}
_LETTERS = {code: None for code in range(128) if not chr(code).isalnum() and chr(code) != " "}


class PlacedWord(NamedTuple):
    """A folded word, and where what each of its letters was made of begins and ends in the text."""

    word: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, letters: int) -> Span:
        """Where its first letters stand."""
        return self.starts[0], self.ends[letters - 1]


class _Folding(NamedTuple):
    """A text without spaces, folded, and where what each character was made of begins and ends."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def words(self) -> Iterator[PlacedWord]:
        """Its words, and what punctuation joins."""
        for found in WORD.finditer(self.text):
            yield self._between(found.start(), found.end())
        if self.text.isalnum():
            return
        for joined in JOINED.finditer(self.text):
            yield self._at([at for at in range(*joined.span()) if _LETTER.match(self.text[at])])
        if "'" in self.text or "’" in self.text:
            places = [at for at, sign in enumerate(self.text) if ord(sign) not in APOSTROPHES]
            for found in WORD.finditer("".join([self.text[at] for at in places])):
                yield self._at(places[found.start() : found.end()])

    def _between(self, start: int, end: int) -> PlacedWord:
        end = min(end, start + LONGEST)
        return PlacedWord(self.text[start:end], self.starts[start:end], self.ends[start:end])

    def _at(self, places: Sequence[int]) -> PlacedWord:
        places = places[:LONGEST]
        word = "".join([self.text[at] for at in places])
        return PlacedWord(word, [self.starts[at] for at in places], [self.ends[at] for at in places])


def placed_words(text: str, parts: Sequence[str] = ("",)) -> Iterator[PlacedWord]:
    """The folded words of a text, in each of their foldings; what punctuation joins in its parts and as one.

    Words without any of these `parts` may be left out: a long text is not taken to pieces for a few words.
    """
    for chunk, start in _plain_chunks(text, parts) if text.isascii() else _chunks(text):
        for folding in _foldings(chunk, start):
            yield from folding.words()


def _chunks(text: str) -> Iterator[tuple[str, int]]:
    """What stands between spaces, and where it begins."""
    return ((chunk[0], chunk.start()) for chunk in _CHUNK.finditer(text))


def _plain_chunks(text: str, parts: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The chunks of an ASCII text whose letters have one of some parts."""
    spaced, start = text.translate(_SPACED), 0
    for chunk, letters in zip(spaced.split(" "), spaced.lower().translate(_LETTERS).split(" "), strict=True):
        for part in parts:
            if part in letters:
                yield chunk, start
                break
        start += len(chunk) + 1


def _foldings(chunk: str, start: int) -> Iterator[_Folding]:
    """A text without spaces that begins at a place, in each of its foldings."""
    if chunk.isascii():
        yield _Folding(chunk.lower(), range(start, start + len(chunk)), range(start + 1, start + len(chunk) + 1))
        return
    units = _units(chunk)
    yield _mapped(fold(chunk), units, start, fold)
    if (spelled := spelled_out(chunk)) is not None:
        yield _mapped(spelled, units, start, _spelled)


def _spelled(unit: str) -> str:
    return fold(unicodedata.normalize("NFC", unit.casefold()).translate(SPELLED))


def _units(chunk: str) -> list[str]:
    """Characters, each with the marks that combine with it."""
    units: list[str] = []
    for character in chunk:
        if units and unicodedata.combining(character):
            units[-1] += character
        else:
            units.append(character)
    return units


def _mapped(folded: str, units: Sequence[str], start: int, folding: Callable[[str], str]) -> _Folding:
    """A folded text, and where its characters came from: the whole where characters are folded together in another way."""
    parts = [folding(unit) for unit in units]
    ends = list(accumulate(map(len, units), initial=start))
    if "".join(parts) != folded:
        return _Folding(folded, [start] * len(folded), [ends[-1]] * len(folded))
    starts = [at for at, part in zip(ends, parts, strict=False) for _ in part]
    return _Folding(folded, starts, [at for at, part in zip(ends[1:], parts, strict=True) for _ in part])

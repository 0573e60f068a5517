"""What a search compares: the words of a query, the words of a name or title, and one slip of the pen between two words."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TypeAlias

from byline.graph.text import fold

# Scripts that are written without spaces: each character is a word of its own.
_SINGLE = "\u3005\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
WORD = re.compile(rf"[{_SINGLE}]|[^\W_{_SINGLE}]+")
# Parts that punctuation holds together without a space: "o'brien", "jean-luc", "j.r.r.".
JOINED = re.compile(rf"[^\W_{_SINGLE}]+(?:(?:[^\w\s]|_)+[^\W_{_SINGLE}]+)+")
_BETWEEN = re.compile(r"[\W_]+")
# Letters that are also written as two where a keyboard or a catalogue lacks them: DIN 5007-2 for German, the Nordic and the South
# Slavic custom. The plain folding writes them without their mark, or as `fold` says.
SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "ő": "oe", "ű": "ue", "đ": "dj"})
# What a text has that holds one of them, composed or not, in either case.
_MAY_BE_SPELLED = re.compile("[äöüøåőűđÄÖÜØÅŐŰĐ\u0308\u030a\u030b\u0344\u212b]")
# The foldings of one word: the plain one, and the one with letters spelled as two where that is another.
Forms: TypeAlias = tuple[str, ...]
APOSTROPHES = str.maketrans("", "", "'’")
# What an ASCII text is cut at, and the same left out.
_SPACED = {code: " " for code in range(128) if not chr(code).isalnum()}
_BARE = dict.fromkeys(_SPACED)
_CUT = _SPACED | {ord("'"): ""}
_MARKS = "".join(map(chr, _SPACED))
# Characters of a word that are compared: nothing longer is a word that somebody reads.
LONGEST = 64
# The letters of a word that may have a slip in it, as it should be or as it is typed.
# Below them: the longest query in which words may be cut short or have one.
SLIP_FROM = 4
FEW_WORDS = 6


def query_words(text: str) -> list[str]:
    """The different folded words of a query, in its order: "O'Brien, Pat" -> ["obrien", "pat"]. None of punctuation alone."""
    return list(dict.fromkeys([word[:LONGEST] for word in _parted(fold(text))]))


def _parted(folded: str) -> list[str]:
    """The words of a folded text, apostrophes left out."""
    return folded.translate(_CUT).split() if folded.isascii() else WORD.findall(folded.translate(APOSTROPHES))


def query_forms(text: str) -> list[Forms]:
    """The words of a query with the foldings of each: "Jörg Lund" -> [("jorg", "joerg"), ("lund",)]."""
    spelled = spelled_out(text)
    if spelled is None:
        return [(word,) for word in query_words(text)]
    pairs = zip(_parted(fold(text)), _parted(spelled), strict=True)
    return list(dict.fromkeys(tuple(dict.fromkeys((word[:LONGEST], other[:LONGEST]))) for word, other in pairs))


def spelled_out(text: str) -> str | None:
    """The folded text with letters such as ü spelled as two; None where it has none of them."""
    if text.isascii() or _MAY_BE_SPELLED.search(text) is None:
        return None
    composed = unicodedata.normalize("NFC", text.casefold())
    spelled = composed.translate(SPELLED)
    return None if spelled == composed else fold(spelled)


def may_begin(word: Forms, words: Sequence[Forms]) -> bool:
    """Whether a word of a query may stand for one that it begins: of a long query only the last."""
    return len(words) <= FEW_WORDS or word == words[-1]


def text_words(text: str) -> set[str]:
    """The folded words of a text; what punctuation joins is there in its parts and as one: "O'Brien" -> {"o", "brien", "obrien"}.

    The words that the text has as a query are among them, in each of their foldings.
    """
    words = _words_of(fold(text))
    if (spelled := spelled_out(text)) is not None:
        words |= _words_of(spelled)
    return words


def indexed(text: str) -> tuple[set[str], list[Forms]]:
    """What a name or title is found by: its words as `text_words` and as `query_forms` give them."""
    folded = fold(text)
    if not folded.isascii() or "'" in folded or spelled_out(text) is not None:
        return text_words(text), query_forms(text)
    # By far the most: without apostrophes and second spellings both are cut alike.
    words = dict.fromkeys([word[:LONGEST] for word in folded.translate(_SPACED).split()])
    return _joined(folded).union(words), [(word,) for word in words]


def _words_of(folded: str) -> set[str]:
    words = plain_words(folded) if folded.isascii() else any_words(folded)
    if "'" in folded or "’" in folded:
        words.update(query_words(folded))
    return words


def plain_words(folded: str) -> set[str]:
    """The words of a folded ASCII text and what punctuation joins: as `any_words`, in a tenth of the time."""
    return _joined(folded).union([word[:LONGEST] for word in folded.translate(_SPACED).split()])


def _joined(folded: str) -> set[str]:
    """What punctuation joins in a folded ASCII text, as one word each."""
    inner = [chunk.strip(_MARKS) for chunk in folded.split() if not chunk.isalnum()]
    return {chunk.translate(_BARE)[:LONGEST] for chunk in inner if chunk and not chunk.isalnum()}


def any_words(folded: str) -> set[str]:
    """The words of any folded text and what punctuation joins."""
    words = {word[:LONGEST] for word in WORD.findall(folded)}
    words.update(_BETWEEN.sub("", joined)[:LONGEST] for joined in JOINED.findall(folded))
    return words


def wholes(words: Sequence[Forms]) -> list[str]:
    """The words of a text in an order of their own, once a folding: two texts are the same in whole, whatever the order, when
    they share one of these."""
    first = " ".join(sorted({word[0] for word in words}))
    if sum(map(len, words)) == len(words):
        return [first]
    last = " ".join(sorted({word[-1] for word in words}))
    return [first] if first == last else [first, last]


def is_long(word: Forms) -> bool:
    """Whether a word is more than an initial."""
    return len(word[0]) > 1


def abbreviated(words: Sequence[Forms]) -> list[str]:
    """What a name with initials says in full, once a folding: "J. R. Lund" -> ["lund"]; nothing of a name without initials, or
    of initials alone."""
    long = [word for word in words if len(word[0]) > 1]
    return wholes(long) if long and len(long) < len(words) else []


def in_full(words: Sequence[Forms]) -> Iterator[tuple[list[str], list[Forms]]]:
    """What the full words of an abbreviated name may be, for the words of a query, and which words then are initials in it:
    of "Jan Lund" ["jan"] beside l, and ["lund"] beside j. Nothing of a query of many words."""
    long = [word for word in words if is_long(word)] if len(words) <= FEW_WORDS else []
    for size in range(1, len(long) + 1):
        for full in combinations(long, size):
            yield wholes(full), [word for word in words if word not in full]


def slip_fits(one: str, other: str) -> bool:
    """Whether two words are the same but for one slip, and one of them is long enough to have one."""
    return max(len(one), len(other)) >= SLIP_FROM and near(one, other)


def near(one: str, other: str) -> bool:
    """Whether one letter added, left out, replaced, or swapped with the next makes one word of the other, or none at all."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, far = one[same:], other[same:]
    swapped = len(rest) == len(far) and rest[:2] == far[:2][::-1] and rest[2:] == far[2:]
    return swapped or rest[1:] == far[1:] or rest[1:] == far or rest == far[1:]

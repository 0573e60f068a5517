"""What a search compares: the words of a query, the words of a name or title, and one slip of the pen between two words."""

import re

from graph.text import fold

# Scripts that are written without spaces: each character is a word of its own.
_SINGLE = "\u3005\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_SINGLE}]|[^\W_{_SINGLE}]+")
# Parts that punctuation holds together without a space: "o'brien", "jean-luc", "j.r.r.".
_JOINED = re.compile(rf"[^\W_{_SINGLE}]+(?:(?:[^\w\s]|_)+[^\W_{_SINGLE}]+)+")
_BETWEEN = re.compile(r"[\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’")
# What an ASCII text is cut at, and the same left out.
_SPACED = {code: " " for code in range(128) if not chr(code).isalnum()}
_BARE = dict.fromkeys(_SPACED)
_MARKS = "".join(map(chr, _SPACED))
# Characters of a word that are compared: nothing longer is a word that somebody reads.
LONGEST = 64
# The shortest word that may have a slip in it, and the longest query in which words may be cut short or have one.
SLIP_FROM = 4
FEW_WORDS = 6


def query_words(text: str) -> list[str]:
    """The different folded words of a query, in its order: "O'Brien, Pat" -> ["obrien", "pat"]. None of punctuation alone."""
    return list(dict.fromkeys(word[:LONGEST] for word in _WORD.findall(fold(text).translate(_APOSTROPHES))))


def may_begin(word: str, words: list[str]) -> bool:
    """Whether a word of a query may stand for one that it begins: of a long query only the last."""
    return len(words) <= FEW_WORDS or word == words[-1]


def text_words(text: str) -> set[str]:
    """The folded words of a text; what punctuation joins is there in its parts and as one: "O'Brien" -> {"o", "brien", "obrien"}.

    The words that the text has as a query are among them.
    """
    folded = fold(text)
    found = plain_words(folded) if folded.isascii() else any_words(folded)
    if "'" in folded or "’" in folded:
        found.update(query_words(text))
    return found


def plain_words(folded: str) -> set[str]:
    """The words of a folded ASCII text and what punctuation joins: as `any_words`, in a tenth of the time."""
    found = {word[:LONGEST] for word in folded.translate(_SPACED).split()}
    inner = [chunk.strip(_MARKS) for chunk in folded.split() if not chunk.isalnum()]
    found.update([chunk.translate(_BARE)[:LONGEST] for chunk in inner if not chunk.isalnum()])
    found.discard("")
    return found


def any_words(folded: str) -> set[str]:
    """The words of any folded text and what punctuation joins."""
    found = {word[:LONGEST] for word in _WORD.findall(folded)}
    found.update(_BETWEEN.sub("", joined)[:LONGEST] for joined in _JOINED.findall(folded))
    return found


def whole(text: str) -> str:
    """The words of a text in an order of their own: two texts are the same in whole, whatever the order, when these are equal."""
    return " ".join(sorted(query_words(text)))


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

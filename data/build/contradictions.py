"""What contradicts: two printed names that can hardly be one person's, two records that can hardly be of one work.

Both ask for positive evidence. Other scripts, missing lists and spellings that a transliteration explains contradict nothing.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from unicodedata import name as letter_name

from byline.data.remembered import remembered
from byline.graph.text import words

# Words of titles are compared where they are at least so long; those of so many letters say nothing.
_LONG = 4
# Two titles with a smaller share of common words, of the shorter one, are of different works.
_SHARE = 0.34
_SIMILAR = 0.75
_SOUNDS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ou", "u"), ("kh", "h"), ("ts", "c"), ("ya", "ia"), ("yu", "iu"))
_ONES = str.maketrans({"y": "i", "j": "i", "w": "v", "k": "c", "z": "s"})


def unlike(left: str, right: str) -> bool:
    """Whether two names of people have nothing in common: no word, no word but for its transliteration, not the same letters."""
    one, other = _long_words(left), _long_words(right)
    if not one or not other or _script(left) != _script(right):
        return False
    if not one.isdisjoint(other) or any(_sounds(a) == _sounds(b) or _close(a, b) for a in one for b in other):
        return False
    whole = ["".join(words(name)) for name in (left, right)]
    return sorted(whole[0]) != sorted(whole[1]) and not any(word in whole[1] for word in one if len(word) >= _LONG)


def other_people(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether two lists of authors are of different people: either names somebody whom the other does not, so that neither can be
    the other one cut short. Lists that are not known contradict none."""
    if not left or not right or _script(left[0]) != _script(right[0]):
        return False
    return _has_stranger(left, right) and _has_stranger(right, left)


def _has_stranger(names: Sequence[str], others: Sequence[str]) -> bool:
    return any(not any(_may_be(name, other) for other in others) for name in names)


def other_title(left: str, right: str) -> bool:
    """Whether two titles are of different works: hardly a word in common. A title in another script may be a translation."""
    if _script(left) != _script(right):
        return False
    one, other = _title_words(left), _title_words(right)
    return bool(one and other) and len(one & other) < _SHARE * min(len(one), len(other))


@remembered(1 << 16)
def _long_words(name: str) -> frozenset[str]:
    return frozenset(word for word in words(name) if len(word) > 1)


def _may_be(left: str, right: str) -> bool:
    """Whether a surname is common, or nearly, and a first letter of the rest, if there is a rest."""
    one, other = words(left), words(right)
    for a in one:
        for b in other:
            if len(a) > 1 and len(b) > 1 and (a == b or _sounds(a) == _sounds(b) or _close(a, b)):
                rest = [{word[0] for word in each if word is not seen} for each, seen in ((one, a), (other, b))]
                if not rest[0] or not rest[1] or rest[0] & rest[1]:
                    return True
    return False


@remembered(1 << 16)
def _sounds(word: str) -> str:
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return re.sub(r"(.)\1", r"\1", word.translate(_ONES))


def _close(left: str, right: str) -> bool:
    if min(len(left), len(right)) < _LONG or abs(len(left) - len(right)) > 2:
        return False
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= _SIMILAR


def _title_words(title: str) -> frozenset[str]:
    return frozenset(word for word in words(title) if len(word) >= _LONG or word.isdigit())


@remembered(1 << 16)
def _script(text: str) -> str:
    """The script of the first letter, such as LATIN."""
    first = next((each for each in text if each.isalpha()), "")
    return "LATIN" if first.isascii() else letter_name(first, "").split(" ")[0]

"""Names as catalogues print them: the order of a card index turned, and names that cannot be one person's."""

import re

from graph.text import words

# What may follow a comma without being a given name.
_BEHIND = re.compile(
    r"(?:jr|sr|ii|iii|iv|v|ph\.?\s?d|m\.?\s?d|m\.?\s?sc|b\.?\s?sc|m\.?\s?a|b\.?\s?a|dr|prof|r\.?\s?n|m\.?\s?p\.?\s?h|esq)\.?",
    re.I,
)
_COMMON = 4


def natural(name: str) -> str:
    """ "Last, First" as "First Last"; a name with another number of commas, or with a title behind it, stays as it is."""
    last, comma, first = (part.strip() for part in name.partition(","))
    if not comma or not last or not first or "," in first or _BEHIND.fullmatch(first):
        return name
    return f"{first} {last}"


def related(left: str, right: str) -> bool:
    """Whether two names may be one person's at all: they share a word or the beginning of one, one of them has initials
    only, or they are written in different scripts."""
    a, b = ([word for word in words(name) if len(word) > 1] for name in (left, right))
    if not a or not b or _latin(a) != _latin(b):
        return True
    return any(x[:_COMMON] == y[:_COMMON] if min(len(x), len(y)) >= _COMMON else x == y for x in a for y in b)


def _latin(split: list[str]) -> bool:
    return any("a" <= character <= "z" for word in split for character in word)

"""When two printed names may be one person's: words, blocks, and what an initial or a missing middle name allows."""

from collections.abc import Iterable
from functools import lru_cache

from byline.graph.text import compact, words

INITIAL = "initial"
MIDDLE = "missing middle name"


@lru_cache(maxsize=1 << 16)
def parts(name: str) -> tuple[str, ...]:
    """The folded words of a name, "Eghbal A. Hosseini" -> ("eghbal", "a", "hosseini")."""
    return tuple(words(name))


def block(name: str) -> tuple[str, str] | None:
    """The last word and the first letter: names in different blocks are never compared. None for a name of one word."""
    split = parts(name)
    return (split[-1], split[0][0]) if len(split) > 1 else None


def compatible(left: str, right: str) -> str | None:
    """The rule by which two different names may be one person's: INITIAL, MIDDLE, or None where they contradict.

    The last words are equal; the first are equal or one is the other's initial; every middle name of the one with fewer
    has its like, equal or initial, among those of the other in the same order.
    """
    a, b = sorted((parts(left), parts(right)), key=len)
    if len(a) < 2 or a[-1] != b[-1] or not _alike(a[0], b[0]):
        return None
    middles = iter(b[1:-1])
    matched = [next((word for word in middles if _alike(word, middle)), None) for middle in a[1:-1]]
    if None in matched:
        return None
    return INITIAL if (a[0], *a[1:-1]) != (b[0], *matched) else MIDDLE


def agree(left: str, right: str) -> bool:
    """Whether two names in the same place of two lists of one paper are the same author's."""
    return compact(left) == compact(right) or compatible(left, right) is not None


def _alike(left: str, right: str) -> bool:
    return left == right or (min(len(left), len(right)) == 1 and left[0] == right[0])


def may_be_one(left: Iterable[str], right: Iterable[str]) -> bool:
    """Whether some name of one person agrees with some name of another: the two may be the same person."""
    right = list(right)
    return any(agree(one, other) for one in left for other in right)

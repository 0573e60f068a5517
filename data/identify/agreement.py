"""Whether two printed lists of authors are one list: who wrote it tells two papers of one title apart."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from byline.data.identify.variants import name_words

# Above so many names that no surname matches, who is left is not compared name by name.
_MOST_LEFT = 60
# How an umlaut is written where there is none: "Goetz" and "Götz" are one surname.
_WRITTEN_OUT = (("oe", "o"), ("ue", "u"), ("ae", "a"))


@dataclass(frozen=True, slots=True)
class Author:
    """A printed name: the last word, and all words of two letters or more."""

    family: str
    words: frozenset[str]

    @classmethod
    def of(cls, form: str) -> "Author":
        """The author of a printed name."""
        split = [_bare(word) for word in name_words(form)]
        return cls(split[-1], frozenset(word for word in split if len(word) > 1) or frozenset(split))

    def meets(self, other: "Author") -> bool:
        """Whether both may be one: the surname of the one is a name of the other, whatever the order of the words."""
        return self.family in other.words or other.family in self.words


def _bare(word: str) -> str:
    for long, short in _WRITTEN_OUT:
        word = word.replace(long, short)
    return word


@dataclass(frozen=True, slots=True)
class Team:
    """The printed authors of one record, in order, and whether the list is complete."""

    authors: tuple[Author, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many authors two lists share, of how many that they could; `agree` where that makes them one list."""

    shared: int
    of: int
    agree: bool


def compare(left: Team, right: Team) -> Agreement:
    """Two lists are one where all authors are shared in any order, or half of them and the first author of one of the two.

    Of the longer list where both are complete, of the shorter one where one was cut ("et al."). Nobody known: no agreement.
    """
    sizes = (len(left.authors), len(right.authors))
    most = max(sizes) if left.whole and right.whole else min(sizes)
    if not min(sizes):
        return Agreement(0, most, False)
    shared = _shared(left.authors, right.authors)
    if shared >= most:
        return Agreement(shared, most, True)
    led = any(left.authors[0].meets(each) for each in right.authors) or any(right.authors[0].meets(each) for each in left.authors)
    return Agreement(shared, most, led and 2 * shared >= most)


def _shared(left: Sequence[Author], right: Sequence[Author]) -> int:
    both = Counter(each.family for each in left) & Counter(each.family for each in right)
    count = both.total()
    if count == min(len(left), len(right)):
        return count
    ours, theirs = _rest(left, both), _rest(right, both)
    if max(len(ours), len(theirs)) > _MOST_LEFT:
        return count
    for each in ours:
        if (match := next((other for other in theirs if each.meets(other)), None)) is not None:
            theirs.remove(match)
            count += 1
    return count


def _rest(authors: Sequence[Author], matched: Counter[str]) -> list[Author]:
    left, rest = Counter(matched), []
    for each in authors:
        if left[each.family]:
            left[each.family] -= 1
        else:
            rest.append(each)
    return rest

"""What each piece of evidence counts: one table for all sources. docs/identity.md says how the figures were found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

SAME = "same name"
MIDDLE = "missing middle name"
MIDDLE_WORD = "missing middle word"
INITIAL = "initial"
MIDDLE_INITIAL = "initial of a middle name"
NICKNAME = "short form"
SPACING = "spacing"
SURNAME = "shorter surname"
DROPPED = "missing first name"
SWAPPED = "order of the words"

# Between two names the unlikelier kind is the one that a merge has to overcome, in the units of Weights.
_COSTS = {
    MIDDLE: 1.2,
    MIDDLE_INITIAL: 1.302,
    SURNAME: 1.5,
    NICKNAME: 1.488,
    INITIAL: 1.75,
    DROPPED: 2.1,
    SWAPPED: 2.5,
    MIDDLE_WORD: 3.5,
    SPACING: 3.5,
}


@dataclass(frozen=True)
class Weights:
    """All parameters of likeness, in natural logarithms of odds unless said otherwise.

    A pair of one name is joined where its score is above zero: -log(`namesakes` * E + `floor`) for a name with E expected
    namesakes, plus the weights of what the two share, minus `institution_conflict` where they share no institution, times
    the part of the authorships that name one (of the one of whom less is known). A shared coauthor, institution, title word,
    paper (own or cited) or category weighs log(N / bearers), less the `…_base`; coauthors of one block (last word and first
    letter) count `block` of that, categories `category` of it; the sums of words and of papers are cut at `…_most`. What is
    shared with a person of n papers is shared by chance more often: weights lose `crowd` * log(n).

    A pair of different names is joined where this reaches `variant_least`: - the cost of the kind - `variant_name` * log(E +
    `variant_floor`) + `variant_coauthor` * log(1 + coauthors) + `variant_paper` * log(1 + papers) + `variant_size` * log(n m
    / (n + m)) for n and m papers; or, for the first three kinds of initials and middle names, where all coauthors of the one
    are coauthors of the other.
    """

    namesakes: float = 0.1
    floor: float = 0.08
    # At this score of the name alone its bearers are one without further questions.
    rare: float = 2.5
    coauthor_base: float = 3.9
    block: float = 0.5
    institution_base: float = 1.0
    institution_least: float = 0.18
    institution_conflict: float = 17.0
    word_base: float = 3.0
    word_most: float = 1.8
    paper_base: float = 1.0
    paper_most: float = 3.0
    category: float = 0.15
    crowd: float = 0.4
    # Vectorised: a shared coauthor that alone lifts the score this far needs no further questions.
    certain: float = 2.0
    variant_name: float = 0.1605
    variant_floor: float = 0.012
    variant_coauthor: float = 0.107
    variant_paper: float = 0.75
    variant_size: float = 0.4399
    variant_conflict: float = 0.375
    variant_least: float = 0.13
    # A pair is left alone where another that contradicts it comes this close.
    margin: float = 0.65
    costs: Mapping[str, float] = field(default_factory=lambda: MappingProxyType(_COSTS))


WEIGHTS = Weights()

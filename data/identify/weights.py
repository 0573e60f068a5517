"""What each piece of evidence counts: one table for all sources. docs/identity.md says how the figures were found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp, log
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

# What a name says before its rarity, by how two names agree.
_KINDS = {
    SAME: 0.92,
    MIDDLE: 0.32,
    INITIAL: 0.0,
    SPACING: 0.0,
    MIDDLE_WORD: -0.08,
    MIDDLE_INITIAL: -0.92,
    DROPPED: -1.35,
    SURNAME: -1.43,
    NICKNAME: -2.14,
    SWAPPED: -3.35,
}


@dataclass(frozen=True)
class Weights:
    """All parameters of likeness. A score is log-odds, the sum of five terms (data/identify/score.py).

    The name: a figure for the kind of agreement less `rarity` (of different names `variant_rarity`) * log(E + floor), E the
    people expected under the commoner one. Coauthors in common, by surname and initial and again by full name: `coauthors` *
    log(1 + weight); if none, less `strangers` * log(1 + n) for the fewer coauthors n of the two. Institutions: `institutions` *
    log(1 + weight), less `elsewhere` - `moving` * log(1 + years between) where their words differ, in the part in which they
    do and in which authorships name any. Papers written or cited, title words and categories: each its weight * log(1 + what is
    shared). What is shared weighs log(N / bearers) less the `…_base`, and with a person of n papers less `crowd` * log(n).

    Two of one name are one person above `least`, two names above `variant_least`.
    """

    # Vectorised, before any pair is weighed: -log(`namesakes` * E + `namesake_floor`) is what a name says alone. From `rare` on
    # its bearers are one without further questions, and from `certain` on with a shared coauthor's weight.
    namesakes: float = 0.1
    namesake_floor: float = 0.08
    rare: float = 2.5
    certain: float = 2.0
    kinds: Mapping[str, float] = field(default_factory=lambda: MappingProxyType(_KINDS))
    rarity: float = 1.14
    # So many people at least are expected under a name of which a source says that several bear it.
    homonym: float = 10.0
    floor: float = 0.05
    variant_rarity: float = 0.63
    variant_floor: float = 0.02
    coauthors: float = 0.58
    circle: float = 0.99
    coauthor_base: float = 3.9
    strangers: float = 0.5
    institutions: float = 0.87
    institution_base: float = 1.0
    institution_least: float = 0.18
    elsewhere: float = 9.17
    moving: float = 4.06
    papers: float = 0.74
    paper_base: float = 1.0
    words: float = 0.73
    word_base: float = 3.0
    categories: float = 0.26
    least: float = 0.25
    variant_least: float = 1.6
    # A pair is left alone where another that contradicts it comes this close.
    margin: float = 0.65

    def name(self, kind: str, expected: float) -> float:
        """What two names say that agree in this way, E people expected under the commoner one."""
        if kind == SAME:
            return self.kinds[kind] - self.rarity * log(expected + self.floor)
        return self.kinds[kind] - self.variant_rarity * log(expected + self.variant_floor)


WEIGHTS = Weights()


def probability(log_odds: float) -> float:
    """How likely something is by its log-odds."""
    return 1 / (1 + exp(-max(-50.0, min(50.0, log_odds))))

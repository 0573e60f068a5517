"""How much speaks for two clusters being one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from math import log1p, sqrt
from typing import TypeAlias

from byline.data.identify.features import Feature
from byline.data.identify.naming import Naming
from byline.data.identify.weights import SAME, WEIGHTS, probability

_KINDS = len(Feature)
# Scores are compared after rounding, so that the order of a sum decides nothing.
_DIGITS = 6


@dataclass(slots=True)
class Cluster:
    """Units that are one person as far as is known.

    `marks` have their weights; `totals` and `counts` are their sums and numbers by kind. `size` is in authorships, of which
    `placed` have an institution. `first` and `last` are the years of the earliest and the latest dated paper.
    """

    unit: int
    names: set[int]
    papers: set[int]
    marks: dict[int, float]
    totals: list[float]
    counts: list[int]
    bits: int
    size: int
    placed: int
    first: int
    last: int

    def take(self, other: "Cluster") -> None:
        """Take in another cluster."""
        self.totals = [one + two for one, two in zip(self.totals, other.totals, strict=True)]
        self.counts = [one + two for one, two in zip(self.counts, other.counts, strict=True)]
        few, many = (self.marks, other.marks) if len(self.marks) <= len(other.marks) else (other.marks, self.marks)
        for mark, weight in few.items():
            if mark in many:
                self.totals[mark & 7] -= weight
                self.counts[mark & 7] -= 1
        many.update(few)
        self.marks = many
        self.names |= other.names
        self.papers |= other.papers
        self.bits |= other.bits
        self.size += other.size
        self.placed += other.placed
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)


class Term(IntEnum):
    """What adds up to a score, in the order in which it is kept."""

    NAME = 0
    COAUTHORS = 1
    INSTITUTIONS = 2
    PAPERS = 3
    TOPICS = 4

    @property
    def label(self) -> str:
        """The term in words."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, order=True)
class Score:
    """Log-odds of two clusters being one person: the sum of `terms`, by Term. `value` is what is left above the odds that a
    join needs, so that above zero joins; `kind` tells how the names agree, `expected` how many people may bear the commoner
    one, `sums` the weights of what is shared, by kind of mark."""

    value: float
    kind: str
    expected: float
    terms: tuple[float, ...]
    sums: tuple[float, ...]

    @property
    def same(self) -> bool:
        """Whether both have a name in common."""
        return self.kind == SAME

    @property
    def probability(self) -> float:
        """How likely the two are one person, by the log-odds alone."""
        return probability(sum(self.terms))


Obstacle: TypeAlias = str
IDS, PAPER, NAMES = "different ids of one scheme", "both on one paper", "names that contradict each other"
# No evidence for or against: it keeps a pair from being weighed, and says nothing about others beside it.
SCRIPTS = "no names in one script"


def obstacle(names: Naming, left: Cluster, right: Cluster) -> Obstacle | None:
    """What forbids that two clusters are one, whatever speaks for it."""
    if left.bits & right.bits:
        return IDS
    if not left.papers.isdisjoint(right.papers):
        return PAPER
    comparable = False
    for one in left.names:
        for other in right.names:
            if one == other or names.variant(one, other) is not None:
                comparable = True
            elif names.one_script(one, other):
                return NAMES
    return None if comparable else SCRIPTS


def contradict(names: Naming, left: Cluster, right: Cluster) -> bool:
    """Whether two clusters are certainly two people."""
    return obstacle(names, left, right) not in (None, SCRIPTS)


def score(names: Naming, left: Cluster, right: Cluster) -> Score:
    """The score of two clusters between which there is no obstacle."""
    kind, expected, name = _kind(names, left.names, right.names)
    sums, blocks = _shared(left, right)
    each = sqrt(left.size * right.size)
    terms = (
        name,
        _coauthors(left, right, (sums[Feature.COAUTHOR] + sums[Feature.BLOCK]) / each, blocks),
        _institutions(left, right, sums),
        WEIGHTS.papers * log1p(sums[Feature.PAPER] / each),
        WEIGHTS.words * log1p(sums[Feature.WORD] / each) + WEIGHTS.categories * log1p(sums[Feature.CATEGORY] / each),
    )
    value = sum(terms) - (WEIGHTS.least if kind == SAME else WEIGHTS.variant_least)
    return Score(round(value, _DIGITS), kind, expected, tuple(round(term, _DIGITS) for term in terms), tuple(sums))


def _coauthors(left: Cluster, right: Cluster, shared: float, blocks: int) -> float:
    """What coauthors in common say for, and what so many of whom none or few are common say against."""
    fewer = min(left.counts[Feature.BLOCK], right.counts[Feature.BLOCK])
    part = blocks / fewer if blocks else 0.0
    for_it = WEIGHTS.coauthors * log1p(shared) + WEIGHTS.circle * part
    return for_it - WEIGHTS.strangers * log1p(fewer) * (1 - part) ** 4


def _institutions(left: Cluster, right: Cluster, sums: list[float]) -> float:
    """What institutions in common say for, and what different ones say against; less with every year between the papers."""
    most = min(left.totals[Feature.PLACE_WORD], right.totals[Feature.PLACE_WORD])
    alike = min(1.0, sums[Feature.PLACE_WORD] / most) if most > 0 else float(sums[Feature.INSTITUTION] > 0)
    unlike = min(left.placed / left.size, right.placed / right.size) * (1 - alike)
    apart = max(0.0, WEIGHTS.elsewhere - WEIGHTS.moving * log1p(_gap(left, right)))
    return WEIGHTS.institutions * log1p(sums[Feature.INSTITUTION]) - apart * unlike


def _gap(left: Cluster, right: Cluster) -> int:
    """Years between the last paper of the one and the first of the other; 0 where they overlap or a year is unknown."""
    if left.first > left.last or right.first > right.last:
        return 0
    return max(0, left.first - right.last, right.first - left.last)


def _kind(names: Naming, left: Iterable[int], right: Iterable[int]) -> tuple[str, float, float]:
    """How the names agree best, how many people the commoner of the two may stand for, and what that says."""
    best: tuple[float, str, float] | None = None
    for one in left:
        for other in right:
            kind = names.variant(one, other)
            if kind is None:
                continue
            expected = max(names.expected.item(one), names.expected.item(other))
            worth = WEIGHTS.name(kind, expected)
            if best is None or (-worth, kind) < (-best[0], best[1]):
                best = (worth, kind, expected)
    assert best is not None
    return best[1], best[2], best[0]


def _shared(left: Cluster, right: Cluster) -> tuple[list[float], int]:
    """The weights of what both have, by kind, and how many coauthors' surnames and initials they share."""
    few, many = (left.marks, right.marks) if len(left.marks) <= len(right.marks) else (right.marks, left.marks)
    sums, blocks = [0.0] * _KINDS, 0
    for mark, weight in few.items():
        if mark in many:
            kind = mark & 7
            sums[kind] += weight
            blocks += kind == Feature.BLOCK
    return sums, blocks

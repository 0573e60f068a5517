"""How much speaks for two clusters being one person."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log, log1p
from typing import TypeAlias

from data.identify.marks import Mark
from data.identify.naming import Naming
from data.identify.weights import INITIAL, MIDDLE, MIDDLE_INITIAL, SAME, WEIGHTS

_KINDS = len(Mark)
# Scores are compared after rounding, so that the order of a sum decides nothing.
_DIGITS = 6
# The last step up to a score that is just enough.
_ENOUGH = 0.05


@dataclass(slots=True)
class Cluster:
    """Units that are one person as far as is known; `marks` with their weights, `size` in authorships, of which `placed`
    have an institution."""

    unit: int
    names: set[int]
    papers: set[int]
    marks: dict[int, float]
    bits: int
    size: int
    placed: int
    blocks: int = field(init=False)

    def __post_init__(self) -> None:
        self.look()

    def look(self) -> None:
        """Count anew what is asked of the marks all the time: how many coauthor blocks there are."""
        self.blocks = sum(mark & 7 == Mark.BLOCK for mark in self.marks)

    def take(self, other: "Cluster") -> None:
        """Take in another cluster."""
        self.names |= other.names
        self.papers |= other.papers
        self.marks |= other.marks
        self.bits |= other.bits
        self.size += other.size
        self.placed += other.placed
        self.look()


@dataclass(frozen=True, slots=True, order=True)
class Score:
    """`value` above zero joins. `kind` tells how the names agree; `sums` what is shared, by kind of mark."""

    value: float
    kind: str
    expected: float
    sums: tuple[float, ...]

    @property
    def same(self) -> bool:
        """Whether both have a name in common."""
        return self.kind == SAME


Obstacle: TypeAlias = str
IDS, PAPER, NAMES = "different ids of one scheme", "both on one paper", "names that contradict each other"


def obstacle(names: Naming, left: Cluster, right: Cluster) -> Obstacle | None:
    """What forbids that two clusters are one, whatever speaks for it."""
    if left.bits & right.bits:
        return IDS
    if not left.papers.isdisjoint(right.papers):
        return PAPER
    for one in left.names:
        for other in right.names:
            if one != other and names.variant(one, other) is None:
                return NAMES
    return None


def score(names: Naming, left: Cluster, right: Cluster) -> Score:
    """The score of two clusters between which there is no obstacle."""
    kind, expected = _kind(names, left.names, right.names)
    same = kind == SAME
    crowd = WEIGHTS.crowd * log(max(left.size, right.size)) if same else 0.0
    sums, shared = _shared(left, right, crowd)
    conflict = 0.0 if sums[Mark.INSTITUTION] else min(left.placed / left.size, right.placed / right.size)
    if same:
        value = -log(WEIGHTS.namesakes * expected + WEIGHTS.floor) + _likeness(sums)
        return Score(round(value - WEIGHTS.institution_conflict * conflict, _DIGITS), kind, expected, sums)
    together = sums[Mark.COAUTHOR] + sums[Mark.BLOCK] + sums[Mark.INSTITUTION]
    value = -WEIGHTS.costs[kind] - WEIGHTS.variant_name * log(expected + WEIGHTS.variant_floor) - WEIGHTS.variant_least
    value += WEIGHTS.variant_coauthor * log1p(together) + WEIGHTS.variant_paper * log1p(sums[Mark.PAPER])
    value += WEIGHTS.variant_size * log(left.size * right.size / (left.size + right.size)) - WEIGHTS.variant_conflict * conflict
    if shared and shared == min(left.blocks, right.blocks) and kind in (MIDDLE, INITIAL, MIDDLE_INITIAL):
        value = max(value, _ENOUGH)
    return Score(round(value, _DIGITS), kind, expected, sums)


def _likeness(sums: tuple[float, ...]) -> float:
    cut = min(WEIGHTS.word_most, sums[Mark.WORD]) + min(WEIGHTS.paper_most, sums[Mark.PAPER])
    return cut + sums[Mark.COAUTHOR] + sums[Mark.BLOCK] + sums[Mark.INSTITUTION] + sums[Mark.CATEGORY]


def _kind(names: Naming, left: Iterable[int], right: Iterable[int]) -> tuple[str, float]:
    """How the names agree best, and how many people the commoner of the two may stand for."""
    best: tuple[float, str, float] | None = None
    for one in left:
        for other in right:
            kind = names.variant(one, other)
            if kind is None:
                continue
            expected = float(max(names.expected[one], names.expected[other]))
            cost = WEIGHTS.costs.get(kind, -100.0) + WEIGHTS.variant_name * log(expected + WEIGHTS.variant_floor)
            if best is None or (cost, kind) < best[:2]:
                best = (cost, kind, expected)
    assert best is not None
    return best[1], best[2]


def _shared(left: Cluster, right: Cluster, crowd: float) -> tuple[tuple[float, ...], int]:
    """The weights of what both have, by kind, and how many coauthor blocks they share."""
    few, many = (left.marks, right.marks) if len(left.marks) <= len(right.marks) else (right.marks, left.marks)
    sums, blocks = [0.0] * _KINDS, 0
    for mark, weight in few.items():
        if mark in many:
            kind = mark & 7
            blocks += kind == Mark.BLOCK
            steady = kind in (Mark.INSTITUTION, Mark.CATEGORY)
            sums[kind] += weight if steady else max(0.0, weight - crowd)
    return tuple(sums), blocks

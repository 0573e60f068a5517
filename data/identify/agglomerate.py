"""The most likely pair is joined first, then the next one, until nothing more speaks for a join."""

import heapq
from dataclasses import dataclass, field

from byline.data.identify.features import Feature
from byline.data.identify.naming import Naming
from byline.data.identify.score import Cluster, Score, contradict, obstacle, score
from byline.data.identify.weights import WEIGHTS

Pair = tuple[int, int]
SAME_PLACE = "same place"
AMBIGUOUS = "as likely as another one who is somebody else"
# Two who have a name in common come before all whose names differ.
_SAME_NAME_FIRST = 1000.0
_UNSEEN = Score(0.0, "", 0.0, (), ())


@dataclass(frozen=True)
class Join:
    """Two clusters that became one, as they were before: units, score, and the marks that both had."""

    left: int
    right: int
    score: Score
    shared: dict[int, float]
    names: tuple[frozenset[int], frozenset[int]]


@dataclass(frozen=True)
class Refusal:
    """Two clusters that were looked at and stay two, by their units, with the reason; no score where something forbids it."""

    left: int
    right: int
    why: str | None
    score: Score | None
    shared: dict[int, float]


@dataclass
class Component:
    """Clusters of which none is a candidate for any outside, and what becomes of them.

    `clusters` go by unit; afterwards those that were taken in are gone and `into` tells by which other one.
    """

    names: Naming
    clusters: dict[int, Cluster]
    pairs: list[Pair]
    in_place: frozenset[Pair] = frozenset()
    into: dict[int, int] = field(default_factory=dict)
    joins: list[Join] = field(default_factory=list)
    ambiguous: set[Pair] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._near: dict[int, set[int]] = {unit: set() for unit in self.clusters}
        self._scores: dict[Pair, Score | None] = {}
        self._heap: list[tuple[float, int, int, Score]] = []
        for left, right in self.pairs:
            self._near[left].add(right)
            self._near[right].add(left)

    def run(self) -> None:
        """Join what is to be joined."""
        for left, right in sorted(self.in_place):
            self._join_in_place(left, right)
        for unit in sorted(self.clusters):
            for other in sorted(self._near[unit]):
                if unit < other:
                    self._weigh(unit, other)
        while self._heap:
            _, left, right, score = heapq.heappop(self._heap)
            if self._scores.get((left, right)) is not score:
                continue
            if self._rivals(left, right, score):
                self.ambiguous.add((left, right))
            else:
                self._join(left, right, score)

    def apart(self) -> list[Pair]:
        """The candidates that stayed apart, the likeliest first, those that something forbids last."""
        likeness = {pair: each.value if each else -1e9 for pair, each in self._scores.items()}
        return sorted(likeness, key=lambda pair: (-likeness[pair], pair))

    def refusal(self, pair: Pair) -> Refusal:
        """Why two candidates stayed apart."""
        one, other, score = self.clusters[pair[0]], self.clusters[pair[1]], self._scores[pair]
        why = AMBIGUOUS if pair in self.ambiguous else None if score else obstacle(self.names, one, other)
        return Refusal(*pair, why, score, common(one, other))

    def root(self, unit: int) -> int:
        """The unit by which the cluster of a unit goes now."""
        while unit in self.into:
            unit = self.into[unit]
        return unit

    def _weigh(self, left: int, right: int) -> None:
        one, other = self.clusters[left], self.clusters[right]
        likeness = None if obstacle(self.names, one, other) else score(self.names, one, other)
        self._scores[left, right] = likeness
        if likeness and likeness.value > 0:
            heapq.heappush(self._heap, (-_rank(likeness), left, right, likeness))

    def _rivals(self, left: int, right: int, score: Score) -> bool:
        """Whether one of the two fits several about as well, of whom two cannot be one."""
        for near, far in ((left, right), (right, left)):
            if score.same and not any(score.sums[: Feature.PLACE_WORD]) and self._borne(near, far):
                return True
            fitting = [other for other in self._near[near] if self._fits(near, other, score)]
            for at, one in enumerate(fitting):
                if any(contradict(self.names, self.clusters[one], self.clusters[other]) for other in fitting[:at]):
                    return True
        return False

    def _borne(self, near: int, far: int) -> bool:
        """Whether the name is known to be that of one more who is surely not `near`, and by the ids not `far` either: then the
        name alone does not tell that these two are one."""
        bits, names = self.clusters[far].bits, self.clusters[near].names
        return any(
            self._scores.get(_pair(near, other), _UNSEEN) is None
            and self.clusters[other].bits & bits
            and not names.isdisjoint(self.clusters[other].names)
            for other in self._near[near]
        )

    def _fits(self, near: int, other: int, score: Score) -> bool:
        rival = self._scores.get(_pair(near, other))
        close = rival is not None and rival.value > 0 and score.value - rival.value < WEIGHTS.margin
        return close and rival is not None and rival.same == score.same

    def _join_in_place(self, left: int, right: int) -> None:
        left, right = _pair(self.root(left), self.root(right))
        one, other = self.clusters[left], self.clusters[right]
        if left != right and not one.bits & other.bits and one.papers.isdisjoint(other.papers):
            self._join(left, right, Score(0.0, SAME_PLACE, 0.0, (), ()), weigh=False)

    def _join(self, left: int, right: int, score: Score, weigh: bool = True) -> None:
        one, other = self.clusters[left], self.clusters[right]
        self.joins.append(Join(left, right, score, common(one, other), (frozenset(one.names), frozenset(other.names))))
        one.take(self.clusters.pop(right))
        self.into[right] = left
        near = (self._near[left] | self._near.pop(right)) - {left, right}
        for each in (left, right):
            for neighbour in near:
                self._scores.pop(_pair(each, neighbour), None)
                self.ambiguous.discard(_pair(each, neighbour))
        self._scores.pop((left, right), None)
        self._near[left] = near
        for neighbour in sorted(near):
            self._near[neighbour].discard(right)
            self._near[neighbour].add(left)
            if weigh:
                self._weigh(*_pair(left, neighbour))


def common(left: Cluster, right: Cluster) -> dict[int, float]:
    """The marks of both, with their weights."""
    few, many = (left.marks, right.marks) if len(left.marks) <= len(right.marks) else (right.marks, left.marks)
    return {mark: weight for mark, weight in few.items() if mark in many}


def _rank(score: Score) -> float:
    return score.value + _SAME_NAME_FIRST * score.same


def _pair(left: int, right: int) -> Pair:
    return (left, right) if left < right else (right, left)

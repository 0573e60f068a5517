"""How often two were one person that identity thought so likely to be one: a reliability table of its decisions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from byline.data.identify.agglomerate import Component
from byline.data.identify.disambiguation_input import DisambiguationInput
from byline.data.identify.mention_groups import MentionGroups, units
from byline.data.identify.naming import naming
from byline.data.identify.resolve import _near, _Run


@dataclass(frozen=True)
class Decided:
    """A pair that was weighed in the end, joined or not, by the units of each side, with the probability."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    probability: float


@dataclass
class _Trace:
    """Takes components as they are done, instead of the reasons that a snapshot keeps."""

    pairs: list[Decided] = field(default_factory=list)

    def take(self, component: Component) -> None:
        members: dict[int, tuple[int, ...]] = {}
        for join in component.joins:
            left, right = members.get(join.left, (join.left,)), members.pop(join.right, (join.right,))
            if join.score.terms:
                self.pairs.append(Decided(left, right, join.score.probability))
            members[join.left] = left + right
        for one, other in component.apart():
            score = component.refusal((one, other)).score
            if score is not None:
                self.pairs.append(Decided(members.get(one, (one,)), members.get(other, (other,)), score.probability))


def traced(scene: DisambiguationInput) -> tuple[list[int], tuple[MentionGroups, list[Decided]]]:
    """The cluster of each entry, and all decisions that rest on a score."""
    names = naming(scene)
    name = names.of_form[scene.entry_form]
    groups, trace = units(scene, names, name, _near(scene, names, name)), _Trace()
    root = _Run(scene, names, name, groups, trace).root()  # type: ignore[arg-type]
    return root[groups.of_entry].tolist(), (groups, trace.pairs)


def calibration(
    decided: tuple[MentionGroups, list[Decided]], gold: Sequence[str | None], chosen: Sequence[bool]
) -> list[list[str]]:
    """By tenths of probability: how many decisions between entries of `chosen` with ids, and the share of them that the ids
    call one person, each decision counted once."""
    groups, pairs = decided
    ids: dict[int, Counter[str]] = {}
    for unit, identifier, is_chosen in zip(groups.of_entry.tolist(), gold, chosen, strict=True):
        if is_chosen and identifier is not None:
            ids.setdefault(unit, Counter())[identifier] += 1
    tenths: dict[int, list[float]] = {}
    for pair in pairs:
        one, other = (sum((ids[unit] for unit in side if unit in ids), Counter()) for side in (pair.left, pair.right))
        if one and other:
            same = sum(one[key] * other[key] for key in one) / (one.total() * other.total())
            tenths.setdefault(min(9, int(pair.probability * 10)), []).append(same)
    return [
        [f"{at / 10:.1f} to {(at + 1) / 10:.1f}", f"{len(same):,}", f"{np.mean(same):.3f}"] for at, same in sorted(tenths.items())
    ]

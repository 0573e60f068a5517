"""Author disambiguation: by ids, by the rarity of a name, and by what two bearers of it share."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.data.identify.agglomerate import Component, Pair
from byline.data.identify.arrays import Longs, components, distinct, stretches
from byline.data.identify.candidates import candidates, open_units
from byline.data.identify.disambiguation_input import DECISION, DisambiguationInput, Resolution
from byline.data.identify.features import coauthor_weights, coauthors, marks
from byline.data.identify.initial_clusters import InitialClusters
from byline.data.identify.mention_groups import MentionGroups, alone, units
from byline.data.identify.naming import Floats, Naming, naming
from byline.data.identify.reasons import Reasons, spellings
from byline.data.identify.score import Cluster
from byline.data.identify.weights import WEIGHTS
from byline.data.ragged import Ints

Roots: TypeAlias = npt.NDArray[np.signedinteger]
# Entries that are looked at together.
_STRETCH = 1 << 22
# So many marks of pairs are made objects at a time, those of whole components.
_MARKS = 1 << 18


def resolve(scene: DisambiguationInput) -> Resolution:
    """The people of a scene, each known person and each entry in one cluster; clusters number as their members were met.

    The same in any order of the sources, but for numbers and for units that have the same names, years and coauthors.
    """
    if _told_apart(scene):
        return Resolution(*_numbered(scene, scene.entry_person, np.arange(scene.persons)), DECISION.empty_table(), {})
    names = naming(scene)
    name = names.of_form[scene.entry_form]
    groups = units(scene, names, name, _near(scene, names, name))
    reasons = Reasons(scene, names)
    root = _Run(scene, names, name, groups, reasons).root()
    entry, person = _numbered(scene, root[groups.of_entry], root[groups.of_person])
    cluster = np.full(len(groups), -1, np.int32)
    cluster[groups.of_entry], cluster[groups.of_person] = entry, person
    spelled = pa.Table.from_pylist(list(spellings(scene, names, name, entry, person)), DECISION)
    table = pa.concat_tables([spelled, reasons.table(cluster)])
    rules = table.filter(table["joined"])["rule"].value_counts().to_pylist()
    return Resolution(entry, person, table, {each["values"]: each["counts"] for each in rules})


def _told_apart(scene: DisambiguationInput) -> bool:
    """Whether ids of one scheme tell everybody apart, so that no name has to be looked at."""
    together = np.bitwise_and.reduce(scene.person_schemes) if scene.persons else np.uint64(0)
    has_questions = len(scene.also[0]) or len(scene.same_place[0])
    return bool(together) and not has_questions and bool((scene.entry_person >= 0).all())


def _near(scene: DisambiguationInput, names: Naming, name: Longs) -> tuple[Longs, Longs, Floats]:
    """Entries without id under a name that is borne more than once and not rare, with the names of their coauthors."""
    ambiguous = (scene.entry_person < 0) & (alone(names.expected)[name] < WEIGHTS.rare) & (np.bincount(name)[name] > 1)
    entry, other = coauthors(scene, scene.entry_bounds(), np.flatnonzero(ambiguous))
    near = name[other]
    return entry, near, coauthor_weights(scene, names, name)[near]


def _numbered(scene: DisambiguationInput, of_entry: Roots, of_person: Roots) -> tuple[Ints, Ints]:
    """Clusters of entries and persons, numbered by the first mention of a member; a stretch of members at a time."""
    count = 1 + int(max(of_entry.max(initial=-1), of_person.max(initial=-1)))
    never = np.iinfo(np.int64).max
    first, place = np.full(count, never), np.full(count, never)
    for roots, when, _ in _members(scene, of_entry, of_person):
        np.minimum.at(first, roots, when)
    # Of those that were met at the same time, the one that stands first.
    for roots, when, start in _members(scene, of_entry, of_person):
        at = np.flatnonzero(when == first[roots])
        np.minimum.at(place, roots[at], start + at)
    there = np.flatnonzero(place < never)
    number = np.full(count, -1, np.int32)
    number[there[np.lexsort((place[there], first[there]))]] = np.arange(len(there), dtype=np.int32)
    return number[of_entry], number[of_person]


def _members(scene: DisambiguationInput, of_entry: Roots, of_person: Roots) -> Iterator[tuple[Roots, Longs, int]]:
    """The root of each person, then that of each entry, when each was met, and the place of the first of them."""
    for before, roots, when in ((0, of_person, scene.person_first), (len(of_person), of_entry, scene.entry_first)):
        for start in range(0, len(roots), _STRETCH):
            yield roots[start : start + _STRETCH], when[start : start + _STRETCH], before + start


@dataclass
class _Run:
    """The pairs of units that are looked at, component by component."""

    scene: DisambiguationInput
    names: Naming
    name: Longs
    units: MentionGroups
    reasons: Reasons

    def root(self) -> Longs:
        """For each unit the one that stands for its cluster."""
        count = len(self.units)
        root = np.arange(count)
        left, right, in_place = self._pairs()
        if not len(left):
            return root
        component = components(left, right, count)
        order = np.argsort(component[left], kind="stable")
        left, right, in_place = left[order], right[order], in_place[order]
        key = component[left]
        for start, end in stretches(key, self.clusters.costs(left) + self.clusters.costs(right), _MARKS):
            self._settle_all(left[start:end], right[start:end], in_place[start:end], key[start:end], root)
        return root

    def _pairs(self) -> tuple[Longs, Longs, npt.NDArray[np.bool_]]:
        """Candidates, and pairs of which a paper's lists say that they stand in one place."""
        wanted = open_units(self.names, self.units)
        one, other, _ = self.scene.same_place
        in_place = np.sort(np.stack([self.units.of_person[one], self.units.of_person[other]]), axis=0)
        wanted[in_place.ravel()] = True
        features = marks(self.scene, self.names, self.name, self.units, wanted)
        self.clusters = InitialClusters(self.scene, self.units, features, wanted)
        left, right = candidates(self.names, self.units, features, wanted)
        pair = np.unique(np.concatenate([left << 32 | right, in_place[0] << 32 | in_place[1]]))
        left, right = pair >> 32, pair & 0xFFFFFFFF
        differs = left != right
        is_in_place = np.isin(pair, in_place[0] << 32 | in_place[1])
        return left[differs], right[differs], is_in_place[differs]

    def _settle_all(self, left: Longs, right: Longs, is_in_place: npt.NDArray[np.bool_], key: Longs, root: Longs) -> None:
        """Settle the components of a stretch of pairs, each by its key."""
        clusters = self.clusters.of(distinct(np.concatenate([left, right])))
        pairs = list(zip(left.tolist(), right.tolist(), strict=True))
        in_place = {pairs[at] for at in np.flatnonzero(is_in_place).tolist()}
        ends = np.flatnonzero(np.append(key[1:] != key[:-1], True)) + 1
        for start, end in pairwise([0, *ends.tolist()]):
            self._settle(pairs[start:end], in_place, clusters, root)

    def _settle(self, pairs: list[Pair], in_place: set[Pair], clusters: dict[int, Cluster], root: Longs) -> None:
        inside = sorted({unit for pair in pairs for unit in pair})
        own_in_place = frozenset(in_place.intersection(pairs)) if in_place else frozenset()
        component = Component(self.names, {unit: clusters.pop(unit) for unit in inside}, pairs, own_in_place)
        component.run()
        for unit in inside:
            root[unit] = component.root(unit)
        self.reasons.take(component)

"""What units can share: coauthors, institutions, title words, papers written or cited, categories; each a mark with a weight."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from byline.data.identify.arrays import Longs, Ragged, distinct, ragged, spread, stretches
from byline.data.identify.disambiguation_input import DisambiguationInput
from byline.data.identify.mention_groups import MentionGroups
from byline.data.identify.naming import Floats, Naming
from byline.data.identify.weights import WEIGHTS
from byline.data.ragged import Lists
from byline.graph.text import words

Weights32 = npt.NDArray[np.float32]

# A list this long says little about who knows whom, and its pairs would outnumber those of all others.
LONGEST_LIST = 25
# So many marks, before each is there once, are made at a time: some 400 MB.
STRETCH = 4 << 20


class Feature(IntEnum):
    """Kinds of marks; a mark is `number * 8 + kind`."""

    COAUTHOR = 0
    BLOCK = 1
    INSTITUTION = 2
    WORD = 3
    PAPER = 4
    CATEGORY = 5
    PLACE_WORD = 6


@dataclass(frozen=True)
class Features:
    """Marks of units in order of unit and kind, each pair once: those of unit u are from `offsets[u]` to `offsets[u + 1]`."""

    mark: Longs
    weight: Weights32
    offsets: Longs


def weighed(borne: Longs, total: int, base: float) -> Floats:
    """log(total / bearers) less the base, and not below zero."""
    return np.maximum(np.log(max(total, 1) / np.maximum(borne, 1)) - base, 0.0)


def coauthors(scene: DisambiguationInput, bounds: Longs, entries: Longs) -> tuple[Longs, Longs]:
    """Pairs of an entry and another entry of the same paper; lists longer than LONGEST_LIST aside.

    `bounds` are the `entry_bounds` of the scene.
    """
    paper = scene.entry_paper[entries].astype(np.int64)
    short = bounds[paper + 1] - bounds[paper] <= LONGEST_LIST
    place, other = spread(bounds, paper[short])
    entry = entries[short][place]
    return entry[entry != other], other[entry != other]


def coauthor_weights(scene: DisambiguationInput, names: Naming, name: Longs) -> Floats:
    """What a shared coauthor of each name says: less where many papers bear the name, or many people may."""
    weight = weighed(np.bincount(name, minlength=len(names.words)), scene.papers, WEIGHTS.coauthor_base)
    return np.maximum(weight - np.log1p(names.expected), 0.0)


def marks(
    scene: DisambiguationInput, names: Naming, name: Longs, units: MentionGroups, wanted: npt.NDArray[np.bool_]
) -> Features:
    """The marks of the wanted units, made for some units after others."""
    source = _Source(scene, names, name, units)
    entries = np.flatnonzero(wanted[units.of_entry])
    entries = entries[np.argsort(units.of_entry[entries], kind="stable")]
    counts = np.zeros(len(units), np.int64)
    mark_lists, weights = [np.zeros(0, np.int64)], [np.zeros(0, np.float32)]
    owner = units.of_entry[entries]
    for start, end in stretches(owner, source.costs(entries), STRETCH):
        unit, mark, weight = source.of(entries[start:end])
        first, last = owner[start], owner[end - 1] + 1
        counts[first:last] = np.bincount(unit - first, minlength=last - first)
        mark_lists.append(mark)
        weights.append(weight)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Features(np.concatenate(mark_lists), np.concatenate(weights), offsets)


class _Source:
    """What gives marks to entries, with the weight of each number of a kind."""

    def __init__(self, scene: DisambiguationInput, names: Naming, name: Longs, units: MentionGroups) -> None:
        self.scene, self.name, self.unit = scene, name, units.of_entry
        self.bounds = scene.entry_bounds()
        self.block = names.block()[name]
        by_block = weighed(np.bincount(self.block), scene.papers, WEIGHTS.coauthor_base)
        affiliations = _counts(scene.entry_institution, max(1, len(scene.institution_name)))
        institution = weighed(affiliations, len(scene.entry_institution.targets), WEIGHTS.institution_base)
        word_papers = _counts(scene.paper_word)
        cited = _counts(scene.references, scene.papers) + 1
        category = weighed(_counts(scene.paper_category), scene.papers, 0.0)
        self.place_words, spoken = place_words(scene)
        weights = {
            Feature.COAUTHOR: coauthor_weights(scene, names, name),
            Feature.BLOCK: by_block,
            Feature.INSTITUTION: np.maximum(institution, WEIGHTS.institution_least),
            Feature.WORD: np.where(word_papers > 1, weighed(word_papers, scene.papers, WEIGHTS.word_base), 0.0),
            Feature.PAPER: weighed(cited, scene.papers, WEIGHTS.paper_base),
            Feature.CATEGORY: category,
            Feature.PLACE_WORD: weighed(spoken, len(scene.entry_institution.targets), 0.0),
        }
        # A mark without weight counts only where it tells that there is a coauthor.
        self.weighty = {kind: weight > 0 for kind, weight in weights.items() if kind not in (Feature.COAUTHOR, Feature.BLOCK)}
        self.weights = {kind: weight.astype(np.float32) for kind, weight in weights.items()}

    def costs(self, entries: Longs) -> Longs:
        """How many marks each entry has at most."""
        scene, paper = self.scene, self.scene.entry_paper[entries].astype(np.int64)
        together = self.bounds[paper + 1] - self.bounds[paper]
        cost = np.where(together <= LONGEST_LIST, 2 * together, 0) + 1
        for each in (scene.paper_word, scene.references, scene.paper_category):
            cost += each.offsets[paper + 1] - each.offsets[paper]
        return cost + scene.entry_institution.offsets[entries + 1] - scene.entry_institution.offsets[entries]

    def of(self, entries: Longs) -> tuple[Longs, Longs, Weights32]:
        """Units in order, marks and weights; entries of one unit are in one call."""
        scene, paper = self.scene, self.scene.entry_paper[entries].astype(np.int64)
        entry, other = coauthors(scene, self.bounds, entries)
        parts = [
            self._marks(Feature.COAUTHOR, entry, self.name[other]),
            self._marks(Feature.BLOCK, entry, self.block[other]),
            self._listed(Feature.INSTITUTION, entries, scene.entry_institution, entries),
            self._listed(Feature.WORD, entries, scene.paper_word, paper),
            self._listed(Feature.PAPER, entries, scene.references, paper),
            self._marks(Feature.PAPER, entries, paper),
            self._listed(Feature.CATEGORY, entries, scene.paper_category, paper),
            self._placed(entries),
        ]
        unit, mark, weight = (np.concatenate([each[i] for each in parts]) for i in range(3))
        order = np.argsort(unit, kind="stable")
        return unit[order], mark[order], weight[order]

    def _listed(self, kind: Feature, entries: Longs, lists: Lists, rows: Longs) -> tuple[Longs, Longs, Weights32]:
        """Marks by the lists of these rows, one row for each entry, without what is not known (-1)."""
        place, at = spread(lists.offsets, rows)
        number = lists.targets[at].astype(np.int64)
        return self._marks(kind, entries[place[number >= 0]], number[number >= 0])

    def _placed(self, entries: Longs) -> tuple[Longs, Longs, Weights32]:
        """Marks by the words of the institutions of entries."""
        lists = self.scene.entry_institution
        place, at = spread(lists.offsets, entries)
        known = np.flatnonzero(lists.targets[at] >= 0)
        of, word = self.place_words.of(lists.targets[at[known]].astype(np.int64))
        return self._marks(Feature.PLACE_WORD, entries[place[known[of]]], word)

    def _marks(self, kind: Feature, entry: Longs, number: Longs) -> tuple[Longs, Longs, Weights32]:
        """Each pair of a unit and a number once, with its weight."""
        if kind in self.weighty:
            weighty = self.weighty[kind][number]
            entry, number = entry[weighty], number[weighty]
        pair = distinct(self.unit[entry] << 32 | number)
        number = pair & 0xFFFFFFFF
        return pair >> 32, number << 3 | int(kind), self.weights[kind][number]


def place_words(scene: DisambiguationInput) -> tuple[Ragged, Longs]:
    """The words of the name of each institution, each once, and how many affiliations have each word."""
    numbers: dict[str, int] = {}
    words_of = ragged(
        [
            [
                numbers.setdefault(word, len(numbers))
                for word in dict.fromkeys(words(name))
                if len(word) > 1 and not word.isdigit()
            ]
            for name in scene.institution_name.to_pylist()
        ]
    )
    borne = _counts(scene.entry_institution, max(1, len(scene.institution_name)))[: max(1, len(scene.institution_name))]
    lengths = np.diff(words_of.offsets)
    spoken = np.bincount(words_of.targets, weights=np.repeat(borne[: len(lengths)], lengths), minlength=1)
    return words_of, spoken.astype(np.int64)


def _counts(lists: Lists, least: int = 1) -> Longs:
    return np.bincount(lists.targets[lists.targets >= 0], minlength=least)

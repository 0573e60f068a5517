"""What units can share: coauthors, institutions, title words, papers written or cited, categories; each a mark with a weight."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from data.identify.arrays import Longs, Ragged, distinct, grouped
from data.identify.naming import Floats, Naming
from data.identify.scene import Lists, Scene
from data.identify.units import Units
from data.identify.weights import WEIGHTS

# A list this long says little about who knows whom, and its pairs would outnumber those of all others.
LONGEST_LIST = 25


class Mark(IntEnum):
    """Kinds of marks; a mark is `number * 8 + kind`."""

    COAUTHOR = 0
    BLOCK = 1
    INSTITUTION = 2
    WORD = 3
    PAPER = 4
    CATEGORY = 5


@dataclass(frozen=True)
class Marks:
    """Marks of units in order of unit and mark, each pair once: those of unit u are from `offsets[u]` to `offsets[u + 1]`."""

    unit: Longs
    mark: Longs
    weight: npt.NDArray[np.float32]
    offsets: Longs


def weighed(borne: Longs, total: int, base: float) -> Floats:
    """log(total / bearers) less the base, and not below zero."""
    return np.maximum(np.log(max(total, 1) / np.maximum(borne, 1)) - base, 0.0)


def coauthors(scene: Scene, entries: Longs) -> tuple[Longs, Longs]:
    """Pairs of an entry and another entry of the same paper; lists longer than LONGEST_LIST aside."""
    bounds = scene.entry_bounds()
    sizes = np.diff(bounds)
    entries = entries[sizes[scene.entry_paper[entries]] <= LONGEST_LIST]
    place, other = Ragged(bounds, np.arange(len(scene.entry_paper))).of(scene.entry_paper[entries].astype(np.int64))
    entry = entries[place]
    return entry[entry != other], other[entry != other]


def coauthor_weights(scene: Scene, names: Naming, name: Longs) -> Floats:
    """What a shared coauthor of each name says: less where many papers bear the name, or many people may."""
    weight = weighed(np.bincount(name, minlength=len(names.words)), scene.papers, WEIGHTS.coauthor_base)
    return np.maximum(weight - np.log1p(names.expected), 0.0)


def marks(scene: Scene, names: Naming, name: Longs, units: Units, wanted: npt.NDArray[np.bool_]) -> Marks:
    """The marks of the wanted units."""
    entries = np.flatnonzero(wanted[units.of_entry])
    paper = scene.entry_paper[entries].astype(np.int64)
    entry, other = coauthors(scene, entries)
    near, block = name[other], names.block()
    by_block = WEIGHTS.block * weighed(np.bincount(block[name]), scene.papers, WEIGHTS.coauthor_base)
    unit = units.of_entry
    found = [
        _mark(Mark.COAUTHOR, unit[entry], near, coauthor_weights(scene, names, name), keep=True),
        _mark(Mark.BLOCK, unit[entry], block[near], by_block, keep=True),
    ]
    rows, institution = _of(scene.entry_institution, entries)
    known = _counts(scene.entry_institution, max(1, len(scene.institution_name)))
    weight = weighed(known, len(scene.entry_institution.targets), WEIGHTS.institution_base)
    found.append(_mark(Mark.INSTITUTION, unit[entries[rows]], institution, np.maximum(weight, WEIGHTS.institution_least)))
    rows, word = _of(scene.paper_word, paper)
    known = _counts(scene.paper_word)
    weight = np.where(known > 1, weighed(known, scene.papers, WEIGHTS.word_base), 0.0)
    found.append(_mark(Mark.WORD, unit[entries[rows]], word, weight))
    rows, cited = _of(scene.references, paper)
    weight = weighed(_counts(scene.references, scene.papers) + 1, scene.papers, WEIGHTS.paper_base)
    found.append(_mark(Mark.PAPER, unit[entries[rows]], cited, weight))
    found.append(_mark(Mark.PAPER, unit[entries], paper, weight))
    rows, category = _of(scene.paper_category, paper)
    known = _counts(scene.paper_category)
    weight = WEIGHTS.category * weighed(known, len(scene.paper_category.targets), 0.0)
    found.append(_mark(Mark.CATEGORY, unit[entries[rows]], category, weight))
    return _sorted(found, len(units))


def _of(lists: Lists, rows: Longs) -> tuple[Longs, Longs]:
    """The lists of these rows, without what is not known (-1)."""
    place, targets = Ragged(lists.offsets, lists.targets.astype(np.int64)).of(rows)
    return place[targets >= 0], targets[targets >= 0]


def _counts(lists: Lists, least: int = 1) -> Longs:
    return np.bincount(lists.targets[lists.targets >= 0], minlength=least)


def _mark(
    kind: Mark, unit: Longs, number: Longs, weight: Floats, keep: bool = False
) -> tuple[Longs, Longs, npt.NDArray[np.float32]]:
    """Each pair of a unit and a number once, with its weight; those without weight only where `keep` says so."""
    if not keep:
        said = weight[number] > 0
        unit, number = unit[said], number[said]
    pair = distinct(unit << 32 | number)
    number = pair & 0xFFFFFFFF
    return pair >> 32, number << 3 | int(kind), weight.astype(np.float32)[number]


def _sorted(found: list[tuple[Longs, Longs, npt.NDArray[np.float32]]], count: int) -> Marks:
    unit, mark, weight = (np.concatenate([each[i] for each in found]) for i in range(3))
    lists = grouped(unit, np.arange(len(unit)), count)
    order = lists.targets
    return Marks(unit[order], mark[order], weight[order], lists.offsets)

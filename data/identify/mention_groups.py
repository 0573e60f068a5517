"""What identity moves as one: a known person, or entries under one name that need no further questions."""

from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.data.identify.arrays import Longs, Ragged, components, distinct, grouped
from byline.data.identify.disambiguation_input import DisambiguationInput
from byline.data.identify.naming import Floats, Naming
from byline.data.identify.weights import WEIGHTS

Bits = npt.NDArray[np.uint64]
Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class MentionGroups:
    """Units are numbered by what they hold and not by where it stood in the sources, so that equal input in another order
    is resolved alike. `names` lists the names of each unit, `bits` has its schemes."""

    of_entry: Longs
    of_person: Longs
    names: Ragged
    bits: Bits

    def __len__(self) -> int:
        return len(self.bits)


def alone(expected: Floats) -> Floats:
    """What the rarity of a name says for two of its bearers being one person, in logarithms of odds."""
    return np.asarray(-np.log(WEIGHTS.namesakes * expected + WEIGHTS.namesake_floor))


def units(scene: DisambiguationInput, names: Naming, name: Longs, near: tuple[Longs, Longs, Floats]) -> MentionGroups:
    """The units of a scene. `name` is the name of each entry; `near` are pairs (entry, coauthor's name) with a weight."""
    free = np.flatnonzero(scene.entry_person < 0)
    single = np.zeros(len(name), np.bool_)
    # A name that stands twice on one paper is two people there, and one that another list spells otherwise is its own.
    paper_name = scene.entry_paper[free].astype(np.int64) << 32 | name[free]
    _, first = np.unique(paper_name, return_index=True)
    single[free] = True
    single[free[first]] = False
    single[scene.also[0]] = True
    left, right = _links(names, name, free[~single[free]], near, single)
    group = components(left, right, len(name))[free]
    numbers, of_free = np.unique(group, return_inverse=True)
    of_entry = np.where(scene.entry_person >= 0, scene.entry_person, 0).astype(np.int64)
    of_entry[free] = scene.persons + of_free
    count = scene.persons + len(numbers)
    bits = np.zeros(count, np.uint64)
    bits[: scene.persons] = scene.person_schemes
    place = np.empty(count, np.int64)
    place[np.argsort(_contents(scene, of_entry, count), kind="stable")] = np.arange(count)
    of_entry, of_person = place[of_entry], place[: scene.persons]
    ordered = np.empty(count, np.uint64)
    ordered[place] = bits
    return MentionGroups(of_entry, of_person, _unit_names(scene, names, name, of_entry, of_person, count), ordered)


def _links(
    names: Naming, name: Longs, entries: Longs, near: tuple[Longs, Longs, Floats], single: npt.NDArray[np.bool_]
) -> tuple[Longs, Longs]:
    """Entries of one name that are one without further questions: the name is rare, or a rare coauthor is the same."""
    score = alone(names.expected)
    order = entries[np.argsort(name[entries], kind="stable")]
    alike = (name[order[1:]] == name[order[:-1]]) & (score[name[order[1:]]] >= WEIGHTS.rare)
    entry, coauthor, weight = near
    sure = weight + score[name[entry]] >= WEIGHTS.certain
    entry, coauthor = entry[sure], coauthor[sure]
    by = np.lexsort((entry, coauthor, name[entry]))
    by = by[~single[entry[by]]]
    entry, coauthor = entry[by], coauthor[by]
    shared = (name[entry[1:]] == name[entry[:-1]]) & (coauthor[1:] == coauthor[:-1])
    return np.concatenate([order[:-1][alike], entry[:-1][shared]]), np.concatenate([order[1:][alike], entry[1:][shared]])


def _contents(scene: DisambiguationInput, of_entry: Longs, count: int) -> Hashes:
    """A number for each unit that depends on what it holds alone: names, years, papers, institutions and ids."""
    text = _hashes(scene.forms)[scene.entry_form]
    team = np.zeros(scene.papers, np.uint64)
    np.add.at(team, scene.entry_paper, _mixed(text))
    paper = _paper_contents(scene, team)
    place = np.zeros(len(text), np.uint64)
    known = np.flatnonzero(scene.entry_institution.targets >= 0)
    np.add.at(
        place,
        scene.entry_institution.sources()[known],
        _mixed(_hashes(scene.institution_name)[scene.entry_institution.targets[known]]),
    )
    entry = _mixed(_mixed(text) + place + paper[scene.entry_paper])
    hashes = np.zeros(count, np.uint64)
    np.add.at(hashes, of_entry, entry)
    hashes[: scene.persons] = 0
    np.add.at(hashes, scene.person_ids[0], _mixed(_hashes(scene.person_ids[1])))
    person, form, _ = scene.person_forms
    np.add.at(hashes, person, _mixed(_hashes(scene.forms)[form]))
    return hashes


def _paper_contents(scene: DisambiguationInput, team: Hashes) -> Hashes:
    """A number for each paper by its authors, year, title words and references."""
    year = scene.paper_year.astype(np.int64).astype(np.uint64)
    hashes = _mixed(team + _mixed(year))
    np.add.at(hashes, scene.paper_word.sources(), _mixed(scene.paper_word.targets.astype(np.uint64)))
    if len(scene.references.targets):
        known = np.flatnonzero(scene.references.targets >= 0)
        before = hashes.copy()
        np.add.at(hashes, scene.references.sources()[known], _mixed(before[scene.references.targets[known]]))
    return hashes


def _hashes(texts: pa.Array) -> Hashes:
    return np.array([crc32(text.encode()) for text in texts.to_pylist()] or [0], np.uint64)


def _mixed(values: Hashes) -> Hashes:
    product = values * np.uint64(0x9E3779B97F4A7C15)
    return np.asarray((product ^ product >> np.uint64(29)) * np.uint64(0xBF58476D1CE4E5B9))


def _unit_names(scene: DisambiguationInput, names: Naming, name: Longs, of_entry: Longs, of_person: Longs, count: int) -> Ragged:
    person, form, _ = scene.person_forms
    entry, other = scene.also
    unit = np.concatenate([of_entry, of_person[person], of_entry[entry]])
    borne = np.concatenate([name, names.of_form[form], names.of_form[other]])
    pair = distinct(unit << 32 | borne)
    return grouped(pair >> 32, pair & 0xFFFFFFFF, count)

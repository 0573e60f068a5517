"""Ids of people that stand under names without a common word: set aside before people are joined by them.

What a record about a person says (a name and other names) is that person's. Printed names that have nothing in common with it,
or with those of most papers, lose the id; where no side is certain all of them do.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pyarrow as pa

from byline.data.build.contradictions import unlike
from byline.data.notices import quoted
from byline.data.ragged import Ints
from byline.data.segments.load import RecordColumns, coded, single

# A majority is certain from so many authorships, and of so many times the rest.
_FEWEST, _TIMES = 3, 2
# Names of one id that are compared each with each; an id with more different ones is nobody's.
_MOST = 100
_SHOWN = 3


def without_doubted_people(gathered: RecordColumns) -> RecordColumns:
    """The author lists without ids that contradicting names share; each is noted."""
    entries = gathered.entries
    named = np.flatnonzero(entries.person >= 0)
    if not len(named):
        return gathered
    pair, times = np.unique(entries.person[named].astype(np.int64) << 32 | entries.form[named], return_counts=True)
    several = _several(pair >> 32, gathered)
    if not len(several):
        return gathered
    names = _Names(gathered, pair, times, several)
    losing = {key: lost_names for key in several.tolist() if (lost_names := names.losing(key))}
    return _without(gathered, losing) if losing else gathered


def _several(person: np.ndarray, gathered: RecordColumns) -> Ints:
    """The keys that stand under more than one name, themselves or by what is stated beside them."""
    first, other = gathered.person_also
    count = len(gathered.texts.distinct("person_key"))
    forms = np.bincount(person, minlength=count)
    beside = np.zeros(count, np.int64)
    np.add.at(beside, other, forms[first])
    heads = pa.compute.starts_with(gathered.texts.distinct("person_key"), "name:").to_numpy(zero_copy_only=False)
    return np.flatnonzero((forms + beside > 1) & ~heads).astype(np.int32)


class _Names:
    """The names under which keys of people stand: printed ones with how often, and those of records about the person."""

    def __init__(self, gathered: RecordColumns, pair: np.ndarray, times: np.ndarray, wanted: Ints) -> None:
        first, other = gathered.person_also
        chosen = np.zeros(len(gathered.texts.distinct("person_key")), np.bool_)
        chosen[wanted] = True
        near = chosen[other]
        self.beside: dict[int, list[int]] = defaultdict(list)
        for one, two in zip(first[near].tolist(), other[near].tolist(), strict=True):
            self.beside[two].append(one)
        chosen[first[near]] = True
        of_chosen = chosen[pair >> 32]
        person, form = pair[of_chosen] >> 32, (pair[of_chosen] & 0xFFFFFFFF).astype(np.int64)
        self._texts = dict(zip(form.tolist(), gathered.texts.distinct("name").take(pa.array(form)).to_pylist(), strict=True))
        self.printed: dict[int, dict[int, int]] = defaultdict(dict)
        for who, name, count in zip(person.tolist(), form.tolist(), times[of_chosen].tolist(), strict=True):
            self.printed[who][name] = count
        self.declared = _declared(gathered, chosen)

    def losing(self, key: int) -> tuple[list[tuple[int, int]], list[str]] | None:
        """The authorships (key, name) to which an id does not belong, and the names that contradict; None where none do."""
        stated = [(who, form) for who in (key, *self.beside.get(key, ())) for form in self.printed.get(who, ())]
        count: Counter[str] = Counter()
        for who, form in stated:
            count[self._texts[form]] += self.printed[who][form]
        own = sorted({name for who in (key, *self.beside.get(key, ())) for name in self.declared.get(who, ())})
        names = sorted({*count, *own})
        if len(names) < 2 or _have_common(names):
            return None
        groups = _groups(names, own)
        if len(groups) < 2:
            return None
        sizes = [sum(count[name] for name in group) for group in groups]
        largest = max(range(len(groups)), key=lambda at: sizes[at])
        certain = sizes[largest] >= _FEWEST and sizes[largest] > _TIMES * (sum(sizes) - sizes[largest])
        keeps = {name for group in groups if own and own[0] in group for name in group}
        keeps = keeps or (set(groups[largest]) if certain else set())
        return [(who, form) for who, form in stated if self._texts[form] not in keeps], [group[0] for group in groups]


def _have_common(names: Sequence[str]) -> bool:
    """Whether one long word is in all names: most often the surname is, and then nothing needs comparing."""
    common = set(names[0].lower().split())
    for name in names[1:]:
        common &= set(name.lower().split())
        if not common:
            return False
    return any(len(word) > 2 for word in common)


def _groups(names: Sequence[str], own: Sequence[str]) -> list[list[str]]:
    """Names that may be one person's, together; those that one record states are."""
    if len(names) > _MOST:
        return [[name] for name in names]
    group = {name: at for at, name in enumerate(names)}
    for one, other in combinations(names, 2):
        if group[one] != group[other] and (not unlike(one, other) or (one in own and other in own)):
            gone, stays = group[other], group[one]
            group = {name: stays if at == gone else at for name, at in group.items()}
    members: dict[int, list[str]] = defaultdict(list)
    for name, at in group.items():
        members[at].append(name)
    return list(members.values())


def _declared(gathered: RecordColumns, chosen: np.ndarray) -> dict[int, list[str]]:
    """The names that records about people state, by key."""
    key = single(gathered.texts, "person", "key", "person_key")
    rows = np.flatnonzero(chosen[key]) if len(key) else np.zeros(0, np.int64)
    if not len(rows):
        return {}
    name, aliases = single(gathered.texts, "person", "name", "name"), coded(gathered.texts, "person", "aliases", "name")
    forms = gathered.texts.distinct("name")
    names_by_key: dict[int, list[str]] = defaultdict(list)
    for row in rows.tolist():
        codes = np.concatenate([name[row : row + 1], aliases.of(row)])
        names_by_key[int(key[row])] += forms.take(pa.array(codes)).to_pylist()
    return names_by_key


def _without(gathered: RecordColumns, losing: dict[int, tuple[list[tuple[int, int]], list[str]]]) -> RecordColumns:
    entries, (first, other) = gathered.entries, gathered.person_also
    pairs = entries.person.astype(np.int64) << 32 | entries.form
    # Of each pair of key and name the keys that it loses: its own, or one that is stated beside it.
    lost: dict[int, list[int]] = defaultdict(list)
    beside: set[int] = set()
    for key, (stated, _) in losing.items():
        for who, form in stated:
            lost[who << 32 | form].append(key)
            if who != key:
                beside.add(who << 32 | key)
    at = np.flatnonzero(np.isin(pairs, np.fromiter(lost, np.int64, len(lost))))
    person = entries.person.copy()
    own = [lost[pair] for pair in pairs[at].tolist()]
    person[at[[who in keys for who, keys in zip(entries.person[at].tolist(), own, strict=True)]]] = -1
    apart = np.isin(first.astype(np.int64) << 32 | other, np.fromiter(beside, np.int64, len(beside)))
    _note(gathered, losing, at, own)
    return replace(gathered, entries=replace(entries, person=person), person_also=(first[~apart], other[~apart]))


def _note(gathered: RecordColumns, losing: dict[int, Any], at: np.ndarray, lost: Sequence[Sequence[int]]) -> None:
    """One notice for each authorship and id."""
    bounds, texts = gathered.records.entries, gathered.texts.distinct("person_key")
    record = np.searchsorted(bounds, at, "right") - 1
    place = at - bounds[record]
    for paper, entry, keys in zip(record.tolist(), place.tolist(), lost, strict=True):
        for key in keys:
            names = losing[key][1]
            shown = ", ".join(quoted(name) for name in sorted(names)[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
            text = str(texts[key].as_py())
            member = f"authors[{entry}].{'orcid' if text.startswith('orcid:') else 'id'}"
            gathered.notes.add(
                "paper", paper, member, f"{text} stands under names without a common word: {shown}; it is set aside"
            )

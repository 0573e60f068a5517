"""All records of one paper as one paper: which record gives which column, and one author list.

A paper of one record, as nearly all are, is its record. Author lists of several records are compared one paper at a
time: the fullest stands, the others give it ids, institutions and authors behind "et al.".
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from byline.data.build.paper_nodes import SourcePriority
from byline.data.ragged import Ints, Longs
from byline.data.segments.lists import blocks, picked
from byline.data.segments.load import Entries, Flags, RecordColumns
from byline.graph.names import agree, block
from byline.graph.text import compact

SAME_PLACE = "same place"


@dataclass(frozen=True)
class People:
    """The cluster of ids of each entry (-1: none), its name, and the names as text and by their compact form."""

    person: Ints
    form: Ints
    forms: Sequence[str]
    plain: Ints
    # Whether clusters have different ids of one scheme.
    schemes: npt.NDArray[np.uint64]


@dataclass(slots=True)
class Entry:
    """One authorship while lists are compared: its place in `RecordColumns.entries`, and what other lists add to it."""

    source: int
    person: int
    form: int
    printed: bool
    corresponding: int
    institutions: list[int]


@dataclass
class Notes:
    """What the comparison of lists brings up, beside the lists. Persons are clusters of ids, entries those that stand.

    `decisions` are (person, name, name, words); `absorbed` persons and names (~form) of lists that did not stand, each
    with the entry that stands for it, or -1; `twins` forms that such a list had more often than the standing one, with how
    many bearers came before and the entry that stands for them.
    """

    also: list[tuple[int, int]] = field(default_factory=list)
    same_place: list[tuple[int, int, str]] = field(default_factory=list)
    names: list[tuple[int, int, int]] = field(default_factory=list)
    decisions: list[tuple[int, str, str, str]] = field(default_factory=list)
    absorbed: list[tuple[int, int]] = field(default_factory=list)
    twins: list[tuple[int, int, int]] = field(default_factory=list)
    institutions: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Merged:
    """Author lists that stand, sorted by paper, printed entries first; `source` is the place of each in `RecordColumns.entries`.

    `papers[r]` is the paper of record r, `complete[p]` whether the list of paper p is.
    """

    papers: Ints
    complete: Flags
    source: Ints
    paper: Ints
    person: Ints
    printed: Flags
    corresponding: npt.NDArray[np.int8]
    notes: Notes


def merge(gathered: RecordColumns, priority: SourcePriority, people: People) -> Merged:
    """One author list for each paper."""
    papers, count = priority.of, priority.count
    records, entries = gathered.records, gathered.entries
    number = np.bincount(papers, minlength=count)
    complete = np.zeros(count, np.bool_)
    complete[papers] = records.complete
    lengths = np.zeros(count, np.int64)
    lengths[papers] = np.diff(records.entries)
    compared = _compare(gathered, priority, number, people)
    for each, (standing, whole) in compared.items():
        lengths[each], complete[each] = len(standing), whole
    bounds = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    start = np.zeros(count, np.int64)
    start[papers] = records.entries[:-1]
    notes = Notes()
    if not compared and entries.printed.all():
        return _as_read(gathered, papers, complete, people, bounds, start)
    paper = np.repeat(np.arange(count, dtype=np.int32), lengths)
    source = np.arange(bounds[-1], dtype=np.int32) + np.repeat((start - bounds[:-1]).astype(np.int32), lengths)
    for each, (standing, _) in compared.items():
        source[bounds[each] : bounds[each + 1]] = [entry.source for entry in standing]
    person, printed, corresponding = people.person[source], entries.printed[source], entries.corresponding[source]
    for each, (standing, _) in compared.items():
        for at, entry in enumerate(standing, start=int(bounds[each])):
            person[at], printed[at], corresponding[at] = entry.person, entry.printed, entry.corresponding
            notes.institutions += [(at, mention) for mention in entry.institutions]
    _place(notes, compared, bounds)
    if not printed.all():
        order = _printed_first(paper, printed)
        back = np.empty(len(order), np.int64)
        back[order] = np.arange(len(order))
        source, person, printed, corresponding = source[order], person[order], printed[order], corresponding[order]
        _renumber(notes, back)
    return Merged(papers, complete, source, paper, person, printed, corresponding, notes)


def _as_read(gathered: RecordColumns, papers: Ints, complete: Flags, people: People, bounds: Longs, start: Longs) -> Merged:
    """The lists as they were read, where no paper has two: none of them has to be in memory."""
    scratch, entries = gathered.scratch, gathered.entries
    stretches = blocks(bounds)
    lengths = [np.diff(bounds[low : high + 1]) for low, high in stretches]
    paper = (np.repeat(np.arange(*stretch, dtype=np.int32), each) for stretch, each in zip(stretches, lengths, strict=True))
    source = scratch.column(
        (
            np.arange(bounds[low], bounds[high]) + np.repeat(start[low:high] - bounds[low:high], each)
            for (low, high), each in zip(stretches, lengths, strict=True)
        ),
        np.int32,
    )
    return Merged(
        papers,
        complete,
        source,
        scratch.column(paper, np.int32),
        picked(people.person, source, scratch),
        picked(entries.printed, source, scratch),
        picked(entries.corresponding, source, scratch),
        Notes(),
    )


def _printed_first(paper: Ints, printed: Flags) -> Longs:
    """Papers in order, the hidden entries of each behind the printed ones."""
    touched = np.zeros(paper.max(initial=-1) + 1, np.bool_)
    touched[paper[~printed]] = True
    order = np.arange(len(paper))
    moved = np.flatnonzero(touched[paper])
    order[moved] = moved[np.lexsort((~printed[moved], paper[moved]))]
    return order


def _place(notes: Notes, compared: dict[int, tuple["Lists", bool]], bounds: Longs) -> None:
    """Collect the notes of all papers, with the entries' places in the standing lists."""
    for paper, (standing, _) in compared.items():
        start = int(bounds[paper])
        at = {id(entry): start + i for i, entry in enumerate(standing)}
        own = standing.notes
        notes.also += [(at[id(entry)], form) for entry, form in own.also]
        notes.absorbed += [(what, -1 if entry is None else at[id(entry)]) for what, entry in own.absorbed]
        notes.twins += [(form, turn, at[id(entry)]) for form, turn, entry in own.twins]
        notes.same_place += own.same_place
        notes.names += own.names
        notes.decisions += own.decisions


def _renumber(notes: Notes, back: Longs) -> None:
    notes.also = [(int(back[entry]), form) for entry, form in notes.also]
    notes.absorbed = [(what, int(back[entry]) if entry >= 0 else -1) for what, entry in notes.absorbed]
    notes.twins = [(form, turn, int(back[entry])) for form, turn, entry in notes.twins]
    notes.institutions = [(int(back[entry]), mention) for entry, mention in notes.institutions]


def _compare(gathered: RecordColumns, priority: SourcePriority, number: Longs, people: People) -> dict[int, tuple["Lists", bool]]:
    """The standing list of each paper of several records, and whether it is complete."""
    papers = priority.of
    several = np.flatnonzero(number[papers] > 1)
    order = several[np.argsort(papers[several], kind="stable")]
    lists_by_paper: dict[int, tuple[Lists, bool]] = {}
    for group in np.split(order, np.flatnonzero(np.diff(papers[order])) + 1) if len(order) else []:
        lists = Lists(gathered, people, priority.weak)
        whole = lists.write(group.tolist())
        lists_by_paper[int(papers[group[0]])] = (lists, whole)
    return lists_by_paper


@dataclass
class _Own:
    """Notes of one paper, while entries are objects."""

    also: list[tuple[Entry, int]] = field(default_factory=list)
    absorbed: list[tuple[int, Entry | None]] = field(default_factory=list)
    twins: list[tuple[int, int, Entry]] = field(default_factory=list)
    same_place: list[tuple[int, int, str]] = field(default_factory=list)
    names: list[tuple[int, int, int]] = field(default_factory=list)
    decisions: list[tuple[int, str, str, str]] = field(default_factory=list)


class Lists(list[Entry]):
    """The author lists of one paper: the fullest stands in this list, the others give it what they know."""

    def __init__(self, gathered: RecordColumns, people: People, weak: Flags) -> None:
        super().__init__()
        self._gathered, self._people, self._weak, self.notes = gathered, people, weak, _Own()
        self._source: Entries = gathered.entries
        self._bounds = gathered.records.entries

    def write(self, records: Sequence[int]) -> bool:
        """Compare the lists of the records. Answers whether the one that stands is complete."""
        complete = self._gathered.records.complete
        lists = [each for each in records if complete[each] or self._bounds[each + 1] > self._bounds[each]]
        if not lists:
            return False
        base = max(reversed(lists), key=self._fullness)
        whole = bool(complete[base])
        self.extend(self._read(base))
        for other in lists:
            if other != base:
                self._carry(whole, other)
        self._note_twins([other for other in lists if other != base])
        return whole

    def _note_twins(self, others: Sequence[int]) -> None:
        """Namesakes on one list of which the standing one has fewer: the ids of the others have to lead somewhere."""
        standing: dict[int, list[Entry]] = {}
        for entry in self:
            standing.setdefault(int(self._people.plain[entry.form]), []).append(entry)
        for other in others:
            met: Counter[int] = Counter()
            for entry in self._read(other):
                if entry.person >= 0:
                    continue
                plain = int(self._people.plain[entry.form])
                turn, bearers = met[plain], standing.get(plain, [])
                met[plain] += 1
                if turn and self and turn >= sum(bearer.person < 0 for bearer in bearers):
                    heir = bearers[-1] if bearers else next((each for each in self if self._agree(each, entry)), self[-1])
                    self.notes.twins.append((entry.form, turn, heir))

    def _fullness(self, record: int) -> tuple[bool, int, bool]:
        printed = int(self._source.printed[self._bounds[record] : self._bounds[record + 1]].sum())
        return bool(self._gathered.records.complete[record]) and printed > 0, printed, not self._weak[record]

    def _read(self, record: int) -> list[Entry]:
        source, people = self._source, self._people
        return [
            Entry(i, int(people.person[i]), int(people.form[i]), bool(source.printed[i]), int(source.corresponding[i]), [])
            for i in range(self._bounds[record], self._bounds[record + 1])
        ]

    def _carry(self, whole: bool, other: int) -> None:
        entries = self._read(other)
        hidden = [entry for entry in entries if not entry.printed]
        for entry in self._unplaced([entry for entry in entries if entry.printed]):
            if whole:
                self.notes.absorbed.append((self._node(entry), None))
            else:
                entry.printed = False
                hidden.append(entry)
        # Compared only within a block: lists of a thousand names are met.
        by_block: dict[object, list[Entry]] = {}
        for entry in self:
            by_block.setdefault(self._block(entry), []).append(entry)
        for entry in hidden:
            alike = by_block.setdefault(self._block(entry), [])
            if match := next((each for each in alike if self._agree(entry, each)), None):
                self._unite(match, entry, "both among the authors of one paper")
            else:
                alike.append(entry)
                self.append(entry)

    def _unplaced(self, entries: Sequence[Entry]) -> list[Entry]:
        """Unite what stands in the same place, then what fits one entry alone in another place. Answers the rest."""
        standing = [entry for entry in self if entry.printed]
        left: list[Entry] = []
        taken: set[int] = set()
        for place, entry in enumerate(entries):
            if place < len(standing) and self._agree(standing[place], entry):
                self._unite(standing[place], entry, f"place {place + 1} in another list of the paper")
                taken.add(place)
            else:
                left.append(entry)
        free: dict[object, list[Entry]] = {}
        for place, entry in enumerate(standing):
            if place not in taken:
                free.setdefault(self._block(entry), []).append(entry)
        for fits in (self._same, self._agree):
            left = [entry for entry in left if not self._moved(free.get(self._block(entry), []), entry, fits)]
        return left

    def _moved(self, free: list[Entry], entry: Entry, fits: Callable[[Entry, Entry], bool]) -> bool:
        fitting = [each for each in free if fits(each, entry)]
        if len(fitting) != 1:
            return False
        self._unite(fitting[0], entry, "another place in another list of the paper")
        free[:] = [each for each in free if each is not fitting[0]]
        return True

    def _block(self, entry: Entry) -> object:
        return block(self._people.forms[entry.form]) or int(self._people.plain[entry.form])

    def _node(self, entry: Entry) -> int:
        """The person, or ~form of who has no id."""
        return entry.person if entry.person >= 0 else ~entry.form

    def _same(self, left: Entry, right: Entry) -> bool:
        if left.person >= 0 or right.person >= 0:
            return left.person == right.person
        return bool(self._people.plain[left.form] == self._people.plain[right.form])

    def _agree(self, left: Entry, right: Entry) -> bool:
        return self._same(left, right) or agree(self._people.forms[left.form], self._people.forms[right.form])

    def _unite(self, standing: Entry, other: Entry, words: str) -> None:
        source = self._source.institutions
        standing.institutions += [*source.of(other.source).tolist(), *other.institutions]
        if standing.corresponding < 0:
            standing.corresponding = other.corresponding
        if self._same(standing, other):
            if standing.person < 0 and standing.form != other.form:
                self.notes.also.append((standing, other.form))
            return
        if (standing.person < 0) != (other.person < 0):
            self._name(standing, other, words)
            return
        self.notes.absorbed.append((self._node(other), standing))
        if standing.person >= 0:
            self.notes.same_place.append((standing.person, other.person, words))
        else:
            self.notes.also.append((standing, other.form))

    def _name(self, standing: Entry, other: Entry, words: str) -> None:
        """One of the two has an id, the other one's name becomes a name of that person."""
        identified, named = (standing, other) if standing.person >= 0 else (other, standing)
        left, right = self._people.forms[identified.form], self._people.forms[named.form]
        if compact(left) != compact(right):
            self.notes.decisions.append((identified.person, left, right, words))
        self.notes.names.append((identified.person, named.form, 1))
        self.notes.absorbed.append((~named.form, standing))
        standing.person = identified.person

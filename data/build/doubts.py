"""Ids that records contradict each other about, set aside before anything is joined by them, in whatever order the records came.

An id of papers that records with quite different titles and authors share tells nobody which work is meant (three chapters
with the DOI of their book); an id of people under names without a common word tells nobody who is meant. Where nearly all
agree, those keep the id, and the others lose it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import pyarrow as pa

from byline.data.build.contradictions import other_people, other_title
from byline.data.notices import quoted
from byline.data.ragged import Lists, Longs
from byline.data.segments.load import RecordColumns
from byline.data.segments.titles import printed_titles
from byline.data.text.title_key import paper_name

# Records of one id that are compared each with each; an id that so many different ones state is nobody's.
_MOST = 60
# A majority is certain from so many, and of so many times the rest.
_FEWEST, _TIMES = 3, 2


@dataclass(frozen=True)
class _Work:
    """What a record says of its work, as far as it may contradict."""

    record: int
    title: str
    authors: tuple[str, ...]

    def contradicts(self, other: "_Work") -> bool:
        return other_title(self.title, other.title) and other_people(self.authors, other.authors)

    def agrees(self, other: "_Work") -> bool:
        """Whether something says that both are one work: nearly the same title, or the same people."""
        if not other_title(self.title, other.title):
            return True
        return bool(self.authors and other.authors) and not other_people(self.authors, other.authors)


def without_doubted_works(gathered: RecordColumns) -> RecordColumns:
    """The records without ids that contradicting records share; each is noted."""
    lost: list[tuple[int, int]] = []
    for key, works in _shared(gathered):
        if (losers := losing(works)) and any(one.contradicts(other) for one, other in _pairs(works)):
            lost += [(work.record, key) for work in losers]
            _note(gathered, key, works, losers)
    return _without(gathered, lost) if lost else gathered


def _pairs(works: Sequence[_Work]) -> Iterator[tuple[_Work, _Work]]:
    return combinations(works[:_MOST], 2)


def losing(works: Sequence[_Work]) -> list[_Work]:
    """Those that an id does not belong to: all that are not in the one certain majority of what agrees."""
    by_title_and_authors: dict[tuple[str, tuple[str, ...]], list[_Work]] = defaultdict(list)
    for work in works:
        by_title_and_authors[work.title, work.authors].append(work)
    if len(by_title_and_authors) > _MOST:
        return list(works)
    different = list(by_title_and_authors.values())
    group = list(range(len(different)))
    for (i, (one, *_)), (j, (other, *_)) in combinations(enumerate(different), 2):
        if group[i] != group[j] and one.agrees(other):
            group = [group[i] if each == group[j] else each for each in group]
    if len(set(group)) == 1:
        return []
    sizes = Counter(each for each, same in zip(group, different, strict=True) for _ in same)
    largest, count = sizes.most_common(1)[0]
    certain = count >= _FEWEST and count > _TIMES * (len(works) - count)
    losers = (same for same, each in zip(different, group, strict=True) if not (certain and each == largest))
    return sorted((work for same in losers for work in same), key=lambda work: work.record)


def _shared(gathered: RecordColumns) -> Iterator[tuple[int, list[_Work]]]:
    """The ids that several records with different titles state, with what those say."""
    keys, likeness = gathered.records.keys, gathered.records.likeness
    often = np.bincount(keys.targets, minlength=1)
    pair = np.flatnonzero(often[keys.targets] > 1)
    if not len(pair):
        return
    pair = pair[np.argsort(keys.targets[pair], kind="stable")]
    key = keys.targets[pair]
    record = np.searchsorted(keys.offsets, pair, "right").astype(np.int64) - 1
    starts = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
    ends = np.concatenate([starts[1:], [len(key)]])
    own = likeness[record]
    differs = np.minimum.reduceat(own, starts) != np.maximum.reduceat(own, starts)
    chosen = np.flatnonzero(differs)
    if not len(chosen):
        return
    texts = gathered.texts.distinct("paper_key").take(pa.array(key[starts[chosen]])).to_pylist()
    groups = [
        (int(key[starts[at]]), record[starts[at] : ends[at]])
        for at, text in zip(chosen.tolist(), texts, strict=True)
        if not text.startswith("title:")
    ]
    rows = np.unique(np.concatenate([np.zeros(0, np.int64), *(each for _, each in groups)]))
    works = _works(gathered, rows)
    for at, members in groups:
        yield at, [works[row] for row in dict.fromkeys(members.tolist())]


def _works(gathered: RecordColumns, rows: Longs) -> dict[int, _Work]:
    titles = dict(printed_titles(gathered, rows))
    bounds, forms = gathered.records.entries, gathered.texts.distinct("name")
    works = {}
    for place, row in enumerate(rows.tolist()):
        form = gathered.entries.form[bounds[row] : bounds[row + 1]]
        works[row] = _Work(row, titles[place] or "", tuple(forms.take(pa.array(form)).to_pylist()))
    return works


def _note(gathered: RecordColumns, key: int, works: Sequence[_Work], losers: Sequence[_Work]) -> None:
    text = str(gathered.texts.distinct("paper_key")[key].as_py())
    scheme = text.partition(":")[0]
    for work in losers:
        other = next(each for each in works if each is not work and not work.agrees(each))
        of, line = gathered.notes.origins.of("paper", other.record)
        reason = f"{text} is stated of another work too, {quoted(other.title)} ({of.file}:{line}); it is set aside"
        gathered.notes.add("paper", work.record, scheme if scheme in ("doi", "arxiv") else "id", reason)


def _without(gathered: RecordColumns, lost: Sequence[tuple[int, int]]) -> RecordColumns:
    """The records without these pairs of record and key. Who has no id left is known by title, year and first author."""
    records = gathered.records
    gone = defaultdict(set)
    for record, key in lost:
        gone[record].add(key)
    kept = np.ones(len(records.keys.targets), np.bool_)
    bare: list[int] = []
    for record, gone_keys in gone.items():
        low, high = records.keys.offsets[record : record + 2].tolist()
        stays = [int(key) not in gone_keys for key in records.keys.targets[low:high]]
        kept[low:high] = stays
        if not any(stays):
            kept[low] = True
            bare.append(record)
    targets = records.keys.targets.copy()
    if bare:
        rows = np.array(sorted(bare), np.int64)
        targets[records.keys.offsets[rows]] = gathered.texts.extend("paper_key", _names(gathered, rows))
    counted = np.concatenate([[0], np.cumsum(kept)])
    doubted = np.zeros(len(records), np.bool_)
    doubted[list(gone)] = True
    keep = gathered.scratch.column
    keys = Lists(keep([counted[records.keys.offsets]], np.int64), keep([targets[kept]], np.int32))
    return replace(gathered, records=replace(records, keys=keys, doubted=doubted))


def _names(gathered: RecordColumns, rows: Longs) -> list[str]:
    works = _works(gathered, rows)
    years = gathered.records.year[rows].tolist()
    printed = gathered.entries.printed
    names = []
    for row, year in zip(rows.tolist(), years, strict=True):
        low = int(gathered.records.entries[row])
        first = next((name for at, name in enumerate(works[row].authors) if printed[low + at]), "")
        names.append(f"title:{paper_name(works[row].title, year or None, first)}")
    return names

"""Papers counted by year, category, institution or author."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from byline.graph.model import KINDS, Kind
from byline.graph.request import FACET_EDGES, FACET_KINDS, Facet
from byline.graph.store.columnar.files.csr import NULL, ends_of, groups_of
from byline.graph.store.columnar.files.ragged import Lists, distinct
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.read.list_counts import lists
from byline.graph.store.protocol import Counts, Flags

UNKNOWN = "unknown"


@dataclass(frozen=True)
class _ListCounts:
    """Values counted in one list; -1 is unknown."""

    values: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]


def facet(snapshot: Snapshot, papers: Lists, by: Facet, first: int | None) -> Counts:
    """The most frequent values of each list of papers."""
    return _answer(snapshot, _count(snapshot, papers, by), by, first)


def facet_all(snapshot: Snapshot, chosen: Flags | None, by: Facet, first: int | None) -> Counts:
    """The most frequent values of all papers, or of those chosen: one list, counted a stretch of papers at a time."""
    return _answer(snapshot, [_years(snapshot, chosen) if by is Facet.YEAR else _far(snapshot, chosen, by)], by, first)


def _answer(snapshot: Snapshot, counted: list["_ListCounts"], by: Facet, first: int | None) -> Counts:
    entries = [_top(snapshot, list_counts, by, first) for list_counts in counted]
    flat = [entry for entries_of_one in entries for entry in entries_of_one]
    return Counts(
        ends_of(np.array([len(entries_of_one) for entries_of_one in entries], np.int64)),
        [key for _, _, key, _ in flat],
        [label for _, label, _, _ in flat],
        np.array([row for _, _, _, row in flat], np.int32),
        np.array([-count for count, _, _, _ in flat], np.int64),
    )


def _count(snapshot: Snapshot, papers: Lists, by: Facet) -> list[_ListCounts]:
    groups = papers.groups
    if by is Facet.YEAR:
        years = snapshot.numbers(Kind.PAPER, "year")[papers.rows].astype(np.int64)
        values = np.where(years == NULL, -1, years)
    else:
        csr = snapshot.csr[FACET_EDGES[by].name]
        offsets, places = csr.gather(papers.rows)
        entries, values = distinct(groups_of(offsets), csr.targets[places], max(snapshot.size(FACET_KINDS[by]), 1))
        without = np.flatnonzero(np.diff(offsets) == 0)
        values = np.concatenate([values.astype(np.int64), np.full(len(without), -1)])
        groups = groups[np.concatenate([entries, without])]
    return [_ListCounts(*np.unique(values[groups == group], return_counts=True)) for group in range(len(papers.offsets) - 1)]


def _years(snapshot: Snapshot, chosen: Flags | None) -> _ListCounts:
    years = snapshot.numbers(Kind.PAPER, "year")
    dated = years != NULL if chosen is None else (years != NULL) & chosen
    some = years[dated]
    low = int(some.min(initial=0)) if len(some) else 0
    counts = np.bincount(some - low)
    without = (len(years) if chosen is None else int(np.count_nonzero(chosen))) - len(some)
    return _without_zeros(counts, without, low)


def _far(snapshot: Snapshot, chosen: Flags | None, by: Facet) -> _ListCounts:
    size, csr = max(snapshot.size(FACET_KINDS[by]), 1), snapshot.csr[FACET_EDGES[by].name]
    counts, without = np.zeros(size, np.int64), 0
    for start, stop, offsets, targets in lists(csr):
        lengths = np.diff(offsets)
        selected = np.ones(stop - start, np.bool_) if chosen is None else chosen[start:stop].copy()
        without += int(np.count_nonzero(selected & (lengths == 0)))
        if by is Facet.AUTHOR:
            # Whoever is printed twice on a paper counts once.
            twice = np.flatnonzero(selected & (lengths != snapshot.arrays["known_authors"][start:stop]))
            selected[twice] = False
            for paper in twice.tolist():
                counts[np.unique(targets[offsets[paper] : offsets[paper + 1]])] += 1
        counts += np.bincount(targets if selected.all() else targets[np.repeat(selected, lengths)], minlength=size)
    return _without_zeros(counts, without, 0)


def _without_zeros(counts: npt.NDArray[np.int64], without: int, low: int) -> _ListCounts:
    values = np.flatnonzero(counts)
    counts, values = counts[values], values + low
    if without:
        values, counts = np.append(values, -1), np.append(counts, without)
    return _ListCounts(values, counts)


def _top(snapshot: Snapshot, list_counts: _ListCounts, by: Facet, first: int | None) -> list[tuple[int, str, str | None, int]]:
    """(-count, label, key, row) of the most frequent values; only those that may win are given a label."""
    counts, values = list_counts.counts, list_counts.values
    if first is not None and first < len(counts):
        least = np.partition(counts, len(counts) - first)[len(counts) - first] if first else counts.max() + 1
        values, counts = values[counts >= least], counts[counts >= least]
    entries = [(-int(count), *_described(snapshot, int(value), by)) for value, count in zip(values, counts, strict=True)]
    entries.sort(key=lambda entry: (entry[0], entry[2] is None, entry[1], entry[2] or ""))
    return entries[:first]


def _described(snapshot: Snapshot, value: int, by: Facet) -> tuple[str, str | None, int]:
    if value < 0:
        return UNKNOWN, None, -1
    if by is Facet.YEAR:
        return str(value), str(value), -1
    kind = FACET_KINDS[by]
    name, key = (snapshot.column(kind, column)[value].as_py() for column in (KINDS[kind].label, KINDS[kind].key))
    return name, key, value

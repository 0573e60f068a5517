"""Papers counted by what a facet says: how many of each list have each value, as numbers, texts by code, or rows of nodes."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.graph.model import PAPER_AUTHORS, PAPER_INSTITUTIONS, Edge, Kind
from byline.graph.request import Facet
from byline.graph.store.columnar.files.csr import NULL, groups_of
from byline.graph.store.columnar.files.ragged import Lists, distinct
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.read.list_counts import lists
from byline.graph.store.protocol import Flags, Rows

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class ListCounts:
    """Values counted in one list, and how many papers have none."""

    values: Numbers
    counts: Numbers
    unknown: int


@dataclass(frozen=True)
class Counted:
    """Each list counted; `texts` are what values are codes of, None where they are numbers or rows."""

    of_lists: list[ListCounts]
    texts: pa.Array | None = None


def count_all(snapshot: Snapshot, chosen: Flags | None, by: Facet) -> Counted:
    """All papers, or those chosen, as one list; by years and nodes a stretch of papers at a time."""
    if by is Facet.YEAR:
        return Counted([_years(snapshot, chosen)])
    if isinstance(by.of, Edge):
        return Counted([_far(snapshot, chosen, by.of)])
    rows = np.arange(snapshot.size(Kind.PAPER)) if chosen is None else np.flatnonzero(chosen)
    return count(snapshot, Lists(np.array([0, len(rows)]), rows.astype(np.int32)), by)


def count(snapshot: Snapshot, papers: Lists, by: Facet) -> Counted:
    """Each list of papers."""
    if isinstance(by.of, Edge):
        csr = snapshot.csr[by.of.name]
        offsets, places = csr.gather(papers.rows)
        entries, values = distinct(groups_of(offsets), csr.targets[places], max(snapshot.size(by.of.target), 1))
        return Counted(_tallied(papers, entries, values))
    if by.of is None:
        return _by_text(papers, *_countries(snapshot, papers.rows))
    column = snapshot.column(Kind.PAPER, by.of)
    if not pa.types.is_integer(column.type):
        texts, entries = column.take(pa.array(papers.rows)), np.arange(len(papers.rows))
        if pa.types.is_list(column.type):
            entries = np.repeat(entries, texts.value_lengths().fill_null(0).to_numpy(zero_copy_only=False))
            texts = texts.flatten()
        return _by_text(papers, entries, texts)
    numbers = snapshot.numbers(Kind.PAPER, by.of)[papers.rows]
    entries = np.flatnonzero(numbers != NULL)
    return Counted(_tallied(papers, entries, numbers[entries]))


def _tallied(papers: Lists, entries: Numbers, values: npt.NDArray[np.integer]) -> list[ListCounts]:
    """Counts of pairs of a paper, by its place, and a value of it, each pair once."""
    groups, known = papers.groups, np.zeros(len(papers.rows), np.bool_)
    known[entries] = True
    unknown = np.bincount(groups[~known], minlength=len(papers.offsets) - 1)
    # Entries go up, and with them the lists that they are of.
    bounds = np.searchsorted(entries, papers.offsets)
    return [
        ListCounts(*np.unique(values[start:stop].astype(np.int64), return_counts=True), int(without))
        for start, stop, without in zip(bounds[:-1].tolist(), bounds[1:].tolist(), unknown, strict=True)
    ]


def _by_text(papers: Lists, entries: Numbers, texts: pa.Array) -> Counted:
    """Counts by the texts of papers, null for none."""
    coded = texts.dictionary_encode()
    codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    there = codes >= 0
    pairs = distinct(entries[there], codes[there].astype(np.int32), max(len(coded.dictionary), 1))
    return Counted(_tallied(papers, *pairs), coded.dictionary)


def _countries(snapshot: Snapshot, rows: Rows) -> tuple[Numbers, pa.Array]:
    """Papers by place, each with a country: of its institutions, and as its authorships state them."""
    csr = snapshot.csr[PAPER_INSTITUTIONS.name]
    offsets, places = csr.gather(rows)
    own = snapshot.column(Kind.INSTITUTION, "country_code").take(pa.array(csr.targets[places]))
    stated = snapshot.column(Kind.AUTHORSHIP, "country_codes")
    if not len(stated.flatten()):
        return groups_of(offsets), own
    # The entries of the list of authors are the authorships in their order.
    authors, authorships = snapshot.csr[PAPER_AUTHORS.name].gather(rows)
    codes = stated.take(pa.array(authorships))
    lengths = codes.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
    theirs = np.repeat(groups_of(authors), lengths)
    return np.concatenate([groups_of(offsets), theirs]), pa.concat_arrays([own, codes.flatten()])


def _years(snapshot: Snapshot, chosen: Flags | None) -> ListCounts:
    years = snapshot.numbers(Kind.PAPER, "year")
    dated = years != NULL if chosen is None else (years != NULL) & chosen
    some = years[dated]
    low = int(some.min(initial=0)) if len(some) else 0
    unknown = (len(years) if chosen is None else int(np.count_nonzero(chosen))) - len(some)
    return _without_zeros(np.bincount(some - low), unknown, low)


def _far(snapshot: Snapshot, chosen: Flags | None, edge: Edge) -> ListCounts:
    size, csr = max(snapshot.size(edge.target), 1), snapshot.csr[edge.name]
    counts, unknown = np.zeros(size, np.int64), 0
    for start, stop, offsets, targets in lists(csr):
        lengths = np.diff(offsets)
        selected = np.ones(stop - start, np.bool_) if chosen is None else chosen[start:stop].copy()
        unknown += int(np.count_nonzero(selected & (lengths == 0)))
        if edge is PAPER_AUTHORS:
            # Whoever is printed twice on a paper counts once.
            twice = np.flatnonzero(selected & (lengths != snapshot.arrays["known_authors"][start:stop]))
            selected[twice] = False
            for paper in twice.tolist():
                counts[np.unique(targets[offsets[paper] : offsets[paper + 1]])] += 1
        counts += np.bincount(targets if selected.all() else targets[np.repeat(selected, lengths)], minlength=size)
    return _without_zeros(counts, unknown, 0)


def _without_zeros(counts: Numbers, unknown: int, low: int) -> ListCounts:
    values = np.flatnonzero(counts)
    return ListCounts(values + low, counts[values], unknown)

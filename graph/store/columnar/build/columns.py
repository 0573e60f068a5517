"""The derived columns of each kind, computed once when a snapshot is built."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from byline.graph.metrics.citations import h_index
from byline.graph.model import COLUMNS, Facts, Kind
from byline.graph.store.columnar.build.derive import Adjacency, numbers
from byline.graph.store.columnar.edges.pair_lists import stretches
from byline.graph.store.columnar.files.csr import NULL, Csr, Numbers, groups_of, nullable
from byline.graph.store.columnar.files.disk import Disk
from byline.graph.store.columnar.files.load import table as mapped
from byline.graph.store.columnar.files.texts import folded, whole

Columns = dict[str, pa.Array]


def with_derived(
    facts: Facts, adjacency: Adjacency, disk: Disk, measures: Mapping[Kind, Mapping[str, npt.NDArray[Any]]]
) -> dict[Kind, pa.Table]:
    """The tables of the facts with every declared column, in the declared order, written and mapped from their files;
    `measures` are the columns of the measures of the whole graph."""
    tables = dict(facts.nodes)
    for kind, maker in _MAKERS.items():
        derived = maker(facts, adjacency, disk) | {name: _column(values) for name, values in measures.get(kind, {}).items()}
        columns = {
            column.name: derived[column.name] if column.name in derived else plain(facts.nodes[kind][column.name], disk.folder)
            for column in COLUMNS[kind]
        }
        tables[kind] = mapped(disk.table(str(kind), columns))
    return tables


def plain(column: pa.ChunkedArray, folder: Path) -> pa.Array:
    """A column as one array, 32-bit ones with NULL under their nulls, so that kernels may read them without the bitmap."""
    if column.type not in (pa.int32(), pa.date32()):
        return whole(column, folder)
    return nullable(numbers(column), column.type)


def _column(values: npt.NDArray[Any]) -> pa.Array:
    """Floats are null wherever they are NaN, with NaN as the data under the nulls; whole numbers as `nullable` has them."""
    if values.dtype.kind != "f":
        return nullable(values)
    missing = np.isnan(values)
    bitmap = pa.py_buffer(np.packbits(~missing, bitorder="little")) if missing.any() else None
    return pa.Array.from_buffers(pa.float64(), len(values), [bitmap, pa.py_buffer(np.ascontiguousarray(values))])


def _lengths(adjacency: Adjacency, edge: str) -> Numbers:
    return adjacency.lengths(edge).astype(np.int32)


def outside_counts(facts: Facts, what: str) -> Numbers:
    """How many works outside the graph cite each paper, or are cited by it."""
    column = facts.nodes[Kind.PAPER][f"unresolved_{what}"]
    counts: Numbers = pc.fill_null(pc.list_value_length(column), 0).to_numpy().astype(np.int32)
    return counts


def citations_known(facts: Facts) -> bool:
    """Whether any citation is known, by a paper of the graph or by a work outside of it."""
    return bool(len(facts.links["citation"])) or bool(outside_counts(facts, "citations").any())


def citation_counts(facts: Facts, a: Adjacency) -> Numbers:
    """Citing works of each paper, in the graph and outside of it."""
    return _lengths(a, "cited_by") + outside_counts(facts, "citations")


def _paper(facts: Facts, a: Adjacency, disk: Disk) -> Columns:
    categories = a.csr["paper_categories"]
    first = np.full(a.sizes[Kind.PAPER], NULL)
    some = np.diff(categories.offsets) > 0
    first[some] = categories.targets[categories.offsets[:-1][some]]
    return {
        "title_fold": folded(facts.nodes[Kind.PAPER]["title"], disk.folder),
        "primary_category": nullable(first),
        "institutions_complete": pa.array(a.institutions_complete),
        "citation_count": nullable(citation_counts(facts, a) if citations_known(facts) else np.full(len(first), NULL)),
        "outside_citation_count": nullable(outside_counts(facts, "citations")),
        "reference_count": nullable(_lengths(a, "references")),
        "outside_reference_count": nullable(outside_counts(facts, "references")),
    }


def _author(facts: Facts, a: Adjacency, disk: Disk) -> Columns:
    papers, size = a.csr["author_papers"], a.sizes[Kind.AUTHOR]
    cited, years = citation_counts(facts, a), numbers(facts.nodes[Kind.PAPER]["year"])
    by_name = {name: np.empty(size, np.int32) for name in ("citation_count", "h_index", "first_year", "last_year")}
    frequent = _Frequent(facts, a)
    main = numbers(facts.nodes[Kind.AUTHOR]["stated_category"]).copy()
    for start, stop in stretches(np.diff(papers.offsets), disk.entries // 2):
        here = slice(start, stop)
        offsets = papers.offsets[start : stop + 1] - papers.offsets[start]
        rows = papers.targets[papers.offsets[start] : papers.offsets[stop]]
        citations, when = cited[rows], years[rows]
        latest = _per_list(np.maximum, np.where(when == NULL, -NULL, when), offsets, -NULL)
        by_name["citation_count"][here] = _sums(citations, offsets)
        by_name["h_index"][here] = h_index(offsets, citations)
        by_name["first_year"][here] = _per_list(np.minimum, when, offsets, NULL)
        by_name["last_year"][here] = np.where(latest == -NULL, NULL, latest)
        by_name["h_index"][here][np.diff(offsets) == 0] = NULL
        main[here] = np.where(main[here] == NULL, frequent.of(Csr(offsets, rows)), main[here])
    if not citations_known(facts):
        by_name["h_index"][:] = by_name["citation_count"][:] = NULL
    return {
        "name_fold": folded(facts.nodes[Kind.AUTHOR]["name"], disk.folder),
        "primary_category": nullable(main),
        "paper_count": nullable(_lengths(a, "author_papers")),
        "coauthor_count": nullable(_lengths(a, "coauthors")),
        "affiliations_complete": pa.array(a.affiliations_complete),
        **{name: nullable(values) for name, values in by_name.items()},
    }


def _institution(facts: Facts, a: Adjacency, disk: Disk) -> Columns:
    return _figures(facts, a, disk, "institution_papers", "institution_authors") | {
        "name_fold": folded(facts.nodes[Kind.INSTITUTION]["name"], disk.folder),
    }


def _venue(facts: Facts, a: Adjacency, disk: Disk) -> Columns:
    return _figures(facts, a, disk, "venue_papers", "venue_authors") | {
        "name_fold": folded(facts.nodes[Kind.VENUE]["name"], disk.folder),
    }


def _category(facts: Facts, a: Adjacency, disk: Disk) -> Columns:
    return _figures(facts, a, disk, "category_papers", "category_authors")


def _figures(facts: Facts, a: Adjacency, disk: Disk, to_papers: str, to_authors: str) -> Columns:
    """Counts and h-index of nodes that have lists of papers and of authors, by the names of these edges."""
    papers, cited = a.csr[to_papers], citation_counts(facts, a)
    size = len(papers.offsets) - 1
    counted, index = np.full(size, NULL), np.full(size, NULL)
    for start, stop in stretches(np.diff(papers.offsets), disk.entries // 2) if citations_known(facts) else ():
        offsets = papers.offsets[start : stop + 1] - papers.offsets[start]
        citations = cited[papers.targets[papers.offsets[start] : papers.offsets[stop]]]
        counted[start:stop] = _sums(citations, offsets)
        index[start:stop] = np.where(np.diff(offsets) > 0, h_index(offsets, citations), NULL)
    return {
        "paper_count": nullable(_lengths(a, to_papers)),
        "citation_count": nullable(counted),
        "author_count": nullable(_lengths(a, to_authors)),
        "h_index": nullable(index),
    }


_MAKERS: dict[Kind, Callable[[Facts, Adjacency, Disk], Columns]] = {
    Kind.AUTHOR: _author,
    Kind.PAPER: _paper,
    Kind.INSTITUTION: _institution,
    Kind.CATEGORY: _category,
    Kind.VENUE: _venue,
}


def _sums(values: Numbers, offsets: npt.NDArray[np.int64]) -> Numbers:
    running = np.concatenate([np.zeros(1, np.int64), np.cumsum(values, dtype=np.int64)])
    sums: Numbers = (running[offsets[1:]] - running[offsets[:-1]]).astype(np.int32)
    return sums


def _per_list(reduce: np.ufunc, values: Numbers, offsets: npt.NDArray[np.int64], empty: np.integer) -> Numbers:
    """One figure a list, `empty` for the lists without entries."""
    out = np.full(len(offsets) - 1, empty, np.int32)
    some = np.diff(offsets) > 0
    if some.any():
        out[some] = reduce.reduceat(values, offsets[:-1][some])
    return out


class _Frequent:
    """The most frequent primary category over the papers of each list, ties by how frequent it is among all, then by code; NULL
    where the papers have none."""

    def __init__(self, facts: Facts, a: Adjacency) -> None:
        self._by_code = pc.sort_indices(facts.nodes[Kind.CATEGORY]["code"]).to_numpy().astype(np.int64)
        self._place = np.empty(len(self._by_code), np.int64)
        self._place[self._by_code] = np.arange(len(self._by_code))
        self._of = a.csr["paper_categories"]

    def of(self, papers: Csr) -> Numbers:
        """Of each of the lists."""
        out = np.full(len(papers.offsets) - 1, NULL)
        offsets, places = self._of.gather(papers.targets)
        lists, size = groups_of(papers.offsets)[groups_of(offsets)], max(len(self._place), 1)
        every = lists * size + self._place[self._of.targets[places]]
        keys, counts = np.unique(every, return_counts=True)
        first, primary = np.unique(every[offsets[:-1][np.diff(offsets) > 0]], return_counts=True)
        led = np.zeros(len(keys), np.int64)
        led[np.searchsorted(keys, first)] = primary
        lists, categories = np.divmod(keys, size)
        best = np.lexsort((categories, -counts, -led, lists))
        chosen = best[np.unique(lists[best], return_index=True)[1]]
        out[lists[chosen]] = self._by_code[categories[chosen]]
        return out

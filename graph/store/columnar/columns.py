"""The derived columns of each kind, computed once when a snapshot is built."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph.metrics.citations import h_index
from graph.model import COLUMNS, Facts, Kind
from graph.store.columnar.csr import NULL, Numbers, groups_of
from graph.store.columnar.derive import Adjacency, numbers
from graph.text import fold


def with_derived(facts: Facts, adjacency: Adjacency) -> dict[Kind, pa.Table]:
    """The tables of the facts with every declared column, in the declared order."""
    made: dict[Kind, dict[str, pa.Array]] = {kind: _MAKERS[kind](facts, adjacency) for kind in _MAKERS}
    tables = {}
    for kind, table in facts.nodes.items():
        columns = {column.name: made.get(kind, {}).get(column.name) for column in COLUMNS[kind]}
        arrays = [_whole(table[name]) if made_one is None else made_one for name, made_one in columns.items()]
        tables[kind] = pa.table([_plain(array) for array in arrays], names=list(columns))
    return tables


def _whole(column: pa.ChunkedArray) -> pa.Array:
    whole = column.combine_chunks()
    return whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole


def _plain(array: pa.Array) -> pa.Array:
    """A 32-bit array with NULL under its nulls, so that kernels may read its data without the bitmap."""
    if array.type not in (pa.int32(), pa.date32()):
        return array
    return nullable(numbers(pa.chunked_array([array])), array.type)


def nullable(values: Numbers, dtype: pa.DataType | None = None) -> pa.Array:
    """An Arrow array over `values` that is null wherever they are NULL."""
    missing = values == NULL
    if not missing.any():
        return pa.Array.from_buffers(dtype or pa.int32(), len(values), [None, pa.py_buffer(np.ascontiguousarray(values))])
    bitmap = pa.py_buffer(np.packbits(~missing, bitorder="little"))
    return pa.Array.from_buffers(dtype or pa.int32(), len(values), [bitmap, pa.py_buffer(np.ascontiguousarray(values))])


def _folded(column: pa.ChunkedArray) -> pa.Array:
    return pa.array([fold(text) for text in column.to_pylist()], column.type)


def _lengths(adjacency: Adjacency, edge: str) -> Numbers:
    return np.diff(adjacency.csr[edge].offsets).astype(np.int32)


def _paper(facts: Facts, a: Adjacency) -> dict[str, pa.Array]:
    categories = a.csr["paper_categories"]
    first = np.full(a.sizes[Kind.PAPER], NULL)
    some = np.diff(categories.offsets) > 0
    first[some] = categories.targets[categories.offsets[:-1][some]]
    return {
        "title_fold": _folded(facts.nodes[Kind.PAPER]["title"]),
        "primary_category": nullable(first),
        "citation_count": nullable(_lengths(a, "cited_by")),
        "reference_count": nullable(_lengths(a, "references")),
    }


def _author(facts: Facts, a: Adjacency) -> dict[str, pa.Array]:
    papers = a.csr["author_papers"]
    cited = _lengths(a, "cited_by")[papers.targets]
    years = numbers(facts.nodes[Kind.PAPER]["year"])[papers.targets]
    latest = _per_list(np.maximum, np.where(years == NULL, -NULL, years), papers.offsets, -NULL)
    stated = numbers(facts.nodes[Kind.AUTHOR]["stated_category"])
    return {
        "name_fold": _folded(facts.nodes[Kind.AUTHOR]["name"]),
        "primary_category": nullable(np.where(stated == NULL, _frequent(facts, a), stated)),
        "paper_count": nullable(_lengths(a, "author_papers")),
        "citation_count": nullable(_sums(cited, papers.offsets)),
        "coauthor_count": nullable(_lengths(a, "coauthors")),
        "h_index": nullable(h_index(papers.offsets, cited).astype(np.int32)),
        "first_year": nullable(_per_list(np.minimum, years, papers.offsets, NULL)),
        "last_year": nullable(np.where(latest == -NULL, NULL, latest)),
    }


def _institution(facts: Facts, a: Adjacency) -> dict[str, pa.Array]:
    papers = a.csr["institution_papers"]
    return {
        "name_fold": _folded(facts.nodes[Kind.INSTITUTION]["name"]),
        "paper_count": nullable(_lengths(a, "institution_papers")),
        "citation_count": nullable(_sums(_lengths(a, "cited_by")[papers.targets], papers.offsets)),
    }


_MAKERS: dict[Kind, Callable[[Facts, Adjacency], dict[str, pa.Array]]] = {
    Kind.AUTHOR: _author,
    Kind.PAPER: _paper,
    Kind.INSTITUTION: _institution,
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


def _frequent(facts: Facts, a: Adjacency) -> Numbers:
    """The most frequent category over the papers of each author, ties by code; NULL where the papers have none."""
    out = np.full(a.sizes[Kind.AUTHOR], NULL)
    codes = facts.nodes[Kind.CATEGORY]["code"]
    by_code = pc.sort_indices(codes).to_numpy().astype(np.int64)
    place = np.empty(len(by_code), np.int64)
    place[by_code] = np.arange(len(by_code))
    papers = a.csr["author_papers"]
    offsets, places = a.csr["paper_categories"].gather(papers.targets)
    authors = groups_of(papers.offsets)[groups_of(offsets)]
    categories = place[a.csr["paper_categories"].targets[places]]
    keys, counts = np.unique(authors * max(len(place), 1) + categories, return_counts=True)
    authors, categories = np.divmod(keys, max(len(place), 1))
    best = np.lexsort((categories, -counts, authors))
    first = best[np.unique(authors[best], return_index=True)[1]]
    out[authors[first]] = by_code[categories[first]]
    return out

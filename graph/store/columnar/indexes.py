"""External ids and names to rows: sorted 64-bit hashes instead of a dict. A hash only proposes; the text decides."""

import hashlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graph.ids import normal
from graph.model import Kind
from graph.store.columnar.csr import Numbers
from graph.text import compact

Hashes = npt.NDArray[np.uint64]
_OWN = {
    Kind.AUTHOR: {"orcid": "orcid"},
    Kind.PAPER: {"doi": "doi", "arxiv_id": "arxiv"},
    Kind.INSTITUTION: {"ror": "ror"},
}


def hashed(text: str) -> int:
    """The 64-bit hash under which a text is filed."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def external_text(scheme: str, value: str) -> str:
    """The text under which an external id is filed."""
    return f"{scheme.lower()}:{normal(scheme, value)}"


def external_texts(kind: Kind, row: dict[str, object]) -> set[str]:
    """Every external id of one node, from its list and from its own columns."""
    listed = row["external_ids"] or []
    texts = {external_text(entry["scheme"], entry["value"]) for entry in listed}  # type: ignore[attr-defined]
    return texts | {external_text(scheme, str(row[column])) for column, scheme in _OWN[kind].items() if row[column]}


def columns_for(kind: Kind) -> list[str]:
    """The columns that hold external ids of a kind."""
    return ["external_ids", *_OWN[kind]]


def index_files(tables: dict[Kind, pa.Table]) -> Iterator[tuple[str, np.ndarray]]:
    """The hash indexes, by name."""
    for kind in (Kind.AUTHOR, Kind.PAPER, Kind.INSTITUTION):
        yield from _index(f"{kind}.external", _external(kind, tables[kind]))
    for kind in (Kind.AUTHOR, Kind.INSTITUTION):
        yield from _index(f"{kind}.name", _names(tables[kind]))


def _external(kind: Kind, table: pa.Table) -> Iterator[tuple[int, int]]:
    at = 0
    for batch in table.select(columns_for(kind)).to_batches(max_chunksize=10_000):
        for row in batch.to_pylist():
            yield from ((hashed(text), at) for text in sorted(external_texts(kind, row)))
            at += 1


def _names(table: pa.Table) -> Iterator[tuple[int, int]]:
    at = 0
    for batch in table.select(["names"]).to_batches(max_chunksize=10_000):
        for row in batch.to_pylist():
            yield from ((hashed(text), at) for text in sorted({compact(name) for name in row["names"] or []}))
            at += 1


def _index(name: str, entries: Iterator[tuple[int, int]]) -> Iterator[tuple[str, np.ndarray]]:
    pairs = np.fromiter(entries, np.dtype([("hash", np.uint64), ("row", np.int32)]))
    order = np.argsort(pairs["hash"], kind="stable")
    yield f"{name}.hash", pairs["hash"][order]
    yield f"{name}.row", pairs["row"][order]


def filed(hashes: Hashes, rows: Numbers, text: str) -> Numbers:
    """The rows that the hash of a text proposes."""
    wanted = np.uint64(hashed(text))
    start = stop = int(hashes.searchsorted(wanted))
    while stop < len(hashes) and hashes[stop] == wanted:
        stop += 1
    return rows[start:stop]

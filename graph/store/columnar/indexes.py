"""External ids and names to rows: sorted 64-bit hashes instead of a dict. A hash only proposes; the text decides."""

import hashlib
from bisect import bisect_left
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from graph.ids import normal
from graph.model import Kind
from graph.store.columnar.readers import ColumnReader
from graph.text import compact

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


def index_files(tables: dict[Kind, pa.Table]) -> Iterator[tuple[str, pa.Table]]:
    """The indexes, by name: hash, row and text of every entry, in the order of the hashes."""
    for kind in (Kind.AUTHOR, Kind.PAPER, Kind.INSTITUTION):
        yield f"{kind}.external", _index(_external(kind, tables[kind]))
    for kind in (Kind.AUTHOR, Kind.INSTITUTION):
        yield f"{kind}.name", _index(_names(tables[kind]))


def _external(kind: Kind, table: pa.Table) -> Iterator[tuple[str, int]]:
    at = 0
    for batch in table.select(["external_ids", *_OWN[kind]]).to_batches(max_chunksize=10_000):
        for row in batch.to_pylist():
            yield from ((text, at) for text in sorted(external_texts(kind, row)))
            at += 1


def _names(table: pa.Table) -> Iterator[tuple[str, int]]:
    at = 0
    for batch in table.select(["names"]).to_batches(max_chunksize=10_000):
        for row in batch.to_pylist():
            yield from ((text, at) for text in sorted({compact(name) for name in row["names"] or []}))
            at += 1


def _index(entries: Iterator[tuple[str, int]]) -> pa.Table:
    listed = list(entries)
    hashes = np.fromiter((hashed(text) for text, _ in listed), np.uint64, len(listed))
    order = np.argsort(hashes, kind="stable")
    rows = np.fromiter((row for _, row in listed), np.int32, len(listed))
    texts = pa.array([text for text, _ in listed], pa.large_string()).take(pa.array(order))
    return pa.table([pa.array(hashes[order]), pa.array(rows[order]), texts], names=["hash", "row", "text"])


class Index:
    """One index, memory-mapped. A look-up is a binary search in the hashes and a look at the text."""

    def __init__(self, table: pa.Table) -> None:
        hashes, rows, texts = (table.column(name).chunk(0) for name in ("hash", "row", "text"))
        self._size = len(hashes)
        self._hashes = memoryview(hashes.buffers()[1] or b"").cast("Q")[: self._size]
        self._rows = memoryview(rows.buffers()[1] or b"").cast("i")[: self._size]
        self._texts = ColumnReader(texts)

    def find(self, text: str) -> list[int]:
        """The rows under which a text is filed, ascending."""
        wanted = hashed(text)
        at, found = bisect_left(self._hashes, wanted), []
        while at < self._size and self._hashes[at] == wanted:
            if self._texts.few((at,))[0] == text:
                found.append(self._rows[at])
            at += 1
        return found

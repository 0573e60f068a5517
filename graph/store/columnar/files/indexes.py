"""External ids and names to rows: sorted 64-bit hashes instead of a dict. A hash only proposes; the node's own texts decide."""

from bisect import bisect_left
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from byline.graph.identifiers import PLAIN, normal
from byline.graph.model import KINDS, Kind, columns_where
from byline.graph.store.columnar.files.disk import Disk
from byline.graph.store.columnar.files.texts import changed, pieces, text_bytes
from byline.graph.store.hashing import Hashes, hashed, hashed_all
from byline.graph.text import compact

# Columns of ids that nodes are looked up by, and the scheme of each.
OWN = {
    kind: {name: column.scheme for name, column in columns_where(kind, "scheme").items()}
    for kind in Kind
    if columns_where(kind, "scheme")
}
# Kinds whose nodes are looked up by any of their names.
NAMED = tuple(kind for kind, info in KINDS.items() if "names" in info.names)
_HashedRows = tuple[Hashes, npt.NDArray[np.int64]]


def external_hash(scheme: str, value: str) -> int:
    """The hash under which an external id is filed; the value in its normal form."""
    return hashed(value, hashed(scheme))


def write_indexes(tables: dict[Kind, pa.Table], disk: Disk) -> None:
    """Write the indexes: hash and row of every entry, in the order of the hashes."""
    for kind, own in OWN.items():
        parts = [_stated(tables[kind][column], scheme) for column, scheme in own.items()]
        _write(disk, f"{kind}.external", [*_listed(tables[kind]["external_ids"]), *(each for part in parts for each in part)])
    for kind in NAMED:
        _write(disk, f"{kind}.name", list(_named(tables[kind]["names"])))


def _write(disk: Disk, name: str, parts: list[_HashedRows]) -> None:
    hashes = np.concatenate([np.zeros(0, np.uint64), *(part for part, _ in parts)])
    rows = np.concatenate([np.zeros(0, np.int32), *(part.astype(np.int32) for _, part in parts)])
    parts.clear()
    # Rows ascend within each part; a node that gives one text twice has it once.
    order = np.lexsort((rows, hashes))
    hashes, rows = hashes[order], rows[order]
    fresh = np.ones(len(rows), np.bool_)
    fresh[1:] = (hashes[1:] != hashes[:-1]) | (rows[1:] != rows[:-1])
    disk.table(f"indexes/{name}", {"hash": pa.array(hashes[fresh]), "row": pa.array(rows[fresh])})


def _stated(column: pa.ChunkedArray, scheme: str) -> Iterator[_HashedRows]:
    start = 0
    for part in pieces(column):
        valid = np.flatnonzero(part.is_valid().to_numpy(zero_copy_only=False))
        yield _hashes(part.drop_null(), scheme), valid + start
        start += len(part)


def _listed(column: pa.ChunkedArray) -> Iterator[_HashedRows]:
    start = 0
    for part in pieces(column):
        rows = pc.list_parent_indices(part).to_numpy().astype(np.int64) + start
        start += len(part)
        schemes, values = part.flatten().flatten()
        for scheme in pc.unique(schemes).to_pylist():
            here = pc.equal(schemes, scheme)
            yield _hashes(values.filter(here), scheme.lower()), rows[here.to_numpy(zero_copy_only=False)]


def _hashes(values: pa.Array, scheme: str) -> Hashes:
    odd = _odd(values, _SPACE) if scheme not in PLAIN else _strange(values, PLAIN[scheme])
    if odd.any():
        normalised = pa.array([normal(scheme, value) for value in values.filter(pa.array(odd)).to_pylist()], values.type)
        values = pc.replace_with_mask(values, pa.array(odd), normalised)
    return hashed_all(*text_bytes(values), hashed(scheme))


def _bytes(*texts: str) -> npt.NDArray[np.bool_]:
    """Which bytes are among the characters; those outside of ASCII always."""
    chosen = np.zeros(256, np.bool_)
    chosen[128:] = True
    chosen[[ord(character) for text in texts for character in text]] = True
    return chosen


# Of other schemes a value without any of these bytes is in its normal form already; the rest are put into it one by one.
_SPACE = _bytes("".join(map(chr, range(33))))


def _odd(values: pa.Array, chosen: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Which texts have at least one of the chosen bytes."""
    offsets, data = text_bytes(values)
    running = np.concatenate([np.zeros(1, np.int64), np.cumsum(chosen[data[offsets[0] : offsets[-1]]])])
    ends = running[offsets - offsets[0]]
    odd: npt.NDArray[np.bool_] = ends[1:] > ends[:-1]
    return odd


def _strange(values: pa.Array, pattern: str) -> npt.NDArray[np.bool_]:
    """Which texts do not match."""
    matches: npt.NDArray[np.bool_] = pc.match_substring_regex(values, pattern).to_numpy(zero_copy_only=False)
    return ~matches


def _named(column: pa.ChunkedArray) -> Iterator[_HashedRows]:
    start = 0
    for part in pieces(column):
        rows = pc.list_parent_indices(part).to_numpy().astype(np.int64) + start
        start += len(part)
        yield hashed_all(*text_bytes(compacted(part.flatten()))), rows


_ALPHANUMERIC = np.array([chr(code).isalnum() and code < 128 for code in range(256)])


def compacted(texts: pa.Array) -> pa.Array:
    """`compact` of each text."""
    offsets, data = text_bytes(pc.ascii_lower(texts))
    data = data[offsets[0] : offsets[-1]]
    alphanumeric = _ALPHANUMERIC[data]
    ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(alphanumeric)])[offsets - offsets[0]]
    plain = pa.Array.from_buffers(pa.large_string(), len(texts), [None, pa.py_buffer(ends), pa.py_buffer(data[alphanumeric])])
    texts = texts.cast(pa.large_string())
    empty = pa.array(ends[1:] == ends[:-1])
    # A text without a letter or digit stands for itself.
    plain = pc.if_else(empty, pc.utf8_trim_whitespace(texts), plain)
    return changed(texts, plain, compact)


class Index:
    """One index, memory-mapped. A look-up is a binary search in the hashes; `bears` asks the nodes found for the text."""

    COLUMNS = ("hash", "row")

    def __init__(self, table: pa.Table) -> None:
        hashes, rows = (table.column(name).chunk(0) for name in self.COLUMNS)
        self._size = len(hashes)
        self._hashes = memoryview(hashes.buffers()[1] or b"").cast("Q")[: self._size]
        self._rows = memoryview(rows.buffers()[1] or b"").cast("i")[: self._size]

    def find(self, wanted: int, bears: Callable[[int], bool]) -> list[int]:
        """The rows that are filed under a hash and do bear the text, ascending."""
        at, rows = bisect_left(self._hashes, wanted), []
        while at < self._size and self._hashes[at] == wanted:
            if bears(row := self._rows[at]):
                rows.append(row)
            at += 1
        return rows

"""What a snapshot holds, told without reading its columns: sizes by part, how much of each column is known."""

from pathlib import Path
from typing import Any

import pyarrow as pa

from byline.graph.model import COLUMNS, KINDS, Kind
from byline.graph.store.columnar.files.layout import SEGMENTS
from byline.graph.store.columnar.mapped.snapshot import Snapshot


def sizes(about: dict[str, Any]) -> dict[str, int]:
    """Bytes on the disk by part of the snapshot: columns of each kind, links, edges, orders, indexes, and what else there is."""
    bytes_of: dict[str, int] = {}
    for name, stated in about["files"].items():
        part = name.split("/")[0] if "/" in name else name.split(".")[0]
        bytes_of[part] = bytes_of.get(part, 0) + int(stated["bytes"])
    return bytes_of


def coverage(folder: Path) -> dict[str, dict[str, int]]:
    """Of each column that sources fill: in how many rows it says something; lists count where they are not empty."""
    snapshot = Snapshot.open(folder)
    return {
        str(kind): {
            column.name: _rows_with_values(snapshot.column(kind, column.name))
            for column in columns
            if not column.derived and column.name != "id"
        }
        for kind, columns in COLUMNS.items()
    }


def _rows_with_values(column: pa.Array) -> int:
    if not pa.types.is_list(column.type):
        return int(len(column) - column.null_count)
    # Lists without entries say nothing; a stretch at a time, since only the lengths are of interest.
    step = 1 << 20
    return sum(_full(column.slice(at, step)) for at in range(0, len(column), step))


def _full(column: pa.Array) -> int:
    lengths = column.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
    return int((lengths > 0).sum())


def segment_sizes(store: Path, about: dict[str, Any]) -> dict[str, int]:
    """Bytes of each segment that the snapshot was built from, by hash; 0 for one that is not there."""
    bytes_of = {}
    for segment in about["segments"]:
        paths = list((store / SEGMENTS).glob(f"{segment['hash']}*"))
        files = [each for path in paths for each in ([path] if path.is_file() else path.rglob("*"))]
        bytes_of[segment["hash"]] = sum(each.stat().st_size for each in files if each.is_file())
    return bytes_of


def rows_of(kind: Kind, counts: dict[str, int]) -> int:
    """How many rows a manifest counts of a kind."""
    return int(counts[KINDS[kind].plural])

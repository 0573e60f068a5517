"""Snapshot files back into memory maps, facts, or a list of what is wrong with them."""

import io
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.graph.errors import SnapshotDamaged, StoreFailed, describe
from byline.graph.model import COLUMNS, KINDS, LINKS, OPTIONAL_OF_LINKS, Facts, Kind, Source, columns_where, facts_schema
from byline.graph.store.columnar.files.csr import NULL
from byline.graph.store.columnar.files.disk import seal
from byline.graph.store.columnar.files.layout import manifest

_ANEW = "byline rebuild writes the snapshot anew"


def table(path: Path, needed: Collection[str] = ()) -> pa.Table:
    """A memory-mapped Arrow file, each column one chunk. Raises SnapshotDamaged, also where a needed column is not there."""
    try:
        with pa.memory_map(str(path)) as file:
            stored = pa.ipc.open_file(file).read_all()
    except (OSError, pa.ArrowInvalid) as error:
        raise SnapshotDamaged(f"{path} cannot be read: {describe(error)}", "byline check says more; ingest again") from error
    for name in needed:
        if name not in stored.column_names:
            raise SnapshotDamaged(f"{path} has no column {name!r}", _ANEW)
    # An empty table comes back without chunks.
    return stored if stored.num_rows else pa.table([pa.array([], field.type) for field in stored.schema], schema=stored.schema)


def nodes(folder: Path, kind: Kind) -> pa.Table:
    """The columns of a kind. An optional one that the snapshot was written without is null, which is to say unknown; an optional
    kind has no rows then."""
    schema = pa.schema([(column.name, column.dtype) for column in COLUMNS[kind]])
    if KINDS[kind].optional and not (folder / f"{kind}.arrow").exists():
        return pa.table([pa.array([], field.type) for field in schema], schema=schema)
    return _conforming(folder / f"{kind}.arrow", schema, columns_where(kind, "required"))


def link(folder: Path, name: str) -> pa.Table:
    """The columns of a link, optional ones as those of a kind."""
    schema, optional = LINKS[name], OPTIONAL_OF_LINKS.get(name, ())
    return _conforming(folder / "links" / f"{name}.arrow", schema, [each for each in schema.names if each not in optional])


def check_columns(folder: Path) -> None:
    """Raises SnapshotDamaged where a required column of a kind or a link is not there, or one has another type than it should, or
    a kind has another number of rows than the manifest counts."""
    about = manifest(folder)
    for kind in Kind:
        check_rows(folder, kind, nodes(folder, kind), about)
    for name in LINKS:
        link(folder, name)


def check_rows(folder: Path, kind: Kind, stored: pa.Table, about: dict[str, Any]) -> None:
    """Raises SnapshotDamaged where a kind has another number of rows than the manifest counts."""
    counted = about.get("counts", {}).get(KINDS[kind].plural, 0 if KINDS[kind].optional else None)
    if stored.num_rows != counted:
        path = folder / f"{kind}.arrow"
        raise SnapshotDamaged(f"{path} has {stored.num_rows} rows, its manifest counts {counted}", _ANEW)


def _conforming(path: Path, schema: pa.Schema, needed: Collection[str]) -> pa.Table:
    """A table whose columns have the types of a schema, null where they are not needed and not there."""
    stored = table(path, needed)
    for field in stored.schema:
        at = schema.get_field_index(field.name)
        if at >= 0 and field.type != schema.field(at).type:
            right = schema.field(at).type
            raise SnapshotDamaged(f"{path} has the column {field.name!r} as {field.type}, which is {right}", _ANEW)
    for field in schema:
        if field.name not in stored.column_names:
            stored = stored.append_column(field, [_nulls(field.type, stored.num_rows)])
    return stored


def _nulls(dtype: pa.DataType, size: int) -> pa.Array:
    """Nulls over what kernels read in their place: see `csr.NULL`."""
    if dtype in (pa.int32(), pa.date32(), pa.float64()):
        under = np.full(size, np.nan) if pa.types.is_float64(dtype) else np.full(size, NULL)
        bitmap = pa.py_buffer(bytes((size + 7) // 8))
        return pa.Array.from_buffers(dtype, size, [bitmap, pa.py_buffer(under)])
    return pa.nulls(size, dtype)


def array(path: Path) -> npt.NDArray[Any]:
    """A memory-mapped array of one dimension, read-only; the mapping lives as its base.

    What `np.load` gives, in a tenth of the time and without a handle for each map: a snapshot has over a hundred arrays.
    """
    try:
        with pa.memory_map(str(path)) as file:
            mapped = file.read_buffer()
        head = memoryview(mapped)[:_FIRST]
        start = _FIRST + int.from_bytes(head[-2:], "little")
        dtype, length = _dtype_and_length(bytes(memoryview(mapped)[:start]))
        return np.frombuffer(mapped, dtype, length, start)
    except (OSError, ValueError) as error:
        raise SnapshotDamaged(f"{path} cannot be read: {describe(error)}", "byline check says more; ingest again") from error


# Bytes of a .npy file of version 1.0 before its header: a magic word, the version, and how long the header is.
_FIRST = 10


@lru_cache(1 << 12)
def _dtype_and_length(head: bytes) -> tuple[np.dtype[Any], int]:
    """Type and length, as the head of a .npy file says them. Raises ValueError."""
    file = io.BytesIO(head)
    if np.lib.format.read_magic(file) != (1, 0):
        raise ValueError("not an array as Byline writes it")
    shape, _, dtype = np.lib.format.read_array_header_1_0(file)
    if len(shape) != 1 or dtype.hasobject:
        raise ValueError("not an array as Byline writes it")
    return dtype, shape[0]


def facts(folder: Path) -> Facts:
    """The facts from which a snapshot was built. Raises StoreFailed."""
    about = manifest(folder)
    fact_nodes = {kind: nodes(folder, kind).select(facts_schema(kind).names) for kind in Kind}
    return Facts(fact_nodes, {name: link(folder, name) for name in LINKS}, sources(about))


def sources(about: dict[str, Any]) -> tuple[Source, ...]:
    """What the manifest says of its sources."""
    return tuple(Source(**entry) for entry in about["sources"])


def verify(folder: Path) -> list[str]:
    """What is wrong with a snapshot's files, in words; nothing where all are as the manifest says."""
    try:
        files = manifest(folder)["files"]
    except StoreFailed as error:
        return [str(error)]
    return [problem for name, stated in files.items() if (problem := _problem(folder / name, stated))]


def _problem(path: Path, stated: dict[str, Any]) -> str | None:
    try:
        actual = seal(path)
    except OSError as error:
        return f"{path} cannot be read: {error.strerror}"
    if actual["bytes"] != stated["bytes"]:
        return f"{path} has {actual['bytes']} bytes, the manifest says {stated['bytes']}"
    return None if actual == stated else f"{path} has another checksum than the manifest says"

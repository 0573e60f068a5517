"""Facts to the files of one snapshot. Everything is written and synced before the manifest, which comes last."""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from graph.model import FORMAT, LINKS, Facts, Kind
from graph.store.columnar.alternatives import alternative_files
from graph.store.columnar.columns import with_derived
from graph.store.columnar.csr import Csr
from graph.store.columnar.derive import derive
from graph.store.columnar.indexes import index_files
from graph.store.columnar.layout import MANIFEST
from graph.store.columnar.orders import order_files


def write(facts: Facts, folder: Path, about: Mapping[str, Any]) -> dict[str, Any]:
    """Write a snapshot into an empty folder and answer its manifest.

    `about` (version, built_at, segments, …) is copied into the manifest beside format, counts, sources and the size and
    checksum of each file. Raises OSError where the disk refuses; the folder is then not a snapshot, since no manifest names it.
    """
    adjacency = derive(facts)
    tables = with_derived(facts, adjacency)
    for kind, table in tables.items():
        _arrow(folder / f"{kind}.arrow", table)
    for name, schema in LINKS.items():
        _arrow(folder / "links" / f"{name}.arrow", facts.links[name].cast(schema))
    for edge, csr in adjacency.csr.items():
        _array(folder / "edges" / f"{edge}.offsets.npy", csr.offsets)
        _array(folder / "edges" / f"{edge}.targets.npy", csr.targets)
    for edge, values in adjacency.values.items():
        for name, array in values.items():
            _array(folder / "edges" / f"{edge}.{name}.npy", array)
    _array(folder / "known_authors.npy", adjacency.known_authors)
    ranks: dict[str, Any] = {}
    for name, array in order_files(tables, adjacency.newest):
        _array(folder / "orders" / f"{name}.npy", array)
        ranks |= {name: array} if name.endswith(".rank") else {}
    for name, array in alternative_files(tables, ranks, adjacency):
        _array(folder / "edges" / f"{name}.npy", array)
    for name, index in index_files(tables):
        _arrow(folder / "indexes" / f"{name}.arrow", index)
    manifest = {
        **about,
        "format": FORMAT,
        "counts": counts(facts),
        "degrees": {name: degree(csr) for name, csr in adjacency.csr.items()},
        "sources": [{"name": s.name, "records": s.records, "rejected": s.rejected} for s in facts.sources],
        "files": {str(path.relative_to(folder)): seal(path) for path in sorted(folder.rglob("*.*")) if path.is_file()},
    }
    (folder / MANIFEST).write_bytes(json.dumps(manifest, indent=1, sort_keys=True).encode())
    for path in (folder / MANIFEST, *(path for path in folder.rglob("*") if path.is_dir()), folder):
        _sync(path)
    return manifest


def counts(facts: Facts) -> dict[str, int]:
    """How many of everything: what the manifest and the `snapshot` field state."""
    nodes = {f"{kind}s" if kind is not Kind.CATEGORY else "categories": table.num_rows for kind, table in facts.nodes.items()}
    unresolved = facts.nodes[Kind.PAPER]["unresolved_references"].combine_chunks().flatten()
    return {**nodes, "citations": facts.links["citation"].num_rows, "unresolved_references": len(unresolved)}


def degree(csr: Csr) -> dict[str, float]:
    """The longest and the mean list of an edge."""
    lengths = np.diff(csr.offsets)
    return {"longest": int(lengths.max(initial=0)), "mean": float(lengths.mean()) if len(lengths) else 0.0}


def seal(path: Path) -> dict[str, Any]:
    """Size and BLAKE2b checksum of a file."""
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "blake2b": hashlib.file_digest(file, _blake).hexdigest()}


def _blake() -> Any:
    return hashlib.blake2b(digest_size=16)


def _arrow(path: Path, table: pa.Table) -> None:
    path.parent.mkdir(exist_ok=True)
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    _sync(path)


def _array(path: Path, array: np.ndarray[Any, Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    np.save(path, array)
    _sync(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

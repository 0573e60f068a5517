"""Snapshot files back into memory maps, facts, or a list of what is wrong with them."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from graph.errors import SnapshotDamaged, StoreFailed
from graph.model import LINKS, Facts, Kind, Source, given
from graph.store.columnar.disk import seal
from graph.store.columnar.layout import manifest


def table(path: Path) -> pa.Table:
    """A memory-mapped Arrow file, each column one chunk."""
    try:
        found = pa.ipc.open_file(pa.memory_map(str(path))).read_all()
    except (OSError, pa.ArrowInvalid) as error:
        raise SnapshotDamaged(f"{path} cannot be read: {error}", "byline check says more; ingest again") from error
    # An empty table comes back without chunks.
    return found if found.num_rows else pa.table([pa.array([], field.type) for field in found.schema], schema=found.schema)


def array(path: Path) -> np.ndarray[Any, Any]:
    """A memory-mapped array."""
    try:
        mapped: np.ndarray[Any, Any] = np.load(path, mmap_mode="r")
    except (OSError, ValueError) as error:
        raise SnapshotDamaged(f"{path} cannot be read: {error}", "byline check says more; ingest again") from error
    # The plain view spares each later index the cost of the memmap subclass; the mapping lives as its base.
    return mapped.view(np.ndarray)


def facts(folder: Path) -> Facts:
    """The facts from which a snapshot was built. Raises StoreFailed."""
    about = manifest(folder)
    nodes = {kind: table(folder / f"{kind}.arrow").select(given(kind).names) for kind in Kind}
    links = {name: table(folder / "links" / f"{name}.arrow") for name in LINKS}
    return Facts(nodes, links, sources(about))


def sources(about: dict[str, Any]) -> tuple[Source, ...]:
    """What the manifest says of its sources."""
    return tuple(Source(entry["name"], entry["records"], entry["rejected"]) for entry in about["sources"])


def verify(folder: Path) -> list[str]:
    """What is wrong with a snapshot's files, in words; nothing where all are as the manifest says."""
    try:
        files = manifest(folder)["files"]
    except StoreFailed as error:
        return [str(error)]
    return [problem for name, stated in files.items() if (problem := _problem(folder / name, stated))]


def _problem(path: Path, stated: dict[str, Any]) -> str | None:
    try:
        found = seal(path)
    except OSError as error:
        return f"{path} cannot be read: {error.strerror}"
    if found["bytes"] != stated["bytes"]:
        return f"{path} has {found['bytes']} bytes, the manifest says {stated['bytes']}"
    return None if found == stated else f"{path} has another checksum than the manifest says"

"""Every store under the contract, by name, each made from facts; and how their answers are compared."""

import asyncio
import atexit
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar
from unittest import mock

import numpy as np
import pyarrow as pa

from graph.model import Facts
from graph.store.columnar.open import open_store
from graph.store.columnar.write import write
from graph.store.networkx import NetworkXStore
from graph.store.protocol import Counts, Ragged, Store

T = TypeVar("T")
# A hundred small files a graph: in memory where there is such a place, since a disk takes most of a second to forget them.
_MEMORY = Path("/dev/shm")
BUILT = "2026-01-02T03:04:05Z"


def columnar(facts: Facts) -> Store:
    """Written and opened; the open maps outlive the folder. Nothing here has to survive a power cut."""
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder, mock.patch("os.fsync"):
        write(facts, Path(folder), {"version": "t", "built_at": BUILT, "segments": []})
        return open_store(Path(folder))


def networkx(facts: Facts) -> Store:
    return NetworkXStore(facts, "t", BUILT)


STORES: dict[str, Callable[[Facts], Store]] = {"networkx": networkx, "columnar": columnar}


# One loop for all: making one costs more than most answers.
_RUNNER = asyncio.Runner()
atexit.register(_RUNNER.close)


def answer(awaited: Coroutine[Any, Any, T]) -> T:
    return _RUNNER.run(awaited)


def lists(found: Ragged) -> list[list[int]]:
    return [found.rows[start:stop].tolist() for start, stop in zip(found.offsets, found.offsets[1:], strict=False)]


def exact(array: Any) -> tuple[str, list[Any]]:
    """Type and values, floats by their bits."""
    values = array.to_pylist()
    return str(array.type), [value.hex() if isinstance(value, float) else value for value in values]


def ragged(found: Ragged) -> dict[str, Any]:
    """Everything in a Ragged, dtypes included."""
    arrays = {
        name: None if (array := getattr(found, name)) is None else (str(array.dtype), array.tolist())
        for name in ("offsets", "rows", "has_next", "has_previous", "edge_rows", "totals")
    }
    for value in found.values.values():
        assert isinstance(value, pa.Array)
    return arrays | {"values": {name: exact(value) for name, value in found.values.items()}}


def counts(found: Counts) -> dict[str, Any]:
    arrays = {name: getattr(found, name) for name in ("offsets", "rows", "counts")}
    assert all(isinstance(array, np.ndarray) for array in arrays.values())
    shown = {name: (str(array.dtype), array.tolist()) for name, array in arrays.items()}
    return shown | {"keys": found.keys, "labels": found.labels}

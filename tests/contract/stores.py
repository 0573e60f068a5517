"""Every store under the contract, by name, each made from facts; and how their answers are compared."""

import asyncio
import atexit
import hashlib
import tempfile
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar
from unittest import mock

import numpy as np
import pyarrow as pa

from byline.graph.model import Facts
from byline.graph.store.columnar.build.write import write
from byline.graph.store.columnar.files.pair_bounds import BOUNDS, PairBounds
from byline.graph.store.columnar.store import open_store
from byline.graph.store.defaults.capabilities import Capabilities
from byline.graph.store.protocol import Counts, Ragged, Store, StoreCore
from byline.graph.store.reference.store import NetworkXStore

T = TypeVar("T")
# A hundred small files a graph: in memory where there is such a place, since a disk takes most of a second to forget them.
_MEMORY = Path("/dev/shm")
# Stores that are kept open, of each sort.
_KEPT = 4
BUILT = "2026-01-02T03:04:05Z"


def columnar(facts: Facts, pairs: PairBounds = BOUNDS) -> Store:
    """Written and opened; the open maps outlive the folder. Nothing here has to survive a power cut."""
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder, mock.patch("os.fsync"):
        write(facts, Path(folder), {"version": "t", "built_at": BUILT, "segments": []}, bounds=pairs)
        return open_store(Path(folder))


def networkx(facts: Facts) -> Store:
    return NetworkXStore(facts, "t", BUILT)


def cached(make: Callable[[Facts], Store]) -> Callable[[Facts], Store]:
    """The same store for the same facts, of the few that were asked for last: nothing can change an open one."""
    stores: OrderedDict[bytes, Store] = OrderedDict()

    def ready(facts: Facts) -> Store:
        key = _content(facts)
        store = stores.pop(key, None) or make(facts)
        stores[key] = store
        if len(stores) > _KEPT:
            stores.popitem(last=False)
        return store

    return ready


def _content(facts: Facts) -> bytes:
    """A hash of all that facts are made from."""
    digest = hashlib.blake2b(repr(facts.sources).encode(), digest_size=16)
    for table in (*facts.nodes.values(), *facts.links.values()):
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table.combine_chunks())
        digest.update(sink.getvalue())
    return digest.digest()


def worked_out(facts: Facts) -> Store:
    """A columnar store that keeps no pair of coauthors."""
    return columnar(facts, PairBounds(max_kept_team=1))


STORES: dict[str, Callable[[Facts], Store]] = {"networkx": cached(networkx), "columnar": cached(columnar)}
# These, and those that keep less, for whatever has to do with coauthors.
EVERY = STORES | {"worked out": cached(worked_out)}


class Thin(Capabilities):
    """A store that has written the core alone, over the columnar one's."""

    def __init__(self, core: StoreCore) -> None:
        self.lookup, self.find, self.expand, self.columns, self.snapshot = (
            core.lookup, core.find, core.expand, core.columns, core.snapshot,
        )  # fmt: skip


def thin(facts: Facts) -> Store:
    return Thin(STORES["columnar"](facts))


# All of them, and one that answers by the defaults over another's core: whatever is a clause of the protocol.
CONTRACT = EVERY | {"thin": cached(thin)}


# One loop for all: making one costs more than most answers, and a runner prints every task to say what ^C would end.
_LOOP = asyncio.new_event_loop()
atexit.register(_LOOP.close)


def answer(awaited: Coroutine[Any, Any, T]) -> T:
    """What an awaitable answers. Nothing of it goes on afterwards."""
    try:
        return _LOOP.run_until_complete(awaited)
    finally:
        if left := asyncio.all_tasks(_LOOP):
            for task in left:
                task.cancel()
            _LOOP.run_until_complete(asyncio.gather(*left, return_exceptions=True))


def lists(ragged_lists: Ragged) -> list[list[int]]:
    return [
        ragged_lists.rows[start:stop].tolist()
        for start, stop in zip(ragged_lists.offsets, ragged_lists.offsets[1:], strict=False)
    ]


def exact(array: Any) -> tuple[str, list[Any]]:
    """Type and values, floats by their bits."""
    values = array.to_pylist()
    return str(array.type), [value.hex() if isinstance(value, float) else value for value in values]


def ragged(ragged_lists: Ragged) -> dict[str, Any]:
    """Everything in a Ragged, dtypes included."""
    arrays = {
        name: None if (array := getattr(ragged_lists, name)) is None else (str(array.dtype), array.tolist())
        for name in ("offsets", "rows", "has_next", "has_previous", "edge_rows", "totals")
    }
    for value in ragged_lists.values.values():
        assert isinstance(value, pa.Array)
    return arrays | {"values": {name: exact(value) for name, value in ragged_lists.values.items()}}


def counts(facet: Counts) -> dict[str, Any]:
    names = ("offsets", "rows", "counts", "totals", "unknown", "has_next", "has_previous")
    arrays = {name: getattr(facet, name) for name in names}
    assert all(isinstance(array, np.ndarray) for array in arrays.values())
    shown = {name: (str(array.dtype), array.tolist()) for name, array in arrays.items()}
    return shown | {"keys": facet.keys, "labels": facet.labels}

"""Holds the store that is being served and swaps it when an ingest has written a newer snapshot."""

import logging
import os
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TypeAlias

from byline.graph.errors import SnapshotDamaged, StoreFailed, describe
from byline.graph.store.columnar.files.layout import CURRENT, current
from byline.graph.store.columnar.store import open_store
from byline.graph.store.protocol import Store

log = logging.getLogger("byline")

# Seconds for which a look at CURRENT is trusted.
PATIENCE = 0.02
# Seconds after which a snapshot that did not open is tried again: what was missing may have been a free descriptor.
RETRY = 5.0
# What tells one CURRENT file from the next: it is replaced by a rename, so the inode changes too.
_Mark: TypeAlias = tuple[int, int, int]


class Snapshots:
    """The stores of one folder, one after the other. Not shared between threads: the event loop alone asks.

    A request takes `store()` once and keeps what it got; an older snapshot stays readable until the last
    request that holds it has ended. `swapped` is called with it after each swap, so that nothing else keeps it.
    """

    def __init__(
        self,
        folder: Path,
        opener: Callable[[Path], Store] = open_store,
        patience: float = PATIENCE,
        retry: float = RETRY,
        swapped: Callable[[Store], None] = lambda older: None,
    ) -> None:
        self._folder = folder
        self._current = str(folder / CURRENT)
        self._looked = 0.0
        self._patience = patience
        self._open = opener
        self._store: Store | None = None
        self._mark: _Mark | None = None
        self._retry, self._retry_at = retry, float("inf")
        self._swapped = swapped

    def store(self) -> Store:
        """The newest store that opens. Raises StoreFailed (NoSnapshot, SnapshotDamaged, …) where none ever did.

        Looks at most once in `patience` seconds, which costs one stat. A newer snapshot that does not open is logged
        once and tried again every `retry` seconds, and the one before it goes on serving.
        """
        now = monotonic()
        if self._store is not None and now - self._looked < self._patience:
            return self._store
        self._looked, mark = now, self._look()
        if self._store is None or (mark is not None and mark != self._mark) or now >= self._retry_at:
            again, self._mark, self._retry_at = mark == self._mark, mark, float("inf")
            self._swap(again)
        assert self._store is not None
        return self._store

    def _look(self) -> _Mark | None:
        try:
            stat = os.stat(self._current)
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_ino, stat.st_size

    def _swap(self, again: bool) -> None:
        try:
            folder = current(self._folder)
            before, self._store = self._store, self._open(folder)
        except Exception as error:
            # Damaged files fail in any way, and none of them may end a connection.
            if self._store is None:
                if isinstance(error, StoreFailed):
                    raise
                raise SnapshotDamaged(f"{self._folder} cannot be read: {describe(error)}", "byline check says more") from error
            self._retry_at = monotonic() + self._retry
            if not again:
                log.error("the newest snapshot cannot be served, the one before it stays: %s", error)
        else:
            log.info("serving snapshot %s", folder.name)
            if before is not None:
                self._swapped(before)

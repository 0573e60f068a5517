"""What a plan asked its store, call by call: rows in, rows out, time."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from byline.graph.model import Kind
from byline.graph.request import Complete, Facet, HitFacet, Hop, Key, Page, Prediction, Route, Search, Select, Where, Window
from byline.graph.store.protocol import (
    Array,
    Completed,
    Counts,
    FacetSource,
    Paths,
    Ragged,
    Rows,
    Scores,
    SearchPage,
    SnapshotInfo,
    Store,
)


@dataclass(frozen=True)
class Step:
    """One call: the method and what it was about, how many rows went in and came out, and microseconds."""

    call: str
    rows_in: int
    rows_out: int
    microseconds: float

    def as_dict(self) -> dict[str, Any]:
        """For an answer's extensions."""
        return {"call": self.call, "rowsIn": self.rows_in, "rowsOut": self.rows_out, "microseconds": round(self.microseconds, 1)}


class Traced:
    """A store that hands every call on to another and keeps a step of each."""

    direct = None

    def __init__(self, store: Store) -> None:
        self._store = store
        self.steps: list[Step] = []

    def _done(self, call: str, rows_in: int, rows_out: int, started: float) -> None:
        self.steps.append(Step(call, rows_in, rows_out, (time.perf_counter() - started) * 1e6))

    async def lookup(self, kind: Kind, keys: Sequence[Key]) -> Rows:
        """See the protocol."""
        started = time.perf_counter()
        rows = await self._store.lookup(kind, keys)
        self._done(f"lookup {kind}", len(keys), int((rows >= 0).sum()), started)
        return rows

    async def find(self, kind: Kind, select: Select) -> Ragged:
        """See the protocol."""
        started = time.perf_counter()
        page = await self._store.find(kind, select)
        self._done(f"find {kind}", 0, len(page.rows), started)
        return page

    async def expand(self, hop: Hop, rows: Rows, select: Select) -> Ragged:
        """See the protocol."""
        started = time.perf_counter()
        lists = await self._store.expand(hop, rows, select)
        self._done(f"expand {hop.edge.name}", len(rows), len(lists.rows), started)
        return lists

    async def columns(self, kind: Kind, rows: Rows, names: Sequence[str]) -> list[Array]:
        """See the protocol."""
        started = time.perf_counter()
        columns = await self._store.columns(kind, rows, names)
        self._done(f"columns {kind} {', '.join(names)}", len(rows), len(rows), started)
        return columns

    async def values(self, kind: Kind, rows: Rows, names: Sequence[str]) -> list[list[Any]]:
        """See the protocol."""
        started = time.perf_counter()
        columns = await self._store.values(kind, rows, names)
        self._done(f"values {kind} {', '.join(names)}", len(rows), len(rows), started)
        return columns

    async def candidates(self, kind: Kind, keys: Sequence[Key]) -> list[Rows]:
        """See the protocol."""
        started = time.perf_counter()
        candidates = await self._store.candidates(kind, keys)
        self._done(f"candidates {kind}", len(keys), sum(map(len, candidates)), started)
        return candidates

    async def facet(self, source: FacetSource, rows: Rows, where: Where, by: Facet | HitFacet, page: Page) -> Counts:
        """See the protocol."""
        started = time.perf_counter()
        counts = await self._store.facet(source, rows, where, by, page)
        match source:
            case Hop():
                about = source.edge.name
            case Search():
                about = "search"
            case Ragged():
                about = "lists"
            case _:
                about = f"all {source}s"
        self._done(f"facet {about} by {by}", len(rows), len(counts.rows), started)
        return counts

    async def suggest(self, rows: Rows, window: Window | None, method: Prediction, first: int) -> Scores:
        """See the protocol."""
        started = time.perf_counter()
        scores = await self._store.suggest(rows, window, method, first)
        self._done(f"suggest by {method}", len(rows), len(scores.rows), started)
        return scores

    async def alike(self, rows: Rows, first: int) -> Scores:
        """See the protocol."""
        started = time.perf_counter()
        scores = await self._store.alike(rows, first)
        self._done("alike", len(rows), len(scores.rows), started)
        return scores

    async def paths(self, pairs: Rows, route: Route) -> Paths:
        """See the protocol."""
        started = time.perf_counter()
        paths = await self._store.paths(pairs, route)
        self._done("paths", len(pairs), len(paths.rows), started)
        return paths

    async def search(self, searches: Sequence[Search]) -> list[SearchPage]:
        """See the protocol."""
        started = time.perf_counter()
        pages = await self._store.search(searches)
        self._done("search", len(searches), sum(len(page.rows) for page in pages), started)
        return pages

    async def complete(self, begun: Sequence[Complete]) -> list[Completed]:
        """See the protocol."""
        started = time.perf_counter()
        completions = await self._store.complete(begun)
        self._done("complete", len(begun), sum(len(page.rows) for page in completions), started)
        return completions

    async def snapshot(self) -> SnapshotInfo:
        """See the protocol."""
        return await self._store.snapshot()

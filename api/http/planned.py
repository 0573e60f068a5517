"""Planned requests of one application: documents that take a while are read beside the event loop, and plans that take long are
finished in a lane, whichever way the request came."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from byline.api.http.gates.lanes import Lanes
from byline.graph.query.encoders import Json
from byline.graph.store.protocol import Store
from byline.schema.answer.planner import Pending, Planner
from byline.schema.compile.documents import BESIDE_FROM
from byline.schema.context import Context

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PlannedRequests:
    """The planner of an application, its lanes, and where the store of the moment comes from."""

    planner: Planner
    lanes: Lanes
    store: Callable[[], Store]

    def unread(self, query: str, variables: dict[str, Any] | None, name: str | None) -> bool:
        """Whether a document is to be read beside the event loop."""
        return len(query) >= BESIDE_FROM and self.planner.documents.unread(query, variables or {}, name)

    async def read(self, work: Callable[[], T], context: Context, gone: "asyncio.Future[Any]") -> T:
        """What reading gives, in its thread, once there is a place for it; the context then has the newest snapshot. Raises
        Overloaded, OutOfTime, StoreFailed, and what the work does."""
        async with self.lanes.admitted(self.lanes.read, context, self.store, gone):
            return await self.lanes.reads(work)

    async def finish_long(self, pending: Pending, context: Context, gone: "asyncio.Future[Any]") -> Sequence[Json] | None:
        """The pieces of an answer that takes long, once it has a place. Raises the same."""
        async with self.lanes.working(self.lanes.planned, context, self.store, gone):
            # It was that of a snapshot which may be older.
            pending.cost = None
            return await self.planner.finish(pending, context)

"""Admission of work that takes long: a few places, a short queue before them, and a refusal for what finds neither.

Small planned queries have their own lane, the event loop, and never come here. A plan that takes long and what the resolvers
answer have a lane each, so that an introspection does not wait behind searches for paths.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from byline.api.settings import Settings
from byline.graph.deadline import abandoned
from byline.graph.errors import Overloaded, limit_hint
from byline.graph.store.protocol import Store
from byline.schema.context import Context

T = TypeVar("T")
# Threads of the event loop beside the places: for steps of queries that do not take long, and for gzip.
_SPARE = 4
_LESS = "try again in a moment, or request less at once"


class Lane:
    """Places for as many requests as are worked on beside each other; the first that waits goes first."""

    def __init__(self, places: int, queue: int, seconds: float) -> None:
        self._places, self._queue, self._seconds = places, queue, seconds
        self._taken = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def place(self, gone: "asyncio.Future[Any]") -> AsyncIterator[None]:
        """Hold a place while the body runs; `gone` is done once the client has left, who then waits no longer.

        Raises Overloaded where none is free in time, OutOfTime where the client leaves before.
        """
        await self._enter(gone)
        try:
            yield
        finally:
            self._leave()

    async def _enter(self, gone: "asyncio.Future[Any]") -> None:
        if self._taken < self._places:
            self._taken += 1
            return
        if len(self._waiting) >= self._queue:
            message = f"{self._places} long-running requests are being processed, and {len(self._waiting)} are waiting"
            raise Overloaded(message, limit_hint(_LESS, "long_queue"))
        ticket: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(ticket)
        try:
            await asyncio.wait({ticket, gone}, timeout=self._seconds, return_when=asyncio.FIRST_COMPLETED)
        except BaseException:
            self._withdraw(ticket)
            raise
        if ticket.done():
            return
        self._withdraw(ticket)
        if gone.done():
            raise abandoned()
        raise Overloaded(f"The request waited {self._seconds:g} seconds for a free place", limit_hint(_LESS, "queue_seconds"))

    def _withdraw(self, ticket: "asyncio.Future[None]") -> None:
        """Wait no longer; a place that was handed over meanwhile goes on to the next."""
        if ticket.done():
            self._leave()
        else:
            self._waiting.remove(ticket)

    def _leave(self) -> None:
        if self._waiting:
            self._waiting.popleft().set_result(None)
        else:
            self._taken -= 1


class Lanes:
    """The lanes of one process: for plans that take long, for what the resolvers answer, for documents to be read."""

    def __init__(self, settings: Settings) -> None:
        bounds = settings.long_requests, settings.long_queue, settings.queue_seconds
        self.planned, self.resolved = Lane(*bounds), Lane(*bounds)
        # Documents are read one after the other: threads beside each other would only take turns, and the event loop with them.
        self.read = Lane(1, settings.long_queue, settings.queue_seconds)
        self.reading = ThreadPoolExecutor(1, "byline-reading")
        # Threads of their own: what resolves holds its thread to the end.
        self.resolving = ThreadPoolExecutor(settings.long_requests, "byline-resolving")
        self._threads = settings.long_requests + _SPARE
        self._loop: asyncio.AbstractEventLoop | None = None

    @asynccontextmanager
    async def admitted(
        self, lane: Lane, context: Context, store: Callable[[], Store], gone: "asyncio.Future[Any]"
    ) -> AsyncIterator[None]:
        """Hold a place of a lane, from then on with the newest snapshot. Whoever waits holds none: a queue would keep as
        many open as were swapped meanwhile. Raises what a place raises."""
        self.prepare()
        del context.store
        async with lane.place(gone):
            context.store = store()
            yield

    @asynccontextmanager
    async def working(
        self, lane: Lane, context: Context, store: Callable[[], Store], gone: "asyncio.Future[Any]"
    ) -> AsyncIterator[None]:
        """The same for work that has a deadline: its clock starts with the place."""
        async with self.admitted(lane, context, store, gone):
            if context.deadline is not None:
                context.deadline.begin()
            yield

    async def read_beside(self, work: Callable[[], T], gone: "asyncio.Future[Any]") -> T:
        """What reading gives that needs no snapshot, in its thread. Raises what a place raises, and what the work does."""
        async with self.read.place(gone):
            return await self.reads(work)

    async def reads(self, work: Callable[[], T]) -> T:
        """What reading gives, in its thread, for whoever has a place to read."""
        return await asyncio.get_running_loop().run_in_executor(self.reading, work)

    def prepare(self) -> None:
        """Give the running loop as many threads as there are places, so that nobody who has a place waits for a thread."""
        if self._loop is not (loop := asyncio.get_running_loop()):
            self._loop = loop
            loop.set_default_executor(ThreadPoolExecutor(self._threads, "byline-work"))

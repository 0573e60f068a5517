"""The connections of a process: how many there may be, and one look a second at how long each takes over what it does."""

import asyncio
from typing import Protocol

from byline.api.http.reject_log import REJECTS
from byline.api.memory import Spare
from byline.api.settings import Settings

try:
    import resource
except ImportError:  # Windows has no such bound
    resource = None  # type: ignore[assignment]

# Descriptors left for the store, a swap to the next one, logs and the event loop; and the most connections taken by default:
# the look over all of them is a step of the event loop.
_RESERVED, _MOST = 128, 8192
# Seconds between two looks, and how many a timer takes at least: none is late by more than half of itself.
_EVERY, _LOOKS = 1.0, 2
# Connections that are already refused and only wait for their clients to read it.
_LINGERING = 32


class Connection(Protocol):
    """What is looked at."""

    def look(self, now: float) -> int:
        """Close what takes too long; answer how many bytes of an answer wait for the client."""

    def give_up(self) -> None:
        """Close at once, whatever is unsent."""


class Connections:
    """Those of one process. `now` is the time of the last look: near enough to tell when something began, and free."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.most = settings.max_connections or allowed()
        self.now = 0.0
        seconds = (settings.head_seconds, settings.body_seconds, settings.idle_seconds, settings.write_seconds)
        self._every = min(_EVERY, min(seconds) / _LOOKS)
        self._open: set[Connection] = set()
        self._lingering: set[Connection] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._spare = Spare()

    def enter(self, connection: Connection, loop: asyncio.AbstractEventLoop) -> bool:
        """Count a connection in; false where there is no room for it."""
        if loop is not self._loop:
            self._loop, self.now = loop, loop.time()
            loop.call_later(self._every, self._look)
        full = len(self._open) >= self.most
        if not full:
            self._open.add(connection)
        return not full

    def linger(self, connection: Connection) -> bool:
        """Let one that has no room stay until its client has read why; false where too many do already."""
        few = len(self._lingering) < min(_LINGERING, self.most // 8)
        if few:
            self._lingering.add(connection)
        return few

    def leave(self, connection: Connection) -> None:
        """It is closed."""
        self._open.discard(connection)
        self._lingering.discard(connection)

    def _look(self) -> None:
        assert self._loop is not None
        self.now = now = self._loop.time()
        unread = [(size, connection) for connection in (*self._open, *self._lingering) if (size := connection.look(now))]
        self._give_up(unread)
        self._spare.look(self._loop)
        if self._open or self._lingering or self._spare.wanted:
            self._loop.call_later(self._every, self._look)
        else:
            # The next connection begins the looks again.
            self._loop = None

    def _give_up(self, unread: list[tuple[int, Connection]]) -> None:
        """Bound what waits for clients that do not read: the largest go first."""
        over = sum(size for size, _ in unread) - self.settings.max_unread_bytes
        if over <= 0:
            return
        for size, connection in sorted(unread, key=lambda each: each[0], reverse=True):
            if over <= 0:
                break
            connection.give_up()
            REJECTS.note("answers that nobody reads fill BYLINE_MAX_UNREAD_BYTES: the largest is given up")
            over -= size


def allowed() -> int:
    """As many connections as the process may open files, less what else it opens."""
    if resource is None:
        return _MOST
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return _MOST
    return max(16, min(_MOST, soft - min(_RESERVED, soft // 2)))

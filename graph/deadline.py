"""Deadline of a request: work ends when its seconds are over, or when the client has left.

Work that may be long looks now and then whether it is still wanted. Which deadline it has to ask is told by the context in which
it runs, threads that were begun from it included, so that no store and no kernel has to hand it on.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from byline.graph.errors import OutOfTime, limit_hint


class Deadline:
    """Deadline of one request, `seconds` from now on."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until = time.monotonic() + seconds
        self._left = False

    def begin(self) -> None:
        """Work begins now; what was waited before is not counted."""
        self._until = time.monotonic() + self._seconds

    def end(self) -> None:
        """Nobody waits any longer."""
        self._left = True

    def checkpoint(self) -> None:
        """Raises OutOfTime where there is no reason to go on."""
        if self._left:
            raise abandoned()
        if time.monotonic() > self._until:
            raise OutOfTime(
                f"The query exceeded the time limit of {self._seconds:g} seconds",
                limit_hint("request less at once: fewer steps, smaller pages, a range of years", "max_seconds"),
            )


def abandoned() -> OutOfTime:
    """The error of work whose client has left."""
    return OutOfTime("The client has disconnected")


_CURRENT: ContextVar[Deadline | None] = ContextVar("byline_deadline", default=None)


@contextmanager
def deadline_scope(deadline: Deadline | None) -> Iterator[None]:
    """What runs inside checks this deadline."""
    token = _CURRENT.set(deadline)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def checkpoint() -> None:
    """Checkpoint of long work: go on only before the deadline. Raises OutOfTime."""
    if (deadline := _CURRENT.get()) is not None:
        deadline.checkpoint()

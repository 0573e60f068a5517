"""How long a question may go on being worked on: until it has had its seconds, or until nobody waits for the answer any more.

Work that may be long looks now and then whether it is still wanted. Whose patience it has to ask is told by the context in which
it runs, threads that were begun from it included, so that no store and no kernel has to hand it on.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from byline.graph.errors import OutOfTime, settable


class Patience:
    """That of one request, from now on."""

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

    def look(self) -> None:
        """Raises OutOfTime where there is no reason to go on."""
        if self._left:
            raise abandoned()
        if time.monotonic() > self._until:
            raise OutOfTime(
                f"the query was worked on for {self._seconds:g} seconds, which is as long as one may take",
                settable("ask for less at once: fewer steps, smaller pages, a span of years", "max_seconds"),
            )


def abandoned() -> OutOfTime:
    """The error of work whose client has left."""
    return OutOfTime("nobody waits for the answer any more")


_ASKED: ContextVar[Patience | None] = ContextVar("byline_patience", default=None)


@contextmanager
def held(patience: Patience | None) -> Iterator[None]:
    """What runs inside asks this patience."""
    token = _ASKED.set(patience)
    try:
        yield
    finally:
        _ASKED.reset(token)


def look() -> None:
    """Go on only where somebody waits. Raises OutOfTime."""
    if (patience := _ASKED.get()) is not None:
        patience.look()

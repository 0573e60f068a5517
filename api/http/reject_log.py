"""A log of refusals that no flood of them can flood: one line a kind and second, with how many there were."""

import asyncio
import logging
from collections import Counter
from time import monotonic

log = logging.getLogger("byline")
# Seconds for which what follows the first line of its kind is only counted.
INTERVAL = 1.0


class RejectLog:
    """What was refused, by kind. The first is logged at once; those of the second after it together, at its end."""

    def __init__(self, interval: float = INTERVAL) -> None:
        self._interval = interval
        self._quiet_until: dict[str, float] = {}
        self._counted: Counter[str] = Counter()
        self._loop: asyncio.AbstractEventLoop | None = None

    def note(self, kind: str, level: int = logging.WARNING) -> None:
        """One more of a kind: a sentence with nothing in it that a client chose, of which there are few."""
        now = monotonic()
        if now < self._quiet_until.get(kind, 0.0):
            self._counted[kind] += 1
            self._flush_later()
            return
        more, self._quiet_until[kind] = self._counted.pop(kind, 0), now + self._interval
        log.log(level, "%s%s", kind, f" (and {more} times before)" if more else "")

    def flush(self) -> None:
        """Log what was counted so far."""
        self._loop = None
        counted, self._counted = self._counted, Counter()
        for kind, times in counted.items():
            self._quiet_until[kind] = monotonic() + self._interval
            log.warning("%s (%d times more)", kind, times)

    def _flush_later(self) -> None:
        """Outside of an event loop the next of the kind tells of those before it."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        if self._loop is not loop:
            self._loop = loop
            loop.call_later(self._interval, self.flush)


# Of this process: what refuses stands in several places, and a second of all of them is one second.
REJECTS = RejectLog()

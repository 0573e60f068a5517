"""How a serving process keeps its memory: settled once at start, for answers of megabytes and for answers of bytes."""

import asyncio
import ctypes
import gc
import os
import weakref
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from byline.graph.spare_memory import trim

# glibc's mallopt parameters, and what they are set to: blocks up to 32 MiB (its limit) come from the heap, and the heap gives
# memory back only past 128 MiB. By default each long answer is mapped afresh, and the kernel clears its pages again: measured
# on answers of 1.5 MB, 3.1 ms of system time a request against 0.6.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = (-1, 128 << 20), (-3, 32 << 20)
# When the collector runs. An answer of thousands of small dicts, freed by their counts, should not set it off; and no run should
# take long, for every thread waits: over documents that were never seen one took up to 328 ms with (50,000, 20, 20), and up to 39
# with these, for less in all. What is kept is walked seldom.
THRESHOLDS = (10_000, 5, 200)
# Seconds after a swap at which the older snapshot is looked for: by then most of its requests have ended, by the last all.
_AFTER_SWAP = (2.0, 10.0, 60.0)
# Bytes above what a process had when memory was last given back, from which on it is given back again; and looks, one a second,
# over which the process must not have grown by more than the third: while answers are made, their memory is used again.
_SPARE, _STILL, _GROWN = 64 << 20, 3, 1 << 20


class Spare:
    """Gives free memory back to the system once there is much of it and nothing is being made.

    `settle` keeps what answers free for the next ones, in as many arenas as there are threads; after a burst of long requests
    that is hundreds of megabytes for nobody.
    """

    def __init__(self, resident: Callable[[], int] | None = None, give_back: Callable[[], object] = trim) -> None:
        self._resident, self._give_back = resident or _resident, give_back
        self._least = self._last = self._resident()
        self._still = 0

    def look(self, loop: asyncio.AbstractEventLoop) -> None:
        """Called once a second."""
        now = self._resident()
        self._still = self._still + 1 if now - self._last < _GROWN else 0
        self._last, self._least = now, min(self._least, now)
        if self._still >= _STILL and now - self._least > _SPARE:
            self._still, self._least = 0, now
            # Beside the loop: what is given back is looked for in all arenas.
            loop.run_in_executor(None, self._give_back)

    @property
    def wanted(self) -> bool:
        """Whether there is something to give back once it is still."""
        return self._last - self._least > _SPARE


def _resident() -> int:
    """Bytes of the process in memory; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def collect_soon(older: object, forget: Callable[[], object]) -> None:
    """See that a swapped snapshot goes, with its mapped files and descriptors. It does with its last request; where something
    holds it longer, plans are forgotten that such a request bound to it after the swap, and what is left in cycles is collected:
    with the thresholds of `settle` the collector would come late or never. Does nothing outside of an event loop."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return
    for seconds in _AFTER_SWAP:
        loop.call_later(seconds, _collect, weakref.ref(older), forget)


def _collect(older: "weakref.ref[object]", forget: Callable[[], object]) -> None:
    if older() is not None:
        forget()
    # Every thread waits for the collector, so it is not asked without need.
    if older() is not None:
        gc.collect()


def settle() -> None:
    """Keep freed memory for the next answer, and the collector away from what is loaded by now.

    What is loaded stays to the end, so the collector need not walk it again. Arrow takes memory from the C library as well: its
    own allocator keeps a heap a thread, which nothing but that thread gives back. Measured on quantifiers over the Anthology,
    four times sixteen at once: 41 MiB kept against 102, and no slower.
    """
    pa.set_memory_pool(pa.system_memory_pool())
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):
        return  # another C library: its own rules are as good as any
    for parameter, value in (_TRIM_THRESHOLD, _MMAP_THRESHOLD):
        mallopt(parameter, value)

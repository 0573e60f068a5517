"""How a serving process keeps its memory: settled once at start, for answers of megabytes and for answers of bytes."""

import asyncio
import ctypes
import gc

# glibc's mallopt parameters, and what they are set to: blocks up to 32 MiB (its limit) come from the heap, and the heap gives
# memory back only past 128 MiB. By default each long answer is mapped afresh, and the kernel clears its pages again: measured
# on answers of 1.5 MB, 3.1 ms of system time a request against 0.6.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = (-1, 128 << 20), (-3, 32 << 20)


# Seconds after a swap at which cycles are collected: by then most requests of the older snapshot have ended, by the second all.
_AFTER_SWAP = (2.0, 60.0)


def collect_soon() -> None:
    """Collect what a swapped snapshot leaves behind in cycles, its mapped files and descriptors included: with the thresholds of
    `settle` the collector would come late or never. Does nothing outside of an event loop."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return
    for seconds in _AFTER_SWAP:
        loop.call_later(seconds, gc.collect)


def settle() -> None:
    """Keep freed memory for the next answer, and the collector away from what is loaded by now.

    What is loaded stays to the end, so the collector need not walk it again; and an answer of thousands of small dicts,
    freed by their counts, should not set it off.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):
        return  # another C library: its own rules are as good as any
    for parameter, value in (_TRIM_THRESHOLD, _MMAP_THRESHOLD):
        mallopt(parameter, value)

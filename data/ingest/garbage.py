"""Garbage collection during an ingest: reading and building make millions of objects that live on, and nearly no cycles."""

import gc
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from byline.data.remembered import forget
from byline.graph.spare_memory import trim

T = TypeVar("T")

# New objects before the young generation is looked through, and collections of a generation before the next older one is.
THRESHOLDS = (50_000, 20, 100)


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Look for cycles seldom: with Python's own thresholds a fifth of an ingest went into passes that found nothing."""
    before = gc.get_threshold()
    # A threshold of 0 says that the collector is off.
    if all(before):
        gc.set_threshold(*map(max, THRESHOLDS, before))
    try:
        yield
    finally:
        gc.set_threshold(*before)


def moved_together(left: T) -> T:
    """A copy of what reading leaves, so that the memory of reading is given back: Python frees an arena of a MiB when nothing in
    it lives, and a few notices and cached names lie in nearly every one."""
    forget()
    copy: T = pickle.loads(pickle.dumps(left))
    trim()
    return copy

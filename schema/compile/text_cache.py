"""Least-recently-used cache, bounded in entries and in characters: what nobody asks for any more makes room for what is new."""

from collections import OrderedDict
from collections.abc import Iterator
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")
# No single text may take more than this part of the characters that a cache holds, or it would push out all others.
_LARGEST_SHARE = 8


class TextCache(Generic[T]):
    """Values by the texts they were made from. Holds at most `entries` texts with at most `characters` between them."""

    def __init__(self, entries: int, characters: int) -> None:
        self._entries, self._characters = entries, characters
        self._values: OrderedDict[str, T] = OrderedDict()
        self._held = 0
        # Large documents are read in a thread, which puts them here.
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._values)

    def values(self) -> Iterator[T]:
        """The values, those used longest ago first."""
        with self._lock:
            return iter(list(self._values.values()))

    def get(self, text: str) -> T | None:
        """The value of a text, which counts as used now; None where there is none."""
        # Without the lock, which costs more than both: each step is one of the interpreter's, and a text that goes between them
        # is one that was held until now.
        value = self._values.get(text)
        if value is not None:
            try:  # noqa: SIM105  # suppress() costs as much as the lock
                self._values.move_to_end(text)
            except KeyError:
                pass
        return value

    def peek(self, text: str) -> T | None:
        """The same without counting as a use, and without waiting."""
        return self._values.get(text)

    def put(self, text: str, value: T) -> None:
        """Hold a value; those used longest ago go. A text that is too long to be held is passed over."""
        if not self._entries or len(text) * _LARGEST_SHARE > self._characters:
            return
        with self._lock:
            if text in self._values:
                self._held -= len(text)
            self._values[text] = value
            self._values.move_to_end(text)
            self._held += len(text)
            while len(self._values) > self._entries or self._held > self._characters:
                oldest, _ = self._values.popitem(last=False)
                self._held -= len(oldest)

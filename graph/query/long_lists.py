"""The longest list of an answer, which is written a stretch at a time, and what stands around it."""

import secrets
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from byline.graph.query.encoders import Col

# Stands for the list in the answer around it. Nobody can know it, so no text of an answer can hold it.
MARK = secrets.token_hex(16)
# From a stretch of the list's entries to their column.
Stretch: TypeAlias = Callable[[int, int], Coroutine[Any, Any, Col]]


@dataclass(frozen=True)
class LongList:
    """The list that is written in blocks: how many entries and objects it has, how a stretch of it is made, the part of the plan
    around it with a mark in its place, and at the root what was read for that."""

    count: int
    objects: int
    stretch: Stretch
    around: Any
    read: Any = None

    def inside(self, around: Any, read: Any = None) -> "LongList":
        """The same within a larger part of the plan."""
        return replace(self, around=around, read=read)


def longest(lists: Iterable[LongList | None]) -> LongList | None:
    """The one with most objects."""
    return max((each for each in lists if each), key=lambda each: each.objects, default=None)

"""The closure path: a plan bound to a store as one nest of functions, from the values of its slots to the answer as values.

For answers of up to some hundreds of objects. Reading and putting together are one here: no await, no array, no dispatch on what
a part of the plan is, since all of that was settled when the closures were made.
"""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Protocol, TypeAlias, TypeVar

from byline.graph.model import Kind
from byline.graph.query.encoders import maker
from byline.graph.query.slots import Slot
from byline.graph.store.protocol import Store
from byline.graph.store.small import Pages, SmallReads

T = TypeVar("T")
# The values of a plan's slots.
Bound: TypeAlias = Sequence[Any]
# From what a level is made of and the values of the slots to one value for each of its objects. Levels are rows of a kind; pages
# of a connection, for its parts and, entry by entry, for the members of its edges; at the root there is one object of nothing.
Closure: TypeAlias = Callable[[Any, Bound], list[Any]]


class TooLargeForClosures(Exception):
    """The answer turned out larger than closures are for, or something is to be said beside it: the batched path answers."""


class Unclosable(Exception):
    """A part of a plan that is too heavy for closures: the whole plan takes the batched path."""


def page_count(pages: Pages) -> int:
    """How many pages there are."""
    return len(pages.ends) - 1


def entry_count(pages: Pages) -> int:
    """How many entries all pages have."""
    return len(pages.rows)


def _once(level: object) -> int:
    return 1


@dataclass(frozen=True)
class ClosureCompiler:
    """What closures are made with: the store, what it offers for small batches, and the level they are for: nodes or entries of a
    kind, and how many objects a level has. At the root there is no kind."""

    store: Store
    direct: SmallReads
    kind: Kind | None = None
    count: Callable[[Any], int] = _once

    def nodes(self, kind: Kind) -> "ClosureCompiler":
        """For members of nodes of a kind."""
        return replace(self, kind=kind, count=len)

    def pages(self, kind: Kind) -> "ClosureCompiler":
        """For parts of a connection to nodes of a kind."""
        return replace(self, kind=kind, count=page_count)

    def entries(self) -> "ClosureCompiler":
        """For members of the edges of a connection."""
        return replace(self, count=entry_count)

    def value(self, value_or_slot: Any) -> Callable[[Bound], Any]:
        """A settled value, or that of a slot."""
        if isinstance(value_or_slot, Slot):
            at = value_or_slot.at
            return lambda bound: bound[at]
        return lambda bound: value_or_slot


class _Closes(Protocol):
    """What a member of an object is, as far as closures go."""

    @property
    def key(self) -> str:
        """The response key."""

    def closure(self, small: ClosureCompiler) -> Closure:
        """The member's values. Raises Unclosable."""


def objects(members: Sequence[_Closes], small: ClosureCompiler) -> Closure:
    """Objects with a value for each member."""
    count = small.count
    if not members:
        return lambda level, bound: [{} for _ in range(count(level))]
    make_objects = maker(tuple(member.key for member in members))
    closures = [member.closure(small) for member in members]
    if len(closures) == 1:
        (only,) = closures
        return lambda level, bound: make_objects(only(level, bound))
    return lambda level, bound: make_objects(*[closure(level, bound) for closure in closures])


def run_sync(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end where there is no event loop: the stores of this process never wait for anything."""
    try:
        work.send(None)
    except StopIteration as done:
        answer: T = done.value
        return answer
    work.close()
    raise RuntimeError("a store that waits must be asked on the event loop")


def split(inner: list[Any], ends: list[int]) -> list[Any]:
    """Entries laid end to end as lists."""
    return [inner] if len(ends) == 2 else [inner[start:stop] for start, stop in pairwise(ends)]

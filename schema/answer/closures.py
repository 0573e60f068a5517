"""What the closures of `schema/answer/small.py` and `schema/answer/pages.py` are made of and have in common."""

from collections.abc import Callable, Coroutine, Sequence
from itertools import pairwise
from typing import Any, Protocol, TypeAlias, TypeVar

from byline.graph.model import Kind
from byline.graph.query import ir
from byline.graph.request import Hop, Select
from byline.graph.store.protocol import Store
from byline.graph.store.small import SmallReads

T = TypeVar("T")
# The values of a plan's slots.
Bound: TypeAlias = Sequence[Any]
# From rows and the values of the slots to one value a row.
Member: TypeAlias = Callable[[Sequence[int], Bound], list[Any]]


class TooLargeForClosures(Exception):
    """The answer turned out larger than closures are for, or something is to be said beside it: the general way answers."""


class Unclosable(Exception):
    """A part of a plan that is too heavy for closures, or that they do not know: the whole plan goes the general way."""


class Nodes(Protocol):
    """What makes closures for nodes; `schema/answer/pages.py` asks it for those inside of connections."""

    store: Store
    direct: SmallReads

    def nodes(self, shape: ir.Shape) -> Member:
        """Objects of one kind, one a row."""

    def far(self, hop: Hop, select: Select, shape: ir.Shape) -> Member:
        """The far ends of a hop as a plain list for each row."""

    def value(self, given: Any) -> Callable[[Bound], Any]:
        """A settled value, or that of a slot."""


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


def kind_shown(listing: "ir.Listing | ir.Evidence") -> Kind:
    """What the entries of a connection are."""
    return listing.kind if isinstance(listing, ir.Listing) else Kind.PAPER

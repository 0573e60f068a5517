"""What executing an operator leaves: rows and lists of rows. Their columns are read once the size of the answer is known.

A long answer is put together a stretch at a time, so that it is never there twice: each read can be cut.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from byline.graph.store.protocol import Offsets


class Read:
    """What was read for a batch: a batch of nodes, or of lists."""

    # Whether in a connection there is one of it for each entry; else one for each page.
    by_entry: ClassVar[bool] = False

    @property
    def objects(self) -> int:
        """About how many objects an answer shows of it."""
        return 0

    def cut(self, start: int, stop: int) -> "Read":
        """What there is of it for the entries from `start` to `stop` of its batch. Raises TypeError where it cannot be cut."""
        raise TypeError(f"{type(self).__name__} cannot be cut")


def cut(read: Any, start: int, stop: int) -> Any:
    """The same of anything that an operator left. Raises TypeError for what cannot be cut."""
    if read is None:
        return None
    if not isinstance(read, Read):
        raise TypeError(f"{type(read).__name__} cannot be cut")
    return read.cut(start, stop)


def cut_each(inner: Mapping[str, Any], start: int, stop: int) -> dict[str, Any]:
    """What the members of a level read, cut."""
    return {key: cut(read, start, stop) for key, read in inner.items()}


def objects_of(inner: Mapping[str, Any]) -> int:
    """About how many objects the members of a level show."""
    return sum(read.objects for read in inner.values() if isinstance(read, Read))


def offsets_between(offsets: Offsets, start: int, stop: int) -> Offsets:
    """The offsets of some lists, from nought."""
    between: Offsets = offsets[start : stop + 1] - offsets[start]
    return between

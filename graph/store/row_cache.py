"""What was made of rows lately: the same people and papers are shown again and again."""

from collections.abc import Callable, Sequence
from typing import Any

from byline.graph.store.small import picked

# Texts of a column that are kept, with their dictionary some 13 MB; and how many bytes the texts of a column that is kept have in
# the mean: names, titles and ids, no abstracts.
MOST, _SHORT = 1 << 16, 100


class RowCache:
    """A reader of rows, one value each, before which what it read stays: `most` values, then it begins anew. For one thread."""

    def __init__(self, read: Callable[[Sequence[int]], list[Any]], most: int = MOST) -> None:
        self._read = read
        self._most = most
        self._values: dict[int, Any] = {}

    def __call__(self, rows: Sequence[int]) -> list[Any]:
        """The values at some rows."""
        try:
            return picked(self._values, rows)
        except KeyError:
            return self._filled(rows)

    def _filled(self, rows: Sequence[int]) -> list[Any]:
        if len(rows) > self._most:
            return self._read(rows)
        values = self._values
        if len(values) + len(rows) > self._most:
            values.clear()
        missing = [row for row in rows if row not in values]
        values.update(zip(missing, self._read(missing), strict=True))
        return picked(values, rows)


def short(size: int, count: int) -> bool:
    """Whether a column of so many bytes and texts is one to keep texts of."""
    return size <= count * _SHORT

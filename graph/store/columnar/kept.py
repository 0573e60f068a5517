"""Short texts that were read lately, as Python strings: the same names, titles and ids are shown again and again."""

from collections.abc import Callable, Sequence
from typing import Any

# Texts of a column that are kept, with their dictionary some 13 MB; and how many bytes the texts of a column that is kept have in
# the mean: names, titles and ids, no abstracts.
_MOST, _SHORT = 1 << 16, 100


class Kept:
    """A reader of one column before which what it read stays. For one thread."""

    def __init__(self, read: Callable[[Sequence[int]], list[Any]]) -> None:
        self._read = read
        self._texts: dict[int, Any] = {}
        self._of = self._texts.__getitem__

    def __call__(self, rows: Sequence[int]) -> list[Any]:
        """The values at some rows."""
        try:
            return list(map(self._of, rows))
        except KeyError:
            return self._filled(rows)

    def _filled(self, rows: Sequence[int]) -> list[Any]:
        texts = self._texts
        if len(texts) + len(rows) > _MOST:
            texts.clear()
        missing = [row for row in rows if row not in texts]
        if len(missing) > _MOST:
            return self._read(rows)
        texts.update(zip(missing, self._read(missing), strict=True))
        return list(map(self._of, rows))


def short(size: int, count: int) -> bool:
    """Whether a column of so many bytes and texts is one to keep texts of."""
    return size <= count * _SHORT

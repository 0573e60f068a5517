"""A byte for each person, lent to one search after the other, so that a question costs what it looks at and not what there is."""

import numpy as np
import numpy.typing as npt

from byline.graph.store.protocol import Rows

Bytes = npt.NDArray[np.uint8]


class Marks:
    """Arrays of zeros to lend. Searches beside each other get arrays of their own."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._free: list[Bytes] = []

    def lent(self) -> "Lent":
        """Marks for one search, for a `with`."""
        try:
            return Lent(self._free.pop(), self._free)
        except IndexError:
            return Lent(np.zeros(self._size, np.uint8), self._free)


class Lent:
    """Marks in use: `of` is what each person has, 0 for none; written by `put` alone, cleared and given back when done."""

    def __init__(self, of: Bytes, back: list[Bytes]) -> None:
        self.of = of
        self._back = back
        self._put: list[Rows] = []

    def put(self, rows: Rows, mark: int) -> None:
        """Give some people a mark."""
        self._put.append(rows)
        self.of[rows] = mark

    def __enter__(self) -> "Lent":
        return self

    def __exit__(self, *failed: object) -> None:
        if sum(map(len, self._put)) > len(self.of) >> 4:
            self.of.fill(0)
        else:
            for rows in self._put:
                self.of[rows] = 0
        self._back.append(self.of)

"""Extent of JSON: how many values it holds, counted on its bytes before anything is made of them.

A megabyte of `{},` is 42 ms in one step of the parser, which holds every thread; its first block here takes half of one. Blocks
are arrays, over which numpy lets the other threads run.
"""

import numpy as np

from byline.api.settings import Settings
from byline.schema.compile.extent import too_many_values

# Bytes that are looked at in one go; what is refused has one more than it needs at most.
_BLOCK = 1 << 15
_QUOTE, _COMMA, _SPACE = ord('"'), ord(","), ord(" ")
# `[` and `{`, `]` and `}`, are the same two once this bit is set.
_CURLY, _OPEN, _CLOSE = 0x20, ord("{"), ord("}")
# What nests deeper is no JSON to the parser, which comes no further.
_LEVELS = 1024


class Extent:
    """The values of a text of JSON that comes in blocks."""

    def __init__(self) -> None:
        self.values, self.depth, self.deepest = 1, 0, 0
        self._within, self._opened, self._cut = 0, False, b""

    def add(self, block: bytes) -> None:
        """Count a block. Each comma is one more value, and so is the first one of a list or an object that has any."""
        marks = np.frombuffer(self._unescaped(block), np.uint8)
        if not marks.size:
            return
        within = (np.cumsum(marks == _QUOTE, dtype=np.uint32) + self._within) & 1
        self._within = int(within[-1])
        # The quote that ends a text stays, so that a list that holds but a text is not empty.
        marks = marks[(within == 0) & (marks > _SPACE)]
        if not marks.size:
            return
        opens, closes = (marks | _CURLY) == _OPEN, (marks | _CURLY) == _CLOSE
        self.values += int(np.count_nonzero(marks == _COMMA)) + int(np.count_nonzero(opens))
        self.values -= int(np.count_nonzero(opens[:-1] & closes[1:])) + int(self._opened and closes[0])
        self._opened = bool(opens[-1])
        levels = np.cumsum(opens.astype(np.int32) - closes, dtype=np.int32) + self.depth
        self.depth, self.deepest = int(levels[-1]), max(self.deepest, int(levels.max()))

    def _unescaped(self, block: bytes) -> bytes:
        """The block without escaped quotes; a backslash at its end waits for what it escapes."""
        block = self._cut + block
        self._cut = b""
        if b"\\" not in block:
            return block
        block = block.replace(b"\\\\", b"")
        if block.endswith(b"\\"):
            self._cut, block = b"\\", block[:-1]
        return block.replace(b'\\"', b"")


def check_values(data: bytes, settings: Settings) -> None:
    """Raises TooCostly for JSON that holds more values than any request can ask with.

    Variables that are no list or object are not counted where values are; a document has fewer of them than tokens.
    """
    most = settings.max_values + settings.max_tokens
    if sum(map(data.count, (b",", b"{", b"["))) < most:
        return
    extent = Extent()
    for at in range(0, len(data), _BLOCK):
        extent.add(data[at : at + _BLOCK])
        if extent.deepest > _LEVELS:
            return
        if extent.values > most:
            raise too_many_values(extent.values, settings.limits())

"""The terminal: what commands print and log lines, without signs that a terminal obeys or that hide what is written.

Names, file names and reasons may hold anything. All of it passes here on its way out, and comes out as escapes are written.
"""

import logging
import unicodedata
from typing import Any

from rich.console import Console

# Control, format and surrogate characters, and the ends of lines and paragraphs of Unicode.
_OBEYED = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
# Joiners are letters of some scripts; lines and tabs are ours.
_KEPT = "\u200c\u200d\n\t"


def printable(text: str) -> str:
    """A text as it may be printed: lines and tabs stay, all else that is no visible sign is escaped."""
    if text.isprintable():
        return text
    return "".join(each if each in _KEPT or unicodedata.category(each) not in _OBEYED else repr(each)[1:-1] for each in text)


class Terminal(Console):
    """A console of which every printed text is printable."""

    def print(self, *objects: Any, **ways: Any) -> None:
        """As rich's, with texts made printable."""
        super().print(*(printable(each) if isinstance(each, str) else each for each in objects), **ways)


class Formatter(logging.Formatter):
    """Log lines that are printable; what a message holds cannot begin a line of its own."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """One line."""
        return printable(super().formatMessage(record)).replace("\n", "\\n")

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """The lines of a traceback."""
        return printable(super().formatException(ei))

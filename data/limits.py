"""Limits of the files that are read: how far they may unpack, how long and deep a record may be, how many members it may have.

An ingest sets them for all that it reads (`limited`); outside of one those of the class stand. They are told by the context, as
a request's deadline is, so that no source has to hand them on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

# A file may unpack to so much whatever its packed size: small ones are often nothing but one line again and again.
UNPACKED_AT_LEAST = 64 << 20
# A file that is one value, such as a list, may have so many times the members of a record.
VALUES_IN_ONE = 10


@dataclass(frozen=True)
class Limits:
    """The limits, by the names that they have as settings."""

    max_unpacked_mb: int = 65536
    max_unpack_ratio: int = 200
    max_record_bytes: int = 16 << 20
    max_document_bytes: int = 256 << 20
    max_record_members: int = 1_000_000
    max_record_depth: int = 64

    def unpacked(self, packed: int) -> int:
        """The most bytes that a file of so many packed ones may unpack to."""
        return min(self.max_unpacked_mb << 20, max(UNPACKED_AT_LEAST, packed * self.max_unpack_ratio))


DEFAULT = Limits()
_CURRENT: ContextVar[Limits] = ContextVar("byline_file_limits", default=DEFAULT)


def limits() -> Limits:
    """Those that hold here."""
    return _CURRENT.get()


@contextmanager
def limited(own: Limits) -> Iterator[None]:
    """Have all files within be read under these."""
    token = _CURRENT.set(own)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def bound(name: str, unit: str = "") -> str:
    """What a limit is and which setting holds it, in words: for the hint of a refusal."""
    return f"at most {getattr(limits(), name):,}{unit and f' {unit}'}, by BYLINE_{name.upper()}"


def too_long(what: str = "record") -> str:
    """Why a record is refused that is longer than one may be."""
    return f"is too long for a {what}: {bound('max_record_bytes', 'bytes')}"


def too_many() -> str:
    """Why a record is refused that has more members and entries than one may have."""
    return f"has too many members and entries for a record: {bound('max_record_members')}"


def too_many_in_all() -> str:
    """Why a file is refused that is one value with more members and entries than such a one may have."""
    return f"has too many members and entries to be read as one value: {VALUES_IN_ONE} times {bound('max_record_members')}"


def too_deep() -> str:
    """Why a record is refused whose members are nested deeper than they may be."""
    return f"is nested too deep for a record: {bound('max_record_depth', 'levels')}"

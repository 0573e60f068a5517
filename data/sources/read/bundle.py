"""The files inside a folder or an archive (`.tar`, `.tar.gz`, `.tar.zst`), streamed one after the other in pieces."""

import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Self, cast

from byline.data.notices import quoted
from byline.data.sources.read.packed import CHUNK, chunks
from byline.graph.errors import SourceFailed, describe

# What an entry may say of itself beside its head: a long name, a day.
_LONGEST = 1 << 16
_LONG_NAMED = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)


def is_archive(path: Path) -> bool:
    """Whether the name is that of an archive."""
    return path.name.endswith((".tar", ".tar.gz", ".tgz", ".tar.zst"))


def members(path: Path, wanted: Callable[[str], bool]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Name and pieces of each wanted file of an archive, in its order. The pieces are to be read before the next file.

    Raises SourceFailed where the archive is missing, damaged or cut short.
    """
    with _whole(path), tarfile.open(fileobj=cast(Any, _Unpacked(path)), mode="r|", tarinfo=_Entry) as archive:
        for member in archive:
            if member.isreg() and wanted(member.name) and (file := archive.extractfile(member)):
                yield member.name, _pieces(file, path)
            # A stream is never asked for a file again, and the list of them grows with the archive.
            cast(Any, archive).members = []


def _pieces(file: IO[bytes], path: Path) -> Iterator[bytes]:
    with _whole(path):
        while piece := file.read(CHUNK):
            yield piece


@contextmanager
def _whole(path: Path) -> Iterator[None]:
    """Tell what tar says of a damaged archive as our own error. Heads that follow heads are read by recursion."""
    try:
        yield
    except (tarfile.TarError, ValueError, RecursionError) as error:
        raise SourceFailed(f"{path} is no whole archive: {describe(error)}", "get the file again") from None


class _Entry(tarfile.TarInfo):
    """An entry of an archive, refused where reading its head alone would take any amount of memory."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        entry = super().frombuf(buf, encoding, errors)
        if entry.type == tarfile.GNUTYPE_SPARSE or (entry.type in _LONG_NAMED and entry.size > _LONGEST):
            raise _no_entry(entry.name)
        return entry

    def _proc_gnusparse_10(self, *_: Any) -> None:
        # tarfile's own reads a list of any length into memory. Where it has no such method any more, this is none of its either.
        raise _no_entry(self.name)


def _no_entry(name: str) -> SourceFailed:
    reason = f"the archive has an entry with holes, or with a head that is too long: {quoted(name)}"
    return SourceFailed(reason, "pack it anew, by tar without options")


class _Unpacked:
    """The one method of a file that a stream of tar needs."""

    def __init__(self, path: Path) -> None:
        self._chunks = chunks(path)
        self._rest = b""

    def read(self, size: int) -> bytes:
        parts, have = [self._rest], len(self._rest)
        while have < size and (chunk := next(self._chunks, None)) is not None:
            parts.append(chunk)
            have += len(chunk)
        whole = b"".join(parts)
        self._rest = whole[size:]
        return whole[:size]

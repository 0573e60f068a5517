"""Packed files: the one place where the files of a source are opened, and where they are unpacked within their bounds.

Bytes come in pieces of bounded size, whatever a few packed ones stand for; a file that unpacks too far, or ends too early, is an
error.
"""

import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, cast

import pyarrow as pa

from byline.data.limits import UNPACKED_AT_LEAST, bound, limits
from byline.graph.errors import SourceFailed, describe

CHUNK = 1 << 20
_PACKED = (".gz", ".tgz", ".zst")
# Of the methods of a zip, those that unpack into pieces of bounded size.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def chunks(path: Path) -> Iterator[bytes]:
    """The bytes of a file in pieces of at most a MiB, unpacked where its name ends in `.gz`, `.tgz` or `.zst`.

    Raises SourceFailed where the file is missing, unreadable, damaged, cut short, or unpacks too far.
    """
    try:
        pieces = _chunks(path)
        yield from _bounded(pieces, path, path.stat().st_size, str(path)) if path.suffix in _PACKED else pieces
    except EOFError:
        raise SourceFailed(f"{path} is cut short: the compressed data ends too early", "get the file again") from None
    except (gzip.BadGzipFile, zlib.error, _Damaged) as error:
        raise SourceFailed(
            f"{path} cannot be read: it is damaged, or not packed as its name says ({describe(error)})", "get the file again"
        ) from error
    except OSError as error:
        raise SourceFailed(f"{path} cannot be read: {describe(error)}") from error


def whole(path: Path) -> bytes:
    """All bytes of a file that is read as one value. Raises SourceFailed as `chunks`, and where there are too many."""
    return joined(chunks(path), str(path))


def joined(pieces: Iterable[bytes], shown: str) -> bytes:
    """The pieces of what is read as one value. Raises SourceFailed where they are too many bytes."""
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) > limits().max_document_bytes:
            raise SourceFailed(f"{shown} is too long to be read as a whole", bound("max_document_bytes", "bytes"))
    return bytes(held)


def zipped(path: Path, chosen: Callable[[list[str]], str]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Name and pieces of one file in a zip, the one that is chosen of all names. Raises SourceFailed as `chunks`."""
    try:
        with zipfile.ZipFile(path) as archive:
            name = chosen(archive.namelist())
            about = archive.getinfo(name)
            if about.compress_type not in _METHODS:
                raise SourceFailed(f"{path}: {name} is packed in a way that is not read", "pack it anew, deflated")
            with archive.open(about) as file:
                yield name, _bounded(_pieces(file), path, about.compress_size, f"{path}: {name}")
    except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, EOFError) as error:
        raise SourceFailed(f"{path} cannot be read: {describe(error)}") from error


class _Damaged(Exception):
    """Packed data that cannot be unpacked."""


def _bounded(pieces: Iterator[bytes], path: Path, packed: int, shown: str) -> Iterator[bytes]:
    """The pieces, as long as they are no more than so many packed bytes may unpack to."""
    # A zip may state more than there is.
    most, size = limits().unpacked(min(packed, path.stat().st_size)), 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise SourceFailed(
                f"{shown} unpacks too far: {packed:,} bytes stand for more than {most:,}",
                f"{bound('max_unpack_ratio', 'bytes for each')}, {UNPACKED_AT_LEAST:,} for small files, and "
                f"{bound('max_unpacked_mb', 'MiB')}; unpack the file by hand if it is in order",
            )
        yield piece


def _chunks(path: Path) -> Iterator[bytes]:
    if path.suffix == ".zst":
        yield from _zstd(path)
        return
    with gzip.open(path) if path.suffix in _PACKED else path.open("rb") as file:
        yield from _pieces(cast(Any, file))


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(CHUNK):
        yield piece


def _zstd(path: Path) -> Iterator[bytes]:
    # Arrow's stream reader tells where the data is cut, and its pieces are bounded; of zstandard's no reader does both.
    with path.open("rb") as file:
        if not file.read(1):
            raise EOFError
        file.seek(0)
        try:
            with pa.CompressedInputStream(pa.PythonFile(file, "r"), "zstd") as stream:
                yield from _pieces(stream)
        except OSError as error:
            if error.errno is not None:
                raise
            if "Truncated" in str(error):
                raise EOFError from None
            raise _Damaged(str(error)) from None

"""The lines of a file that may be compressed, streamed. A file that ends too early is an error, never a short file."""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

import zstandard

from data.sources.encoding import as_utf8
from graph.errors import SourceFailed, in_words

_CHUNK = 1 << 20


def lines(path: Path) -> Iterator[bytes]:
    """Each line without its end, in order; `.gz` and `.zst` are unpacked on the way, UTF-16 and UTF-32 become UTF-8.

    Raises SourceFailed where the file is missing, unreadable, damaged or cut short.
    """
    rest: list[bytes] = []
    for chunk in as_utf8(chunks(path)):
        first, *more = chunk.split(b"\n")
        rest.append(first)
        if more:
            yield b"".join(rest).removesuffix(b"\r")
            for line in more[:-1]:
                yield line.removesuffix(b"\r")
            rest = [more[-1]]
    if last := b"".join(rest):
        yield last.removesuffix(b"\r")


def chunks(path: Path) -> Iterator[bytes]:
    """The bytes of a file in pieces of any size, unpacked where its name ends in `.gz`, `.tgz` or `.zst`.

    Raises SourceFailed where the file is missing, unreadable, damaged or cut short.
    """
    try:
        yield from _chunks(path)
    except EOFError:
        raise SourceFailed(f"{path} is cut short: the compressed data ends too early", "get the file again") from None
    except (gzip.BadGzipFile, zlib.error, zstandard.ZstdError) as error:
        raise SourceFailed(
            f"{path} cannot be read: it is damaged, or not packed as its name says ({in_words(error)})", "get the file again"
        ) from error
    except OSError as error:
        raise SourceFailed(f"{path} cannot be read: {in_words(error)}") from error


def _chunks(path: Path) -> Iterator[bytes]:
    if path.suffix == ".zst":
        yield from _zstd(path)
        return
    with gzip.open(path) if path.suffix in (".gz", ".tgz") else path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _zstd(path: Path) -> Iterator[bytes]:
    # The stream readers of zstandard end quietly where the data is cut; a decompressor object knows its frame's end.
    whole = False
    with path.open("rb") as file:
        frame = zstandard.ZstdDecompressor().decompressobj()
        while data := file.read(_CHUNK):
            while data:
                if frame.eof:
                    frame = zstandard.ZstdDecompressor().decompressobj()
                yield frame.decompress(data)
                data = frame.unused_data if frame.eof else b""
            whole = frame.eof
    if not whole:
        raise EOFError

"""Content coding: which answers come through gzip, and the packing, in pieces where they are long and beside the event loop where
it takes long."""

import re
import zlib
from asyncio import to_thread
from collections.abc import AsyncIterator, Iterable, Iterator
from functools import lru_cache

from byline.api.http.gates.head import Header, RequestHead
from byline.graph.query.encoders import Json

Parts = tuple[Json, ...]
# Longer answers go out, and through gzip, in pieces of this size. Each piece wakes the event loop once: with pieces a quarter
# as long, sending 1.5 MB took 0.4 ms instead of 0.2.
CHUNK = 1024 * 1024
# Pieces from this many bytes on are packed in a thread: a millisecond of work and more.
PACKED_BESIDE = 128 * 1024
GZIP: Header = (b"content-encoding", b"gzip")
# How the media types begin whose files are packed as they are; drawings in XML are an exception.
_PACKED_TYPES = (b"image/", b"font/woff", b"audio/", b"video/", b"application/gzip", b"application/zip")
_UNPACKED_IMAGES = (b"image/svg", b"image/bmp", b"image/x-icon", b"image/vnd.microsoft.icon")
_NO_WEIGHT = re.compile(rb"q\s*=\s*0(\.0*)?")
_PARTIAL = 206


def codings(head: RequestHead, size: float) -> bytes:
    """The codings that the client accepts for an answer of a size: none where its HTTP has no chunks and the answer is packed in
    pieces, so that its length is not known when it begins."""
    return head.get(b"accept-encoding") if head.chunked or size < CHUNK else b""


def takes_gzip(head: RequestHead, size: float) -> bool:
    """Whether the client accepts gzip for an answer of a size."""
    return names_gzip(codings(head, size))


@lru_cache(256)
def names_gzip(accepted: bytes) -> bool:
    """Whether gzip is named, and not by `q=0` as what must not be (RFC 9110, 12.5.3)."""
    for entry in accepted.lower().split(b","):
        name, *parameters = (part.strip() for part in entry.split(b";"))
        if name == b"gzip":
            return not any(_NO_WEIGHT.fullmatch(parameter) for parameter in parameters)
    return False


def is_packable(status: int, lines: Iterable[Header]) -> bool:
    """Whether gzip makes an answer shorter and leaves it what it is: it is not packed already, and no range of bytes."""
    headers = dict(lines)
    type_ = headers.get(b"content-type", b"").lower()
    packed_already = type_.startswith(_PACKED_TYPES) and not type_.startswith(_UNPACKED_IMAGES)
    return not packed_already and status != _PARTIAL and GZIP[0] not in headers


def packed(parts: Parts) -> bytes:
    """All of it through gzip."""
    packer = _packer()
    return packer.compress(b"".join(parts)) + packer.flush()


async def packed_whole(body: Json) -> bytes:
    """A body of at most one piece through gzip."""
    return await to_thread(packed, (body,)) if len(body) >= PACKED_BESIDE else packed((body,))


class Packer:
    """A body through gzip, piece by piece: no more than one piece of it is packed at a time."""

    def __init__(self) -> None:
        self._packer = _packer()

    async def pieces(self, body: Json, more: bool) -> AsyncIterator[bytes]:
        """What comes of the next part of the body, and of the end of it where no more comes."""
        for chunk in chunks((body,)):
            beside = len(chunk) >= PACKED_BESIDE
            yield await to_thread(self._packer.compress, chunk) if beside else self._packer.compress(chunk)
        if not more:
            yield self._packer.flush()


def chunks(parts: Parts) -> Iterator[memoryview]:
    """The parts in pieces that the socket takes one at a time: a long answer is not copied as a whole."""
    for part in parts:
        view = memoryview(part)
        yield from (view[at : at + CHUNK] for at in range(0, len(view), CHUNK))


def _packer() -> "zlib._Compress":
    return zlib.compressobj(1, wbits=31)

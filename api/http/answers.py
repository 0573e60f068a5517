"""Writer of planned answers: which lines their heads have, whether they go through gzip and in how many pieces, for every way on
which one leaves."""

import re
from functools import lru_cache

from starlette.types import Scope, Send

from byline.api.http.gates.head import Header, RequestHead
from byline.api.http.origins import Origins
from byline.api.http.packing import CHUNK, PACKED_BESIDE, Parts, chunks, packed, send_packed
from byline.api.http.writer import content_type

# Bytes of an answer that is being sent, in the scope of its request.
UNREAD = "byline.unread"
_NO_WEIGHT = re.compile(rb"q\s*=\s*0(\.0*)?")


def rendered(lines: list[Header]) -> bytes:
    """Header lines as bytes."""
    return b"".join(b"%b: %b\r\n" % line for line in lines)


def _ending(length: bytes, gzipped: bool) -> list[Header]:
    """The lines that depend on the answer."""
    if gzipped:
        return [(b"content-encoding", b"gzip"), (b"vary", b"accept, Accept-Encoding"), (b"content-length", length)]
    return [(b"content-length", length), (b"vary", b"accept")]


_GZIPPED, _AS_IT_IS = (rendered(_ending(b"%d", gzipped)) + b"\r\n" for gzipped in (True, False))


class AnswerWriter:
    """The answers of one application."""

    def __init__(self, origins: Origins, gzip_bytes: int) -> None:
        self._origins = origins
        self._gzip_bytes = gzip_bytes

    def lines(self, head: RequestHead) -> list[Header]:
        """The lines of an answer that depend on the request alone."""
        type_ = _content_type(head.get(b"accept"))
        return [(b"content-type", type_), *self._origins.allow(head.headers.get(b"origin"))]

    def raw(self, begin: bytes, lines: bytes, gzips: bool, parts: Parts) -> bytes | None:
        """The bytes of an answer in one piece, behind its beginning and the lines of its request; None where packing is long."""
        size = sum(map(len, parts))
        if gzips and size >= self._gzip_bytes:
            if size >= PACKED_BESIDE:
                return None
            body = packed(parts)
            return b"".join((begin, lines, _GZIPPED % len(body), body))
        return b"".join((begin, lines, _AS_IT_IS % size, *parts))

    async def send(self, parts: Parts, head: RequestHead, scope: Scope, send: Send) -> None:
        """The same over ASGI, in pieces where it is long."""
        scope[UNREAD] = size = sum(map(len, parts))
        gzipped = size >= self._gzip_bytes and takes_gzip(head)
        lines = self.lines(head) + _ending(str(size).encode(), gzipped)
        # How long it is once it is packed is not known yet.
        lines = lines[:-1] if gzipped else lines
        await send({"type": "http.response.start", "status": 200, "headers": lines})
        if gzipped:
            await send_packed(parts, size, send)
            return
        if size <= CHUNK:
            await send({"type": "http.response.body", "body": b"".join(parts)})
            return
        for chunk in chunks(parts):
            # uvicorn hands the view on to the socket as it is: no copy.
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def takes_gzip(head: RequestHead) -> bool:
    """Whether the client accepts gzip."""
    return names_gzip(head.get(b"accept-encoding"))


@lru_cache(256)
def names_gzip(accepted: bytes) -> bool:
    """Whether gzip is named, and not by `q=0` as what must not be (RFC 9110, 12.5.3)."""
    for entry in accepted.lower().split(b","):
        name, *parameters = (part.strip() for part in entry.split(b";"))
        if name == b"gzip":
            return not any(_NO_WEIGHT.fullmatch(parameter) for parameter in parameters)
    return False


@lru_cache(256)
def _content_type(accept: bytes) -> bytes:
    return content_type(accept.decode("latin-1")).encode()

"""Writer of answers: the one place that says what the head of an answer has beside what whoever answers put there (media type,
ETag, the policy of the page): permission for other origins, gzip, `Vary` and the length.

A planned answer leaves the socket in one piece (`raw`), by lines that are made once for each known head of a request. Whatever
comes over ASGI, planned or not, goes through `outgoing.py`, which asks the same for the lines.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from byline.api.http.gates.head import Header, RequestHead
from byline.api.http.origins import Origins
from byline.api.http.packing import GZIP, PACKED_BESIDE, Parts, codings, is_packable, names_gzip, packed
from byline.api.http.writer import negotiated

# Bytes of an answer that is being sent, in the scope of its request.
UNREAD = "byline.unread"
# In the message that begins an answer to a part of a file, or without its content: the lines of the whole.
WHOLE = "byline.whole"
_KEPT = 256
_LENGTH, _VARY, _ETAG = b"content-length", b"vary", b"etag"


def rendered(lines: Iterable[Header]) -> bytes:
    """Header lines as bytes."""
    return b"".join(b"%b: %b\r\n" % line for line in lines)


@dataclass(frozen=True, slots=True)
class AnswerHead:
    """The lines of a planned answer to a known head, with a place for its length: of one too short for gzip, and of any other,
    which comes through gzip where the client accepts that."""

    short: bytes
    long: bytes
    gzip: bool


class AnswerWriter:
    """The answers of one application."""

    def __init__(self, origins: Origins, gzip_bytes: int) -> None:
        self.origins = origins
        # No bytes become twenty, and an answer that may have none is no longer one.
        self._gzip_bytes = max(gzip_bytes, 1)
        self._planned = lru_cache(_KEPT)(self._make_planned)

    def offers_gzip(self, status: int, given: Iterable[Header], size: float) -> bool:
        """Whether an answer comes through gzip to those who accept it."""
        return size >= self._gzip_bytes and is_packable(status, given)

    def lines(
        self, origin: bytes | None, given: Iterable[Header], offered: bool, gzipped: bool, weak: bool | None = None
    ) -> list[Header]:
        """The lines of an answer but for its length: by the origin of the page that asks, the lines given to the answer, whether
        gzip is offered, whether it is taken, and whether its tag is that of a packed one, as it is where that is taken."""
        lines: list[Header] = []
        varying: list[bytes] = []
        for line in given:
            name = line[0]
            if name == _VARY:
                varying.append(line[1])
            elif name == _ETAG and (gzipped if weak is None else weak):
                # Other bytes of the same content: no longer the same by a strong tag (RFC 9110, 8.8.1).
                lines.append((name, _weak(line[1])))
            elif name != _LENGTH:
                lines.append(line)
        if gzipped:
            lines.append(GZIP)
        if offered:
            varying.append(b"Accept-Encoding")
        if self.origins.names:
            # Caches have to know that an answer depends on it.
            varying.append(b"Origin")
            lines += self.origins.allow(origin)
        if varying:
            lines.append((_VARY, b", ".join(varying)))
        return lines

    def planned(self, head: RequestHead, size: int) -> tuple[list[Header], bool]:
        """The same of a planned answer, and whether it goes through gzip."""
        accepted = head.get(b"accept"), codings(head, size), head.headers.get(b"origin")
        return self._planned(*accepted, size >= self._gzip_bytes)

    def _make_planned(self, accept: bytes, encodings: bytes, origin: bytes | None, long: bool) -> tuple[list[Header], bool]:
        gzipped = long and names_gzip(encodings)
        return self.lines(origin, negotiated(accept), long, gzipped), gzipped

    def known(self, head: RequestHead) -> AnswerHead:
        """What is known of the head of a planned answer by the head of its request."""
        short, _ = self.planned(head, 0)
        long, gzipped = self.planned(head, self._gzip_bytes)
        return AnswerHead(_template(short), _template(long), gzipped)

    def raw(self, begin: bytes, head: AnswerHead, parts: Parts) -> bytes | None:
        """The bytes of a planned answer in one piece, behind its first lines; None where packing it is long."""
        size = sum(map(len, parts))
        if size < self._gzip_bytes:
            return b"".join((begin, head.short % size, *parts))
        if not head.gzip:
            return b"".join((begin, head.long % size, *parts))
        if size >= PACKED_BESIDE:
            return None
        body = packed(parts)
        return b"".join((begin, head.long % len(body), body))


def stated_size(given: Iterable[Header]) -> int | None:
    """The length of an answer by its lines; None where they do not state it."""
    for name, value in given:
        if name == _LENGTH:
            return int(value)
    return None


def length_line(size: int) -> Header:
    """The line that states it, which is the last one."""
    return (_LENGTH, b"%d" % size)


def _template(lines: list[Header]) -> bytes:
    return rendered(lines).replace(b"%", b"%%") + rendered([(_LENGTH, b"%d")]) + b"\r\n"


def _weak(tag: bytes) -> bytes:
    return tag if tag.startswith(b"W/") else b"W/" + tag

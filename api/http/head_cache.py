"""Heads of requests that ask for nothing special, read once and then known by their bytes."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

import httptools

from byline.api.http.body import JSON
from byline.api.http.origins import ANY_HOST, Header, Hosts, Origins
from byline.api.http.writer import media_type

_TYPES = {JSON.encode(), f"{JSON}; charset=utf-8".encode(), f"{JSON};charset=utf-8".encode()}
# Headers that change how a request is to be read: one that has any of them twice, or at all, goes the long way.
_ONCE = {b"content-type", b"content-length", b"accept", b"accept-encoding", b"origin"}
_NEVER = {b"content-encoding", b"transfer-encoding", b"expect", b"upgrade", b"trailer", b"te"}
_NO_WEIGHT = re.compile(rb"q\s*=\s*0(\.0*)?")
_LONGEST_HEAD, _KEPT_HEADS = 4096, 1024


@dataclass(frozen=True, slots=True)
class Head:
    """The bytes of a head, the lengths of it, of its body and of both, the header lines of the answer that depend on the request,
    whether it may be compressed."""

    raw: bytes
    size: int
    length: int
    whole: int
    lines: bytes
    gzip: bool


@dataclass
class HeadCache:
    """The heads that were seen, by their bytes: what may go the short way, and None for what may not."""

    max_bytes: int
    origins: Origins
    hosts: Hosts = ANY_HOST
    _known: dict[bytes, Head | None] = field(default_factory=dict)

    def get(self, head: bytes) -> Head | None:
        """What a head, its blank line included, says; None where it has to go the long way."""
        try:
            return self._known[head]
        except KeyError:
            pass
        if len(head) > _LONGEST_HEAD:
            return None
        if len(self._known) >= _KEPT_HEADS:
            self._known.clear()
        found = self._known[head] = self._read(head)
        return found

    def _read(self, head: bytes) -> Head | None:
        collected = _Collected()
        parser = httptools.HttpRequestParser(collected)
        try:
            parser.feed_data(head)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            return None
        headers = dict(collected.headers)
        names = [name for name, _ in collected.headers]
        if parser.get_method() != b"POST" or collected.url != b"/graphql" or parser.get_http_version() != "1.1":
            return None
        if not (collected.complete and parser.should_keep_alive() and plain(headers)) or _NEVER.intersection(names):
            return None
        if any(names.count(name) > 1 for name in _ONCE):
            return None
        if not self.hosts.fits([value for name, value in collected.headers if name == b"host"]):
            return None
        length = length_of(headers, self.max_bytes)
        if length is None:
            return None
        lines = b"".join(b"%b: %b\r\n" % line for line in fields(headers, self.origins))
        return Head(head, len(head), length, len(head) + length, lines, takes_gzip(headers))


class _Collected:
    """What httptools finds in a head."""

    def __init__(self) -> None:
        self.url = b""
        self.headers: list[Header] = []
        self.complete = False

    def on_url(self, url: bytes) -> None:
        self.url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        self.complete = True


def plain(headers: dict[bytes, bytes]) -> bool:
    """Whether a body is JSON as it is."""
    return headers.get(b"content-type", b"").lower() in _TYPES and b"content-encoding" not in headers


def length_of(headers: dict[bytes, bytes], most: int) -> int | None:
    """The stated length of the body; None where it is not stated or above `most`."""
    stated = headers.get(b"content-length", b"")
    return int(stated) if stated.isdigit() and int(stated) <= most else None


def takes_gzip(headers: dict[bytes, bytes]) -> bool:
    """Whether the client accepts gzip."""
    return _names_gzip(headers.get(b"accept-encoding", b""))


@lru_cache(256)
def _names_gzip(accepted: bytes) -> bool:
    """Whether gzip is named, and not by `q=0` as what must not be (RFC 9110, 12.5.3)."""
    for entry in accepted.lower().split(b","):
        name, *parameters = (part.strip() for part in entry.split(b";"))
        if name == b"gzip":
            return not any(_NO_WEIGHT.fullmatch(parameter) for parameter in parameters)
    return False


def fields(headers: dict[bytes, bytes], origins: Origins) -> list[Header]:
    """The headers of an answer that depend on those of the request."""
    return [(b"content-type", _content_type(headers.get(b"accept", b""))), *origins.allow(headers.get(b"origin"))]


@lru_cache(256)
def _content_type(accept: bytes) -> bytes:
    return f"{media_type(accept.decode('latin-1'))}; charset=utf-8".encode()

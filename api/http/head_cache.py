"""Heads of requests that ask for nothing special, read once, with what the gates say of them, and then known by their bytes."""

from dataclasses import dataclass, field

import httptools

from byline.api.http.answers import AnswerHead, AnswerWriter
from byline.api.http.gates.accept import is_acceptable
from byline.api.http.gates.body import fitting_length
from byline.api.http.gates.content_type import is_usual
from byline.api.http.gates.head import Header, RequestHead
from byline.api.http.gates.hosts import ANY_HOST, Hosts
from byline.api.http.version import HEADER

# Where GraphQL is asked.
ENDPOINT = "/graphql"
# Headers that change how a request is to be read or answered: one that has any of them twice, or at all, goes the long way.
_ONCE = {b"content-type", b"content-length", b"accept", b"accept-encoding", b"origin"}
_NEVER = {b"content-encoding", b"transfer-encoding", b"expect", b"trailer", b"te", HEADER}
_LONGEST_HEAD, _MAX_HEADS = 4096, 1024


@dataclass(frozen=True, slots=True)
class Head:
    """The bytes of a head, the lengths of it, of its body and of both, and what is known of the head of the answer."""

    raw: bytes
    size: int
    length: int
    whole: int
    answer: AnswerHead


@dataclass
class HeadCache:
    """The heads that were seen, by their bytes: what may go the short way, and None for what may not."""

    max_bytes: int
    writer: AnswerWriter
    hosts: Hosts = ANY_HOST
    _heads: dict[bytes, Head | None] = field(default_factory=dict)

    def get(self, head: bytes) -> Head | None:
        """What a head, its blank line included, says; None where it has to go the long way."""
        try:
            return self._heads[head]
        except KeyError:
            pass
        if len(head) > _LONGEST_HEAD:
            return None
        if len(self._heads) >= _MAX_HEADS:
            self._heads.clear()
        parsed = self._heads[head] = self._read(head)
        return parsed

    def _read(self, head: bytes) -> Head | None:
        collected = _Collected()
        parser = httptools.HttpRequestParser(collected)
        try:
            parser.feed_data(head)
        except httptools.HttpParserUpgrade:
            # Asked for and never made (`upgrades.py`); the head is there. CONNECT is no POST.
            pass
        except httptools.HttpParserError:
            return None
        names = [name for name, _ in collected.headers]
        if parser.get_method() != b"POST" or collected.url != ENDPOINT.encode() or parser.get_http_version() != "1.1":
            return None
        if not (collected.complete and parser.should_keep_alive()) or _NEVER.intersection(names):
            return None
        if any(names.count(name) > 1 for name in _ONCE):
            return None
        return self._passed(head, RequestHead("POST", collected.headers, dict(collected.headers)))

    def _passed(self, raw: bytes, head: RequestHead) -> Head | None:
        """A head that is understood, once it is through the gates; the long way tells of what they refuse."""
        length = fitting_length(head, self.max_bytes)
        if length is None or not is_usual(head) or not is_acceptable(head) or not self.hosts.fits(head):
            return None
        return Head(raw, len(raw), length, len(raw) + length, self.writer.known(head))


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

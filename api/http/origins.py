"""Which web pages may read answers (CORS): those of other origins get no permission unless they are named."""

from dataclasses import dataclass

from byline.api.http.gates.head import Header, RequestHead
from byline.api.http.gates.hosts import ANY, listed
from byline.api.http.gates.method import METHODS
from byline.graph.errors import PreflightRefused

_PRIVATE = b"access-control-request-private-network"
_METHOD, _HEADERS = b"access-control-request-method", b"access-control-request-headers"
_METHODS = tuple(method.encode() for method in METHODS)
# Seconds for which a browser may keep what it was told.
_KEPT = b"600"


@dataclass(frozen=True, slots=True)
class Origins:
    """The origins whose pages may read answers."""

    names: frozenset[bytes]

    @classmethod
    def of(cls, setting: str) -> "Origins":
        """As the setting lists them."""
        return cls(frozenset(name.rstrip("/").encode() for name in listed(setting)))

    @property
    def any(self) -> bool:
        """Whether pages of every origin may."""
        return ANY.encode() in self.names

    def allow(self, origin: bytes | None) -> list[Header]:
        """The lines of an answer to a page of an origin."""
        if origin is None:
            return []
        if self.any:
            return [(b"access-control-allow-origin", b"*")]
        return [(b"access-control-allow-origin", origin)] if origin in self.names else []

    def is_preflight(self, head: RequestHead) -> bool:
        """Whether a browser asks what a page may send (OPTIONS), and there are pages that may send anything."""
        return head.method == "OPTIONS" and bool(self.names) and b"origin" in head.headers and _METHOD in head.headers

    def check_preflight(self, head: RequestHead) -> None:
        """Raises PreflightRefused."""
        refused = []
        if not self.allow(head.get(b"origin")):
            refused.append(f"pages of {_shown(head.get(b'origin'))} may not read answers")
        if head.get(_METHOD) not in _METHODS:
            refused.append(f"GraphQL is asked by GET or POST, not by {_shown(head.get(_METHOD))}")
        if _PRIVATE in head.headers:
            refused.append("a page of a public network gets no way into a private one")
        if refused:
            raise PreflightRefused("; ".join(refused), "the server's BYLINE_ALLOW_ORIGIN names the origins of other pages")

    def preflight_lines(self, head: RequestHead) -> list[Header]:
        """What the answer to a preflight has beside what every answer has."""
        lines = [
            (b"vary", b", ".join((_METHOD.title(), _HEADERS.title(), _PRIVATE.title()))),
            (b"access-control-allow-methods", b", ".join(_METHODS)),
            (b"access-control-max-age", _KEPT),
        ]
        asked = head.headers.get(_HEADERS)
        return lines if asked is None else [*lines, (b"access-control-allow-headers", asked)]


def _shown(value: bytes) -> str:
    return repr(value.decode("latin-1")[:200])

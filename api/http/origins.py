"""Which web pages may read answers (CORS): those of other origins get no permission unless they are named."""

from dataclasses import dataclass

from byline.api.http.gates.head import Header
from byline.api.http.gates.hosts import ANY, listed


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
        if origin in self.names:
            return [(b"access-control-allow-origin", origin), (b"vary", b"origin")]
        return []

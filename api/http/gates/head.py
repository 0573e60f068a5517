"""Request head: what the gates look at, whether it came from the bytes of a socket or with an ASGI scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Header: TypeAlias = tuple[bytes, bytes]
# Headers that are lists: several lines of one are one list (RFC 9110, 5.3).
_LISTS = {b"accept", b"accept-encoding", b"access-control-request-headers", b"content-encoding"}
# Versions of HTTP without chunks (RFC 9112, 6.1).
_UNCHUNKED = ("1.0", "0.9")


@dataclass(frozen=True, slots=True)
class RequestHead:
    """Method and headers, names in small letters. Several lines of a list are joined by commas; of another header that is given
    more than once the last counts."""

    method: str
    lines: Sequence[Header]
    headers: dict[bytes, bytes]
    chunked: bool = True

    @classmethod
    def of(cls, scope: Any) -> "RequestHead":
        """That of an ASGI scope; `chunked` is whether the client's version of HTTP has answers in chunks."""
        lines = scope["headers"]
        headers = dict(lines)
        if len(headers) != len(lines):
            headers |= {name: b", ".join(value for each, value in lines if each == name) for name in _LISTS & headers.keys()}
        return cls(scope["method"], lines, headers, scope.get("http_version") not in _UNCHUNKED)

    def get(self, name: bytes) -> bytes:
        """The value of a header, empty where it is not there."""
        return self.headers.get(name, b"")

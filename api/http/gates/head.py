"""Request head: what the gates look at, whether it came from the bytes of a socket or with an ASGI scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Header: TypeAlias = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class RequestHead:
    """Method and headers, names in small letters. Of a header that is given more than once the last counts."""

    method: str
    lines: Sequence[Header]
    headers: dict[bytes, bytes]

    @classmethod
    def of(cls, scope: Any) -> "RequestHead":
        """That of an ASGI scope."""
        return cls(scope["method"], scope["headers"], dict(scope["headers"]))

    def get(self, name: bytes) -> bytes:
        """The value of a header, empty where it is not there."""
        return self.headers.get(name, b"")

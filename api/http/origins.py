"""Which web pages may read answers (CORS), and for which names of its own the server answers (Host, against DNS rebinding).

A browser lets any page send requests to 127.0.0.1, and lets those read the answers that come from a name which points there by
now. So a page of another origin gets no permission unless it is named, and what is asked by a foreign name is refused.
"""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import TypeAlias

from byline.graph.errors import HostNotAllowed

Header: TypeAlias = tuple[bytes, bytes]
ANY = "*"
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def listed(given: str) -> list[str]:
    """The entries of a setting that is a list with commas."""
    return [entry for part in given.split(",") if (entry := part.strip())]


@dataclass(frozen=True, slots=True)
class Origins:
    """The origins whose pages may read answers."""

    names: frozenset[bytes]

    @classmethod
    def of(cls, given: str) -> "Origins":
        """As the setting lists them."""
        return cls(frozenset(name.rstrip("/").encode() for name in listed(given)))

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


@dataclass(frozen=True, slots=True)
class Hosts:
    """The names for which the server answers; None for every name."""

    names: frozenset[str] | None = None

    @classmethod
    def of(cls, given: str, listening: str) -> "Hosts":
        """As the setting lists them; unless it does, those of this machine where only it can reach the server."""
        names = [_name(entry) for entry in listed(given)]
        if not names and _is_loopback(listening):
            names = [*_LOOPBACK, _name(f"[{listening}]" if ":" in listening else listening)]
        return cls(frozenset(names) if names and ANY not in names else None)

    def fits(self, given: list[bytes]) -> bool:
        """Whether the Host headers of a request name one of them. A request without one comes from no browser."""
        if self.names is None or not given:
            return True
        return len(given) == 1 and _name(given[0].decode("latin-1")) in self.names

    def check(self, headers: list[Header]) -> None:
        """Raises HostNotAllowed."""
        if self.names is None:
            return
        given = [value for name, value in headers if name == b"host"]
        if not self.fits(given):
            raise HostNotAllowed(
                f"this server does not answer as {b', '.join(given).decode('latin-1')[:200]!r}",
                f"ask it as {sorted(self.names)[0]}; the server's BYLINE_HOSTS names what it answers as",
            )


ANY_HOST = Hosts()


def _name(entry: str) -> str:
    """A host without its port, in small letters."""
    entry = entry.strip().lower()
    name, colon, port = entry.rpartition(":")
    bare = name if colon and port.isascii() and (port.isdigit() or not port) and not entry.endswith("]") else entry
    return bare.removesuffix(".")


def _is_loopback(host: str) -> bool:
    try:
        return host.lower() == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False

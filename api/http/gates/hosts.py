"""Gate of the host: for which names of its own the server answers (against DNS rebinding).

A browser lets any page send requests to 127.0.0.1, and lets those read the answers that come from a name which points there by
now. So what is asked by a foreign name is refused.
"""

from dataclasses import dataclass
from ipaddress import ip_address

from byline.api.http.gates.head import RequestHead
from byline.graph.errors import HostNotAllowed

ANY = "*"
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def listed(setting: str) -> list[str]:
    """The entries of a setting that is a list with commas."""
    return [entry for part in setting.split(",") if (entry := part.strip())]


@dataclass(frozen=True, slots=True)
class Hosts:
    """The names for which the server answers; None for every name."""

    names: frozenset[str] | None = None

    @classmethod
    def of(cls, setting: str, listening: str) -> "Hosts":
        """As the setting lists them; unless it does, those of this machine where only it can reach the server."""
        names = [_name(entry) for entry in listed(setting)]
        if not names and _is_loopback(listening):
            names = [*_LOOPBACK, _name(f"[{listening}]" if ":" in listening else listening)]
        return cls(frozenset(names) if names and ANY not in names else None)

    def fits(self, head: RequestHead) -> bool:
        """Whether the Host header of a request names one of them. A request without one comes from no browser."""
        if self.names is None or b"host" not in head.headers:
            return True
        host_values = _host_values(head)
        return len(host_values) == 1 and _name(host_values[0].decode("latin-1")) in self.names

    def check(self, head: RequestHead) -> None:
        """Raises HostNotAllowed."""
        if self.names is not None and not self.fits(head):
            raise HostNotAllowed(
                f"this server does not answer as {b', '.join(_host_values(head)).decode('latin-1')[:200]!r}",
                f"ask it as {sorted(self.names)[0]}; the server's BYLINE_HOSTS names what it answers as",
            )


ANY_HOST = Hosts()


def _host_values(head: RequestHead) -> list[bytes]:
    return [value for name, value in head.lines if name == b"host"]


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

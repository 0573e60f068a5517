"""A kept connection to a server: one request after the other, each answered whole before the next."""

import re
import socket
from contextlib import suppress
from types import TracebackType

from bench.places import HOST

_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
_ROOM = 1 << 20


class Connection:
    """One connection, closed at the end of its `with`."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket = self._open()
        self._room = bytearray(_ROOM)

    def _open(self) -> socket.socket:
        opened = socket.create_connection((HOST, self._port), timeout=120)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened

    def renew(self) -> None:
        """Another connection in its place if the server has closed it meanwhile."""
        self._socket.setblocking(False)
        with suppress(BlockingIOError):
            self._socket.recv(1)
            self._socket.close()
            self._socket = self._open()
        self._socket.settimeout(120)

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._socket.close()

    def ask(self, request: bytes) -> None:
        """Send a request and read its answer to the end. Raises RuntimeError unless that is a 200 of a stated length."""
        self._socket.sendall(request)
        head = self._some()
        while _END not in head:
            head += self._some()
        begun, _, body = head.partition(_END)
        length = _LENGTH.search(begun)
        if not begun.startswith(b"HTTP/1.1 200 ") or length is None:
            raise RuntimeError(f"the server answered {begun[:300]!r} to {request[:300]!r}")
        missing = int(length[1]) - len(body)
        while missing:
            missing -= self._socket.recv_into(self._room, min(missing, _ROOM)) or self._broken()

    def _some(self) -> bytes:
        return self._socket.recv(1 << 16) or bytes(self._broken())

    def _broken(self) -> int:
        raise RuntimeError("the server closed the connection within an answer")

"""The short way from the socket: uvicorn's protocol, which answers at once what a plan answers at once.

A client that keeps its connection sends the same head again and again. Heads that ask for nothing special are remembered by
their bytes, so a known head is not parsed again and a small answer needs no task, no scope and no event: measured, that is half
of what a small query costs. Everything else takes uvicorn's own way through the ASGI application, and so does all of it where
requests are logged.
"""

from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.front import Front, Parts
from api.head import Head

_END = b"\r\n\r\n"
_OK = b"HTTP/1.1 200 OK\r\n"


class Wire(HttpToolsProtocol):
    """One connection."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        app: Any = self.app
        self._front: Front | None = app if isinstance(app, Front) and not self.access_log else None
        # Whether the parser stands between two requests; what came of a request whose body is not here yet.
        self._between = True
        self._held = b""
        # What the front said of a request that it did not answer at once, for the scope of the long way.
        self._said: dict[str, Any] = {}
        self._answered_at = 0.0
        self._defaults: list[tuple[bytes, bytes]] | None = None
        self._default_lines = b""

    def data_received(self, data: bytes) -> None:
        """Answer at once, keep the beginning of a body, or hand on to the parser."""
        if self._front is not None and self._between and self._idle():
            if self._held:
                data, self._held = self._held + data, b""
            if self._taken(data, self._front):
                return
        super().data_received(data)

    def _idle(self) -> bool:
        return (self.cycle is None or self.cycle.response_complete) and not self.flow.write_paused

    def _taken(self, data: bytes, front: Front) -> bool:
        at = data.find(_END)
        head = front.heads.get(data[: at + 4]) if at > 0 else None
        if head is None:
            return False
        missing = at + 4 + head.length - len(data)
        if missing > 0:
            self._held = data
            self._unset_keepalive_if_required()
            return True
        if missing < 0:
            # A further request is behind this one: the long way keeps their order.
            return False
        answer = front.at_once(data[at + 4 :])
        if isinstance(answer, dict):
            self._said = answer
            return False
        self._write(head, answer, front)
        return True

    def _write(self, head: Head, parts: Parts, front: Front) -> None:
        if self.server_state.default_headers is not self._defaults:
            self._defaults = self.server_state.default_headers
            self._default_lines = b"".join(b"%b: %b\r\n" % line for line in self._defaults)
        self.transport.write(b"".join((_OK, self._default_lines, *front.written(head, parts))))
        self.server_state.total_requests += 1
        self._answered_at = self.loop.time()
        if self.timeout_keep_alive_task is None:
            self._wait(self.timeout_keep_alive)

    def _wait(self, seconds: float) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(seconds, self.timeout_keep_alive_handler)

    def timeout_keep_alive_handler(self) -> None:
        """Close an idle connection. The short way leaves the timer as it is, so it may come too early: then it waits on."""
        left = self._answered_at + self.timeout_keep_alive - self.loop.time()
        if left > 0 and self._idle():
            self._wait(left)
        else:
            super().timeout_keep_alive_handler()

    def on_message_begin(self) -> None:
        """A request takes the long way."""
        self._between = False
        super().on_message_begin()
        self.scope.update(self._said)  # type: ignore[typeddict-item]
        self._said = {}

    def on_message_complete(self) -> None:
        """A request has been read by the parser."""
        super().on_message_complete()
        self._between = True

    def shutdown(self) -> None:
        """Be closed, a request that is half here read to its end first."""
        if self._held:
            held, self._held = self._held, b""
            super().data_received(held)
        super().shutdown()

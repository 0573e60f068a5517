"""The short way from the socket: uvicorn's protocol, which answers at once what a plan answers at once.

A client that keeps its connection sends the same head again and again. Heads that ask for nothing special are remembered by
their bytes, so a known head is not parsed again and a small answer needs no task, no scope and no event: measured, that is half
of what a small query costs. Everything else takes uvicorn's own way through the ASGI application, and so does all of it where
requests are logged.
"""

from typing import Any

from byline.api.http.answers import rendered
from byline.api.http.bounds import Bounded
from byline.api.http.fast_path import TO_PACK, FastPath
from byline.api.http.head_cache import Head

_END = b"\r\n\r\n"
_OK = b"HTTP/1.1 200 OK\r\n"


class Protocol(Bounded):
    """One connection."""

    __slots__ = ("_awaited", "_begin", "_defaults", "_front", "_head", "_held", "_scope_parts")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        app: Any = self.app
        self._front: FastPath | None = app if isinstance(app, FastPath) and not self.access_log else None
        # A request whose body is not all here yet, and how long it will be.
        self._held, self._awaited = bytearray(), 0
        # What the front said of a request that it did not answer at once, for the scope of the long way.
        self._scope_parts: dict[str, Any] = {}
        # The head of the last request, which the next one mostly repeats.
        self._head: Head | None = None
        self._defaults: list[tuple[bytes, bytes]] | None = None
        self._begin = b""

    def data_received(self, data: bytes) -> None:
        """Answer at once, keep the beginning of a body, or hand on to the parser."""
        front = self._front
        if front is not None and self._between and not self._last and not self.flow.write_paused:
            cycle = self.cycle
            if cycle is None or cycle.response_complete:
                if self._held:
                    self._held += data
                    if len(self._held) < self._awaited:
                        return
                    data = self._released()
                if self._taken(data, front):
                    return
        super().data_received(data)

    def _taken(self, data: bytes, front: FastPath) -> bool:
        head = self._head
        if head is None or not data.startswith(head.raw):
            at = data.find(_END)
            head = front.heads.get(data[: at + 4]) if at > 0 else None
            if head is None:
                return False
            self._head = head
        missing = head.whole - len(data)
        if missing:
            if missing < 0:
                # A further request is behind this one: the long way keeps their order.
                return False
            self._held, self._awaited = bytearray(data), head.whole
            self._since = self._room.now
            return True
        parts = front.at_once(data[head.size :])
        if isinstance(parts, dict):
            self._scope_parts = parts
            return False
        answer = front.writer.raw(self._beginning(), head.answer, parts)
        if answer is None:
            self._scope_parts = {TO_PACK: parts}
            return False
        self.transport.write(answer)
        self.server_state.total_requests += 1
        self._fresh = False
        self._since = self._room.now
        return True

    def _beginning(self) -> bytes:
        """The first lines of every answer, with the server's own, which it makes anew each second."""
        if self.server_state.default_headers is not self._defaults:
            self._defaults = self.server_state.default_headers
            self._begin = _OK + rendered(self._defaults)
        return self._begin

    def on_message_begin(self) -> None:
        """A request takes the long way."""
        super().on_message_begin()
        self.scope.update(self._scope_parts)  # type: ignore[typeddict-item]
        self._scope_parts = {}

    def shutdown(self) -> None:
        """Be closed, a request that is half here read to its end first."""
        if self._held:
            super().data_received(self._released())
        super().shutdown()

    def _released(self) -> bytes:
        held, self._held = bytes(self._held), bytearray()
        return held

    def _seconds(self) -> float | None:
        return self._room.settings.body_seconds if self._held else super()._seconds()

    def _late(self, seconds: float) -> None:
        if self._held:
            # The parser has to know that a body is under way.
            super().data_received(self._released())
        super()._late(seconds)

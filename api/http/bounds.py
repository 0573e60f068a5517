"""A connection with bounds: uvicorn's protocol, which by itself reads heads without end and waits for clients for ever.

Whatever is no body (head, trailers, sizes and extensions of chunks) is counted as it is fed to the parser, in slices, so that the
cost is linear in what was sent and no step of the event loop is long. Time is looked at once a second (`connections.py`).
"""

from functools import cache
from http import HTTPStatus
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from byline.api.http.answers import UNREAD
from byline.api.http.connections import Connections
from byline.api.http.fast_path import FastPath
from byline.api.http.raw_refusal import raw_refusal
from byline.api.http.reject_log import REJECTS
from byline.api.http.upgrades import asks_upgrade, further_parser, head_without_upgrade
from byline.api.settings import Settings
from byline.graph.errors import BylineError, HeadTooLarge, Overloaded, TooSlow, UrlTooLong, limit_hint

# Bytes that the parser gets at once, some two hundred of the shortest requests, which are then in the pipeline; and in one step
# of the event loop, ten thousand of the shortest pieces of a body.
_SLICE, _STEP = 4096, 1 << 16
# What the line of a chunk's size may take without being counted.
_CHUNK_LINE = 16
# A client that was refused gets these seconds to read why, and is heard for so many bytes: closed with unread bytes before it, a
# connection loses what was written last.
_LINGER_SECONDS, _LINGER_BYTES = 2.0, 1 << 20
# Seconds that a new connection gets to say what it wants of a server that stops.
_MOMENT = 0.5
# What a client has to take of an answer in BYLINE_WRITE_SECONDS.
_LEAST_READ = 256 * 1024
_FULL = Overloaded("All connections of this server are in use", "try again in a moment")
_HEADERS = "The request has more than {} headers"
_HEAD = "The request head or its trailers exceed {} bytes"
_URL = "The URL exceeds {} bytes"
_SLOW = "The request {} did not arrive within {:g} seconds"


class Bounded(HttpToolsProtocol):
    """One connection."""

    # With uvicorn's, these are more than Python looks up fast in an object's dictionary.
    __slots__ = (
        "_between",
        "_fresh",
        "_heard",
        "_in_head",
        "_last",
        "_later",
        "_left",
        "_most",
        "_refused",
        "_room",
        "_since",
        "_unfed",
        "_unread",
        "_upgrading",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        app: Any = self.app
        self._room: Connections = app.connections if isinstance(app, FastPath) else _of_any_app()
        # Whether the parser stands between two requests, or within a head.
        self._between, self._in_head = True, False
        # Whether a head that asks for an upgrade is being read again without.
        self._upgrading = False
        # When what the connection does now was begun; bytes that may still come and are no body.
        self._since = self._room.now
        self._left = self._most = self._room.settings.max_head_bytes
        # Whether nothing was asked yet, and whether what is asked is the last.
        self._fresh, self._last = True, False
        # What waits until the requests before it are answered.
        self._unfed, self._later = b"", False
        self._refused, self._heard = False, 0
        # When the unread answer was last seen to get shorter, and how long it was then.
        self._unread: tuple[float, int] | None = None

    # ------------------------------------------------------------ what is sent

    def connection_made(self, transport: Any) -> None:
        """Take a connection in, or say that there is no room."""
        super().connection_made(transport)
        if not self._room.enter(self, self.loop):
            # The server does not wait for it when it is told to stop.
            self.connections.discard(self)
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, _FULL, limit_hint("connections are refused", "max_connections"))
            if not self._room.linger(self):
                transport.close()
        self._since = self._room.now

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._room.leave(self)
        self._unfed = b""
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Feed the parser, within the bounds."""
        if self._refused:
            self._heard += len(data)
            if self._heard > _LINGER_BYTES:
                self.transport.close()
            return
        self._unset_keepalive_if_required()
        self._unfed += data
        if not self._later:
            self._feed()

    def _feed(self) -> None:
        """Give what there is to the parser, up to a request that has to wait for the answer to the one before it."""
        self._later = False
        unfed, self._unfed, at = memoryview(self._unfed), b"", 0
        try:
            while at < min(len(unfed), _STEP) and self._hearing():
                piece = unfed[at : at + min(_SLICE, self._left)]
                at += len(piece)
                self._left -= len(piece)
                self._parse(piece)
                self._check_head(at < len(unfed))
        except httptools.HttpParserUpgrade:
            REJECTS.note("a tunnel was asked for by CONNECT and not made")
        except httptools.HttpParserError:
            if not self._too_many_headers():
                REJECTS.note("a request was not HTTP")
                self.send_400_response("Invalid HTTP request received.")
        else:
            if at < len(unfed) and not (self._refused or self.transport.is_closing()):
                self._keep(bytes(unfed[at:]))

    def _parse(self, piece: memoryview) -> None:
        """Give a piece to the parser. Raises HttpParserError, HttpParserUpgrade for a tunnel."""
        while piece:
            try:
                self.parser.feed_data(piece)
            except httptools.HttpParserUpgrade as upgrade:
                if not self._upgrading:
                    raise
                piece = piece[upgrade.args[0] :]
                self._ignore_upgrade()
            else:
                return

    def _ignore_upgrade(self) -> None:
        """Read the head again without what asks for another protocol."""
        head = head_without_upgrade(self.parser, self.url, self.headers)
        self.url = b""
        # The scope has this list.
        self.headers.clear()
        self.parser = further_parser(self)
        self.parser.feed_data(head)

    def _hearing(self) -> bool:
        return not (self._refused or self.pipeline or self.transport.is_closing())

    def _keep(self, unfed: bytes) -> None:
        """Go on when the requests before it are answered, else in the next step; meanwhile nothing more is read."""
        self._unfed = unfed
        if not self.pipeline:
            self._later = True
            self.transport.pause_reading()
            self.loop.call_soon(self._feed_on)

    def _feed_on(self) -> None:
        if self._refused or self.transport.is_closing():
            self._unfed = b""
            return
        self._feed()
        if not (self._later or self.flow.read_paused):
            self.transport.resume_reading()

    def _check_head(self, more: bool) -> None:
        bounds = self._room.settings
        if self._too_many_headers() or self._left > 0 or not more:
            return
        if self._in_head and not self.headers and 2 * len(self.url) > self._most:
            error: HeadTooLarge = UrlTooLong(_URL.format(self._most), limit_hint("send the query by POST", "max_head_bytes"))
            self._refuse(HTTPStatus.REQUEST_URI_TOO_LONG, error, limit_hint("URLs are too long", "max_head_bytes"))
        else:
            error = HeadTooLarge(_HEAD.format(bounds.max_head_bytes), limit_hint("send shorter headers", "max_head_bytes"))
            self._refuse(_LARGE, error, limit_hint("heads are too long", "max_head_bytes"))

    def _too_many_headers(self) -> bool:
        most = self._room.settings.max_headers
        if not self.headers or len(self.headers) <= most:
            return False
        error = HeadTooLarge(_HEADERS.format(most), limit_hint("send fewer", "max_headers"))
        self._refuse(_LARGE, error, limit_hint("heads have too many headers", "max_headers"))
        return True

    # ------------------------------------------------------------ what the parser finds

    def on_message_begin(self) -> None:
        """A head begins."""
        if self._upgrading:
            return
        self._between, self._in_head = False, True
        self._fresh = False
        self._since = self._room.now
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """A head is there."""
        if self._too_many_headers():
            raise HeadTooLarge(_HEADERS)
        self._upgrading = asks_upgrade(self.parser, self.headers)
        if self._upgrading:
            return
        self._in_head = False
        self._since, self._left = self._room.now, self._most
        super().on_headers_complete()
        if self._last and self.cycle is not None:
            self.cycle.keep_alive = False

    def on_chunk_header(self) -> None:
        """A body comes in pieces, each behind a line of its own."""
        self._left += _CHUNK_LINE

    def on_body(self, body: bytes) -> None:
        """A piece of a body, which has a bound of its own."""
        self._left += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """A request has been read."""
        if self._upgrading:
            return
        super().on_message_complete()
        self._between = True
        self._since, self._left = self._room.now, self._most

    def on_response_complete(self) -> None:
        """An answer is written: on with what was sent behind its request."""
        self._since = self._room.now
        super().on_response_complete()
        if self._unfed and not (self.pipeline or self._later):
            self._feed()

    def shutdown(self) -> None:
        """Be closed once what is under way is answered. Where nothing was asked yet a request may be on its way, which is lost
        with a connection that is closed before it is read: that one gets a moment."""
        if self._fresh and not self._refused:
            self._last = True
            self.loop.call_later(_MOMENT, self._close_if_fresh)
        else:
            super().shutdown()

    def _close_if_fresh(self) -> None:
        if self._fresh:
            self.transport.close()

    def timeout_keep_alive_handler(self) -> None:
        """Nothing: `look` closes idle connections."""

    # ------------------------------------------------------------ what takes too long

    def look(self, now: float) -> int:
        """Close what takes too long; answer how many bytes of an answer wait for the client."""
        waiting = self.transport.get_write_buffer_size()
        if self._takes_nothing(now, waiting):
            REJECTS.note(limit_hint("clients that do not read their answers are given up", "write_seconds"))
            self.give_up()
            return 0
        seconds = self._seconds()
        if seconds is None or (waiting and not self._refused):
            self._since = now
        elif now - self._since > seconds:
            self._late(seconds)
        if self.flow.write_paused and self.cycle is not None:
            scope: Any = self.cycle.scope
            waiting += scope.get(UNREAD, 0)
        return waiting

    def give_up(self) -> None:
        """Close at once, whatever is unsent."""
        self.transport.abort()

    def _takes_nothing(self, now: float, waiting: int) -> bool:
        since, before = self._unread or (now, waiting)
        moved = waiting > before or before - waiting >= _LEAST_READ
        self._unread = None if not waiting else (now, waiting) if moved else (since, before)
        return self._unread is not None and now - since > self._room.settings.write_seconds and not moved

    def _busy(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _seconds(self) -> float | None:
        """How long what the client does now may take; None where it waits for us."""
        bounds = self._room.settings
        if self._refused:
            return _LINGER_SECONDS
        if self._between:
            return None if self._busy() else bounds.idle_seconds
        if self._in_head:
            return None if self._busy() else bounds.head_seconds
        return None if self.flow.read_paused else bounds.body_seconds

    def _late(self, seconds: float) -> None:
        if self._refused or self._between:
            self.transport.close()
            return
        what = "head" if self._in_head else "body"
        hint = limit_hint("send it at once", "head_seconds" if self._in_head else "body_seconds")
        error = TooSlow(_SLOW.format(what, seconds), hint)
        self._refuse(HTTPStatus.REQUEST_TIMEOUT, error, f"requests are refused whose {what} does not come: {hint}")

    def _refuse(self, status: HTTPStatus, error: BylineError, kind: str) -> None:
        """Say why, where no answer is under way, and hear nothing more. What is read meanwhile is thrown away."""
        if self._refused:
            return
        REJECTS.note(kind)
        reading = not (self._between or self._in_head)
        under_way = self._busy() and (not reading or self.cycle.response_started or bool(self.pipeline))
        self._refused, self._between, self._since = True, False, self._room.now
        if self._busy():
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if under_way or (reading and not self._busy()):
            self.transport.close()
            return
        self.transport.write(raw_refusal(status, error, 1 if isinstance(error, Overloaded) else None))
        self.transport.write_eof()


_LARGE = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE


@cache
def _of_any_app() -> Connections:
    return Connections(Settings())

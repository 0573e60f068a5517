"""Outgoing answer over ASGI: its head waits for the first bytes of the body, and both are written by the rules of `answers.py`.

This stands in front of everything that answers, in place of Starlette's middlewares for CORS and gzip. Theirs take part in a
chain of ASGI messages alone, and what leaves the socket in one piece has none: with them the rules stood twice.
"""

from http import HTTPStatus
from math import inf

from starlette.types import Message, Send

from byline.api.http.answers import WHOLE, AnswerWriter, length_line, stated_size
from byline.api.http.gates.head import Header, RequestHead
from byline.api.http.packing import CHUNK, Packer, Parts, chunks, packed_whole, takes_gzip

_START, _BODY = "http.response.start", "http.response.body"


class Outgoing:
    """The `send` of one request."""

    __slots__ = ("_head", "_packer", "_send", "_start", "_writer")

    def __init__(self, writer: AnswerWriter, head: RequestHead, send: Send) -> None:
        self._writer, self._head, self._send = writer, head, send
        self._start: Message | None = None
        self._packer: Packer | None = None

    async def __call__(self, message: Message) -> None:
        """Send a message of whoever answers, once all is known that it says."""
        if message["type"] == _START:
            self._start = message
        elif message["type"] != _BODY:
            await self._send(message)
        elif self._start is None:
            await self._sent(message)
        else:
            start, self._start = self._start, None
            await self._first(start, message)

    async def planned(self, parts: Parts, size: int) -> None:
        """Send a planned answer, in pieces where it is long."""
        lines, gzipped = self._writer.planned(self._head, size)
        start: Message = {"type": _START, "status": 200}
        if size <= CHUNK:
            await self._begin(start, lines, gzipped, size, {"type": _BODY, "body": b"".join(parts)})
            return
        pieces = chunks(parts)
        await self._begin(start, lines, gzipped, size, {"type": _BODY, "body": next(pieces), "more_body": True})
        for piece in pieces:
            # uvicorn hands the view on to the socket as it is: no copy.
            await self._sent({"type": _BODY, "body": piece, "more_body": True})
        await self._sent({"type": _BODY, "body": b""})

    async def _first(self, start: Message, first: Message) -> None:
        """Send the head, and the first part of the body with it."""
        origin, given = self._head.headers.get(b"origin"), start["headers"]
        stated, seen = stated_size(given), inf if first.get("more_body") else len(first.get("body", b""))
        if (whole := start.pop(WHOLE, None)) is not None:
            lines, gzipped = self._lines_of_part(start["status"], given, whole), False
        else:
            size = seen if stated is None else stated
            offered = self._writer.offers_gzip(start["status"], given, size)
            # A body that comes in pieces is packed in pieces, whatever it states.
            gzipped = offered and takes_gzip(self._head, max(seen, size))
            lines = self._writer.lines(origin, given, offered, gzipped)
        await self._begin(start, lines, gzipped, stated, first)

    def _lines_of_part(self, status: int, given: list[Header], whole: list[Header]) -> list[Header]:
        """The lines of an answer to a part of a file, or without its content: it varies as the whole does (RFC 9110, 15.3.7 and
        15.4.5). One without content has the tag that the whole would have now, a part that of the bytes which it is cut from."""
        size = stated_size(whole) or 0
        offered = self._writer.offers_gzip(HTTPStatus.OK, whole, size)
        weak = offered and status == HTTPStatus.NOT_MODIFIED and takes_gzip(self._head, size)
        return self._writer.lines(self._head.headers.get(b"origin"), given, offered, False, weak)

    async def _begin(self, start: Message, lines: list[Header], gzipped: bool, size: int | None, first: Message) -> None:
        if gzipped:
            body, size = first.get("body", b""), None
            if first.get("more_body") or len(body) > CHUNK:
                self._packer = Packer()
            elif body:
                body = await packed_whole(body)
                first, size = {**first, "body": body}, len(body)
            # Else it is the answer to HEAD, and how long that to GET is once it is packed nobody knows.
        await self._send({**start, "headers": list(lines) if size is None else [*lines, length_line(size)]})
        await self._sent(first)

    async def _sent(self, message: Message) -> None:
        if self._packer is None:
            await self._send(message)
            return
        more = message.get("more_body", False)
        async for piece in self._packer.pieces(message.get("body", b""), more):
            await self._send({**message, "body": piece, "more_body": True})
        if not more:
            await self._send({**message, "body": b""})

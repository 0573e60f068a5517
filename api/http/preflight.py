"""Preflight of CORS: a browser's question what a page of another origin may send, answered before any route."""

from http import HTTPStatus

from starlette.types import Send

from byline.api.http.gates.head import RequestHead
from byline.api.http.origins import Origins
from byline.api.http.raw_refusal import refuse
from byline.graph.errors import PreflightRefused

_TEXT = (b"content-type", b"text/plain; charset=utf-8")
_BODY = b"OK"


async def preflight(origins: Origins, head: RequestHead, send: Send) -> None:
    """Answer 200, or 400 with what is refused: no page sees that, but whoever looks for the reason in a browser does."""
    lines = origins.preflight_lines(head)
    try:
        origins.check_preflight(head)
    except PreflightRefused as error:
        await refuse(HTTPStatus.BAD_REQUEST, error, send, lines)
        return
    headers = [_TEXT, (b"content-length", b"%d" % len(_BODY)), *lines]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": _BODY})

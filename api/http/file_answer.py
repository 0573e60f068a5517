"""Answers of files: a whole file, a part of it (Range), or that it has not changed.

Starlette reads and sends them. Here they tell whoever writes their heads (`outgoing.py`) what the whole file has, and a range
that cannot be given is refused in our shape, before anything is sent.
"""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse
from starlette.types import Message, Receive, Scope, Send

from byline.api.http.answers import WHOLE, stated_size
from byline.api.http.gates.head import Header
from byline.api.http.packing import CHUNK


class WholeOrPart(FileResponse):
    """A file, or the part of it that is asked for; made with what `os.stat` says of it."""

    # What is shorter comes at once, and is packed with its length known.
    chunk_size = CHUNK

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it. Raises HTTPException 400 for a range that is none, 416 for one that the file has not."""
        await super().__call__(scope, receive, _telling(list(self.raw_headers), send))


class Unchanged(NotModifiedResponse):
    """The answer to a client that has the file already."""

    def __init__(self, whole: Response) -> None:
        super().__init__(whole.headers)
        self._whole = list(whole.raw_headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        await super().__call__(scope, receive, _telling(self._whole, send))


def _telling(whole: list[Header], send: Send) -> Send:
    async def told(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] != HTTPStatus.OK:
            _check_range(message["status"], stated_size(whole) or 0)
            message = {**message, WHOLE: whole}
        await send(message)

    return told


def _check_range(status: int, size: int) -> None:
    if status == HTTPStatus.BAD_REQUEST:
        raise HTTPException(status, "The Range header must be `bytes=FIRST-LAST`, `bytes=FIRST-` or `bytes=-LENGTH`")
    if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        message = f"The Range header must lie within the file, which has {size} bytes"
        raise HTTPException(status, message, {"content-range": f"bytes */{size}"})

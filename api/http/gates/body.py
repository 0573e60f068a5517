"""Gate of the body's length: refused as soon as it is known to be too long, by its head, else while it comes."""

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from byline.api.http.gates.head import RequestHead
from byline.graph.errors import limit_hint


def stated_length(head: RequestHead) -> int | None:
    """The length of the body by its head; None where it is not stated."""
    stated = head.get(b"content-length")
    return int(stated) if stated.isdigit() else None


def fitting_length(head: RequestHead, most: int) -> int | None:
    """The length by the head; None where it is not stated, or too long."""
    length = stated_length(head)
    return length if length is not None and length <= most else None


async def read_body(request: Request, head: RequestHead, most: int) -> bytes:
    """The body. Raises HTTPException 413, and 400 where the client leaves before its end."""
    length = stated_length(head)
    if length is not None and length > most:
        raise _too_long(most, f"has {head.get(b'content-length').decode()}")
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                raise _too_long(most, "has more")
    except ClientDisconnect:
        # Nobody is left to read it, and the log has nothing to tell.
        raise HTTPException(400, "The body ended before all of it had come") from None
    return bytes(body)


def _too_long(most: int, size: str) -> HTTPException:
    return HTTPException(413, limit_hint(f"The body may have at most {most} bytes, this one {size}", "max_body_bytes"))

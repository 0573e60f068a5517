"""Gate of the content type: JSON in UTF-8, as it is."""

from starlette.exceptions import HTTPException

from byline.api.http.gates.head import RequestHead

JSON = "application/json"
# As nearly all clients say it: no more need be read of these.
_USUAL = {JSON.encode(), f"{JSON}; charset=utf-8".encode(), f"{JSON};charset=utf-8".encode()}


def is_usual(head: RequestHead) -> bool:
    """Whether a head passes that says what nearly all clients say."""
    return head.get(b"content-type").lower() in _USUAL and b"content-encoding" not in head.headers


def check_content_type(head: RequestHead) -> None:
    """Raises HTTPException 415."""
    stated = head.get(b"content-type").decode("latin-1")
    kind, *parameters = (part.strip().lower() for part in stated.split(";"))
    charset = next((value.split("=", 1)[1].strip('" ') for value in parameters if value.startswith("charset=")), "utf-8")
    if kind != JSON or charset not in ("utf-8", "utf8"):
        raise HTTPException(415, f"The content type must be {JSON}, in UTF-8")
    # An empty list names no coding (RFC 9110, 5.6.1).
    if head.get(b"content-encoding").strip(b" \t,").lower() not in (b"", b"identity"):
        raise HTTPException(415, "A compressed body is not accepted")

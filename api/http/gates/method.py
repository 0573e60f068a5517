"""Gate of the method: a query is asked by GET or POST, and HEAD is answered as GET."""

from starlette.exceptions import HTTPException

METHODS = ("GET", "HEAD", "POST")
_ALLOWED = {"allow": ", ".join(METHODS)}


def check_method(method: str) -> None:
    """Raises HTTPException 405."""
    if method not in METHODS:
        raise HTTPException(405, "GraphQL is asked by GET or POST", _ALLOWED)


def only_queries_by_get() -> HTTPException:
    """The refusal of an operation that is no query and came by GET."""
    return HTTPException(405, "Only queries can be sent by GET", _ALLOWED)

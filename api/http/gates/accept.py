"""Gate of the media types: an answer is JSON or GraphQL's own JSON, as the client ranks them; a browser may have the page."""

from functools import lru_cache

from starlette.exceptions import HTTPException

from byline.api.http.gates.content_type import JSON
from byline.api.http.gates.head import RequestHead

RESPONSE_JSON = "application/graphql-response+json"
HTML = "text/html"
_ANSWERS = (JSON, RESPONSE_JSON)


def check_accept(head: RequestHead) -> None:
    """Raises HTTPException 406."""
    if not is_acceptable(head):
        raise HTTPException(406, f"The answer is {JSON} or {RESPONSE_JSON}, neither of which `Accept` takes")


def is_acceptable(head: RequestHead) -> bool:
    """Whether the client takes an answer in one of the media types; one that says nothing takes any."""
    return _ranked(head.get(b"accept"), _ANSWERS) is not None


def media_type(accept: bytes) -> str:
    """The media type of an answer to a client that sent this Accept header; JSON where it takes none of them."""
    return _ranked(accept, _ANSWERS) or JSON


def prefers_page(head: RequestHead) -> bool:
    """Whether a client ranks the page above answers."""
    return _ranked(head.get(b"accept"), (*_ANSWERS, HTML)) == HTML


@lru_cache(256)
def _ranked(accept: bytes, types: tuple[str, ...]) -> str | None:
    """The one of several media types that an Accept header ranks highest, None where it has none of them.

    A type has the weight of the range that names it most closely (RFC 9110, 12.5.1). Of equal ones the first in the header
    goes, then the first in `types`; the page goes to those alone who name HTML.
    """
    ranges: dict[str, tuple[float, int]] = {}
    for place, entry in enumerate(accept.decode("latin-1").split(",")):
        name, *parameters = (part.strip().lower() for part in entry.split(";"))
        if name:
            ranges.setdefault(name, (_weight(parameters), -place))
    if not ranges:
        return types[0]

    def rank(type_: str) -> tuple[float, int]:
        wider = () if type_ == HTML else ("application/*", "*/*")
        return next((ranges[name] for name in (type_, *wider) if name in ranges), (0.0, 0))

    best = max(types, key=rank)
    return best if rank(best)[0] > 0 else None


def _weight(parameters: list[str]) -> float:
    stated = next((value[2:] for value in parameters if value.startswith("q=")), "1")
    try:
        weight = float(stated)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0

"""Snapshot version of a response, on request: in a header for proxies and logs, in `extensions` for clients."""

from typing import Any

from starlette.responses import Response

from byline.api.http.gates.head import RequestHead
from byline.schema.context import Context

HEADER = b"byline-snapshot"
# Members of a request's `extensions` that ask for something about the response.
_ABOUT = ("explain", "snapshot")


def asks_about(extensions: dict[str, Any] | None) -> bool:
    """Whether a request asks for more than its data, which the short way does not answer."""
    return extensions is not None and any(name in extensions for name in _ABOUT)


def asks_version(head: RequestHead, extensions: dict[str, Any] | None) -> bool:
    """Whether a request asks for the version, by the header or by the extension."""
    return head.get(HEADER).lower() == b"true" or (extensions or {}).get("snapshot") is True


async def state_version(context: Context) -> None:
    """Read the version that the response comes from, where it is asked for: at the end, since a request that waited may have a
    newer snapshot than it began on. One that was given up while it waited has none."""
    store = getattr(context, "store", None)
    if context.states_version and store is not None:
        context.version = (await store.snapshot()).version


def stamped(response: Response, context: Context) -> Response:
    """The response with its header, which pages of other origins may read."""
    if context.version is not None:
        response.raw_headers += [(HEADER, context.version.encode()), (b"access-control-expose-headers", HEADER)]
    return response

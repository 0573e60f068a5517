"""The floor: a Starlette route that answers recorded bytes to recorded requests. Nothing is computed."""

import pickle

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.places import STATE

RECORDED = STATE / "recorded.pickle"


def application() -> Starlette:
    """The server; what it answers is read once. Raises FileNotFoundError before anything was recorded."""
    recorded: dict[bytes, bytes] = pickle.loads(RECORDED.read_bytes())

    async def answer(request: Request) -> Response:
        return Response(recorded[await request.body()], media_type="application/json")

    return Starlette(routes=[Route("/graphql", answer, methods=["POST"])])

"""The servers of the comparison, in the order of the tables."""

import sys

from bench import byline, setup
from bench.places import FIRST_PORT, HERE, NODE, TABLES
from bench.servers import Server

_PRODUCTION = {"NODE_ENV": "production", "GRAPHILE_ENV": "production"}


def stock() -> Server:
    """Strawberry on NetworkX, at its luckiest stack depth."""
    port = FIRST_PORT + 1
    start = [sys.executable, "-m", "bench.peers.lucky", str(port)]
    return Server("stock", "Strawberry + NetworkX, stock", [start], port)


def postgraphile() -> Server:
    """PostGraphile with its PostgreSQL."""
    port = FIRST_PORT + 2
    start = [str(setup.node_binary()), str(NODE / "postgraphile.mjs"), str(port), str(setup.socket_folder())]
    commands = [setup.serve_command(), start]
    return Server("postgraphile", "PostGraphile 5 + PostgreSQL", commands, port, "postgraphile", _PRODUCTION, NODE, True)


def mercurius() -> Server:
    """Mercurius with jit, in memory."""
    port = FIRST_PORT + 3
    schema = HERE / "peers" / "graph.graphql"
    start = [str(setup.node_binary()), str(NODE / "mercurius.mjs"), str(port), str(TABLES), str(schema)]
    return Server("mercurius", "Mercurius jit, in memory", [start], port, "peers", _PRODUCTION, NODE)


def static() -> Server:
    """Recorded bytes."""
    port = FIRST_PORT + 4
    options = ["--factory", "--port", str(port), "--no-access-log", "--log-level", "warning"]
    start = [sys.executable, "-m", "uvicorn", "bench.peers.static:application", *options]
    return Server("static", "the same bytes, static (Starlette)", [start], port, "byline")


MAKERS = {
    "stock": stock,
    "postgraphile": postgraphile,
    "mercurius": mercurius,
    "static": static,
    "byline": byline.server,
}

"""A server whose descriptors a flood of connections is after: it answers, it swaps, and says what it refuses."""

import socket
from contextlib import ExitStack
from pathlib import Path

import pytest

from byline.data.ingest.ingest import ensure_sample, ingest
from tests.patience import PATIENCE
from tests.server import serving

FILES = 160
ASK = b"GET /ready HTTP/1.1\r\nHost: localhost\r\n\r\n"


def whole(link: socket.socket) -> bytes:
    """An answer to the question whether the server is ready."""
    response = b""
    while not response.endswith(b"}}"):
        piece = link.recv(4096)
        assert piece, response
        response += piece
    return response


@pytest.mark.slow
def test_a_swap_is_made_while_every_connection_is_taken(tmp_path: Path) -> None:
    store, log = tmp_path / "store", tmp_path / "log"
    ensure_sample(store)
    with serving(store, log, FILES, BYLINE_IDLE_SECONDS="600") as server, ExitStack() as stack:
        host, port = server.address.removeprefix("http://").split(":")
        links = [stack.enter_context(socket.create_connection((host, int(port)), timeout=PATIENCE)) for _ in range(FILES)]
        links[0].sendall(ASK)
        assert b'"papers":15' in whole(links[0])
        assert links[-1].recv(4096).startswith(b"HTTP/1.1 503 ")
        path = tmp_path / "more.jsonl"
        path.write_text('{"type": "paper", "title": "Another"}\n')
        assert ingest(store, "records", [path]).changed
        links[0].sendall(ASK)
        assert b'"papers":16' in whole(links[0])
        for link in links:
            link.close()
        assert server.ask("{ snapshot { paperCount } }") == {"snapshot": {"paperCount": 16}}
    logged = log.read_text()
    assert 1 <= logged.count("BYLINE_MAX_CONNECTIONS") <= 5, logged
    assert "Too many open files" not in logged

"""Heads without end, clients that do not come to an end or do not read, and more connections than there is room for."""

import json
import logging
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

import psutil
import pytest

from byline.api.app import create_app
from byline.api.settings import Settings
from tests.loop_watch import Served, looked_at_again, served, until_silent
from tests.patience import awaited

MIB = 1 << 20
GET = b"GET /health HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
BODY = b'{"query": "{ snapshot { paperCount } }"}'
SHORT = {"head_seconds": 0.3, "body_seconds": 0.3, "idle_seconds": 0.3, "write_seconds": 0.3}
Serve = Callable[..., AbstractContextManager[Served]]


@pytest.fixture
def serve(store: Path) -> Serve:
    def start(**settings: Any) -> AbstractContextManager[Served]:
        return served(create_app(Settings(store=str(store), **settings)))

    return start


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Served]:
    with served(create_app(Settings(store=str(store)))) as running:
        yield running


def refusal(response: bytes) -> tuple[int, str, str]:
    """Status, code and hint of a refusal, which closes its connection."""
    head, _, body = response.partition(b"\r\n\r\n")
    assert b"connection: close" in head.lower(), response
    extensions = json.loads(body)["errors"][0]["extensions"]
    return int(head.split()[1]), extensions["code"], extensions["hint"]


def received(link: socket.socket) -> bytes:
    """The answer to a look at the health, its body included."""
    response = b""
    while not response.endswith(b"}"):
        response += link.recv(4096)
    return response


def endless(piece: bytes, size: int) -> Iterator[bytes]:
    for _ in range(size // len(piece)):
        yield piece


ENDLESS = {
    "one header": (GET + b"X: ", b"y" * 65536, 431, "HEAD_TOO_LARGE"),
    "many headers": (GET, b"X: y\r\n" * 10000, 431, "HEAD_TOO_LARGE"),
    "one name": (GET, b"y" * 65536, 431, "HEAD_TOO_LARGE"),
    "an URL": (b"GET /", b"y" * 65536, 414, "URL_TOO_LONG"),
    "blank lines": (b"\r\n", b"\r\n" * 32768, 431, "HEAD_TOO_LARGE"),
    "trailers": (CHUNKED + b"0\r\nT: ", b"y" * 65536, 431, "HEAD_TOO_LARGE"),
    "many trailers": (CHUNKED + b"0\r\n", b"T: y\r\n" * 10000, 431, "HEAD_TOO_LARGE"),
    "an extension of a chunk": (CHUNKED + b"1;x=", b"y" * 65536, 431, "HEAD_TOO_LARGE"),
    "extensions of chunks": (CHUNKED, b"1;x=" + b"y" * 995 + b"\r\nx\r\n", 431, "HEAD_TOO_LARGE"),
}


@pytest.mark.parametrize("name", ENDLESS)
@looked_at_again
def test_what_has_no_end_is_refused(server: Served, name: str) -> None:
    begin, piece, status, code = ENDLESS[name]
    before = psutil.Process().memory_info().rss
    response = server.send(begin, *endless(piece, 512 * 1024))
    assert refusal(response)[:2] == (status, code)
    assert "BYLINE_MAX_HEAD" in refusal(response)[2]
    # Ten times as much, sent whether or not it is heard: not read for ever, and not kept.
    server.send(begin, *endless(piece, 32 * MIB))
    assert psutil.Process().memory_info().rss - before < 16 * MIB
    server.watch.check()


@pytest.mark.parametrize("cut", [1 << 20, 4096, 1000])
def test_a_head_may_have_just_as_many_bytes(serve: Serve, cut: int) -> None:
    with serve(max_head_bytes=2048) as small:
        for more, status in ((0, b"HTTP/1.1 200 OK"), (1, b"HTTP/1.1 431 ")):
            head = GET + b"X: " + b"y" * (2048 - len(GET) - 7 + more) + b"\r\n\r\n"
            assert len(head) == 2048 + more
            assert small.send(*(head[at : at + cut] for at in range(0, len(head), cut))).startswith(status)


def test_a_head_may_have_just_as_many_headers(serve: Serve) -> None:
    with serve(max_headers=10) as small:
        assert small.send(GET + b"X: y\r\n" * 9 + b"\r\n").startswith(b"HTTP/1.1 200 OK")
        response = small.send(GET + b"X: y\r\n" * 10 + b"\r\n")
        assert refusal(response)[:2] == (431, "HEAD_TOO_LARGE")
        assert "BYLINE_MAX_HEADERS" in refusal(response)[2]


@looked_at_again
def test_a_body_in_tiny_pieces_is_read_as_one(server: Served) -> None:
    pieces = b"".join(b"1\r\n%c\r\n" % byte for byte in BODY) + b"0\r\nT: u\r\n\r\n"
    assert b'"paperCount":15' in server.send(CHUNKED + pieces)
    padded = b'{"query": "{ snapshot { paperCount } }"' + b" " * 100_000 + b"}"
    pieces = b"".join(b"00001\r\n%c\r\n" % byte for byte in padded) + b"0\r\n\r\n"
    assert b'"paperCount":15' in server.send(CHUNKED + pieces)
    server.watch.check()


@looked_at_again
def test_a_body_sent_byte_by_byte_is_not_copied_with_each(serve: Serve) -> None:
    """The time of the loop over a megabyte that is there but for its last kilobytes: copying would add a second."""
    body = BODY[:-1] + b" " * (MIB - 8000) + b"}"
    with serve() as running, running.connected() as link:
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        link.sendall(POST + b"Content-Length: %d\r\n\r\n" % len(body) + body[:-4000])
        for byte in body[-4000:]:
            link.sendall(bytes([byte]))
        assert b"HTTP/1.1 200 OK" in link.recv(4096)
        running.watch.check()
        assert running.watch.spent < 1.0


@looked_at_again
def test_thousands_of_requests_at_once_are_answered_in_order_a_few_a_step(server: Served) -> None:
    times = 3000
    with server.connected() as link:
        link.sendall((GET + b"\r\n") * times + POST + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY)
        response = until_silent(link)
    assert response.count(b'{"status":"ok"}') == times
    assert response.endswith(b'{"data":{"snapshot":{"paperCount":15}}}')
    server.watch.check()


LATE = {
    "a head": (GET, 408, "BYLINE_HEAD_SECONDS"),
    "a beginning of one": (b"G", 408, "BYLINE_HEAD_SECONDS"),
    "a body": (POST + b"Content-Length: 99\r\n\r\n{", 408, "BYLINE_BODY_SECONDS"),
    "a body in pieces": (CHUNKED + b"5\r\n{", 408, "BYLINE_BODY_SECONDS"),
    "trailers": (CHUNKED + b"0\r\nT: u", 408, "BYLINE_BODY_SECONDS"),
}


@pytest.mark.parametrize("name", LATE)
@looked_at_again
def test_what_does_not_come_to_its_end_is_refused(serve: Serve, name: str) -> None:
    sent, status, setting = LATE[name]
    with serve(**SHORT) as running, running.connected() as link:
        link.sendall(sent)
        response = until_silent(link)
        assert refusal(response)[:2] == (status, "TOO_SLOW")
        assert setting in refusal(response)[2]
        running.watch.check()


@pytest.mark.parametrize("sent", [b"", b"\r\n", GET + b"\r\n", POST + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY])
def test_an_idle_connection_is_closed_without_a_word(serve: Serve, sent: bytes) -> None:
    with serve(**SHORT) as running, running.connected() as link:
        link.sendall(sent)
        response = until_silent(link)
        assert response.startswith(b"HTTP/1.1 200") if sent.strip() else response == b""
        assert link.recv(1) == b""


@looked_at_again
def test_a_slow_head_is_not_kept_alive_by_its_bytes(serve: Serve) -> None:
    with serve(**SHORT) as running, running.connected() as link:
        link.sendall(GET)
        for _ in range(200):
            try:
                link.sendall(b"X: y\r\n")
            except (ConnectionResetError, BrokenPipeError):
                break
            time.sleep(0.02)
        else:
            pytest.fail("heard for four seconds")
        running.watch.check()


LONG = b'{"query": "{ papers(first: 100) { nodes { ' + b" ".join(b"a%d: abstract" % n for n in range(40)) + b' } } }"}'


def unread(connections: Iterable[Any]) -> int:
    """Bytes that wait in a server for its clients."""
    return sum(each.transport.get_write_buffer_size() for each in list(connections))


@pytest.mark.parametrize(("bounds", "left"), [({"write_seconds": 0.3}, 0), ({"max_unread_bytes": MIB}, 11)], ids=str)
@looked_at_again
def test_clients_that_do_not_read_are_given_up(
    serve: Serve, caplog: pytest.LogCaptureFixture, bounds: dict[str, Any], left: int
) -> None:
    begun = time.monotonic()
    request = POST + b"Content-Length: %d\r\n\r\n" % len(LONG) + LONG
    with caplog.at_level(logging.WARNING, "byline"), serve(**bounds) as running, ExitStack() as stack:
        answer = running.send(request)
        assert len(answer) > 100_000
        # What a document that was never seen costs is not what is watched here.
        running.watch.longest = 0.0
        connections = running.server.server_state.connections
        for _ in range(12):
            link = stack.enter_context(running.connected())
            link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            link.sendall(request * 40)
        link.recv(1)
        awaited(lambda: len(connections) <= left and unread(connections) <= MIB)
        assert len(connections) <= left
        assert unread(connections) <= MIB
        running.watch.check()
    messages = [record.message for record in caplog.records if next(iter(bounds)).upper() in record.message]
    # One line a second, and those of the second before.
    assert 1 <= len(messages) <= 2 + time.monotonic() - begun


@looked_at_again
def test_there_is_room_for_so_many_connections(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    begun = time.monotonic()
    with caplog.at_level(logging.WARNING, "byline"), serve(max_connections=3) as running, ExitStack() as stack:
        first = [stack.enter_context(running.connected()) for _ in range(3)]
        first[0].sendall(GET + b"\r\n")
        assert received(first[0]).startswith(b"HTTP/1.1 200 OK")
        for _ in range(100):
            response = running.send(GET + b"\r\n")
            assert refusal(response)[:2] == (503, "OVERLOADED")
            assert b"retry-after: 1\r\n" in response
        first[1].close()
        assert awaited(lambda: running.send(GET + b"\r\n").startswith(b"HTTP/1.1 200 OK"))
        running.watch.check()
    said_of_it = [record.message for record in caplog.records if "BYLINE_MAX_CONNECTIONS" in record.message]
    assert 1 <= len(said_of_it) <= 2 + time.monotonic() - begun, said_of_it


@looked_at_again
def test_a_flood_of_connections_beyond_the_room_leaves_the_others_alone(serve: Serve) -> None:
    with serve(max_connections=20) as running, running.connected() as steady, ExitStack() as stack:
        steady.sendall(GET + b"\r\n")
        received(steady)
        for _ in range(300):
            link = stack.enter_context(running.connected())
            link.sendall(b"G")
        steady.sendall(GET + b"\r\n")
        assert received(steady).startswith(b"HTTP/1.1 200 OK")
        running.watch.check()

"""The short way from the socket: the same answers as the long one, however the bytes come in."""

import gzip
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from byline.api.http.answers import AnswerWriter
from byline.api.http.head_cache import HeadCache
from byline.api.http.origins import Origins
from byline.data.ingest.ingest import ensure_sample
from tests.patience import PATIENCE
from tests.server import Server, serving

NAMED = '{ author(by: {name: "Andrew Kyle Lampinen"}) { id name papers(first: 2) { totalCount nodes { title } } } }'
LONG = "{ papers(first: 15) { nodes { title abstract authors { edges { position node { name } } } } } }"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    store: Path = tmp_path_factory.mktemp("wire")
    ensure_sample(store)
    with serving(store) as running:
        yield running


@contextmanager
def connected(server: Server) -> Iterator[socket.socket]:
    host, port = server.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as link:
        yield link


def request(query: str, *lines: str, path: str = "/graphql", version: str = "1.1", kind: str = "application/json") -> bytes:
    body = json.dumps({"query": query}).encode()
    head = [f"POST {path} HTTP/{version}", "Host: localhost", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *lines]
    return "\r\n".join([*head, "", ""]).encode() + body


def answer(link: socket.socket) -> tuple[bytes, dict[bytes, bytes], bytes]:
    """Status line, headers and body of the next answer; bodies here have a length or come in chunks."""
    read = link.makefile("rb", buffering=0)
    status = read.readline().strip()
    headers = {}
    while line := read.readline().strip():
        name, _, value = line.partition(b":")
        headers[name.lower()] = value.strip()
    if headers.get(b"transfer-encoding") != b"chunked":
        return status, headers, exactly(read, int(headers[b"content-length"]))
    body = b""
    while size := int(read.readline(), 16):
        body += exactly(read, size)
        read.readline()
    read.readline()
    return status, headers, body


def exactly(read: object, size: int) -> bytes:
    body = b""
    while len(body) < size:
        body += read.read(size - len(body))  # type: ignore[attr-defined]
    return body


def by_the_long_way(server: Server, query: str) -> bytes:
    """A media type in capitals is remembered by nobody, yet says the same."""
    with connected(server) as link:
        link.sendall(request(query, "Expect: 100-continue"))
        status, _, body = answer_behind_100(link)
    assert status.endswith(b"200 OK")
    return body


def answer_behind_100(link: socket.socket) -> tuple[bytes, dict[bytes, bytes], bytes]:
    read = link.makefile("rb", buffering=0)
    assert read.readline().strip() == b"HTTP/1.1 100 Continue"
    read.readline()
    return answer(link)


@pytest.mark.parametrize("query", [NAMED, LONG, "{ snapshot { version } }"])
def test_both_ways_answer_alike(server: Server, query: str) -> None:
    expected = by_the_long_way(server, query)
    with connected(server) as link:
        for _ in range(3):
            link.sendall(request(query))
            status, headers, body = answer(link)
            assert (status, body) == (b"HTTP/1.1 200 OK", expected)
            assert headers[b"content-type"] == b"application/json; charset=utf-8"
            # Whoever keeps a long one has to know that there is another for those who accept gzip.
            assert headers[b"vary"] == (b"accept, Accept-Encoding" if len(body) >= 4096 else b"accept")
            assert b"date" in headers


def test_an_answer_however_the_request_is_cut(server: Server) -> None:
    expected, sent = by_the_long_way(server, NAMED), request(NAMED)
    with connected(server) as link:
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for at in (1, 20, sent.index(b"\r\n\r\n") + 2, sent.index(b"\r\n\r\n") + 4, len(sent) - 1):
            link.sendall(sent[:at])
            link.settimeout(0.05)
            with pytest.raises(TimeoutError):
                link.recv(1)
            link.settimeout(20)
            link.sendall(sent[at:])
            assert answer(link)[2] == expected


def test_requests_sent_at_once_are_answered_in_order(server: Server) -> None:
    queries = [NAMED, "{ snapshot { version } }", "{ __typename }", NAMED, "{ nothing }"]
    with connected(server) as link:
        link.sendall(b"".join(map(request, queries)))
        read = [answer(link)[2] for _ in queries[:3]]
        assert json.loads(read[0])["data"]["author"]["name"] == "Andrew Kyle Lampinen"
        assert "snapshot" in json.loads(read[1])["data"]
        assert json.loads(read[2]) == {"data": {"__typename": "Query"}}


def test_what_has_no_plan_goes_on_over_the_same_connection(server: Server) -> None:
    with connected(server) as link:
        for query, code in (
            ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
            ("{ papers(first: 1000) { totalCount } }", "PAGE_TOO_LARGE"),
        ):
            link.sendall(request(query))
            errors = json.loads(answer(link)[2])["errors"]
            assert errors[0]["extensions"]["code"] == code
            link.sendall(request(NAMED))
            assert b"Lampinen" in answer(link)[2]
        link.sendall(request("{ __schema { queryType { name } } }"))
        assert json.loads(answer(link)[2])["data"]["__schema"]["queryType"]["name"] == "Query"


def test_bodies_that_are_no_request_are_refused_as_ever(server: Server) -> None:
    with connected(server) as link:
        for body in (b"null", b"[1]", b"\xff\xfe", b"{", b'{"query": 1}'):
            link.sendall(f"{PLAIN.replace('Length: 2', f'Length: {len(body)}')}\r\n".encode() + body)
            status, _, said = answer(link)
            assert status.split()[1] == b"400", said
            assert json.loads(said)["errors"]


def test_compressed_for_those_who_accept_it(server: Server) -> None:
    expected = by_the_long_way(server, LONG)
    with connected(server) as link:
        link.sendall(request(LONG, "Accept-Encoding: gzip, br"))
        _, headers, body = answer(link)
        assert headers[b"content-encoding"] == b"gzip"
        assert headers[b"vary"] == b"accept, Accept-Encoding"
        assert gzip.decompress(body) == expected


def test_pages_of_other_origins_get_no_permission(server: Server) -> None:
    with connected(server) as link:
        link.sendall(request(NAMED, "Origin: https://example.org"))
        assert b"access-control-allow-origin" not in answer(link)[1]


def test_a_client_of_http_1_0_is_let_go(server: Server) -> None:
    with connected(server) as link:
        link.sendall(request(NAMED, version="1.0"))
        assert b"Lampinen" in answer(link)[2]
        assert link.recv(1) == b""


def test_a_client_may_close(server: Server) -> None:
    with connected(server) as link:
        link.sendall(request(NAMED, "Connection: close"))
        assert b"Lampinen" in answer(link)[2]
        assert link.recv(1) == b""


WRITER = AnswerWriter(Origins.of("*"), 1024)
PLAIN = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
ODD = (
    PLAIN.replace("POST", "PUT"),
    PLAIN.replace("/graphql", "/graphql?query=x"),
    PLAIN.replace("1.1", "1.0"),
    PLAIN.replace("application/json", "text/plain"),
    PLAIN.replace("Length: 2", "Length: 2000000"),
    PLAIN.replace("Length: 2", "Length: +2"),
    PLAIN.replace("Content-Length: 2\r\n", "Transfer-Encoding: chunked\r\n"),
    PLAIN + "Content-Length: 2\r\n",
    PLAIN + "Content-Type: application/json\r\n",
    PLAIN + "Content-Encoding: gzip\r\n",
    PLAIN + "Expect: 100-continue\r\n",
    PLAIN + "Connection: close\r\n",
    PLAIN + "X: " + "y" * 5000 + "\r\n",
    "nonsense\r\n",
)


def test_heads_that_may_go_the_short_way() -> None:
    heads = HeadCache(1_048_576, WRITER)
    head = heads.get((PLAIN + "\r\n").encode())
    assert head is not None
    assert (head.length, head.answer.gzip) == (2, False)
    assert heads.get((PLAIN + "\r\n").encode()) is head
    upgrading = heads.get((PLAIN + "Connection: upgrade\r\nUpgrade: h2c\r\n\r\n").encode())
    assert upgrading is not None
    assert (upgrading.length, upgrading.answer) == (head.length, head.answer)


@pytest.mark.parametrize("odd", ODD)
def test_heads_that_may_not(odd: str) -> None:
    assert HeadCache(1_048_576, WRITER).get((odd + "\r\n").encode()) is None

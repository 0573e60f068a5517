"""For which names the server answers: a page whose name was moved to this machine reads nothing."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from byline.api.app import create_app
from byline.api.http.gates.head import RequestHead
from byline.api.http.gates.hosts import Hosts
from byline.api.settings import Settings
from byline.data.ingest.ingest import ensure_sample
from tests.loop_watch import Served, served

QUERY = b'{"query": "{ snapshot { paperCount } }"}'
POST = b"POST /graphql HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n" % len(QUERY)
GET = b"GET /health HTTP/1.1\r\n"


def head(*hosts: bytes) -> RequestHead:
    lines = [(b"host", host) for host in hosts]
    return RequestHead("GET", lines, dict(lines))


@pytest.mark.parametrize(
    ("named", "listening", "host", "fits"),
    [
        ("", "127.0.0.1", "127.0.0.1:8000", True),
        ("", "127.0.0.1", "localhost", True),
        ("", "127.0.0.1", "LOCALHOST.:80", True),
        ("", "127.0.0.1", "[::1]:8000", True),
        ("", "::1", "[::1]", True),
        ("", "127.0.0.7", "127.0.0.7:1", True),
        ("", "localhost", "evil.org:8000", False),
        ("", "127.0.0.1", "localhost.evil.org", False),
        ("", "127.0.0.1", "127.0.0.1.evil.org", False),
        ("", "127.0.0.1", "", False),
        ("", "127.0.0.1", "localhost:80:80", False),
        ("", "127.0.0.1", "localhost, evil.org", False),
        ("", "0.0.0.0", "anything", True),
        ("", "::", "anything", True),
        ("graph.org, www.graph.org:443", "0.0.0.0", "WWW.graph.org", True),
        ("graph.org", "127.0.0.1", "graph.org:99", True),
        ("graph.org", "0.0.0.0", "localhost", False),
        ("*", "127.0.0.1", "anything", True),
    ],
)
def test_names_for_which_the_server_answers(named: str, listening: str, host: str, fits: bool) -> None:
    assert Hosts.of(named, listening).fits(head(host.encode())) is fits


def test_one_name_a_request() -> None:
    hosts = Hosts.of("", "127.0.0.1")
    assert hosts.fits(head())
    assert not hosts.fits(head(b"localhost", b"localhost"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    store: Path = tmp_path_factory.mktemp("origins")
    ensure_sample(store)
    with served(create_app(Settings(store=str(store)), hosts=Hosts.of("", "127.0.0.1"))) as running:
        yield running


@pytest.mark.parametrize("request_line", [POST, GET, GET.replace(b"/health", b"/graphql?query=%7B__typename%7D")])
def test_a_page_whose_name_was_moved_to_this_machine_reads_nothing(server: Served, request_line: bytes) -> None:
    body = QUERY if request_line is POST else b""
    # Both ways of an answer: a head that is known by its bytes, and one that is not.
    for line in (b"", b"Expect: nothing\r\n"):
        for _ in range(2):
            response = server.send(request_line + b"Host: evil.org:8000\r\n" + line + b"\r\n" + body)
            assert response.startswith(b"HTTP/1.1 421 ")
            (error,) = json.loads(response.partition(b"\r\n\r\n")[2])["errors"]
            assert error["extensions"]["code"] == "HOST_NOT_ALLOWED"
            assert "BYLINE_HOSTS" in error["extensions"]["hint"]
            assert b"evil.org" in response
            assert b"access-control" not in response
        for host in (b"localhost:%d" % server.port, b"127.0.0.1", b"[::1]:1"):
            assert server.send(request_line + b"Host: " + host + b"\r\n" + line + b"\r\n" + body).startswith(b"HTTP/1.1 200 ")


def test_a_proxy_on_this_machine_is_told_which_setting_it_is() -> None:
    client = TestClient(create_app(Settings(), hosts=Hosts.of("graph.org", "127.0.0.1")))
    assert client.get("/health", headers={"host": "graph.org"}).status_code == 200
    refused = client.get("/health", headers={"host": "other.org"})
    assert refused.status_code == 421
    assert "'other.org'" in refused.json()["errors"][0]["message"]

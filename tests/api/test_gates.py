"""The gates say the same on every way of a request: the head that is known by its bytes, the front, and the view."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.exceptions import HTTPException

from byline.api.app import create_app
from byline.api.http.gates.content_type import check_content_type, is_usual
from byline.api.http.gates.head import RequestHead
from byline.api.http.gates.request import request_of
from byline.api.settings import Settings
from tests.loop_watch import Served, served

QUERY = "{ snapshot { paperCount } }"
FEW = {"max_values": 20, "max_tokens": 20}
BODIES = {
    "a query": {"query": QUERY},
    "null beside it": {"query": QUERY, "variables": None, "operationName": None, "extensions": None},
    "an empty name": {"query": QUERY, "operationName": ""},
    "the name of none": {"query": QUERY, "operationName": "A"},
    "extensions": {"query": QUERY, "extensions": {"x": 1}},
    "a hash beside it": {"query": QUERY, "extensions": {"persistedQuery": {"sha256Hash": "x"}}},
    "a hash": {"extensions": {"persistedQuery": {"sha256Hash": "x"}}},
    "a hash and an empty query": {"query": "", "extensions": {"persistedQuery": {}}},
    "a hash and a blank query": {"query": " ", "extensions": {"persistedQuery": {}}},
    "no query": {"variables": {}},
    "a blank query": {"query": " \u2003\n"},
    "a number for a query": {"query": 1},
    "a list of variables": {"query": QUERY, "variables": []},
    "a number for a name": {"query": QUERY, "operationName": 3},
    "a text for extensions": {"query": QUERY, "extensions": "x"},
    "many wrong": {"query": QUERY, "operationName": 3, "extensions": "x", "variables": 1},
    "a list": [{"query": QUERY}],
    "a text": QUERY,
    "too many values": {"query": QUERY, "more": [0] * 60},
    "values that are just few enough": {"query": QUERY, "more": [0] * 36},
    "a query that does not parse": {"query": "{"},
    "a mutation": {"query": "mutation { a }"},
}
# Heads of the same request: known by its bytes, read by the front (a header that the short way leaves to uvicorn), by the view
# (a length that only the end tells; a content type as few say it).
HEADS = {
    "protocol": "Content-Type: application/json\r\nContent-Length: {}\r\n",
    "front": "Content-Type: application/json\r\nContent-Length: {}\r\nTE: trailers\r\n",
    "chunks": "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n",
    "type": "Content-Type: application/json; Charset=utf-8 ; x=y\r\nContent-Length: {}\r\n",
}


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Served]:
    with served(create_app(Settings(store=str(store), **FEW))) as running:
        yield running


def responded(server: Served, way: str, accept: str, body: bytes) -> tuple[bytes, set[bytes], bytes]:
    """Status line, header lines and body of an answer."""
    head = f"POST /graphql HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n{HEADS[way].format(len(body))}\r\n"
    sent = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body) if way == "chunks" else body
    lines, _, answer = server.send(head.encode() + sent).partition(b"\r\n\r\n")
    status, *headers = lines.split(b"\r\n")
    return status, {line for line in headers if not line.startswith(b"date:")}, answer


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
@pytest.mark.parametrize("name", BODIES)
def test_every_way_says_the_same(server: Served, name: str, accept: str) -> None:
    body = json.dumps(BODIES[name]).encode()
    responses = {way: responded(server, way, accept, body) for way in HEADS}
    assert all(each == responses["chunks"] for each in responses.values()), responses
    assert responses["protocol"][0].split()[1] in (b"200", b"400")
    assert (b'"data":' in responses["protocol"][2]) is (name in PLANNED)


PLANNED = {
    "a query", "null beside it", "an empty name", "extensions", "a hash beside it", "values that are just few enough",
}  # fmt: skip


def test_a_body_of_more_values_than_a_request_can_need_is_refused_however_short(server: Served) -> None:
    _, _, content = responded(server, "protocol", "application/json", json.dumps(BODIES["too many values"]).encode())
    assert json.loads(content)["errors"][0]["extensions"]["code"] == "TOO_COSTLY"


def head(*lines: tuple[bytes, bytes]) -> RequestHead:
    return RequestHead("POST", lines, dict(lines))


@pytest.mark.parametrize("kind", [b"application/json", b"application/json;charset=utf-8", b"Application/JSON; charset=UTF-8"])
def test_what_is_usual_passes(kind: bytes) -> None:
    assert is_usual(head((b"content-type", kind)))
    check_content_type(head((b"content-type", kind)))


@pytest.mark.parametrize("encoding", [b"gzip", b"identity"])
def test_an_encoded_body_is_never_usual(encoding: bytes) -> None:
    lines = (b"content-type", b"application/json"), (b"content-encoding", encoding)
    assert not is_usual(head(*lines))
    if encoding == b"gzip":
        with pytest.raises(HTTPException, match="compressed"):
            check_content_type(head(*lines))
    else:
        check_content_type(head(*lines))


@pytest.mark.parametrize("encoding", [b"", b" ", b", ,", b"Identity"])
def test_an_encoding_that_names_none_is_none(encoding: bytes) -> None:
    check_content_type(head((b"content-type", b"application/json"), (b"content-encoding", encoding)))


def test_the_last_of_a_header_counts() -> None:
    with pytest.raises(HTTPException):
        check_content_type(head((b"content-type", b"application/json"), (b"content-type", b"text/plain")))


def test_a_request_in_its_parts() -> None:
    assert request_of({"query": "{a}"}) == ("{a}", None, None, None)
    assert request_of({"query": "{a}", "variables": {}, "operationName": "A", "extensions": {}}) == ("{a}", {}, "A", {})
    assert request_of({"query": None, "extensions": {"persistedQuery": {}}})[0] is None

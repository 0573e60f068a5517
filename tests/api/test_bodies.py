"""Whatever arrives that is no GraphQL request gets a 4xx with an error in GraphQL's shape, and never a 500."""

import asyncio
import random
from collections.abc import Callable

import orjson
import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.testclient import TestClient
from starlette.types import Message

from byline.api.http.gates.body import read_body
from byline.api.http.gates.head import RequestHead
from tests.api.conftest import a_client

JSON = {"content-type": "application/json"}
GRAPHQL = "application/graphql-response+json"

NOT_REQUESTS = {
    "null": b"null",
    "number": b"1",
    "text": b'"x"',
    "list": b"[]",
    "batch": b'[{"query":"{hello}"}]',
    "list of numbers": b"[1]",
    "empty": b"",
    "blank": b"   ",
    "no query": b"{}",
    "query null": b'{"query":null}',
    "query number": b'{"query":7}',
    "query empty": b'{"query":""}',
    "query blank": b'{"query":" \\n"}',
    "bad UTF-8": b'{"query":"\xff"}',
    "lone surrogate": b'{"query":"{hello(name:\\"\\ud800\\")}"}',
    "NaN": b'{"query":"{hello}","variables":{"a":NaN}}',
    "100 KB of [": b"[" * 100_000,
    "100 KB of {": b'{"a":' * 20_000,
    "variables list": b'{"query":"{hello}","variables":[]}',
    "variables number": b'{"query":"{hello}","variables":3}',
    "operationName number": b'{"query":"{hello}","operationName":3}',
    "operationName object": b'{"query":"{hello}","operationName":{}}',
    "extensions list": b'{"query":"{hello}","extensions":[]}',
    "cut off": b'{"query":"{hello}"',
    "two values": b'{"query":"{hello}"}{}',
}


def one_error(response: object) -> dict[str, object]:
    body = orjson.loads(response.content)  # type: ignore[attr-defined]
    assert set(body) == {"errors"}
    (error,) = body["errors"]
    assert error["message"]
    return error["extensions"]


@pytest.mark.parametrize("body", NOT_REQUESTS.values(), ids=NOT_REQUESTS)
@pytest.mark.parametrize("accept", ["application/json", GRAPHQL])
def test_what_is_no_request_is_refused(client: TestClient, body: bytes, accept: str) -> None:
    response = client.post("/graphql", content=body, headers={**JSON, "accept": accept})
    assert response.status_code == 400, response.text
    assert response.headers["content-type"] == f"{accept}; charset=utf-8"
    assert one_error(response)["code"] == "BAD_REQUEST"


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain; x=application/json",
     "application/json; charset=latin-1", "application/jsonp"],
)  # fmt: skip
def test_other_content_types_are_refused(client: TestClient, content_type: str) -> None:
    response = client.post("/graphql", content=b'{"query":"{hello}"}', headers={"content-type": content_type})
    assert response.status_code == 415
    assert one_error(response)["code"] == "UNSUPPORTED_MEDIA_TYPE"


def test_a_compressed_body_is_refused(client: TestClient) -> None:
    response = client.post("/graphql", content=b"\x1f\x8b", headers={**JSON, "content-encoding": "gzip"})
    assert response.status_code == 415


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8"]
)
def test_json_in_utf8_is_accepted(client: TestClient, content_type: str) -> None:
    response = client.post("/graphql", content=b'{"query":"{hello}"}', headers={"content-type": content_type})
    assert response.json() == {"data": {"hello": "hello world"}}


def test_a_long_body_is_refused_by_its_stated_length(client: TestClient) -> None:
    response = client.post("/graphql", content=b"x" * 20_000_000, headers=JSON)
    assert response.status_code == 413
    assert one_error(response)["code"] == "BODY_TOO_LARGE"


def test_a_long_body_without_a_length_is_refused_once_it_is_too_long() -> None:
    sent = 0

    async def receive() -> dict[str, object]:
        nonlocal sent
        sent += 1
        return {"type": "http.request", "body": b"x" * 1000, "more_body": True}

    request = Request({"type": "http", "method": "POST", "headers": [(b"content-type", b"application/json")]}, receive)  # type: ignore[arg-type]
    with pytest.raises(HTTPException) as caught:
        asyncio.run(read_body(request, RequestHead.of(request.scope), 5000))
    assert caught.value.status_code == 413
    assert sent == 6


def test_a_client_that_leaves_in_mid_body_is_refused_and_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Through all of the application, the front included, with a stated length and without."""
    for length in ([(b"content-length", b"40")], []):
        sent = [{"type": "http.request", "body": b'{"query":', "more_body": True}, {"type": "http.disconnect"}]
        answered: list[Message] = []

        async def receive(coming: list[Message] = sent) -> Message:
            # Whoever reads on after the client has left hears the same again.
            return coming.pop(0) if len(coming) > 1 else coming[0]

        async def send(message: Message, taken: list[Message] = answered) -> None:
            taken.append(message)

        scope = {
            "type": "http", "method": "POST", "path": "/graphql", "query_string": b"", "root_path": "", "scheme": "http",
            "http_version": "1.1", "headers": [(b"content-type", b"application/json"), *length],
        }  # fmt: skip
        asyncio.run(a_client().app(scope, receive, send))
        start, body = answered
        assert start["status"] == 400
        assert orjson.loads(body["body"])["errors"][0]["extensions"]["code"] == "BAD_REQUEST"
    assert caplog.records == []


@pytest.mark.parametrize(
    "query",
    [
        "{" * 5000,
        "{hello" * 600 + "}" * 600,
        '{hello(name:"' + "x" * 900_000 + '")}',
        "#" * 100_000,
        "{hello" + " hello" * 5000 + "}",
        "{hello(where:" + "{inner:" * 900 + "{}" + "}" * 900 + ")}",
        "{__typename " + "@skip(if:false)" * 1500 + "}",
        "\u0000",
        "\ufeff",
    ],
)
def test_documents_that_hurt_are_answered(client: TestClient, query: str) -> None:
    response = client.post("/graphql", json={"query": query}, headers={"accept": GRAPHQL})
    assert response.status_code in (200, 400), response.text[:300]
    body = response.json()
    assert ("errors" in body) == (response.status_code == 400)
    assert all(error["extensions"]["code"] != "INTERNAL" for error in body.get("errors", []))


def test_variables_nested_too_deeply_are_refused(client: TestClient) -> None:
    body = orjson.dumps({"query": "query($w:Filter){hello(where:$w)}", "variables": {"w": None}})
    nested = body.replace(b"null", b'{"inner":' * 900 + b"{}" + b"}" * 900)
    response = client.post("/graphql", content=nested, headers={**JSON, "accept": GRAPHQL})
    assert response.status_code in (200, 400)
    assert "INTERNAL" not in response.text


def test_bytes_at_random_never_give_a_500(make_client: Callable[..., TestClient]) -> None:
    client, chance = make_client(), random.Random(7)
    good = b'{"query":"query A($n:String){hello(name:$n)}","variables":{"n":"x"},"operationName":"A"}'
    for _ in range(300):
        body = bytearray(good)
        for _ in range(chance.randint(1, 4)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        response = client.post("/graphql", content=bytes(body), headers=JSON)
        assert response.status_code in (200, 400), (bytes(body), response.text)
        assert "INTERNAL" not in response.text, (bytes(body), response.text)

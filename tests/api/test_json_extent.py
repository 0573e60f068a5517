"""Values of a body are counted on its bytes, as many as its JSON has; a large one is made into values once, beside the loop."""

import json
import threading
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

import byline.api.http.gates.values
import byline.api.http.packing
from byline.api.app import create_app
from byline.api.http.gates.json_extent import Extent, check_values
from byline.api.http.gates.values import LARGE_BODY
from byline.api.settings import Settings
from byline.graph.errors import TooCostly
from tests.loop_watch import served

TEXTS = st.text(st.sampled_from(list('\\"[]{},:a \n\u00e9\u2028')), max_size=12)
SCALARS = st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.floats(allow_nan=False, allow_infinity=False) | TEXTS

VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4))
WHERE = "query ($w: PaperFilter) { papers(where: $w) { totalCount } }"


def count(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(count, inner))


def depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


@given(VALUES, st.booleans(), st.sampled_from([None, 0, 1, "\t\r\n "]), st.sampled_from([1, 2, 3, 7, 4096]))
def test_the_count_on_the_bytes_is_that_of_the_values(value: Any, ascii: bool, indent: Any, block: int) -> None:
    text = json.dumps(value, ensure_ascii=ascii, indent=indent).encode()
    extent = Extent()
    for at in range(0, len(text), block):
        extent.add(text[at : at + block])
    assert (extent.values, extent.deepest, extent.depth) == (count(value), depth(value), 0)


def body(**variables: Any) -> bytes:
    return orjson.dumps({"query": WHERE, "variables": variables})


DENSE = {
    "empty objects": {"or": [{}] * 250_000},
    "members": {f"m{at}": 1 for at in range(50_000)},
    "lists in lists": [[[]]] * 90_000,
    "behind a long text": {"a": "\\" * 200_000 + '"', "or": [{}] * 100_000},
}


@pytest.mark.parametrize("value", DENSE.values(), ids=DENSE)
def test_too_many_values_are_refused_before_they_are_made(monkeypatch: pytest.MonkeyPatch, store: Path, value: Any) -> None:
    sent = body(w=value)
    monkeypatch.setattr(byline.api.http.gates.values.orjson, "loads", lambda _: pytest.fail("made into values"))
    client = TestClient(create_app(Settings(store=str(store))))
    for headers in ({}, {"x": "y", "content-type": "application/json; charset=UTF-8 "}):
        answer = client.post("/graphql", content=sent, headers={"content-type": "application/json", **headers})
        monkeypatch.undo()
        (error,) = answer.json()["errors"]
        monkeypatch.setattr(byline.api.http.gates.values.orjson, "loads", lambda _: pytest.fail("made into values"))
        assert error["extensions"]["code"] == "TOO_COSTLY"
        assert error["message"].startswith(
            "A query may have at most 5000 values, those of a variable counted as often as it is used; got "
        )
        assert "BYLINE_MAX_VALUES" in error["extensions"]["hint"]


@pytest.mark.parametrize("text", ["[]{},:" * 180_000, '\\"' * 300_000, "\\" * 500_000], ids=["signs", "quotes", "backslashes"])
def test_what_stands_in_a_text_is_no_value(text: str) -> None:
    check_values(body(w=text), Settings())


def test_what_a_query_may_give_is_never_refused_before_it_is_read() -> None:
    """As many values as may be in one variable, beside as many scalars as a document has tokens for."""
    most = Settings(max_values=50, max_tokens=40)
    scalars = {f"s{at}": at for at in range(most.max_tokens // 4)}
    check_values(body(w=[1] * (most.max_values - 1), **scalars), most)
    with pytest.raises(TooCostly):
        check_values(body(w=[1] * (most.max_values + most.max_tokens)), most)


PADDED = " " * LARGE_BODY
UNPLANNED = "query ($w: PaperFilter, $n: String!) { __type(name: $n) { name } papers(where: $w) { totalCount } }"
ASKED = {
    "a plan": ({"query": WHERE, "variables": {"w": {"title": {"contains": PADDED}}}}, "data"),
    "no plan": ({"query": UNPLANNED, "variables": {"w": {"title": {"contains": PADDED}}, "n": "Paper"}}, "data"),
    "an explanation": ({"query": WHERE, "variables": {}, "extensions": {"explain": True}, "more": PADDED}, "data"),
    "wrong variables": ({"query": WHERE, "variables": {"w": {"title": PADDED}}}, "BAD_USER_INPUT"),
    "too many values": ({"query": WHERE, "variables": {"w": {"or": [{}] * 6000}}}, "TOO_COSTLY"),
    "a wrong document": ({"query": WHERE + "}" + PADDED, "variables": {}}, "GRAPHQL_PARSE_FAILED"),
    "no request": ({"query": 7, "more": PADDED}, "BAD_REQUEST"),
}


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("kind", ["application/json", "application/json; Charset=utf-8"], ids=["short way", "long way"])
def test_a_large_body_is_made_into_values_once_and_beside_the_loop(
    store: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: str
) -> None:
    request, expected = ASKED[name]
    sent, parses = orjson.dumps(request), []
    assert len(sent) > LARGE_BODY
    real = orjson.loads

    def loads(data: bytes) -> Any:
        parses.append((len(data), threading.current_thread().name.partition("_")[0]))
        return real(data)

    app = create_app(Settings(store=str(store)))
    monkeypatch.setattr("orjson.loads", loads)
    answer = TestClient(app).post("/graphql", content=sent, headers={"content-type": kind})
    monkeypatch.undo()
    assert parses == [(len(sent), "byline-reading")]
    response = answer.json()
    assert response.get("errors", [{"extensions": {"code": "data"}}])[0]["extensions"]["code"] == expected
    small = {**request, "more": None}
    if len(orjson.dumps(small)) <= LARGE_BODY:
        response.pop("extensions", None)
        again = TestClient(app).post("/graphql", content=orjson.dumps(small), headers={"content-type": kind}).json()
        again.pop("extensions", None)
        assert response == again


def test_a_long_answer_is_packed_beside_the_loop(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    threads, real = [], byline.api.http.packing.packed

    def packed(parts: Any) -> bytes:
        threads.append(threading.current_thread().name)
        return real(parts)

    monkeypatch.setattr(byline.api.http.packing, "packed", packed)
    query = "{ papers(first: 15) { nodes { " + " ".join(f"a{at}: abstract" for at in range(40)) + " } } }"
    sent = orjson.dumps({"query": query})
    head = b"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n" % len(sent)
    with served(create_app(Settings(store=str(store)))) as running:
        for _ in range(2):
            plain = running.send(head + b"\r\n" + sent).partition(b"\r\n\r\n")[2]
            assert byline.api.http.packing.PACKED_BESIDE < len(plain) < byline.api.http.packing.CHUNK
            answer = running.send(head + b"Accept-Encoding: gzip\r\n\r\n" + sent)
            assert b"content-encoding: gzip" in answer
    assert len(threads) == 2
    assert not any(name.startswith("Thread") for name in threads), threads

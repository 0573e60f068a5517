"""The version of the snapshot in a response: asked by header or extension, whichever way it is answered."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from byline.api.app import create_app
from byline.api.http.answers import AnswerWriter
from byline.api.http.head_cache import HeadCache
from byline.api.http.origins import Origins
from byline.api.settings import Settings
from byline.data.ingest.ingest import ensure_sample, ingest

PLANNED, RESOLVED = "{ snapshot { version } }", "{ snapshot { version } __schema { queryType { name } } }"
LONG = "{ snapshot { version } " + " ".join(f"a{n}: papers(first: 1) {{ totalCount }}" for n in range(20)) + " }"
FAILS = '{ snapshot { version } author(by: {name: "Andrew Kyle Lampinen"}) { papers(first: -1) { totalCount } } }'
HEADER = {"byline-snapshot": "true"}


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    ensure_sample(tmp_path / "store")
    return TestClient(create_app(Settings(store=str(tmp_path / "store"), allow_origin="https://a.org")))


@pytest.mark.parametrize("query", [PLANNED, RESOLVED, LONG, FAILS], ids=["planned", "resolved", "long", "failed"])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("form", ["header", "extension", "both"])
def test_both_forms_of_asking_get_both_forms_of_answer(client: TestClient, query: str, method: str, form: str) -> None:
    headers = {"accept": "application/json"} | (HEADER if form != "extension" else {})
    extensions = {"snapshot": True} if form != "header" else None
    answer = sent(client, method, query, headers, extensions)
    body = answer.json()
    assert answer.status_code == 200
    assert answer.headers["byline-snapshot"] == body["extensions"]["snapshot"] == body["data"]["snapshot"]["version"]
    assert answer.headers["access-control-expose-headers"] == "byline-snapshot"


def sent(client: TestClient, method: str, query: str, headers: dict[str, str], extensions: dict[str, bool] | None) -> Any:
    if method == "POST":
        return client.post("/graphql", json={"query": query, "extensions": extensions}, headers=headers)
    given = {} if extensions is None else {"extensions": '{"snapshot": true}'}
    return client.get("/graphql", params={"query": query, **given}, headers=headers)


@pytest.mark.parametrize("headers", [{}, {"byline-snapshot": "false"}])
@pytest.mark.parametrize("extensions", [None, {}, {"snapshot": False}, {"snapshot": {}}])
def test_it_is_not_said_unasked(client: TestClient, headers: dict[str, str], extensions: Any) -> None:
    answer = client.post("/graphql", json={"query": PLANNED, "extensions": extensions}, headers=headers)
    assert "byline-snapshot" not in answer.headers
    assert "extensions" not in answer.json()


def test_what_is_refused_before_it_runs_says_it_too(client: TestClient) -> None:
    costly = "{ authors(first: 100) { nodes " + "{ coauthors(first: 100) { nodes " * 4 + "{ id }" + " } }" * 4 + " } }"
    version = client.post("/graphql", json={"query": PLANNED}).json()["data"]["snapshot"]["version"]
    for query, code in ((costly, "TOO_COSTLY"), ("{ nope }", "GRAPHQL_VALIDATION_FAILED")):
        answer = client.post("/graphql", json={"query": query}, headers=HEADER)
        assert answer.json()["errors"][0]["extensions"]["code"] == code
        assert answer.headers["byline-snapshot"] == answer.json()["extensions"]["snapshot"] == version


def test_it_stands_beside_what_else_extensions_say(client: TestClient) -> None:
    request = {"query": PLANNED, "extensions": {"snapshot": True, "explain": True}}
    assert set(client.post("/graphql", json=request).json()["extensions"]) == {"snapshot", "explain"}


def test_it_changes_with_the_snapshot(client: TestClient, tmp_path: Path) -> None:
    before = client.post("/graphql", json={"query": PLANNED}, headers=HEADER).headers["byline-snapshot"]
    more = tmp_path / "more.jsonl"
    more.write_text('{"type": "paper", "id": "x:1", "title": "One more"}\n')
    ingest(tmp_path / "store", "records", [more])
    after = client.post("/graphql", json={"query": PLANNED}, headers=HEADER)
    assert after.headers["byline-snapshot"] == after.json()["data"]["snapshot"]["version"] != before


def test_a_head_that_asks_for_it_is_not_answered_from_the_socket() -> None:
    head = b"POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 20\r\n"
    cache = HeadCache(1000, AnswerWriter(Origins.of(""), 1000))
    assert cache.get(head + b"\r\n") is not None
    assert cache.get(head + b"Byline-Snapshot: true\r\n\r\n") is None

"""The routes beside /graphql, and what all routes share."""

import base64
import hashlib
import logging
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from byline.api.app import create_app
from byline.api.http.page import Page
from byline.api.settings import Settings


def test_health_is_alive_even_without_a_graph(client: TestClient, empty_client: TestClient) -> None:
    assert client.get("/health").json() == empty_client.get("/health").json() == {"status": "ok"}


def test_ready_says_what_is_served(client: TestClient) -> None:
    response = client.get("/ready")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ready", "snapshot": "v1", "builtAt": "2026-01-02T03:04:05Z", "counts": {"authors": 2, "papers": 1},
    }  # fmt: skip


def test_without_a_snapshot_ready_and_queries_say_so(empty_client: TestClient) -> None:
    for response in (empty_client.get("/ready"), empty_client.post("/graphql", json={"query": "{hello}"})):
        assert response.status_code == 503
        assert response.json()["errors"] == [{"message": "Nothing was ingested yet", "extensions": {"code": "NO_SNAPSHOT"}}]


def test_home_leads_to_graphql(client: TestClient) -> None:
    response = client.get("/", follow_redirects=False)
    assert response.status_code == 307
    assert response.headers["location"] == "/graphql"


def test_an_unknown_path_is_refused_in_the_same_shape(client: TestClient) -> None:
    response = client.get("/nowhere")
    assert response.status_code == 404
    assert response.json() == {"errors": [{"message": "/nowhere: Not Found", "extensions": {"code": "NOT_FOUND"}}]}


def test_static_files_stay_inside_their_folder(client: TestClient) -> None:
    for path in ("/static/../settings.py", "/static/%2e%2e/settings.py", "/static/none.js"):
        assert client.get(path).status_code in (404, 405)


PREFLIGHT = {
    "origin": "https://example.org",
    "access-control-request-method": "POST",
    "access-control-request-headers": "content-type",
}
PERMISSION = "access-control-allow-origin"


@pytest.mark.parametrize(
    ("allowed", "permitted"),
    [
        ("", None),
        ("*", "*"),
        ("https://example.org", "https://example.org"),
        ("https://one.org, https://example.org/", "https://example.org"),
        ("https://one.org,https://two.org", None),
        ("http://example.org", None),
        ("https://example.org.evil.org", None),
    ],
)
def test_pages_of_other_origins_may_ask_where_they_are_named(
    make_client: Callable[..., TestClient], allowed: str, permitted: str | None
) -> None:
    client = make_client(allow_origin=allowed)
    request = {"json": {"query": "{hello}"}, "headers": {"origin": "https://example.org"}}
    for answer in (
        client.options("/graphql", headers=PREFLIGHT),
        client.post("/graphql", **request),  # type: ignore[arg-type]
        client.post("/graphql", json={"query": "{nope}"}, headers={"origin": "https://example.org"}),
        client.get("/health", headers={"origin": "https://example.org"}),
    ):
        assert answer.headers.get(PERMISSION) == permitted
        if permitted not in (None, "*"):
            assert "origin" in answer.headers["vary"].lower()
    assert PERMISSION not in client.post("/graphql", json={"query": "{hello}"}).headers or permitted == "*"


@pytest.mark.parametrize("accepted", ["gzip;q=0", "gzip; q=0.000, *", "br", "GZIP;Q=0", "identity, gzip ;q=0"])
def test_gzip_is_not_used_where_it_is_refused(client: TestClient, accepted: str) -> None:
    for query in ("{long(size:20000)}", "{long(size:20000) nope}"):
        answer = client.post("/graphql", json={"query": query}, headers={"accept-encoding": accepted})
        assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("accepted", ["gzip", "gzip;q=0.001", "br;q=0, gzip", "GZIP;q=1"])
def test_gzip_is_used_where_it_is_accepted(client: TestClient, accepted: str) -> None:
    answer = client.post("/graphql", json={"query": "{long(size:20000)}"}, headers={"accept-encoding": accepted})
    assert answer.headers["content-encoding"] == "gzip"


def test_the_page_runs_its_own_script_and_is_shown_in_no_frame(tmp_path: Path) -> None:
    client = TestClient(create_app(Settings(), page=Page(tmp_path)))
    answer = client.get("/graphql", headers={"accept": "text/html"})
    (script,) = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    policy = answer.headers["content-security-policy"]
    assert f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_an_error_that_nobody_expected_is_answered_in_our_shape_and_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> None:
        raise RuntimeError("a secret of the machine")

    app = create_app(Settings(), store=broken)  # type: ignore[arg-type]
    with caplog.at_level(logging.ERROR):
        answer = TestClient(app).post("/graphql", json={"query": "{ snapshot { version } }"})
    assert answer.status_code == 500
    (error,) = answer.json()["errors"]
    assert error["extensions"].pop("id") in caplog.records[0].getMessage()
    assert error == {"message": "Internal error", "extensions": {"code": "INTERNAL"}}
    assert len(caplog.records) == 1
    assert "secret" in str(caplog.records[0].exc_info)


def test_long_answers_are_compressed_for_those_who_accept_it(client: TestClient) -> None:
    request = {"query": "{long(size:20000)}"}
    assert client.post("/graphql", json=request).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in client.post("/graphql", json=request, headers={"accept-encoding": "identity"}).headers
    assert "content-encoding" not in client.post("/graphql", json={"query": "{hello}"}).headers

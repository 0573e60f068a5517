"""The routes beside /graphql, and what all routes share."""

from collections.abc import Callable

from starlette.testclient import TestClient


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


def test_pages_of_other_origins_may_ask(client: TestClient, make_client: Callable[..., TestClient]) -> None:
    asked = {
        "origin": "https://example.org",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    assert client.options("/graphql", headers=asked).headers["access-control-allow-origin"] == "*"
    closed = make_client(allow_origin="").post("/graphql", json={"query": "{hello}"}, headers={"origin": "https://example.org"})
    assert "access-control-allow-origin" not in closed.headers


def test_long_answers_are_compressed_for_those_who_accept_it(client: TestClient) -> None:
    asked = {"query": "{long(size:20000)}"}
    assert client.post("/graphql", json=asked).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in client.post("/graphql", json=asked, headers={"accept-encoding": "identity"}).headers
    assert "content-encoding" not in client.post("/graphql", json={"query": "{hello}"}).headers

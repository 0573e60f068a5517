"""What GraphQL clients rely on, asked of the whole schema over HTTP: by GET and POST, in both media types."""

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from byline.data.ingest.ingest import ensure_sample
from tests.asking import client as client_of

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
# The media type that a client asks for, and the status of a request error in it.
ACCEPTED = [(JSON, 200), (GRAPHQL, 400)]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    store: Path = tmp_path_factory.mktemp("clients")
    ensure_sample(store)
    return client_of(store)


def sent(client: TestClient, method: str, accept: str, **members: Any) -> Any:
    """One request; by GET the objects in it are JSON in the URL."""
    if method == "POST":
        return client.post("/graphql", json=members, headers={"accept": accept})
    parameters = {name: value if isinstance(value, str) else json.dumps(value) for name, value in members.items()}
    return client.get("/graphql", params=parameters, headers={"accept": accept})


def refused(response: Any, accept: str, status: int) -> dict[str, Any]:
    """The one error of a request error, which has no `data`."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == f"{accept}; charset=utf-8"
    body = response.json()
    assert set(body) == {"errors"}
    (error,) = body["errors"]
    return dict(error)


EMPTY = {
    "{ snapshot { } }": {"snapshot": {}},
    "{ }": {},
    "query { }": {},
    "query Q { }": {},
    '{ nobody: author(by: {orcid: "0000-0002-1825-0097"}) { } }': {"nobody": None},
    "{ ... { } }": {},
    "{ snapshot { ... on Snapshot { } } }": {"snapshot": {}},
    "{ snapshot { paperCount } papers(first: 2) { nodes { } } }": {"snapshot": {"paperCount": 15}, "papers": {"nodes": [{}, {}]}},
    "{ ...F } fragment F on Query { }": {},
    "{ __schema { queryType { } } }": {"__schema": {"queryType": {}}},
}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
@pytest.mark.parametrize("query", EMPTY)
def test_an_empty_selection_is_an_empty_object(sample: TestClient, method: str, accept: str, query: str) -> None:
    """As the specification has it since September 2026."""
    response = sent(sample, method, accept, query=query)
    assert (response.status_code, response.json()) == (200, {"data": EMPTY[query]})


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(("accept", "status"), ACCEPTED)
@pytest.mark.parametrize(
    "query",
    ["{ snapshot }", "{ papers { nodes } }", "{ snapshot { paperCount { x } } }", "{ snapshot { paperCount { } } }",
     "{ author { } }", "{ author(by: {}) { } }"],
)  # fmt: skip
def test_a_selection_where_none_belongs_or_none_where_one_does(
    sample: TestClient, method: str, accept: str, status: int, query: str
) -> None:
    error = refused(sent(sample, method, accept, query=query), accept, status)
    assert error["extensions"] == {"code": "GRAPHQL_VALIDATION_FAILED"}


@pytest.mark.parametrize(
    "query", ["{ snapshot { paperCount @skip(if: true) } }", "{ snapshot { ... @include(if: false) { version } } }"]
)
def test_a_selection_of_which_every_field_is_skipped_is_an_empty_object(sample: TestClient, query: str) -> None:
    assert sent(sample, "POST", GRAPHQL, query=query).json() == {"data": {"snapshot": {}}}


HASH = "ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38"
PERSISTED = {"persistedQuery": {"version": 1, "sha256Hash": HASH}}
QUERY = "{ snapshot { paperCount } }"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(("accept", "status"), ACCEPTED)
@pytest.mark.parametrize("members", [{}, {"query": ""}, {"operationName": "Q", "variables": {"n": 1}}])
def test_a_hash_without_its_query_is_answered_so_that_the_client_sends_the_query(
    sample: TestClient, method: str, accept: str, status: int, members: dict[str, Any]
) -> None:
    """The message is what urql looks for, the code beside it what Apollo's clients do; both are read whatever the status."""
    response = sent(sample, method, accept, **members, extensions=PERSISTED)
    assert refused(response, accept, status) == {
        "message": "PersistedQueryNotSupported",
        "extensions": {"code": "PERSISTED_QUERY_NOT_SUPPORTED"},
    }
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
@pytest.mark.parametrize("extensions", [PERSISTED, {"persistedQuery": None}, {"persistedQuery": {}}, {"other": True}])
def test_a_query_beside_a_hash_runs(sample: TestClient, method: str, accept: str, extensions: dict[str, Any]) -> None:
    response = sent(sample, method, accept, query=QUERY, extensions=extensions)
    assert response.status_code == 200
    assert response.json() == {"data": {"snapshot": {"paperCount": 15}}}
    explained = sent(sample, method, accept, query=QUERY, extensions={**extensions, "explain": True}).json()
    assert explained["data"] == {"snapshot": {"paperCount": 15}}
    assert explained["extensions"]["explain"]["plan"]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
@pytest.mark.parametrize("extensions", [{}, {"persistedQuery": None}, {"persistedQuery": HASH}, {"persistedQuery": [HASH]}])
def test_what_names_neither_query_nor_hash_is_no_request(
    sample: TestClient, method: str, accept: str, extensions: dict[str, Any]
) -> None:
    error = refused(sent(sample, method, accept, extensions=extensions), accept, 400)
    assert error["extensions"] == {"code": "BAD_REQUEST"}


def test_a_query_that_is_no_text_is_refused_beside_a_hash_too(sample: TestClient) -> None:
    for query in (7, {"kind": "Document"}, " "):
        error = refused(sent(sample, "POST", JSON, query=query, extensions=PERSISTED), JSON, 400)
        assert error["extensions"] == {"code": "BAD_REQUEST"}

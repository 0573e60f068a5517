"""A client in front of a store: GraphQL over HTTP without a socket."""

from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from byline.api.app import create_app
from byline.api.settings import Settings


def client(store: Path) -> TestClient:
    """What `byline serve --store STORE` would answer."""
    return TestClient(create_app(Settings(store=str(store))))


def ask(client: TestClient, query: str, **variables: Any) -> dict[str, Any]:
    """The data of an answer that must be without errors and warnings."""
    answer = client.post("/graphql", json={"query": query, "variables": variables})
    body: dict[str, Any] = answer.json()
    assert answer.status_code == 200, body
    assert "errors" not in body, body["errors"]
    assert "warnings" not in body.get("extensions", {}), body["extensions"]
    data: dict[str, Any] = body["data"]
    return data

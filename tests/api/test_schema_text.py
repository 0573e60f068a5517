"""GET /schema.graphql: the text that `byline schema` prints, once if the client keeps it."""

from pathlib import Path

from starlette.testclient import TestClient

from byline.schema.build import sdl
from tests.asking import client as client_of


def test_it_is_the_schema_even_of_an_empty_store(tmp_path: Path) -> None:
    answer = client_of(tmp_path).get("/schema.graphql")
    assert (answer.status_code, answer.text) == (200, sdl())
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["content-encoding"] == "gzip"


def test_who_has_it_does_not_get_it_again(tmp_path: Path) -> None:
    client: TestClient = client_of(tmp_path)
    tag = client.get("/schema.graphql").headers["etag"]
    for known in (tag, f'"other", {tag}', "*"):
        again = client.get("/schema.graphql", headers={"if-none-match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get("/schema.graphql", headers={"if-none-match": '"other"'}).status_code == 200


def test_it_is_read_only(tmp_path: Path) -> None:
    client: TestClient = client_of(tmp_path)
    assert client.head("/schema.graphql").status_code == 200
    assert client.post("/schema.graphql").status_code == 405

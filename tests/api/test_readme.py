"""The README's examples run on the sample and answer what it says."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from byline.api.app import create_app
from byline.api.cli.main import main
from byline.api.settings import Settings
from byline.data.ingest.ingest import ensure_sample

TEXT = (Path(__file__).parents[2] / "README.md").read_text()
QUERIES = re.findall(r"```graphql\n(.*?)```", TEXT, re.DOTALL)
(RECORD,) = re.findall(r"```json\n({\"type\".*?)\n```", TEXT)
(ANSWER,) = re.findall(r"```sh\n.*?```\n\n```json\n(.*?)\n```", TEXT, re.DOTALL)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    store = tmp_path_factory.mktemp("store")
    ensure_sample(store)
    return TestClient(create_app(Settings(store=str(store))))


def test_the_answer_to_curl_is_the_one_printed(client: TestClient) -> None:
    body = re.search(r"-d '(.*?)'\n", TEXT)
    assert body is not None
    assert client.post("/graphql", content=body[1], headers={"content-type": "application/json"}).text == ANSWER


@pytest.mark.parametrize("query", QUERIES)
def test_each_query_answers_something(client: TestClient, query: str) -> None:
    body = client.post("/graphql", json={"query": query}).json()
    assert "errors" not in body
    assert all(value for value in body["data"].values())


def test_the_record_can_be_ingested(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.jsonl").write_text(RECORD)
    with pytest.raises(SystemExit) as left:
        main(["ingest", "records", str(tmp_path / "one.jsonl"), "--store", str(tmp_path / "store")])
    assert left.value.code == 0
    assert "kept 1" in capsys.readouterr().out

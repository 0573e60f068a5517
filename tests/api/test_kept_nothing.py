"""Nothing of a refused request is kept: its text and variables go with its answer, without the collector of cycles."""

import gc
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from byline.api.app import create_app
from byline.api.settings import Settings
from byline.data.ingest.ingest import ensure_sample
from tests.patience import awaited

# A text that no other object of the process holds.
MARK = "kept-by-nobody-" * 20
# Types of what holds a text while it is answered.
SUSPECTS = {"frame", "ExecutionContext", "GraphQLRequestData", "Source"}
REQUESTS = {
    "a document that is too long": {"query": "{ papers { totalCount } } #" + MARK * 400},
    "a document that no plan answers": {"query": "{ nothing } #" + MARK},
    "a document that is none": {"query": "{ papers( } #" + MARK},
    "variables that are wrong": {"query": "query ($i: Int) { papers(first: $i) { totalCount } }", "variables": {"i": MARK}},
    "an introspection": {"query": "{ __schema { types { name } } } #" + MARK},
    "a price that is too high": {"query": "{ papers(first: 100) { nodes { title } } } #" + MARK},
    "a resolver that refuses": {"query": '{ author(by: {id: "?", orcid: "x"}) { id } } #' + MARK},
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    store = tmp_path_factory.mktemp("store")
    ensure_sample(store)
    with TestClient(create_app(Settings(store=str(store), max_document_characters=100_000, max_objects=50))) as client:
        yield client


def holders() -> int:
    """How many objects that the collector knows hold a text with the mark, caches of documents aside."""
    suspects = [each for each in gc.get_objects() if type(each).__name__ in SUSPECTS]
    return sum(any(type(held) is str and MARK in held for held in gc.get_referents(each)) for each in suspects)


@pytest.mark.parametrize("name", REQUESTS)
def test_a_request_goes_with_its_answer(client: TestClient, name: str) -> None:
    def ask() -> None:
        assert client.post("/graphql", json=REQUESTS[name]).status_code == 200

    ask()
    gc.collect()
    gc.disable()
    try:
        before = holders()
        for _ in range(5):
            ask()
        # A thread of the resolvers lets go of its last request a moment after that is answered.
        awaited(lambda: holders() <= before)
        assert holders() <= before
    finally:
        gc.enable()

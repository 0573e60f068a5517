"""A small schema with one field for each thing that can happen, a client in front of it, and a store with the sample."""

from collections.abc import Callable
from pathlib import Path

import pytest
import strawberry
from starlette.testclient import TestClient

from byline.api.app import create_app
from byline.api.settings import Settings
from byline.data.ingest.ingest import ensure_sample
from byline.graph.errors import BadFilter, NoSnapshot, SnapshotDamaged
from byline.graph.model import Source
from byline.graph.store.protocol import SnapshotInfo
from byline.schema.context import Context


class OneSnapshot:
    """Of a store, only what `/ready` and the small schema ask."""

    async def snapshot(self) -> SnapshotInfo:
        return SnapshotInfo("v1", "2026-01-02T03:04:05Z", {"authors": 2, "papers": 1}, (Source("sample", 3, 0),))


@strawberry.input
class Filter:
    name: str | None = None
    inner: "Filter | None" = None


@strawberry.type
class Query:
    @strawberry.field
    def hello(self, name: str = "world", where: Filter | None = None) -> str:
        return f"hello {name}"

    @strawberry.field
    def bug(self) -> str | None:
        raise RuntimeError("a secret of the machine")

    @strawberry.field
    def refused(self) -> str | None:
        raise BadFilter("these do not fit together", "give one of them")

    @strawberry.field
    def damaged(self) -> str | None:
        raise SnapshotDamaged("/secret/folder is damaged")

    @strawberry.field
    def warned(self, info: strawberry.Info[Context, None]) -> str:
        info.context.warn("SOMETHING", ["warned"], "look here")
        return "done"

    @strawberry.field
    def long(self, size: int) -> str:
        return "x" * size


def a_client(**settings_by_name: object) -> TestClient:
    settings = Settings(**settings_by_name)  # type: ignore[arg-type]
    app = create_app(settings, strawberry.Schema(Query), OneSnapshot)  # type: ignore[arg-type]
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store that holds the sample, one for each file of tests."""
    folder = tmp_path_factory.mktemp("store")
    ensure_sample(folder)
    return folder


@pytest.fixture
def client() -> TestClient:
    return a_client()


@pytest.fixture
def make_client() -> Callable[..., TestClient]:
    return a_client


@pytest.fixture
def empty_client() -> TestClient:
    def nothing() -> None:
        raise NoSnapshot("/secret/folder holds no snapshot", "ingest")

    app = create_app(Settings(), strawberry.Schema(Query), nothing)  # type: ignore[arg-type]
    return TestClient(app, raise_server_exceptions=False)

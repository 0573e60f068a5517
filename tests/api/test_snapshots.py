"""The swap of snapshots: a request keeps its own, a newer one is taken, a damaged one is not."""

import gc
import logging
import weakref
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from starlette.testclient import TestClient

from byline.api.app import create_app
from byline.api.settings import Settings
from byline.api.snapshots import Snapshots
from byline.data.ingest.ingest import ensure_sample, ingest, rebuild
from byline.graph.errors import NoSnapshot, SnapshotDamaged
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.store import open_store
from tests.lacking import drop
from tests.patience import awaited


class Opened:
    """Stands for a store: remembers which folder it was opened on."""

    def __init__(self, folder: Path) -> None:
        self.version = folder.name
        if "damaged" in folder.name:
            raise SnapshotDamaged("a file is short")
        if "torn" in folder.name:
            raise ValueError("not an Arrow file")
        if "odd" in folder.name:
            raise TypeError("a manifest that is a list")
        if "huge" in folder.name:
            raise MemoryError


def publish(store: Path, version: str) -> None:
    (store / "snapshots" / version).mkdir(parents=True)
    (store / "NEW").write_text(version)
    (store / "NEW").rename(store / "CURRENT")


def holder(store: Path) -> Any:
    return Snapshots(store, Opened, patience=0)  # type: ignore[arg-type]


def test_nothing_ingested_is_said_until_there_is_something(tmp_path: Path) -> None:
    snapshots = holder(tmp_path)
    for _ in range(2):
        with pytest.raises(NoSnapshot):
            snapshots.store()
    publish(tmp_path, "one")
    assert snapshots.store().version == "one"


def test_a_newer_snapshot_is_taken_and_the_older_store_stays_whole(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    snapshots = holder(tmp_path)
    older = snapshots.store()
    assert snapshots.store() is older
    publish(tmp_path, "two")
    assert snapshots.store().version == "two"
    assert older.version == "one"


@pytest.mark.parametrize("bad", ["damaged", "torn", "odd", "huge"])
def test_a_newer_snapshot_that_does_not_open_is_logged_once_and_the_old_one_stays(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, bad: str
) -> None:
    publish(tmp_path, "one")
    snapshots = holder(tmp_path)
    snapshots.store()
    publish(tmp_path, bad)
    with caplog.at_level(logging.ERROR, "byline"):
        assert [snapshots.store().version for _ in range(3)] == ["one"] * 3
    assert len(caplog.records) == 1
    publish(tmp_path, "three")
    assert snapshots.store().version == "three"


@pytest.mark.parametrize("bad", ["damaged", "torn", "odd", "huge"])
def test_a_first_snapshot_that_does_not_open_is_an_error(tmp_path: Path, bad: str) -> None:
    publish(tmp_path, bad)
    with pytest.raises(SnapshotDamaged):
        holder(tmp_path).store()


def test_a_snapshot_without_a_column_is_not_served_until_it_is_rebuilt(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = tmp_path / "store"
    ensure_sample(store)
    snapshots = Snapshots(store, patience=0)
    served = snapshots.store()
    added = tmp_path / "added.jsonl"
    added.write_text('{"type": "paper", "title": "Another"}\n')
    ingest(store, "records", [added])
    drop(current(store), "author.arrow", ["names"])
    with caplog.at_level(logging.ERROR, "byline"):
        assert [snapshots.store() for _ in range(3)] == [served] * 3
    assert [record.getMessage() for record in caplog.records] == [
        f"the newest snapshot cannot be served, the one before it stays: {current(store)}/author.arrow has no column 'names' "
        "(byline rebuild writes the snapshot anew)"
    ]
    rebuild(store)
    assert snapshots.store() is not served


def test_a_store_that_vanishes_goes_on_being_served(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    snapshots = holder(tmp_path)
    snapshots.store()
    (tmp_path / "CURRENT").unlink()
    assert snapshots.store().version == "one"


def test_a_snapshot_that_did_not_open_is_tried_again_and_logged_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    fails = [OSError("too many open files")] * 2

    def opener(folder: Path) -> Opened:
        if folder.name == "two" and fails:
            raise fails.pop()
        return Opened(folder)

    publish(tmp_path, "one")
    snapshots = Snapshots(tmp_path, opener, patience=0, retry=0)  # type: ignore[arg-type]
    snapshots.store()
    publish(tmp_path, "two")
    with caplog.at_level(logging.ERROR, "byline"):
        assert [snapshots.store().version for _ in range(3)] == ["one", "one", "two"]
    assert len(caplog.records) == 1


def test_a_swapped_snapshot_is_let_go_whatever_was_asked_of_it(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    store = tmp_path / "store"
    ensure_sample(store)
    opened: list[weakref.ref[Any]] = []
    gc.disable()
    request.addfinalizer(gc.enable)

    def opener(folder: Path) -> Any:
        snapshot = open_store(folder)
        opened.append(weakref.ref(snapshot))
        return snapshot

    with mock.patch("byline.api.app.Snapshots", partial(Snapshots, opener=opener, patience=0)):
        client = TestClient(create_app(Settings(store=str(store))))
    queries = (
        "{ papers(first: 3) { nodes { title authors { nodes { name coauthors { nodes { name } } } } } } }",
        '{ author(by: {name: "Andrew Kyle Lampinen"}) { metrics { core } network { truncated } } }',
        "{ __schema { queryType { name } } papers { totalCount } }",
        "{ nothing }",
        "{ papers(first: -1) { totalCount } }",
    )
    for number in range(2):
        for query in queries:
            client.post("/graphql", json={"query": query})
        path = tmp_path / f"{number}.jsonl"
        path.write_text(f'{{"type": "paper", "title": "Another {number}"}}\n')
        ingest(store, "records", [path])
    answer = client.post("/graphql", json={"query": "{ papers { totalCount } }"}).json()
    assert answer["data"]["papers"]["totalCount"] == 17

    def gone() -> list[bool]:
        return [each() is None for each in opened]

    # Without the collector, but threads end when they end.
    awaited(lambda: gone() == [True, True, False])
    assert gone() == [True, True, False]

"""A swapped snapshot goes with its last request, whatever was asked of it: its maps are closed without the cycle collector."""

import gc
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bench.crowd import requests
from byline.api.app import create_app
from byline.api.settings import Settings
from byline.data.ingest.ingest import ensure_sample, ingest
from byline.graph.store.columnar.files.layout import current
from tests.patience import awaited

MAPS = Path("/proc/self/maps")
HEADERS = {"content-type": "application/json"}
SMALL = {"query": "{ papers { totalCount } }"}

pytestmark = pytest.mark.skipif(not MAPS.exists(), reason="the system does not say what a process has mapped")


@pytest.fixture
def collected_by_hand() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def mapped(store: Path) -> set[str]:
    """The snapshots of a store that this process has mapped."""
    return set(re.findall(rf"{re.escape(str(store))}/snapshots/(\w+)/", MAPS.read_text()))


@pytest.mark.usefixtures("collected_by_hand")
def test_nothing_that_was_asked_keeps_a_snapshot_open(tmp_path: Path) -> None:
    store = tmp_path / "store"
    ensure_sample(store)
    bodies = list(dict.fromkeys(requests(store)))
    gc.collect()
    before = current(store).name
    with TestClient(create_app(Settings(store=str(store)))) as client:
        for sent in bodies:
            assert client.post("/graphql", content=sent, headers=HEADERS).status_code in (200, 400)
        assert mapped(store) == {before}
        more = tmp_path / "more.jsonl"
        more.write_text('{"type": "paper", "title": "Another"}\n')
        ingest(store, "records", [more])

        def gone() -> bool:
            assert client.post("/graphql", json=SMALL).status_code == 200
            return before not in mapped(store)

        # Threads end that still work for a request which was answered.
        awaited(gone)
        assert mapped(store) == {current(store).name}

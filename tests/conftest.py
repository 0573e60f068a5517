"""What several folders of tests need."""

import fcntl
import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.anthology import Anthology, ingested

# The same examples in every run; `--hypothesis-profile explore` draws others, and prints how to repeat what fails.
settings.register_profile("repeatable", derandomize=True, deadline=None, print_blob=True, database=None)
settings.register_profile("explore", derandomize=False, deadline=None, print_blob=True)
settings.load_profile("repeatable")

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"


@pytest.fixture(scope="session")
def corpora() -> Path:
    if not CORPORA.is_dir():
        pytest.skip("the corpora are not beside the checkout (../shared/corpora)")
    return CORPORA


@pytest.fixture(scope="session")
def acl(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> Anthology:
    """All 81,347 papers and their citations. Only read from it: the whole session shares it, workers included."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return ingested(corpora, tmp_path_factory.mktemp("acl"))
    # The folder above that of this worker is the session's.
    folder = tmp_path_factory.getbasetemp().parent / "acl"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return ingested(corpora, folder)


# Files that take longest by themselves, so that none of them is begun last while the other cores have nothing left to do.
LONGEST = (
    "queries/test_planned.py",
    "contract/test_suite.py",
    "queries/test_generated.py",
    "test_serving.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first; xdist hands out files in this order (--no-loadscope-reorder)."""
    places = {Path(__file__).parent / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))

"""What several folders of tests need."""

from pathlib import Path

import pytest

from tests.anthology import Anthology, ingested

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"


@pytest.fixture(scope="session")
def corpora() -> Path:
    if not CORPORA.is_dir():
        pytest.skip("the corpora are not beside the checkout (../shared/corpora)")
    return CORPORA


@pytest.fixture(scope="session")
def acl(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> Anthology:
    """All 81,347 papers and their citations. Only read from it: the whole session shares it."""
    return ingested(corpora, tmp_path_factory.mktemp("acl"))

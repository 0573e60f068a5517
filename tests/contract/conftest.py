from collections.abc import Callable

import pytest

from byline.graph.model import Facts
from byline.graph.store.protocol import Store
from tests.contract.stores import EVERY


@pytest.fixture(params=sorted(EVERY))
def make(request: pytest.FixtureRequest) -> Callable[[Facts], Store]:
    """Facts to a store, once for every store there is."""
    return EVERY[request.param]

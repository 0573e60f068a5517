from collections.abc import Callable

import pytest

from byline.graph.model import Facts
from byline.graph.store.protocol import Store
from tests.contract.stores import STORES


@pytest.fixture(params=sorted(STORES))
def make(request: pytest.FixtureRequest) -> Callable[[Facts], Store]:
    """Facts to a store, once for every store there is."""
    return STORES[request.param]

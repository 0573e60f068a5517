from collections.abc import Callable

import pytest

from byline.graph.model import Facts
from byline.graph.store.protocol import Store
from tests.contract.stores import CONTRACT


@pytest.fixture(params=sorted(CONTRACT))
def make(request: pytest.FixtureRequest) -> Callable[[Facts], Store]:
    """Facts to a store, once for every store there is."""
    return CONTRACT[request.param]

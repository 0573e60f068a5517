"""The fixture that most tests of this folder begin with."""

from collections.abc import Callable
from typing import Any

import pytest

from byline.data.build.build import build
from tests.data.views import View, normal


@pytest.fixture
def graph() -> Callable[..., View]:
    """graph(record, …) or graph([record, …], [record, …]) for several segments."""

    def make(*records: Any) -> View:
        segments = [list(each) for each in records] if records and isinstance(records[0], list) else [list(records)]
        view = View(build([("test", normal(segment)) for segment in segments]))
        for table in (*view.facts.nodes.values(), *view.facts.links.values()):
            table.validate(full=True)
        return view

    return make

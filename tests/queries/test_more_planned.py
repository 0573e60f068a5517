"""More documents made from the schema, for the planned path against the plain resolvers on every store: half of the long run."""

from typing import Any

import pytest
from hypothesis import given, settings

from tests.queries.test_generated import DOCUMENTS, MANY, SLOW
from tests.queries.test_planned import generated_agrees


@pytest.mark.long
@settings(max_examples=MANY, deadline=None, suppress_health_check=SLOW)
@given(DOCUMENTS)
def test_more_generated_documents_agree(document: tuple[str, dict[str, Any]]) -> None:
    generated_agrees(document)

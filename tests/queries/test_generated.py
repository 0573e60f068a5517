"""Documents made from the schema: valid ones, answered by every store with the same bytes. BYLINE_EXAMPLES sets how many."""

import os
from typing import Any

from graphql import parse, validate
from hypothesis import HealthCheck, given, settings

from byline.schema.build import make_schema
from tests.contract.stores import STORES
from tests.queries.answers import encoded, respond
from tests.queries.documents import documents
from tests.queries.graphs import rich
from tests.queries.pools import pools_of

EXAMPLES = int(os.environ.get("BYLINE_EXAMPLES", "60"))
# The long run has so many in each of two files.
MANY = 1000
SCHEMA = make_schema()
GRAPHS = {name: make(rich()) for name, make in STORES.items()}
DOCUMENTS = documents(SCHEMA, pools_of(GRAPHS["networkx"]))
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.large_base_example]


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=SLOW)
@given(DOCUMENTS)
def test_every_store_gives_the_same_bytes(document: tuple[str, dict[str, Any]]) -> None:
    text, variables = document
    refused = validate(SCHEMA._schema, parse(text))
    assert not refused, "a document that was made must be valid"
    answers = {name: respond(SCHEMA, store, text, variables) for name, store in GRAPHS.items()}
    assert all(error["path"] for error in answers["networkx"]["errors"]), "only resolvers may refuse it"
    assert encoded(answers["networkx"]) == encoded(answers["columnar"])

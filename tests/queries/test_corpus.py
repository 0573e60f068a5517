"""The corpus as a whole: what it covers, that nothing in it is stale, and its queries on a part of the Anthology."""

from pathlib import Path
from typing import Any

import pytest
from graphql import parse

from byline.graph.store.protocol import Store
from byline.schema.build import make_schema
from tests.contract.stores import EVERY, STORES
from tests.queries.answers import errors, warnings
from tests.queries.corpus import Case, corpus, resolve
from tests.queries.coverage import parts, used
from tests.queries.graphs import acl_slice, rich
from tests.queries.test_planned import resolvers_agree

GOLDENS = Path(__file__).parent / "goldens"
SCHEMA = make_schema()
each = pytest.mark.parametrize("case", corpus(), ids=lambda case: case.name)


@pytest.fixture(scope="module")
def rich_store() -> Store:
    return STORES["columnar"](rich())


@pytest.fixture(scope="module")
def acl_stores(corpora: Path) -> dict[str, Store]:
    facts = acl_slice(corpora)
    return {name: make(facts) for name, make in EVERY.items()}


@pytest.mark.corpus
@pytest.mark.long
@each
def test_on_the_acl_slice(case: Case, acl_stores: dict[str, Store]) -> None:
    _, answer = resolvers_agree(case, acl_stores)
    assert warnings(answer) == case.warnings(rich=False)
    assert errors(answer) == case.errors(rich=False)


def test_every_document_says_what_it_asks() -> None:
    silent = [case.name for case in corpus() if not case.text.startswith("# ")]
    assert not silent
    assert {case.name for case in corpus() if "__schema" in case.text or "__type(" in case.text} == {
        case.name for case in corpus() if case.text.startswith("# Introspection")
    }


def test_there_are_no_stale_goldens() -> None:
    assert {path.stem for path in GOLDENS.glob("*.json")} == {case.name for case in corpus()}


def test_corpus_uses_every_part_of_the_schema(rich_store: Store) -> None:
    schema = SCHEMA._schema
    covered: set[str] = set()
    for case in corpus():
        if not case.introspects:
            covered |= used(schema, case.text, resolve(case, rich_store))
    missing = sorted(parts(schema) - covered)
    assert not missing, f"no document of the corpus uses {missing}"


def test_corpus_uses_every_feature_of_the_language() -> None:
    """By the names of syntax nodes, and by directive."""
    seen: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            seen.add(value.get("kind", ""))
            seen.update({f"@{value['name']['value']}"} if value.get("kind") == "directive" else ())
            seen.update({"alias"} if value.get("alias") else ())
            seen.update({"default"} if value.get("default_value") else ())
            for member in value.values():
                walk(member)
        elif isinstance(value, list | tuple):
            for entry in value:
                walk(entry)

    for case in corpus():
        walk(parse(case.text, no_location=True).to_dict())
    wanted = {"fragment_definition", "fragment_spread", "inline_fragment", "variable_definition", "list_value", "object_value"}
    wanted |= {"null_value", "boolean_value", "enum_value", "int_value", "string_value", "@skip", "@include", "alias", "default"}
    assert wanted <= seen

"""Every query of the corpus: the same bytes from every store, the committed answer, the errors that it says it gives."""

import os
from pathlib import Path
from typing import Any

import orjson
import pytest
from graphql import parse

from byline.graph.store.protocol import Store
from byline.schema.build import make_schema
from tests.contract.stores import EVERY
from tests.queries.answers import encoded, path_of, respond
from tests.queries.corpus import Case, corpus, resolve
from tests.queries.coverage import parts, used
from tests.queries.graphs import acl_slice, rich

GOLDENS = Path(__file__).parent / "goldens"
UPDATE = bool(os.environ.get("BYLINE_UPDATE_GOLDENS"))
SCHEMA = make_schema()
each = pytest.mark.parametrize("case", corpus(), ids=lambda case: case.name)


@pytest.fixture(scope="module")
def rich_stores() -> dict[str, Store]:
    return {name: make(rich()) for name, make in EVERY.items()}


@pytest.fixture(scope="module")
def acl_stores(corpora: Path) -> dict[str, Store]:
    facts = acl_slice(corpora)
    return {name: make(facts) for name, make in EVERY.items()}


def answers(case: Case, stores: dict[str, Store]) -> dict[str, dict[str, Any]]:
    variables = {name: resolve(case, store) for name, store in stores.items()}
    assert all(given == variables["networkx"] for given in variables.values())
    return {name: respond(SCHEMA, store, case.text, variables[name], case.operation_name) for name, store in stores.items()}


def same_bytes(found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The one answer that all stores give."""
    first, *others = found
    for other in others:
        assert encoded(found[other]) == encoded(found[first]), f"{other} differs from {first}"
    return found[first]


def errors(answer: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [((error["extensions"] or {}).get("code", "INVALID"), path_of(error)) for error in answer["errors"]]


def warnings(answer: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(warning["code"], path_of(warning)) for warning in answer["warnings"]]


@each
def test_on_the_rich_graph(case: Case, rich_stores: dict[str, Store]) -> None:
    answer = same_bytes(answers(case, rich_stores))
    assert errors(answer) == case.errors(rich=True)
    assert warnings(answer) == case.warnings(rich=True)
    golden = GOLDENS / f"{case.name}.json"
    if UPDATE:
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(encoded(answer, indent=True))
    assert golden.read_bytes() == encoded(answer, indent=True), "BYLINE_UPDATE_GOLDENS=1 rewrites the answers; look at the diff"


@pytest.mark.corpus
@pytest.mark.long
@each
def test_on_the_acl_slice(case: Case, acl_stores: dict[str, Store]) -> None:
    answer = same_bytes(answers(case, acl_stores))
    assert warnings(answer) == case.warnings(rich=False)
    assert errors(answer) == case.errors(rich=False)


@each
def test_answers_survive_json(case: Case, rich_stores: dict[str, Store]) -> None:
    """Goldens hold what a client reads: no NaN, no dates, nothing that JSON turns into something else."""
    answer = respond(SCHEMA, rich_stores["columnar"], case.text, resolve(case, rich_stores["columnar"]), case.operation_name)
    assert orjson.loads(encoded(answer)) == answer


def test_every_document_says_what_it_asks() -> None:
    silent = [case.name for case in corpus() if not case.text.startswith("# ")]
    assert not silent
    assert {case.name for case in corpus() if "__schema" in case.text or "__type(" in case.text} == {
        case.name for case in corpus() if case.text.startswith("# Introspection")
    }


def test_there_are_no_stale_goldens() -> None:
    assert {path.stem for path in GOLDENS.glob("*.json")} == {case.name for case in corpus()}


def test_corpus_uses_every_part_of_the_schema(rich_stores: dict[str, Store]) -> None:
    schema = SCHEMA._schema
    covered: set[str] = set()
    for case in corpus():
        if not case.introspects:
            covered |= used(schema, case.text, resolve(case, rich_stores["columnar"]))
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

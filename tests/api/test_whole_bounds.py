"""One bound ends all of a query that the resolvers answer; what can be planned beside an introspection is planned."""

import warnings
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import byline.api.http.view
from byline.api.app import create_app
from byline.api.settings import Settings
from byline.schema.context import Context

# What depends on a variable is not kept in a plan, so that the resolvers answer all of it.
BY_VARIABLE = 'query ($n: String! = "Paper") { __type(name: $n) { name } '
LARGE = "papers(first: 15) { nodes { authors { nodes { papers { nodes { authors { nodes { name } } } } } } } }"
WHOLE = "__schema { types { name fields { name args { name type { name } } type { name ofType { name } } } } }"


@pytest.fixture
def contexts(monkeypatch: pytest.MonkeyPatch) -> list[Context]:
    """The contexts that the resolvers were given."""
    created: list[Context] = []

    def create(*args: Any, **named: Any) -> Context:
        created.append(Context(*args, **named))
        return created[-1]

    monkeypatch.setattr(byline.api.http.view, "Context", create)
    return created


def responded(store: Path, query: str, **settings: Any) -> tuple[Any, dict[str, Any]]:
    client = TestClient(create_app(Settings(store=str(store), **settings)))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        answer = client.post("/graphql", json={"query": query})
    return client, answer.json()


@pytest.mark.parametrize("query", [BY_VARIABLE + LARGE + " }", "{ " + " ".join(f"a{at}: {WHOLE}" for at in range(9)) + " }"])
def test_a_bound_ends_the_whole_execution(store: Path, contexts: list[Context], query: str) -> None:
    _, answer = responded(store, query, max_plain_fields=1000)
    assert answer == {
        "errors": [
            {
                "message": "A query without a plan may resolve at most 1000 fields, this one resolves more",
                "extensions": {
                    "code": "TOO_COSTLY",
                    "hint": "ask for less at once; the server's BYLINE_MAX_PLAIN_FIELDS sets the bound",
                },
            }
        ]
    }
    # The one that was refused is the last one that was begun.
    assert contexts[-1].spent == 1001


def test_the_deadline_ends_the_whole_execution(store: Path, contexts: list[Context]) -> None:
    _, answer = responded(store, BY_VARIABLE + LARGE + " }", max_seconds=1e-6)
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "OUT_OF_TIME"
    assert "path" not in error
    assert "data" not in answer
    assert contexts[-1].spent == 1


def test_within_its_bound_an_introspection_is_answered_whole(store: Path) -> None:
    _, answer = responded(store, "{ " + WHOLE + " }")
    assert "errors" not in answer
    assert len(answer["data"]["__schema"]["types"]) > 60


@pytest.mark.parametrize(
    "query",
    [
        '{ __type(name: "Paper") { name } ' + LARGE + " }",
        "{ " + LARGE + ' last: __type(name: "Nothing") { name } }',
        "{ ...S ...P } fragment S on Query { __schema { queryType { ...T } } } fragment T on __Type { name fields { name } }"
        " fragment P on Query { snapshot { paperCount } }",
        'query ($yes: Boolean = true) { __type(name: "Paper") { name } snapshot @include(if: $yes) { paperCount } }',
    ],
)
def test_what_stands_beside_an_introspection_is_planned(store: Path, query: str) -> None:
    client, answer = responded(store, query, max_plain_fields=1)
    assert client.app._planner.planned == 1
    direct, oracle = responded(store, query.replace("{ ", "{ asked: __typename ", 1), max_plain_fields=1)
    assert direct.app._planner.planned == 1
    assert list(oracle["data"]) == ["asked", *answer["data"]]
    assert {key: oracle["data"][key] for key in answer["data"]} == answer["data"]


def test_the_plan_gives_what_the_resolvers_give(store: Path) -> None:
    types = "{ kind name fields { name type { name kind } } enumValues { name } } "
    planned, first = responded(
        store, f'{{ a: __type(name: "Paper") {types} {LARGE} b: __type(name: "PaperOrderField") {types} }}'
    )
    resolved, second = responded(
        store,
        f'query ($n: String! = "Paper") {{ a: __type(name: $n) {types} {LARGE} b: __type(name: "PaperOrderField") {types} }}',
    )
    assert first == second
    assert (planned.app._planner.planned, resolved.app._planner.planned) == (1, 0)


def test_a_large_introspection_is_not_kept_in_a_plan(store: Path) -> None:
    client, answer = responded(store, "{ " + WHOLE + " snapshot { paperCount } }")
    assert "errors" not in answer
    assert client.app._planner.planned == 0
    assert client.app._planner.fell_through == {"introspection": 1}

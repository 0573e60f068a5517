"""What a wrong query is told: in GraphQL's words, and of a bound that it meets, how much was asked and which setting it is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from byline.api.app import create_app
from byline.api.settings import Settings, variable
from tests.test_house import SOURCES

AUTHOR = 'author(by: {name: "Andrew Kyle Lampinen"})'
LONG = '"' + "x" * 40 + '"'
SMALL = {
    "max_page": 5, "default_page": 5, "max_ids": 2, "max_filter_depth": 2, "max_filter_values": 3, "max_search_characters": 9,
    "max_distance": 2, "max_paths": 2, "max_network_nodes": 7, "max_objects": 1100, "max_plain_fields": 20, "max_tokens": 99,
    "max_errors": 1, "max_matrix_papers": 4, "max_selections": 20, "max_depth": 20, "max_values": 20, "max_value_depth": 8,
    "max_conflict_keys": 2, "max_conflict_pairs": 1, "max_comparisons": 100, "max_document_characters": 1500,
}  # fmt: skip
TOO_MUCH = [
    ("{ papers(first: 6) { totalCount } }", "max_page", ("6", "5")),
    ("{ papers(last: 6) { totalCount } }", "max_page", ("6", "5")),
    ('{ search(query: "x", first: 6) { totalCount } }', "max_page", ("6", "5")),
    ('{ suggest(prefix: "x", first: 6) { text } }', "max_page", ("6", "5")),
    ("{ papers { facets(by: YEAR, first: 6) { nodes { label } } } }", "max_page", ("6", "5")),
    ("{ categoryMatrix(first: 6) { paperCount } }", "max_page", ("6", "5")),
    ('{ categoryMatrix(ids: ["a", "b", "c", "d", "e", "f"]) { paperCount } }', "max_page", ("6", "5")),
    ("{ countryMatrix(first: 6) { paperCount } }", "max_page", ("6", "5")),
    ('{ countryMatrix(countryCodes: ["a", "b", "c", "d", "e", "f"]) { paperCount } }', "max_page", ("6", "5")),
    ("{ categoryMatrix(first: 2) { paperCount } }", "max_matrix_papers", ("4",)),
    ('{ nodes(ids: ["a", "b", "c"]) { id } }', "max_ids", ("3", "2")),
    ('{ network(people: [{id: "a"}, {id: "b"}, {id: "c"}]) { truncated } }', "max_ids", ("3", "2")),
    ("{ network(people: [], first: 8) { truncated } }", "max_network_nodes", ("8", "7")),
    ('{ conflicts(people: [{id: "a"}, {id: "b"}, {id: "c"}], against: []) { totalCount } }', "max_conflict_keys", ("3", "2")),
    (
        '{ conflicts(people: [{name: "Andrew Kyle Lampinen"}], against: [{name: "Yuxuan Li"}, {name: "Eghbal A. Hosseini"}])'
        " { totalCount } }",
        "max_conflict_pairs",
        ("1", "2"),
    ),
    (f"{{ {AUTHOR} {{ network(radius: 3) {{ truncated }} }} }}", "max_distance", ("3", "2")),
    (f"{{ {AUTHOR} {{ collaborators(distance: 3) {{ totalCount }} }} }}", "max_distance", ("3", "2")),
    (
        '{ collaborationPath(from: {name: "Andrew Kyle Lampinen"}, to: {name: "Yuxuan Li"}) { paths(first: 3) { totalCount } } }',
        "max_paths",
        ("3", "2"),
    ),
    (f"{{ search(query: {LONG}) {{ totalCount }} }}", "max_search_characters", ("40", "9")),
    ("{ papers(where: {not: {not: {year: {eq: 1}}}}) { totalCount } }", "max_filter_depth", ("2", "more")),
    ("{ papers(where: {year: {in: [1, 2, 3, 4]}}) { totalCount } }", "max_filter_values", ("4", "3")),
    (
        "{ authors {" + " nodes { coauthors {" * 3 + " nodes { papers { nodes { title } } }" + " } }" * 3 + " } }",
        "max_objects",
        ("1100",),
    ),
    (
        'query ($n: String! = "Paper") { __type(name: $n) { name } authors { nodes { name papers { nodes { title } } } } }',
        "max_plain_fields",
        ("20", "more"),
    ),
    ("{" + " __typename" * 100 + "}", "max_tokens", ("99", "more")),
    ("{ __typename }" + " " * 1500, "max_document_characters", ("1500", "1514")),
    ("{" + "#\n" * 100 + " __typename}", "max_tokens", ("99", "more")),
    ("{ one two three }", "max_errors", ()),
    (
        "{ a: papers { nodes { ...A } } b: papers { nodes { ...A } } }"
        " fragment A on Paper {" + "".join(f" a{number}: title" for number in range(10)) + " }",
        "max_selections",
        ("20", "24", "10", "A"),
    ),
    ("{ papers {" + " ... {" * 20 + " totalCount" + " }" * 20 + " } }", "max_depth", ("20", "more")),
    ("{ papers(where: {or: [" + " {}" * 20 + "]}) { totalCount } }", "max_values", ("20", "22")),
    ("{ papers(where: {year: {in: [[[[[[[1]]]]]]]}}) { totalCount } }", "max_value_depth", ("8", "more")),
    ("{" + " snapshot { version }" * 9 + " }", "max_comparisons", ("100",)),
]


@pytest.fixture(scope="module")
def small(store: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(store=str(store), **SMALL))) as client:  # type: ignore[arg-type]
        yield client


@pytest.fixture(scope="module")
def served(store: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(store=str(store)))) as client:
        yield client


def last_error(client: TestClient, query: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
    error: dict[str, Any] = client.post("/graphql", json={"query": query, "variables": variables}).json()["errors"][-1]
    return error


@pytest.mark.parametrize(("query", "setting", "phrases"), TOO_MUCH)
def test_a_refusal_says_the_bound_what_was_asked_and_the_setting(
    small: TestClient, query: str, setting: str, phrases: tuple[str, ...]
) -> None:
    error = last_error(small, query)
    assert f"the server's {variable(setting)} sets the bound" in error["extensions"]["hint"], error
    words = re.findall(r"\w+", error["message"] + " " + error["extensions"]["hint"])
    assert all(each in words for each in phrases), error


@pytest.mark.parametrize(
    ("query", "onwards"),
    [
        ("{ papers(first: 101) { totalCount } }", "after"),
        ("{ papers(last: 101) { totalCount } }", "before"),
        ('{ search(query: "x", first: 101) { totalCount } }', "after"),
        ('{ suggest(prefix: "x", first: 101) { text } }', None),
        ("{ papers { facets(by: YEAR, first: 101) { nodes { label } } } }", "after"),
        (f"{{ {AUTHOR} {{ suggestedCollaborators(first: 101) {{ edges {{ score }} }} }} }}", "after"),
        ("{ papers(first: 1) { nodes { similarPapers(first: 101) { edges { score } } } } }", "after"),
        ("{ institutionMatrix(first: 101) { paperCount } }", None),
    ],
)
def test_only_a_list_that_pages_is_said_to(served: TestClient, query: str, onwards: str | None) -> None:
    hint = last_error(served, query)["extensions"]["hint"]
    assert hint.startswith(f"give 100 or less and continue with `{onwards}`;" if onwards else "give 100 or less;")


def test_a_number_below_what_can_be_names_no_setting(served: TestClient) -> None:
    error = last_error(served, f"{{ {AUTHOR} {{ network(radius: 0) {{ truncated }} }} }}")
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "hint": "give a number from 1 to 6"}


def test_a_long_body_is_told_the_bound_and_the_setting(store: Path) -> None:
    with TestClient(create_app(Settings(store=str(store), max_body_bytes=1024))) as client:
        (error,) = client.post("/graphql", json={"query": "x" * 2000}).json()["errors"]
    assert (
        error["message"]
        == "The body may have at most 1024 bytes, this one has 2012; the server's BYLINE_MAX_BODY_BYTES sets the bound"
    )


def test_each_setting_that_a_hint_names_is_one() -> None:
    named = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "limit_hint":
                named |= {each.value for each in ast.walk(node.args[1]) if isinstance(each, ast.Constant)}
    assert len(named) > 8
    assert named <= set(Settings.model_fields)


# ------------------------------------------------------------ words


@pytest.mark.parametrize(
    ("kind", "value", "ending"),
    [
        ("where: {year: {eq: $x}}) { totalCount } }|Int", True, "Int cannot represent non-integer value: true"),
        ("where: {year: {eq: $x}}) { totalCount } }|Int", "1", 'Int cannot represent non-integer value: "1"'),
        ("where: $x) { totalCount } }|PaperFilter", [], "to be an object, found: []."),
        ("where: $x) { totalCount } }|PaperFilter", {"a": None}, "unknown field 'a', found: {\"a\": null}."),
        ("where: $x) { totalCount } }|PaperFilter", {"a": ["None", False]}, '\'a\', found: {"a": ["None", false]}.'),
        ("where: $x) { totalCount } }|PaperFilter", {"a": 'it\'s "so"'}, 'found: {"a": "it\'s \\"so\\""}.'),
        ("orderBy: $x) { totalCount } }|[PaperOrder!]", [None], "non-null type 'PaperOrder!' not to be null."),
    ],
)
def test_values_of_variables_are_shown_as_json_has_them(served: TestClient, kind: str, value: Any, ending: str) -> None:
    use, type_ = kind.split("|")
    error = last_error(served, f"query ($x: {type_}) {{ papers({use}", {"x": value})
    assert error["message"].endswith(ending)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("{ node(id: null) { id } }", "Expected value of non-null type 'ID!' not to be null."),
        # These are what somebody wrote, who should see that it is not `true` or `null`.
        ("{ papers(where: {year: {eq: True}}) { totalCount } }", "Int cannot represent non-integer value: True"),
        ("{ papers(where: None) { totalCount } }", "Expected value of type 'PaperFilter' to be an object, found: None."),
        ("fragment a on Paper { id }", "The document has no operation: fragments alone ask for nothing"),
    ],
)
def test_what_a_document_says_is_quoted_as_it_stands(served: TestClient, query: str, message: str) -> None:
    assert last_error(served, query)["message"] == message


@pytest.mark.parametrize(
    "value", ["20240101", "2024-W01-1", "2024-1-1", "2024-02-30", "2024-01-01T00:00", "٢٠٢٤-01-01", "", 2024, True]
)
def test_a_day_is_written_one_way(served: TestClient, value: Any) -> None:
    right = "Give a day that there is, as YYYY-MM-DD, such as 2024-01-31."
    query = "query ($x: Date) { papers(where: {publishedOn: {gte: $x}}) { totalCount } }"
    assert last_error(served, query, {"x": value})["message"].endswith(right)
    if isinstance(value, str):
        written = last_error(served, f'{{ papers(where: {{publishedOn: {{gte: "{value}"}}}}) {{ totalCount }} }}')
        assert written["message"] == f'Date cannot represent value: "{value}". {right}'


def test_a_day_that_is_one_is_taken(served: TestClient) -> None:
    query = "query ($x: Date) { papers(where: {publishedOn: {gte: $x}}) { totalCount } }"
    assert (
        served.post("/graphql", json={"query": query, "variables": {"x": "2026-05-28"}}).json()["data"]["papers"]["totalCount"]
        == 1
    )


@pytest.mark.parametrize("extensions", [[], "", 0, False])
def test_extensions_that_are_empty_but_no_object_are_refused(served: TestClient, extensions: Any) -> None:
    answer = served.post("/graphql", json={"query": "{ papers { totalCount } }", "extensions": extensions})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["message"] == "`extensions` must be an object or null"

"""A query explained: over HTTP by a request extension, on the command line by a file. Costs refused, budgets kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from byline.api.app import create_app
from byline.api.cli.main import main
from byline.api.settings import Settings

QUERY = "query($n: Int!) { authors(first: $n) { totalCount nodes { name papers(first: 2) { nodes { title } } } } }"


def client(store: Path, **settings: object) -> TestClient:
    return TestClient(create_app(Settings(store=str(store), **settings)))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def served(store: Path) -> Iterator[TestClient]:
    with client(store) as opened:
        yield opened


def test_the_extension_adds_plan_cost_and_steps(served: TestClient) -> None:
    request = {"query": QUERY, "variables": {"n": 3}}
    plain = served.post("/graphql", json=request).json()
    answer = served.post("/graphql", json={**request, "extensions": {"explain": True}}).json()
    assert answer["data"] == plain["data"]
    assert "extensions" not in plain
    explained = answer["extensions"]["explain"]
    assert explained["plan"].startswith("authors: connection all authors by name_fold first 3 [total]")
    assert explained["cost"] == {"atMost": 13, "about": 13.0}
    assert explained["answeredBy"] == "closures"
    calls = [(step["call"], step["rowsIn"], step["rowsOut"]) for step in explained["steps"]]
    assert calls[0] == ("find author", 0, 3)
    assert calls[1][:2] == ("expand author_papers", 3)


def test_it_says_which_encoder_writes_what_closures_do_not(served: TestClient) -> None:
    many = "{ papers(first: 100) { nodes { authors(first: 100) { nodes { papers(first: 100) { nodes { title } } } } } } }"
    explained = served.post("/graphql", json={"query": many, "extensions": {"explain": True}}).json()["extensions"]["explain"]
    assert explained["cost"]["about"] > 1_000
    assert explained["answeredBy"] == "rows"


def test_the_same_over_get(served: TestClient) -> None:
    parameters = {"query": "{ snapshot { paperCount } }", "extensions": '{"explain": true}'}
    answer = served.get("/graphql", params=parameters, headers={"accept": "application/json"}).json()
    assert answer["extensions"]["explain"]["plan"] == "snapshot: snapshot\n  paperCount: column paper_count\n"


def test_a_query_without_a_plan_says_why(served: TestClient) -> None:
    request = {"query": "{ __schema { queryType { name } } }", "extensions": {"explain": True}}
    answer = served.post("/graphql", json=request).json()
    assert answer["data"] == {"__schema": {"queryType": {"name": "Query"}}}
    assert answer["extensions"]["explain"] == {"plan": None, "reason": "introspection"}


@pytest.mark.parametrize(
    "query", ['{ network(people: [{id: "zz"}]) { density } }', '{ collaborationPath(from: {id: "z"}, to: {id: "y"}) { status } }']
)
def test_an_error_found_on_the_way_is_answered_as_without_explain(served: TestClient, query: str) -> None:
    plain = served.post("/graphql", json={"query": query})
    explained = served.post("/graphql", json={"query": query, "extensions": {"explain": True}})
    assert (explained.status_code, explained.json()["errors"]) == (plain.status_code, plain.json()["errors"])
    assert explained.json()["errors"][0]["extensions"]["code"] == "BAD_ID"
    assert explained.json()["extensions"]["explain"]["plan"] is None


def test_the_command_prints_the_same_plan(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "query.graphql"
    file.write_text(QUERY)
    with pytest.raises(SystemExit) as left:
        main(["explain-query", str(file), "--variables", '{"n": 3}', "--store", str(store)])
    assert left.value.code == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "authors: connection all authors by name_fold first 3 [total]"
    assert "at most 13 objects, about 13.0" in lines
    assert any(line.endswith("0 -> 3      find author") for line in lines)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (
            "{\n  papers(first: 500) { totalCount }\n}",
            ":2:3: papers: `first` must be between 0 and 100, got 500 (give",
        ),
        (
            "{ papers { colour size } }",
            ":1:12: Cannot query field 'colour' on type 'PaperConnection'. [GRAPHQL_VALIDATION_FAILED]",
        ),
        ("{ papers {", "Syntax Error: Expected Name, found <EOF>. [GRAPHQL_PARSE_FAILED]"),
        (
            '{ network(people: [{id: "zz"}]) { density } }',
            ":1:3: network: 'zz' is not the id of an author in this graph (take ids",
        ),
        ("query ($n: Int!) { papers(first: $n) { totalCount } }", "Expected a value of non-null type 'Int!' to be provided."),
        ("query A { papers { totalCount } } query B { papers { totalCount } }", "The document has several operations"),
    ],
)
def test_the_command_prints_the_errors_of_a_wrong_query(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], query: str, message: str
) -> None:
    file = tmp_path / "query.graphql"
    file.write_text(query)
    with pytest.raises(SystemExit) as left:
        main(["explain-query", str(file), "--store", str(store)])
    printed = capsys.readouterr()
    assert (left.value.code, printed.out) == (2, "")
    assert message in printed.err
    assert all(line.startswith(str(file)) for line in printed.err.splitlines())


def test_the_command_prints_that_a_query_would_cost_too_much(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BYLINE_MAX_OBJECTS", "9")
    file = tmp_path / "query.graphql"
    file.write_text(QUERY)
    with pytest.raises(SystemExit) as left:
        main(["explain-query", str(file), "--variables", '{"n": 3}', "--store", str(store)])
    assert left.value.code == 2
    assert (
        "The response could hold 13 objects, the maximum is 9; most of it comes from authors.papers (request smaller pages"
        in capsys.readouterr().err
    )


def test_a_query_without_a_plan_that_is_right_is_none_that_is_wrong(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "query.graphql"
    file.write_text("query Here { __schema { queryType { name } } }")
    for operation, code in (("Here", 0), ("There", 2)):
        with pytest.raises(SystemExit) as left:
            main(["explain-query", str(file), "--operation", operation, "--store", str(store)])
        assert left.value.code == code
    printed = capsys.readouterr()
    assert printed.out == "no plan, the resolvers answer: introspection\n"
    assert printed.err.startswith("byline: there is no operation 'There' in the file")


@pytest.mark.parametrize("variables", ["[1]", "{"])
def test_the_command_refuses_variables_that_are_none(store: Path, tmp_path: Path, variables: str) -> None:
    file = tmp_path / "query.graphql"
    file.write_text(QUERY)
    with pytest.raises(SystemExit) as left:
        main(["explain-query", str(file), "--variables", variables, "--store", str(store)])
    assert left.value.code == 2


def test_what_may_cost_too_much_is_refused_before_it_runs(store: Path) -> None:
    with client(store, max_objects=9) as small:
        for headers in ({}, {"accept": "application/graphql-response+json"}):
            answer = small.post("/graphql", json={"query": QUERY, "variables": {"n": 3}}, headers=headers)
            (error,) = answer.json()["errors"]
            assert error["extensions"]["code"] == "TOO_COSTLY"
            assert (
                error["message"] == "The response could hold 13 objects, the maximum is 9; most of it comes from authors.papers"
            )
            assert answer.status_code == (400 if headers else 200)
        assert "errors" not in small.post("/graphql", json={"query": QUERY, "variables": {"n": 2}}).json()


def test_what_no_plan_answers_has_a_budget(store: Path) -> None:
    """Introspection by a variable keeps a document from being planned: what stands beside it is bounded by fields resolved."""
    introspection = 'query ($n: String! = "Paper") { __type(name: $n) { name }'
    query = introspection + " authors(first: 22) { nodes { name papers { nodes { title } } } } }"
    with client(store, max_plain_fields=50) as small:
        (error,) = small.post("/graphql", json={"query": query}).json()["errors"]
        assert error["extensions"]["code"] == "TOO_COSTLY"
    with client(store) as usual:
        assert "errors" not in usual.post("/graphql", json={"query": query}).json()


def test_a_long_answer_in_pieces_is_whole(store: Path) -> None:
    """Longer than the pieces in which answers go out, plain and compressed."""
    aliases = " ".join(f"a{number}: papers(first: 15) {{ nodes {{ title abstract }} }}" for number in range(60))
    with client(store, max_tokens=20_000) as served:
        plain = served.post("/graphql", json={"query": f"{{ {aliases} }}"}, headers={"accept-encoding": "identity"})
        packed = served.post("/graphql", json={"query": f"{{ {aliases} }}"}, headers={"accept-encoding": "gzip"})
        assert int(plain.headers["content-length"]) == len(plain.content) > 256 * 1024
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.json() == plain.json()

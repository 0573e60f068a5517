"""GraphQL over HTTP: methods, media types, statuses, errors, warnings."""

import logging
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def test_post_and_get_answer_alike(client: TestClient) -> None:
    members = {"query": "query A($n: String!) { hello(name: $n) }", "operationName": "A"}
    posted = client.post("/graphql", json={**members, "variables": {"n": "é"}})
    got = client.get("/graphql", params={**members, "variables": '{"n":"é"}'})
    assert posted.json() == got.json() == {"data": {"hello": "hello é"}}
    assert posted.status_code == got.status_code == 200


@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        ("*/*", JSON),
        ("", JSON),
        (JSON, JSON),
        (GRAPHQL, GRAPHQL),
        (GRAPHQL.upper(), GRAPHQL),
        (f"{GRAPHQL}, {JSON};q=0.9", GRAPHQL),
        (f"{GRAPHQL};q=0.1, {JSON}", JSON),
        (" , ", JSON),
        (f"{JSON};q=0, */*", GRAPHQL),
        (f"*/*, {JSON};q=0", GRAPHQL),
        (f"text/html, {GRAPHQL};q=0.9", GRAPHQL),
        (f"*/*;q=0.9, {GRAPHQL};q=0.5", JSON),
        (f"{GRAPHQL};q=nan, {JSON};q=0.5", JSON),
    ],
)
def test_media_type_of_the_answer(client: TestClient, accept: str, type_: str) -> None:
    response = client.post("/graphql", json={"query": "{hello}"}, headers={"accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{type_}; charset=utf-8"
    assert "accept" in response.headers["vary"].lower()


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"query": "{"}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{nope}"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "query($n:String!){hello(name:$n)}"}, "BAD_USER_INPUT"),
        ({"query": "query($n:String!){hello(name:$n)}", "variables": {"n": 3}}, "BAD_USER_INPUT"),
        ({"query": "query A{hello} query B{hello}"}, "OPERATION_RESOLUTION_FAILURE"),
        ({"query": "query A{hello} query B{hello}", "operationName": ""}, "OPERATION_RESOLUTION_FAILURE"),
        ({"query": "query A{hello}", "operationName": "B"}, "OPERATION_RESOLUTION_FAILURE"),
        ({"query": "{hello}", "operationName": "B"}, "OPERATION_RESOLUTION_FAILURE"),
        ({"query": "fragment F on Query{hello}"}, "OPERATION_RESOLUTION_FAILURE"),
        ({"query": "mutation{hello}"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "subscription{hello}"}, "GRAPHQL_VALIDATION_FAILED"),
    ],
)
def test_a_request_that_fails_early_has_no_data(client: TestClient, members: dict[str, object], code: str) -> None:
    for accept, status in ((JSON, 200), (GRAPHQL, 400)):
        response = client.post("/graphql", json=members, headers={"accept": accept})
        assert response.status_code == status
        assert "data" not in response.json()
        assert response.json()["errors"][0]["extensions"]["code"] == code


def test_a_mutation_by_get_is_refused(client: TestClient) -> None:
    response = client.get("/graphql", params={"query": "mutation{hello}"})
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, POST"
    assert response.json()["errors"][0]["extensions"]["code"] == "METHOD_NOT_ALLOWED"


@pytest.mark.parametrize(("query", "status"), [("{hello}", 200), ("{nope}", 400), ("mutation{hello}", 405), ("", 400)])
def test_head_is_answered_as_get(client: TestClient, query: str, status: int) -> None:
    got, headed = (
        client.request(method, "/graphql", params={"query": query}, headers={"accept": GRAPHQL}) for method in ("GET", "HEAD")
    )
    assert got.status_code == headed.status_code == status
    assert got.headers == headed.headers


@pytest.mark.parametrize("name", ["query", "operationName", "variables", "extensions"])
def test_a_parameter_that_is_given_twice_is_refused(client: TestClient, name: str) -> None:
    response = client.get("/graphql", params=[("query", "{hello}"), (name, "{}"), (name, "{}")])
    assert response.status_code == 400
    assert response.json()["errors"][0]["message"].startswith(f"`{name}` is given ")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    response = client.request(method, "/graphql", json={"query": "{hello}"})
    assert response.status_code == 405
    assert response.json()["errors"][0]["extensions"]["code"] == "METHOD_NOT_ALLOWED"


@pytest.mark.parametrize(
    "params", [{}, {"query": ""}, {"query": "{hello}", "variables": "[]"}, {"query": "{hello}", "variables": "{"}]
)
def test_bad_urls_are_refused(client: TestClient, params: dict[str, str]) -> None:
    response = client.get("/graphql", params=params)
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


def test_an_unexpected_error_is_logged_and_masked(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "byline"):
        response = client.post("/graphql", json={"query": "{hello bug}"})
    assert response.status_code == 200
    assert response.json()["data"] == {"hello": "hello world", "bug": None}
    (error,) = response.json()["errors"]
    assert error["message"] == "Internal error"
    assert error["path"] == ["bug"]
    assert error["extensions"].keys() == {"code", "id"}
    assert error["extensions"]["code"] == "INTERNAL"
    assert "secret" not in response.text
    records = [record for record in caplog.records if record.name == "byline" and "secret" in str(record.exc_info)]
    assert [error["extensions"]["id"] in record.getMessage() for record in records] == [True]


def test_our_errors_pass_with_code_and_hint(client: TestClient) -> None:
    (error,) = client.post("/graphql", json={"query": "{refused}"}).json()["errors"]
    assert error["extensions"] == {"code": "BAD_FILTER", "hint": "give one of them"}
    assert error["message"].startswith("these do not fit together")


def test_a_damaged_store_shows_its_code_and_no_folder(client: TestClient) -> None:
    response = client.post("/graphql", json={"query": "{damaged}"})
    assert response.json()["errors"][0]["extensions"] == {"code": "SNAPSHOT_DAMAGED"}
    assert "secret" not in response.text


def test_warnings_stand_in_extensions(client: TestClient) -> None:
    body = client.post("/graphql", json={"query": "{warned}"}).json()
    assert body["extensions"] == {"warnings": [{"code": "SOMETHING", "path": ["warned"], "message": "look here"}]}
    assert "extensions" not in client.post("/graphql", json={"query": "{hello}"}).json()


SLIPS = [
    ({"query": "{helo}"}, "hello"),
    ({"query": '{hello(nam:"x")}'}, "name"),
    ({"query": "{... on Qury{hello}}"}, "Query"),
    ({"query": "query($w:Filter){hello(where:$w)}", "variables": {"w": {"nme": "x"}}}, "name"),
    ({"query": '{hello(where:{nme:"x"})}'}, "name"),
]


@pytest.mark.parametrize(("members", "meant"), SLIPS)
def test_errors_propose_names(client: TestClient, members: dict[str, object], meant: str) -> None:
    (error,) = client.post("/graphql", json=members).json()["errors"]
    assert f"Did you mean '{meant}'?" in error["message"]


def test_many_errors_propose_nothing(client: TestClient) -> None:
    for count, proposed in ((5, 5), (6, 0)):
        query = "{" + " ".join(f"a{at}: helo" for at in range(count)) + "}"
        assert client.post("/graphql", json={"query": query}).text.count("Did you mean") == proposed


@pytest.mark.parametrize(("members", "meant"), SLIPS)
def test_no_error_proposes_a_name_where_the_schema_may_not_be_asked_for(
    make_client: Callable[..., TestClient], members: dict[str, object], meant: str
) -> None:
    response = make_client(introspection=False).post("/graphql", json=members)
    assert response.json()["errors"]
    assert "Did you mean" not in response.text


def test_introspection_is_open(client: TestClient) -> None:
    body = client.post("/graphql", json={"query": "{__schema{queryType{name}}}"}).json()
    assert body == {"data": {"__schema": {"queryType": {"name": "Query"}}}}


@pytest.mark.parametrize("query", ["{__schema{queryType{name}}}", '{hello __type(name:"Query"){name}}'])
def test_introspection_can_be_closed(make_client: Callable[..., TestClient], query: str) -> None:
    client = make_client(introspection=False)
    errors = client.post("/graphql", json={"query": query}).json()["errors"]
    assert {error["extensions"]["code"] for error in errors} == {"GRAPHQL_VALIDATION_FAILED"}
    assert client.post("/graphql", json={"query": "{hello __typename}"}).json() == {
        "data": {"hello": "hello world", "__typename": "Query"}
    }
    assert client.get("/schema.graphql").status_code == 404


def test_the_operation_that_is_named_runs(client: TestClient) -> None:
    members = {"query": 'query A{hello} query B{hello(name:"b")}', "operationName": "B"}
    assert client.post("/graphql", json=members).json() == {"data": {"hello": "hello b"}}


def test_the_same_text_is_prepared_once_and_errors_stay_the_same(client: TestClient) -> None:
    first, second = (client.post("/graphql", json={"query": "{nope}"}).content for _ in range(2))
    assert first == second


def test_too_many_tokens_are_refused(make_client: Callable[..., TestClient]) -> None:
    response = make_client(max_tokens=10).post("/graphql", json={"query": "{" + "hello " * 12 + "}"})
    assert response.json()["errors"][0]["extensions"]["code"] == "GRAPHQL_PARSE_FAILED"


def test_the_body_limit_is_a_setting(make_client: Callable[..., TestClient]) -> None:
    response = make_client(max_body_bytes=1024).post("/graphql", json={"query": "{hello}", "variables": {"x": "y" * 2000}})
    assert response.status_code == 413


def test_a_browser_gets_the_page_and_it_needs_no_other_host(client: TestClient) -> None:
    response = client.get("/graphql", headers={"accept": BROWSER})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    assert "<title>Byline" in response.text
    assert 'src="http' not in response.text
    assert 'href="http' not in response.text


def test_the_page_opens_with_the_query_of_the_address(client: TestClient) -> None:
    response = client.get("/graphql", params={"query": "{hello}"}, headers={"accept": BROWSER})
    assert response.headers["content-type"].startswith("text/html")

"""Variables that would cost more to coerce than to refuse, and messages that quote them."""

import time
from typing import Any

import orjson
import pytest
from starlette.testclient import TestClient

import byline.schema.compile.coerce
from byline.api.app import create_app
from byline.api.http.document_guard import graphql_wording
from byline.api.settings import Settings
from byline.data.ingest.ingest import ensure_sample

WHERE = "query ($w: PaperFilter) { papers(where: $w) { totalCount } }"
HUGE = {
    "unknown members": {f"x{at}": 1 for at in range(50_000)},
    "empty parts": {"or": [{} for _ in range(250_000)]},
    "wrong values": {"year": {"in": ["x"] * 200_000}},
    "lists of lists": {"or": [[] for _ in range(100_000)]},
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder = tmp_path_factory.mktemp("variables")
    ensure_sample(folder)
    return TestClient(create_app(Settings(store=str(folder))))


class Coerced:
    """Counts how often variables are coerced, and by how many values."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times = 0
        real = byline.schema.compile.coerce.get_variable_values

        def counting(*args: Any, **named: Any) -> Any:
            self.times += 1
            return real(*args, **named)

        monkeypatch.setattr(byline.schema.compile.coerce, "get_variable_values", counting)
        monkeypatch.setattr("graphql.execution.executor.get_variable_values", counting)


def errors(client: TestClient, query: str, **variables: Any) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = client.post("/graphql", json={"query": query, "variables": variables}).json()["errors"]
    return listed


@pytest.mark.parametrize("value", HUGE.values(), ids=HUGE)
def test_too_many_values_are_refused_uncoerced(client: TestClient, monkeypatch: pytest.MonkeyPatch, value: Any) -> None:
    coerced = Coerced(monkeypatch)
    (error,) = errors(client, WHERE, w=value)
    assert coerced.times == 0
    assert error["extensions"]["code"] == "TOO_COSTLY"
    assert error["message"].startswith(
        "A query may have at most 5000 values, those of a variable counted as often as it is used; got "
    )


def test_a_value_that_nests_too_deeply_is_refused_uncoerced(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    coerced = Coerced(monkeypatch)
    for text in ('{"not":' * 40 + "{}" + "}" * 40, "[" * 40 + "]" * 40):
        (error,) = errors(client, WHERE, w=orjson.loads(text))
        assert error["message"] == "A value may be nested at most 32 levels deep, got more"
    assert coerced.times == 0


def test_a_variable_counts_as_often_as_it_is_used(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    coerced = Coerced(monkeypatch)
    query = "query ($a: [PaperFilter!]) { papers(where: {and: [" + "{or: $a} " * 15 + "]}) { totalCount } }"
    (error,) = errors(client, query, a=[{"year": {"eq": 1}}] * 900)
    assert coerced.times == 0
    assert error["extensions"]["code"] == "TOO_COSTLY"
    once = "query ($a: [Int!]) { papers(where: {year: {in: $a}}) { totalCount } }"
    assert client.post("/graphql", json={"query": once, "variables": {"a": [1] * 900}}).json()["data"]


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ({"or": [{}] * 1001}, 1001),
        ({"or": [{"not": {"or": []}}] * 1001}, 1001),
        ({"year": {"in": [1] * 999, "eq": 1, "gt": 0}}, 1001),
    ],
)
def test_values_count_over_the_whole_filter_before_it_is_coerced(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, value: Any, count: int
) -> None:
    coerced = Coerced(monkeypatch)
    (error,) = errors(client, WHERE, w=value)
    assert coerced.times == 0
    assert error["message"] == f"A filter may have at most 1000 values, list entries included, got {count}"
    assert error["extensions"]["code"] == "BAD_FILTER"


def test_values_count_over_the_whole_filter_where_a_literal_holds_them(client: TestClient) -> None:
    query = "query ($a: [Int!], $b: [Int!]) { papers(where: {or: [{year: {in: $a}}, {year: {in: $b}}, {}]}) { totalCount } }"
    (error,) = errors(client, query, a=[1] * 500, b=[2] * 500)
    assert error["message"] == "A filter may have at most 1000 values, list entries included, got 1001"
    assert error["path"] == ["papers"]
    assert client.post("/graphql", json={"query": query, "variables": {"a": [1] * 500, "b": [2] * 499}}).json()["data"]


def test_errors_stop_and_are_not_found_twice(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    coerced = Coerced(monkeypatch)
    for value in ({"year": {"in": ["x"] * 900}}, {f"x{at}": 1 for at in range(900)}):
        coerced.times = 0
        listed = errors(client, WHERE, w=value)
        assert coerced.times == 1
        assert len(listed) == 21
        assert listed[-1]["message"].startswith("Too many errors processing variables")
        assert listed[-1]["extensions"]["hint"] == "fix the errors above first; the server's BYLINE_MAX_ERRORS sets the bound"


def test_each_way_of_asking_tells_the_same_errors(client: TestClient) -> None:
    request = {"query": WHERE, "variables": {"w": {"year": {"eq": "x"}}}}
    short = client.post("/graphql", json=request)
    long = client.post("/graphql", json={**request, "extensions": {"explain": True}})
    by_url = client.get("/graphql", params={"query": WHERE, "variables": orjson.dumps(request["variables"]).decode()})
    assert short.json()["errors"] == long.json()["errors"] == by_url.json()["errors"]
    assert short.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


LONG = "Did you mean 'a' \"b\" \\ " * 40_000


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("query ($x: Int) { papers(first: $x) { totalCount } }", {"x": LONG}),
        ("query ($x: PaperFilter) { papers(where: $x) { totalCount } }", {"x": {LONG: 1}}),
        ("query ($x: PaperFilter) { papers(where: $x) { totalCount } }", {"x": {"year": {LONG: [LONG] * 50}}}),
        ("query ($x: [PaperOrder!]) { papers(orderBy: $x) { totalCount } }", {"x": [{"by": LONG}]}),
        ("query ($x: Date) { papers(where: {publishedOn: {eq: $x}}) { totalCount } }", {"x": LONG}),
        (f"{{ {'x' * 90_000} }}", {}),
        (f"{{ papers(orderBy: [{{by: {'X' * 90_000}}}]) {{ totalCount }} }}", {}),
        ('{ papers(first: "' + "'x?' " * 18_000 + '") { totalCount } }', {}),
        (f"query ($x: {'x' * 90_000}) {{ papers(first: $x) {{ totalCount }} }}", {}),
        ("{ papers(where: {year: [" + "{eq: 1} " * 900 + "]}) { totalCount } }", {}),
    ],
)
def test_a_message_quotes_two_hundred_characters(client: TestClient, query: str, variables: dict[str, Any]) -> None:
    for error in errors(client, query, **variables):
        assert len(error["message"]) <= 820
        assert error["message"].count("Did you mean") <= 2 * (200 // 13) + 2
        assert max(map(len, error["message"].replace("'", '"').split('"'))) <= 250


def test_words_behind_a_value_stay() -> None:
    message = graphql_wording(
        f"Date cannot represent value: '{'9' * 5000}'. Give a day that there is, as YYYY-MM-DD, such as 2024-01-31."
    )
    assert message.startswith("Date cannot represent value: '999")
    assert message.endswith("Give a day that there is, as YYYY-MM-DD, such as 2024-01-31.")
    assert len(message) < 350


@pytest.mark.parametrize("part", ["'", '"', "\\", "?", " Did you mean ", "found: ", "cannot represent ", "None ", "'\"", "\\'"])
def test_a_message_is_read_in_linear_steps(part: str) -> None:
    """Ten times the text may take no more than some ten times the time: a quadratic pattern takes a hundred times."""
    for start in ("Variable '$x' has invalid value: Int cannot represent non-integer value: ", ""):
        short, long = (_seconds(start + part * count) for count in (100_000 // len(part), 1_000_000 // len(part)))
        assert long < 40 * max(short, 0.001)


def _seconds(message: str) -> float:
    begun = time.thread_time()
    graphql_wording(message)
    return time.thread_time() - begun

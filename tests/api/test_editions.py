"""GraphQL over HTTP and GraphQL, both of September 2026, rule by rule; docs/http.md has the same table."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from byline.data.ingest.ingest import ensure_sample
from tests.asking import client as client_of

GUIDE = Path(__file__).parents[2] / "docs" / "http.md"
GRAPHQL, JSON = "application/graphql-response+json", "application/json"
SMALL = "{ __typename }"
TWO = "query A { __typename } query B { snapshot { paperCount } }"
NAMED = "query T($name: String!) { __type(name: $name) { name } }"
PARTLY = '{ snapshot { paperCount } author(by: {name: "Andrew Kyle Lampinen"}) { papers(first: -1) { totalCount } } }'
WHOLLY = "{ papers(first: -1) { totalCount } }"
# What the JSON of a body is checked by.
Check = Callable[[dict[str, Any]], bool]


def has_data(body: dict[str, Any]) -> bool:
    return "data" in body and "errors" not in body


def no_data(body: dict[str, Any]) -> bool:
    return "data" not in body and bool(body["errors"])


def both(body: dict[str, Any]) -> bool:
    return body["data"] is not None and bool(body["errors"])


def null_data(body: dict[str, Any]) -> bool:
    return body["data"] is None and bool(body["errors"])


@dataclass(frozen=True)
class Rule:
    """What an edition asks of a server, a request that shows it, and what comes: statuses by what is accepted."""

    level: str
    says: str
    # Status under GraphQL's own media type, and under plain JSON.
    statuses: tuple[int, int]
    members: Any = field(default_factory=lambda: {"query": SMALL})
    check: Check = has_data
    method: str = "POST"
    content: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    # What is done instead, where that is not what is asked.
    instead: str = ""
    answer_headers: dict[str, str] = field(default_factory=dict)

    def send(self, client: TestClient, accept: str) -> Any:
        headers = {"accept": accept, **self.headers}
        if self.method == "GET":
            members = {name: value if isinstance(value, str) else json.dumps(value) for name, value in self.members.items()}
            return client.get("/graphql", params=members, headers=headers)
        content = self.content if self.content is not None else json.dumps(self.members).encode()
        return client.request(self.method, "/graphql", content=content, headers={"content-type": JSON, **headers})

    def line(self) -> str:
        status = " / ".join(map(str, dict.fromkeys(self.statuses)))
        return f"| {self.level} | {self.says} | {status} | {self.instead or 'yes'} |"


NOT_422 = "400, as the audits of graphql-http ask"
HTTP = [
    Rule("MUST", "a POST with a JSON body is answered", (200, 200)),
    Rule("MUST", "a body without a charset is UTF-8", (200, 200),
         content='{"query": "{ __type(name: \\"é\\") { name } }"}'.encode()),
    Rule("MUST", "the charset utf-8 may be stated", (200, 200), headers={"content-type": f"{JSON}; charset=utf-8"}),
    Rule("MUST", "the answer has the media type that `Accept` ranks highest, with its charset", (200, 200)),
    Rule("MUST", "`null` for an optional member is as if it were not there", (200, 200),
         {"query": SMALL, "variables": None, "operationName": None, "extensions": None}),
    Rule("MUST", "members that are not known are ignored", (200, 200), {"query": SMALL, "doc_id": 7, "queryId": "x"}),
    Rule("MUST", "`extensions` is a map, reserved for servers", (200, 200), {"query": SMALL, "extensions": {"mine": [1]}}),
    Rule("MUST", "variables and the name of an operation are taken", (200, 200),
         {"query": NAMED, "variables": {"name": "Paper"}, "operationName": "T"}),
    Rule("MAY", "GET has the same members in the URL, objects as JSON", (200, 200),
         {"query": NAMED, "variables": {"name": "Paper"}, "operationName": "T"}, method="GET"),
    Rule("MUST", "an empty optional member of a URL is as if it were not there", (200, 200),
         {"query": SMALL, "variables": "", "operationName": "", "extensions": ""}, method="GET"),
    Rule("MUST", "no mutation by GET, and 405 states what is allowed", (405, 405), {"query": "mutation { __typename }"}, no_data,
         method="GET", answer_headers={"allow": "GET, HEAD, POST"}),
    Rule("SHOULD", "405 for another method", (405, 405), check=no_data, method="PUT",
         answer_headers={"allow": "GET, HEAD, POST"}),
    Rule("SHOULD", "4xx, as 415, for a POST that states no content type", (415, 415), check=no_data,
         headers={"content-type": ""}),
    Rule("SHOULD", "415 for a content type that is not supported", (415, 415), check=no_data,
         headers={"content-type": "text/plain"}),
    Rule("SHOULD", "406 if `Accept` takes neither media type", (406, 406), check=no_data, headers={"accept": "image/png"}),
    Rule("SHOULD", "413 for a body that is too large", (413, 413), content=b" " * (1 << 20) + b"{}", check=no_data),
    Rule("SHOULD", "400 for a body that is not JSON", (400, 400), content=b'{"query":', check=no_data),
    Rule("SHOULD", "422 for JSON that is no request", (400, 400), {"qeury": SMALL}, no_data, instead=NOT_422),
    Rule("SHOULD", "422 for members of another type", (400, 400), {"query": SMALL, "variables": [7]}, no_data, instead=NOT_422),
    Rule("SHOULD", "400 for a document that does not parse", (400, 200), {"query": "{"}, no_data),
    Rule("SHOULD", "422 for a document that is not valid", (400, 200), {"query": "{ nope }"}, no_data, instead=NOT_422),
    Rule("SHOULD", "422 if the operation is not determined", (400, 200), {"query": TWO}, no_data, instead=NOT_422),
    Rule("SHOULD", "422 for variables that do not fit", (400, 200), {"query": NAMED, "variables": {"name": None}}, no_data,
         instead=NOT_422),
    Rule("MUST", "4xx or 5xx if there is no `data`", (400, 200), {"query": "{ nope }"}, no_data,
         instead="yes, except as in the next row"),
    Rule("SHOULD", "a client that takes only `application/json` gets the same status", (400, 200),
         {"query": "{ nope }"}, no_data, instead="200, as such clients and the audits of graphql-http expect"),
    Rule("MUST", "2xx if `data` is not null", (294, 200), {"query": PARTLY}, both),
    Rule("SHOULD", "200 for `data` without `errors`", (200, 200), {"query": "{ snapshot { paperCount } }"}),
    Rule("SHOULD", "294 for `data` with `errors`", (294, 200), {"query": PARTLY}, both),
    Rule("SHOULD", "294 for `data` that is null, with `errors`", (294, 200), {"query": WHOLLY}, null_data),
]  # fmt: skip
LANGUAGE = [
    Rule("MUST", "a selection set may be empty: `{ snapshot { } }`", (200, 200), {"query": "{ snapshot { } }"},
         lambda body: body == {"data": {"snapshot": {}}}),
    Rule("MUST", "an operation may select nothing: `{ }`", (200, 200), {"query": "{ }"}, lambda body: body == {"data": {}}),
    Rule("MUST", "so may fragments", (200, 200), {"query": "{ snapshot { ...F ... { } } } fragment F on Snapshot { }"},
         lambda body: body == {"data": {"snapshot": {}}}),
    Rule("MUST", "a field of objects needs a selection set all the same", (400, 200), {"query": "{ snapshot }"}, no_data),
    Rule("MUST", "a field of values takes none, nor an empty one", (400, 200),
         {"query": "{ snapshot { version { } } }"}, no_data),
    Rule("MUST", "operations, fragments and variables may have descriptions", (200, 200),
         {"query": '"Says what it asks." query Q("A name." $name: String!) { __type(name: $name) { ...F } } '
                   '"""What it shows.""" fragment F on __Type { name }', "variables": {"name": "Paper"}}),
    Rule("MUST", "exactly one member of a `@oneOf` object is given", (400, 200),
         {"query": '{ author(by: {name: "a", orcid: "0000-0002-1825-0097"}) { id } }'}, no_data),
    Rule("MUST", "nor may it be null", (400, 200), {"query": "{ author(by: {name: null}) { id } }"}, no_data),
    Rule("MUST", "nor a variable that may be", (400, 200),
         {"query": "query Q($name: String) { author(by: {name: $name}) { id } }", "variables": {"name": "a"}}, no_data),
    Rule("MUST", "introspection says `isOneOf` of such objects", (200, 200),
         {"query": '{ __type(name: "AuthorKey") { isOneOf } }'}, lambda body: body["data"]["__type"]["isOneOf"] is True),
    Rule("MUST", "and `specifiedByURL` of scalars that have one", (200, 200),
         {"query": '{ __type(name: "Date") { specifiedByURL } }'},
         lambda body: str(body["data"]["__type"]["specifiedByURL"]).startswith("https://")),
    Rule("MUST", "the place of an error in the document is told", (294, 200), {"query": PARTLY},
         lambda body: body["errors"][0]["locations"] == [{"line": 1, "column": 72}]),
]  # fmt: skip
RULES = [*HTTP, *LANGUAGE]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    store = tmp_path_factory.mktemp("editions")
    ensure_sample(store)
    return client_of(store)


@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.says)
def test_a_rule_of_the_editions(sample: TestClient, rule: Rule, accept: str) -> None:
    answer = rule.send(sample, accept)
    assert answer.status_code == rule.statuses[accept == JSON], answer.text
    taken = JSON if "accept" in rule.headers else accept
    assert answer.headers["content-type"] == f"{taken}; charset=utf-8"
    assert rule.check(answer.json()), answer.text
    assert {name: answer.headers.get(name) for name in rule.answer_headers} == rule.answer_headers


def test_the_guide_has_the_table_and_names_the_editions() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    for rules in (HTTP, LANGUAGE):
        table = "\n".join(["| level | rule | status | kept |", "|---|---|---|---|", *(rule.line() for rule in rules)])
        assert table in text, f"docs/http.md must have:\n{table}"
    assert text.count("September 2026") >= 2

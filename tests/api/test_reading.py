"""Which documents are read on the event loop and which beside it, how often, and what reading any of them may cost."""

import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

import byline.api.http.document_guard
from byline.api.app import create_app
from byline.api.settings import Settings
from byline.schema.build import make_schema
from byline.schema.compile.documents import BESIDE_FROM, Documents
from byline.schema.context import Limits
from tests.queries.test_generated import SLOW

LONG = "query ($n: Int) { papers(first: $n) { nodes { " + " ".join(f"a{at}: title" for at in range(40)) + " } } }"
SWITCHED = LONG.replace("a0: title", "a0: title @include(if: $yes)").replace("($n: Int)", "($n: Int, $yes: Boolean! = true)")


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The threads in which documents were parsed."""
    found: list[str] = []
    real = byline.api.http.document_guard.parse

    def parse(*given: Any, **named: Any) -> Any:
        found.append(threading.current_thread().name)
        return real(*given, **named)

    monkeypatch.setattr(byline.api.http.document_guard, "parse", parse)
    return found


WAYS = {"post": {}, "explain": {"extensions": {"explain": True}}}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize(
    "text", [LONG, SWITCHED, LONG.replace("title", "nothing"), LONG + "{"], ids=["plan", "switch", "wrong", "torn"]
)
def test_a_long_document_is_read_once_and_beside_the_loop(store: Path, parsed: list[str], text: str, way: dict[str, Any]) -> None:
    client = TestClient(create_app(Settings(store=str(store))))
    answers = [client.post("/graphql", json={"query": text, "variables": {"n": 2}, **way}).json() for _ in range(3)]
    for answer in answers:
        answer.pop("extensions", None)
    assert answers[0] == answers[1] == answers[2]
    assert len(parsed) == 1
    assert parsed[0].startswith("byline-reading")


def test_a_short_document_is_read_where_it_is_asked(store: Path, parsed: list[str]) -> None:
    client = TestClient(create_app(Settings(store=str(store))))
    for _ in range(2):
        assert client.post("/graphql", json={"query": "{ snapshot { paperCount } }"}).json()["data"]
    assert len(parsed) == 1
    assert not parsed[0].startswith("byline-reading")


def test_long_variables_are_coerced_beside_the_loop(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(Settings(store=str(store)))
    client, found = TestClient(app), []
    real = app._planner.compiled

    def compiled(*given: Any) -> Any:
        found.append(threading.current_thread().name)
        return real(*given)

    monkeypatch.setattr(app._planner, "compiled", compiled)
    query = "query ($i: [ID!]) { authors(where: {id: {in: $i}}) { totalCount } }"
    for size, beside in ((10, False), (900, True)):
        found.clear()
        answer = client.post("/graphql", json={"query": query, "variables": {"i": ["A6pdennbvgx8x" + " " * 20] * size}}).json()
        assert "data" in answer
        assert [name.startswith("byline-reading") for name in found] == [beside]


def test_whether_a_plan_is_there_is_known_by_its_switches() -> None:
    documents = Documents(make_schema(), Limits())
    assert len(SWITCHED) > BESIDE_FROM
    assert documents.unread(SWITCHED, {}, None)
    documents.compiled(SWITCHED, {}, None)
    assert not documents.unread(SWITCHED, {}, None)
    assert not documents.unread(SWITCHED, {"yes": True, "n": 9}, None)
    assert documents.unread(SWITCHED, {"yes": False}, None)
    documents.compiled(SWITCHED, {"yes": False}, None)
    assert not documents.unread(SWITCHED, {"yes": False}, None)


# ------------------------------------------------------------ what reading costs

# Pieces that documents are grown from, each with the field that leads on (or none), on people.
_LEAVES = ["name", "id", "__typename", "a: name", "b: id", "paperCount"]
_HOPS = [
    "coauthors",
    "a: coauthors",
    "b: coauthors",
    "c: coauthors(first: 1)",
    "coauthors(where: $w)",
    "d: coauthors(where: {or: [$w]})",
]
_WRAPS = ["... {", "... on Author {", "... @include(if: $yes) {"]


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A document whose fragments lead to later ones, several times and under aliases, and variables to go with it."""
    count = draw(st.integers(1, 24))
    fragments = []
    for at in range(count):
        parts = []
        for _ in range(draw(st.integers(1, 6))):
            inner = f"...F{draw(st.integers(at + 1, count))}" if draw(st.booleans()) else draw(st.sampled_from(_LEAVES))
            shape = draw(st.sampled_from(["plain", "hop", "wrap"]))
            inner = f"{draw(st.sampled_from(_HOPS))} {{ nodes {{ {inner} }} }}" if shape == "hop" else inner
            parts.append(f"{draw(st.sampled_from(_WRAPS))} {inner} }}" if shape == "wrap" else inner)
        fragments.append(f"fragment F{at} on Author {{ {' '.join(parts * draw(st.sampled_from([1, 1, 2, 12, 60])))} }}")
    text = "query ($w: CoauthorFilter, $yes: Boolean = true) { authors { nodes { ...F0 } } }".replace(
        "CoauthorFilter", "AuthorFilter"
    )
    leaf = draw(st.sampled_from([{}, {"name": {"contains": "x"}}, {"or": []}, {"x": 1}, {"core": {"in": [1] * 9}}, [], None]))
    value: Any = {"or": [leaf] * draw(st.sampled_from([1, 10, 300, 999, 4000]))}
    for _ in range(draw(st.sampled_from([0, 1, 5, 20, 40]))):
        value = {"not": value} if draw(st.booleans()) else {"and": [value, {}]}
    return " ".join([text, *fragments, f"fragment F{count} on Author {{ name }}"]), {"w": value}


SCHEMA = make_schema()
WORST: list[tuple[float, str]] = [(0.0, "")]


def cost(text: str, variables: dict[str, Any]) -> float:
    """Seconds of this thread until a document that was never seen, with these variables, has a plan or a refusal."""
    fresh = Documents(SCHEMA, Limits(), byline.api.http.document_guard.prepared(SCHEMA._schema, Settings()))
    begun = time.thread_time()
    with suppress(Exception):
        fresh.compiled(text, variables, None)
    return time.thread_time() - begun


def known() -> float:
    """Seconds of this thread for work of a known size: a tenth of what a document may take, half a second where this was set."""
    begun = time.thread_time()
    for _ in range(10):
        orjson.loads(orjson.dumps([{"a": [str(number), number]} for number in range(2000)]))
    return time.thread_time() - begun


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(documents())
def test_no_document_within_the_limits_is_dear_before_its_price_is_known(document: tuple[str, dict[str, Any]]) -> None:
    text, variables = document
    took = cost(text, variables)
    if took > 10 * (unit := known()):
        # What is dear stays so; what came between does not.
        took, unit = min(took, cost(text, variables)), max(unit, known())
    WORST[0] = max(WORST[0], (took, orjson.dumps({"query": text, "variables": variables}).decode()))
    print(f"the worst so far: {WORST[0][0]:.3f} s for {len(WORST[0][1])} characters")
    assert took <= 10 * max(unit, 0.05), WORST[0][1]

"""Which documents are read on the event loop and which beside it, how often, and what reading any of them may cost."""

import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, seed, settings
from starlette.testclient import TestClient

import byline.api.http.document_guard
from byline.api.app import create_app
from byline.api.settings import Settings
from byline.schema.build import make_schema
from byline.schema.compile.documents import BESIDE_FROM, Documents
from byline.schema.context import Limits
from tests.api.grown import KINDS, Document, Grown, reference_seconds
from tests.queries.test_generated import SLOW

# Requests grown within the limits in `make test`, and as many more in the long run that there are 500 in all.
CI = [("documents", 25), ("heads", 15)]
LONG_RUN = [("documents", 345), ("heads", 115)]
LONG = "query ($n: Int) { papers(first: $n) { nodes { " + " ".join(f"a{at}: title" for at in range(40)) + " } } }"
SWITCHED = LONG.replace("a0: title", "a0: title @include(if: $yes)").replace("($n: Int)", "($n: Int, $yes: Boolean! = true)")


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The threads in which documents were parsed."""
    threads: list[str] = []
    real = byline.api.http.document_guard.parse

    def parse(*args: Any, **named: Any) -> Any:
        threads.append(threading.current_thread().name)
        return real(*args, **named)

    monkeypatch.setattr(byline.api.http.document_guard, "parse", parse)
    return threads


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
    client, threads = TestClient(app), []
    real = app._planner.compiled

    def compiled(*args: Any) -> Any:
        threads.append(threading.current_thread().name)
        return real(*args)

    monkeypatch.setattr(app._planner, "compiled", compiled)
    query = "query ($i: [ID!]) { authors(where: {id: {in: $i}}) { totalCount } }"
    for size, beside in ((10, False), (900, True)):
        threads.clear()
        answer = client.post("/graphql", json={"query": query, "variables": {"i": ["A6pdennbvgx8x" + " " * 20] * size}}).json()
        assert "data" in answer
        assert [name.startswith("byline-reading") for name in threads] == [beside]


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


@pytest.mark.parametrize(("kind", "count"), CI)
def test_no_request_within_the_limits_is_dear_before_its_price_is_known(kind: str, count: int) -> None:
    grow(kind, count)


@pytest.mark.long
@pytest.mark.parametrize(("kind", "count"), LONG_RUN)
def test_nor_is_any_of_many_more(kind: str, count: int) -> None:
    grow(kind, count, seeded=1)


def grow(kind: str, count: int, seeded: int = 0) -> None:
    worst = (0.0, "")

    # What is dear is not made smaller: that takes minutes, and a smaller one is not dear.
    bounds = {"phases": [Phase.generate], "report_multiple_bugs": False, "suppress_health_check": SLOW}

    @seed(seeded)
    @settings(max_examples=count, derandomize=not seeded, **bounds)
    @given(KINDS[kind])
    def each(grown: Grown) -> None:
        nonlocal worst
        took = grown.cost()
        if took > 10 * (unit := reference_seconds()):
            # What is dear stays so; what came between does not.
            took, unit = min(took, grown.cost()), max(unit, reference_seconds())
        worst = max(worst, (took, repr(grown)))
        assert took <= 10 * max(unit, 0.05), f"{took:.3f} s: {repr(grown)[:4000]}"

    each()
    print(f"the worst of {count} {kind}: {worst[0]:.3f} s for {len(worst[1])} characters")


def test_what_is_dear_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def dear(grown: Document) -> float:
        return 100.0 if len(grown.text) > 1000 else 0.0

    monkeypatch.setattr(Document, "cost", dear)
    with pytest.raises(AssertionError, match="Document"):
        grow("documents", 50)

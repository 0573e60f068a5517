"""Prices: bytes of an answer before it is made and while it is written, conditions by rows, and the words of a refusal."""

from dataclasses import replace
from typing import Any

import orjson
import pytest

from byline.graph.errors import TooCostly
from byline.graph.model import Kind
from byline.graph.query.condition_costs import form
from byline.graph.query.cost import Cost, Estimator
from byline.graph.request import All, Compare, Not, Op
from byline.graph.request import Any as Either
from byline.graph.store.protocol import Store
from byline.schema.answer.planner import SCANNED_BESIDE, Planner
from byline.schema.build import make_schema
from byline.schema.compile.documents import Documents
from byline.schema.context import Context, Limits
from tests.contract.stores import STORES
from tests.contract.stores import answer as run
from tests.queries.graphs import rich

SCHEMA = make_schema()
WIDE = "{ papers(first: 100) { nodes { title abstract authors { nodes { name } } } } }"


@pytest.fixture(scope="module", params=list(STORES))
def store(request: pytest.FixtureRequest) -> Store:
    return STORES[request.param](rich())


def planner(**limits: Any) -> Planner:
    return Planner(Documents(SCHEMA, replace(Limits(), **limits)))


def price(store: Store, text: str, counts: dict[str, int] | None = None) -> Cost:
    compiled, coerced = planner().compiled(text, {}, None)
    info = run(store.snapshot())
    return compiled.plan.cost(Estimator(info.degrees, compiled.bind(coerced), counts or info.counts, info.widths))


def body_of(store: Store, text: str, **limits: Any) -> bytes | None:
    return run(planner(**limits).answer(text, {}, None, Context(store)))


def test_stores_state_the_same_widths() -> None:
    infos = [run(make(rich()).snapshot()) for make in STORES.values()]
    stated = {key for key in infos[0].widths if all(key in info.widths for info in infos)}
    assert {(Kind.PAPER, "title"), (Kind.PAPER, "abstract"), (Kind.AUTHOR, "names")} <= stated
    for key in stated:
        assert len({info.widths[key] for info in infos}) == 1, key


def test_the_bytes_are_about_those_that_are_written(store: Store) -> None:
    text = "{ papers(first: 100) { nodes { id title abstract } } }"
    written = body_of(store, text)
    papers = run(store.snapshot()).counts["papers"]
    assert written is not None
    assert 0.5 * len(written) < price(store, text).bytes * min(1.0, papers / 100) < 2 * len(written)


def test_a_text_under_many_names_costs_as_often(store: Store) -> None:
    names = " ".join(f"a{at}: abstract" for at in range(50))
    once = price(store, "{ papers(first: 100) { nodes { abstract } } }").bytes
    assert price(store, f"{{ papers(first: 100) {{ nodes {{ {names} }} }} }}").bytes > 40 * once


def test_a_long_answer_is_refused_before_it_is_made(store: Store) -> None:
    with pytest.raises(TooCostly) as raised:
        body_of(store, WIDE, max_answer_bytes=20_000)
    assert raised.value.message.startswith("The response could take ")
    assert raised.value.message.endswith("the maximum is 20,000 bytes; most of it comes from papers.authors.name")
    assert "BYLINE_MAX_ANSWER_BYTES" in str(raised.value.hint)


def test_an_answer_that_turns_out_longer_is_given_up(store: Store) -> None:
    """Texts may be far from their mean: a page of the longest title is longer than its price."""
    names = " ".join(f"t{at}: title" for at in range(200))
    papers = orjson.loads(body_of(store, "{ papers(first: 100) { nodes { title } } }") or b"")["papers"]["nodes"]
    longest = max((each["title"] for each in papers), key=len)
    text = f"{{ papers(where: {{title: {{eq: {orjson.dumps(longest).decode()}}}}}, first: 1) {{ nodes {{ {names} }} }} }}"
    answer, expected = body_of(store, text), price(store, text).bytes
    assert answer is not None
    assert len(answer) > expected + 100
    with pytest.raises(TooCostly, match="The response exceeds the maximum of"):
        body_of(store, text, max_answer_bytes=int(expected) + 1)


def test_conditions_cost_rows_each(store: Store) -> None:
    def looked(where: str) -> float:
        return price(store, f"{{ papers(where: {where}) {{ totalCount }} }}", {"papers": 1_000_000}).rows_scanned

    one = looked('{title: {contains: "a"}}')
    many = ", ".join(f'{{title: {{contains: "a{at}"}}}}' for at in range(100))
    same = ", ".join(['{title: {contains: "a"}}'] * 100)
    titles = looked(f"{{or: [{many}]}}")
    assert titles > 3 * one, "a hundred texts are looked for in few passes, and each of them costs"
    assert looked(f"{{not: {{or: [{many}]}}}}") >= titles
    assert looked(f"{{or: [{same}]}}") == one, "what is asked twice is looked at once"
    assert looked('{authors: {some: {name: {contains: "a"}}}}') > looked("{year: {gte: 2000}}")


def test_conditions_of_one_form_differ_in_values_alone() -> None:
    def like(value: int) -> Compare:
        return Compare("year", Op.GTE, value)

    assert form(All((like(1), Not(like(2))))) == form(All((like(3), Not(like(4)))))
    assert form(Either((like(1), like(1)))) != form(Either((like(1), like(2))))


LARGE = {"papers": 100_000, "authors": 50_000, "institutions": 500, "categories": 150}
BESIDE = [
    '{ collaborationPath(from: {id: "a"}, to: {id: "b"}) { distance } }',
    "{ institutionMatrix(first: 20) { values } }",
    "{ categoryMatrix(first: 100) { values } }",
    "{ countryMatrix { values } }",
    "{ authors(first: 1) { nodes { metrics { constraint { value } } } } }",
    "{ authors(first: 100) { nodes { metrics(years: {from: 2010}) { hIndex { value } } } } }",
    "{ authors(first: 100) { nodes { metrics { byYear { year } } } } }",
    "{ papers(first: 20) { nodes { similarPapers(method: BIBLIOGRAPHIC_COUPLING, first: 1) { edges { score } } } } }",
]
ON_THE_LOOP = [
    "{ authors(first: 100) { nodes { metrics { paperCount hIndex { value } } } } }",
    "{ authors(first: 100) { nodes { papers(first: 1) { nodes { metrics { pagerank { value } } } } } } }",
    "{ authors(first: 1) { nodes { metrics(years: {from: 2010}) { hIndex { value } } } } }",
    '{ paper(by: {id: "a"}) { similarPapers(method: BIBLIOGRAPHIC_COUPLING, first: 1) { edges { score } } } }',
]


@pytest.mark.parametrize("text", BESIDE)
def test_what_takes_long_runs_beside_the_loop(store: Store, text: str) -> None:
    assert price(store, text, LARGE).rows > SCANNED_BESIDE


@pytest.mark.parametrize("text", ON_THE_LOOP)
def test_what_takes_little_stays_on_it(store: Store, text: str) -> None:
    assert price(store, text, LARGE).rows < SCANNED_BESIDE


def test_more_paths_and_paths_by_strength_cost_more(store: Store) -> None:
    def searched(arguments: str, paths: str = "") -> float:
        shown = f"distance {paths}"
        return price(store, f'{{ collaborationPath(from: {{id: "a"}}, to: {{id: "b"}}{arguments}) {{ {shown} }} }}', LARGE).rows

    one, most = "paths { nodes { __typename } }", "paths(first: 20) { nodes { __typename } }"
    assert searched("") == searched("", one) < searched(", years: {from: 2000}") < searched("", most)
    assert searched("", most) < searched(", weighted: true", most)
    assert searched("", f"{one} more: {most}") == searched("", "paths { totalCount }") == searched("", most)
    assert (
        searched("", one) < searched("", "paths { pageInfo { hasNextPage } }") == searched("", "paths(first: 2) { __typename }")
    )


def test_what_a_step_costs_once_is_not_multiplied(store: Store) -> None:
    def constraint(first: int) -> Cost:
        return price(store, f"{{ authors(first: {first}) {{ nodes {{ metrics {{ constraint {{ value }} }} }} }} }}", LARGE)

    assert constraint(1).once == constraint(100).once > 0
    assert constraint(100).rows_scanned > 50 * constraint(1).rows_scanned


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("way", '{ node(id: "a") { id } way: collaborationPath(from: {id: "a"}, to: {id: "b"}) '
                "{ paths(first: 20) { nodes { authors { id } } } } }"),
        ("grid", "{ authors(first: 5) { nodes { name } } grid: categoryMatrix(first: 100) { values } }"),
        ("papers.authors.metrics", "{ papers(first: 50) { nodes { authors { nodes { metrics { trend { year } } } } } } }"),
        ("papers.like", "{ papers(first: 50) { nodes { like: similarPapers(method: TEXT, first: 9) { edges { score } } } } }"),
    ],
)  # fmt: skip
def test_a_refusal_names_what_is_dearest(store: Store, part: str, text: str) -> None:
    with pytest.raises(TooCostly, match=f"; most of it comes from {part}"):
        body_of(store, text, max_objects=150)

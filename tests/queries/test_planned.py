"""Every query of the corpus in every way, one comparison a case; and documents that are generated, planned against resolved."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import given, settings

from byline.graph.model import Kind
from byline.graph.query.cost import Estimator
from byline.graph.query.encoders import ArrowEncoder, Encoder, RowEncoder
from byline.graph.query.explain import explain
from byline.graph.query.rewrite import RULES
from byline.graph.query.run import Run
from byline.graph.store.protocol import Store
from byline.schema.answer import blocks
from byline.schema.answer.planner import SCANNED_BESIDE, Planner
from byline.schema.build import make_schema
from byline.schema.compile.documents import Compiled, Documents
from byline.schema.context import Context, Limits
from tests.contract.stores import EVERY, STORES
from tests.contract.stores import answer as run
from tests.queries.answers import as_committed, encoded, errors, respond, warnings
from tests.queries.corpus import Case, corpus, resolve
from tests.queries.counting import Counting
from tests.queries.graphs import acl_slice, rich
from tests.queries.test_generated import DOCUMENTS, EXAMPLES, GRAPHS, MANY, SLOW

PLANS, GOLDENS = (Path(__file__).parent / name for name in ("plans", "goldens"))
SCHEMA = make_schema()
FORMS: dict[str, Encoder] = {"lists": RowEncoder(), "arrow": ArrowEncoder()}
each = pytest.mark.parametrize("case", corpus(), ids=lambda case: case.name)
# Entries of a block, and cases with a list of several of them in both forms.
BLOCK = 7
CUT = {
    "author-page", "author-papers", "authors-by-name", "authors-default-page", "authors-filter-nested",
    "authors-four-keys", "authors-two-papers-with-institution", "authorship-countries", "category-filter",
    "category-papers", "category-tree", "coauthors", "coauthors-author-cap", "coauthors-of-coauthors", "coauthors-years",
    "collaborators", "collaborators-by-distance", "collaborators-default-page", "collaborators-filtered",
    "collaborators-in-a-window", "collaborators-of-many", "depth-six", "fragments-nested", "institution-collaborations",
    "institutions-list", "largest-page", "list-completeness", "orders-without-direction", "paper-institutions",
    "paper-person-twice", "papers-by-atypicality", "papers-newest", "papers-page-by-title", "reported",
    "self-and-mutual-citations", "wide-list",
}  # fmt: skip


def planner(rules: tuple[Any, ...] = RULES) -> Planner:
    return Planner(Documents(SCHEMA, Limits(), rules=rules))


def planned(planner: Planner, store: Store, text: str, variables: dict[str, Any], name: str | None = None) -> bytes | None:
    """data and warnings of the planned path as JSON, None where it leaves the answer to the resolvers."""
    context = Context(store)
    data = run(planner.answer(text, variables, name, context))
    return None if data is None else whole([data], context)


def in_form(
    planner: Planner, form: Encoder, store: Store, text: str, variables: dict[str, Any], name: str | None = None
) -> bytes:
    """The same with the form given."""
    context = Context(store)
    compiled, coerced = planner.compiled(text, variables, name)
    return whole(run(planner.execute(compiled, compiled.bind(coerced), context, form)), context)


def whole(pieces: list[Any], context: Context) -> bytes:
    """data in one piece, and the warnings."""
    return b'{"data":' + b"".join(pieces) + b',"warnings":' + orjson.dumps(context.warnings) + b"}"


def shown(answer: dict[str, Any]) -> bytes:
    """data and warnings of the resolvers as JSON."""
    return orjson.dumps({"data": answer["data"], "warnings": answer["warnings"]})


def requires_rows(compiled: Compiled, store: Store, bound: list[Any]) -> bool:
    """Whether Arrow cannot show an answer."""
    read = Run(store, bound)
    run(compiled.plan.read(read))
    return compiled.requires_rows or read.requires_rows


def plain(store: Store, text: str, variables: dict[str, Any], name: str | None = None) -> tuple[bytes, bool]:
    """data and warnings of the resolvers as JSON, and whether there were errors."""
    answer = respond(SCHEMA, store, text, variables, name)
    return shown(answer), bool(answer["errors"])


@pytest.fixture(scope="module")
def rich_stores() -> dict[str, Store]:
    return {name: make(rich()) for name, make in EVERY.items()}


@pytest.fixture(scope="module")
def acl_store(corpora: Path) -> Store:
    return STORES["columnar"](acl_slice(corpora))


def resolvers_agree(case: Case, stores: dict[str, Store]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The variables of a case, and what the plain resolvers say of it: the same bytes on every store."""
    variables = {name: resolve(case, store) for name, store in stores.items()}
    answers = {name: respond(SCHEMA, store, case.text, variables[name], case.operation_name) for name, store in stores.items()}
    for name in stores:
        assert variables[name] == variables["networkx"], f"variables on {name}"
        assert encoded(answers[name]) == encoded(answers["networkx"]), f"resolvers on {name} differ from those on networkx"
    return variables["networkx"], answers["networkx"]


def agrees(case: Case, store: Store, planner: Planner, variables: dict[str, Any], resolved: dict[str, Any], which: str) -> None:
    """The planned path on one store, against what the resolvers say."""
    answer = planned(planner, store, case.text, variables, case.operation_name)
    if resolved["errors"]:
        assert answer is None, f"{which}: errors are for the resolvers to word"
    elif case.introspects:
        assert answer is None, which
        assert planner.fell_through == {"introspection": 1}, which
    else:
        assert answer == shown(resolved), f"{which} differs from the resolvers; fell through: {planner.fell_through}"


@each
def test_every_way_gives_the_same_bytes(case: Case, rich_stores: dict[str, Store], monkeypatch: pytest.MonkeyPatch) -> None:
    """Resolvers on each store, the planned path on each and without rules, in both forms, whole and in blocks; and the answer,
    the plan and the number of store calls as committed."""
    variables, resolved = resolvers_agree(case, rich_stores)
    says_what_it_must(case, resolved)
    planners = {name: planner() for name in rich_stores}
    for name, store in rich_stores.items():
        agrees(case, store, planners[name], variables, resolved, f"plans on {name}")
    store, columnar_planner = rich_stores["columnar"], planners["columnar"]
    agrees(case, store, planner(()), variables, resolved, "plans without rules")
    if columnar_planner.fell_through:
        as_committed(PLANS / f"{case.name}.txt", f"no plan: {next(iter(columnar_planner.fell_through))}\n".encode())
        return
    compiled, coerced = columnar_planner.compiled(case.text, variables, case.operation_name)
    bound = compiled.bind(coerced)
    both_forms_agree(case, columnar_planner, compiled, bound, shown(resolved), store, monkeypatch)
    as_committed(PLANS / f"{case.name}.txt", plan_text(columnar_planner, compiled, bound, store).encode())


def says_what_it_must(case: Case, resolved: dict[str, Any]) -> None:
    """The answer as committed, with the errors and warnings that the document announces."""
    assert errors(resolved) == case.errors(rich=True)
    assert warnings(resolved) == case.warnings(rich=True)
    # Goldens hold what a client reads: no NaN, no dates, nothing that JSON turns into something else.
    assert orjson.loads(encoded(resolved)) == resolved
    as_committed(GOLDENS / f"{case.name}.json", encoded(resolved, indent=True))


def both_forms_agree(
    case: Case, planner: Planner, compiled: Any, bound: Any, expected: bytes, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both encoders, whole and in blocks of 7, where they may be asked."""
    rows_only = requires_rows(compiled, store, bound)
    for name, form in FORMS.items():
        if name == "arrow" and rows_only:
            continue
        for size in (10**9, BLOCK):
            monkeypatch.setattr(blocks, "BLOCK", size)
            context = Context(store)
            pieces = run(planner.execute(compiled, bound, context, form))
            assert whole(pieces, context) == expected, f"the form {name} in blocks of {size} differs from the resolvers"
        assert len(pieces) > 3 or case.name not in CUT, f"{case.name} has a list that {name} no longer cuts into blocks"
    monkeypatch.undo()


def plan_text(planner: Planner, compiled: Any, bound: Any, store: Store) -> str:
    """Plan, cost and number of store calls: a query that begins to cost more shows here first."""
    cost = compiled.plan.cost(Estimator(run(store.snapshot()).degrees, bound))
    counting: Any = Counting(store)
    run(planner.execute(compiled, bound, Context(counting)))
    calls = ", ".join(f"{name} {count}" for name, count in sorted(counting.calls.items()))
    text = f"{explain(compiled.plan, bound)}\nat most {cost.upper:.0f} objects, about {cost.estimate:.1f}\ncalls: {calls}\n"
    assert not re.search(r"\b[A-Z]\w*\(", text), "the name of a class in the text of a plan"
    return text


@pytest.mark.long
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_each_rule_can_be_left_out(rule: Any, rich_stores: dict[str, Store]) -> None:
    others, store = tuple(other for other in RULES if other is not rule), rich_stores["columnar"]
    for case in corpus():
        variables, resolved = resolvers_agree(case, {"networkx": store})
        agrees(case, store, planner(others), variables, resolved, case.name)


@pytest.mark.corpus
@pytest.mark.long
@each
def test_plans_answer_the_corpus_on_the_acl_slice(case: Case, acl_store: Store) -> None:
    variables, resolved = resolvers_agree(case, {"networkx": acl_store})
    agrees(case, acl_store, planner(), variables, resolved, "plans")


LONG = {
    "authors": [
        "{ authors(where: {paperCount: {gte: 1}}) { totalCount } }",
        "{ authors(last: 1) { nodes { id } } }",
        "{ authors(orderBy: [{by: NAME}, {by: CITATION_COUNT}]) { nodes { id } } }",
    ],
    "papers": ["{ papers { facets(by: YEAR) { nodes { key count } } } }", "{ categoryMatrix { paperCount } }"],
}
SHORT = [
    "{ authors(first: 100) { totalCount nodes { name } } }",
    "{ papers(first: 10, orderBy: [{by: CITATION_COUNT}]) { nodes { title authors { nodes { name } } } } }",
    '{ author(by: {name: "x"}) { metrics { constraint { value } } papers(where: {year: {gte: 2000}}) { totalCount } } }',
]


def looked(query: str, counts: dict[str, int], rich_stores: dict[str, Store]) -> float:
    """The rows that a query looks at, by its cost, in a graph of so many."""
    compiled, coerced = planner().compiled(query, {}, None)
    degrees = run(rich_stores["columnar"].snapshot()).degrees
    return compiled.plan.cost(Estimator(degrees, compiled.bind(coerced), counts)).rows_scanned


@pytest.mark.parametrize(("counted", "query"), [(counted, query) for counted, queries in LONG.items() for query in queries])
def test_what_looks_at_everything_costs_what_there_is(counted: str, query: str, rich_stores: dict[str, Store]) -> None:
    assert looked(query, {counted: 10_000_000}, rich_stores) >= 10_000_000 > SCANNED_BESIDE
    assert looked(query, {counted: 1_000}, rich_stores) < SCANNED_BESIDE


@pytest.mark.parametrize("query", SHORT)
def test_what_looks_at_a_page_does_not(query: str, rich_stores: dict[str, Store]) -> None:
    assert looked(query, {"authors": 10_000_000, "papers": 10_000_000}, rich_stores) < SCANNED_BESIDE


def test_a_hundred_measures_and_networks_look_at_much(rich_stores: dict[str, Store]) -> None:
    measures = "{ authors(first: 100) { nodes { metrics { constraint { value } } } } }"
    assert looked(measures, {}, rich_stores) > SCANNED_BESIDE


def test_calls_do_not_grow_with_the_answer(rich_stores: dict[str, Store]) -> None:
    inner = "papers(first: $n) { nodes { authors(first: $n) { nodes { name } } } }"
    text = f"query($n: Int!) {{ authors(first: $n) {{ nodes {{ {inner} }} }} }}"
    calls = set()
    for size in (1, 3, 50):
        counting: Any = Counting(rich_stores["columnar"])
        columnar_planner = planner()
        compiled, coerced = columnar_planner.compiled(text, {"n": size}, None)
        run(columnar_planner.execute(compiled, compiled.bind(coerced), Context(counting)))
        calls.add(sum(counting.calls.values()))
    assert len(calls) == 1


def test_the_same_list_twice_under_two_names(rich_stores: dict[str, Store]) -> None:
    """Parts of a path or a network that are asked for twice, with different selections."""
    store = rich_stores["columnar"]
    people = run(store.columns(Kind.AUTHOR, np.arange(2, dtype=np.int32), ["id"]))[0].to_pylist()
    text = """query ($a: ID!, $b: ID!) {
      collaborationPath(from: {id: $a}, to: {id: $b}) {
        paths { nodes { authors { name } hops { from { id } } } }
        again: paths(first: 3) { nodes { authors { id orcid } hops { to { name } paperCount } } }
      }
      network(people: [{id: $a}, {id: $b}]) { nodes { author { name } } again: nodes { author { id } degree } }
    }"""
    variables = {"a": people[0], "b": people[1]}
    expected, failed = plain(store, text, variables)
    assert not failed
    assert planned(planner(), store, text, variables) == expected


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=SLOW)
@given(DOCUMENTS)
def test_generated_documents_agree(document: tuple[str, dict[str, Any]]) -> None:
    generated_agrees(document)


@pytest.mark.long
@settings(max_examples=MANY, deadline=None, suppress_health_check=SLOW)
@given(DOCUMENTS)
def test_many_generated_documents_agree(document: tuple[str, dict[str, Any]]) -> None:
    """Half of the 2,000; test_more_planned.py has the other half, so that two cores work on them."""
    generated_agrees(document)


def generated_agrees(document: tuple[str, dict[str, Any]]) -> None:
    text, variables = document
    for store in GRAPHS.values():
        # What a query may cost is another matter: paths and circles of circles are bounded high, and small here.
        planner = Planner(Documents(SCHEMA, Limits(max_objects=10**12)))
        expected, failed = plain(store, text, variables)
        answer = planned(planner, store, text, variables)
        if failed:
            assert answer is None
            continue
        if answer is None:
            # An argument that cannot be, under a branch that never runs: the resolvers never see it, compiling does.
            assert all(reason.startswith("error ") for reason in planner.fell_through), planner.fell_through
            continue
        assert answer == expected
        assert in_form(planner, FORMS["lists"], store, text, variables) == expected

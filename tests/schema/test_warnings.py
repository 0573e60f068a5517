"""Warnings: said beside the answer, with the path of the field under its response key."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from byline.graph.ids import public_id
from byline.graph.model import Facts, Kind
from byline.graph.store.contract.draft import Draft
from byline.graph.store.protocol import Store
from byline.schema.build import make_schema
from byline.schema.context import Context, Limits
from tests.contract.stores import CONTRACT, STORES
from tests.contract.stores import answer as run
from tests.queries.answers import respond
from tests.queries.counting import Counting
from tests.queries.graphs import rich
from tests.queries.test_planned import planned, planner

SCHEMA = make_schema()


@pytest.fixture(scope="module", params=list(STORES))
def store(request: pytest.FixtureRequest) -> Store:
    return STORES[request.param](rich())


def warned(store: Store, text: str) -> list[tuple[str, list[Any]]]:
    answer = respond(SCHEMA, store, text)
    assert not answer["errors"]
    assert all(warning["message"] for warning in answer["warnings"])
    return [(warning["code"], warning["path"]) for warning in answer["warnings"]]


def refused(store: Store, text: str) -> list[tuple[str, list[Any]]]:
    answer = respond(SCHEMA, store, text)
    assert not answer["warnings"]
    return [(error["extensions"]["code"], error["path"]) for error in answer["errors"]]


def test_an_ambiguous_key_is_an_error(store: Store) -> None:
    assert refused(store, '{ who: author(by: {name: "Mei Lin"}) { id } }') == [("AMBIGUOUS_KEY", ["who"])]
    assert refused(store, '{ institution(by: {name: "institute of physics"}) { id } }') == [("AMBIGUOUS_KEY", ["institution"])]
    assert refused(store, '{ category(by: {code: "ap"}) { id } }') == [("AMBIGUOUS_KEY", ["category"])]
    assert refused(store, '{ collaborationPath(from: {name: "mei lin"}, to: {name: "Zoë Åkesson"}) { status } }') == [
        ("AMBIGUOUS_KEY", ["collaborationPath"])
    ]


@pytest.mark.parametrize("make", CONTRACT.values(), ids=CONTRACT)
def test_an_ambiguous_key_says_who_is_meant(make: Callable[[Facts], Store]) -> None:
    """Ten candidates, those of most papers first, with what they are called and where: whatever the spacing and the accents."""
    draft = Draft()
    names = ["Marie Devries", "Marie de Vries", "MARIE DE-VRIÈS"]
    ids = [draft.nodes[Kind.AUTHOR][draft.author(f"d{at}", name=name)]["id"] for at, name in enumerate(names)]
    many = sorted(
        draft.nodes[Kind.INSTITUTION][draft.institution(f"i{at}", name="Institute", country_code="PL")]["id"] for at in range(13)
    )
    draft.paper("one", ["d1@lab", "d2@lab+mill"], doi="10.1000/1")
    draft.paper("other", ["d1@mill"], external_ids=[{"scheme": "doi", "value": "10.1000/1"}])
    draft.paper("third", ["d1@mill"])
    papers = sorted(draft.nodes[Kind.PAPER][key]["id"] for key in ("one", "other"))
    store = make(draft.facts())
    text = """{
      author(by: {name: "marie devries"}) { id } again: institution(by: {name: "INSTITUTE"}) { id }
      paper(by: {doi: "https://doi.org/10.1000/1"}) { id } there: author(by: {externalId: {scheme: "s2", value: "no"}}) { name }
    }"""
    answer = respond(SCHEMA, store, text)
    assert answer["data"] == {"author": None, "again": None, "paper": None, "there": None}
    candidates = [error["extensions"]["candidates"] for error in answer["errors"]]
    assert [error["message"] for error in answer["errors"]] == [
        "3 nodes of kind author have the name 'marie devries'",
        "13 nodes of kind institution have the name 'INSTITUTE'",
        "2 nodes of kind paper have the doi id 'https://doi.org/10.1000/1'",
    ]
    assert [(each["id"], each["name"], each["paperCount"]) for each in candidates[0]] == [
        (ids[1], names[1], 3), (ids[2], names[2], 1), (ids[0], names[0], 0),
    ]  # fmt: skip
    assert [each["place"] for each in candidates[0]][::2] == ["mill", None]
    assert candidates[1] == [{"id": each, "name": "Institute", "paperCount": 0, "place": "PL"} for each in many[:10]]
    assert [(each["id"], each["place"]) for each in candidates[2]] == [(each, None) for each in papers]
    assert planned(planner(), store, text, {}) is None
    long = respond(SCHEMA, store, '{ author(by: {name: "Marie Devries%s"}) { id } }' % (" " * 5000))
    assert len(long["errors"][0]["message"]) < 400


@pytest.mark.parametrize("count", [1, 7, 100])
def test_many_keys_are_one_call_of_the_store(store: Store, count: int) -> None:
    text = "query ($keys: [AuthorKey!]!) { authorsBy(keys: $keys) { name } }"
    keys = [[{"name": "Zoë Åkesson"}, {"orcid": "0000-0002-1825-0097"}, {"id": "A000000000000"}][at % 3] for at in range(count)]
    counting: Any = Counting(store)
    columnar_planner = planner()
    compiled, coerced = columnar_planner.compiled(text, {"keys": keys}, None)
    answer = run(columnar_planner.execute(compiled, compiled.bind(coerced), Context(counting)))
    assert orjson.loads(b"".join(answer))["authorsBy"] == [None if at % 3 else {"name": "Zoë Åkesson"} for at in range(count)]
    assert counting.calls["lookup"] == 1


def test_a_key_that_names_nothing_does_not(store: Store) -> None:
    nobody = public_id(Kind.AUTHOR, "nobody at all")
    text = f'{{ author(by: {{id: "{nobody}"}}) {{ id }} paper(by: {{doi: "10.0/0"}}) {{ id }} node(id: "{nobody}") {{ id }} }}'
    assert warned(store, text) == []


def test_a_key_that_can_name_nothing_says_what_would(store: Store) -> None:
    answer = respond(SCHEMA, store, '{ author(by: {orcid: "https://orcid.org/12"}) { id } }')
    (warning,) = answer["warnings"]
    assert (warning["code"], warning["path"]) == ("BAD_ID", ["author"])
    assert warning["message"] == (
        "'https://orcid.org/12' is not a valid id of the scheme orcid; an ORCID is four groups of four digits, as "
        "0000-0002-1825-0097"
    )


def test_an_id_of_another_kind_says_which(store: Store) -> None:
    paper = public_id(Kind.PAPER, "whatever")
    answer = respond(SCHEMA, store, f'{{ author(by: {{id: "{paper}"}}) {{ id }} }}')
    (warning,) = answer["warnings"]
    assert warning["message"] == f"'{paper}' is the id of a node of kind paper, not of kind author"
    assert warned(store, f'{{ categoryMatrix(ids: ["{paper}", "?"]) {{ paperCount }} }}') == [("BAD_ID", ["categoryMatrix"])] * 2


def test_an_odd_id_that_something_has_is_not_warned_of() -> None:
    draft = Draft()
    draft.paper("odd", external_ids=[{"scheme": "doi", "value": "10.5"}])
    for make in STORES.values():
        assert warned(make(draft.facts()), '{ paper(by: {doi: "10.5"}) { title } }') == []


def test_a_malformed_id_warns_once_for_each_time_it_is_given(store: Store) -> None:
    assert warned(store, '{ a: node(id: "?") { id } nodes(ids: ["?", "!", "?"]) { id } }') == [
        ("BAD_ID", ["a"]),
        ("BAD_ID", ["nodes", 0]),
        ("BAD_ID", ["nodes", 1]),
        ("BAD_ID", ["nodes", 2]),
    ]


def test_warnings_come_beside_errors(store: Store) -> None:
    answer = respond(
        SCHEMA, store, '{ node(id: "?") { id } author(by: {name: "Zoë Åkesson"}) { papers(first: -1) { totalCount } } }'
    )
    assert [warning["code"] for warning in answer["warnings"]] == ["BAD_ID"]
    assert [error["path"] for error in answer["errors"]] == [["author", "papers"]]
    assert answer["data"] == {"node": None, "author": None}


def test_a_long_id_is_shown_in_part(store: Store) -> None:
    answer = respond(SCHEMA, store, '{ node(id: "%s") { id } }' % ("x" * 5000))
    assert len(answer["warnings"][0]["message"]) < 200


def unknown(store: Store, text: str, limits: Limits | None = None) -> list[tuple[list[Any], str]]:
    """Path and message of each warning of an unknown category, the same from the resolvers and from a plan."""
    limits = limits or Limits()
    resolved, bound = Context(store, limits), Context(store, limits)
    assert not run(SCHEMA.execute(text, context_value=resolved)).errors
    assert run(planner().answer(text, {}, None, bound)) is not None
    assert resolved.warnings == bound.warnings
    assert {warning["code"] for warning in resolved.warnings} <= {"UNKNOWN_CATEGORY"}
    return [(warning["path"], warning["message"]) for warning in resolved.warnings]


def test_an_unknown_category_in_a_filter_says_which_are_near(store: Store) -> None:
    near = unknown(store, '{ papers(where: {category: {eq: "cs.CX"}}) { totalCount } }')
    proposed = "No category of this snapshot has the code 'cs.CX'. Did you mean 'cs.CL', 'cs.LG', or 'cs'?"
    assert near == [(["papers"], proposed)]
    far = "No category of this snapshot has the code 'quite another'. Take codes from the field `code` of `categories`."
    assert unknown(store, '{ a: papers(where: {category: {in: ["quite another", "CL"]}}) { totalCount } }') == [(["a"], far)]
    closed = unknown(store, '{ papers(where: {category: {eq: "cs.CX"}}) { totalCount } }', Limits(introspection=False))
    assert closed == [(["papers"], far.replace("quite another", "cs.CX"))]


def test_codes_are_unknown_as_the_filter_compares_them(store: Store) -> None:
    exact = "No category of this snapshot has the code 'cs.cl'. Did you mean 'cs.CL', 'cs.LG', 'cs', or 'cs.CL.MT'?"
    assert unknown(store, '{ categories(where: {code: {eq: "cs.cl"}}) { totalCount } }') == [(["categories"], exact)]
    several = unknown(store, '{ papers(where: {category: {eq: "AP"}}) { totalCount } }')
    assert [path for path, _ in several] == [["papers"]]
    assert ".AP' or '" in several[0][1]
    for known in (
        'category: {eq: "cl"}',
        'category: {inIgnoreCase: ["cs.cl"]}',
        'category: {contains: "x"}',
        "category: {in: []}",
    ):
        assert unknown(store, f"{{ papers(where: {{{known}}}) {{ totalCount }} }}") == [], known
    assert unknown(store, '{ categories(where: {code: {eqIgnoreCase: "CS.cl", in: ["cs.CL"]}}) { totalCount } }') == []


def test_many_unknown_categories_are_one_warning_a_field(store: Store) -> None:
    codes = ", ".join(f'"none{number:03}"' for number in range(300))
    ((path, words),) = unknown(store, f"{{ papers(where: {{category: {{in: [{codes}]}}}}) {{ totalCount }} }}")
    assert path == ["papers"]
    assert "'none000', 'none001', 'none002', 'none003', 'none004' and 295 more" in words
    long = unknown(store, '{ papers(where: {category: {eq: "%s"}}) { totalCount } }' % ("x" * 5000))
    assert len(long[0][1]) < 200


def test_only_filters_that_name_categories_look_them_up() -> None:
    counting = Counting(STORES["columnar"](rich()))
    asks = "{ a: papers(where: {%s}) { totalCount } authors(first: 9) { nodes { papers(where: {%s}) { totalCount } } } }"
    calls = []
    for condition in ("year: {gt: 1}", 'category: {startsWith: "cs"}', 'category: {in: ["cs.CL", "lg"]}'):
        counting.calls.clear()
        compiled, coerced = planner().compiled(asks % (condition, condition), {}, None)
        context = Context(counting)
        run(planner().execute(compiled, compiled.bind(coerced), context))
        assert context.warnings == []
        calls.append((counting.calls["lookup"], counting.calls["find"]))
    assert calls == [(0, 2), (0, 2), (1, 2)]

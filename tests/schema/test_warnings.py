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
from tests.contract.stores import CONTRACT, STORES
from tests.queries.answers import respond
from tests.queries.graphs import rich
from tests.queries.test_planned import plain, planned, planner

SCHEMA = make_schema()


@pytest.fixture(scope="module", params=list(STORES))
def store(request: pytest.FixtureRequest) -> Store:
    return STORES[request.param](rich())


def warned(store: Store, text: str) -> list[tuple[str, list[Any]]]:
    answer = respond(SCHEMA, store, text)
    assert not answer["errors"]
    assert all(warning["message"] for warning in answer["warnings"])
    return [(warning["code"], warning["path"]) for warning in answer["warnings"]]


def test_an_ambiguous_key_warns(store: Store) -> None:
    assert warned(store, '{ who: author(by: {name: "Mei Lin"}) { id } }') == [("AMBIGUOUS_KEY", ["who"])]
    assert warned(store, '{ institution(by: {name: "institute of physics"}) { id } }') == [("AMBIGUOUS_KEY", ["institution"])]
    assert warned(store, '{ category(by: {code: "ap"}) { id } }') == [("AMBIGUOUS_KEY", ["category"])]


@pytest.mark.parametrize("make", CONTRACT.values(), ids=CONTRACT)
def test_an_ambiguous_key_says_who_is_meant_and_what_it_says_works(make: Callable[[Facts], Store]) -> None:
    """The first ids and how many more, planned as resolved: looked up without spacing and accents, as no filter compares."""
    draft = Draft()
    names = ["Marie Devries", "Marie de Vries", "MARIE DE-VRIÈS"]
    ids = sorted(draft.nodes[Kind.AUTHOR][draft.author(f"d{at}", name=name)]["id"] for at, name in enumerate(names))
    many = sorted(draft.nodes[Kind.INSTITUTION][draft.institution(f"i{at}", name="Institute")]["id"] for at in range(13))
    draft.paper("one", doi="10.1000/1")
    draft.paper("other", external_ids=[{"scheme": "doi", "value": "10.1000/1"}])
    papers = sorted(draft.nodes[Kind.PAPER][key]["id"] for key in ("one", "other"))
    store, see = make(draft.facts()), "; see what they are with `nodes(ids: …)` and select one by id"
    text = """{
      author(by: {name: "marie devries"}) { id } again: institution(by: {name: "INSTITUTE"}) { id }
      paper(by: {doi: "https://doi.org/10.1000/1"}) { id } author2: author(by: {name: "Marie  De Vries"}) { name }
    }"""
    answer = respond(SCHEMA, store, text)
    assert [warning["message"] for warning in answer["warnings"]] == [
        f"Several nodes of kind author have the name 'marie devries': {', '.join(ids)}{see}",
        f"Several nodes of kind institution have the name 'INSTITUTE': {', '.join(many[:10])} and 3 more{see}",
        f"Several nodes of kind paper have the doi id 'https://doi.org/10.1000/1': {', '.join(papers)}{see}",
        f"Several nodes of kind author have the name 'Marie  De Vries': {', '.join(ids)}{see}",
    ]
    assert planned(planner(), store, text, {}) == plain(store, text, {})[0]
    response = respond(SCHEMA, store, f"{{ nodes(ids: {orjson.dumps(ids).decode()}) {{ ... on Author {{ name }} }} }}")
    assert sorted(each["name"] for each in response["data"]["nodes"]) == sorted(names)
    long = respond(SCHEMA, store, '{ author(by: {name: "Marie Devries%s"}) { id } }' % (" " * 5000))
    assert len(long["warnings"][0]["message"]) < 400


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
        ("BAD_ID", ["nodes"]),
        ("BAD_ID", ["nodes"]),
        ("BAD_ID", ["nodes"]),
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

"""Records to facts: merging, citations, categories, counts, and ids that keep leading to their node."""

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from byline.data.build import loops
from byline.data.build.build import build
from byline.data.notices import Outcome
from byline.graph import ids
from byline.graph.errors import StoreFailed
from byline.graph.ids import public_id
from byline.graph.model import LINKS, Kind, facts_schema
from tests.data.views import Json, View, normal, paper, who
from tests.generated import examples

Graph = Callable[..., View]


def test_nothing_gives_empty_tables_of_the_right_types(graph: Graph) -> None:
    facts = graph().facts
    assert {kind: table.schema for kind, table in facts.nodes.items()} == {kind: facts_schema(kind) for kind in Kind}
    assert {name: table.schema for name, table in facts.links.items()} == LINKS
    assert sum(table.num_rows for table in (*facts.nodes.values(), *facts.links.values())) == 0


def test_later_figures_win_and_lists_are_united(graph: Graph) -> None:
    reported = [{"source": "x", "citation_count": n, "as_of": day} for n, day in ((1, None), (2, "2026-01-01"), (3, None))]
    view = graph(
        paper("Old", "Ann Roe", id="a:1", year=2020, abstract="first", listed=4, categories=["cs.CL", "x"], reported=reported[0]),
        paper("New", "Ann Roe", id="a:1", date="2021-02-03", categories=["x", "cs.AI"], reported=reported[1]),
        paper("New", "Ann Roe", id="a:1", doi="10.1/x", references=["a:1"], reported=reported[2]),
    )
    row = view.paper("New")
    assert (row["year"], row["published_on"]) == (2021, date(2021, 2, 3))
    assert (row["abstract"], row["listed"], row["doi"]) == ("first", 4, "10.1/x")
    assert view.far("paper_category", Kind.CATEGORY, "New") == ["cs.CL", "x", "cs.AI"]
    assert [(each["citation_count"], each["as_of"]) for each in row["reported"]] == [(3, None), (2, date(2026, 1, 1))]


def test_stated_columns_are_merged_by_their_type(graph: Graph) -> None:
    view = graph(
        paper("published", id="a:1", doi="10.1/x", language="fr"),
        paper("silent", id="a:1"),
        paper("preprint", id="arxiv:2001.00001", doi="10.1/x", language="en"),
        paper("other", id="a:2", language="en"),
        paper("other", id="a:2", language="German"),
        paper("none", id="a:3"),
    )
    assert [view.paper(title)["language"] for title in ("silent", "other", "none")] == ["fr", "de", None]


def test_stated_flags_and_lists_of_several_records_are_brought_together(graph: Graph) -> None:
    view = graph(
        paper("One", id="a:1", retracted=True, open_access=False, keywords=["tides", "ebb"], urls=[{"url": "https://x.org/1"}]),
        paper("Two", id="a:2", keywords=["alone"]),
        paper("One", id="a:1", retracted=False, keywords=["flow", "tides"], versions=[{"version": "v1", "date": "2020-01-02"}]),
        paper("One", id="a:1", keywords=[], urls=[{"url": "https://x.org/1"}, {"kind": "PDF", "url": "https://x.org/1.pdf"}]),
        paper("One", id="a:1", funding=[{"funder": "Fund", "award": "7"}], volume="12", pages="3 – 9"),
        paper("One", id="a:1", paper_type="inproceedings"),
    )
    row = view.paper("One")
    assert (row["retracted"], row["open_access"], row["volume"], row["pages"]) == (True, False, "12", "3-9")
    assert (row["keywords"], row["paper_type"]) == (["flow", "tides", "ebb"], "proceedings-article")
    assert [each["url"] for each in row["urls"]] == ["https://x.org/1", "https://x.org/1.pdf"]
    assert row["versions"] == [{"label": "v1", "published_on": date(2020, 1, 2)}]
    assert row["funding"] == [{"funder": "Fund", "funder_id": None, "award": "7"}]
    assert view.paper("Two")["keywords"] == ["alone"]
    assert (view.paper("Two")["retracted"], view.paper("Two")["urls"]) == (None, None)


def test_a_later_year_unsays_an_earlier_day(graph: Graph) -> None:
    view = graph(paper("p", id="a:1", date="2020-05-05"), paper("p", id="a:1", year=2021))
    assert (view.paper("p")["year"], view.paper("p")["published_on"]) == (2021, None)


@pytest.mark.parametrize(
    ("members", "count", "complete"),
    [
        ({}, 2, True),
        ({"author_count": 2}, 2, True),
        ({"author_count": 7}, 7, False),
        ({"author_count": 1}, 2, True),
        ({"authors_complete": False}, None, False),
        ({"authors_complete": False, "author_count": 9}, 9, False),
    ],
)
def test_author_counts(graph: Graph, members: Json, count: int | None, complete: bool) -> None:
    row = graph(paper("p", "Ann Roe", "Bo Li", **members)).paper("p")
    assert (row["author_count"], row["author_list_complete"]) == (count, complete)


def test_no_authors_said_and_no_authors(graph: Graph) -> None:
    view = graph({"type": "paper", "title": "unknown"}, {"type": "paper", "title": "none", "authors": []})
    assert (view.paper("unknown")["author_count"], view.paper("unknown")["author_list_complete"]) == (None, False)
    assert (view.paper("none")["author_count"], view.paper("none")["author_list_complete"]) == (0, True)


def test_authors_behind_et_al_come_last_without_place_or_name(graph: Graph) -> None:
    view = graph(paper("p", {"name": "Di Ho", "printed": False}, "Ann Roe", "Bo Li", authors_complete=False))
    assert view.authors("p") == [("Ann Roe", 1, "Ann Roe"), ("Bo Li", 2, "Bo Li"), ("Di Ho", None, None)]


def test_one_person_twice_on_a_paper_stays_twice(graph: Graph) -> None:
    view = graph(paper("p", who("Ann Roe", "a:1"), "Bo Li", who("A. Roe", "a:1")))
    assert view.authors("p") == [("Ann Roe", 1, "Ann Roe"), ("Bo Li", 2, "Bo Li"), ("Ann Roe", 3, "A. Roe")]


def test_the_complete_list_stands_and_takes_ids_and_institutions(graph: Graph) -> None:
    lab = {"institutions": [{"name": "Lab"}]}
    view = graph(
        paper("p", "Ann Roe", "Bo Li", "Cy Wu", id="a:1"),
        paper("p", who("A. Roe", "s2:1", **lab), "Bo Li", who("Cy Wu", printed=False), id="a:1", authors_complete=False),
        paper("p", who("Somebody Else", "s2:5"), id="a:1", authors_complete=False),
    )
    assert [each["name_as_printed"] for each in view.printed("p")] == ["Ann Roe", "Bo Li", "Cy Wu"]
    assert view.person("Ann Roe")["external_ids"] == [{"scheme": "s2", "value": "1"}]
    assert len(view.links["authorship_institution"]) == 1
    assert view.links["paper_institution"] == []
    assert (view.paper("p")["author_count"], view.paper("p")["author_list_complete"]) == (3, True)


def test_cut_lists_know_each_others_authors(graph: Graph) -> None:
    view = graph(
        paper("p", "Ann Roe", "Bo Li", id="a:1", authors_complete=False),
        paper("p", "Ann Roe", who("Di Ho", printed=False), id="a:1", authors_complete=False),
        paper("p", "Cy Wu", who("B. Li", printed=False), id="a:1", authors_complete=False),
    )
    authors = view.authors("p")
    assert authors[:2] == [("Ann Roe", 1, "Ann Roe"), ("Bo Li", 2, "Bo Li")]
    assert sorted(authors[2:]) == [("Cy Wu", None, None), ("Di Ho", None, None)]
    assert view.person("B. Li") == view.person("Bo Li")
    assert view.paper("p")["author_count"] is None


def test_affiliation_stays_where_the_source_puts_it(graph: Graph) -> None:
    view = graph(
        paper("p", who("Ann Roe", institutions=[{"name": "B"}, {"name": "A"}]), institutions=[{"name": "C"}, {"name": "A"}])
    )
    names = [each["name"] for each in view.nodes[Kind.INSTITUTION]]
    assert view.far("paper_institution", Kind.INSTITUTION, "p") == ["C", "A"]
    assert [names[each["institution"]] for each in view.links["authorship_institution"]] == ["B", "A"]


def test_who_is_corresponding(graph: Graph) -> None:
    view = graph(
        paper("p", who("Ann Roe", corresponding=True), who("Bo Li", corresponding=False), "Cy Wu", id="a:1"),
        paper("p", "Ann Roe", "Bo Li", who("Cy Wu", corresponding=True), id="a:1"),
    )
    assert [each["corresponding"] for each in view.printed("p")] == [True, False, True]
    assert [each["corresponding"] for each in graph(paper("p", "Ann Roe")).printed("p")] == [None]


CITING: list[Json] = [
    paper("one", id="a:1", references=["a:2", "doi:10.1/THREE", "a:1", "a:2", "b:unknown", "b:unknown"]),
    paper("two", id="a:2"),
    paper("three", id="a:3", doi="10.1/three"),
    {"type": "citation", "from": "a:2", "to": "a:3"},
    {"type": "citation", "from": "a:1", "to": "a:3"},
    {"type": "citation", "from": "b:nobody", "to": "a:3"},
]


@pytest.mark.parametrize("turn", range(len(CITING)))
def test_references_in_any_order(graph: Graph, turn: int) -> None:
    view = graph(*CITING[turn:], *CITING[:turn])
    assert view.citations() == [("one", "three"), ("one", "two"), ("two", "three")]
    assert view.paper("one")["unresolved_references"] == ["b:unknown"]
    assert view.built.unknown_citing == 1
    assert view.paper("three")["unresolved_citations"] == ["b:nobody"]
    (loop,) = view.built.notices
    assert (loop.member, loop.outcome, "'a:1' cites itself" in loop.reason) == ("references[2]", Outcome.LEFT_OUT, True)


def test_a_work_outside_counts_once_under_the_forms_of_its_id(graph: Graph) -> None:
    forms = ["arxiv:2001.00007", "doi:10.48550/arXiv.2001.00007", "arXiv:2001.00007v3", "doi:10.1/Reader", "doi:10.1/reader"]
    cites: list[Json] = [{"type": "citation", "from": form, "to": "a:1"} for form in forms]
    view = graph(paper("one", id="a:1"), *cites)
    assert sorted(view.paper("one")["unresolved_citations"]) == ["arxiv:2001.00007", "doi:10.1/reader"]
    assert view.built.notices == []
    # Ingested as a paper later on, it is a citing paper like any other.
    with_record = graph(paper("one", id="a:1"), *cites, paper("two", arxiv="2001.00007"))
    assert (with_record.citations(), with_record.paper("one")["unresolved_citations"]) == ([("two", "one")], ["doi:10.1/reader"])


def test_a_preprint_that_cites_its_published_version_cites_itself(graph: Graph) -> None:
    view = graph(
        paper("one", id="arxiv:2001.00009", references=["doi:10.1/one", "b:2"]),
        paper("one", id="doi:10.1/one", ids=["arxiv:2001.00009"], references=["arxiv:2001.00009"]),
        {"type": "citation", "from": "doi:10.1/one", "to": "arxiv:2001.00009"},
        {"type": "citation", "from": "b:3", "to": "b:4"},
        {"type": "citation", "from": "b:4", "to": "b:3"},
    )
    assert view.citations() == []
    assert view.paper("one")["unresolved_references"] == ["b:2"]
    notices = [(each.line, each.member, each.outcome, each.count) for each in view.built.notices]
    left = Outcome.LEFT_OUT
    assert notices == [(1, "references[0]", left, 1), (2, "references[0]", left, 1), (3, "to", left, 1), (4, "", left, 2)]
    assert "'arxiv:2001.00009' cites 'doi:10.1/one', which is the same paper" in view.built.notices[0].reason


def test_of_many_papers_that_cite_themselves_the_first_are_listed(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loops, "LISTED", 2)
    view = graph(*(paper(f"p{number}", id=f"a:{number}", references=[f"a:{number}"]) for number in range(6)))
    assert [each.count for each in view.built.notices] == [1, 1, 4]


def test_categories_with_all_above_them(graph: Graph) -> None:
    view = graph(
        paper("p", categories=["astro-ph.GA", "own.x", "free"]),
        {"type": "category", "code": "own.x", "name": "X", "parent": "own"},
        {"type": "category", "code": "own", "parent": "own.x"},
    )
    rows = view.nodes[Kind.CATEGORY]
    by_code = {each["code"]: (each["name"], None if each["parent"] is None else rows[each["parent"]]["code"]) for each in rows}
    assert by_code == {
        "astro-ph.GA": ("Astrophysics of Galaxies", "astro-ph"),
        "astro-ph": ("Astrophysics", "grp_physics"),
        "grp_physics": ("Physics (group)", None),
        "own.x": ("X", "own"),
        "own": ("own", None),
        "free": ("free", None),
    }


def test_stated_category_and_reports_of_a_person(graph: Graph) -> None:
    person = {"type": "author", "id": "s2:1", "name": "Ann Roe", "categories": ["cs.CL"]}
    view = graph(
        [person | {"reported": {"h_index": 3}}], [person | {"categories": ["cs.AI"], "reported": {"h_index": 4, "novelty": 0.5}}]
    )
    (only,) = view.nodes[Kind.AUTHOR]
    assert view.nodes[Kind.CATEGORY][only["stated_category"]]["code"] == "cs.AI"
    assert [(each["source"], each["h_index"], each["novelty"]) for each in only["reported"]] == [("test", 4, 0.5)]


def test_the_preferred_name(graph: Graph) -> None:
    printed = [paper(str(i), who(name, "a:1")) for i, name in enumerate(["A. Roe", "Ann Roe", "Roe", "Ann Roe", "A. Roe"])]
    (only,) = graph(*printed).nodes[Kind.AUTHOR]
    assert only["names"] == ["Ann Roe", "A. Roe", "Roe"]
    (only,) = graph(*printed, {"type": "author", "id": "a:1", "name": "Roe"}).nodes[Kind.AUTHOR]
    assert only["names"] == ["Roe", "A. Roe", "Ann Roe"]


def test_tables_are_sorted_as_promised(graph: Graph) -> None:
    view = graph(
        *(paper(f"t{i}", f"Ann{i} Roe", "Bo Li", categories=["b", "a"], references=["x:1"], id=f"x:{i}") for i in range(20))
    )
    for kind in (Kind.AUTHOR, Kind.PAPER, Kind.CATEGORY):
        ids = [each["id"] for each in view.nodes[kind]]
        assert ids == sorted(ids)
    keys = [(each["paper"], each["position"]) for each in view.nodes[Kind.AUTHORSHIP]]
    assert keys == sorted(keys)
    assert [each["paper"] for each in view.links["paper_category"]] == [i // 2 for i in range(40)]
    itself = view.nodes[Kind.PAPER].index(view.paper("t1"))
    assert [each["citing"] for each in view.links["citation"]] == [row for row in range(20) if row != itself]


def test_two_keys_with_one_id_are_an_error(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids, "public_number", lambda kind, key: 0)
    with pytest.raises(StoreFailed, match="would both get the id A000000000000"):
        graph(paper("p", "Ann Roe", "Bo Li"))


def test_an_id_given_before_a_merge_keeps_leading_to_its_node(graph: Graph) -> None:
    first = [paper("p", "Ann Roe", year=2020)]
    before = graph(first)
    more = [paper("P", who("Ann Roe", "s2:1"), year=2020, id="a:1"), {"type": "author", "id": "acl:9", "name": "Ann Roe"}]
    after = graph(first, more)
    assert (len(after.nodes[Kind.PAPER]), len(after.nodes[Kind.AUTHOR])) == (1, 1)
    for kind in (Kind.PAPER, Kind.AUTHOR):
        assert after.follow(kind, before.nodes[kind][0]["id"]) == after.nodes[kind][0]
    # And the other way round: what came first gives the id.
    assert graph(more, first).nodes[Kind.PAPER][0]["id"] != before.nodes[Kind.PAPER][0]["id"]
    assert graph(more, first).resolve(Kind.PAPER, "a:1")["title"] == "p"


NAMES = st.sampled_from(["Ann Roe", "A. Roe", "ANN ROE", "Ann B. Roe", "Bo Li", "B. Li", "Cy Wu"])
IDS = st.sampled_from([None, None, "a:1", "a:2", "b:1", "b:2"])
PEOPLE = st.builds(lambda name, key, printed: who(name, key, printed=printed), NAMES, IDS, st.sampled_from([True, True, False]))
PAPERS = st.builds(
    lambda title, key, doi, authors, complete: paper(title, *authors, id=key, doi=doi, authors_complete=complete),
    st.sampled_from(["p", "q"]), st.sampled_from([None, "x:1", "x:2", "y:1"]), st.sampled_from([None, "10.1/a", "10.1/b"]),
    st.lists(PEOPLE, max_size=4), st.booleans(),
)  # fmt: skip
AUTHORS = st.builds(lambda name, key, alias: {"type": "author", "name": name, "id": key, "aliases": [alias]}, NAMES, IDS, NAMES)


_CUT: Json = {"type": "paper", "title": "p", "authors_complete": False}
_ANN: Json = {"name": "Ann Roe"}
_BO_KNOWN: Json = {"name": "Bo Li", "id": "a:1"}
_ANN_KNOWN: Json = {"name": "Ann Roe", "id": "a:1"}


def names_of_settled(before: View, after: View, records: list[Json]) -> set[str]:
    """The names of authorships whose id was set aside before and is theirs now: what they were called between leads nowhere."""
    still = {(each.line, each.member) for each in after.built.notices}
    names = set()
    for each in before.built.notices:
        if each.reason.endswith("it is set aside") and (each.line, each.member) not in still:
            place = re.fullmatch(r"authors\[(\d+)\]\.id", each.member or "")
            assert place is not None, str(each)
            names.add(records[each.line - 1]["authors"][int(place[1])]["name"])
    return names


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(st.one_of(PAPERS, AUTHORS), min_size=1, max_size=9))
# A list with two namesakes gives way to one with one of them.
@example([_CUT, _CUT, {**_CUT, "authors": [_ANN, _ANN]}, {"type": "paper", "title": "p", "authors": [_ANN]}])
# Two names on a cut list are one on a whole one.
@example([{**_CUT, "authors": [{"name": "A. Roe"}, {"name": "A. Roe"}]}, {"type": "paper", "title": "p", "authors": [_ANN]}])
@example([{**_CUT, "authors": [_ANN] * 4}, {**_CUT, "authors": [_ANN, _ANN, _ANN, {"name": "Ann Roe", "id": "a:1"}]}])
# One of two namesakes turns out to be known.
@example([_CUT, {**_CUT, "authors": [_ANN, _ANN]}, {**_CUT, "authors": [{"name": "Ann Roe", "id": "a:1"}]}])
# Two records are one paper until a third of the same title shows that they may be two: one of its namesakes loses its key.
@example([{**_CUT, "authors": [_ANN]}, {**_CUT, "id": "x:1", "authors": [_ANN, _ANN]}, {**_CUT, "id": "x:2", "authors": [_ANN]}])
# An id of two people is nobody's, until most of what states it agrees.
@example(
    [
        {**_CUT, "authors": [_BO_KNOWN]},
        {**_CUT, "title": "q", "authors": [_ANN_KNOWN]},
        {**_CUT, "authors": [_ANN_KNOWN, _ANN_KNOWN]},
    ]
)
def test_every_id_ever_given_resolves_and_ids_of_one_scheme_part(records: list[Json]) -> None:
    records = normal(records)
    views = [View(build([("test", records[:end])])) for end in range(1, len(records) + 1)]
    for before, after in pairwise(views):
        for kind in (Kind.AUTHOR, Kind.PAPER):
            resolvable = {each["id"] for each in after.nodes[kind]} | {each["id"] for each in after.links["alias"]}
            # An id under which records contradict each other is nobody's any more.
            resolvable |= {public_id(kind, each.reason.split()[0]) for each in after.built.notices}
            settled = names_of_settled(before, after, records)
            assert {each["id"] for each in before.nodes[kind] if settled.isdisjoint(each.get("names", ()))} <= resolvable
    last = views[-1]
    assert len({each["id"] for each in last.links["alias"]}) == len(last.links["alias"])
    for person in last.nodes[Kind.AUTHOR]:
        schemes = [each["scheme"] for each in person["external_ids"]]
        assert len(schemes) == len(set(schemes)), person
    pairs = [(each["paper"], each["author"]) for each in last.nodes[Kind.AUTHORSHIP] if each["position"] is None]
    printed = {(each["paper"], each["author"]) for each in last.nodes[Kind.AUTHORSHIP] if each["position"] is not None}
    assert len(set(pairs)) == len(pairs)
    assert printed.isdisjoint(pairs)


def test_building_twice_gives_the_same_facts(graph: Graph) -> None:
    records = [paper(f"t{i % 7}", f"A{i % 3}. Roe", "Bo Li", year=2000 + i % 2, references=[f"x:{i}"]) for i in range(30)]
    one, other = graph(*records).facts, graph(*records).facts
    assert all(one.nodes[kind].equals(other.nodes[kind]) for kind in Kind)
    assert all(one.links[name].equals(other.links[name]) for name in LINKS)

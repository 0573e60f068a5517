"""Who is who: the rules, the refusals, and the evidence that is kept."""

import math
from collections.abc import Callable

import pytest

from byline.data.sources import SOURCES
from byline.graph.ids import public_id
from byline.graph.model import Kind
from byline.graph.names import INITIAL, MIDDLE, compatible
from tests.data.views import View, paper, who

Graph = Callable[..., View]


@pytest.mark.parametrize(
    ("left", "right", "rule"),
    [
        ("Eghbal A. Hosseini", "Eghbal Hosseini", MIDDLE),
        ("J. Smith", "John Smith", INITIAL),
        ("J. Smith", "John Q. Smith", INITIAL),
        ("J. Q. Smith", "John Quincy Smith", INITIAL),
        ("Ana B. C. Roe", "Ana C. Roe", MIDDLE),
        ("Jane Smith", "John Smith", None),
        ("John A. Smith", "John B. Smith", None),
        ("Smith", "J. Smith", None),
        ("J. Smith", "J. Smyth", None),
        ("Li Wei", "Wei Li", None),
    ],
)
def test_compatible_names(left: str, right: str, rule: str | None) -> None:
    assert compatible(left, right) == rule
    assert compatible(right, left) == rule


def test_the_same_name_up_to_spelling_is_one_person_with_evidence(graph: Graph) -> None:
    view = graph(paper("a", "Stephanie C. Y. Chan"), paper("b", "Stephanie C Y Chan"), paper("c", "Stéphanie C. Y. CHAN"))
    assert len(view.nodes[Kind.AUTHOR]) == 1
    assert view.rules() == [
        ("Stephanie C. Y. Chan", "Stephanie C Y Chan", "same name"),
        ("Stephanie C. Y. Chan", "Stéphanie C. Y. CHAN", "same name"),
    ]


def test_the_very_same_name_needs_no_decision(graph: Graph) -> None:
    assert graph(paper("a", "Ada Roe"), paper("b", "Ada Roe")).links["decision"] == []


def test_an_initial_needs_a_shared_coauthor_and_a_rare_name_without_its_middle_name_none(graph: Graph) -> None:
    apart = graph(paper("a", "Eghbal Hosseini", "Bo Li"), paper("b", "E. Hosseini", "Cy Wu"))
    assert len(apart.nodes[Kind.AUTHOR]) == 4
    # A rare name without its middle name is the same name: 99 of 100 such pairs are.
    shorter = graph(paper("a", "Eghbal A. Hosseini", "Bo Li"), paper("b", "Eghbal Hosseini", "Cy Wu"))
    assert len(shorter.nodes[Kind.AUTHOR]) == 3
    shared = graph(paper("a", "Eghbal A. Hosseini", "Bo Li"), paper("b", "Eghbal Hosseini", "Bo Li"))
    assert shared.names() == ["Bo Li", "Eghbal A. Hosseini"]
    (decision,) = shared.links["decision"]
    assert (decision["rule"], decision["evidence"]) == (
        MIDDLE,
        "shared coauthors: Bo Li; fewer than 0.01 people expected under the name",
    )
    assert decision["id"] == shared.person("Eghbal Hosseini")["id"]


def test_a_name_that_fits_two_people_is_neither(graph: Graph) -> None:
    view = graph(paper("a", "John Smith", "Bo Li"), paper("b", "Jane Smith", "Bo Li"), paper("c", "J. Smith", "Bo Li"))
    assert view.names() == ["Bo Li", "J. Smith", "Jane Smith", "John Smith"]
    refused = {(each["left"], each["right"]) for each in view.links["decision"] if not each["joined"]}
    assert ("J. Smith", "John Smith") in refused
    assert ("J. Smith", "Jane Smith") in refused
    assert not any(each["joined"] for each in view.links["decision"])
    ids = {author["id"] for author in view.nodes[Kind.AUTHOR]}
    assert all(each["id"] in ids and each["other"] in ids for each in view.links["decision"])


def test_a_name_between_two_that_fit_brings_them_together(graph: Graph) -> None:
    view = graph(
        paper("a", "John Smith", "Bo Li"), paper("b", "John Q. Smith", "Cy Wu"), paper("c", "J. Smith", "Bo Li", "Cy Wu")
    )
    assert view.names() == ["Bo Li", "Cy Wu", "John Q. Smith"]


def test_three_forms_that_all_fit_are_one_person(graph: Graph) -> None:
    view = graph(*(paper(name, name, "Bo Li") for name in ("John Smith", "J. Smith", "John Q. Smith")))
    assert len(view.nodes[Kind.AUTHOR]) == 2
    assert view.person("J. Smith")["names"] == ["John Q. Smith", "John Smith", "J. Smith"]


def test_two_names_on_one_paper_are_two_people(graph: Graph) -> None:
    view = graph(paper("a", "John Smith", "J. Smith", "Bo Li"), paper("b", "J. Smith", "Bo Li"))
    assert view.names() == ["Bo Li", "J. Smith", "John Smith"]


def test_two_ids_of_one_scheme_are_two_people_however_alike(graph: Graph) -> None:
    view = graph(paper("a", who("Wei Wang", "acl:1"), "Bo Li"), paper("b", who("Wei Wang", "acl:2"), "Bo Li"))
    assert view.names() == ["Bo Li", "Wei Wang", "Wei Wang"]


def test_a_shared_orcid_does_not_overrule_two_ids(graph: Graph) -> None:
    orcid = "0000-0002-1825-0097"
    view = graph(paper("a", who("Wei Wang", "acl:1", orcid=orcid)), paper("b", who("Wei Wang", "acl:2", orcid=orcid)))
    assert len(view.nodes[Kind.AUTHOR]) == 2
    assert view.resolve(Kind.AUTHOR, f"orcid:{orcid}")["id"] == view.resolve(Kind.AUTHOR, "acl:1")["id"]


def test_an_ambiguous_name_without_id_is_glued_to_nobody(graph: Graph) -> None:
    view = graph(
        paper("a", who("Wei Wang", "acl:1"), "Bo Li"),
        paper("b", who("Wei Wang", "acl:2"), "Cy Wu"),
        paper("c", "Wei Wang", "Di Xu"),
        paper("d", who("Wei Wang", "s2:9"), "Ed Yu"),
    )
    wangs = [each for each in view.nodes[Kind.AUTHOR] if each["name"] == "Wei Wang"]
    assert sorted(len(each["external_ids"]) for each in wangs) == [0, 1, 1, 1]


def test_a_name_without_id_is_the_one_person_who_bears_it(graph: Graph) -> None:
    view = graph(paper("a", "Wei Wang"), paper("b", who("Wei WANG", "acl:1")), paper("c", who("Wei Wang", "s2:9")))
    (only,) = view.nodes[Kind.AUTHOR]
    assert [(each["scheme"], each["value"]) for each in only["external_ids"]] == [("acl", "1"), ("s2", "9")]
    assert only["id"] == view.resolve(Kind.AUTHOR, "name:weiwang")["id"] == view.resolve(Kind.AUTHOR, "s2:9")["id"]


def test_names_that_chain_people_in_conflict_join_only_what_has_no_id(graph: Graph) -> None:
    view = graph(
        {"type": "author", "id": "acl:1", "name": "Ann Roe", "aliases": ["Ann Poe"]},
        {"type": "author", "id": "s2:1", "name": "Ann Roe"},
        {"type": "author", "id": "s2:2", "name": "Ann Poe"},
        paper("a", "Ann Poe"),
    )
    assert len([each for each in view.nodes[Kind.AUTHOR] if each["external_ids"]]) == 3


def test_aliases_of_a_record_are_names(graph: Graph) -> None:
    view = graph(
        {"type": "author", "id": "s2:2262347", "name": "A. Turing", "aliases": ["Alan M. Turing"]},
        paper("a", "Alan M. Turing"),
    )
    (only,) = view.nodes[Kind.AUTHOR]
    assert (only["name"], only["names"]) == ("A. Turing", ["A. Turing", "Alan M. Turing"])


def test_a_name_in_another_script_contradicts_none(graph: Graph) -> None:
    view = graph(
        {"type": "author", "id": "openalex:A1", "name": "Quonglin Verezh", "aliases": ["刘 洋"]},
        paper("a", who("Quonglin Verezh", "openalex:A1"), "Bo Lindqvist"),
        paper("b", "Quonglin Verezh", "Bo Lindqvist"),
        paper("c", "刘 洋", "Bo Lindqvist"),
    )
    assert view.names() == ["Bo Lindqvist", "Quonglin Verezh"]
    # Two names in one script do.
    other = {"type": "author", "id": "s2:1", "name": "Quonglin Marosz", "aliases": ["刘 洋"]}
    first = {"type": "author", "id": "openalex:A1", "name": "Quonglin Verezh", "aliases": ["刘 洋"]}
    assert graph(first, other).names() == ["Quonglin Marosz", "Quonglin Verezh"]


def test_shared_ids_make_one_person_whatever_the_name(graph: Graph) -> None:
    orcid = "0000-0002-1825-0097"
    view = graph(
        paper("a", who("Ann Roe", "acl:1")), paper("b", who("Ann Poe", "acl:1", orcid=orcid)), paper("c", who("A", orcid=orcid))
    )
    (only,) = view.nodes[Kind.AUTHOR]
    assert only["orcid"] == orcid
    assert view.links["decision"] == []


def test_the_same_place_on_the_same_paper_gives_an_id(graph: Graph) -> None:
    view = graph(
        paper("a", "W. Wang", "Bo Li", doi="10.1/a"),
        paper("A", who("Wei Wang", "acl:1"), who("Bo Li", "acl:7"), doi="10.1/A"),
        paper("b", who("Wei Wang", "acl:2")),
    )
    assert sorted(len(each["external_ids"]) for each in view.nodes[Kind.AUTHOR]) == [1, 1, 1]
    assert ("Wei Wang", "W. Wang", "same place") in view.rules()


def test_papers_share_ids_dois_or_arxiv_ids(graph: Graph) -> None:
    view = graph(
        paper("one", "A B", id="acl:1", doi="10.1/X"),
        paper("one", "A B", id="s2:1", doi="https://doi.org/10.1/x", arxiv="1603.01234v1"),
        paper("one", "A B", id="arxiv:1603.01234v3"),
        paper("two", "A B", id="acl:2", doi="10.1/x"),
    )
    assert sorted(each["title"] for each in view.nodes[Kind.PAPER]) == ["one", "two"]
    assert len(view.paper("one")["external_ids"]) == 4


def test_papers_without_ids_share_title_year_and_first_author(graph: Graph) -> None:
    view = graph(
        paper("A title!", "Ann Roe", year=2020),
        paper("a Title", "ann roe", "Bo Li", year=2020),
        paper("A title", "Ann Roe", year=2021),
        paper("A title", "Cy Wu", year=2020),
        paper("A TITLE", "Ann Roe", id="acl:1", year=2020),
    )
    assert len(view.nodes[Kind.PAPER]) == 3
    assert ("A title!", "A TITLE", "same title") in view.rules()


def test_a_title_that_two_papers_with_ids_bear_is_glued_to_neither(graph: Graph) -> None:
    view = graph(*(paper("Preface", "Ann Roe", year=2020, **members) for members in ({}, {"id": "acl:1"}, {"id": "acl:2"})))
    assert len(view.nodes[Kind.PAPER]) == 3


def test_further_ids_join_and_are_shown(graph: Graph) -> None:
    view = graph(
        paper("One title", id="openalex:W1", ids=["mag:7", "pmid:https://pubmed.ncbi.nlm.nih.gov/8"]),
        paper("Another title", id="s2:ff", ids=["corpusid:9", "mag:7"]),
        {"type": "author", "name": "Ann Roe", "id": "openalex:A1", "ids": ["scopus:5"]},
        {"type": "author", "name": "A. Roe", "id": "scopus:5"},
        {"type": "institution", "name": "U", "id": "openalex:I1", "ids": ["grid:g"]},
        {"type": "institution", "name": "University", "id": "grid:g"},
    )
    (only,) = view.nodes[Kind.PAPER]
    stated = {(each["scheme"], each["value"]) for each in only["external_ids"]}
    assert stated == {("openalex", "W1"), ("mag", "7"), ("pmid", "8"), ("s2", "ff"), ("corpusid", "9")}
    assert (len(view.nodes[Kind.AUTHOR]), len(view.nodes[Kind.INSTITUTION])) == (1, 1)


def test_institutions_by_id_name_and_alias(graph: Graph) -> None:
    view = graph(
        {"type": "institution", "id": "openalex:I1", "name": "University of Michigan", "ror": "00jmfr291", "aliases": ["UMich"]},
        paper("a", institutions=[{"name": "U-Mich"}, {"name": "Michigan", "ror": "https://ror.org/00JMFR291", "country": "us"}]),
        paper("b", institutions=[{"name": "Umich", "id": "openalex:i2"}]),
    )
    names = {each["name"]: each for each in view.nodes[Kind.INSTITUTION]}
    assert set(names) == {"University of Michigan", "U-Mich", "Umich"}, "UMich has two different OpenAlex ids"
    assert names["University of Michigan"]["country_code"] == "US"


def test_a_source_may_say_that_two_ids_are_one(graph: Graph) -> None:
    view = graph(
        paper("a", who("Wei Wang", "acl:1"), id="x:1", references=["x:9"]),
        paper("b", who("W. Wang", "acl:2"), id="x:2"),
        {"type": "institution", "name": "Lab", "id": "x:i1"},
        {"type": "same", "kind": "author", "ids": ["acl:1", "acl:2"]},
        {"type": "same", "kind": "paper", "ids": ["x:0", "x:1", "x:9"]},
        {"type": "same", "kind": "institution", "ids": ["x:nobody", "x:none"]},
    )
    (only,) = view.nodes[Kind.AUTHOR]
    assert [(each["scheme"], each["value"]) for each in only["external_ids"]] == [("acl", "2"), ("acl", "1")]
    assert only["id"] == view.resolve(Kind.AUTHOR, "acl:1")["id"] == public_id(Kind.AUTHOR, "acl:2")
    assert view.paper("a")["id"] == public_id(Kind.PAPER, "x:9")
    assert view.resolve(Kind.PAPER, "x:1") == view.resolve(Kind.PAPER, "x:0") == view.paper("a")
    assert view.citations() == []
    (loop,) = view.built.notices
    assert "'x:1' cites 'x:9', which is the same paper" in loop.reason
    assert len(view.nodes[Kind.INSTITUTION]) == 1


def test_what_was_merged_twice_has_the_last_id(graph: Graph) -> None:
    same = [{"type": "same", "kind": "author", "ids": ids} for ids in (["s:2", "s:3"], ["s:1", "s:2"])]
    (only,) = graph(paper("a", who("A", "s:1"), who("B", "s:2")), *same).nodes[Kind.AUTHOR]
    assert only["id"] == public_id(Kind.AUTHOR, "s:3")


@pytest.mark.corpus
def test_the_seed_page_has_its_two_known_people(graph: Graph, corpora: object) -> None:
    from byline.data.record import Notice, dump

    path = corpora / "seed-author-page.txt"  # type: ignore[operator]
    entries = SOURCES["seed_page"].read(path, {"captured": "2026"})
    view = graph([dump(each) for each in entries if not isinstance(each, Notice)])
    assert view.person("Stephanie C Y Chan")["name"] == "Stephanie C. Y. Chan"
    assert set(view.person("Eghbal Hosseini")["names"]) == {"Eghbal A. Hosseini", "Eghbal Hosseini"}
    assert len(view.nodes[Kind.AUTHOR]) == 22
    owner = view.nodes[Kind.AUTHOR].index(view.person("Andrew Kyle Lampinen"))
    own = [each for each in view.nodes[Kind.AUTHORSHIP] if each["author"] == owner]
    assert len(own) == 15
    assert [each["name_as_printed"] for each in own if each["position"] is None] == [None] * 4


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Jun-ichi Tanokura", "Junichi Tanokura"),
        ("Xin-Yu Deng", "Xinyu Deng"),
        ("Ai Ko Awano", "Aiko Awano"),
        ("Jörg Müllner", "Joerg Muellner"),
        ("Anne-Marie de Brielle", "Anne Marie DeBrielle"),
        ("CR Sundquist", "C. R. Sundquist"),
        ("Sundquist CR", "C.R. Sundquist"),
    ],
)
def test_one_name_in_two_spellings_is_one_person(graph: Graph, left: str, right: str) -> None:
    view = graph(paper("a", left, "Bo Li"), paper("b", right, "Cy Wu"))
    assert len(view.nodes[Kind.AUTHOR]) == 3
    assert set(view.person(left)["names"]) == {left, right}


def test_run_together_initials_are_initials_of_who_shares_the_coauthors(graph: Graph) -> None:
    view = graph(
        paper("one", "CR Sundquist", "V Lariven", "CQ Nie", year=2014),
        paper("two", "Cassandra R. Sundquist", "Vincent Lariven", "Chaoqi Nie", year=2015),
        paper("three", "C. R. Sundquist", "V. Lariven", "C. Nie", year=2016),
    )
    assert len(view.nodes[Kind.AUTHOR]) == 3


def test_a_decision_keeps_its_probability_and_the_weights_that_make_it(graph: Graph) -> None:
    view = graph(paper("a", "Eghbal A. Hosseini", "Bo Li"), paper("b", "Eghbal Hosseini", "Bo Li"))
    (decision,) = view.links["decision"]
    total = sum(each["weight"] for each in decision["terms"])
    assert decision["probability"] == pytest.approx(1 / (1 + math.exp(-total)), abs=1e-4)
    assert [each["term"] for each in decision["terms"]] == ["name", "coauthors"]
    apart = graph(paper("a", "Eghbal Hosseini", "Bo Li"), paper("b", "E. Hosseini", "Cy Wu")).links["decision"]
    assert all(not each["joined"] and each["probability"] < 0.84 for each in apart)
    assert {each["term"] for each in apart[0]["terms"]} == {"name", "coauthors"}

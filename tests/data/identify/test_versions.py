"""Which records are one paper where no common id says it: preprints and what was published of them."""

from itertools import permutations
from typing import Any

import pytest

from byline.data.build.build import build
from byline.data.identify.agreement import Author, Team, compare
from byline.data.reference.catalogues import arxiv_of, catalogue, tells_preprint
from byline.data.text.title_key import GENERIC, NOTICE, telling_nothing
from byline.graph.ids import public_id
from byline.graph.model import Kind
from tests.data.views import Json, View, normal, paper, who

ANN, BO, CY = "Ann Roe", "Bo Li", "Cy Wu"


def view(*records: Json) -> View:
    return View(build([("test", normal(list(records)))]))


def preprint(title: str = "On Graphs", *names: str, year: int = 2020, **members: Any) -> Json:
    return paper(title, *(names or (ANN, BO)), id="arxiv:2001.00001", year=year, **members)


def published(title: str = "On Graphs", *names: str, year: int = 2021, **members: Any) -> Json:
    return paper(title, *(names or (ANN, BO)), id="acl:P21-1001", year=year, **members)


def refusal(graph: View) -> str:
    reasons = {each["evidence"].split(";")[0] for each in graph.links["decision"] if each["rule"] == "same title"}
    assert not any(each["joined"] for each in graph.links["decision"] if each["rule"] == "same title")
    (only,) = reasons
    return str(only)


def test_a_preprint_and_what_was_published_are_one_paper_with_both_ids() -> None:
    first, second = preprint(date="2020-01-02", abstract="early"), published("ON GRAPHS", doi="10.1/x")
    for records in permutations([first, second, paper("Other", CY, id="x:1", references=["arxiv:2001.00001", "acl:P21-1001"])]):
        graph = view(*records)
        (only,) = [each for each in graph.nodes[Kind.PAPER] if each["title"] != "Other"]
        assert (only["title"], only["year"], only["published_on"]) == ("ON GRAPHS", 2021, None), "the published version is heard"
        assert (only["abstract"], only["doi"], only["arxiv_id"]) == ("early", "10.1/x", "2001.00001")
        keys = ("arxiv:2001.00001", "acl:P21-1001")
        assert {f"{each['scheme']}:{each['value']}" for each in only["external_ids"]} >= set(keys)
        assert all(graph.resolve(Kind.PAPER, key) == only for key in keys)
        assert graph.citations() == [("Other", "ON GRAPHS")], "once, whichever id is cited"
        assert len(graph.authors("ON GRAPHS")) == 2
        (joined,) = [each for each in graph.links["decision"] if each["joined"]]
        assert joined["rule"] == "same title"
        assert "2 of 2 authors" in joined["evidence"]


def test_the_authors_of_both_versions_are_one_list_in_any_order() -> None:
    here = published("On Graphs", who(BO, "acl:bo"), who(ANN, "acl:ann"))  # type: ignore[arg-type]
    for records in permutations([preprint(), here]):
        graph = view(*records)
        assert [(name, place) for name, place, _ in graph.authors("On Graphs")] == [(BO, 1), (ANN, 2)], "as published"
        assert len(graph.nodes[Kind.AUTHOR]) == 2


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (published(year=2024), "more than 3 years apart"),
        (published("On Graphs", CY, "Dee Ray"), "other authors"),
        (published("On Graphs", ANN, CY, "Dee Ray", "Eve Poe", "Flo May"), "other authors"),
        (paper("On Graphs", ANN, BO, id="arxiv:2001.00002", year=2020), "different ids of one catalogue"),
        (paper("On Graphs", ANN, BO, id="acl:P21-1", year=None), "a year is not known"),
    ],
)
def test_what_does_not_fit_stays_apart_and_says_why(other: Json, why: str) -> None:
    graph = view(preprint(), other)
    assert len(graph.nodes[Kind.PAPER]) == 2
    assert refusal(graph) == why
    assert {each["other"] for each in graph.links["decision"]} == {each["id"] for each in graph.nodes[Kind.PAPER]}


@pytest.mark.parametrize(
    "title",
    ["Advertisements", "Editorial", "Preface", "Front Matter", "Introduction", "Erratum: On Graphs", "Reply to On Graphs",
     "On Graphs (Corrigendum)"],
)  # fmt: skip
def test_titles_that_tell_nothing_bring_nothing_together(title: str) -> None:
    assert len(view(preprint(title), published(title)).nodes[Kind.PAPER]) == 2
    assert len(view(preprint(title), published(title, arxiv="2001.00001")).nodes[Kind.PAPER]) == 1, "unless an id says it"


def test_fifty_advertisements_of_one_source_stay_fifty() -> None:
    graph = view(*(paper("Advertisements", ANN, id=f"x:{at}", year=1999) for at in range(50)))
    assert len(graph.nodes[Kind.PAPER]) == 50


@pytest.mark.parametrize(
    ("one", "other"),
    [("On Graphs, Part I", "On Graphs, Part II"), ("On Graphs 1", "On Graphs 2"), ("On Graphs", "On Graphs II")],
)
def test_numbered_parts_are_papers_of_their_own(one: str, other: str) -> None:
    assert len(view(preprint(one), published(other)).nodes[Kind.PAPER]) == 2


def test_a_preprint_that_fits_two_that_cannot_be_one_goes_to_the_likelier_or_to_none() -> None:
    near, far = published(year=2020), paper("On Graphs", ANN, BO, id="acl:P22-1", year=2022)
    assert len(view(preprint(), near, far).nodes[Kind.PAPER]) == 2
    tied = view(preprint(year=2021), near, far)
    assert len(tied.nodes[Kind.PAPER]) == 3
    assert any("fits several" in each["evidence"] for each in tied.links["decision"])


def test_two_dois_are_two_papers_unless_one_is_of_a_preprint() -> None:
    def with_doi(key: str, doi: str) -> Json:
        return paper("On Graphs", ANN, BO, id=key, doi=doi, year=2020)

    assert len(view(with_doi("a:1", "10.1/x"), with_doi("b:1", "10.1/y")).nodes[Kind.PAPER]) == 2
    (only,) = view(with_doi("a:1", "10.48550/arXiv.2001.00001"), with_doi("b:1", "10.1/y")).nodes[Kind.PAPER]
    assert (only["doi"], only["arxiv_id"]) == ("10.1/y", "2001.00001")
    (only,) = view(with_doi("a:1", "10.1/y"), with_doi("b:1", "10.26434/chemrxiv-2020-1")).nodes[Kind.PAPER]
    assert {each["value"] for each in only["external_ids"] if each["scheme"] == "doi"} == {"10.1/y", "10.26434/chemrxiv-2020-1"}


def test_a_doi_of_arxiv_is_the_arxiv_id() -> None:
    graph = view(
        paper("One", ANN, id="arxiv:2001.00001"),
        paper("Uno", ANN, id="doi:10.48550/arXiv.2001.00001v2"),
        paper("Two", BO, id="x:2", references=["doi:10.48550/arxiv.2001.00001"]),
    )
    assert graph.citations() == [("Two", "Uno")]
    assert graph.resolve(Kind.PAPER, "doi:10.48550/arxiv.2001.00001v2")["title"] == "Uno"
    shared = view(
        paper("One", ANN, id="a:1", doi="10.48550/arxiv.2001.00001"),
        paper("Uno", ANN, id="b:1", arxiv="2001.00001", doi="10.1/y"),
    )
    assert len(shared.nodes[Kind.PAPER]) == 1, "the DOI of a preprint does not contradict that of a publisher"


def test_dblp_lists_the_preprint_beside_the_paper() -> None:
    corr, other = (paper("On Graphs", ANN, id=f"dblp:{key}", year=2020) for key in ("journals/corr/abs-2001-1", "conf/x/Roe20"))
    assert len(view(corr, other).nodes[Kind.PAPER]) == 1


def test_segments_give_the_same_as_one_file_and_ids_keep_leading() -> None:
    one, two = normal([preprint()]), normal([published()])
    both = View(build([("arxiv", one), ("acl", two)]))
    (only,) = both.nodes[Kind.PAPER]
    assert only["id"] == public_id(Kind.PAPER, "arxiv:2001.00001")
    assert both.follow(Kind.PAPER, View(build([("acl", two)])).nodes[Kind.PAPER][0]["id"]) == only
    (turned,) = View(build([("acl", two), ("arxiv", one)])).nodes[Kind.PAPER]
    assert {**turned, "id": None, "external_ids": None} == {**only, "id": None, "external_ids": None}


def test_ids_of_one_paper_with_several_titles_do_not_tie_two_others_together() -> None:
    graph = view(
        paper("One", ANN, id="doi:10.1/x", year=2020),
        paper("Two", ANN, id="doi:10.1/x", year=2020),
        paper("One", ANN, id="arxiv:2001.00001", year=2020),
        paper("Two", ANN, id="arxiv:2001.00002", year=2020),
    )
    assert len(graph.nodes[Kind.PAPER]) == 3


@pytest.mark.parametrize(
    ("left", "right", "shared", "agree"),
    [
        (["Ann Roe", "Bo Li"], ["Li Bo", "A. Roe"], 2, True),
        (["Thilo Götz"], ["Thilo Goetz"], 1, True),
        (["Hal Daumé III"], ["Hal Daume"], 1, True),
        (["Ann Roe", "Bo Li"], ["Ann Roe", "Cy Wu"], 1, True),
        (["Ann Roe", "Bo Li", "Cy Wu"], ["Ann Roe", "D E", "F G"], 1, False),
        (["Cy Wu", "Ann Roe", "Bo Li", "D E"], ["F G", "Ann Roe", "Bo Li", "H I"], 2, False),
        ([], ["Ann Roe"], 0, False),
    ],
)
def test_lists_of_authors_agree(left: list[str], right: list[str], shared: int, agree: bool) -> None:
    one, other = (Team(tuple(Author.of(name) for name in names), True) for names in (left, right))
    for agreement in (compare(one, other), compare(other, one)):
        assert (agreement.shared, agreement.agree) == (shared, agree)


def test_a_cut_list_agrees_by_what_it_prints() -> None:
    cut = Team((Author.of("Ann Roe"), Author.of("Bo Li")), False)
    whole = Team(tuple(Author.of(name) for name in ("Ann Roe", "Bo Li", "Cy Wu", "D E", "F G")), True)
    assert compare(cut, whole).agree
    assert not compare(Team(cut.authors, True), whole).agree


def test_what_ids_tell_beside_the_paper() -> None:
    assert arxiv_of("doi:10.48550/arxiv.hep-th/9901001") == "arxiv:hep-th/9901001"
    assert catalogue("doi:10.48550/arxiv.2001.00001") == ("arxiv", "2001.00001")
    assert catalogue("doi:10.1101/2020.01.02.123456") == ("doi (preprint)", "10.1101/2020.01.02.123456")
    assert catalogue("doi:10.1101/gr.123456.107") == ("doi", "10.1101/gr.123456.107")
    assert catalogue("title:x|2020|y") is None
    assert tells_preprint(["arxiv:1", "doi:10.1/journal"])
    assert tells_preprint(["openalex:W1", "arxiv:1", "doi:10.48550/arxiv.1"])
    assert not tells_preprint(["openalex:W1", "arxiv:1", "doi:10.1/journal"])
    assert not tells_preprint(["acl:P1", "arxiv:1"])


def test_titles_that_tell_something() -> None:
    assert telling_nothing("The Editorial Board") == telling_nothing("Preface II") == GENERIC
    assert telling_nothing("Comment on “X”") == telling_nothing("Author Correction: X") == NOTICE
    assert telling_nothing("Response Generation") is None
    assert telling_nothing("Introduction to Graphs") is None

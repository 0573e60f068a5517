"""The page that the product was asked for, and the committed sample: what they display is what one query answers."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from byline.data.ingest.ingest import SAMPLE, ingest
from byline.data.notices import Outcome
from tests.asking import ask, client

OWNER = "Andrew Kyle Lampinen"
CAPTURED = 2026
# Two people whom the page prints in two ways each.
ONE_PERSON = {"Stephanie C Y Chan": "Stephanie C. Y. Chan", "Eghbal Hosseini": "Eghbal A. Hosseini"}
CODES = {"AI": "cs.AI", "CL": "cs.CL", "CV": "cs.CV", "LG": "cs.LG", "NC": "q-bio.NC"}

PAGE = """
query Page($name: String!) {
  author(by: {name: $name}) {
    name
    primaryCategory { code }
    reported { hIndex paperCount citationCount novelty aiScore }
    papers(orderBy: [{by: LISTED, direction: ASC}]) {
      totalCount
      edges {
        position
        node {
          title
          abstract
          publishedOn
          primaryCategory { code }
          authorCount
          authorListComplete
          authors { edges { position nameAsPrinted node { name } } }
          institutions { nodes { name } }
        }
      }
    }
  }
}
"""


@dataclass(frozen=True)
class Listed:
    """A paper as the page displays it, read in the simplest way that fits this one page."""

    category: str
    day: str
    title: str
    printed: list[str]
    whole: bool
    institutions: list[str]
    abstract: str

    @property
    def people(self) -> set[str]:
        """Everybody of whom it is known that they wrote it; the owner wrote every paper of the page."""
        return {OWNER, *(ONE_PERSON.get(name, name) for name in self.printed)}


def listed(path: Path) -> list[Listed]:
    """The papers of a page: three paragraphs each, behind name, figures and heading."""
    paragraphs = path.read_text(encoding="utf-8").strip().split("\n\n")[3:]
    papers = []
    for head, authors, abstract in zip(paragraphs[::3], paragraphs[1::3], paragraphs[2::3], strict=True):
        first, title = head.split("\n")
        day = first[2:] if "," in first else f"{first[2:]}, {CAPTURED}"
        names, _, places = authors.partition(" · ")
        papers.append(
            Listed(
                CODES[first[:2]],
                datetime.strptime(day, "%b %d, %Y").date().isoformat(),
                title,
                names.removesuffix(" et al.").split(", "),
                not names.endswith("et al."),
                places.split(", ") if places else [],
                abstract,
            )
        )
    return papers


def displayed(paper: Listed) -> dict[str, Any]:
    """What the query must answer for a paper."""
    authors = [
        {"position": place, "nameAsPrinted": name, "node": {"name": ONE_PERSON.get(name, name)}}
        for place, name in enumerate(paper.printed, start=1)
    ]
    place = paper.printed.index(OWNER) + 1 if OWNER in paper.printed else None
    if place is None:
        authors.append({"position": None, "nameAsPrinted": None, "node": {"name": OWNER}})
    node = {
        "title": paper.title,
        "abstract": paper.abstract,
        "publishedOn": paper.day,
        "primaryCategory": {"code": paper.category},
        "authorCount": len(paper.printed) if paper.whole else None,
        "authorListComplete": paper.whole,
        "authors": {"edges": authors},
        "institutions": {"nodes": [{"name": name} for name in paper.institutions]},
    }
    return {"position": place, "node": node}


@pytest.fixture(scope="module", params=["page", "sample"])
def page(request: pytest.FixtureRequest) -> Path:
    if request.param == "sample":
        return SAMPLE
    corpora: Path = request.getfixturevalue("corpora")
    return corpora / "seed-author-page.txt"


@pytest.fixture(scope="module")
def served(page: Path, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    store = tmp_path_factory.mktemp("page")
    report = ingest(store, "seed_page", [page], options={"captured": str(CAPTURED)})
    assert (report.kept, report.count(Outcome.REFUSED)) == (16, 0)
    return client(store)


def test_one_query_answers_all_that_the_page_displays(served: TestClient, page: Path) -> None:
    papers = listed(page)
    assert len(papers) == 15
    assert ask(served, PAGE, name=OWNER)["author"] == {
        "name": "Andrew Kyle Lampinen",
        "primaryCategory": {"code": "cs.CL"},
        "reported": [{"hIndex": 28, "paperCount": 15, "citationCount": 279, "novelty": 0.52, "aiScore": 56.0}],
        "papers": {"totalCount": 15, "edges": [displayed(paper) for paper in papers]},
    }


def test_abstracts_are_whole(served: TestClient, page: Path) -> None:
    """Nothing of the page between the first and the last paper is lost: each abstract is found as it is, in page order."""
    text, at = page.read_text(encoding="utf-8"), 0
    nodes = [edge["node"] for edge in ask(served, PAGE, name=OWNER)["author"]["papers"]["edges"]]
    for node, following in zip(nodes, [*nodes[1:], None], strict=True):
        at = text.index(node["abstract"], text.index(node["title"], at)) + len(node["abstract"])
        rest = text[at : text.index(following["title"], at)] if following else text[at:]
        # Behind an abstract comes the header of the next paper, such as "LGMay 28", and nothing else.
        assert len(rest.strip()) <= len("CLOct 27, 2022"), rest


def test_days_without_a_year_are_in_the_year_of_capture(served: TestClient) -> None:
    # By hand: "May 28", "Jan 29", "Jan 28" and "Apr 7" are the four headers without a year.
    data = ask(served, "{papers(where: {year: {eq: 2026}}) {nodes {publishedOn}}}")
    days = [node["publishedOn"] for node in data["papers"]["nodes"]]
    assert days == ["2026-05-28", "2026-04-07", "2026-01-29", "2026-01-28"]


def test_the_owner_is_an_author_of_all_papers_without_a_place_where_the_list_stops_before_him(served: TestClient) -> None:
    data = ask(
        served,
        '{papers(where: {authors: {some: {name: {eq: "Andrew Kyle Lampinen"}}}}) {totalCount}'
        ' author(by: {name: "Andrew Kyle Lampinen"}) {papers {totalCount edges {position node {title}}}}}',
    )
    assert data["papers"]["totalCount"] == data["author"]["papers"]["totalCount"] == 15
    hidden = {edge["node"]["title"].split()[0] for edge in data["author"]["papers"]["edges"] if edge["position"] is None}
    # By hand: the lists that print three other people before "et al.".
    assert hidden == {"Why", "Combining", "Context", "Just-in-time"}


@pytest.mark.parametrize(
    ("printed", "papers"),
    # By hand: Chan is printed with full stops on five papers and without on one; Hosseini once each way.
    [(("Stephanie C. Y. Chan", "Stephanie C Y Chan"), 6), (("Eghbal A. Hosseini", "Eghbal Hosseini"), 2)],
)
def test_two_printed_forms_are_one_person(served: TestClient, printed: tuple[str, str], papers: int) -> None:
    papers_of = "papers {totalCount nodes {authors {edges {nameAsPrinted}}}}"
    query = f"query P($name: String!) {{author(by: {{name: $name}}) {{id name {papers_of}}}}}"
    one, other = (ask(served, query, name=name)["author"] for name in printed)
    assert one == other
    assert one["papers"]["totalCount"] == papers
    seen = {edge["nameAsPrinted"] for paper in one["papers"]["nodes"] for edge in paper["authors"]["edges"]}
    assert seen >= set(printed), "each paper keeps the form that it prints"


# By hand, the papers with deepmind: Why, Can, Understanding, Combining, Context, The broader, Representation, Latent,
# Just-in-time. Those with stanford are the same, less Understanding, which names harvard instead.
@pytest.mark.parametrize(("name", "count"), [("deepmind", 9), ("stanford", 8), ("harvard", 1)])
def test_papers_by_affiliation(served: TestClient, page: Path, name: str, count: int) -> None:
    query = "query I($name: String!) {institution(by: {name: $name}) {papers {totalCount nodes {title}}}}"
    papers = ask(served, query, name=name)["institution"]["papers"]
    assert papers["totalCount"] == count
    assert {node["title"] for node in papers["nodes"]} == {each.title for each in listed(page) if name in each.institutions}


def test_an_institution_of_a_paper_is_nobodys_affiliation(served: TestClient) -> None:
    data = ask(
        served,
        "{authors(first: 100) {nodes {affiliations {totalCount} papers {edges {institutions {name}}}}}"
        ' institution(by: {name: "deepmind"}) {authors {totalCount}}}',
    )
    assert data["institution"]["authors"]["totalCount"] == 0
    for author in data["authors"]["nodes"]:
        assert author["affiliations"]["totalCount"] == 0
        assert all(edge["institutions"] == [] for edge in author["papers"]["edges"])


def test_coauthors_of_coauthors_by_nesting(served: TestClient, page: Path) -> None:
    together: dict[str, set[str]] = {}
    for paper in listed(page):
        for person in paper.people:
            together.setdefault(person, set()).update(paper.people - {person})
    # By hand: Thomas Fel is on one paper, with Louis Bethune and the owner.
    assert together["Thomas Fel"] == {"Louis Bethune", OWNER}
    query = "{authors(first: 100) {nodes {name coauthors(first: 100) {nodes {name coauthors(first: 100) {nodes {name}}}}}}}"
    people = ask(served, query)["authors"]["nodes"]
    assert {person["name"] for person in people} == together.keys()
    assert len(people) == 22
    for person in people:
        coauthors = person["coauthors"]["nodes"]
        assert sorted(each["name"] for each in coauthors) == sorted(together[person["name"]])
        for coauthor in coauthors:
            assert sorted(each["name"] for each in coauthor["coauthors"]["nodes"]) == sorted(together[coauthor["name"]])


def test_a_filter_across_hops(served: TestClient) -> None:
    """Authors with at least two cs.CL papers with deepmind since 2024.

    By hand, the cs.CL papers with deepmind since 2024 are three:
      "Context Structure Reshapes …" (Jan 29): Hosseini, Yuxuan Li, Bahri, and the owner behind "et al.";
      "The broader spectrum …" (Dec 5, 2024): the owner, Chan, Singh;
      "Just-in-time …" (Aug 28, 2025): Yuxuan Li, Campbell, Chan, and the owner behind "et al.".
    "Linear representations …" and "Beneath the Surface …" name no institution, "… nested grammatical structures" is of 2022.
    """
    query = """
    query Who($least: Int!) {
      authors(where: {papers: {
        where: {category: {eq: "cs.CL"}, year: {gte: 2024}, institutions: {some: {name: {eq: "deepmind"}}}}
        count: {gte: $least}
      }}) { totalCount nodes { name } }
    }
    """

    def names(least: int) -> set[str]:
        return {node["name"] for node in ask(served, query, least=least)["authors"]["nodes"]}

    assert names(3) == {"Andrew Kyle Lampinen"}
    assert names(2) == {"Andrew Kyle Lampinen", "Stephanie C. Y. Chan", "Yuxuan Li"}
    others = {"Eghbal A. Hosseini", "Yasaman Bahri", "Aaditya K. Singh", "Declan Campbell"}
    assert names(1) == names(2) | others

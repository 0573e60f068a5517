"""The anthology as a whole: what is counted equals the corpus, published answers hold, and the bounds of a server are kept."""

import asyncio
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from byline.graph.model import REFERENCES, Kind
from byline.graph.request import Hop, Select
from byline.graph.store.columnar.files.layout import current, manifest
from byline.graph.store.columnar.files.load import verify
from byline.graph.store.columnar.store import open_store
from tests.anthology import Anthology
from tests.asking import ask, client

pytestmark = [pytest.mark.corpus, pytest.mark.long]
GIB = 1024**3


@pytest.fixture(scope="module")
def served(acl: Anthology) -> TestClient:
    return client(acl.store)


@pytest.fixture(scope="module")
def published(corpora: Path) -> dict[str, Any]:
    answers: dict[str, Any] = json.loads((corpora / "known_answers_dev.json").read_text(encoding="utf-8"))["aan"]
    return answers


@pytest.fixture(scope="module")
def outside(acl: Anthology) -> list[tuple[str, str]]:
    """The citations of which an end is not in the anthology: the published figures count them, a graph cannot hold them."""
    ids = {paper["id"] for paper in acl.papers()}
    return [(citing, cited) for citing, cited in acl.citations() if citing not in ids or cited not in ids]


@pytest.fixture(scope="module")
def references(acl: Anthology) -> dict[str, np.ndarray]:
    """Every citation of the graph as the store tells it: the rows of both papers, and their years."""
    store = open_store(current(acl.store))
    rows = np.arange(store_size(acl), dtype=np.int32)
    listed = asyncio.run(store.expand(Hop(REFERENCES), rows, Select()))
    (years,) = asyncio.run(store.columns(Kind.PAPER, rows, ["year"]))
    return {"citing": np.repeat(rows, np.diff(listed.offsets)), "cited": listed.rows, "years": years.to_numpy()}


def store_size(acl: Anthology) -> int:
    return int(manifest(current(acl.store))["counts"]["papers"])


def test_everything_is_counted_as_the_corpus_has_it(acl: Anthology, served: TestClient, outside: list[tuple[str, str]]) -> None:
    papers = list(acl.papers())
    entries = [author for paper in papers for author in paper["authors"]]
    citations = acl.citations()
    # The corpus itself, so that a half file cannot pass.
    assert (len(papers), len(entries), len(citations)) == (81_347, 261_872, 94_973)
    assert acl.records == acl.report["read"] == acl.report["kept"] == len(papers) + len(citations)
    counts = "paperCount authorshipCount authorCount citationCount outsideCitationCount unresolvedReferenceCount"
    query = f"{{snapshot {{{counts} sources {{records rejected refusedFiles}}}}}}"
    snapshot = ask(served, query)["snapshot"]
    assert snapshot["paperCount"] == len(papers)
    assert snapshot["authorshipCount"] == len(entries) - 14, "twelve groups and institutions, and two addresses, are no people"
    # One person for each curated id but the twelve of those; three ids, which two authors of one list state, are six people.
    assert snapshot["authorCount"] == len({author["id"] for author in entries}) - 12 + 3 == 69_047
    # 42 papers that cite themselves are listed.
    assert snapshot["citationCount"] == len(citations) - len(outside) - 42 == 93_923
    # What is not in the graph is counted: from a known paper as its reference, from an unknown one to a known one as a citation
    # by a work outside; what lies between two unknown ones is listed.
    assert snapshot["outsideCitationCount"] == acl.report["unknown_citing"] == 432
    assert snapshot["unresolvedReferenceCount"] + snapshot["outsideCitationCount"] + 54 == len(outside)
    assert acl.report["notices"]["records"]["left out"]["count"] == 42 + 54 + 10, (
        "loops, citations between unknown papers, addresses"
    )
    assert snapshot["sources"] == [{"records": acl.records, "rejected": 0, "refusedFiles": 0}]


def test_papers_at_random_are_those_of_the_corpus(acl: Anthology, served: TestClient) -> None:
    query = """
    query P($key: ExternalIdInput!) {
      paper(by: {externalId: $key}) {
        title year authorCount
        authors(first: 100) { edges { position nameAsPrinted node { externalIds { scheme value } } } }
      }
    }
    """
    for listed_paper in random.Random(2).sample([paper for paper in acl.papers() if len(paper["authors"]) <= 100], 100):
        shown = ask(served, query, key={"scheme": "acl", "value": listed_paper["id"]})["paper"]
        assert (shown["title"], shown["year"]) == (" ".join(listed_paper["title"].split()), listed_paper["year"])
        # The corpus has an empty list for proceedings and the like, where it says nothing about authors.
        assert shown["authorCount"] == (len(listed_paper["authors"]) or None)
        authors = shown["authors"]["edges"]
        assert [edge["position"] for edge in authors] == [*range(1, len(listed_paper["authors"]) + 1)]
        names = [f"{author['first'] or ''} {author['last']}" for author in listed_paper["authors"]]
        assert [edge["nameAsPrinted"] for edge in authors] == [" ".join(name.split()) for name in names]
        ids = [[entry["value"] for entry in edge["node"]["externalIds"] if entry["scheme"] == "acl"] for edge in authors]
        assert ids == [[author["id"]] for author in listed_paper["authors"]]


def test_the_most_cited_are_the_published_ones(
    served: TestClient, published: dict[str, Any], outside: list[tuple[str, str]]
) -> None:
    query = """{
      papers(first: 5, orderBy: [{by: CITATION_COUNT}]) {
        nodes {
          externalIds { scheme value } citationCount outsideCitationCount citedBy { totalCount }
          metrics { citationCount outsideCitationCount }
        }
      }
    }"""
    lost = Counter(cited for _, cited in outside)
    top = []
    for node in ask(served, query)["papers"]["nodes"]:
        (name,) = (entry["value"] for entry in node["externalIds"] if entry["scheme"] == "acl")
        assert node["citationCount"] == node["citedBy"]["totalCount"] + lost[name] == node["metrics"]["citationCount"]
        assert node["outsideCitationCount"] == lost[name] == node["metrics"]["outsideCitationCount"]
        top.append([name, node["citationCount"]])
    assert top == published["top_in"]
    assert lost["J93-2004"] == 2, "cited by two papers that the anthology does not have"


def test_the_longest_lists_of_references_are_the_published_ones(
    acl: Anthology, served: TestClient, published: dict[str, Any]
) -> None:
    query = """query P($key: ExternalIdInput!) {
      paper(by: {externalId: $key}) { references { totalCount } unresolvedReferences { totalCount } }
    }"""
    loops = {citing for citing, cited in acl.citations() if citing == cited}
    for name, count in published["top_out"]:
        paper = ask(served, query, key={"scheme": "acl", "value": name})["paper"]
        assert paper["references"]["totalCount"] + paper["unresolvedReferences"]["totalCount"] + (name in loops) == count
    # Nobody else has a longer list than the last of the published ones.
    more = "{papers(where: {references: {count: {gt: 52}}}) {totalCount}}"
    assert ask(served, more)["papers"]["totalCount"] == sum(count > 52 for _, count in published["top_out"])


def test_citations_to_themselves_to_each_other_and_forward_in_time(
    references: dict[str, np.ndarray], published: dict[str, Any], outside: list[tuple[str, str]]
) -> None:
    citing, cited, years = (references[name] for name in ("citing", "cited", "years"))
    assert not (citing == cited).any()
    own = published["self"]
    pairs = set(zip(citing.tolist(), cited.tolist(), strict=True))
    assert len(pairs) == len(citing) == published["edges_both_in_anthology"] - own
    mutual = sum((right, left) in pairs for left, right in pairs if left < right)
    gone = set(outside)
    gone_mutual = sum((right, left) in gone for left, right in gone if left < right)
    # The published figure is half of the citations whose reverse is there too, and so counts each of the 42 as half a pair.
    assert mutual + gone_mutual + own / 2 == published["mutual_pairs"]
    assert (mutual, gone_mutual) == (385, 2)
    forward = int((years[cited] > years[citing]).sum())
    gone_forward = sum(year_in(right) > year_in(left) for left, right in outside)
    assert forward + gone_forward == published["forward_in_time"]
    assert (forward, gone_forward) == (43, 2)


def year_in(name: str) -> int:
    """The year that an old anthology id has in it: "J93-2004" -> 1993."""
    return (1900 if name[1:3] > "50" else 2000) + int(name[1:3])


def test_who_cites_and_who_is_cited(
    references: dict[str, np.ndarray], published: dict[str, Any], outside: list[tuple[str, str]], acl: Anthology
) -> None:
    lost = {name for pair in outside for name in pair} - {paper["id"] for paper in acl.papers()}
    assert len(lost) == published["dangling_ids_not_in_anthology"]
    inside = {name for pair in acl.citations() for name in pair} - lost
    assert len(inside) + len(lost) == published["papers"]
    citations = {(citing, cited) for citing, cited in acl.citations() if citing != cited} - set(outside)
    assert len(np.unique(references["citing"])) == len({citing for citing, _ in citations})
    assert len(np.unique(references["cited"])) == len({cited for _, cited in citations})


def test_building_peaks_under_two_gibibytes(acl: Anthology) -> None:
    assert acl.peak < 2 * GIB, f"{acl.peak / GIB:.2f} GiB"


def test_every_file_is_as_it_was_written(acl: Anthology) -> None:
    assert verify(current(acl.store)) == []

"""Semantic Scholar: answers of the API, rows of the data sets, their defects, and the real files."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from byline.data.notices import Notice
from byline.data.record import Author, Category, Citation, Paper, Record, Same
from byline.data.sources import SOURCES
from byline.graph.errors import WrongUse
from tests.data.views import of, refused, without_tallies

Json = dict[str, Any]
ID = "{:040x}".format
NULL = "is null: Semantic Scholar could not tell which paper it is"


def read(tmp_path: Path, *values: Any, **options: str) -> list[Record | Notice]:
    path = tmp_path / "answer.jsonl"
    path.write_text("\n".join(json.dumps(each) for each in values))
    return without_tallies(SOURCES["semantic-scholar"].read(path, options))


def cites(entries: list[Record | Notice]) -> list[tuple[str, str]]:
    return [(each.citing, each.cited) for each in of(Citation, entries)]


def paper(number: int, **members: Any) -> Json:
    return {"paperId": ID(number), "title": f"Title {number}", **members}


def test_a_whole_paper(tmp_path: Path) -> None:
    entries = read(
        tmp_path,
        paper(
            1,
            externalIds={"DOI": "10.1/X", "ArXiv": "2401.00001", "ACL": "P19-1", "DBLP": "conf/x/Y1", "MAG": "5", "PubMed": "6",
                         "PubMedCentral": "7", "CorpusId": 8},
            corpusId=8,
            abstract="Text.",
            year=2024,
            publicationDate="2024-05-01",
            s2FieldsOfStudy=[{"category": "Physics", "source": "external"}, {"category": "Art", "source": "s2-fos-model"}],
            fieldsOfStudy=["Physics", "Biology"],
            authors=[{"authorId": "11", "name": "Ann Roe"}, {"authorId": None, "name": "Bo Li"}],
            citationCount=3,
            references=[paper(2), {"paperId": None, "title": "Lost"}, {"paperId": ID(3)}, None],
            citations=[paper(4, authors=[{"authorId": "12", "name": "Cy Day"}])],
        ),
        captured="2026-06-01",
    )  # fmt: skip
    first, *others = of(Paper, entries)
    assert (first.id, first.doi, first.arxiv, str(first.date)) == (f"s2:{ID(1)}", "10.1/x", "2401.00001", "2024-05-01")
    assert first.ids == ("acl:P19-1", "dblp:conf/x/Y1", "mag:5", "pmid:6", "pmcid:PMC7", "corpusid:8")
    assert first.categories == ("s2:Physics", "s2:Art", "s2:Biology")
    assert ("s2:Physics", "Physics") in [(each.code, each.name) for each in of(Category, entries)]
    assert [(each.name, each.id) for each in first.authors] == [("Ann Roe", "s2:11"), ("Bo Li", None)]
    assert first.reported.model_dump(mode="json", exclude_none=True) == {"as_of": "2026-06-01", "citation_count": 3}
    assert (first.references, first.references_complete) == ((f"s2:{ID(2)}", f"s2:{ID(3)}"), False)
    assert [(each.title, each.authors and each.authors[0].name) for each in others] == [("Title 2", None), ("Title 4", "Cy Day")]
    assert cites(entries) == [(f"s2:{ID(4)}", f"s2:{ID(1)}")]
    assert refused(entries) == [(1, "references[1].paperId", NULL), (1, "references[3].paperId", NULL)]


def test_venue_type_pages_and_open_access(tmp_path: Path) -> None:
    place = {"id": "v-1", "name": "Tides", "type": "journal", "issn": "2331-8422", "alternate_issns": ["0000"], "url": "x"}
    entries = read(
        tmp_path,
        paper(
            1,
            publicationVenue=place,
            venue="T.",
            journal={"name": "Tides J.", "volume": " 12 ", "pages": "\n   3-9\n  "},
            publicationTypes=["JournalArticle", "Review"],
            isOpenAccess=True,
            openAccessPdf={"url": "https://example.org/a.pdf", "license": "CCBY", "status": "GOLD"},
        ),
        paper(
            2, venue="arXiv.org", journal={"name": "ArXiv", "volume": "abs/2301.00001"}, publicationTypes=None, isOpenAccess=None
        ),
        paper(3, venue="", publicationTypes=["JournalArticle", "Conference"], journal=None, openAccessPdf={"url": ""}),
        {"corpusid": 4, "title": "Four", "venue": "ACL", "publicationvenueid": "v-2", "publicationtypes": ["Conference"]},
        paper(5, publicationVenue="no object", journal={"name": "Ebbs", "pages": 7}, openAccessPdf={"url": "nowhere"}),
    )
    first, arxiv, third, fourth, fifth = of(Paper, entries)
    assert (first.venue.name, first.venue.id, first.venue.venue_type) == ("Tides", "s2:v-1", "journal")
    assert (first.venue.issns, first.paper_type, first.volume, first.pages) == (("2331-8422",), "journal-article", "12", "3-9")
    assert (first.open_access, first.license, [each.url for each in first.urls]) == (True, "CCBY", ["https://example.org/a.pdf"])
    assert (arxiv.venue.name, arxiv.venue.venue_type, arxiv.volume, arxiv.open_access) == ("arXiv.org", "repository", None, None)
    assert (third.venue, third.paper_type, third.urls) == (None, None, ())
    assert (fourth.venue.name, fourth.venue.id, fourth.paper_type) == ("ACL", "s2:v-2", "proceedings-article")
    assert (fifth.venue.name, fifth.pages, fifth.urls) == ("Ebbs", None, ())
    assert {member for _, member, _ in refused(entries)} == {"publicationVenue.issn[1]", "openAccessPdf.url"}


def test_an_author_with_papers(tmp_path: Path) -> None:
    entries = read(
        tmp_path,
        {"authorId": "11", "name": "A. Roe", "externalIds": {"ORCID": "0000-0002-1825-0097", "DBLP": ["Ann Roe"]}, "hIndex": 2,
         "paperCount": 3, "citationCount": 9, "aliases": ["Roe, Ann"], "affiliations": ["U"], "papers": [paper(1), None]},
    )  # fmt: skip
    (person,) = of(Author, entries)
    assert (person.id, person.name, person.orcid, person.aliases) == ("s2:11", "A. Roe", "0000-0002-1825-0097", ("Ann Roe",))
    assert person.reported.model_dump(exclude_none=True) == {"h_index": 2, "paper_count": 3, "citation_count": 9}
    assert [each.id for each in of(Paper, entries)] == [f"s2:{ID(1)}"]
    assert refused(entries) == [(1, "papers[1].paperId", NULL)]


def test_pages_and_lists_with_nulls(tmp_path: Path) -> None:
    page = {"total": 2, "offset": 0, "next": 1, "data": [paper(1), {"authorId": "1", "name": "Ann Roe"}]}
    snippets = {"data": [{"snippet": {"text": "…"}, "paper": {"corpusId": "9", "title": "T", "authors": ["Ann Roe"]}}]}
    entries = read(tmp_path, page, {"recommendedPapers": [paper(2)]}, [None, paper(3)], {"total": 0, "offset": 0}, snippets)
    assert [each.id for each in of(Paper, entries)] == [f"s2:{ID(1)}", f"s2:{ID(2)}", f"s2:{ID(3)}", "corpusid:9"]
    assert of(Paper, entries)[3].authors[0].name == "Ann Roe"
    assert refused(entries) == [(3, "[0]", "is null: Semantic Scholar knows nothing under the id that was asked for")]


def test_pages_of_references_and_citations(tmp_path: Path) -> None:
    pages = {"data": [{"citedPaper": paper(1)}, {"citedPaper": {"paperId": None, "title": "Lost"}}]}, {"citingPaper": paper(2)}
    silent = read(tmp_path, *pages)
    assert ([each.id for each in of(Paper, silent)], cites(silent)) == ([f"s2:{ID(1)}", f"s2:{ID(2)}"], [])
    assert refused(silent) == [(1, "data[1].citedPaper.paperId", NULL)]
    assert cites(read(tmp_path, *pages, paper="DOI:10.1/Y")) == [("doi:10.1/y", f"s2:{ID(1)}"), (f"s2:{ID(2)}", "doi:10.1/y")]
    assert cites(read(tmp_path, pages[1], paper=ID(7))) == [(f"s2:{ID(2)}", f"s2:{ID(7)}")]


def test_a_paper_without_title_still_says_what_it_cites(tmp_path: Path) -> None:
    entries = read(tmp_path, {"paperId": ID(1), "references": [paper(2)], "citations": [paper(3)]})
    assert cites(entries) == [(f"s2:{ID(1)}", f"s2:{ID(2)}"), (f"s2:{ID(3)}", f"s2:{ID(1)}")]
    assert [each.id for each in of(Paper, entries)] == [f"s2:{ID(2)}", f"s2:{ID(3)}"]
    assert refused(entries) == []


def test_rows_of_the_data_sets(tmp_path: Path) -> None:
    entries = read(
        tmp_path,
        {"corpusid": 5, "externalids": {"DOI": "10.1/x", "CorpusId": "5"}, "title": "T", "year": 2020, "citationcount": 1,
         "authors": [{"authorId": "1", "name": "Ann Roe"}], "s2fieldsofstudy": [{"category": "Art"}], "publicationdate": ""},
        {"authorid": "1", "name": "Ann Roe", "hindex": 4, "papercount": 2, "citationcount": 9, "aliases": None},
        {"citationid": 1, "citingcorpusid": 5, "citedcorpusid": 6},
        {"citationid": 2, "citingcorpusid": 5, "citedcorpusid": None},
        {"sha": ID(9), "corpusid": 5, "primary": True},
    )  # fmt: skip
    (row,) = of(Paper, entries)
    assert (row.id, row.ids, row.doi, row.categories, row.date) == ("corpusid:5", (), "10.1/x", ("s2:Art",), None)
    assert [each.reported.h_index for each in of(Author, entries)] == [4]
    assert cites(entries) == [("corpusid:5", "corpusid:6")]
    assert [(each.kind, each.ids) for each in of(Same, entries)] == [("paper", (f"s2:{ID(9)}", "corpusid:5"))]
    reason = "is a citation of which one end is null: Semantic Scholar could not tell which paper it is"
    assert refused(entries) == [(4, "", reason)]


def test_rows_of_s2orc(tmp_path: Path) -> None:
    names = [{"first": "Ann", "middle": ["B.", "van"], "last": "Roe", "suffix": "Jr."}, {"first": "", "middle": [], "last": "Li"}]
    entries = read(
        tmp_path,
        {"paper_id": "7", "title": "T", "authors": names, "abstract": None, "year": 1975, "arxiv_id": "math/0610659",
         "acl_id": "P1", "pmc_id": "PMC9", "pubmed_id": "8", "doi": "10.1/x", "mag_id": "1,2", "mag_field_of_study": ["Art"],
         "outbound_citations": ["5"], "inbound_citations": ["6"]},
        {"paper_id": ID(1), "title": "Old", "authors": [], "year": None, "mag_field_of_study": None},
    )  # fmt: skip
    first, second = of(Paper, entries)
    assert (first.id, first.ids) == ("corpusid:7", ("acl:P1", "mag:1", "mag:2", "pmid:8", "pmcid:PMC9"))
    assert [each.name for each in first.authors] == ["Ann B. van Roe Jr.", "Li"]
    assert (first.doi, first.arxiv, first.categories, first.references) == (
        "10.1/x",
        "math/0610659",
        ("s2:Art",),
        ("corpusid:5",),
    )
    assert cites(entries) == [("corpusid:6", "corpusid:7")]
    assert (second.id, second.authors) == (f"s2:{ID(1)}", None)


def test_defects_cost_their_member_only(tmp_path: Path) -> None:
    entries = read(
        tmp_path,
        paper(1, year=2005, publicationDate="2004-12-31", externalIds={"DOI": "none", "ArXiv": ""}, citationCount=-1),
        paper(2, authors=[{"authorId": "1", "name": "Ann Roe"}, {"authorId": "2", "name": ""}, {"authorId": "3", "name": "Bo"}]),
        paper(3, authors=[]),
        paper(4, authors=None, citations=None, references=None),
    )
    first, second, third, fourth = of(Paper, entries)
    assert (first.year, first.date, first.doi, first.arxiv) == (2005, None, None, None)
    assert [(each.name, each.printed) for each in second.authors] == [("Ann Roe", True), ("Bo", False)]
    assert (second.authors_complete, second.author_count) == (False, 3)
    assert third.authors is fourth.authors is None
    assert {(member, reason.rpartition("; ")[2]) for _, member, reason in refused(entries)} == {
        ("externalIds.DOI", "it is left out"), ("citationCount", "it is left out"), ("publicationDate", "it is left out"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "member", "reason"),
    [
        ({"error": "Paper not found"}, "", "is an error that Semantic Scholar answered: Paper not found"),
        ({"message": {"items": []}}, "", "is no paper and no author: it has neither paperId, corpusId nor authorId"),
        ({"paper_id": "1106.1238", "title": "T"}, "", "is no paper and no author: it has neither paperId, corpusId nor authorId"),
        ({"message": "Forbidden"}, "", "is an error that Semantic Scholar answered: Forbidden"),
        ({"message": "Too Many Requests", "code": "429"}, "", "is an error that Semantic Scholar answered: Too Many Requests"),
        ({"release_id": "2025-09-05", "README": "…"}, "", "describes a data set and where its files are; it holds no papers"),
        ({"paperId": ID(1)}, "title", "is missing: an answer holds what was asked for (fields=title,…)"),
        ({"name": "x"}, "", "is no paper and no author: it has neither paperId, corpusId nor authorId"),
        (["2025-09-05"], "[0]", "must be an object"),
        ({"authorId": "1"}, "name", "must be text, not null"),
    ],
)
def test_what_is_not_kept(tmp_path: Path, value: Any, member: str, reason: str) -> None:
    assert refused(read(tmp_path, value)) == [(1, member, reason)]


def test_wrong_options(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="captured must be a date"):
        read(tmp_path, captured="yesterday")
    with pytest.raises(WrongUse, match="paper must be an id"):
        read(tmp_path, paper="that one")


def bodies(path: Path) -> Iterator[str]:
    """The answers of a recording: each had a body of one JSON value."""
    recording = yaml.load(path.read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    for each in recording["interactions"]:
        answer = each["response"]
        yield answer.get("content") or answer["body"]["string"]


def counted(path: Path) -> tuple[Counter[str], Counter[str]]:
    """The records by type, and the reasons."""
    entries = without_tallies(SOURCES["semantic-scholar"].read(path, {}))
    kinds = Counter(each.type for each in entries if not isinstance(each, Notice))
    return kinds, Counter(each.reason for each in of(Notice, entries))


FILES = {
    "Author.json": {"author": 1, "category": 13, "paper": 60},
    "Citation.json": {"category": 2, "paper": 1},
    "Reference.json": {"category": 2, "paper": 1},
    "s2orc_metadata_sample.jsonl.zst": {"category": 19, "paper": 1000, "citation": 2974},
}
NO_PAPERS = ("Dataset.json", "DatasetDiff.json", "Release.json")
MISSING = "is missing: an answer holds what was asked for (fields=title,…)"
NO_EXAMPLES = "is an error that Semantic Scholar answered: No positive paper examples given"
# Recordings in which something is rejected for another reason than a title that nobody asked for.
REASONS = {
    "test_bad_query_parameters.yaml": "is an error that Semantic Scholar answered: Unrecognized or unsupported fields: [unknown]",
    "test_debug.yaml": "is an error that Semantic Scholar answered: Forbidden",
    "test_get_authors_not_found_warning.yaml": "is null: Semantic Scholar knows nothing under the id that was asked for",
    "test_get_authors_return_not_found.yaml": "is null: Semantic Scholar knows nothing under the id that was asked for",
    "test_get_available_releases.yaml": "must be an object",
    "test_get_dataset_diffs.yaml": "describes a data set and where its files are; it holds no papers",
    "test_get_dataset_download_links.yaml": "describes a data set and where its files are; it holds no papers",
    "test_get_papers_not_found_warning.yaml": "is null: Semantic Scholar knows nothing under the id that was asked for",
    "test_get_recommended_papers_from_lists_negative_only.yaml": NO_EXAMPLES,
    "test_get_release.yaml": "describes a data set and where its files are; it holds no papers",
}


def objects(value: Any) -> Iterator[Json]:
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(inner)
    if isinstance(value, dict):
        yield value


@pytest.mark.corpus
def test_every_real_file(corpora: Path) -> None:
    source = SOURCES["semantic-scholar"]
    assert source.parts is not None
    counts = {path.name: counted(path) for path in source.parts(corpora / "s2")}
    assert {name: dict(kinds) for name, (kinds, _) in counts.items() if kinds} == FILES
    reasons_of = {name: dict(reasons) for name, (_, reasons) in counts.items() if reasons}
    assert reasons_of.pop("PaperWithNullValues.json") == {MISSING: 1}
    assert reasons_of == {name: {"describes a data set and where its files are; it holds no papers": 1} for name in NO_PAPERS}


@pytest.mark.corpus
def test_every_recorded_answer(corpora: Path, tmp_path: Path) -> None:
    recordings = sorted((corpora / "s2").glob("*.yaml"))
    assert len(recordings) == 42
    other: dict[str, str] = {}
    for path in recordings:
        answers = [json.loads(body) for body in bodies(path)]
        answer = tmp_path / "answers.jsonl"
        answer.write_text("\n".join(json.dumps(each) for each in answers))
        kinds, reasons = counted(answer)
        papers = [each for each in objects(answers) if "paperId" in each or ("corpusId" in each and "title" in each)]
        unknown = [each for each in papers if not (each.get("paperId") or each.get("corpusId"))]
        titled = [each for each in papers if each.get("title") and each not in unknown]
        assert kinds["paper"] == len(titled), path.name
        assert reasons.pop(NULL, 0) == len(unknown), path.name
        assert reasons.pop(MISSING, 0) == len(papers) - len(titled) - len(unknown), path.name
        assert kinds["author"] == (sum("authorId" in each for each in objects(answers)) if "author" in path.name else 0)
        # One title has a zero-width sign in it, which is taken out.
        signs = [reason for reason in reasons if reason.startswith("control or zero-width characters were removed")]
        assert len(signs) == (path.name == "test_search_paper_bulk_retrieval_traversing_results.yaml")
        for reason in signs:
            del reasons[reason]
        if reasons:
            (other[path.name],) = reasons
    assert {name: reason for name, reason in other.items() if name not in REASONS} == {}
    assert {name: other.get(name) for name in REASONS} == REASONS

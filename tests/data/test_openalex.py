"""OpenAlex: its shapes of 2023 and 2026, each defect that its data is known to have, and the real files."""

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from byline.data.notices import Notice
from byline.data.record import Author, Category, Institution, Paper, Record, Same
from byline.data.sources import SOURCES
from byline.data.sources import openalex_folder as folder
from byline.data.sources.names.printed import natural, related
from byline.data.sources.openalex_works import abstract
from byline.graph.errors import SourceFailed
from tests.data.views import of, refused, without_tallies

Json = dict[str, Any]
URL = "https://openalex.org/"


def read(tmp_path: Path, *values: Any, name: str = "answer.json") -> list[Record | Notice]:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "\n".join(json.dumps(each) for each in values).encode()
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return without_tallies(SOURCES["openalex"].read(path, {}))


def by(name: str, number: int | None = None, **members: Any) -> Json:
    """An authorship."""
    person = {"id": f"{URL}A{number}" if number else None, "display_name": name, "orcid": members.pop("orcid", None)}
    return {"author": person, "raw_author_name": name, "institutions": [], **members}


def work(number: int = 1, *authorships: Json, **members: Any) -> Json:
    return {"id": f"{URL}W{number}", "title": "On Examples", "authorships": list(authorships), **members}


PLACE = {"id": f"{URL}I5", "display_name": "Example University", "ror": "https://ror.org/00jmfr291", "country_code": "NL"}


def test_a_work_of_2026(tmp_path: Path) -> None:
    topic = {
        "id": f"{URL}T1", "display_name": "Examples", "subfield": {"id": f"{URL}subfields/12", "display_name": "Cases"},
        "field": {"id": f"{URL}fields/3", "display_name": "Instances"},
        "domain": {"id": f"{URL}domains/4", "display_name": "All"},
    }  # fmt: skip
    value = work(
        7,
        by("Ann B. Roe", 1, orcid="https://orcid.org/0000-0002-1825-0097", institutions=[PLACE], is_corresponding=True),
        by("Bo Li", 2, is_corresponding=False),
        doi="https://doi.org/10.1234/EX",
        ids={"openalex": f"{URL}W7", "mag": 77, "pmid": "https://pubmed.ncbi.nlm.nih.gov/8", "pmcid": "https://x/pmc/articles/9"},
        publication_year=2024,
        publication_date="2024-05-01",
        primary_topic=topic,
        topics=[topic | {"id": f"{URL}T2", "display_name": "Others"}, topic],
        concepts=[{"id": f"{URL}C9", "display_name": "Old", "score": 0.9}],
        locations=[{"landing_page_url": "http://arxiv.org/abs/2401.00001v2"}, {"landing_page_url": None}],
        referenced_works=[f"{URL}W8", None, f"{URL}W9"],
        abstract_inverted_index={"examples": [1, 3], "Good": [0], "are": [2]},
        cited_by_count=5,
        updated_date="2026-03-18T14:38:29.013473",
    )
    entries = read(tmp_path, value)
    assert refused(entries) == []
    (paper,) = of(Paper, entries)
    assert (paper.id, paper.doi, paper.arxiv) == ("openalex:W7", "10.1234/ex", "2401.00001")
    assert paper.ids == ("mag:77", "pmid:8", "pmcid:PMC9")
    assert (paper.title, paper.abstract, str(paper.date)) == ("On Examples", "Good examples are examples", "2024-05-01")
    assert paper.categories == ("openalex:T1", "openalex:T2"), "the primary topic first, no concept beside topics"
    assert (paper.references, paper.references_complete) == (("openalex:W8", "openalex:W9"), False)
    assert paper.reported.model_dump(mode="json", exclude_none=True) == {"as_of": "2026-03-18", "citation_count": 5}
    first, second = paper.authors
    assert (first.name, first.id, first.orcid) == ("Ann B. Roe", "openalex:A1", "0000-0002-1825-0097")
    assert first.institutions[0].model_dump() == {
        "name": "Example University", "id": "openalex:I5", "ror": "00jmfr291", "country": "NL",
    }  # fmt: skip
    assert (first.corresponding, second.corresponding) == (True, False)
    assert (second.id, second.institutions, paper.authors_complete, paper.author_count) == ("openalex:A2", (), True, None)
    assert {(each.code, each.name, each.parent) for each in of(Category, entries)} == {
        ("openalex:T1", "Examples", "openalex:subfields/12"),
        ("openalex:T2", "Others", "openalex:subfields/12"),
        ("openalex:subfields/12", "Cases", "openalex:fields/3"),
        ("openalex:fields/3", "Instances", "openalex:domains/4"),
        ("openalex:domains/4", "All", None),
    }


def test_a_work_of_2023(tmp_path: Path) -> None:
    value = work(
        1,
        by("Ann Roe", 1),
        host_venue={"display_name": "A Journal"},
        concepts=[
            {"id": f"{URL}C2", "display_name": "Low", "score": 0.1},
            {"id": f"{URL}C1", "display_name": "High", "score": 0.8},
            {"id": f"{URL}C2", "display_name": "Low", "score": 0.0},
        ],
        authors_count=1,
        display_name="On Examples",
        abstract_inverted_index={"IndexLength": 2, "InvertedIndex": {"one": [0], "two": [1]}},
    )
    (paper,) = of(Paper, read(tmp_path, value | {"title": None}))
    assert (paper.title, paper.categories, paper.abstract) == ("On Examples", ("openalex:C1", "openalex:C2"), "one two")
    assert (paper.authors_complete, paper.author_count) == (True, 1)
    assert paper.authors[0].corresponding is None, "nobody is marked"


def test_pages_lists_and_lines_are_the_same(tmp_path: Path) -> None:
    works = [work(1), work(2)]
    alone = read(tmp_path, *works)
    assert len(of(Paper, alone)) == 2
    assert read(tmp_path, {"meta": {"count": 2}, "results": works, "group_by": []}) == alone
    assert read(tmp_path, works) == alone
    assert read(tmp_path, {"results": []}) == []
    indented = tmp_path / "indented.json"
    indented.write_text(json.dumps({"results": works}, indent=2))
    assert without_tallies(SOURCES["openalex"].read(indented, {})) == alone


def test_names_are_printed_in_natural_order_and_the_preferred_one_is_told_once(tmp_path: Path) -> None:
    person = by("Ann Roe", 1) | {"raw_author_name": "Roe, A. B."}
    entries = read(tmp_path, work(1, person), work(2, person), work(3, by("Ann Roe", 1) | {"raw_author_name": "Roe, Ann"}))
    assert [each.authors[0].name for each in of(Paper, entries)] == ["A. B. Roe", "A. B. Roe", "Ann Roe"]
    assert [(each.id, each.name) for each in of(Author, entries)] == [("openalex:A1", "Ann Roe")]


def test_a_person_of_quite_another_name_is_left_out(tmp_path: Path) -> None:
    wrong = by("Carl Malbert", 1, orcid="https://orcid.org/0000-0002-1825-0097") | {"raw_author_name": "Lespez, Laurent"}
    entries = read(tmp_path, {"results": [work(1, by("Bo Li", 2), wrong)]})
    (paper,) = of(Paper, entries)
    assert [(each.name, each.id, each.orcid) for each in paper.authors] == [
        ("Bo Li", "openalex:A2", None), ("Laurent Lespez", None, None),
    ]  # fmt: skip
    reason = "A1 is 'Carl Malbert', but the paper prints 'Laurent Lespez': the person is left out, the name is kept"
    assert refused(entries) == [(1, "results[0].authorships[1].author", reason)]
    assert of(Author, entries) == []


@pytest.mark.parametrize("name", ["Jun Ito", "Deleted Author", None])
@pytest.mark.parametrize("number", [9999999999, 5317838346])
def test_the_stand_in_for_nobody_is_nobody(tmp_path: Path, name: str | None, number: int) -> None:
    (paper,) = of(Paper, read(tmp_path, work(1, by("x", number) | {"raw_author_name": "Jun Ito"})))
    assert [(each.name, each.id) for each in paper.authors] == [("Jun Ito", None)]
    entries = read(tmp_path, {"id": f"{URL}A{number}", "display_name": name})
    assert refused(entries) == [(1, "", f"A{number} is no person: OpenAlex has it for authors who are unknown or removed")]


def test_whoever_stands_behind_somebody_unnamed_gets_no_place(tmp_path: Path) -> None:
    gone = by("Deleted Author", 9999999999) | {"raw_author_name": None}
    (paper,) = of(Paper, read(tmp_path, work(1, by("Ann Roe", 1), gone, by("Bo Li", 2))))
    assert [(each.name, each.printed) for each in paper.authors] == [("Ann Roe", True), ("Bo Li", False)]
    assert (paper.authors_complete, paper.author_count) == (False, 3)


@pytest.mark.parametrize(
    ("members", "complete", "count"),
    [({}, True, None), ({"is_authors_truncated": True}, False, None), ({"authors_count": 150}, False, 150),
     ({"authors_count": 2}, True, 2), ({"is_authors_truncated": True, "authors_count": 150}, False, 150)],
)  # fmt: skip
def test_cut_lists_are_not_complete(tmp_path: Path, members: Json, complete: bool, count: int | None) -> None:
    (paper,) = of(Paper, read(tmp_path, work(1, by("Ann Roe", 1), by("Bo Li", 2), **members)))
    assert (paper.authors_complete, paper.author_count) == (complete, count)


def test_an_empty_author_list_says_nothing(tmp_path: Path) -> None:
    papers = of(Paper, read(tmp_path, work(1), work(2, authors_count=0), {"id": f"{URL}W3", "title": "t"}))
    assert [(each.authors, each.author_count) for each in papers] == [(None, None)] * 3


def test_missing_titles_are_told(tmp_path: Path) -> None:
    entries = read(tmp_path, work(4) | {"title": None}, {"results": [work(5) | {"title": None}]}, work(6))
    assert refused(entries) == [
        (1, "title", "is missing: OpenAlex knows none of W4"), (2, "results[0].title", "is missing: OpenAlex knows none of W5"),
    ]  # fmt: skip
    assert [each.id for each in of(Paper, entries)] == ["openalex:W6"]


def test_a_year_against_its_day(tmp_path: Path) -> None:
    papers = of(Paper, read(
        tmp_path,
        work(1, publication_year=2023, publication_date="2022-12-31"),
        work(2, publication_year=None, publication_date="2022-12-31"),
        work(3, publication_year=2023, publication_date=None),
    ))  # fmt: skip
    assert [(each.year, each.date and str(each.date)) for each in papers] == [(2023, None), (2022, "2022-12-31"), (2023, None)]


def test_one_wrong_member_does_not_cost_the_work(tmp_path: Path) -> None:
    entries = read(
        tmp_path,
        work(
            1,
            by("Ann Roe", 1, orcid="https://orcid.org/none", institutions=[PLACE | {"country_code": "Netherlands"}]),
            doi="https://doi.org/nil",
            cited_by_count=-1,
            publication_date="2022-02-30",
        ),
    )
    (paper,) = of(Paper, entries)
    assert (paper.doi, paper.date, paper.authors[0].orcid, paper.authors[0].institutions[0].country) == (None,) * 4
    assert {(member, reason.partition(":")[0]) for _, member, reason in refused(entries)} == {
        ("doi", "is no DOI"),
        ("cited_by_count", "must be at least 0, not -1; it is left out"),
        ("publication_date", "is a day that does not exist; the year is kept"),
        ("authorships[0].author.orcid", "is no ORCID"),
        ("authorships[0].institutions[0].country_code", "must be a two-letter country code, not 'NETHERLANDS'; it is left out"),
    }


def test_titles_without_markup(tmp_path: Path) -> None:
    titles = [
        "H<sub>2</sub>O &amp; <i>E.&nbsp;coli</i>",
        "<mml:math><mml:mi>x</mml:mi></mml:math> &lt;i&gt;y&lt;/i&gt;",
        "a < b and c > d",
    ]
    papers = of(Paper, read(tmp_path, *(work(i) | {"title": title} for i, title in enumerate(titles))))
    assert [each.title for each in papers] == ["H2O & E. coli", "x y", "a < b and c > d"]


@pytest.mark.parametrize(
    ("index", "text"),
    [
        (None, None), ({}, None), ([], None), ({"b": [1], "a": [0, 2]}, "a b a"), ({"far": [10**12], "near": [0]}, "near far"),
        ({"a": None, "b": ["x", 0]}, "b"), ({"<jats:p>Text": [0], "&amp;": [1], "more</jats:p>": [2]}, "Text & more"),
    ],
)  # fmt: skip
def test_abstracts(index: Any, text: str | None) -> None:
    assert abstract(index) == text


def test_an_author_of_2026(tmp_path: Path) -> None:
    entries = read(
        tmp_path,
        {
            "id": f"{URL}A5", "display_name": "Ann Roe", "orcid": None, "ids": {"orcid": "https://orcid.org/0000-0002-1825-0097",
            "scopus": "http://www.scopus.com/inward/authorDetails.url?authorID=364&partnerID=M"},
            "display_name_alternatives": ["Ann Roe", "Roe, Ann B.", "Carl Malbert", "安", "A. Roe"], "works_count": 3,
            "cited_by_count": 9, "summary_stats": {"h_index": 2}, "updated_date": "2026-03-15T12:21:24",
            "last_known_institutions": None, "topics": [{"id": f"{URL}T1", "display_name": "Examples"}],
            "x_concepts": [{"id": "41", "display_name": "Old", "score": 0.5}],
        },
        {"id": f"{URL}A6", "display_name": "Bo Li", "last_known_institution": PLACE, "x_concepts":
            [{"id": "41", "display_name": "Old", "score": 0.5}, {"id": f"{URL}C42", "display_name": "More", "score": 7}]},
        {"id": f"{URL}A7", "display_name": None},
    )  # fmt: skip
    ann, bo = of(Author, entries)
    assert (ann.orcid, ann.ids, ann.aliases) == ("0000-0002-1825-0097", ("scopus:364",), ("Ann B. Roe", "安", "A. Roe"))
    assert ann.categories == ("openalex:T1",)
    assert ann.reported.model_dump(mode="json", exclude_none=True) == {
        "as_of": "2026-03-15", "h_index": 2, "paper_count": 3, "citation_count": 9,
    }  # fmt: skip
    assert (bo.categories, bo.reported) == (("openalex:C42", "openalex:C41"), None)
    assert refused(entries) == [(3, "display_name", "must be text, not null")]


def test_institutions_and_suggestions(tmp_path: Path) -> None:
    entries = read(
        tmp_path,
        PLACE | {"display_name_acronyms": ["EU"], "display_name_alternatives": ["Voorbeeld", "Example University"],
                 "ids": {"grid": "grid.1.2", "wikidata": "https://www.wikidata.org/wiki/Q9", "mag": "5"},
                 "type": "education", "homepage_url": "https://eu.example", "geo": {"city": "Delft", "region": None}},
        {"results": [{"id": f"{URL}I6", "display_name": "Other", "hint": "Here", "entity_type": "institution"}]},
    )  # fmt: skip
    first, second = of(Institution, entries)
    assert (first.id, first.ror, first.country, first.aliases) == ("openalex:I5", "00jmfr291", "NL", ("Voorbeeld",))
    assert first.ids == ("mag:5", "grid:grid.1.2", "wikidata:Q9")
    assert (first.types, first.homepage, first.city, first.region) == (("education",), "https://eu.example", "Delft", None)
    assert (second.id, second.name, second.ror, second.types) == ("openalex:I6", "Other", None, ())


def test_concepts_are_a_tree_with_one_parent_each(tmp_path: Path) -> None:
    def concept(number: int, level: int, **members: Any) -> Json:
        return {"id": f"{URL}C{number}", "display_name": f"c{number}", "level": level, **members}

    above = [concept(2, 1), concept(3, 1), concept(4, 0)]
    categories = of(Category, read(tmp_path, concept(1, 2, ancestors=above), concept(4, 0, ancestors=[])))
    assert [(each.code, each.parent) for each in categories] == [
        ("openalex:C1", "openalex:C2"), ("openalex:C2", "openalex:C4"), ("openalex:C3", "openalex:C4"), ("openalex:C4", None),
    ]  # fmt: skip
    unsure = of(Category, read(tmp_path, concept(1, 2, ancestors=[*above, concept(5, 0)])))
    assert {each.code: each.parent for each in unsure} == {
        "openalex:C1": "openalex:C2", "openalex:C2": None, "openalex:C3": None, "openalex:C4": None, "openalex:C5": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "member", "reason"),
    [
        ({"id": f"{URL}S1"}, "", "S1: Byline keeps works, authors, institutions, topics and concepts, but no venues"),
        ({"id": f"{URL}continents/Q46"}, "",
         "continents/Q46: Byline keeps works, authors, institutions, topics and concepts, but no continents"),
        ({"id": "https://example.org/W1x"}, "id", "is no id of OpenAlex: 'https://example.org/W1x'"),
        ({"title": "t"}, "id", "is no id of OpenAlex: null"),
        ([1], "[0]", "must be an object"),
        ({"error": "Not found", "message": "no such work"}, "", "is an error that OpenAlex answered: Not found: no such work"),
    ],
)  # fmt: skip
def test_what_is_not_kept(tmp_path: Path, value: Any, member: str, reason: str) -> None:
    assert refused(read(tmp_path, value)) == [(1, member, reason)]


def snapshot(folder: Path, *, stated: int = 1) -> Path:
    part = "works/updated_date=2023-05-16/part_000.gz"
    read(folder, work(1), name=part)
    read(folder, {"id": f"{URL}S1"}, name="sources/updated_date=2023-05-16/part_000.gz")
    (folder / "works" / "updated_date=2023-05-16" / "part_000").write_text("the same part, unpacked")
    entries = [{"url": f"s3://openalex/data/{part}", "meta": {"record_count": stated}}]
    (folder / "works" / "manifest").write_text(json.dumps({"entries": entries}, indent=2))
    (folder / "README.txt").write_text("a note")
    return folder


def test_a_folder_is_taken_for_its_parts(tmp_path: Path) -> None:
    source = SOURCES["openalex"]
    assert source.parts is not None
    folder = snapshot(tmp_path / "whole")
    (part,) = source.parts(folder)
    assert part == folder / "works/updated_date=2023-05-16/part_000.gz"
    assert list(source.parts(folder / "works")) == [part]
    assert list(source.parts(folder / "sources")) == []
    assert refused(without_tallies(source.read(part, {}))) == []


def test_a_part_against_its_manifest(tmp_path: Path) -> None:
    part = snapshot(tmp_path, stated=3) / "works/updated_date=2023-05-16/part_000.gz"
    entries = without_tallies(SOURCES["openalex"].read(part, {}))
    (short,) = of(Notice, entries)
    assert str(short) == (
        "works/updated_date=2023-05-16/part_000.gz:1: is not whole: the manifest beside it states 3 records, 1 are here"
    )
    part.write_bytes(part.read_bytes()[:-12])
    with pytest.raises(SourceFailed, match=r"part_000\.gz is cut short"):
        without_tallies(SOURCES["openalex"].read(part, {}))


def test_merged_ids(tmp_path: Path) -> None:
    path = tmp_path / "merged_ids" / "authors" / "2023-04-13.csv"
    path.parent.mkdir(parents=True)
    path.write_text(
        "merge_date,id,merge_into_id\n2023-04-13,A3,A4\n2023-04-13,https://openalex.org/I3,I4\n2023-04-13,A5,A9999999999\n"
        "2023-04-13,S1,S2\n2023-04-13,A1,W2\n\n2023-04-13,A1\n2023-04-13,W1,W2\n"
    )
    entries = without_tallies(SOURCES["openalex"].read(path, {}))
    assert [(each.kind, each.ids) for each in of(Same, entries)] == [
        ("author", ("openalex:A3", "openalex:A4")),
        ("institution", ("openalex:I3", "openalex:I4")),
        ("paper", ("openalex:W1", "openalex:W2")),
    ]
    assert refused(entries) == [
        (4, "merge_into_id", "A9999999999 stands for nobody: A5 was removed, not merged"),
        (5, "", "S1, S2: Byline follows merges of works, authors and institutions only"),
        (6, "", "A1, W2: Byline follows merges of works, authors and institutions only"),
        (8, "", "is not two ids: '2023-04-13,A1'"),
    ]
    path.write_text("a,b\n1,2\n")
    (only,) = without_tallies(SOURCES["openalex"].read(path, {}))
    assert str(only).endswith("is no list of merged ids: its first line must name id and merge_into_id")


@pytest.mark.parametrize(
    ("name", "turned"),
    [("Roe, Ann B.", "Ann B. Roe"), ("Roe, Jr.", "Roe, Jr."), ("Ann Roe, PhD", "Ann Roe, PhD"), ("A, B, C", "A, B, C"),
     ("Ann Roe", "Ann Roe"), ("Roe,", "Roe,")],
)  # fmt: skip
def test_names_of_a_card_index(name: str, turned: str) -> None:
    assert natural(name) == turned


@pytest.mark.parametrize(
    ("left", "right", "may"),
    [
        ("Ann Roe", "Roe A.", True), ("Ann Roe", "Bo Li", False), ("A. R.", "Bo Li", True), ("Ann Roe", "安", True),
        ("Yuri Gagarin", "Iurii Gagarine", True), ("Li Wei", "Wei Li", True), ("Anna Roe", "Anne Li", False),
    ],
)  # fmt: skip
def test_names_that_may_be_one_persons(left: str, right: str, may: bool) -> None:
    assert related(left, right) is related(right, left) is may


# Files of which something is rejected, and how often each reason is the reason.
REASONS = {
    "works/updated_date=2023-05-16/part_000.gz": {"title: is missing: OpenAlex knows none of": 16},
    # An Armenian name with two zero-width spaces in it.
    "institutions/updated_date=2023-09-04/part_000.gz": {"control or zero-width characters were removed": 1},
    "works_list.json": {"the person is left out, the name is kept": 4},
    "award.json": {"but no awards": 1},
    "continent.json": {"but no continents": 1},
    "country.json": {"but no countries": 1},
    "funder.json": {"but no funders": 1},
    "institution_type.json": {"but no institution types": 1},
    "keyword.json": {"but no keywords": 1},
    "language.json": {"but no languages": 1},
    "license.json": {"but no licenses": 1},
    "publisher.json": {"but no publishers": 1},
    "sdg.json": {"but no sdgs": 1},
    "source.json": {"but no venues": 1},
    "source_type.json": {"but no source types": 1},
    "work_type.json": {"but no types": 1},
}
KEPT = {
    "author.json": {"author": 1, "category": 15},
    "autocomplete.json": {"institution": 10},
    "domain.json": {"category": 3},
    "field.json": {"category": 4},
    "institution.json": {"institution": 1},
    "subfield.json": {"category": 5},
    "topic.json": {"category": 4},
    "work.json": {"paper": 1, "author": 1, "category": 10},
    "works_list.json": {"paper": 2, "category": 12},
    "A5023888391": {"author": 1, "category": 20},
    "authors/updated_date=2023-04-21/part_000.gz": {"author": 1},
    "C71924100": {"category": 1},
    "concepts/updated_date=2023-09-20/part_000.gz": {"category": 58},
    "I27837315": {"institution": 1},
    "institutions/updated_date=2023-09-04/part_000.gz": {"institution": 678},
    "merged_ids/authors/2022-08-03.csv.gz": {"same": 1},
    "merged_ids/authors/2023-04-13.csv.gz": {"same": 4},
    "W2741809807": {"paper": 1, "author": 1, "category": 20},
    "works/updated_date=2023-05-16/part_000.gz": {"paper": 11, "category": 76},
}


@pytest.mark.corpus
def test_every_real_file(corpora: Path) -> None:
    source = SOURCES["openalex"]
    assert source.parts is not None
    counts: dict[str, Counter[str]] = {}
    reasons: dict[str, list[str]] = {}
    for path in source.parts(corpora / "openalex"):
        entries = without_tallies(source.read(path, {}))
        counts[folder.name(path)] = Counter(each.type for each in entries if not isinstance(each, Notice))
        reasons[folder.name(path)] = [f"{each.member}: {each.reason}" for each in of(Notice, entries)]
    assert {name: dict(counted) for name, counted in counts.items() if counted} == KEPT
    assert {name for name, lines in reasons.items() if lines} == set(REASONS)
    for name, expected in REASONS.items():
        for words, count in expected.items():
            assert sum(words in reason for reason in reasons[name]) == count == len(reasons[name]), name

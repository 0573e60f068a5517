"""Lists of papers: authors with institutions, ids that fit or do not, and the real lists."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from byline.data.notices import Notice
from byline.data.record import Author, Institution, Paper
from byline.data.reference.countries import CODES, code_of
from byline.data.sources import SOURCES
from tests.data.views import without_tallies

Read = Callable[..., list[Any]]


def line(*authors: dict[str, Any], **members: Any) -> str:
    return orjson.dumps({"id": "x1", "title": "T", "year": 2020, "authors": list(authors)} | members).decode() + "\n"


def test_a_paper(read: Read) -> None:
    ann = {
        "name": "Ann Roe",
        "openreview": "~Ann_Roe1",
        "dblp": "https://dblp.org/pid/12/34-1.html",
        "orcid": "0000-0002-1825-0097",
    }
    bo = {"name": "Bo Li", "aff_raw": "MIT+ Google ", "inst": [], "country": []}
    ann |= {"inst": ["Oxford", "Independent Researcher", "Meta"], "country": ["United Kingdom", "Unknown", "Türkiye"]}
    text = line(
        ann,
        bo,
        title="$k$-means",
        doi="https://doi.org/10.1/x 10.1000/x",
        arxiv="arXiv:1612.00496v2",
        cited_by=25,
        keywords=["k"],
    )
    person, paper = read("paperlists", text)
    assert person == {"type": "author", "id": "openreview:~Ann_Roe1", "ids": ["dblp:12/34-1"], "name": "Ann Roe"}
    assert paper == {
        "type": "paper",
        "id": "paperlists:x1",
        "title": "k-means",
        "year": 2020,
        "doi": "10.1000/x",
        "arxiv": "1612.00496",
        "authors": [
            {
                "name": "Ann Roe",
                "id": "openreview:~Ann_Roe1",
                "orcid": "0000-0002-1825-0097",
                "institutions": [{"name": "Oxford", "country": "GB"}, {"name": "Meta", "country": "TR"}],
            },
            {"name": "Bo Li", "institutions": [{"name": "MIT"}, {"name": "Google"}]},
        ],
        "authors_complete": True,
        "reported": {"citation_count": 25},
    }


def test_a_person_with_several_ids_is_told_once(read: Read) -> None:
    ann = {"name": "Ann Roe", "openreview": "~Ann_Roe1", "acl": "ann-roe"}
    entries = read("paperlists", line(ann) * 3 + line({"name": "Bo", "dblp": "https://dblp.org/pers/hd/b/Bo:Li"}))
    assert Counter(each["type"] for each in entries) == {"author": 1, "paper": 4}
    assert "id" not in entries[-1]["authors"][0], "an address of the old kind is no id"


def test_ids_in_another_order_are_set_aside(read: Read) -> None:
    ann, bo = (
        {"name": "Ann Roe", "openreview": "~Bo_Li2", "orcid": "0000-0002-1825-0097"},
        {"name": "Bo Li", "openreview": "~Ann_Roe1"},
    )
    refused, paper = read("paperlists", line(ann, bo))
    assert refused == (1, "authors", "have ids in another order than the authors; the ids were left out")
    assert paper["authors"] == [{"name": "Ann Roe"}, {"name": "Bo Li"}]
    # A name that changed is no other order.
    (_, paper) = [None, *read("paperlists", line({"name": "Ann Roe", "openreview": "~Ann_Miller1"}))]
    assert paper["authors"][0]["id"] == "openreview:~Ann_Miller1"


def test_entries_that_are_not_one_person(read: Read) -> None:
    several = {"name": "Ann Roe, Bo Li & Cy Du", "inst": ["Delft"], "orcid": "0000-0002-1825-0097"}
    entries = read("paperlists", line(several, {"name": "Di Fu"}, {"name": "III"}) + line({"name": "Anonymous"}) + line())
    first, second, third = (each for each in entries if isinstance(each, dict))
    assert [each["name"] for each in first["authors"]] == ["Ann Roe", "Bo Li", "Cy Du", "Di Fu, III"]
    assert first["institutions"] == [{"name": "Delft"}], "nobody knows whose of the three it is"
    assert not any("orcid" in each for each in first["authors"])
    assert "authors" not in second
    assert "authors" not in third


@pytest.mark.parametrize("name", ["Independent Researcher", "Unknown", "N/A", "-", "1", "Freelance", "independent consultant"])
def test_no_institutions(read: Read, name: str) -> None:
    (paper,) = read("paperlists", line({"name": "Ann Roe", "inst": [name], "country": ["Unknown"]}))
    assert paper["authors"] == [{"name": "Ann Roe"}]


def test_what_does_not_fit(read: Read) -> None:
    bad = line({"name": "Ann Roe", "orcid": "0000-1"}, {"name": "Bo Li", "inst": ["X"]}, year="2020", cited_by=-1, doi="none")
    entries = read("paperlists", bad + "[1]\nx\n" + line(title=""))
    assert sorted(each for each in entries if isinstance(each, tuple)) == [
        (1, "authors[0].orcid", "is no ORCID: '0000-1' is not four groups of four digits; it is left out"),
        (1, "cited_by", "must be at least 0, not -1; it is left out"),
        (1, "doi", "is no DOI: 'none' does not begin with 10.; it is left out"),
        (1, "year", "must be a whole number, not '2020'; 2020 is taken"),
        (2, "", "must be a JSON object"),
        (3, "", "is not JSON: unexpected character, expected a JSON value (character 1)"),
        (4, "title", "is empty"),
    ]
    assert [each["title"] for each in entries if isinstance(each, dict)] == ["T"]


def test_other_catalogues_have_no_such_papers(read: Read) -> None:
    lines = [
        {"title": "T", "authorships": []},
        {"title": "T", "authors": "Ann Roe"},
        {"name": "Ann"},
        {"title": "T", "type": "paper"},
    ]
    assert [each[2] for each in read("paperlists", b"\n".join(map(orjson.dumps, lines)))] == [
        "is no paper of such a list: it has authorships, which such lists do not have",
        "is no paper of such a list: its authors must be a list of objects with a name",
        "is no paper of such a list: it has neither title nor authors",
        "is no paper of such a list: it has type, which such lists do not have",
    ]
    refused, paper = read("paperlists", orjson.dumps({"title": "T", "authors": ["Ann Roe", {"name": "Bo Li"}]}))
    assert refused == (1, "authors[0]", "must be an object with a name and was left out: 'Ann Roe'")
    assert paper["authors"] == [{"name": "Bo Li"}]


def test_institutions_and_countries(read: Read) -> None:
    rows = [
        {"name": "ETH Zurich", "authorships": 3, "countries": {"Switzerland": 3, "Unknown": 1}},
        {"name": "Google", "countries": {"China": 1, "France": 2}},
        {"name": "Independent", "countries": {}},
    ]
    assert read("paperlists", b"\n".join(map(orjson.dumps, rows))) == [
        {"type": "institution", "name": "ETH Zurich", "country": "CH"},
        {"type": "institution", "name": "Google"},
        (3, "name", "is no institution: 'Independent'"),
    ]
    assert (code_of(" south korea "), code_of("Unknown"), code_of("GEORGIA")) == ("KR", None, "GE")
    assert all(len(code) == 2 and code.isupper() for code in CODES.values())


STATED = {
    "Niger": "NE", "Mali": "ML", "Chad": "TD", "Guinea": "GN", "Congo": "CG", "Dominica": "DM", "Kosovo": "XK",
    "Cape Verde": "CV",
    "East Timor": "TL", "Swaziland": "SZ", "Burma": "MM", "Jersey": "JE", "DEU": "DE", "GBR": "GB", "AUT": "AT", "中国": "CN",
    "日本": "JP", "대한민국": "KR", "UK": "GB", "FI": "FI", "St. Lucia": "LC", "the Gambia": "GM", "Côte d’Ivoire": "CI",
    "Korea, Republic of": "KR", "Congo, the Democratic Republic of the": "CD", "Atlantis": None, "XX": None, "Bavaria": None,
}  # fmt: skip


@pytest.mark.parametrize("stated", STATED)
def test_a_country_is_read_or_listed(read: Read, stated: str) -> None:
    code = STATED[stated]
    entry = {"name": "Ann Roe", "inst": ["Delft", "Lund"], "country": ["Unknown", stated]}
    reason = f"is no country that is known: '{stated}'; it is left out"
    entries = read("paperlists", line(entry))
    paper = next(each for each in entries if isinstance(each, dict))
    assert paper["authors"][0]["institutions"] == [{"name": "Delft"}, {"name": "Lund"} | ({"country": code} if code else {})]
    assert [each for each in entries if isinstance(each, tuple)] == ([] if code else [(1, "authors[0].country[1]", reason)])
    entries = read("paperlists", orjson.dumps({"name": "Lund", "countries": {stated: 2, "Unknown": 1}}))
    assert entries[0] == {"type": "institution", "name": "Lund"} | ({"country": code} if code else {})
    assert entries[1:] == ([] if code else [(1, "countries", reason)])


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"inst": ["Delft", "Lund"], "country": ["Netherlands"]}, "must be one for each of inst: 1 for 2; they are left out"),
        ({"inst": ["Delft"], "country": ["Netherlands", "Sweden"]}, "must be one for each of inst: 2 for 1; they are left out"),
        ({"aff_raw": "Delft", "country": ["Netherlands"]}, "must be one for each of inst: 1 for 0; they are left out"),
        ({"inst": ["Delft"], "country": "Chad"}, "must be a list, one country for each of inst, not 'Chad'; it is left out"),
        ({"inst": ["Delft", "Lund"], "country": ["Unknown"]}, None),
        ({"inst": ["Delft", "Lund"], "country": []}, None),
    ],
)
def test_countries_that_are_nobodys_are_listed(read: Read, members: dict[str, Any], reason: str | None) -> None:
    paper, *notices = read("paperlists", line({"name": "Bo Li"}, {"name": "Ann Roe"} | members))
    assert not any("country" in each for each in paper["authors"][1]["institutions"])
    assert notices == ([(1, "authors[1].country", reason)] if reason else [])


@pytest.mark.long
@pytest.mark.corpus
def test_the_real_papers(corpora: Path) -> None:
    records = without_tallies(SOURCES["paperlists"].read(corpora / "paperlists" / "papers.jsonl.zst", {}))
    papers = [each for each in records if isinstance(each, Paper)]
    entries = [entry for each in papers for entry in each.authors or ()]
    schemes = Counter((entry.id or "-:").partition(":")[0] for entry in entries)
    assert (len(papers), sum(isinstance(each, Author) for each in records)) == (57_171, 4_193)
    assert (schemes["openreview"], schemes["acl"], schemes["dblp"]) == (19_197, 28_456, 0), "two addresses are nobody"
    assert sum(entry.orcid is not None for entry in entries) == 3_386
    assert sum(each.reported is not None for each in papers) == 46_742
    countries = {place.country for entry in entries for place in entry.institutions}
    assert {"US", "CN", "TR", "KR", None} <= countries
    names = {place.name for entry in entries for place in entry.institutions}
    assert not names & {
        "Independent Researcher",
        "Independent",
        "Unknown Institution",
        "Unknown University",
        "Independent Consultant",
    }
    notices = [each for each in records if isinstance(each, Notice)]
    assert {each.member for each in notices if each.member.endswith("orcid")} == {"authors[3].orcid", "authors[4].orcid"}
    # One conference has each list of authors as one text; ten names of institutions hold control characters.
    outcomes = Counter(each.outcome.value for each in notices if each.member.startswith("authors"))
    assert outcomes == {"mended": 4_574, "doubted": 168, "left out": 39}


@pytest.mark.corpus
def test_the_real_institutions(corpora: Path) -> None:
    entries = without_tallies(SOURCES["paperlists"].read(corpora / "paperlists" / "institutions.jsonl.zst", {}))
    assert sum(isinstance(each, Institution) for each in entries) == 12_376
    assert [each.reason.partition(":")[0] for each in entries if isinstance(each, Notice)] == ["is no institution"] * 8

"""CSL-JSON and Crossref's works: shapes, names, dates, and the real samples."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from byline.data.record import Paper
from byline.data.sources import SOURCES
from tests.data.views import without_tallies

Read = Callable[..., list[Any]]
ITEM = {
    "id": "roe2020",
    "type": "article-journal",
    "title": "On <i>Examples</i>",
    "author": [
        {"family": "Berg", "given": "Cy", "non-dropping-particle": "van der", "suffix": "Jr."},
        {"literal": "World Health Organization"},
        {
            "family": "Roe",
            "given": "Ann",
            "ORCID": "https://orcid.org/0000-0002-1825-0097",
            "affiliation": [{"name": "Delft"}, {}],
        },
    ],
    "issued": {"date-parts": [[2020, "1", 5]]},
    "DOI": "10.1000/X",
    "URL": "https://arxiv.org/abs/2001.00001v2",
    "keyword": "cs.CL",
}


def test_an_item(read: Read) -> None:
    expected = {
        "type": "paper",
        "title": "On Examples",
        "date": "2020-01-05",
        "year": 2020,
        "doi": "10.1000/x",
        "arxiv": "2001.00001",
        "paper_type": "journal-article",
        "authors": [
            {"name": "Cy van der Berg, Jr."},
            {"name": "Ann Roe", "orcid": "0000-0002-1825-0097", "institutions": [{"name": "Delft"}]},
        ],
        "authors_complete": True,
        "institutions": [{"name": "World Health Organization"}],
    }
    shapes = [ITEM, [ITEM], {"items": [ITEM]}, {"status": "ok", "message": ITEM}, {"message": {"items": [ITEM]}}]
    for shape in shapes:
        assert read("csl", orjson.dumps(shape)) == [expected]
        assert read("csl", orjson.dumps(shape, option=orjson.OPT_INDENT_2)) == [expected]
    assert read("csl", orjson.dumps(ITEM) + b"\n" + orjson.dumps(ITEM)) == [expected] * 2


@pytest.mark.parametrize(
    ("issued", "members"),
    [
        ({"date-parts": [[2020]]}, {"year": 2020}),
        ({"date-parts": [[2020, 2]]}, {"year": 2020}),
        ({"date-parts": [[2020, 2, 30]]}, {"year": 2020}),
        ({"date-parts": [[None]]}, {}),
        ({"raw": "2019-03-04"}, {"date": "2019-03-04", "year": 2019}),
        ({"literal": "circa 1850"}, {"year": 1850}),
        ("soon", {}),
        (None, {}),
    ],
)
def test_dates(read: Read, issued: Any, members: dict[str, Any]) -> None:
    *_, paper = read("csl", orjson.dumps({"title": "T", "issued": issued}))
    assert paper == {"type": "paper", "title": "T"} | members


def test_crossref(read: Read) -> None:
    work = {
        "title": ["A &amp; B", "ignored"],
        "DOI": "10.1000/y",
        "abstract": "<jats:p>Text.</jats:p>",
        "is-referenced-by-count": 7,
        "reference": [{"DOI": "10.1000/Z"}, {"unstructured": "x"}],
        "author": [{"name": "The CMS Collaboration"}, {"family": "Li"}],
        "published": {"date-parts": [[2020, 1, 2]]},
    }
    (paper,) = read("csl", orjson.dumps(work))
    assert (paper["title"], paper["abstract"], paper["date"]) == ("A & B", "Text.", "2020-01-02")
    assert (paper["references"], paper["reported"]) == (["doi:10.1000/z"], {"citation_count": 7})
    assert paper["references_complete"] is False, "one of them has no DOI"
    assert (paper["authors"], paper["authors_complete"]) == ([{"name": "Li"}], False)
    assert paper["institutions"] == [{"name": "CMS Collaboration"}]


def test_what_does_not_fit(read: Read) -> None:
    items = [{"title": "T", "DOI": "none", "author": [{"family": "Roe", "ORCID": "1"}]}, {"DOI": "10.1000/x"}, 7]
    assert read("csl", orjson.dumps({"items": items})) == [
        {"type": "paper", "title": "T", "authors": [{"name": "Roe"}], "authors_complete": True},
        (1, "items[0].DOI", "is no DOI: 'none' does not begin with 10.; it is left out"),
        (1, "items[0].author[0].ORCID", "is no ORCID: '1' is not four groups of four digits; it is left out"),
        (1, "items[1].title", "is empty"),
        (1, "items[2]", "must be an item: a JSON object"),
    ]


def test_a_line_of_a_note_is_an_arxiv_id_and_a_mention_is_none(read: Read) -> None:
    item = {"type": "article", "title": "T"}
    for note in ("arXiv:1901.00010 [cs]", "Citation Key: roe\narXiv: 1901.00010\nread it", "https://arxiv.org/abs/1901.00010"):
        assert read("csl", orjson.dumps(item | {"note": note})) == [item | {"type": "paper", "arxiv": "1901.00010"}]
    why = "mentions an arXiv id, which may be another paper's and was left out: '1901.00010'"
    for note in ("Comment on arXiv:1901.00010", "read it\nCode at https://arxiv.org/abs/1901.00010"):
        assert sorted(map(str, read("csl", orjson.dumps(item | {"note": note})))) == sorted(
            map(str, [item | {"type": "paper"}, (1, "note", why)])
        )


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"URL": "https://doi.org/10.1000/B"}, {"doi": "10.1000/b"}),
        ({"URL": "http://dx.doi.org/10.1000/b", "DOI": "10.1000/c"}, {"doi": "10.1000/c"}),
        ({"URL": "https://a.example/?to=https://doi.org/10.1000/b"}, {}),
        ({"note": "PMID: 1\nDOI: 10.1000/f\nread it"}, {"doi": "10.1000/f"}),
        ({"note": "a reply to DOI: 10.1000/f"}, {}),
        (
            {"container-title": "arXiv:1901.00007 [cs]"},
            {"arxiv": "1901.00007", "venue": {"name": "arXiv", "venue_type": "repository"}},
        ),
        ({"container-title": ["Replies to arXiv:1901.00007"]}, {"venue": {"name": "Replies to arXiv:1901.00007"}}),
        ({"archive": "arXiv", "archive_location": "1901.00008"}, {"arxiv": "1901.00008"}),
        ({"archive": "HAL", "archive_location": "1901.00008"}, {}),
    ],
)
def test_ids_beside_the_member_for_them(read: Read, members: dict[str, Any], expected: dict[str, Any]) -> None:
    assert read("csl", orjson.dumps({"type": "article", "title": "T"} | members)) == [{"type": "paper", "title": "T"} | expected]


def test_affiliations_with_ids(read: Read) -> None:
    ror, other = ({"id": f"https://ror.org/{key}", "id-type": "ROR"} for key in ("02e2c7k09", "05gvnxz63"))
    isni = {"id": "https://isni.org/isni/0000000120974740", "id-type": "ISNI"}
    affiliations = [{"name": "Delft", "id": [isni, ror]}, {"name": "Both", "id": [ror, other]}, {"name": "None", "id": "x"}]
    author = {"family": "Roe", "affiliation": affiliations}
    paper, tally = read("csl", orjson.dumps({"title": "T", "author": [author]}), unplaced=True)
    assert tally == (1, "author[].affiliation[].id", "has no place in the graph"), "two of the three name no one institution"
    assert paper["authors"][0]["institutions"] == [{"name": "Delft", "ror": "02e2c7k09"}, {"name": "Both"}, {"name": "None"}]
    wrong = [{"name": "Delft", "id": [{"id": "https://ror.org/02e2c7k0x", "id-type": "ROR"}]}]
    paper, (_, member, why) = read("csl", orjson.dumps({"title": "T", "author": [{"family": "Roe", "affiliation": wrong}]}))
    assert paper["authors"][0]["institutions"] == [{"name": "Delft"}]
    assert member == "author[0].affiliation"
    assert "is no ROR" in why


@pytest.mark.parametrize(
    ("abstract", "text"),
    [
        ("<jats:title>Abstract</jats:title><jats:p>We show.</jats:p>", "Abstract We show."),
        ("<jats:sec><jats:title>A</jats:title>\n<jats:p>H<jats:sub>2</jats:sub>O</jats:p></jats:sec>", "A H2O"),
        ("line<br/>two", "line two"),
        ("<div><li>one</li><li>t<b>w</b>o</li></div>", "one two"),
    ],
)
def test_tags_that_part_texts(read: Read, abstract: str, text: str) -> None:
    (paper,) = read("csl", orjson.dumps({"type": "article", "title": "T", "abstract": abstract}))
    assert paper["abstract"] == text


def test_other_catalogues_have_no_items(read: Read) -> None:
    none = "is no item of CSL-JSON or Crossref:"
    foreign = [{"title": "T", "authors": []}, {"title": "T"}, {"type": "book", "title": "T", "authorships": []}]
    assert read("csl", orjson.dumps([*foreign, {"type": "book", "title": "T"}])) == [
        (1, "[0]", f"{none} it has authors, which items do not have"),
        (
            1,
            "[1]",
            f"{none} it has neither a type of theirs nor author, issued, DOI or another of their members",
        ),
        (1, "[2]", f"{none} it has authorships, which items do not have"),
        {"type": "paper", "title": "T", "paper_type": "book"},
    ]


def test_what_stands_among_the_authors_is_not_lost_in_silence(read: Read) -> None:
    items = [{"title": "T", "author": "Ann Roe"}, {"title": "T", "author": ["Ann Roe", {"family": "Li"}]}]
    assert [each for each in read("csl", orjson.dumps(items)) if isinstance(each, tuple)] == [
        (1, "[0].author", "must be a list of names and was left out: 'Ann Roe'"),
        (1, "[1].author[0]", "must be an object with family, given or literal, and was left out: 'Ann Roe'"),
    ]


@pytest.mark.corpus
def test_the_real_samples_of_crossref(corpora: Path) -> None:
    files = sorted((corpora / "misc" / "alexandria3k" / "crossref-sample").glob("*.gz"))
    entries = [each for path in files for each in without_tallies(SOURCES["csl"].read(path, {}))]
    papers = [each for each in entries if isinstance(each, Paper)]
    # Five authors have "Ph.D" behind the name.
    assert (len(files), len(papers), len(entries)) == (9, 15, 20)
    assert all(each.doi and each.year for each in papers)
    assert sum(len(each.authors or ()) for each in papers) == 70
    assert sum(author.orcid is not None for each in papers for author in each.authors or ()) == 10
    assert sum(bool(each.references) for each in papers) == 7

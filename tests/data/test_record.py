"""What fits into a record, what does not, and in which words it is refused."""

from typing import Any

import pytest

from byline.data.notices import Notice, quoted
from byline.data.record import Paper, dump, parse


def test_ids_texts_and_dates_take_their_normal_form() -> None:
    record = parse(
        {
            "type": "paper",
            "title": "  A \n title ",
            "id": "ACL:Q16-1016",
            "doi": "https://doi.org/10.1162/TACL_a_00094",
            "arxiv": "arXiv:1603.01234v2",
            "date": "2016-05-01",
            "references": ["doi:10.1/X", "arxiv:hep-th/0001001v1"],
            "authors": [{"name": "D. B.  Nguyen", "orcid": "https://orcid.org/0000-0002-1694-233x", "printed": False}],
            "institutions": [{"name": "MPI", "ror": "https://ror.org/01W19AK89", "country": "de"}],
            "unheard_of": 1,
        },
        "f",
        1,
    )
    assert not isinstance(record, Notice)
    assert dump(record) == {
        "type": "paper",
        "title": "A title",
        "id": "acl:Q16-1016",
        "doi": "10.1162/tacl_a_00094",
        "arxiv": "1603.01234",
        "year": 2016,
        "date": "2016-05-01",
        "references": ["doi:10.1/x", "arxiv:hep-th/0001001"],
        "authors": [{"name": "D. B. Nguyen", "orcid": "0000-0002-1694-233X", "printed": False}],
        "institutions": [{"name": "MPI", "ror": "01w19ak89", "country": "DE"}],
    }


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("en", "en"),
        ("EN_us", "en"),
        ("eng", "en"),
        ("ger", "de"),
        ("Français", "fr"),
        ("haw", "haw"),
        ("zh-Hant-TW", "zh"),
        (" ", None),
    ],
)
def test_languages_take_the_shortest_code(stated: str, code: str | None) -> None:
    record = parse({"type": "paper", "title": "t", "language": stated}, "f", 1)
    assert isinstance(record, Paper)
    assert record.language == code


def test_no_authors_said_is_not_no_authors() -> None:
    silent, none = (parse({"type": "paper", "title": "t", "authors": authors}, "f", 1) for authors in (None, []))
    assert not isinstance(silent, Notice)
    assert not isinstance(none, Notice)
    assert "authors" not in dump(silent)
    assert dump(none)["authors"] == []


REFUSED: list[tuple[Any, str, str]] = [
    ([1], "", "must be a JSON object"),
    ({}, "type", "is missing; it is one of paper, author, institution, category, venue, citation, same, homonym"),
    ({"type": "book"}, "type", "must be one of paper, author, institution, category, venue, citation, same, homonym, not 'book'"),
    (
        {"type": ["paper"]},
        "type",
        "must be one of paper, author, institution, category, venue, citation, same, homonym, not a list",
    ),
    ({"type": "paper"}, "title", "is missing"),
    ({"type": "paper", "title": " "}, "title", "is empty"),
    ({"type": "paper", "title": None}, "title", "must be text, not null"),
    ({"type": "paper", "title": "t", "year": "2016"}, "year", "must be a whole number, not '2016'"),
    ({"type": "paper", "title": "t", "year": 0}, "year", "must be at least 1, not 0"),
    ({"type": "paper", "title": "t", "author_count": True}, "author_count", "must be a whole number, not true"),
    ({"type": "paper", "title": "t", "date": "May 1"}, "date", "must be a date such as 2016-05-01, not 'May 1'"),
    ({"type": "paper", "title": "t", "year": 2015, "date": "2016-05-01"}, "date", "is 2016-05-01, but year is 2015"),
    ({"type": "paper", "title": "t", "doi": "11.1/x"}, "doi", "is no DOI: '11.1/x' does not begin with 10."),
    ({"type": "paper", "title": "t", "language": "xx"}, "language", "must be a language, such as en, not 'xx'"),
    (
        {"type": "paper", "title": "t", "paper_type": "thing"},
        "paper_type",
        "must be a type of Crossref's, such as journal-article, not 'thing'",
    ),
    (
        {"type": "paper", "title": "t", "urls": [{"url": "x.org"}]},
        "urls[0].url",
        "must be an address on the web, such as https://example.org/1, not 'x.org'",
    ),
    (
        {"type": "paper", "title": "t", "urls": [{"kind": "GIF", "url": "https://x.org"}]},
        "urls[0].kind",
        "must be one of LANDING_PAGE, PDF, CODE, DATA, VIDEO, SUPPLEMENT, not 'GIF'",
    ),
    ({"type": "paper", "title": "t", "venue": {}}, "venue.name", "is missing"),
    (
        {"type": "venue", "name": "v", "venue_type": "magazine"},
        "venue_type",
        "must be one of journal, conference, series, repository, book, not 'magazine'",
    ),
    (
        {"type": "venue", "name": "v", "issns": ["1550-7999"]},
        "issns[0]",
        "is no ISSN: '1550-7999' should end with 8, if its other digits are right",
    ),
    ({"type": "paper", "title": "t", "funding": [{"award": "7"}]}, "funding[0].funder", "is missing"),
    ({"type": "paper", "title": "t", "language": "und"}, "language", "must be a language, such as en, not 'und'"),
    ({"type": "paper", "title": "t", "authors": {}}, "authors", "must be a list, not an object"),
    ({"type": "paper", "title": "t", "authors": [{"name": "a"}, {}]}, "authors[1].name", "is missing"),
    (
        {"type": "paper", "title": "t", "authors": [{"name": "a", "institutions": [{"name": "i", "country": "Germany"}]}]},
        "authors[0].institutions[0].country",
        "must be a two-letter country code, not 'GERMANY'",
    ),
    ({"type": "institution", "name": "i", "country": "xx"}, "country", "is no country code of ISO 3166: 'XX'"),
    (
        {"type": "paper", "title": "t", "references": ["acl:1", "P13-1011"]},
        "references[1]",
        "must be scheme:value, such as acl:Q16-1016, not 'P13-1011'",
    ),
    (
        {"type": "author", "name": "a", "orcid": "0000-0002-1825-0079"},
        "orcid",
        "is no ORCID: '0000-0002-1825-0079' should end with 0, if its other digits are right",
    ),
    (
        {"type": "author", "name": "a", "id": "orcid:0000-0002-1825-009"},
        "id",
        "is no ORCID: '0000-0002-1825-009' is not four groups of four digits",
    ),
    ({"type": "author", "name": "a", "orcid": "1"}, "orcid", "is no ORCID: '1' is not four groups of four digits"),
    ({"type": "author", "name": "a", "reported": {"h_index": -1}}, "reported.h_index", "must be at least 0, not -1"),
    ({"type": "author", "name": "a", "reported": {"novelty": "52"}}, "reported.novelty", "must be a number, not '52'"),
    ({"type": "citation", "from": "acl:1"}, "to", "is missing"),
    (
        {"type": "same", "kind": "book", "ids": ["a:1", "a:2"]},
        "kind",
        "must be one of author, paper, institution, venue, not 'book'",
    ),
    ({"type": "same", "kind": "paper", "ids": ["a:1"]}, "ids", "must have at least 2 entries"),
    ({"type": "same", "kind": "paper", "ids": ["a:1", "b"]}, "ids[1]", "must be scheme:value, such as acl:Q16-1016, not 'b'"),
]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (r"M\"uller", r"'M\"uller'"),
        (r"{\'e}", '"{\\\'e}"'),
        ("it's", '"it\'s"'),
        ("a\tb\x00", "'a\\tb\\x00'"),
        ("\x00" * 60 + "x", "'" + "\\x00" * 60 + "…'"),
        ("é" * 60, "'" + "é" * 60 + "'"),
    ],
)
def test_values_are_shown_as_they_stand_and_cut_between_signs(text: str, seen: str) -> None:
    assert quoted(text) == seen


@pytest.mark.parametrize(("value", "member", "reason"), REFUSED)
def test_refused_in_words(value: Any, member: str, reason: str) -> None:
    assert parse(value, "f.jsonl", 7) == Notice("f.jsonl", 7, member, reason)


def test_an_institution_that_was_validated_before_is_read_alike() -> None:
    def paper(*places: object) -> dict[str, object]:
        return {"type": "paper", "title": "On X", "authors": [{"name": "Ann Roe", "institutions": list(places)}]}

    stated = {"name": " ETH  Z\u00fcrich ", "id": "x:7", "country": "ch", "ror": ""}
    bad = {"name": "ETH", "country": "Swiss"}
    first, second = (parse(paper(stated), "f", 1) for _ in range(2))
    assert first == second
    assert not isinstance(first, Notice)
    assert dump(first)["authors"] == [
        {"name": "Ann Roe", "institutions": [{"name": "ETH Z\u00fcrich", "id": "x:7", "country": "CH"}]}
    ]
    # Beside one that is known, and again: what is wrong is told each time, at its place.
    for _ in range(2):
        found = parse(paper(stated, bad), "f", 1)
        assert isinstance(found, Notice)
        assert found.member == "authors[0].institutions[1].country"
    for odd in (7, "ETH", None, ["ETH"], {"name": ["ETH"]}):
        assert isinstance(parse(paper(stated, odd), "f", 1), Notice)
    assert not isinstance(parse({**paper(), "institutions": None}, "f", 1), Notice)
    assert isinstance(parse({**paper(), "institutions": {"name": "ETH"}}, "f", 1), Notice)

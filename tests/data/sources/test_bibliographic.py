"""What sources state of papers beside title, date and authors: venue, type, pages, language, rights, funders."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest

Read = Callable[..., list[Any]]


def members(record: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: record[name] for name in names if name in record}


NAMES = ("venue", "paper_type", "volume", "issue", "pages", "language", "keywords")
NAMES += ("license", "urls", "funding", "open_access", "retracted")


def test_crossref(read: Read) -> None:
    work = {
        "type": "proceedings-article",
        "title": ["On Tides"],
        "container-title": ["Proceedings of the 3rd Conference on Tides"],
        "ISSN": ["1550-7998", "1"],
        "volume": "4",
        "page": "10–19",
        "language": "en",
        "URL": "http://dx.doi.org/10.1000/x",
        "license": [{"URL": "https://licences.example/by/4.0/"}],
        "link": [
            {"URL": "https://tides.example/x.pdf", "content-type": "application/pdf"},
            {"URL": "https://tides.example/x.xml"},
        ],
        "funder": [{"name": "Tide Fund", "DOI": "10.13039/1", "award": ["A1", "A2"]}, {"name": "Anon", "award": []}],
    }
    paper, refused = read("csl", orjson.dumps(work))
    assert members(paper, *NAMES) == {
        "venue": {
            "name": "Proceedings of the 3rd Conference on Tides",
            "issns": ["1550-7998"],
            "venue_type": "conference",
        },
        "paper_type": "proceedings-article",
        "volume": "4",
        "pages": "10-19",
        "language": "en",
        "license": "https://licences.example/by/4.0/",
        "urls": [{"kind": "PDF", "url": "https://tides.example/x.pdf"}],
        "funding": [
            {"funder": "Tide Fund", "funder_id": "doi:10.13039/1", "award": "A1"},
            {"funder": "Tide Fund", "funder_id": "doi:10.13039/1", "award": "A2"},
            {"funder": "Anon"},
        ],
    }
    assert refused[1] == "ISSN"


def test_bibtex(read: Read) -> None:
    text = """@inproceedings{a, title = {On Tides}, booktitle = {Proc. of Tides 2020}, issn = {1550-7998}, volume = 3, number = 2,
        pages = {1--9}, language = {german}, keywords = {ebb; flow}, url = {https://tides.example/1}}"""
    (paper,) = read("bibtex", text)
    assert members(paper, *NAMES) == {
        "venue": {"name": "Proc. of Tides 2020", "issns": ["1550-7998"]},
        "paper_type": "proceedings-article",
        "volume": "3",
        "issue": "2",
        "pages": "1-9",
        "language": "de",
        "keywords": ["ebb", "flow"],
        "urls": [{"url": "https://tides.example/1"}],
    }


def test_dblp(read: Read) -> None:
    text = """<dblp><inproceedings key="conf/tide/Roe20"><author>Ann Roe</author><title>On Tides.</title><pages>1-9</pages>
<booktitle>TIDE (2)</booktitle></inproceedings>
<article key="journals/corr/abs-2001-00001"><author>Ann Roe</author><title>On Ebbs.</title><journal>CoRR</journal>
<volume>abs/2001.00001</volume></article></dblp>"""
    first, second = read("dblp", text)
    assert members(first, *NAMES) == {
        "venue": {"name": "TIDE", "id": "dblp:conf/tide", "venue_type": "conference"},
        "paper_type": "proceedings-article",
        "pages": "1-9",
    }
    assert members(second, *NAMES) == {
        "venue": {"name": "CoRR", "id": "dblp:journals/corr", "venue_type": "repository"},
        "paper_type": "posted-content",
    }


def test_openalex(read: Read) -> None:
    work = {
        "id": "https://openalex.org/W1",
        "title": "On Tides",
        "type": "article",
        "type_crossref": "journal-article",
        "language": "en",
        "is_retracted": True,
        "open_access": {"is_oa": True},
        "biblio": {"volume": "4", "issue": "2", "first_page": "10", "last_page": "19"},
        "keywords": [{"display_name": "Tide"}],
        "primary_location": {
            "landing_page_url": "https://tides.example/1",
            "license": "cc-by",
            "source": {
                "id": "https://openalex.org/S1",
                "display_name": "Journal of Tides",
                "issn_l": "1550-7998",
                "issn": ["1550-7998", "2049-3630"],
                "type": "journal",
            },
        },
        "grants": [{"funder": "https://openalex.org/F1", "funder_display_name": "Tide Fund", "award_id": "A1"}],
    }
    (paper,) = read("openalex", orjson.dumps(work))
    assert members(paper, *NAMES) == {
        "venue": {
            "name": "Journal of Tides",
            "id": "openalex:S1",
            "venue_type": "journal",
            "issn_l": "1550-7998",
            "issns": ["1550-7998", "2049-3630"],
        },
        "paper_type": "journal-article",
        "volume": "4",
        "issue": "2",
        "pages": "10-19",
        "language": "en",
        "keywords": ["Tide"],
        "license": "cc-by",
        "urls": [{"url": "https://tides.example/1"}],
        "funding": [{"funder": "Tide Fund", "funder_id": "openalex:F1", "award": "A1"}],
        "open_access": True,
        "retracted": True,
    }


def test_the_anthology(read: Read) -> None:
    text = """<collection id="2020.tides"><volume id="1" type="journal"><meta><journal-title>Journal of Tides</journal-title>
<journal-volume>4</journal-volume><venue>tides</venue><year>2020</year></meta>
<paper id="1"><title>On Tides</title><author><last>Roe</last></author><pages>1–9</pages><language>fra</language>
<url>2020.tides-1.1</url><pwccode url="https://code.example/tides"/><video href="https://video.example/1"/>
<video href="2020.tides-1.1.mp4"/><attachment type="software">2020.tides-1.1.Software.zip</attachment>
<attachment type="poster">https://files.example/p.pdf</attachment><retracted/></paper>
</volume></collection>"""
    (paper,) = read("acl", text)
    assert members(paper, *NAMES) == {
        "venue": {"name": "Journal of Tides", "id": "acl:tides", "venue_type": "journal"},
        "paper_type": "journal-article",
        "volume": "4",
        "pages": "1-9",
        "language": "fr",
        "urls": [
            {"url": "https://aclanthology.org/2020.tides-1.1/"},
            {"kind": "PDF", "url": "https://aclanthology.org/2020.tides-1.1.pdf"},
            {"kind": "CODE", "url": "https://code.example/tides"},
            {"kind": "VIDEO", "url": "https://video.example/1"},
            {"kind": "VIDEO", "url": "https://aclanthology.org/2020.tides-1.1.mp4"},
            {"kind": "CODE", "url": "https://aclanthology.org/attachments/2020.tides-1.1.Software.zip"},
            {"kind": "SUPPLEMENT", "url": "https://files.example/p.pdf"},
        ],
        "retracted": True,
    }


BIBTEX = """@article{x, title={On Tides}, author={Roe, Ann}, year=2001, journal={J. Tides}, issn={1550-7998 (print), 1234-56},
    language={klingonish}, url={www.tides.example/x}}"""
XML = """<collection id="2020.tides"><volume id="1"><meta><venue>tides</venue><year>2020</year></meta><paper id="1">
<title>On Tides</title><author><last>Roe</last></author><language>zz9</language><pwccode url="code.example/tides"/></paper>
</volume></collection>"""
WORK = {
    "id": "https://openalex.org/W1", "display_name": "On Tides", "language": "zz9",
    "primary_location": {
        "landing_page_url": "tides.example",
        "source": {"id": "https://openalex.org/S1", "display_name": "T", "issn": ["1234-56"]},
    },
}  # fmt: skip
ITEM = {"id": "x", "type": "article-journal", "title": "On Tides", "language": "zz9", "URL": "tides.example"}
ITEM |= {"container-title": "T", "ISSN": "1550-7998, 1234-56"}


@pytest.mark.parametrize(
    ("source", "text", "named"),
    [
        ("bibtex", BIBTEX, {"issn", "language", "url"}),
        ("acl", XML, {"language", "url"}),
        ("openalex", orjson.dumps(WORK), {"issn", "language", "url"}),
        ("csl", orjson.dumps([ITEM]), {"issn", "language", "url"}),
    ],
)
def test_what_cannot_be_right_is_left_out_alone_and_told_once(read: Read, source: str, text: Any, named: set[str]) -> None:
    paper, *notices = read(source, text)
    assert paper["title"] == "On Tides"
    assert paper.get("venue", {}).get("issns", []) in ([], ["1550-7998"])
    assert "language" not in paper
    assert "urls" not in paper
    told = [(member, reason) for _, member, reason in notices]
    assert len(told) == len(named), told
    assert all("left out" in reason for _, reason in told)
    assert all(any(name in member.lower() for member, _ in told) for name in named), told

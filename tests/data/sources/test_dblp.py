"""DBLP's XML: publications, people, homonyms, entities."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from byline.data.record import Paper
from byline.data.sources import SOURCES
from byline.graph.errors import SourceFailed
from tests.data.views import View, without_tallies

Read = Callable[..., list[Any]]
HEAD = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<!DOCTYPE dblp SYSTEM "dblp.dtd">\n<dblp>\n'
ARTICLE = """<article mdate="2018-11-06" key="journals/x/RoeW17">
<author orcid="0000-0002-1825-0097">Ann R&ouml;e</author>
<author>Wei Wang 0001</author>
<author orcid="0000-1">Wei Wang</author>
<author> </author>
<title>On H<sub>2</sub>O &amp; all.</title>
<year>2017</year>
<journal>J. X</journal>
<ee type="oa">https://arxiv.org/abs/1701.00001v2</ee>
<ee>https://doi.org/10.1145/3077231</ee>
</article>"""
REST = """<inproceedings key="conf/x/Wang18"><author>W. Wang</author><title>Next.</title><year>18</year></inproceedings>
<proceedings key="conf/x/2018"><editor>Ed Itor</editor><title>Proceedings.</title></proceedings>
<article><title>No key.</title></article>
<article key="k"><title></title></article>
<www mdate="2020-01-01" key="homepages/w/WeiWang1"><author>Wei Wang 0001</author>
<author>W. Wang</author><title>Home Page</title><url>https://orcid.org/0000-0001-5109-3700</url>
<url>https://orcid.org/0000-0001-5109-3701</url></www>
<www key="homepages/w/WeiWang" publtype="disambiguation">
<author>Wei Wang</author><title>Home Page</title></www>
<www key="homepages/old/1"><crossref>homepages/w/WeiWang1</crossref></www>
<www key="www/org/w3"><author>A Site</author><title>A site</title></www>
</dblp>
"""


def test_publications_and_people(read: Read) -> None:
    first, orcid, year, second, keyless, untitled, person, wrong, homonym = read(
        "dblp", (HEAD + ARTICLE + REST).encode("latin-1")
    )
    assert homonym == {"type": "homonym", "name": "Wei Wang", "ids": ["dblp-name:Wei Wang"]}
    assert first == {
        "type": "paper",
        "id": "dblp:journals/x/RoeW17",
        "title": "On H2O & all",
        "year": 2017,
        "doi": "10.1145/3077231",
        "arxiv": "1701.00001",
        "paper_type": "journal-article",
        "venue": {"id": "dblp:journals/x", "name": "J. X", "venue_type": "journal"},
        "authors": [
            {"name": "Ann Röe", "id": "dblp-name:Ann Röe", "orcid": "0000-0002-1825-0097"},
            {"name": "Wei Wang", "id": "dblp-name:Wei Wang 0001"},
            {"name": "Wei Wang"},
        ],
    }
    assert orcid == (4, "authors[2].orcid", "is no ORCID: '0000-1' is not four groups of four digits; it is left out")
    assert second == {
        "type": "paper",
        "id": "dblp:conf/x/Wang18",
        "title": "Next",
        "paper_type": "proceedings-article",
        "authors": [{"name": "W. Wang", "id": "dblp-name:W. Wang"}],
    }
    assert year == (14, "year", "states no year that can be read: '18'")
    assert keyless == (16, "key", "is missing: every <article> of DBLP has one")
    assert untitled == (17, "title", "is empty")
    assert person == {
        "type": "author",
        "id": "dblp:w/WeiWang1",
        "ids": ["dblp-name:Wei Wang 0001", "dblp-name:W. Wang"],
        "name": "Wei Wang",
        "aliases": ["W. Wang"],
        "orcid": "0000-0001-5109-3700",
    }
    reason = (
        "is no ORCID: 'https://orcid.org/0000-0001-5109-3701' should end with 0, if its other digits are right; it is left out"
    )
    assert wrong == (18, "url", reason)


def test_homonyms_stay_apart_and_names_of_one_person_come_together(read: Read, graph: Callable[..., View]) -> None:
    other = '<article key="k2"><author>Wei Wang 0002</author><title>Other.</title></article>'
    entries = [each for each in read("dblp", (HEAD + ARTICLE + other + REST).encode("latin-1")) if isinstance(each, dict)]
    authors = graph(*entries).facts.nodes["author"].to_pylist()
    # 0001 (who is W. Wang too), 0002, and the one of whom DBLP does not say who it is.
    assert sorted(each["name"] for each in authors) == ["Ann Röe", "Wei Wang", "Wei Wang", "Wei Wang"]


def test_only_four_digits_with_a_zero_before_them_number_a_homonym(read: Read) -> None:
    names = ["Person 3850", "Bo Lund 1000", "Wei Wang 0002", "王伟 ０００１"]
    authors = "".join(f"<author>{name}</author>" for name in names)
    person = '<www key="homepages/p/P"><author>Person 3850</author><author>Wei Wang 0003</author></www>'
    text = f'<dblp><article key="k">{authors}<title>T.</title></article>{person}</dblp>'
    paper, first, second, third, person_of_two_names = read("dblp", text)
    assert paper["authors"] == [
        {"name": name, "id": f"dblp-name:{stated}"}
        for name, stated in zip(["Person 3850", "Bo Lund 1000", "Wei Wang", "王伟"], [*names[:3], "王伟 0001"], strict=True)
    ]
    for place, notice in enumerate((first, second)):
        reason = f"has a number behind the name that is no mark of a footnote; it is kept: {names[place]!r}"
        assert notice == (1, f"authors[{place}]", reason)
    assert third == (1, "authors[3]", "has marks, a title or a degree beside the name '王伟': '王伟 ０００１'")
    assert (person_of_two_names["name"], person_of_two_names["aliases"]) == ("Person 3850", ["Wei Wang"])


def test_a_bomb_is_refused(read: Read) -> None:
    bomb = '<!DOCTYPE dblp [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><dblp><article key="k"><title>&b;</title></article></dblp>'
    with pytest.raises(SourceFailed, match="defines the entity &a; by itself"):
        read("dblp", bomb)


@pytest.mark.corpus
def test_the_real_sample(corpora: Path) -> None:
    entries = without_tallies(SOURCES["dblp"].read(corpora / "misc" / "alexandria3k" / "dblp.xml.gz", {}))
    papers = [each for each in entries if isinstance(each, Paper)]
    # The sample was cut out of the whole file, without its end.
    assert [str(each) for each in entries if not isinstance(each, Paper)] == [
        "dblp.xml.gz:997: the document ends without the end of its root; what stands before was taken"
    ]
    assert all(each.year and each.title for each in papers)
    assert (len(papers), sum(len(each.authors or ()) for each in papers), sum(bool(each.doi) for each in papers)) == COUNTS
    names = {author.name for each in papers for author in each.authors or ()}
    assert not any("&" in name or name[-1].isdigit() for name in names)


COUNTS = (91, 153, 91)

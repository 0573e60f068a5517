"""What a format states and the graph has no place for: counted in every source, once a member and file, with the first line."""

import io
import json
import re
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from byline.api.cli.console import ended
from byline.data.ingest.ingest import ingest
from byline.data.notices import Notice, Outcome
from byline.data.sources import SOURCES
from byline.data.sources.read.unplaced import Unplaced, shape

Read = Callable[..., list[Any]]
OF_ARXIV = {"id": "2001.00001", "title": "On Tides", "authors": "Ann Roe", "categories": "cs.LG"}
OF_CROSSREF = {"title": ["On Tides"], "type": "journal-article", "author": [{"family": "Roe", "given": "Ann"}]}
OF_OPENALEX = {"id": "https://openalex.org/W1", "title": "On Tides"}
OF_S2 = {"paperId": "a" * 40, "title": "On Tides"}
OF_LISTS = {"id": "x1", "title": "On Tides", "authors": [{"name": "Ann Roe"}]}
OF_ROR = {
    "id": "https://ror.org/02y72wh86",
    "names": [{"value": "Tidal University", "types": ["ror_display", "label"]}, {"value": "TU", "types": ["acronym"]}],
    "types": ["education"],
    "established": 1911,
    "external_ids": [{"type": "fundref", "all": ["501"]}],
}


def jsonl(*values: Any) -> str:
    return "".join(f"{json.dumps(each)}\n" for each in values)


PAGE = "Ann Roe\nLG\nh-index3\nFollowers 12\n\n1 Paper\n\nLGMay 2, 2020\nOn Tides\n\nAnn Roe · Tidal University\n\nText.\n"
ANTHOLOGY = """<collection id="2020.tides">
<volume id="1"><meta><year>2020</year></meta>
<frontmatter><url>2020.tides-1.0</url></frontmatter>
<paper id="1" ingest-date="2020-01-02"><title>Tides</title><bibkey>r</bibkey><award/><author><last>Roe</last></author></paper>
<paper id="2"><title>On Ebbs</title><bibkey>roe-ebbs</bibkey><author><last>Roe</last></author></paper>
</volume></collection>"""
DBLP = """<dblp>
<article key="journals/x/1" mdate="2020-01-02"><author>Ann Roe</author><title>Tides.</title><month>May</month></article>
<proceedings key="conf/x/2020"><title>All Tides.</title></proceedings>
<article key="journals/x/2"><author>Ann Roe</author><title>On Ebbs.</title><month>May</month><volume></volume></article>
<www key="homepages/r/1"><author>Ann Roe</author><note>Tidal University</note></www>
<www key="www/org/x"><title>A site</title></www>
</dblp>"""
BIBTEX = "@article{a, title={On Tides}, author={Ann Roe}, publisher={Tide Press}}\n@proceedings{b, title={All}}\n"
CASES: dict[str, tuple[str, set[tuple[int, str, int]]]] = {
    "arxiv": (
        jsonl(OF_ARXIV | {"comments": "9 pages", "report-no": None}, OF_ARXIV | {"id": "2001.00002", "comments": "8 pages"}),
        {(1, "comments", 2)},
    ),
    "acl": (ANTHOLOGY, {(3, "frontmatter", 1), (4, "@ingest-date", 1), (4, "bibkey", 2)}),
    "bibtex": (BIBTEX, {(1, "publisher", 1), (2, "@proceedings", 1)}),
    "citations": ("citing,cited,year,why\nx:1,x:2,2020,because\nx:1,x:3,2021\n", {(2, "year", 2), (2, "why", 1)}),
    "csl": (
        jsonl(
            OF_CROSSREF | {"publisher": "Tidal Press", "volume": "", "reference": [{"DOI": "10.5555/t1", "year": "1999"}]},
            OF_CROSSREF | {"author": [{"family": "Roe", "affiliation": [{"name": "Tidal University", "id": ["x"]}]}]},
        ),
        {(1, "publisher", 1), (1, "reference[].year", 1), (2, "author[].affiliation[].id", 1)},
    ),
    "dblp": (
        DBLP,
        {(2, "@mdate", 1), (2, "month", 2), (3, "proceedings", 1), (5, "www.note", 1), (6, "www", 1)},
    ),
    "openalex": (
        jsonl(
            OF_OPENALEX | {"fwci": 1.5, "locations": [{"source": {"id": "S1"}, "landing_page_url": "https://x.example"}]},
            OF_OPENALEX | {"id": "https://openalex.org/W2", "fwci": 0.5, "funders": []},
            {"id": "https://openalex.org/I1", "display_name": "Tidal University", "works_count": 7},
        ),
        {(1, "fwci", 2), (1, "locations[].source", 1), (3, "works_count", 1)},
    ),
    "paperlists": (
        jsonl(OF_LISTS | {"track": "main"}, OF_LISTS | {"id": "x2", "authors": [{"name": "Ann Roe", "homepage": "x.example"}]}),
        {(1, "track", 1), (2, "authors[].homepage", 1)},
    ),
    "records": (
        jsonl(
            {"type": "paper", "title": "On Tides", "publisher": "Tide Press", "authors": [{"name": "Ann Roe", "role": "first"}]},
            {"type": "paper", "title": "On Ebbs", "publisher": "Tide Press"},
        ),
        {(1, "publisher", 2), (1, "authors[].role", 1)},
    ),
    "ror": (jsonl(OF_ROR), {(1, "established", 1), (1, "names[] of type acronym", 1), (1, "external_ids of fundref", 1)}),
    "seed_page": (PAGE, {(4, "followers", 1)}),
    "semantic-scholar": (
        jsonl(
            OF_S2 | {"embedding": "J", "tldr": None, "references": [{"paperId": "b" * 40, "title": "Ebbs", "embedding": "E"}]},
            {
                "authorId": "7",
                "name": "Ann Roe",
                "affiliations": ["Tidal University"],
                "papers": [OF_S2 | {"isOpenAccess": True, "openAccessPdf": {"status": "GOLD"}}],
            },
        ),
        {(1, "embedding", 1), (1, "references[].embedding", 1), (2, "affiliations", 1), (2, "papers[].openAccessPdf.status", 1)},
    ),
}


def test_a_ror_of_crossref_has_a_place_and_other_ids_have_none(tmp_path: Path) -> None:
    ids = [[{"id": "https://ror.org/02e2c7k09", "id-type": "ROR"}], [{"id": "https://isni.org/isni/1", "id-type": "ISNI"}]]
    author = {"family": "Roe", "affiliation": [{"name": "Tidal University", "id": each} for each in ids]}
    path = tmp_path / "file"
    path.write_text(jsonl({"title": "Ebbs", "author": [author]}), encoding="utf-8")
    notices = [each for each in SOURCES["csl"].read(path, {}) if isinstance(each, Notice)]
    assert [(each.member, each.count) for each in notices] == [("author[].affiliation[].id", 1)]


def test_there_is_a_case_of_every_source() -> None:
    assert set(CASES) == set(SOURCES)


@pytest.mark.parametrize("source", sorted(CASES))
def test_what_has_no_place_is_counted(source: str, tmp_path: Path) -> None:
    text, expected = CASES[source]
    path = tmp_path / "file"
    path.write_text(text, encoding="utf-8")
    options = {"citations": {"scheme": "x"}, "seed_page": {"captured": "2020"}}.get(source, {})
    notices = [each for each in SOURCES[source].read(path, options) if isinstance(each, Notice)]
    assert all(each.outcome is Outcome.NO_PLACE for each in notices), notices
    assert {(each.line, each.member, each.count) for each in notices} == expected
    assert all(each.file == "file" and each.reason == "has no place in the graph" for each in notices)
    report = ingest(tmp_path / "store", source, [path], options=options)
    assert report.count(Outcome.NO_PLACE) == sum(count for _, _, count in expected)
    # A citation between two works without a record is another matter.
    assert ended(report, strict=True) == (source == "citations")


def test_a_file_of_ever_new_members_is_counted_together() -> None:
    tally = Unplaced("f")
    for line in range(1, 500):
        tally.beyond({f"member-{line}": 1}, shape("id"), line)
    notices = list(tally.notices())
    assert (len(notices), sum(each.count for each in notices)) == (201, 499)
    assert (notices[-1].member, notices[-1].line, notices[-1].count) == ("other members", 201, 299)


def test_members_of_an_archive_are_counted_once_with_the_file_in_which_they_first_stood(tmp_path: Path) -> None:

    path = tmp_path / "anthology.tar"
    with tarfile.open(path, "w") as archive:
        for name in ("2020.tides", "2021.tides"):
            data = re.sub("2020.tides", name, ANTHOLOGY).encode()
            info = tarfile.TarInfo(f"xml/{name}.xml")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    notices = [each for each in SOURCES["acl"].read(path, {}) if isinstance(each, Notice)]
    assert [(each.file, each.count) for each in notices if each.member == "bibkey"] == [("xml/2020.tides.xml", 4)]

"""From a file to the graph, through the ingest: what people put in, what the graph then says of it, and what is listed."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from byline.data.build.build import Built
from byline.data.ingest.ingest import ingest
from byline.graph.model import Kind
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.files.load import facts
from tests.data.views import View

# Of each title: members of the paper, and the authors in order; then outcome and member of each notice.
Papers = dict[str, tuple[dict[str, Any], list[str]]]
CASES: dict[str, tuple[str, str, Papers, set[tuple[str, str]]]] = {
    "DOIs with angle brackets": (
        "bibtex",
        r"""@article{p, author={Sund, Kari}, title={On moss}, year=1997,
          doi={10.5555/(SICI)1520-0001(1997)3:1<11::AID-M1>3.0.CO;2-A}}
        @article{q, author={Ek, Olaf}, title={On fern}, year=1997,
          doi={10.5555/(SICI)1520-0001(1997)3:1$<$29::AID-M2$>$3.0.CO;2-B}}
        @article{r, author={Ek, Olaf}, title={On reed}, year=1999,
          doi={10.5555/(SICI)1520-0001(1997)3:1{\textless}41::AID-M3{\textgreater}3.0.CO;2-C}}
        @article{s, author={Ek, Olaf}, title={On sedge}, year=2001, doi={10.5555/se\_dge{\_}1\%2}}""",
        {
            "On moss": ({"doi": "10.5555/(sici)1520-0001(1997)3:1<11::aid-m1>3.0.co;2-a"}, ["Kari Sund"]),
            "On fern": ({"doi": "10.5555/(sici)1520-0001(1997)3:1<29::aid-m2>3.0.co;2-b"}, ["Olaf Ek"]),
            "On reed": ({"doi": "10.5555/(sici)1520-0001(1997)3:1<41::aid-m3>3.0.co;2-c"}, ["Olaf Ek"]),
            "On sedge": ({"doi": "10.5555/se_dge_1%2"}, ["Olaf Ek"]),
        },
        set(),
    ),
    "the same DOIs in CSL": (
        "csl",
        """[{"id": "p", "type": "article", "title": "On moss", "author": [{"family": "Sund", "given": "Kari"}],
              "DOI": "10.5555/(SICI)1520-0001(1997)3:1&lt;11::AID-M1&gt;3.0.CO;2-A", "issued": {"raw": "c1997"}},
            {"id": "q", "type": "article", "title": "On fern", "author": [{"family": "Ek", "given": "Olaf"}],
              "DOI": "10.5555/(SICI)1520-0001(1997)3:1%3C29::AID-M2%3E3.0.CO;2-B",
              "issued": {"date-parts": [["1997", "00"]]}}]""",
        {
            "On moss": ({"doi": "10.5555/(sici)1520-0001(1997)3:1<11::aid-m1>3.0.co;2-a", "year": 1997}, ["Kari Sund"]),
            "On fern": ({"doi": "10.5555/(sici)1520-0001(1997)3:1<29::aid-m2>3.0.co;2-b", "year": 1997}, ["Olaf Ek"]),
        },
        set(),
    ),
    "ids and days that cannot be right": (
        "records",
        """{"type": "paper", "title": "Bog", "year": 2018, "doi": "10.5555%2Fbog.4", "authors": [{"name": "Kari Sund"}]}
        {"type": "paper", "title": "Fen", "arxiv": "2003.00412v3 [cs.DL]", "authors": [{"name": "Kari Sund"}]}
        {"type": "paper", "title": "Mire", "date": "2018-04-31", "authors": [{"name": "Kari Sund"}]}""",
        {
            "Bog": ({"doi": "10.5555/bog.4", "year": 2018}, ["Kari Sund"]),
            "Fen": ({"arxiv_id": "2003.00412"}, ["Kari Sund"]),
            "Mire": ({"year": 2018, "published_on": None}, ["Kari Sund"]),
        },
        {("mended", "doi"), ("mended", "arxiv"), ("left out", "date")},
    ),
    "TeX in names and titles": (
        "bibtex",
        r"""@article{p, author={\O{}stby, Kari and Nu\~nes, In{\^e}s and {\'E}tienne Roux and Pawe{\l} Lis\thanks{Paid}},
          title={\enquote{Moss} and H\textsubscript{2}O at 3~GHz for \$5}, year={2011b}}""",
        {"“Moss” and H₂O at 3 GHz for $5": ({"year": 2011}, ["Kari Østby", "Inês Nuñes", "Étienne Roux", "Paweł Lis"])},
        set(),
    ),
    "lists that are cut or not parted": (
        "bibtex",
        r"""@article{p, author={Sund, Kari and Others}, title={Cut}, year={2011}}
        @article{q, author={Sund, Kari and and Ek, Olaf}, title={Gap}, year={2012}}
        @article{r, author={Sund, Kari; Ek, Olaf; Lis, Ada}, title={Semicolons}, year={2013}}
        @article{s, author={family=Hout, given=Mia, prefix=van, useprefix=true}, title={Parts}, year={2014}}""",
        {
            "Cut": ({"author_count": None}, ["Kari Sund"]),
            "Gap": ({"author_count": None}, ["Kari Sund", "Olaf Ek"]),
            "Semicolons": ({"author_count": 3}, ["Kari Sund", "Olaf Ek", "Ada Lis"]),
            "Parts": ({"author_count": 1}, ["Mia van Hout"]),
        },
        {("left out", "author"), ("mended", "author[0]")},
    ),
    "a DOI of a book on its chapters": (
        "bibtex",
        r"""@incollection{p, author={Sund, Kari}, title={Of moss and stone}, year=2015, doi={10.5555/book.8}}
        @incollection{q, author={Ek, Olaf}, title={Winter ferries}, year=2015, doi={10.5555/book.8}}
        @incollection{r, author={Lis, Ada}, title={How reeds are cut}, year=2015, doi={10.5555/book.8}}""",
        {
            "Of moss and stone": ({"doi": None}, ["Kari Sund"]),
            "Winter ferries": ({"doi": None}, ["Olaf Ek"]),
            "How reeds are cut": ({"doi": None}, ["Ada Lis"]),
        },
        {("doubted", "doi")},
    ),
    "parents, and members given twice": (
        "bibtex",
        r"""@inproceedings{p, author={Sund, Kari}, title={Child}, crossref={c}}
        @proceedings{c, title={Of a meeting}, year=2009, crossref={d}}
        @article{q, author={Ek, Olaf}, title={Twice}, author={Lis, Ada}, year={199X}}
        @misc{r, author={Ek, Olaf}, title={Eprint}, eprint={math.CO/0402001}, archiveprefix={arXiv}}""",
        {
            "Child": ({"year": 2009}, ["Kari Sund"]),
            "Twice": ({"year": None}, ["Olaf Ek"]),
            "Eprint": ({"arxiv_id": "math/0402001"}, ["Olaf Ek"]),
        },
        {("left out", "author"), ("left out", "year"), ("left out", "crossref"), ("no place", "@proceedings")},
    ),
    "one ORCID on a whole list": (
        "records",
        """{"type": "paper", "title": "Moss", "authors": [{"name": "Kari Sund", "orcid": "0000-0002-1825-0097"},
            {"name": "Olaf Ek", "orcid": "0000-0002-1825-0097"}]}""".replace("\n", ""),
        {"Moss": ({}, ["Kari Sund", "Olaf Ek"])},
        {("doubted", "authors[0].orcid"), ("doubted", "authors[1].orcid")},
    ),
    "authors that a listing hides": (
        "arxiv",
        """{"id": "1305.00042", "title": "Moss", "authors": "K. Sund, O. Ek, et al. (31 additional authors not shown)"}""",
        {"Moss": ({"arxiv_id": "1305.0042", "author_count": 33}, ["K. Sund", "O. Ek"])},
        {("mended", "id")},
    ),
    "people in an affiliation and in one entry": (
        "paperlists",
        """{"id": "z1", "title": "Moss", "year": 2020, "authors": [{"name": "Kari Sund", "inst": ["Kari Sund"]},
            {"name": "O. Ek and A. Lis"}]}""".replace("\n", ""),
        {"Moss": ({"author_count": 3}, ["Kari Sund", "O. Ek", "A. Lis"])},
        {("left out", "authors[0]"), ("mended", "authors[1]")},
    ),
    "a paper that cites itself": (
        "records",
        """{"type": "paper", "id": "z:1", "title": "Moss", "references": ["z:1"], "authors": [{"name": "Kari Sund"}]}""",
        {"Moss": ({}, ["Kari Sund"])},
        {("left out", "references[0]")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_is_put_in_is_what_the_graph_says(tmp_path: Path, case: str) -> None:
    source, text, papers, listed = CASES[case]
    file = tmp_path / "given"
    file.write_text(text, encoding="utf-8")
    report = ingest(tmp_path / "store", source, [file])
    view = View(cast(Built, SimpleNamespace(facts=facts(current(tmp_path / "store")))))
    assert {each["title"] for each in view.nodes[Kind.PAPER]} == set(papers)
    for title, (members, authors) in papers.items():
        paper = view.paper(title)
        assert {name: paper[name] for name in members} == members, title
        assert [name for name, _, _ in view.authors(title)] == authors, title
    reported = {
        (str(each.outcome), each.member) for by in report.tallies.values() for tally in by.values() for each in tally.first
    }
    assert reported == listed

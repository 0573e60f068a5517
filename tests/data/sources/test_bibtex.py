"""BibTeX: names, dates, ids, strings, parents, and what is broken."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., list[Any]]
ENTRY = r"""@string{pami = "IEEE PAMI"}
% a comment line
@comment{anything}
@Article{roe2020,
  author = {Ann Roe and van der Berg, Jr., Cy and M\"uller, J{\"o}rg and {The ATLAS Collaboration}
            and {World Health Organization} and {Plato} and others},
  title = "{S}chr{\"o}dinger's cat of " # pami,
  year = 2020, month = jan, day = 5, abstract = {Text.},
  doi = {https://doi.org/10.1000/X.}, keywords = {cs.CL, physics}
}
"""


def test_an_entry(read: Read) -> None:
    (paper,) = read("bibtex", ENTRY, unplaced=True)
    assert paper == {
        "type": "paper",
        "title": "Schrödinger's cat of IEEE PAMI",
        "abstract": "Text.",
        "date": "2020-01-05",
        "year": 2020,
        "doi": "10.1000/x",
        "paper_type": "journal-article",
        "keywords": ["cs.CL", "physics"],
        "authors": [{"name": name} for name in ("Ann Roe", "Cy van der Berg, Jr.", "Jörg Müller", "Plato")],
        "authors_complete": False,
        "institutions": [{"name": "World Health Organization"}, {"name": "ATLAS Collaboration"}],
    }


def entry(**fields: str) -> str:
    return "@misc{key,\n" + ",\n".join(f"{name} = {{{value}}}" for name, value in ({"title": "T"} | fields).items()) + "\n}\n"


@pytest.mark.parametrize(
    ("fields", "members"),
    [
        ({"year": "2020", "month": "3"}, {"year": 2020}),
        ({"year": "c. {1999}", "month": "Feb", "day": "30"}, {"year": 1999}),
        ({"date": "2024-01-02"}, {"date": "2024-01-02", "year": 2024}),
        ({"date": "2024-01"}, {"year": 2024}),
        ({"year": "forthcoming"}, {}),
        ({"eprint": "2401.00001v2", "archiveprefix": "arXiv", "primaryclass": "cs.CL"},
         {"arxiv": "2401.00001", "categories": ["cs.CL"]}),
        ({"eprint": "arXiv:hep-th/9901001", "eprinttype": "arxiv", "eprintclass": "hep-th"},
         {"arxiv": "hep-th/9901001", "categories": ["hep-th"]}),
        ({"eprint": "12345", "eprinttype": "pubmed", "primaryclass": "cs.CL"}, {}),
        ({"journal": "CoRR arXiv:1701.00001"},
         {"arxiv": "1701.00001", "paper_type": "posted-content", "venue": {"name": "arXiv", "venue_type": "repository"}}),
        ({"url": "https://aclanthology.org/P19-1001/"}, {"id": "acl:P19-1001"}),
        ({"url": "https://www.aclweb.org/anthology/2020.acl-main.7.pdf"}, {"id": "acl:2020.acl-main.7"}),
        ({"author": "A. Roe AND Li, Bo"}, {"authors": [{"name": "A. Roe"}, {"name": "Bo Li"}], "authors_complete": True}),
        ({"author": "{CERN}"}, {"authors": [{"name": "CERN"}], "authors_complete": True}),
        ({"author": "others"}, {}),
    ],
)  # fmt: skip
def test_members(read: Read, fields: dict[str, str], members: dict[str, Any]) -> None:
    paper, *_ = read("bibtex", entry(**fields))
    assert paper == {"type": "paper", "title": "T"} | members


def test_keys_are_ids_in_dblp_only(read: Read) -> None:
    first, second = read("bibtex", "@article{DBLP:journals/x/Y, title={T}}\n@article{smith2020, title={U}}")
    assert (first["id"], "id" in second) == ("dblp:journals/x/Y", False)


def test_children_take_the_year_of_their_parent(read: Read) -> None:
    text = """@inproceedings{a, title={A}, crossref={Par}}
@inproceedings{b, title={B}, crossref={nobody}}
@proceedings{par, title={P}, year=2011}
@inproceedings{c, title={C}, crossref={PAR}}
@inproceedings{d, title={D}, crossref={par}, year=2012}
"""
    *papers, missing, proceedings = read("bibtex", text, unplaced=True)
    assert [(each["title"], each.get("year")) for each in papers] == [
        ("C", 2011), ("D", 2012), ("A", 2011), ("B", None),
    ]  # fmt: skip
    assert missing == (2, "crossref", "names an entry that is not in the file: 'nobody'")
    assert proceedings == (3, "@proceedings", "has no place in the graph")


def test_broken_entries_are_listed_and_the_rest_goes_on(read: Read) -> None:
    text = "@string{j = {J}}\n@misc{ok, title={One}}\n@misc{broken, title = {x\n@misc{same, title={Two} # { } # j}\n\n"
    text += "@misc{same, title={Three}}\n"
    text += entry(doi="none") + "@misc{empty}\n"
    expected = [
        "One",
        (3, "", "is no whole entry: '@misc{broken, title = {x'"),
        "Two J",
        "Three",
        "T",
        (7, "doi", "is no DOI and was left out: 'none'"),
        (11, "title", "is empty"),
    ]
    assert [each if isinstance(each, tuple) else each["title"] for each in read("bibtex", text)] == expected


def test_latin_and_marks(read: Read) -> None:
    paper, encoding = read("bibtex", b"\xef\xbb\xbf@misc{a, title={Caf\xe9}, author={M\xc3\xbcller, J.}}")
    assert (paper["title"], paper["authors"]) == ("Café", [{"name": "J. Müller"}])
    assert encoding == (1, "", "is not UTF-8 and was read in Windows-1252")
    assert read("bibtex", "no entry at all\n") == []


def papers(entries: list[Any]) -> dict[str, Any]:
    return {each["title"]: each for each in entries if isinstance(each, dict)}


def test_inheritance_over_all_levels_in_any_order(read: Read) -> None:
    parts = [
        "@incollection{own, title={Own}, year=2004, month=sep, crossref={Vol}}",
        "@incollection{late, title={Late}, author={Lind, Siv}, CROSSREF={VOL}}",
        "@collection{vol, title={Vol}, editor={Moe, Ivar}, date={2003-02-04}, doi={10.5555/vol}}",
        "@inbook{ch, title={Ch}, crossref={mono}}",
        "@book{mono, title={Mono}, author={Ask, Per}, date={2010}}",
        "@inproceedings{deep, title={Deep}, crossref={part}}",
        "@proceedings{part, title={Part}, crossref={all}}",
        "@mvproceedings{all, title={All}, date={1993}}",
        "@misc{data, xdata={shared, dates}, title={Data}}",
        "@xdata{shared, author={Ask, Per}, doi={10.5555/shared}}",
        "@xdata{dates, date={2015-06-07}}",
        "@set{both, entryset={own, late}}",
        "@misc{loop, title={Loop}, crossref={loop}}",
    ]
    for order in (parts, parts[::-1]):
        entries = read("bibtex", "\n".join(order))
        assert {title: (each.get("year"), each.get("date"), each.get("doi")) for title, each in papers(entries).items()} == {
            "Own": (2004, None, None),
            "Late": (2003, "2003-02-04", None),
            "Ch": (2010, None, None),
            "Mono": (2010, None, None),
            "Deep": (1993, None, None),
            "Data": (2015, "2015-06-07", "10.5555/shared"),
            "Loop": (None, None, None),
        }
        assert papers(entries)["Ch"]["authors"] == papers(entries)["Data"]["authors"] == [{"name": "Per Ask"}]
        assert (order.index(parts[-1]) + 1, "crossref", "names an entry that inherits from it: 'loop'") in entries


@pytest.mark.parametrize(
    ("fields", "arxiv"),
    [
        ({"eprint": "https://arxiv.org/abs/2102.00001v3"}, "2102.00001"),
        ({"eprint": "2102.00001 [cs.AI]", "archiveprefix": "arXiv"}, "2102.00001"),
        ({"number": "arXiv:2102.00001"}, "2102.00001"),
        ({"arxivid": "2102.00001"}, "2102.00001"),
        ({"journal": "CoRR", "volume": "abs/2102.00001"}, "2102.00001"),
        ({"journal": "arXiv preprint arXiv:2102.00001"}, "2102.00001"),
        ({"eid": "arXiv:2102.00001"}, "2102.00001"),
        ({"eprint": "0501001", "archiveprefix": "arXiv", "primaryclass": "math.CO"}, "math/0501001"),
        ({"eprint": "math/0501001"}, "math/0501001"),
        ({"eprint": "0501001"}, None),
        ({"journal": "Annals", "volume": "abs/2102.00001"}, None),
    ],
)
def test_places_of_arxiv_ids(read: Read, fields: dict[str, str], arxiv: str | None) -> None:
    paper, *_ = read("bibtex", entry(**fields))
    assert paper.get("arxiv") == arxiv


@pytest.mark.parametrize("member", ["note", "howpublished"])
def test_prose_that_mentions_an_arxiv_id_does_not_state_it(read: Read, member: str) -> None:
    link = "https://arxiv.org/abs/1901.00010"
    for stated in (
        *("arXiv:1901.00010", "arXiv preprint arXiv:1901.00010", "arXiv:1901.00010v2 [cs.CL]", "preprint, arXiv:1901.00010"),
        *(link, rf"\url{{{link}}}", f"<{link}>", "CoRR, abs/1901.00010", "arXiv e-prints, arXiv:1901.00010, 2019."),
        *("Preprint at " + link, "https://doi.org/10.48550/arXiv.1901.00010", "http://www.arxiv.org/pdf/1901.00010.pdf"),
    ):
        (paper,) = read("bibtex", entry(**{member: stated}))
        assert paper["arxiv"] == "1901.00010", stated
    for mention in (
        *("Comment on arXiv:1901.00010", "Erratum to arXiv:1901.00010 [cs.CL]", "Extended version of arXiv:1901.00010"),
        *(f"See also {link}", f"Code at {link}", "arXiv:1901.00010, arXiv:1902.00011", "arXiv:1901.00010 is refuted"),
    ):
        paper, notice = read("bibtex", entry(**{member: mention}))
        assert "arxiv" not in paper, mention
        assert notice[1:] == (member, "mentions an arXiv id, which may be another paper's and was left out: '1901.00010'")
        (paper,) = read("bibtex", entry(**{member: mention, "eprint": "2003.00001"}))
        assert paper["arxiv"] == "2003.00001"


def test_slips_are_mended_and_listed(read: Read) -> None:
    text = """@misc{a, title = {No comma} year = 2001 author = {Ask, Per}}
@misc{b, title = {One brace too many}}, year = 2002}
@misc{c, title = {Twice}, year = 2003, year = 2004}
@misc{d, title = {Undefined}, year = 2005, note = nowhere # {.}}
% @misc{commented, title = {Nobody sees it}}
@misc{e, title = {Cut off}, year = 2006, abstract = {never closed,
@misc{title = {No key}, year = 2007, % a remark
  month = sept, day = 3}
"""
    entries = read("bibtex", text, unplaced=True)
    assert [(each["title"], each.get("date", each["year"])) for each in papers(entries).values()] == [
        ("No comma", 2001), ("One brace too many", 2002), ("Twice", 2003), ("Undefined", 2005), ("Cut off", 2006),
        ("No key", "2007-09-03"),
    ]  # fmt: skip
    assert [each[:2] for each in entries if isinstance(each, tuple)] == [
        (1, "title"), (1, "year"), (2, "title"), (3, "year"), (4, "note"), (6, "abstract"), (4, "note"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("family=Meer, given=Ruth, prefix=van der, useprefix=true and Lind, Siv", ["Ruth van der Meer", "Siv Lind"]),
        ("given={Ada Mary}, suffix=Jr., family=Okoro", ["Ada Mary Okoro Jr."]),
        (r"\O{}stby, Kari and \L{}ski, Jan\thanks{on leave} and Nowak, Micha\l", ["Kari Østby", "Jan Łski", "Michał Nowak"]),
        ("{{Lind, Siv and Moe, Ivar}}", ["Siv Lind", "Ivar Moe"]),
        ("Lind~Moe, Siv~A.", ["Siv A. Lind Moe"]),
    ],
)  # fmt: skip
def test_names(read: Read, author: str, names: list[str]) -> None:
    paper, *_ = read("bibtex", entry(author=author))
    assert [each["name"] for each in paper["authors"]] == names


def test_encodings(read: Read) -> None:
    text = "@misc{a, title={Œuvre – “Žena” 5 €}, author={Šimek, Zoë}}\n"
    wanted = {"title": "Œuvre – “Žena” 5 €", "authors": [{"name": "Zoë Šimek"}]}
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"):
        paper, *notices = read("bibtex", text.encode(encoding))
        assert wanted.items() <= paper.items()
        assert len(notices) == (encoding == "cp1252")
    paper, notice = read("bibtex", ("% Encoding: ISO8859_2\n@misc{a, title={Řeka}}\n").encode("latin2"))
    assert paper["title"] == "Řeka"
    assert notice == (2, "", "is not UTF-8 and was read in the encoding that the file declares, iso8859-2")

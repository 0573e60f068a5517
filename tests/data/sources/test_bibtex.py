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
    paper, unplaced = read("bibtex", ENTRY)
    assert unplaced == (4, "keywords", "has no place in the graph")
    assert paper == {
        "type": "paper",
        "title": "Schrödinger's cat of IEEE PAMI",
        "abstract": "Text.",
        "date": "2020-01-05",
        "year": 2020,
        "doi": "10.1000/x",
        "authors": [{"name": name} for name in ("Ann Roe", "Cy van der Berg, Jr.", "Jörg Müller", "Plato")],
        "authors_complete": False,
        "institutions": [{"name": "World Health Organization"}, {"name": "ATLAS Collaboration"}],
    }


def entry(**fields: str) -> str:
    return "@misc{key,\n" + ",\n".join(f"{name} = {{{value}}}" for name, value in ({"title": "T"} | fields).items()) + "\n}\n"


@pytest.mark.parametrize(
    ("fields", "found"),
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
        ({"journal": "CoRR arXiv:1701.00001"}, {"arxiv": "1701.00001"}),
        ({"url": "https://aclanthology.org/P19-1001/"}, {"id": "acl:P19-1001"}),
        ({"url": "https://www.aclweb.org/anthology/2020.acl-main.7.pdf"}, {"id": "acl:2020.acl-main.7"}),
        ({"author": "A. Roe AND Li, Bo"}, {"authors": [{"name": "A. Roe"}, {"name": "Bo Li"}], "authors_complete": True}),
        ({"author": "{CERN}"}, {"authors": [{"name": "CERN"}], "authors_complete": True}),
        ({"author": "others"}, {}),
    ],
)  # fmt: skip
def test_members(read: Read, fields: dict[str, str], found: dict[str, Any]) -> None:
    paper, *_ = read("bibtex", entry(**fields))
    assert paper == {"type": "paper", "title": "T"} | found


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
    *papers, missing, proceedings = read("bibtex", text)
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

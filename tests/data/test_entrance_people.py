"""From a file to the people and institutions of the graph, through the ingest: who is one, and what an address names."""

from pathlib import Path
from types import SimpleNamespace
from typing import cast

from byline.data.build.build import Built
from byline.data.ingest.ingest import ingest
from byline.graph.model import Kind
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.files.load import facts
from tests.data.views import View


def entered(folder: Path, *texts: tuple[str, str]) -> View:
    """The graph of a store into which texts were put, each by a source."""
    for number, (source, text) in enumerate(texts):
        file = folder / f"given{number}"
        file.write_text(text, encoding="utf-8")
        ingest(folder / "store", source, [file])
    return View(cast(Built, SimpleNamespace(facts=facts(current(folder / "store")))))


PEOPLE = ("Kari Sund", "Olaf Ek", "Ada Lis")
BOTH = "Lund University, Siemens AG"


def places_of(view: View, name: str) -> list[str]:
    """The institutions of somebody's authorships."""
    person = view.nodes[Kind.AUTHOR].index(view.person(name))
    own = [at for at, each in enumerate(view.nodes[Kind.AUTHORSHIP]) if each["author"] == person]
    places = [each["institution"] for each in view.links["authorship_institution"] if each["authorship"] in own]
    return sorted({view.nodes[Kind.INSTITUTION][place]["name"] for place in places})


def test_capitals_behind_a_surname_are_initials(tmp_path: Path) -> None:
    view = entered(
        tmp_path,
        (
            "bibtex",
            """@article{p, author={Holmgren, AT and Quist, MB and Nyk, O}, title={Moss}, year=2011}
            @article{q, author={Holmgren, Alva T. and Quist, Mia B. and Nyk, Oda}, title={Fern}, year=2012}
            @article{r, author={Holmgren, A. T. and Quist, M. and Nyk, O.}, title={Reed}, year=2013}""",
        ),
    )
    assert [len(set(each["names"]) & {"Alva T. Holmgren", "Mia B. Quist", "Oda Nyk"}) for each in view.nodes[Kind.AUTHOR]] == [
        1
    ] * 3


def test_an_old_arxiv_id_is_one_with_and_without_its_class(tmp_path: Path) -> None:
    view = entered(
        tmp_path,
        (
            "arxiv",
            """{"id": "math.AG/0211003", "title": "Sheaves", "authors_parsed": [["Sund", "Kari", ""]], "categories": "math.AG"}
            {"id": "2004.00123", "title": "Later", "authors_parsed": [["Ek", "Olaf", ""]], "categories": "math.AG"}
            """.replace("            ", ""),
        ),
        ("records", """{"type": "paper", "title": "Sheaves", "arxiv": "math/0211003", "authors": [{"name": "Kari Sund"}]}"""),
        ("citations", "arxiv:2004.00123 arxiv:math.AG/0211003"),
    )
    assert view.citations() == [("Later", "Sheaves")]
    assert view.paper("Sheaves")["arxiv_id"] == "math/0211003"


def test_full_addresses_name_institutions_that_are_known(tmp_path: Path) -> None:
    addresses = (
        "Department of Botany, Lund University, Lund, Sweden",
        "Lund Univ, Dept Bot, S-22100 Lund, Sweden",
        "Lund University, Box 117, 221 00 Lund, Sweden",
    )
    authors = ", ".join(
        f'{{"name": "{name}", "institutions": [{{"name": "{place}"}}]}}' for name, place in zip(PEOPLE, addresses, strict=True)
    )
    view = entered(
        tmp_path,
        (
            "records",
            '{"type": "institution", "name": "Lund University", "ror": "012a77v79", "country": "SE"}\n'
            '{"type": "institution", "name": "Siemens AG"}\n'
            f'{{"type": "paper", "title": "Moss", "authors": [{authors}]}}\n'
            '{"type": "paper", "title": "Fern", "authors": '
            '[{"name": "Ada Lis", "institutions": [{"name": "' + BOTH + '"}]}]}',
        ),
    )
    named = {name: places_of(view, name) for name in PEOPLE}
    assert named == {"Kari Sund": ["Lund University"], "Olaf Ek": ["Lund University"], "Ada Lis": ["Lund University", BOTH]}


def test_a_record_about_a_person_says_what_they_are_called(tmp_path: Path) -> None:
    view = entered(
        tmp_path,
        (
            "records",
            """{"type": "author", "id": "x:1", "name": "Kari Sund 0002", "aliases": ["KrÃ¶se, Kari"]}
            {"type": "author", "id": "x:2", "name": "Olaf Ek and Ada Lis"}
            {"type": "paper", "title": "Moss", "authors": [{"name": "Kari Sund1", "id": "x:1"}]}""",
        ),
    )
    assert view.resolve(Kind.AUTHOR, "x:1")["names"] == ["Kari Sund 0002", "Kröse, Kari", "Kari Sund"]
    assert view.resolve(Kind.AUTHOR, "x:2")["names"] == ["Olaf Ek and Ada Lis"]

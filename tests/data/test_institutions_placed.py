"""What an institution is and where: of several records the last that says it, kept as stated; the name of its country."""

from collections.abc import Callable

from byline.data.reference.iso_countries import ISO, NAMES
from byline.graph.model import Kind
from tests.data.views import Json, View

Graph = Callable[..., View]
COLUMNS = ("name", "country_code", "country", "region", "city", "institution_types", "homepage")


def said(**members: object) -> Json:
    return {"type": "institution", "name": "Lab", "ror": "https://ror.org/01w19ak89", **members}


def institutions(view: View) -> list[tuple[object, ...]]:
    rows = view.facts.nodes[Kind.INSTITUTION].to_pylist()
    return sorted((tuple(row[name] for name in COLUMNS) for row in rows), key=str)


def test_the_last_that_says_it_counts(graph: Graph) -> None:
    first = said(country="NO", city="Oslo", region="Oslo", types=["Education", "Funder"], homepage="https://lab.example")
    second = said(city="Bergen", types=[], homepage="")
    other = {"type": "institution", "name": "Mill", "id": "x:1", "types": ["company"]}
    assert institutions(graph(first, second, other)) == [
        ("Lab", "NO", "Norway", "Oslo", "Bergen", ["education", "funder"], "https://lab.example"),
        ("Mill", None, None, None, None, ["company"], None),
    ]


def test_every_country_has_a_name() -> None:
    assert NAMES.keys() == ISO
    assert (NAMES["NA"], NAMES["CD"], NAMES["XK"]) == ("Namibia", "Democratic Republic of the Congo", "Kosovo")

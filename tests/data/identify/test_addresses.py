"""Addresses of known institutions as catalogues print them: who is named, and what names two."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.data.build.build import build
from byline.data.identify.abbreviations import key, shortens
from byline.data.identify.addresses import address_of, department, place
from byline.graph.model import Kind
from tests.data.views import Json, View, normal, paper
from tests.generated import examples

# Name, country, cities, the name as Web of Science abbreviates it, how a postcode stands before the city and how behind it.
KNOWN = (
    ("Uppsala University", "SE", ("Sweden", "SWEDEN", "Sverige"), "Uppsala", "Uppsala Univ", "S-75236 {}", "{} 752 36"),
    ("Technical University of Denmark", "DK", ("Denmark",), "Kongens Lyngby", "Tech Univ Denmark", "DK-2800 {}", "2800 {}"),
    ("University of Bristol", "GB", ("England", "UK", "United Kingdom"), "Bristol", "Univ Bristol", "{} BS8 1TH", "{} BS8 1TH"),
    ("Rice University", "US", ("USA", "United States", "U.S.A."), "Houston", "Rice Univ", "{}, TX 77005", "{}, Texas"),
    ("University of Science and Technology of China", "CN", ("Peoples R China", "P.R. China", "China"), "Hefei",
     "Univ Sci & Technol China", "{} 230026", "{}, Anhui"),
    ("Hokkaido University", "JP", ("Japan",), "Sapporo", "Hokkaido Univ", "{}, Hokkaido 0600808", "{} 060-0808"),
    ("University of Trento", "IT", ("Italy", "Italia"), "Trento", "Univ Trento", "I-38123 {}", "38123 {}"),
    ("Pohang University of Science and Technology", "KR", ("South Korea", "Republic of Korea"), "Pohang",
     "Pohang Univ Sci & Technol", "{} 37673", "{}"),
)  # fmt: skip
UNITS = (
    ("Department of Geography", "Dept Geog"), ("School of Mathematics and Statistics", "Sch Math & Stat"),
    ("Institute of Physics", "Inst Phys"), ("Faculty of Medicine", "Fac Med"), ("Laboratory of Genetics", "Genet Lab"),
    ("Department of Computer Science & Engineering", "Dept Comp Sci & Engn"), ("College of Engineering", "Coll Engn"),
)  # fmt: skip
STREETS = ("", "Box 256", "12 Long Street", "Via Roma 3", "Villavägen 16")
MAILS = ("", ". jo.doe@example.org", ". Electronic address: jo@example.org.", ".")
OTHERS = ("Siemens AG", "Ericsson", "Karolinska Institutet", "Acme Research Ltd", "IBM", "General Hospital", "Siemens")


def records() -> list[Json]:
    """A record with ROR of each known institution."""
    return [
        {"type": "institution", "name": name, "ror": f"0{at:06}{98 - _number(at) * 100 % 97:02}", "country": country}
        for at, (name, country, *_) in enumerate(KNOWN)
    ]


def _number(digits: int) -> int:
    """The number that six digits are to the base 32, of which the last two digits of a ROR are the check."""
    return int(f"{digits:06}", 32)


def named(*strings: str, more: tuple[Json, ...] = ()) -> list[str]:
    """The preferred name of the institution that each string becomes."""
    papers = [paper(f"p{at}", institutions=[{"name": string}]) for at, string in enumerate(strings)]
    view = View(build([("test", normal([*records(), *more, *papers]))]))
    names = {name: each["name"] for each in view.nodes[Kind.INSTITUTION] for name in each["names"]}
    return [names[string] for string in strings]


@st.composite
def addresses(draw: st.DrawFn) -> tuple[str, str]:
    """An institution, and an address of it in one of the layouts that catalogues print."""
    name, _, countries, city, short, before, behind = draw(st.sampled_from(KNOWN))
    unit, unit_short = draw(st.sampled_from(UNITS))
    country, street = draw(st.sampled_from(countries)), draw(st.sampled_from(STREETS))
    where = [*([street] if street else []), draw(st.sampled_from((before, behind, "{}"))).format(city)]
    layout = draw(st.sampled_from(("wos", "scopus", "pubmed", "arxiv", "name first")))
    if layout == "wos":
        tail = [*where[:-1], f"{where[-1]} {country}" if country == "USA" and "77005" in where[-1] else f"{where[-1]}, {country}"]
        return name, ", ".join([short, unit_short, *tail])
    if layout == "arxiv":
        return name, f"{unit}, {name}, {country}"
    if layout == "name first":
        return name, ", ".join([name, unit, *where, country])
    return name, ", ".join([unit, name, *where, country]) + (draw(st.sampled_from(MAILS)) if layout == "pubmed" else "")


@settings(deadline=None, max_examples=examples(60))
@given(addresses())
def test_an_address_is_the_institution_it_names(drawn: tuple[str, str]) -> None:
    name, address = drawn
    assert named(address) == [name]


@settings(deadline=None, max_examples=examples(60))
@given(addresses(), addresses(), st.sampled_from(OTHERS), st.sampled_from((", ", "; ", " and ", " & ", " / ")))
def test_what_names_two_institutions_is_neither(one: tuple[str, str], other: tuple[str, str], company: str, between: str) -> None:
    strings = [f"{one[0]}{between}{company}", f"{company}{between}{one[0]}", f"{company}{between}{one[1]}"]
    if one[0] != other[0]:
        strings += [f"{one[1]}{between}{other[1]}", f"{one[0]}{between}{other[0]}"]
    names = {name for name, *_ in KNOWN}
    assert [each for each in named(*strings) if each in names] == []


@pytest.mark.parametrize(
    "string",
    [
        "Department of Geography, Uppsala University, Oslo, Norway",
        "Uppsala University, Ericsson, Uppsala, Sweden",
        "Uppsala University, Ericsson, Sweden",
        "Uppsala University Hospital, Uppsala, Sweden",
        "Rice University, Baylor Clinic, Houston, TX, USA",
        "Rice University, University of Bristol",
        "University of Bristol, Paris",
        "London School of Economics, University of Bristol, UK",
    ],
)
def test_what_is_none_of_them(string: str) -> None:
    assert named(string) == [string]


def test_an_acronym_needs_a_country_that_agrees() -> None:
    munich = {"type": "institution", "name": "University of Munich", "ror": "05591te55", "country": "DE", "aliases": ["LMU"]}
    strings = ["LMU, Munich, Germany", "Dept Phys, LMU, Germany", "LMU, Siemens AG", "LMU, Los Angeles, CA, USA", "LMU, IBM"]
    assert named(*strings, more=(munich,)) == ["University of Munich"] * 2 + strings[2:]


def test_one_name_in_two_countries_is_told_by_the_country() -> None:
    more: tuple[Json, ...] = tuple(
        {"type": "institution", "name": "Trinity College", "ror": ror, "country": country}
        for ror, country in (("02tyrky19", "IE"), ("01yqg2h08", "GB"))
    )
    papers = [paper(f"p{at}", institutions=[{"name": name}]) for at, name in enumerate(STRINGS)]
    view = View(build([("test", normal([*more, *papers]))]))
    ror_by_name = {
        name: each["ror"] for each in view.nodes[Kind.INSTITUTION] for name in each["names"] if name != "Trinity College"
    }
    assert ror_by_name == dict(zip(STRINGS, ("02tyrky19", "01yqg2h08", None), strict=True))


STRINGS = (
    "Trinity College, Dublin, Ireland",
    "Trinity Coll, Dept Math, Cambridge, England",
    "Department of Law, Trinity College",
)


@pytest.mark.parametrize(
    ("string", "parts", "countries"),
    [
        ("MIT, Cambridge, MA 02139 USA", ["MIT", "Cambridge", "MA 02139"], {"US"}),
        ("A, London, England, UK", ["A", "London"], {"GB"}),
        ("A, Taipei, Taiwan, Republic of China", ["A", "Taipei"], {"TW"}),
        ("A, Hong Kong, China", ["A"], {"HK"}),
        ("A (Sweden)", ["A"], {"SE"}),
        ("A, Atlanta, Georgia", ["A", "Atlanta"], {"GE", "US"}),
        ("University of Iceland", ["University of Iceland"], set()),
        ("A, Beijing, Peoples R China. E-mail: x@y.cn", ["A", "Beijing"], {"CN"}),
    ],
)
def test_the_country_stands_at_the_end(string: str, parts: list[str], countries: set[str]) -> None:
    address = address_of(string)
    assert (address.parts, address.countries) == (parts, countries)


def test_what_parts_are() -> None:
    assert all(
        department(part) for part in ("Dept Comp Sci", "Inst Phys", "Metabolic Diseases", "Endocrine Unit", "Sch Publ Hlth")
    )
    assert not any(
        department(part) for part in ("Institut Curie", "College de France", "Mayo Clinic", "Max Planck Inst", "Uppsala")
    )
    assert [place(part) is None for part in ("Siemens AG", "IBM", "General Hospital", "Uppsala", "NY", "S-75236 Uppsala")] == [
        *[True] * 3,
        *[False] * 3,
    ]


def test_only_words_of_the_table_are_abbreviated() -> None:
    assert shortens(key("Chinese Acad Sci"), key("Chinese Academy of Sciences"))
    assert key("Univ Sci & Technol China") != key("Univ. of Science and Technology of China")
    assert not shortens(key("Northwest Univ"), key("Northwestern University"))
    assert not shortens(key("Univ Washington"), key("Washington University"))

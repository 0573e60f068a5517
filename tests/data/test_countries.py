"""Countries of institutions and of authorships: what most statements say, what a catalogue says, what one authorship says."""

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import orjson
import pytest
import zstandard

from byline.data.build.build import build
from byline.data.identify.country import MAJORITY, NOT_STATED
from byline.data.ingest.ingest import ingest
from byline.data.notices import Notice, Outcome
from byline.data.record import Institution
from byline.data.reference.countries import CODES
from byline.data.reference.iso_countries import ISO, country_of
from byline.data.sources.read.salvage import salvaged
from byline.graph.model import Kind
from byline.graph.store.columnar.files.layout import current
from byline.graph.store.columnar.files.load import facts
from byline.graph.text import compact
from tests.data.views import Json, View, normal, paper


def stated(name: str, *countries: str | None) -> list[Json]:
    """A paper for each country, whose author states it for the institution."""
    return [
        paper(
            f"{name}{at}", {"name": f"Person {name}{at}", "institutions": [{"name": name} | ({"country": code} if code else {})]}
        )
        for at, code in enumerate(countries)
    ]


def country(*records: Json) -> tuple[str | None, str | None]:
    (institution,) = View(build([("test", normal(records))])).nodes[Kind.INSTITUTION]
    return institution["country_code"], institution["country_reason"]


@pytest.mark.parametrize(
    ("countries", "expected"),
    [
        (("US", "US", "US", "IN"), "US"),
        (("IN", "US", "US", "US"), "US"),
        (("US", "US", "IN"), "US"),
        (("US", None, None), "US"),
        (("US",), "US"),
    ],
)
def test_the_majority_of_what_is_stated(countries: tuple[str | None, ...], expected: str) -> None:
    assert country(*stated("X Corp", *countries)) == (expected, None)


def test_about_even_is_none_with_the_reason() -> None:
    assert country(*stated("X Corp", "US", "IN")) == (None, "contested: of 2 statements IN 1, US 1")
    assert country(*stated("X Corp", "US", "IN", "US", "IN", "IN")) == ("IN", None)
    assert country(*stated("X Corp", *["US"] * 5, *["IN"] * 4))[0] is None
    assert country(*stated("X Corp", None)) == (None, NOT_STATED)


def test_a_record_with_ror_outranks_author_lists() -> None:
    record = {"type": "institution", "name": "X Corp", "ror": "02mhbdp94", "country": "CN"}
    lists = stated("X Corp", "CA", "CA", "CA")
    assert country(record, *lists) == country(*lists, record) == ("CN", None)
    other = record | {"country": "FR"}
    assert country(record, other)[1] == "contested: of 2 statements CN 1, FR 1"
    without = {"type": "institution", "name": "X Corp", "id": "x:1", "country": "CN"}
    assert country(without, *lists) == ("CA", None), "a record without ROR is one statement"


def test_statements_of_all_names_of_an_institution_count() -> None:
    same = {"type": "same", "kind": "institution", "ids": ["x:1", "x:2"]}
    lists = [
        paper(f"p{at}", {"name": f"P {at}", "institutions": [{"name": f"N{key}", "id": f"x:{key}", "country": code}]})
        for at, (key, code) in enumerate(((1, "US"), (2, "IN"), (2, "IN")))
    ]
    assert country(*lists, same) == ("IN", None)


def test_the_country_of_an_authorship_is_its_own() -> None:
    view = View(build([("test", normal(stated("X Corp", "US", "US", "US", "IN", None)))]))
    assert sorted(each["country_codes"] for each in view.nodes[Kind.AUTHORSHIP]) == [[], ["IN"], *[["US"]] * 3]


def test_countries_stand_beside_their_institutions() -> None:
    places = [{"name": "A"}, {"name": "B", "country": "DE"}, {"name": "C", "country": "US"}, {"name": "c", "country": "IN"}]
    view = View(build([("test", normal([paper("p", {"name": "Ann Roe", "institutions": places}, "Bo Li")]))]))
    ann, bo = view.printed("p")
    names = [view.nodes[Kind.INSTITUTION][each["institution"]]["name"] for each in view.links["authorship_institution"]]
    assert [name.casefold() for name in names] == ["a", "b", "c"]
    assert ann["country_codes"] == [None, "DE", None], "none is stated for A, two for C"
    assert bo["country_codes"] == []


def test_every_name_of_an_address_is_read_where_a_country_is_stated() -> None:
    assert {name: country_of(name) for name in CODES} == CODES
    assert (len(ISO), set(CODES.values()) - ISO) == (250, set())
    assert not {"chad", "jersey", "guinea", "mali", "niger"} & set(CODES), "in an address these may be something else"
    assert {code: country_of(code) for code in ISO - {"NA"}} == {code: code for code in ISO - {"NA"}}
    assert country_of("NA") is None, "not available"


@pytest.mark.parametrize(
    ("stated", "code", "outcome"),
    [
        ("UK", "GB", Outcome.MENDED),
        ("el", "GR", Outcome.MENDED),
        ("XX", None, Outcome.LEFT_OUT),
        ("AN", None, Outcome.LEFT_OUT),
        ("XK", "XK", None),
        ("na", "NA", None),
    ],
)
def test_codes_of_records_are_those_of_iso_3166(stated: str, code: str | None, outcome: Outcome | None) -> None:
    record, *notices = salvaged({"type": "institution", "name": "X Corp", "country": stated}, "f", 1)
    assert isinstance(record, Institution)
    assert record.country == code
    assert [each.outcome for each in notices if isinstance(each, Notice)] == ([outcome] if outcome else [])


@pytest.mark.long
@pytest.mark.corpus
def test_countries_of_the_lists_against_counted_majorities(corpora: Path, tmp_path: Path) -> None:
    """What the graph says of each institution, against the statements in the file counted without it."""
    file = corpora / "paperlists" / "papers.jsonl.zst"
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for author in _authors(file):
        names, countries = author.get("inst") or [], author.get("country") or []
        if len(names) == len(countries):
            for name, code in zip(names, (country_of(str(each)) for each in countries), strict=True):
                if code:
                    counted[compact(name)][code] += 1
    ingest(tmp_path, "paperlists", [file])
    table = facts(current(tmp_path)).nodes[Kind.INSTITUTION]
    compared = wrong = contested = 0
    for names, code, reason in zip(
        *(table[name].to_pylist() for name in ("names", "country_code", "country_reason")), strict=True
    ):
        plain = {compact(name) for name in names}
        total = sum((counted[each] for each in plain if each in counted), Counter[str]())
        if not total:
            continue
        most, times = max(total.items(), key=lambda each: each[1])
        even = times < MAJORITY * total.total()
        compared, contested = compared + 1, contested + even
        wrong += (code is not None or not str(reason).startswith("contested")) if even else code != most
    assert compared > 5000
    assert wrong <= compared // 200, (wrong, compared, contested)


def _authors(file: Path) -> list[dict[str, Any]]:
    with file.open("rb") as packed:
        text = zstandard.ZstdDecompressor().stream_reader(packed).read()
    return [author for line in text.splitlines() for author in orjson.loads(line)["authors"]]

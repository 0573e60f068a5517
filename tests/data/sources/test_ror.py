"""ROR's list: both schemas, zipped or not, cut anywhere."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from byline.data.record import Institution
from byline.data.sources import SOURCES, ror
from byline.graph.errors import SourceFailed
from tests.data.views import without_tallies

Read = Callable[..., list[Any]]
OLD = {
    "id": "https://ror.org/019wvm592",
    "name": "Australian National University",
    "aliases": ["The ANU", "Australian National University"],
    "acronyms": ["ANU"],
    "labels": [{"label": "Université nationale australienne", "iso639": "fr"}],
    "country": {"country_code": "AU"},
    "addresses": [{"city": "Canberra", "state": "Australian Capital Territory"}],
    "types": ["Education"],
    "links": ["http://www.anu.edu.au/"],
    "external_ids": {
        "GRID": {"preferred": "grid.1001.0", "all": "grid.1001.0"},
        "ISNI": {"preferred": None, "all": ["0000 0001 2180 7477"]},
    },
}
NEW = {
    "id": "https://ror.org/019wvm592",
    "names": [
        {"value": "Australian National University", "types": ["ror_display", "label"]},
        {"value": "The ANU", "types": ["alias"]},
        {"value": "ANU", "types": ["acronym"]},
        {"value": "Université nationale australienne", "types": ["label"]},
    ],
    "locations": [
        {
            "geonames_details": {
                "country_code": "AU",
                "country_subdivision_name": "Australian Capital Territory",
                "name": "Canberra",
            }
        }
    ],
    "types": ["education"],
    "links": [
        {"type": "wikipedia", "value": "http://en.wikipedia.org/x"},
        {"type": "website", "value": "http://www.anu.edu.au/"},
    ],
    "external_ids": [
        {"type": "grid", "preferred": "grid.1001.0", "all": ["a", "b"]},
        {"type": "isni", "all": ["0000 0001 2180 7477"]},
    ],
}
EXPECTED = {
    "type": "institution",
    "id": "ror:019wvm592",
    "ids": ["grid:grid.1001.0", "isni:0000000121807477"],
    "name": "Australian National University",
    "country": "AU",
    "aliases": ["The ANU", "Université nationale australienne"],
    "types": ["education"],
    "homepage": "http://www.anu.edu.au/",
    "city": "Canberra",
    "region": "Australian Capital Territory",
}


@pytest.mark.parametrize("organisation", [OLD, NEW])
def test_both_schemas(read: Read, organisation: dict[str, Any]) -> None:
    assert read("ror", orjson.dumps([organisation])) == [EXPECTED]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("v1-ror-data.json", "[oops")
        archive.writestr("v1-ror-data_schema_v2.json", orjson.dumps([organisation, organisation], option=orjson.OPT_INDENT_2))
    assert read("ror", packed.getvalue(), "ror.zip") == [EXPECTED] * 2


def test_what_has_no_ror_is_no_organisation(read: Read) -> None:
    other = {"id": "https://openalex.org/I5", "name": "Example University"}
    assert read("ror", orjson.dumps([other, {"name": "Delft"}])) == [
        (1, "[0].id", "is no ROR, which every organisation has: 'https://openalex.org/I5'"),
        (1, "[1].id", "is no ROR, which every organisation has: null"),
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_pieces_of_any_size(size: int) -> None:
    data = orjson.dumps([OLD, 7, NEW])
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    assert [value for _, value in ror._organisations(pieces, "x")] == [OLD, 7, NEW]


def test_what_does_not_fit(read: Read, tmp_path: Path) -> None:
    entries = read(
        "ror",
        orjson.dumps([{**OLD, "status": "withdrawn"}, 7, {**OLD, "name": None}, {**OLD, "country": {"country_code": "XYZ"}}]),
    )
    assert entries == [
        (1, "[0].status", "is withdrawn: ROR does not stand by it"),
        (1, "[1]", "must be an organisation: a JSON object"),
        (1, "[2].name", "must be text, not null"),
        {name: value for name, value in EXPECTED.items() if name != "country"},
        (1, "[3].country", "must be a two-letter country code, not 'XYZ'; it is left out"),
    ]
    for text in (b"", b"[", b"[{]", orjson.dumps([OLD])[:-20]):
        with pytest.raises(SourceFailed, match="no whole list"):
            read("ror", text)
    with pytest.raises(SourceFailed, match="cannot be read"):
        read("ror", b"no zip", "a.zip")


def test_a_place_and_links_of_other_shapes_are_left_out(read: Read) -> None:
    odd = {**NEW, "locations": [{"geonames_details": None}], "types": None, "links": [{"type": "website", "value": "anu"}, 7]}
    bare = {name: value for name, value in EXPECTED.items() if name not in ("country", "types", "homepage", "city", "region")}
    reason = "must be an address on the web, such as https://example.org/1, not 'anu'; it is left out"
    assert read("ror", orjson.dumps([odd])) == [bare, (1, "[0].homepage", reason)]


@pytest.mark.corpus
def test_the_real_sample(corpora: Path) -> None:
    entries = without_tallies(SOURCES["ror"].read(corpora / "misc" / "alexandria3k" / "ror.zip", {}))
    assert len(entries) == 29
    assert all(isinstance(each, Institution) and each.country and each.id for each in entries)

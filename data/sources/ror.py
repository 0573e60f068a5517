"""ROR's dump of research organisations: the list as JSON, or the zip that it is published as; schemas 1 and 2.

The list is read organisation by organisation. Acronyms are left out: too many bear them to tell anybody apart.
"""

import json
import re
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from byline.data.limits import limits
from byline.data.notices import Notice, shown
from byline.data.record import Record
from byline.data.sources.read.head import Head
from byline.data.sources.read.json_bounds import problem
from byline.data.sources.read.objects import objects
from byline.data.sources.read.packed import chunks, zipped
from byline.data.sources.read.salvage import salvaged
from byline.data.sources.read.unplaced import Shape, Unplaced, shape
from byline.data.sources.source import Source
from byline.graph import ids
from byline.graph.errors import SourceFailed

# What stands between organisations, and before the first.
_BETWEEN = re.compile(r"[ \t\r\n\[,\]\ufeff]+")
# Members of schema 2, and of schema 1.
_READ: Shape = {
    **shape("id", "name", "aliases", "status", "external_ids", "types"),
    "names": shape("value", "types"),
    "labels": shape("label"),
    "locations": {"geonames_details": shape("country_code", "country_name", "name", "country_subdivision_name")},
    "addresses": shape("city", "state"),
    "links": shape("type", "value"),
    "country": shape("country_code", "country_name"),
}
_SCHEMES = {"grid": "grid", "wikidata": "wikidata", "isni": "isni"}


@dataclass(frozen=True)
class _Refused:
    """What stands in the place of an organisation that is beyond the bounds of a record."""

    reason: str


def read(path: Path, options: Mapping[str, str]) -> Iterator[Record | Notice]:
    """Each organisation that was not withdrawn. Raises SourceFailed for an unreadable file."""
    unplaced = Unplaced(path.name)
    for name, pieces in _lists(path):
        unplaced.inside = name
        for number, value in _organisations(pieces, name):
            at = f"[{number}]"
            if isinstance(value, _Refused):
                yield Notice(name, 1, at, value.reason)
            elif not isinstance(value, dict):
                yield Notice(name, 1, at, "must be an organisation: a JSON object")
            elif not _own(value):
                yield Notice(name, 1, f"{at}.id", f"is no ROR, which every organisation has: {shown(value.get('id'))}")
            elif value.get("status") == "withdrawn":
                yield Notice(name, 1, f"{at}.status", "is withdrawn: ROR does not stand by it")
            else:
                _beyond(value, unplaced)
                yield from salvaged(_institution(value), name, 1, at)
    yield from unplaced.notices()


def _beyond(value: Mapping[str, Any], unplaced: Unplaced) -> None:
    """Count what is not read, acronyms and ids of other catalogues among it."""
    unplaced.beyond(value, _READ, 1)
    for name in objects(value.get("names")):
        if str(name.get("types")) == "['acronym']":
            unplaced.add("names[] of type acronym", 1)
    for link in objects(value.get("links")):
        if link.get("type") != "website":
            unplaced.add(f"links[] of type {link.get('type')}", 1)
    external = value.get("external_ids")
    kinds = external.keys() if isinstance(external, dict) else [str(each.get("type")) for each in objects(external)]
    for kind in kinds:
        if kind.lower() not in _SCHEMES:
            unplaced.add(f"external_ids of {kind}", 1)


def _own(value: Mapping[str, Any]) -> bool:
    return ids.odd("ror", str(value.get("id"))) is None


def _lists(path: Path) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The list of a file; of a zip, that of schema 2 where both are there."""
    if path.suffix != ".zip":
        yield path.name, chunks(path)
        return
    yield from zipped(path, _list_of)


def _list_of(names: list[str]) -> str:
    lists = sorted((name for name in names if name.endswith(".json")), key=lambda name: "schema_v2" not in name)
    if not lists:
        raise SourceFailed("the archive holds no .json file")
    return lists[0]


def _organisations(pieces: Iterable[bytes], name: str) -> Iterator[tuple[int, Any]]:
    decoder, utf8 = json.JSONDecoder(), getincrementaldecoder("utf-8")("ignore")
    # As if a line had ended before the first one.
    held, number = "\n", 0
    for piece in pieces:
        held += utf8.decode(piece)
        start = 0
        while match := _BETWEEN.match(held, start):
            try:
                value, end = decoder.raw_decode(held, match.end())
            except (ValueError, RecursionError):
                break
            yield number, value if (reason := problem(held[match.end() : end].encode())) is None else _Refused(reason)
            number, start = number + 1, end
        # What follows an organisation stays before the next one, as one sign at least.
        held = held[start:] if match is None or match.end() < len(held) else "\n"
        if len(held) > limits().max_record_bytes:
            break
    if held.strip(" \t\r\n]") or not number:
        raise SourceFailed(f"{name} is no whole list of organisations: what follows number {number} cannot be read")


def _institution(value: Mapping[str, Any]) -> dict[str, Any]:
    preferred, others = _names(value)
    return {
        "type": "institution",
        "id": f"ror:{value.get('id') or ''}",
        "ids": list(_ids(value.get("external_ids"))),
        "name": preferred,
        "country": _country(value),
        "aliases": [name for name in dict.fromkeys(others) if name != preferred],
        "types": value.get("types"),
        "homepage": _homepage(value.get("links")),
        **_place(value),
    }


def _homepage(links: Any) -> Any:
    """The first address of pages of its own."""
    own = [
        each.get("value") if isinstance(each, dict) else each
        for each in (links if isinstance(links, list) else ())
        if not isinstance(each, dict) or each.get("type") == "website"
    ]
    return own[0] if own else None


def _place(value: Mapping[str, Any]) -> dict[str, Any]:
    """City and region of the first place."""
    for place in objects(value.get("locations")):
        details = place.get("geonames_details")
        details = details if isinstance(details, dict) else {}
        return {"city": details.get("name"), "region": details.get("country_subdivision_name")}
    for place in objects(value.get("addresses")):
        return {"city": place.get("city"), "region": place.get("state")}
    return {}


def _names(value: Mapping[str, Any]) -> tuple[Any, list[str]]:
    if "names" in value:
        kinds = [(str(each.get("value") or ""), str(each.get("types"))) for each in objects(value["names"])]
        shown = next((name for name, types in kinds if "ror_display" in types), None)
        return shown, [name for name, types in kinds if name and ("label" in types or "alias" in types)]
    aliases, labels = value.get("aliases"), objects(value.get("labels"))
    others = [*(aliases if isinstance(aliases, list) else ()), *(each.get("label") for each in labels)]
    return value.get("name"), [name for name in others if isinstance(name, str) and name.strip()]


def _country(value: Mapping[str, Any]) -> Any:
    old, places = value.get("country"), objects(value.get("locations"))
    details = old if isinstance(old, dict) else places[0].get("geonames_details") if places else None
    return details.get("country_code") if isinstance(details, dict) else None


def _ids(external: Any) -> Iterator[str]:
    """Ids in other catalogues: the preferred one, or the only one."""
    if isinstance(external, dict):
        external = [{"type": kind, **each} for kind, each in external.items() if isinstance(each, dict)]
    for entry in objects(external):
        every = entry.get("all")
        only = every[0] if isinstance(every, list) and len(every) == 1 else every
        chosen = entry.get("preferred") or only
        if (scheme := _SCHEMES.get(str(entry.get("type")).lower())) and isinstance(chosen, str) and chosen.strip():
            yield f"{scheme}:{chosen.replace(' ', '')}"


def _recognises(head: Head) -> bool:
    return any(map(_own, _packed(head.path) if head.path.suffix == ".zip" else head.objects))


def _packed(path: Path) -> list[Mapping[str, Any]]:
    """The first objects of the list in a zip; none where it holds no list."""
    try:
        return [
            each for _, pieces in _lists(path) for each in Head(path, next(iter(pieces), b"").decode("utf-8", "replace")).objects
        ]
    except SourceFailed:
        return []


SOURCE = Source(
    name="ror",
    about="ROR's dump of research organisations (.zip, or the .json in it), schemas 1 and 2.",
    licence="CC0 1.0",
    says="ROR, preferred and other names, country, region, city, types, homepage, GRID, Wikidata and ISNI ids of institutions",
    silent="acronyms (they tell nobody apart), which organisation is part of which; papers and people",
    read=read,
    recognises=_recognises,
)

"""Affiliation strings as addresses: parts, the country at the end, and what each part is: a unit, a subject, a place.

Layouts: Scopus and PubMed ("Department of Geography, Uppsala University, 751 05 Uppsala, Sweden. a@b.se"), Web of Science
("Uppsala Univ, Dept Geog, S-75105 Uppsala, Sweden"; "MIT, Cambridge, MA 02139 USA").
"""

import re
from dataclasses import dataclass

from byline.data.identify.abbreviations import canonical, meanings
from byline.data.identify.address_words import ACRONYMS, BODIES, COMPANIES, SUBJECTS
from byline.data.reference.cities import countries_of_city, countries_of_state
from byline.data.reference.countries import CODES
from byline.graph.text import compact, words

NOWHERE: frozenset[str] = frozenset()
_SPLIT = re.compile(r"\s*[,;]\s*|\s+[-–—]\s+")
_MAIL = re.compile(r"[\s;,.(]*(?:(?:electronic address|e-?mail(?: address)?)\s*:?\s*)?[^\s@;,<(]+@[^\s@]+", re.I)
_LETTERS = re.compile(r"(?:[A-Z]{2,6}[0-9]?(?:\s*(?:&|/|\+|and)\s*|\s*$))+")
_ACRONYM = re.compile(r"[A-Z]{2,6}[0-9]?(?:[&/+-][A-Z]{1,6})?")
# The longest name of a country has so many words.
_LONGEST = max(len(name.split()) for name in CODES)
# "Georgia" alone is a country or a state.
_BOTH = {"georgia": frozenset({"GE", "US"})}

_UNIT = re.compile(
    r"(?:(?:joint|national|state|key|graduate|sub|research|the|clinical|interdisciplinary|integrated) )*"
    r"(?:department|departments|departement|departamento|dipartimento|school|faculty|facultad|faculte|fakultat"
    r"|laboratory|laboratories|laboratoire|laboratorio|center|centre"
    r"|group|division|section|chair|program|programme|unit|college of|institute of|institute for|team|service|servicio|clinic for"
    r"|bureau|office|branch|area|lehrstuhl|institute fur|academy of arts)\b"
    r"|.* (?:department|laboratory|group|division|center|centre|section|program|team|unit)$"
)
# A college or an institute without "of" is a unit where all else is a subject: "Coll Engn", "Inst Phys".
_SUBJECT_UNIT = re.compile(r"(?:(?:graduate|grad|the) )*(?:college|institute|academy|school|faculty|clinic) (.+)")
_NAMED_UNIT = re.compile(r"(?:\S+ ){1,3}(?:school|college|faculty) (?:of |for )?(.+)")
_OWN_UNIT = re.compile(r"(?:\S+ ){1,4}(?:department|division|section|unit) (?:of|for) .*")
_LISTED = re.compile(r"\s+(?:and|&|/)\s+")
_SUBJECT = re.compile(
    r".*(?:olog|ograph|onom|istr|urger|iatr|ysics?|physic|mathemat|statist"
    r"|informat|engineer|genetic|robotic|mechanic|logistic"
    r"|linguist|electronic|therap|pharma|photonic|material|dynamics)\w*"
)
_STREET = re.compile(
    r".*\b(?:street|str|road|rd|avenue|ave|av|avenida|boulevard|blvd|drive|lane|highway|hwy|rue|via|viale|piazza|corso|largo|calle|plaza"
    r"|platz|place|quai|chemin|route|weg|square|sq|box|bp|cedex|building|bldg|floor|room|district|dist|province|prov|prefecture"
    r"|county|city|town|village|mail stop|ms|zip|post code|postal|pob|science park|ku|shi|cho)\b.*"
    r"|.*(?:strasse|straat|gatan|gata|vagen"
    r"|vej|veien|gade|weg|platz|allee)\b.*"
)
# A part of an address has so many words at most, where it is a place without number.
_FEW = 4


@dataclass(frozen=True)
class Address:
    """An affiliation string without its country: `parts` in order, `countries` that its end may name (none: it names none)."""

    parts: list[str]
    countries: frozenset[str]


def parts_of(name: str) -> list[str]:
    """What commas, semicolons and dashes part."""
    return [part for part in _SPLIT.split(name.strip()) if part]


def address_of(name: str) -> Address:
    """The parts and the country of an affiliation string; e-mail addresses and full stops at the end are left out."""
    parts = parts_of(_MAIL.sub("", name).replace("(", ",").replace(")", ",").strip(" .;,"))
    countries = NOWHERE
    while parts:
        rest, named = _without_country(parts[-1])
        if not named:
            break
        countries = _both(countries, named)
        parts = [*parts[:-1], rest] if rest else parts[:-1]
        if rest:
            break
    return Address(parts, countries)


def _both(late: frozenset[str], early: frozenset[str]) -> frozenset[str]:
    """The country of two names of countries: "England, UK", "Hong Kong, China" (the narrower one)."""
    return early if not late or (early != late and late <= {"CN", "US"}) else late


def _without_country(part: str) -> tuple[str, frozenset[str]]:
    """A last part without the country at its end: "CA 94720 USA" -> "CA 94720"."""
    plain = [*part.strip(" .").split()]
    for count in range(min(_LONGEST, len(plain)), 0, -1):
        name = " ".join(words(" ".join(plain[-count:])))
        countries = _BOTH.get(name) or (frozenset({CODES[name]}) if name in CODES else NOWHERE)
        if countries and (count == len(plain) or _locates(words(" ".join(plain[:-count])))):
            return " ".join(plain[:-count]), countries
    return part, NOWHERE


def unit(part: str) -> bool:
    """Whether a part of a string is a department, a laboratory or the like, or an abbreviation, and no institution by itself."""
    return department(part) or bool(_LETTERS.fullmatch(part.strip()) and ACRONYMS.isdisjoint(words(part)))


def department(part: str) -> bool:
    """Whether a part names a department, a laboratory or the like, or a subject that stands for one."""
    plain = canonical(part)
    if not COMPANIES.isdisjoint(plain):
        return False
    if _UNIT.match(" ".join(plain)) or _subject(plain) or _unit_of(part):
        return True
    match = _SUBJECT_UNIT.fullmatch(" ".join(plain))
    return match is not None and _subject(tuple(match.group(1).split()))


def _unit_of(part: str) -> bool:
    """Whether a part is "… Department of …"; where something else stands before it ("Siemens and Department of …"), it is not."""
    before, *rest = _LISTED.split(part)
    return bool(_OWN_UNIT.fullmatch(" ".join(canonical(part)))) and (not rest or department(before))


def named_unit(part: str) -> bool:
    """Whether a part is a school or the like with a name of its own, "Mailman School of Public Health": a unit of the university
    before it, unless its name is that of a place ("London School of Economics")."""
    plain = canonical(part)
    match = _NAMED_UNIT.fullmatch(" ".join(plain))
    if match is None or not COMPANIES.isdisjoint(plain) or not _subject(tuple(match.group(1).split())):
        return False
    if {"school", "college", "faculty"}.isdisjoint(canonical(_LISTED.split(part)[0])):
        return False
    return not any(countries_of_city(word) or countries_of_state(word) or word in CODES for word in plain[:2])


def _subject(plain: tuple[str, ...]) -> bool:
    named = [word for word in plain if len(word) > 1]
    return any(len(word) > 2 for word in named) and all(any(map(_of_subject, meanings(word))) for word in named)


def _of_subject(word: str) -> bool:
    return word in SUBJECTS or _SUBJECT.fullmatch(word) is not None


def _locates(plain: list[str]) -> bool:
    """Whether words before a country are a postcode, a state or a city."""
    if any(word in BODIES for word in canonical(" ".join(plain))):
        return False
    text = " ".join(plain)
    digits = any(any(character.isdigit() for character in word) for word in plain)
    return digits or bool(countries_of_state(text) or countries_of_city(text) or countries_of_state(plain[-1]))


@dataclass(frozen=True)
class Place:
    """What a part behind a name says of where it is. `certain`: by itself (a postcode, a street, a state, a known city);
    `countries` that it lies in, where it tells; `bare` is a state or postcode alone."""

    certain: bool
    countries: frozenset[str] = NOWHERE
    bare: bool = False
    city: str = ""


def place(part: str) -> Place | None:
    """A part as a place; None for what is none: an institution, a company, an acronym."""
    plain = words(part)
    text = " ".join(word for word in plain if not any(character.isdigit() for character in word))
    numbered = len(text.split()) < len(plain)
    if not numbered and (_ACRONYM.fullmatch(part.strip(" .")) and not countries_of_state(text)):
        return None
    without = re.sub(r"(?:\bcedex\b|\b[a-z]{1,2}\b)", " ", text).split() if numbered else text.split()
    text = " ".join(without)
    if state := countries_of_state(text):
        city = countries_of_city(text)
        return Place(True, state | city, bare=not city, city=text if city else "")
    if city := countries_of_city(text) or _city_and_state(without):
        return Place(True, city, city=text)
    if any(word in BODIES for word in canonical(" ".join(without))):
        return None
    if numbered or _STREET.fullmatch(" ".join(plain)):
        return Place(True, bare=not without)
    return Place(False) if 0 < len(without) <= _FEW else None


def _city_and_state(plain: list[str]) -> frozenset[str]:
    """The country of "Cambridge MA", "Upton New York": a place with a state behind it."""
    for count in (1, 2, 3):
        state = countries_of_state(" ".join(plain[-count:])) if len(plain) > count else NOWHERE
        if state and (own := countries_of_city(" ".join(plain[:-count])) & state):
            return own
    return NOWHERE


def initials(acronym: str, name: str) -> bool:
    """Whether letters behind a name are its own: "Royal Institute of Technology (KTH)" aside, "(RIT)"."""
    letters = "".join(word[0] for word in words(name))
    capitals = "".join(word[0] for word in words(name) if word not in ("of", "the", "and", "for", "de"))
    return len(acronym) > 1 and compact(acronym) in (letters, capitals)

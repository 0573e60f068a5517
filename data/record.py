"""The neutral record: what every source is turned into, one JSON object a line.

Types: paper, author, institution, category, venue, citation, same, homonym. Ids are kept as `scheme:value` in the normal form of
`byline.graph.ids`, texts without surrounding or doubled spaces, unknown members are ignored, unknown values are null.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from byline.data.notices import Notice, quoted, shown
from byline.data.reference.iso_countries import ISO, OTHERWISE
from byline.data.reference.languages import language_code
from byline.data.reference.paper_types import paper_type
from byline.data.remembered import remembered
from byline.data.text.mojibake import RESTORED, decoded, with_controls
from byline.data.text.unseen import REMOVED, seen
from byline.data.text.wrong_types import mended
from byline.graph.identifiers import identify, in_normal_form

_ID = re.compile(r"([A-Za-z][A-Za-z0-9_.+-]*):(.*\S.*)", re.S)
_OTHER_YEAR = "byline_other_year"
# The type of an error whose context has the right value.
MENDED = "byline_mended"
_LARGEST = 2**31 - 1
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:Z|UTC|[+-]\d\d:?\d\d)?", re.I)


def _refuse(reason: str) -> PydanticCustomError:
    return PydanticCustomError("byline", "{reason}", {"reason": reason})


def _mend(value: Any, reason: str) -> PydanticCustomError:
    """What a validator raises where the right value is certain, and another one was stated."""
    return PydanticCustomError(MENDED, "{reason}", {"reason": reason, "value": value})


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _named(value: str) -> str:
    if value.isascii() and value.isprintable() and value == value.strip() and "  " not in value and value:
        # By far the most.
        return value
    stated = " ".join(value.split())
    return stated if stated.isascii() and stated.isprintable() and stated else _with_other_signs(value, stated)


@remembered(1 << 13)
def _with_other_signs(value: str, stated: str) -> str:
    if with_controls(value) and (restored := decoded(value)) != value:
        raise _mend(_one_line(seen(restored)), f"{RESTORED}: {quoted(value)}")
    value = _one_line(seen(value))
    if not value:
        raise _refuse("is empty" if not stated else f"holds nothing that can be seen: {quoted(stated)}")
    if value != stated:
        raise _mend(value, f"{REMOVED}: {quoted(stated)}")
    return value


def _identifier(value: str) -> str:
    return value if in_normal_form(value) else _read_identifier(value)


def _own_identifier(value: str) -> str | None:
    return value if in_normal_form(value) else _read_identifier(value) if value and not value.isspace() else None


@remembered(1 << 13)
def _read_identifier(value: str) -> str:
    if not (match := _ID.fullmatch(value.strip())):
        raise _refuse(f"must be scheme:value, such as acl:Q16-1016, not {quoted(value)}")
    scheme = match[1].lower()
    normal, mended = _in_scheme(scheme, match[2])
    if mended:
        raise _mend(f"{scheme}:{normal}", f"{mended}: {quoted(value)}")
    return f"{scheme}:{normal}"


_CALLED = {"doi": "DOI", "arxiv": "arXiv id", "orcid": "ORCID", "ror": "ROR", "issn": "ISSN", "pmid": "PMID", "pmcid": "PMCID"}


def _in_scheme(scheme: str, value: str) -> tuple[str, str | None]:
    """The normal form of an id, and what had to be mended for it."""
    identified = identify(scheme, value)
    if identified.value is None:
        if identified.problem == "is empty":
            raise _refuse(f"is empty behind {scheme}:")
        raise _refuse(f"is no {_CALLED.get(scheme, f'id of {scheme}')}: {quoted(value.strip())} {identified.problem}")
    return identified.value, identified.mended


def _identifiers(value: Any, each: ValidatorFunctionWrapHandler) -> Any:
    """Lists of references are long, and nearly all of them are in the normal form."""
    try:
        return tuple(value) if type(value) is list and all(map(in_normal_form, value)) else each(value)
    except TypeError:
        return each(value)


def _scheme(scheme: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        normal, mended = _in_scheme(scheme, value)
        if mended:
            raise _mend(normal, f"{mended}: {quoted(value)}")
        return normal

    return read


def _country(value: str) -> str:
    if value in ISO:
        return value
    value = value.strip().upper()
    if not (len(value) == 2 and value.isascii() and value.isalpha()):
        raise _refuse(f"must be a two-letter country code, not {quoted(value)}")
    if value in OTHERWISE:
        raise _mend(OTHERWISE[value], f"is not the code of ISO 3166 for this country: {quoted(value)}")
    if value not in ISO:
        raise _refuse(f"is no country code of ISO 3166: {quoted(value)}")
    return value


def _language(value: str) -> str:
    if (code := language_code(value)) is None:
        raise _refuse(f"must be a language, such as en, not {quoted(value)}")
    return code


VENUE_TYPES = ("journal", "conference", "series", "repository", "book")


def _venue_type(value: str) -> str:
    if (known := value.strip().lower()) not in VENUE_TYPES:
        raise _refuse(f"must be one of {', '.join(VENUE_TYPES)}, not {quoted(value)}")
    return known


def _paper_type(value: str) -> str:
    if (known := paper_type(value)) is None:
        raise _refuse(f"must be a type of Crossref's, such as journal-article, not {quoted(value)}")
    return known


_DASHES = re.compile(r"\s*[-‐-―−]+\s*")


def _pages(value: str) -> str:
    return _DASHES.sub("-", _named(value)).strip("-") or _named(value)


_URL = re.compile(r"(?:https?|ftp)://[^\s/]+\S*", re.I)


def _url(value: str) -> str:
    if not _URL.fullmatch(value.strip()):
        raise _refuse(f"must be an address on the web, such as https://example.org/1, not {quoted(value)}")
    return value.strip()


def _day(value: Any) -> Any:
    if not isinstance(value, str):
        raise _refuse("must be a date such as 2016-05-01")
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        if (moment := _MOMENT.fullmatch(value.strip())) and _is_day(moment[1]):
            raise _mend(moment[1], f"is a moment, of which the day is kept: {quoted(value)}") from None
        raise _refuse(f"must be a date such as 2016-05-01, not {quoted(value)}") from None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _unless_blank(read: Callable[[str], str]) -> AfterValidator:
    return AfterValidator(lambda value: read(value) if value and not value.isspace() else None)


Text = Annotated[str, AfterValidator(_named)]
Id = Annotated[str, AfterValidator(_identifier)]
# An id that a source leaves as "" is an id that it does not give, and a list that it gives as null is empty.
OwnId = Annotated[str, AfterValidator(_own_identifier)] | None
Doi = Annotated[str, _unless_blank(_scheme("doi"))] | None
Arxiv = Annotated[str, _unless_blank(_scheme("arxiv"))] | None
Orcid = Annotated[str, _unless_blank(_scheme("orcid"))] | None
Ror = Annotated[str, _unless_blank(_scheme("ror"))] | None
Country = Annotated[str, _unless_blank(_country)] | None
Issn = Annotated[str, _unless_blank(_scheme("issn"))] | None
Words = Annotated[str, _unless_blank(_named)] | None
Homepage = Annotated[str, _unless_blank(_url)] | None
Pages = Annotated[str, _unless_blank(_pages)] | None
VenueType = Annotated[str, _unless_blank(_venue_type)] | None
PaperType = Annotated[str, _unless_blank(_paper_type)] | None
Language = Annotated[str, _unless_blank(_language)] | None
NoneGiven = BeforeValidator(lambda value: () if value is None else value)
Day = Annotated[date, BeforeValidator(_day)]
Count = Annotated[int, Field(strict=True, ge=0, le=_LARGEST)]
Year = Annotated[int, Field(strict=True, ge=1, le=9999)]
Flag = Annotated[bool, Field(strict=True)]
Figure = Annotated[float, Field(strict=True, allow_inf_nan=False)]


class _Part(BaseModel):
    # Of a record that was parsed, the line that it stands in. No member: neither stated nor compared nor dumped.
    __slots__ = ("line",)

    model_config = ConfigDict(extra="ignore", frozen=True)


class Reported(_Part):
    """Figures that a source states about a person or a paper; `source` is filled with the source's name where absent."""

    source: Text | None = None
    as_of: Day | None = None
    h_index: Count | None = None
    paper_count: Count | None = None
    citation_count: Count | None = None
    novelty: Figure | None = None
    ai_score: Figure | None = None


class InstitutionName(_Part):
    """An institution as an author list or a paper names it."""

    name: Text
    id: OwnId = None
    ror: Ror = None
    country: Country = None


# What was validated lately, by what was stated: a file names few institutions, and names them often.
_VALIDATED: dict[tuple[Any, ...], InstitutionName] = {}
_MOST_VALIDATED = 1 << 13


def _institution_names(value: Any, each: ValidatorFunctionWrapHandler) -> Any:
    if value is None:
        return ()
    if not value or not isinstance(value, list | tuple):
        return each(value)
    try:
        return tuple([_VALIDATED[_stated_name(place)] for place in value])
    except (KeyError, AttributeError, TypeError):
        names = each(value)
    if len(_VALIDATED) > _MOST_VALIDATED:
        _VALIDATED.clear()
    _VALIDATED.update((_stated_name(place), name) for place, name in zip(value, names, strict=True) if isinstance(place, dict))
    return names


def _stated_name(place: dict[str, Any]) -> tuple[Any, ...]:
    """Its members; no two statements with equal ones are valid and differ."""
    return place.get("name"), place.get("id"), place.get("ror"), place.get("country")


class AuthorName(_Part):
    """One entry of an author list. `printed` false: known to the source, but the printed list stops before the name."""

    name: Text
    id: OwnId = None
    orcid: Orcid = None
    institutions: Annotated[tuple[InstitutionName, ...], WrapValidator(_institution_names)] = ()
    printed: Flag = True
    corresponding: Flag | None = None


URL_KINDS = ("LANDING_PAGE", "PDF", "CODE", "DATA", "VIDEO", "SUPPLEMENT")


class WebAddress(_Part):
    """An address of a paper on the web, and what is there."""

    kind: Literal["LANDING_PAGE", "PDF", "CODE", "DATA", "VIDEO", "SUPPLEMENT"] = "LANDING_PAGE"
    url: Annotated[str, AfterValidator(_url)]


class Version(_Part):
    """A version of a paper by what it is called, and its day."""

    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True)

    label: Text = Field(alias="version")
    published_on: Day | None = Field(alias="date", default=None)


class Funding(_Part):
    """A funder of a paper, and the number of a grant of theirs."""

    funder: Text
    funder_id: OwnId = None
    award: Words = None


class VenueName(_Part):
    """A venue as a paper names it."""

    name: Text
    id: OwnId = None
    ids: Annotated[tuple[Id, ...], NoneGiven] = ()
    venue_type: VenueType = None
    issn_l: Issn = None
    issns: Annotated[tuple[Annotated[str, AfterValidator(_scheme("issn"))], ...], NoneGiven] = ()


class Paper(_Part):
    """A paper. `authors` or `references` null: the source says nothing about them; [] with a complete list: it has none.

    `references_complete` false: some references of the paper are left out, or some were that could not be read.
    `ids` are further ids of it, in other catalogues.
    """

    type: Literal["paper"] = "paper"
    title: Text
    id: OwnId = None
    ids: Annotated[tuple[Id, ...], NoneGiven] = ()
    abstract: Annotated[str, _unless_blank(str.strip)] | None = None
    year: Year | None = None
    date: Day | None = None
    doi: Doi = None
    arxiv: Arxiv = None
    venue: VenueName | None = None
    language: Language = None
    paper_type: PaperType = None
    volume: Words = None
    issue: Words = None
    pages: Pages = None
    keywords: Annotated[tuple[Text, ...], NoneGiven] = ()
    urls: Annotated[tuple[WebAddress, ...], NoneGiven] = ()
    license: Words = None
    open_access: Flag | None = None
    retracted: Flag | None = None
    versions: Annotated[tuple[Version, ...], NoneGiven] = ()
    funding: Annotated[tuple[Funding, ...], NoneGiven] = ()
    categories: Annotated[tuple[Text, ...], NoneGiven] = ()
    authors: tuple[AuthorName, ...] | None = None
    authors_complete: Flag | None = None
    author_count: Count | None = None
    institutions: Annotated[tuple[InstitutionName, ...], WrapValidator(_institution_names)] = ()
    references: Annotated[tuple[Id, ...], WrapValidator(_identifiers)] | None = None
    references_complete: Flag | None = None
    listed: Count | None = None
    reported: Reported | None = None

    @model_validator(mode="before")
    @classmethod
    def _year_of_date(cls, value: Any) -> Any:
        if isinstance(value, dict) and value.get("year") is None and isinstance(value.get("date"), str):
            head = value["date"].strip()[:4]
            return {**value, "year": int(head)} if head.isascii() and head.isdigit() and int(head) else value
        return value

    @model_validator(mode="after")
    def _one_year(self) -> "Paper":
        if self.date is not None and self.year != self.date.year:
            raise PydanticCustomError(_OTHER_YEAR, "{reason}", {"reason": f"is {self.date}, but year is {self.year}"})
        return self


class Author(_Part):
    """A person: the preferred name, other names, further ids, and what a source states."""

    type: Literal["author"] = "author"
    name: Text
    id: OwnId = None
    ids: Annotated[tuple[Id, ...], NoneGiven] = ()
    aliases: Annotated[tuple[Text, ...], NoneGiven] = ()
    orcid: Orcid = None
    categories: Annotated[tuple[Text, ...], NoneGiven] = ()
    reported: Reported | None = None


class Institution(_Part):
    """An institution, its other names and further ids, what it is, and where it is."""

    type: Literal["institution"] = "institution"
    name: Text
    id: OwnId = None
    ids: Annotated[tuple[Id, ...], NoneGiven] = ()
    ror: Ror = None
    country: Country = None
    aliases: Annotated[tuple[Text, ...], NoneGiven] = ()
    types: Annotated[tuple[Annotated[Text, AfterValidator(str.lower)], ...], NoneGiven] = ()
    homepage: Homepage = None
    city: Words = None
    region: Words = None


class Venue(_Part):
    """A venue, its other names, further ids and ISSNs."""

    type: Literal["venue"] = "venue"
    name: Text
    id: OwnId = None
    ids: Annotated[tuple[Id, ...], NoneGiven] = ()
    aliases: Annotated[tuple[Text, ...], NoneGiven] = ()
    venue_type: VenueType = None
    issn_l: Issn = None
    issns: Annotated[tuple[Annotated[str, AfterValidator(_scheme("issn"))], ...], NoneGiven] = ()


class Category(_Part):
    """A category of some scheme: `code` names it, `name` says it in words, `parent` is the code above."""

    type: Literal["category"] = "category"
    code: Text
    name: Text | None = None
    parent: Annotated[str, _unless_blank(_named)] | None = None


class Citation(BaseModel):
    """One citation: the paper `from` cites the paper `to`. Either may be met before its paper, or never."""

    __slots__ = ("line",)

    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True)

    type: Literal["citation"] = "citation"
    citing: Id = Field(alias="from")
    cited: Id = Field(alias="to")


class Same(_Part):
    """A source says that these ids are of one entity. Even two ids of one scheme become one; the last is the one that stays."""

    type: Literal["same"] = "same"
    kind: Literal["author", "paper", "institution", "venue"]
    ids: Annotated[tuple[Id, ...], Field(min_length=2)]


class Homonym(_Part):
    """A source says that several people bear this name. `ids` are those that say no more than the name, and so name nobody."""

    type: Literal["homonym"] = "homonym"
    name: Text
    ids: Annotated[tuple[Id, ...], NoneGiven] = ()


Record: TypeAlias = Paper | Author | Institution | Category | Venue | Citation | Same | Homonym
TYPES = ("paper", "author", "institution", "category", "venue", "citation", "same", "homonym")


def _members(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(field.alias or name for name, field in model.model_fields.items())


# The members of each type of record, under "", and those of the objects within by their name.
MEMBERS: dict[str, dict[str, frozenset[str]]] = {
    "paper": {
        "": _members(Paper),
        "authors": _members(AuthorName),
        "institutions": _members(InstitutionName),
        "venue": _members(VenueName),
        "urls": _members(WebAddress),
        "versions": _members(Version),
        "funding": _members(Funding),
        "reported": _members(Reported),
    },
    "author": {"": _members(Author), "reported": _members(Reported)},
    "institution": {"": _members(Institution)},
    "category": {"": _members(Category)},
    "venue": {"": _members(Venue)},
    "citation": {"": _members(Citation)},
    "same": {"": _members(Same)},
    "homonym": {"": _members(Homonym)},
}
_ADAPTER: TypeAdapter[Record] = TypeAdapter(Annotated[Record, Field(discriminator="type")])
_VALIDATE = _ADAPTER.validator.validate_python


@dataclass(frozen=True)
class Fault:
    """One member that is not as it should be: where it stands, why, and the right value where that is certain."""

    path: tuple[int | str, ...]
    reason: str
    mended: bool = False
    value: Any = None


def validated(value: dict[str, Any], line: int) -> Record | list[Fault]:
    """The record that members make, or all their faults, in the order of the members."""
    if "type" not in value:
        return [Fault(("type",), f"is missing; it is one of {', '.join(TYPES)}")]
    if not isinstance(value["type"], str) or value["type"] not in TYPES:
        return [Fault(("type",), f"must be one of {', '.join(TYPES)}, not {shown(value['type'])}")]
    try:
        record: Record = _VALIDATE(value)
    except ValidationError as error:
        return [_fault(each) for each in error.errors(include_url=False)]
    object.__setattr__(record, "line", line)
    return record


def _fault(error: ErrorDetails) -> Fault:
    path = error["loc"][1:]
    if error["type"] == _OTHER_YEAR:
        return Fault(("date",), str(error["msg"]))
    if error["type"] == MENDED:
        return Fault(path, str(error["msg"]), True, error["ctx"]["value"])
    return Fault(path, _reason(error), *mended(error["type"], path, error["input"]))


def parse(value: Any, file: str, line: int) -> Record | Notice:
    """The record that a JSON value of a line is, or the first reason why it is none."""
    if not isinstance(value, dict):
        return Notice(file, line, "", "must be a JSON object")
    record = validated(value, line)
    return Notice(file, line, member(record[0].path), record[0].reason) if isinstance(record, list) else record


def member(path: tuple[int | str, ...]) -> str:
    """A path as a notice names it, such as `authors[2].name`."""
    joined = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return joined.removeprefix(".")


_KINDS = ("author", "paper", "institution", "venue")
_EXPECTED = {
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "finite_number": "must be a finite number",
    "tuple_type": "must be a list",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
}


def _reason(error: ErrorDetails) -> str:
    kind, value = error["type"], error["input"]
    if kind == "missing":
        return "is missing"
    context: Mapping[str, Any] = error.get("ctx", {})
    if kind == "too_short":
        return f"must have at least {context['min_length']} entries"
    if kind == "literal_error":
        among = URL_KINDS if error["loc"][-1:] == ("kind",) and "urls" in error["loc"] else _KINDS
        return f"must be one of {', '.join(among)}, not {shown(value)}"
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = context.get("ge", context.get("le"))
        return f"must be {'at least' if 'ge' in context else 'at most'} {bound}, not {shown(value)}"
    if kind in _EXPECTED:
        return f"{_EXPECTED[kind]}, not {shown(value)}"
    return str(error["msg"])


def line_of(record: Record) -> int:
    """The line of its file that a record was parsed from; 0 for one that was made otherwise."""
    return getattr(record, "line", 0)


def dump(record: Record) -> dict[str, Any]:
    """The record as JSON members, without those that say nothing; an empty list of authors does say something."""
    return {"type": record.type} | record.model_dump(mode="json", by_alias=True, exclude_defaults=True)

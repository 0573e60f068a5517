"""Lists of papers of conferences, one JSON object a line: authors with their institutions, ids and countries.

A line with `title` is a paper: `id`, `year`, `abstract`, `doi`, `arxiv`, `cited_by` and `authors`, each with `name`, `inst` (tidy
names of institutions, else `aff_raw` with "+" between them), `country` (one for each institution), `orcid`, `openreview`,
`acl`, `dblp`. A line with `countries` is an institution.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from byline.data.notices import Notice, Outcome, quoted, shown
from byline.data.record import Record
from byline.data.reference.iso_countries import country_of
from byline.data.sources.names.author_lists import AuthorList, author_list, with_texts
from byline.data.sources.read.documents import documents
from byline.data.sources.read.head import Head
from byline.data.sources.read.salvage import renames, salvaged
from byline.data.sources.read.tex import plain
from byline.data.sources.read.unplaced import Shape, Unplaced, shape
from byline.data.sources.source import Source
from byline.graph.text import compact

# What people write where they belong to no institution, or where nobody knows to which.
_NOWHERE = re.compile(
    r"\W*(?:(?:independent|unknown)(?: (?:research(?:er)?|consultant|scholar|contributor|scientist|author|engineer|developer"
    r"|institution|university|affiliation))?|freelancer?|self[- ]employed|unaffiliated|none|null|n\.?/?a\.?|anonymous)?\W*",
    re.I,
)
_PID = re.compile(r"(?:https?://dblp\S*/pid/)?(\w{1,3}/[\w-]+?)(?:\.html)?")
# Members of other catalogues' papers that no such list has.
_FOREIGN = ("type", "author", "DOI", "issued", "authorships", "authors_parsed", "categories", "paperId", "corpusid", "paper_id")
_READ: Shape = {
    **shape("id", "title", "abstract", "year", "doi", "arxiv", "cited_by"),
    "authors": shape("name", "inst", "aff_raw", "country", "orcid", "openreview", "acl", "dblp"),
}
_OF_INSTITUTIONS = shape("name", "countries")
# The order in which ids are believed to name one person.
_SCHEMES = ("openreview", "acl", "dblp")
_NATIVE = renames(
    (r"^reported\.citation_count", "cited_by"), (r"^authors\[(\d+)\]\.institutions\[(\d+)\]", r"authors[\1].inst[\2]")
)


def read(path: Path, options: Mapping[str, str]) -> Iterator[Record | Notice]:
    """The papers and institutions; each person that has ids of several catalogues when first met. Raises SourceFailed."""
    described: set[str] = set()
    unplaced = Unplaced(path.name)
    for document in documents(path):
        if isinstance(document, Notice):
            yield document
            continue
        number, value = document
        if not isinstance(value, dict):
            yield Notice(path.name, number, "", "must be a JSON object")
        elif "countries" in value and "title" not in value:
            unplaced.beyond(value, _OF_INSTITUTIONS, number)
            yield from _institution(value, path.name, number)
        elif why := _stranger(value):
            yield Notice(path.name, number, "", f"is no paper of such a list: {why}")
        else:
            unplaced.beyond(value, _READ, number)
            yield from _paper(value, path.name, number, described)
    yield from unplaced.notices()


def _stranger(value: Mapping[str, Any]) -> str | None:
    """Why an object is neither a paper nor an institution of such a list, be it a good or a bad one; None where it is."""
    if "title" not in value and "authors" not in value:
        return None if "countries" in value and "name" in value else "it has neither title nor authors"
    if foreign := next((name for name in _FOREIGN if name in value), None):
        return f"it has {foreign}, which such lists do not have"
    authors = value.get("authors")
    if authors and not (isinstance(authors, list) and any(isinstance(each, dict) and "name" in each for each in authors)):
        return "its authors must be a list of objects with a name"
    return None


def _institution(value: Mapping[str, Any], file: str, line: int) -> Iterator[Record | Notice]:
    """One that is stated in several countries has none: the list tells of its people, not of its seat."""
    name, countries = value.get("name"), value.get("countries")
    if isinstance(name, str) and _NOWHERE.fullmatch(name):
        yield Notice(file, line, "name", f"is no institution: {quoted(name)}")
        return
    read = {each: country_of(each) for each in (countries if isinstance(countries, dict) else ()) if not _NOWHERE.fullmatch(each)}
    codes = {code for code in read.values() if code}
    yield from salvaged({"type": "institution", "name": name, "country": codes.pop() if len(codes) == 1 else None}, file, line)
    for each in (each for each, code in read.items() if code is None):
        yield Notice(file, line, "countries", _unread(each), Outcome.LEFT_OUT)


def _unread(country: str) -> str:
    return f"is no country that is known: {quoted(country)}; it is left out"


def _paper(value: Mapping[str, Any], file: str, line: int, described: set[str]) -> Iterator[Record | Notice]:
    title, stated, arxiv = value.get("title"), value.get("doi"), value.get("arxiv")
    stated_authors = value.get("authors")
    entries = [each for each in stated_authors if isinstance(each, dict)] if isinstance(stated_authors, list) else []
    if out_of_order := not _in_order(entries):
        yield Notice(file, line, "authors", "have ids in another order than the authors; the ids were left out", Outcome.LEFT_OUT)
    for place, each in enumerate(stated_authors if isinstance(stated_authors, list) else ()):
        if not isinstance(each, dict):
            yield Notice(
                file,
                line,
                f"authors[{place}]",
                f"must be an object with a name and was left out: {shown(each)}",
                Outcome.LEFT_OUT,
            )
    record: dict[str, Any] = {
        "type": "paper",
        "id": f"paperlists:{value['id']}" if value.get("id") else None,
        "title": plain(title) if isinstance(title, str) else title,
        "abstract": value.get("abstract"),
        "year": value.get("year"),
        "doi": stated,
        "arxiv": arxiv.strip() if isinstance(arxiv, str) else None,
        "reported": {"citation_count": value["cited_by"]} if value.get("cited_by") is not None else None,
    }
    authors = _authors(entries, ids=not out_of_order)
    yield from _people(entries if not out_of_order else [], described, file, line)
    yield from with_texts(salvaged(record | authors.members, file, line, native=_NATIVE), file, line)
    yield from authors.notices(file, line)
    for place, entry in enumerate(stated_authors if isinstance(stated_authors, list) else ()):
        for member, why in _lost(entry) if isinstance(entry, dict) else ():
            yield Notice(file, line, f"authors[{place}].{member}", why, Outcome.LEFT_OUT)


def _authors(entries: list[dict[str, Any]], ids: bool) -> AuthorList:
    """People in order, with their ids where these can be theirs."""
    authors = []
    for entry in entries:
        author: dict[str, Any] = {"name": str(entry.get("name") or ""), "institutions": _institutions(entry)}
        if ids:
            author["id"] = next(iter(_ids(entry)), None)
            author["orcid"] = entry.get("orcid")
        authors.append(author)
    return author_list(authors)


def _institutions(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    names, raw, countries = entry.get("inst"), entry.get("aff_raw"), entry.get("country")
    if not isinstance(names, list) or not names:
        names, countries = (raw.split("+") if isinstance(raw, str) else []), None
    codes = countries if isinstance(countries, list) and len(countries) == len(names) else [""] * len(names)
    return [
        {"name": name, "country": country_of(str(country))}
        for each, country in zip(names, codes, strict=True)
        if any(map(str.isalpha, name := str(each).strip())) and not _NOWHERE.fullmatch(name)
    ]


def _lost(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The countries of an entry that say something and are not kept: where they stand, and why."""
    institutions, countries = entry.get("inst"), entry.get("country")
    stated = countries if isinstance(countries, list) else [countries]
    if all(each is None or _NOWHERE.fullmatch(str(each)) for each in stated):
        return
    if not isinstance(countries, list):
        yield "country", f"must be a list, one country for each of inst, not {shown(countries)}; it is left out"
    elif len(countries) != (count := len(institutions) if isinstance(institutions, list) else 0):
        yield "country", f"must be one for each of inst: {len(countries)} for {count}; they are left out"
    else:
        for place, each in enumerate(map(str, countries)):
            if not _NOWHERE.fullmatch(each) and country_of(each) is None:
                yield f"country[{place}]", _unread(each)


def _ids(entry: Mapping[str, Any]) -> list[str]:
    """The ids of an entry, the one that is believed most first."""
    identifiers = []
    for scheme in _SCHEMES:
        value = entry.get(scheme)
        if not isinstance(value, str) or not value.strip():
            continue
        if scheme != "dblp":
            identifiers.append(f"{scheme}:{value.strip()}")
        elif match := _PID.fullmatch(value.strip()):
            identifiers.append(f"dblp:{match[1]}")
    return identifiers


def _people(entries: list[dict[str, Any]], described: set[str], file: str, line: int) -> Iterator[Record | Notice]:
    for entry in entries:
        ids = _ids(entry)
        if len(ids) > 1 and (key := " ".join(ids)) not in described:
            described.add(key)
            yield from salvaged({"type": "author", "id": ids[0], "ids": ids[1:], "name": entry.get("name")}, file, line)


def _in_order(entries: list[dict[str, Any]]) -> bool:
    """Whether no OpenReview id, which has a name in it, is that of another author of the list."""
    names = [compact(str(entry.get("name") or "")) for entry in entries]
    for own, entry in zip(names, entries, strict=True):
        named = compact(re.sub(r"\d+$", "", str(entry.get("openreview") or "")))
        if named and named != own and named in names:
            return False
    return True


def _recognises(head: Head) -> bool:
    return any(_stranger(value) is None for value in head.objects)


SOURCE = Source(
    name="paperlists",
    about="Lists of papers of conferences with authors, institutions and ids, and lists of institutions, one JSON object a line "
    "(.jsonl, .gz, .zst).",
    licence="that of the list; abstracts belong to their authors",
    says="title, abstract, year, DOI, arXiv id, authors in order with institutions, countries, ORCID, OpenReview, DBLP and "
    "Anthology ids, the number of citations that Google Scholar showed",
    silent="days, categories, references, venues and whether a paper was accepted; when citations were counted",
    read=read,
    recognises=_recognises,
)

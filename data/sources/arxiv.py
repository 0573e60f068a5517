"""arXiv's public metadata dump: one paper a line, as JSON.

Members read: `id`, `title`, `authors_parsed` or `authors`, `categories`, `versions` or `created`, `doi`, `abstract`. The
first category is the primary one. The day is that of the first version; where none is given, the year is in the id.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from email.utils import parsedate
from pathlib import Path
from typing import Any

from data.notices import Notice, Outcome, quoted, shown
from data.record import Record, parse
from data.sources.bylines import byline
from data.sources.documents import documents
from data.sources.head import Head
from data.sources.identifiers import doi_in
from data.sources.source import Source
from data.sources.tex import plain

_ID = re.compile(r"(?:[a-z-]+(?:\.[a-z-]+)?/)?(\d\d)(\d\d)\.?\d{3,5}(?:v\d+)?", re.I)
_NUMBER = re.compile(r"\d+(?:\s*,\s*\d+)*")
_GROUP_FIRST = re.compile(r"(?<=ollaboration)\s*:")
_COMMA_OR_AND = re.compile(r"\s*(?:,\s*(?:and\s+)?|\s+and\s+|;\s*)")


def read(path: Path, options: Mapping[str, str]) -> Iterator[Record | Notice]:
    """The paper of each line, or why it holds none; a DOI that is none is refused alone. Raises SourceFailed."""
    for found in documents(path):
        if isinstance(found, Notice):
            yield found
            continue
        number, value = found
        if not isinstance(value, dict) or not isinstance(value.get("id"), str):
            yield Notice(path.name, number, "id" if isinstance(value, dict) else "", "is missing: every paper of arXiv has one")
            continue
        given = value.get("doi")
        doi = doi_in(given) if isinstance(given, str) else None
        if given and not doi:
            yield Notice(path.name, number, "doi", f"is no DOI and was left out: {shown(given)}", outcome=Outcome.LEFT_OUT)
        yield _paper(value, doi, path.name, number)


def _paper(value: Mapping[str, Any], doi: str | None, file: str, line: int) -> Record | Notice:
    if not (match := _ID.fullmatch(value["id"].strip())):
        return Notice(file, line, "id", f"is no id of arXiv: {quoted(value['id'])}")
    title, categories = value.get("title"), value.get("categories")
    identifier = value["id"].strip()
    record: dict[str, Any] = {
        "type": "paper",
        "id": f"arxiv:{identifier}",
        "arxiv": identifier,
        "title": plain(title) if isinstance(title, str) else title,
        "abstract": _unwrapped(value.get("abstract")),
        "doi": doi,
        "categories": categories.split() if isinstance(categories, str) else categories,
    }
    record |= _authors(value)
    first = _first_day(value)
    if first:
        record["date"] = first
    else:
        record["year"] = (1900 if match[1] > "90" else 2000) + int(match[1])
    return parse(record, file, line)


def _unwrapped(abstract: Any) -> Any:
    """Lines of the dump are 80 characters wide; a new paragraph begins with two spaces."""
    if not isinstance(abstract, str) or "\n" not in abstract:
        return abstract
    return re.sub(r"\n(?! {2})", " ", abstract.strip()).replace("\n  ", "\n\n")


def _first_day(value: Mapping[str, Any]) -> str | None:
    """The day of the first version, as 2007-03-31."""
    versions = value.get("versions")
    first = versions[0] if isinstance(versions, list) and versions else value
    created = first.get("created") if isinstance(first, dict) else None
    if not isinstance(created, str):
        return None
    if re.match(r"\d{4}-\d\d-\d\d", created):
        return created[:10]
    parsed = parsedate(created)
    try:
        return date(*parsed[:3]).isoformat() if parsed else None
    except ValueError:
        return None


def _authors(value: Mapping[str, Any]) -> dict[str, Any]:
    parsed, printed = value.get("authors_parsed"), value.get("authors")
    if isinstance(parsed, list) and parsed:
        # Family name, given names, suffix, then affiliations.
        parts = [[str(part or "") for part in entry] for entry in parsed if isinstance(entry, list) and entry]
        names = [" ".join(filter(None, (*entry[1:2], entry[0], *entry[2:3]))) for entry in parts]
        return _members(names, [entry[3:] for entry in parts])
    if isinstance(printed, str):
        return _members(*split(printed))
    if isinstance(printed, list):
        return _members([str(name) for name in printed], [()] * len(printed))
    return {}


def _members(names: list[str], places: "list[Any]") -> dict[str, Any]:
    """Members of the record. Collaborations are no people: the paper has them among its institutions."""
    found = byline(plain(name) for name in names)
    record: dict[str, Any] = {}
    if found.people:
        record["authors"] = [_author(name, places[place]) for name, place in found.people]
        record["authors_complete"] = found.complete
    if found.collaborations:
        record["institutions"] = [{"name": name} for name in found.collaborations]
    return record


def _author(name: str, places: Iterable[str]) -> dict[str, Any]:
    named = [cleaned for place in places if any(map(str.isalpha, cleaned := " ".join(plain(place).split())))]
    return {"name": name, "institutions": [{"name": each} for each in named]} if named else {"name": name}


def split(printed: str) -> tuple[list[str], list[list[str]]]:
    """Names and affiliations of a printed list: "A. Roe (Delft), B. Li and C. Du".

    An affiliation in brackets is that of the name before it; one alone at the end is everybody's. Numbers in brackets
    point into a list at the end, "((1) Delft, (2) Leiden)".
    """
    names: list[str] = []
    brackets: list[list[str]] = []
    for outside, inside in _pieces(_GROUP_FIRST.sub(",", " ".join(printed.split()))):
        names_here = [name for part in _COMMA_OR_AND.split(outside) if (name := part.strip())]
        names += names_here
        brackets += [[] for _ in names_here]
        if inside and names:
            brackets[-1].append(inside)
    keys = _numbered(brackets)
    places = [[place for given in each for place in _resolved(given, keys)] for each in brackets]
    if not keys and places and all(not each for each in places[:-1]):
        places = [list(places[-1]) for _ in places]
    return names, places


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Stretches outside of brackets, each with the bracket behind it."""
    depth = start = opened = 0
    for at, character in enumerate(text):
        if character == "(":
            if not depth:
                opened = at
            depth += 1
        elif character == ")" and depth:
            depth -= 1
            if not depth:
                yield text[start:opened], text[opened + 1 : at]
                start = at + 1
    yield text[start : opened if depth else None], text[opened + 1 :] if depth else ""


def _numbered(brackets: list[list[str]]) -> dict[str, str]:
    """The list of numbered affiliations, taken out of the last bracket; {} where there is none."""
    last = brackets[-1] if brackets else []
    if not last or not last[-1].lstrip().startswith("("):
        return {}
    parts = re.split(r"\((\w{1,3})\)", last.pop())
    return {key: place.strip(" ,;.") for key, place in zip(parts[1::2], parts[2::2], strict=True)}


def _resolved(given: str, keys: Mapping[str, str]) -> list[str]:
    if all(key.strip() in keys for key in given.split(",")):
        return [keys[key.strip()] for key in given.split(",")]
    return [] if _NUMBER.fullmatch(given.strip()) else [given.strip()]


def _recognises(head: Head) -> bool:
    # A reference manager may name its items by numbers alone, which look like ids of arXiv: `author` and `type` are its members.
    own = (value for value in head.objects if "title" in value and not {"author", "type"} & value.keys())
    return any(isinstance(value.get("id"), str) and _ID.fullmatch(value["id"].strip()) for value in own)


SOURCE = Source(
    name="arxiv",
    about="arXiv's public metadata dump, one paper a line (.jsonl, .jsonl.gz, .jsonl.zst); also lists of papers with the "
    "members id, title, authors, categories, created.",
    licence="CC0 1.0 for the metadata; abstracts belong to their authors",
    says="arXiv id, title, abstract, day of the first version, DOI, categories with the primary one first, authors in order, "
    "affiliations where they are printed, collaborations (as institutions of the paper)",
    silent="ids of people, references, citations, venues; affiliations of most papers; members of a collaboration that signs",
    read=read,
    recognises=_recognises,
)

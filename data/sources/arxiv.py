"""arXiv's public metadata dump: one paper a line, as JSON.

Members read: `id`, `title`, `authors_parsed` or `authors`, `categories`, `versions` or `created`, `doi`, `abstract`. The
first category is the primary one. The day is that of the first version; where none is given, the year is in the id.
"""

import re
from collections.abc import Generator, Iterator, Mapping
from email.utils import parsedate
from pathlib import Path
from typing import Any

from byline.data.notices import Notice, Outcome, quoted
from byline.data.record import Record
from byline.data.sources.names.affiliations import parted, points, resolved, split
from byline.data.sources.names.author_lists import AuthorList, author_list, with_texts
from byline.data.sources.names.bylines import Remark
from byline.data.sources.names.marks import in_order
from byline.data.sources.read.documents import documents
from byline.data.sources.read.head import Head
from byline.data.sources.read.salvage import salvaged
from byline.data.sources.read.tex import plain
from byline.data.sources.read.unplaced import Unplaced, shape
from byline.data.sources.source import Source
from byline.data.text.dates import NO_DATE, PublicationDate, from_parts, from_text
from byline.graph.identifiers import identify

__all__ = ["SOURCE", "read", "split"]

_READ = shape("id", "title", "authors", "authors_parsed", "categories", "versions", "created", "doi", "abstract")


# Members by which a paper is known for one of arXiv where its id cannot be read.
_OWN = frozenset(("authors_parsed", "categories", "versions", "submitter", "update_date"))


def read(path: Path, options: Mapping[str, str]) -> Iterator[Record | Notice]:
    """The paper of each line, or why it holds none; an id that is none is left out alone. Raises SourceFailed."""
    unplaced = Unplaced(path.name)
    for document in documents(path):
        if isinstance(document, Notice):
            yield document
            continue
        number, value = document
        if not isinstance(value, dict) or not isinstance(value.get("id"), str):
            yield Notice(path.name, number, "id" if isinstance(value, dict) else "", "is missing: every paper of arXiv has one")
            continue
        if _OWN.isdisjoint(value) and identify("arxiv", value["id"]).value is None:
            yield Notice(path.name, number, "id", f"is no id of arXiv, and nothing else is arXiv's: {quoted(value['id'])}")
            continue
        unplaced.beyond(value, _READ, number)
        yield from _paper(value, path.name, number)
    yield from unplaced.notices()


def _paper(value: Mapping[str, Any], file: str, line: int) -> Iterator[Record | Notice]:
    first = _first_day(value)
    yield from first.notices(file, line, "created")
    identifier = yield from _identifier(value["id"], file, line)
    title, categories = value.get("title"), value.get("categories")
    record: dict[str, Any] = {
        "type": "paper",
        "id": f"arxiv:{identifier}" if identifier else None,
        "arxiv": identifier,
        "title": plain(title) if isinstance(title, str) else title,
        "abstract": _unwrapped(value.get("abstract")),
        "doi": value.get("doi"),
        "categories": categories.split() if isinstance(categories, str) else categories,
    }
    member, authors = _authors(value)
    record |= authors.members
    if first.year is not None:
        record |= first.members()
        # Beside the day, so that nobody has to read it there.
        record["year"] = first.year
    elif identifier:
        number = identifier.rpartition("/")[2]
        record["year"] = (1900 if number[:2] > "90" else 2000) + int(number[:2])
    yield from with_texts(salvaged(record, file, line), file, line)
    yield from authors.notices(file, line, member)


def _identifier(stated: str, file: str, line: int) -> Generator[Notice, None, str | None]:
    """The id of a paper; null where none can be read, which costs the paper nothing else."""
    identified = identify("arxiv", stated)
    if identified.value is None:
        yield Notice(
            file, line, "id", f"is no id of arXiv: {quoted(stated)} {identified.problem}; it is left out", Outcome.LEFT_OUT
        )
    elif identified.mended:
        yield Notice(
            file, line, "id", f"{identified.mended}: {quoted(stated)}; {quoted(identified.value)} is taken", Outcome.MENDED
        )
    return identified.value


def _unwrapped(abstract: Any) -> Any:
    """Lines of the dump are 80 characters wide; a new paragraph begins with two spaces."""
    if not isinstance(abstract, str) or "\n" not in abstract:
        return abstract
    return re.sub(r"\n(?! {2})", " ", abstract.strip()).replace("\n  ", "\n\n")


def _first_day(value: Mapping[str, Any]) -> PublicationDate:
    """The day of the first version, "Sat, 31 Mar 2007 02:26:18 GMT" or as 2007-03-31."""
    versions = value.get("versions")
    first = versions[0] if isinstance(versions, list) and versions else value
    created = first.get("created") if isinstance(first, dict) else None
    if not isinstance(created, str):
        return NO_DATE
    parsed = None if created[:4].isdigit() else parsedate(created)
    return from_parts(*parsed[:3], stated=created) if parsed else from_text(created)


def _authors(value: Mapping[str, Any]) -> tuple[str, AuthorList]:
    """The member that has the authors, and the list that it is. Collaborations are no people but institutions of the paper."""
    parsed, printed = value.get("authors_parsed"), value.get("authors")
    if isinstance(parsed, list) and parsed:
        # Family name, given names, suffix, then affiliations.
        parts = [[str(part or "") for part in entry] for entry in parsed if isinstance(entry, list) and entry]
        names = [in_order("".join(entry[1:2]), entry[0], "".join(entry[2:3])) for entry in parts]
        return "authors_parsed", _list(*resolved(names, [list(filter(None, entry[3:])) for entry in parts]))
    if isinstance(printed, str):
        return "authors", _list(*parted(printed))
    if isinstance(printed, list):
        return "authors", _list([str(name) for name in printed], [[] for _ in printed])
    return "authors", AuthorList()


def _list(names: list[str], places: list[list[str]]) -> AuthorList:
    listing = author_list([_author(plain(name), own) for name, own in zip(names, places, strict=True)])
    if not any(places):
        return listing
    for number, own in enumerate(places):
        if lost := [place for place in own if points(place)]:
            reason = f"points to an affiliation that the list does not have, and was left out: {quoted(', '.join(lost))}"
            listing.remarks.append(Remark(number, Outcome.LEFT_OUT, reason))
    return listing


def _author(name: str, places: list[str]) -> dict[str, Any]:
    if not places:
        return {"name": name}
    named = [cleaned for place in places if not points(place) and (cleaned := " ".join(plain(place).split()))]
    return {"name": name, "institutions": [{"name": each} for each in named]} if named else {"name": name}


def _recognises(head: Head) -> bool:
    # A reference manager may name its items by numbers alone, which look like ids of arXiv: `author` and `type` are its members.
    own = (value for value in head.objects if "title" in value and not {"author", "type"} & value.keys())
    return any(isinstance(value.get("id"), str) and identify("arxiv", value["id"]).value for value in own)


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

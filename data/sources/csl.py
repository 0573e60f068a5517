"""CSL-JSON, as reference managers export it, and Crossref's works, which have the same shape and more members.

Items come as a list, one a line, or in Crossref's answers (`message`, `items`). An `id` names an item within one file only and is
no id of the paper.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from byline.data.notices import Notice, Outcome, shown
from byline.data.record import Record
from byline.data.sources import csl_stated
from byline.data.sources.csl_dates import csl_date
from byline.data.sources.names.author_lists import AuthorList, author_list, with_texts
from byline.data.sources.names.printed import joined
from byline.data.sources.read import markup
from byline.data.sources.read.documents import documents
from byline.data.sources.read.head import Head
from byline.data.sources.read.identifiers import arxiv_alone, arxiv_in, doi_in, mentioned
from byline.data.sources.read.salvage import renames, salvaged
from byline.data.sources.read.unplaced import Unplaced, shape
from byline.data.sources.source import Source
from byline.data.text.dates import NO_DATE, PublicationDate
from byline.graph.identifiers import identify

# Members by which an item is known for one, those of works of Crossref's among them, and how types of either begin.
_OWN = frozenset(
    ("author", "editor", "issued", "DOI", "ISBN", "ISSN", "PMID", "URL", "container-title", "publisher", "reference")
)
_NATIVE = renames(
    (r"^doi$", "DOI"),
    (r"^ids\[\d+\]$", "PMID"),
    (r"^venue\.issns\[\d+\]$", "ISSN"),
    (r"^pages$", "page"),
    (r"^funding\[(\d+)\]\.funder_id$", r"funder[\1].DOI"),
    (r"^authors\[(\d+)\]\.orcid$", r"author[\1].ORCID"),
    (r"^authors\[(\d+)\]\.institutions\[\d+\]\.ror$", r"author[\1].affiliation"),
    (r"^authors\[(\d+)\]", r"author[\1]"),
)
_TYPE = re.compile(
    r"(?:article|bill|book|chapter|classic|collection|component|dataset|dissertation|document|entry|event|figure|graphic|hearing"
    r"|interview|journal|legal|legislation|manuscript|map|mono|motion|musical|pamphlet|paper-|patent|peer-|performance|periodical"
    r"|personal_|post|proceedings|reference|regulation|report|review|software|song|speech|standard|thesis|treaty|webpage)[a-z_-]*"
)
# Members of other catalogues' papers that no item has.
_FOREIGN = ("authors", "authorships", "authors_parsed", "display_name", "paperId", "corpusid", "paper_id")
_DOI_LINK = re.compile(r"\s*(?:https?://)?(?:(?:dx|www)\.)?doi\.org/", re.I)
# A line of Zotero's note ("Extra") that is a member.
_DOI_LINE = re.compile(r"^\s*doi\s*:(.+)$", re.I | re.M)
_DATES = ("issued", "published", "published-print", "published-online", "original-date")
_READ = {
    **shape("id", "title", "abstract", "DOI", "URL", "PMID", "PMCID", "is-referenced-by-count", *_DATES),
    "author": shape(
        *("family", "given", "suffix", "dropping-particle", "non-dropping-particle", "literal", "name", "ORCID", "sequence"),
        affiliation=shape("name", id=shape("id", "id-type", "asserted-by")),
    ),
    "reference": shape("DOI", "key"),
    **csl_stated.READ,
}


def read(path: Path, options: Mapping[str, str]) -> Iterator[Record | Notice]:
    """The paper of each item; wrong members are left out and listed. Raises SourceFailed for an unreadable file."""
    unplaced = Unplaced(path.name)
    for document in documents(path):
        if isinstance(document, Notice):
            yield document
            continue
        number, value = document
        for at, item in _items(value, ""):
            if not isinstance(item, dict):
                yield Notice(path.name, number, at, "must be an item: a JSON object")
                continue
            if why := _stranger(item):
                yield Notice(path.name, number, at, f"is no item of CSL-JSON or Crossref: {why}")
                continue
            unplaced.beyond(item, _READ, number)
            for _ in _ids_without_ror(item.get("author")):
                unplaced.add("author[].affiliation[].id", number)
            record, refused = _paper(item)
            authors = _authors(item.get("author"))
            for member, reason in refused:
                yield Notice(path.name, number, f"{at}.{member}".lstrip("."), reason, outcome=Outcome.LEFT_OUT)
            stated, when = _date(item)
            yield from when.notices(path.name, number, f"{at}.{stated}".lstrip("."))
            record |= when.members() | csl_stated.stated(item)
            records = salvaged(record | authors.members, path.name, number, at, _NATIVE)
            yield from with_texts(records, path.name, number)
            yield from authors.notices(path.name, number, f"{at}.author".lstrip("."))
    yield from unplaced.notices()


def _items(value: Any, at: str) -> Iterator[tuple[str, Any]]:
    """Each item and where it stands in its line."""
    if isinstance(value, list):
        for place, each in enumerate(value):
            yield f"{at}[{place}]", each
    elif (
        isinstance(value, dict)
        and "title" not in value
        and isinstance(inner := value.get("message", value.get("items")), dict | list)
    ):
        yield from _items(inner, f"{at}.{'message' if 'message' in value else 'items'}".lstrip("."))
    else:
        yield at, value


def _stranger(item: Mapping[str, Any]) -> str | None:
    """Why an object is no item, be it a good or a bad one; None where it is one."""
    if foreign := next((name for name in _FOREIGN if name in item), None):
        return f"it has {foreign}, which items do not have"
    if _OWN.isdisjoint(item) and not _TYPE.fullmatch(str(item.get("type"))):
        return "it has neither a type of theirs nor author, issued, DOI or another of their members"
    return None


def _empty_answer(value: Mapping[str, Any]) -> bool:
    return value.get("items") == []


def _paper(item: Mapping[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The record of an item, and which members it has that cannot be right."""
    refused = list(_lost(item.get("author")))
    title, abstract = csl_stated.first(item.get("title")), item.get("abstract")
    cited = item.get("is-referenced-by-count")
    arxiv = _arxiv(item)
    if not arxiv and (in_note := arxiv_in(str(item.get("note") or ""))):
        refused.append(("note", mentioned(in_note)))
    record: dict[str, Any] = {
        "type": "paper",
        "title": markup.plain(title) if isinstance(title, str) else title or "",
        "abstract": markup.plain(abstract) if isinstance(abstract, str) else None,
        "doi": item.get("DOI") or _doi(item),
        "arxiv": arxiv,
        "ids": [f"{name.lower()}:{item[name]}" for name in ("PMID", "PMCID") if item.get(name)],
        **_references(item.get("reference")),
        "reported": {"citation_count": cited} if isinstance(cited, int) else None,
    }
    return record, refused


def _doi(item: Mapping[str, Any]) -> str | None:
    """The DOI of an item without the member for it: from a link of doi.org, or from a line of Zotero's note."""
    link, line = str(item.get("URL") or ""), _DOI_LINE.search(str(item.get("note") or ""))
    return (doi_in(link) if _DOI_LINK.match(link) else None) or (doi_in(line[1]) if line else None)


def _arxiv(item: Mapping[str, Any]) -> str | None:
    """The arXiv id. A note is prose, which may mention another paper; Zotero's are lines, some of which are members."""
    stated = [arxiv_in(str(item.get(name) or "")) for name in ("number", "URL", "DOI")]
    stated += map(arxiv_alone, str(item.get("note") or "").splitlines())
    stated.append(arxiv_alone(str(csl_stated.first(item.get("container-title")) or "")))
    if str(item.get("archive") or "").strip().lower() in ("arxiv", "arxiv.org"):
        stated.append(identify("arxiv", str(item.get("archive_location") or "")).value)
    return next(filter(None, stated), None)


def _lost(authors: Any) -> Iterator[tuple[str, str]]:
    """What stands among the authors and names nobody whom an item could name."""
    if not isinstance(authors, list | None):
        yield "author", f"must be a list of names and was left out: {shown(authors)}"
    for place, each in enumerate(authors if isinstance(authors, list) else ()):
        if not isinstance(each, dict):
            yield f"author[{place}]", f"must be an object with family, given or literal, and was left out: {shown(each)}"


def _references(references: Any) -> dict[str, Any]:
    """The references that have a DOI; unknown where the publisher gives none, and cut where some of them have no DOI."""
    if not isinstance(references, list) or not references:
        return {}
    dois = [doi_in(str(each.get("DOI") or "")) for each in references if isinstance(each, dict)]
    whole = len(dois) == len(references) and all(dois)
    return {"references": [f"doi:{doi}" for doi in dois if doi], "references_complete": whole}


def _date(item: Mapping[str, Any]) -> tuple[str, PublicationDate]:
    """The first of its dates that has a year, by the member that states it; else the first that states anything."""
    dates = [(name, csl_date(item[name])) for name in _DATES if name in item]
    stated = [each for each in dates if each[1] != NO_DATE]
    return next((each for each in stated if each[1].year is not None), stated[0] if stated else ("issued", NO_DATE))


def _authors(authors: Any) -> AuthorList:
    """People in order. A name as a whole (`literal`, Crossref's `name`) is that of a corporate author, which is no person but an
    institution of the paper, unless it is laid out as a person's or a list of people."""
    entries = [each for each in authors if isinstance(each, dict)] if isinstance(authors, list) else []
    people = [_author(each) for each in entries]
    corporate = [place for place, each in enumerate(entries) if not _name(each)]
    return author_list(people, inverted=True, corporate=frozenset(corporate))


def _name(entry: Mapping[str, Any]) -> str:
    family = " ".join(_text(entry.get(part)) for part in ("dropping-particle", "non-dropping-particle", "family")).strip()
    name = joined(_text(entry.get("given")), family, _text(entry.get("suffix")))
    return " ".join(name.split()).strip(", ")


def _text(value: Any) -> str:
    return markup.plain(value).strip() if isinstance(value, str) else ""


def _author(entry: Mapping[str, Any]) -> dict[str, Any]:
    places = entry.get("affiliation")
    named = [each for each in places if isinstance(each, dict)] if isinstance(places, list) else []
    return {
        "name": _name(entry) or markup.plain(str(entry.get("literal") or entry.get("name") or "")),
        "orcid": entry.get("ORCID"),
        "institutions": [
            _institution(name, each) for each in named if isinstance(name := each.get("name"), str) and name.strip()
        ],
    }


def _institution(name: str, affiliation: Mapping[str, Any]) -> dict[str, Any]:
    """An affiliation as an institution, with the ROR that is among the ids of Crossref's; of two, nobody knows which it is."""
    ror = _ror(affiliation.get("id"))
    return {"name": markup.plain(name)} | ({"ror": ror} if ror else {})


def _ror(ids: Any) -> str | None:
    rors = {str(each.get("id")) for each in ids if isinstance(each, dict) and _is_ror(each)} if isinstance(ids, list) else set()
    return rors.pop() if len(rors) == 1 else None


def _ids_without_ror(authors: Any) -> Iterator[Any]:
    """The ids of affiliations of which none is taken as a ROR."""
    for author in authors if isinstance(authors, list) else ():
        places = author.get("affiliation") if isinstance(author, dict) else None
        for place in places if isinstance(places, list) else ():
            if isinstance(place, dict) and place.get("id") and not _ror(place["id"]):
                yield place["id"]


def _is_ror(identifier: Mapping[str, Any]) -> bool:
    return str(identifier.get("id-type") or "").upper() == "ROR" or "//ror.org/" in str(identifier.get("id"))


def _recognises(head: Head) -> bool:
    return any(_stranger(value) is None for value in head.objects) or any(_empty_answer(value) for value in head.objects)


SOURCE = Source(
    name="csl",
    about="CSL-JSON from a reference manager, and Crossref's works: a list, one item a line, or an answer of its API (.json, "
    ".jsonl, .gz).",
    licence="that of the file; Crossref's metadata are facts without copyright, abstracts belong to their publishers",
    says="title, day or year, DOI, arXiv id, abstract, authors in order with ORCID and affiliations where given, type, "
    "journal, proceedings or book with ISSNs, volume, issue, pages, language, address; from Crossref also references that have a "
    "DOI, its number of citations, licence, links to PDFs, funders with numbers of grants",
    silent="ids of people without ORCID, categories; references without a DOI",
    read=read,
    recognises=_recognises,
)

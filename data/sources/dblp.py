"""DBLP's XML: publications, and the `www` records of people with their names and homonym numbers.

In DBLP a person is a name: "Wei Wang 0001" and "Wei Wang 0002" are two. An author of a publication therefore has the name as
id, `dblp-name:Wei Wang 0001`, and the record of the person says which key of DBLP (`dblp:w/WeiWang1`) which names belong to.
Where DBLP says that the people of a name have not been told apart yet (a disambiguation page), the name is no id, and tells
nobody apart.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from byline.data.limits import limits
from byline.data.notices import Notice, Outcome, quoted
from byline.data.record import Record
from byline.data.reference.paper_types import paper_type
from byline.data.sources.names.author_lists import with_author_lists
from byline.data.sources.read.elements import LocatedElement, elements, text_of
from byline.data.sources.read.head import Head
from byline.data.sources.read.identifiers import arxiv_in, doi_in
from byline.data.sources.read.packed import chunks
from byline.data.sources.read.salvage import salvaged
from byline.data.sources.read.unplaced import Unplaced
from byline.data.sources.source import Source
from byline.data.text.dates import from_text
from byline.graph.identifiers import identify

PUBLICATIONS = ("article", "inproceedings", "book", "incollection", "phdthesis", "mastersthesis", "data")
# What is read of a publication, and of a person.
_READ = frozenset(("@key", "author", "title", "year", "ee", "journal", "booktitle", "volume", "number", "pages"))
_OF_PEOPLE = frozenset(("@key", "@publtype", "author", "title", "url", "crossref"))
_PLACES = ("journal", "booktitle", "volume", "number", "pages")
# Those that have another name in no other format.
_TYPES = {"article": "journal-article", "data": "dataset"}
# Types of venues by the first part of the keys of what is published in them.
_VENUES = {"journals": "journal", "conf": "conference", "series": "series"}
_PART = re.compile(r"\s*\(\d+\)$")
_AUTHOR = re.compile(rb"<author[^<>]*>([^<]+)</author\s*>")
_PAGE = re.compile(rb"<www\b([^<>]*)>")
_DISAMBIGUATION = re.compile(rb"""publtype\s*=\s*["']disambiguation["']""")
_ENCODING = re.compile(rb"""\s*(?:\xef\xbb\xbf)?<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_NUMBER = re.compile(r"\s+0\d{3}$")


def read(path: Path, options: Mapping[str, str]) -> Iterator[Record | Notice]:
    """The publications and the people, in the order of the file. Raises SourceFailed, also for entities of its own."""
    shared, unplaced = _shared_names(path), Unplaced(path.name)
    for located in elements(chunks(path), {*PUBLICATIONS, "proceedings", "www"}, path.name):
        if isinstance(located, Notice):
            yield located
            continue
        key = located.element.get("key")
        if not key:
            yield Notice(path.name, located.line, "key", f"is missing: every <{located.element.tag}> of DBLP has one")
        elif located.element.tag == "proceedings":
            unplaced.add("proceedings", located.line)
        elif located.element.tag != "www":
            unplaced.children(located.element, _READ, located.line)
            yield from _publication(located, key, path.name, shared)
        elif key.startswith("homepages/"):
            unplaced.children(located.element, _OF_PEOPLE, located.line, "www.")
            yield from _person(located, key.removeprefix("homepages/"), path.name)
        else:
            unplaced.add("www", located.line)
    yield from unplaced.notices()


def _shared_names(path: Path) -> frozenset[str]:
    """The names of all disambiguation pages. They may stand behind the papers, so the file is read for them first."""
    names: set[str] = set()
    rest, encoding = b"", ""
    for chunk in chunks(path):
        data = rest + chunk
        if not encoding:
            declared = _ENCODING.match(data)
            encoding = declared[1].decode("ascii") if declared else "utf-8"
        at = 0
        # Not one pattern for a whole page: where none ends, that would read to the end again from each beginning.
        while (begun := data.find(b"<www", at)) >= 0 and (at := data.find(b"</www", begun)) >= 0:
            page = data[begun:at]
            if (tag := _PAGE.match(page)) and _DISAMBIGUATION.search(tag[1]):
                authors = _AUTHOR.findall(page, tag.end())
                names.update(" ".join(unescape(author.decode(encoding, "replace")).split()) for author in authors)
        rest = data[begun:] if begun >= 0 and len(data) - begun < limits().max_record_bytes else data[-3:]
    return frozenset(names)


def _publication(located: LocatedElement, key: str, file: str, shared: frozenset[str]) -> Iterator[Record | Notice]:
    element = located.element
    links = [text for each in element.findall("ee") if (text := text_of(each))]
    arxiv = next((named for link in links if (named := arxiv_in(link))), None)
    authors = [author for each in element.findall("author") if (author := _author(each, shared))]
    when = from_text(text_of(element.find("year")) or "")
    yield from when.notices(file, located.line, "year")
    record: dict[str, Any] = {
        "type": "paper",
        "id": f"dblp:{key}",
        # A title of DBLP ends with a full stop of its own.
        "title": (text_of(element.find("title")) or "").removesuffix("."),
        **when.members(),
        "doi": next((doi for link in links if "doi" in link.lower() and (doi := doi_in(link))), None),
        "arxiv": arxiv,
        "authors": authors or None,
        **_published(element, key),
    }
    yield from with_author_lists(salvaged(record, file, located.line), file, located.line)


def _published(element: Element, key: str) -> dict[str, Any]:
    """Type, venue, volume, issue and pages. The first two parts of a key name the series or the journal: journals/tois."""
    of_corr, texts = key.startswith("journals/corr/"), {name: text_of(element.find(name)) for name in _PLACES}
    stated: dict[str, Any] = {"paper_type": "posted-content" if of_corr else _TYPES.get(element.tag) or paper_type(element.tag)}
    if name := texts["journal"] or texts["booktitle"]:
        kind, _, rest = key.partition("/")
        series = f"{kind}/{rest.partition('/')[0]}" if kind in _VENUES and "/" in rest else None
        venue_type = "repository" if of_corr else "book" if element.tag == "incollection" else _VENUES.get(kind)
        # "ACL (1)" is the first volume.
        venue = {"name": _PART.sub("", name), "id": f"dblp:{series}" if series else None, "venue_type": venue_type}
        stated["venue"] = {member: value for member, value in venue.items() if value}
    if not of_corr:
        stated |= {"volume": texts["volume"], "issue": texts["number"], "pages": texts["pages"]}
    return {member: value for member, value in stated.items() if value}


def _author(element: Element, shared: frozenset[str]) -> dict[str, Any] | None:
    name = text_of(element)
    if not name:
        return None
    identifier = None if name in shared else f"dblp-name:{name}"
    return {"name": _NUMBER.sub("", name), "id": identifier, "orcid": element.get("orcid")}


def _person(located: LocatedElement, pid: str, file: str) -> Iterator[Record | Notice]:
    """A person with all names; a moved record points to another one. A disambiguation page says that several bear a name."""
    element = located.element
    names = [name for each in element.findall("author") if (name := text_of(each))]
    moved = text_of(element.find("crossref"))
    if element.get("publtype") == "disambiguation":
        for name in names:
            homonym = {"type": "homonym", "name": _NUMBER.sub("", name), "ids": [f"dblp-name:{name}"]}
            yield from salvaged(homonym, file, located.line)
        return
    if moved or not names:
        return
    links = [link for each in element.findall("url") if "orcid.org/" in (link := text_of(each) or "")]
    stated = [(link, identify("orcid", link)) for link in links]
    orcids = dict.fromkeys(orcid.value for _, orcid in stated if orcid.value)
    record = {
        "type": "author",
        "id": f"dblp:{pid}",
        "ids": [f"dblp-name:{name}" for name in names],
        "name": _NUMBER.sub("", names[0]),
        "aliases": list(dict.fromkeys(_NUMBER.sub("", name) for name in names[1:])),
        "orcid": next(iter(orcids)) if len(orcids) == 1 else None,
    }
    yield from with_author_lists(salvaged(record, file, located.line), file, located.line)
    for link, orcid in stated:
        if orcid.problem:
            reason = f"is no ORCID: {quoted(link)} {orcid.problem}; it is left out"
            yield Notice(file, located.line, "url", reason, Outcome.LEFT_OUT)
    if len(orcids) > 1:
        yield Notice(file, located.line, "url", f"are {len(orcids)} different ORCIDs; none is taken", Outcome.DOUBTED)


def _recognises(head: Head) -> bool:
    return re.search(r"<dblp\b", head.text) is not None


SOURCE = Source(
    name="dblp",
    about="DBLP's XML (dblp.xml, .gz, .zst) without its DTD: publications and people.",
    licence="CC0 1.0",
    says="DBLP keys, title, year, DOI, arXiv id, authors in order with DBLP's homonym numbers and ORCIDs, type, journal or "
    "series of conferences, volume, issue, pages; people with all their "
    "names and their key",
    silent="abstracts, days, institutions, categories, references; full names of venues",
    read=read,
    recognises=_recognises,
)

"""The ACL Anthology in its native form: XML of the papers, and the curated people of `name_variants.yaml`.

Read are the repository's `data` folder, an archive of it (`.tar`, `.tar.gz`, `.tar.zst`), and single files of its `xml` folder.
The YAML file is looked for in the archive, or in `../yaml` beside an XML file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from byline.data.notices import Notice, quoted
from byline.data.record import Record
from byline.data.remembered import remembered
from byline.data.sources import acl_stated
from byline.data.sources.acl_people import People, read_people
from byline.data.sources.names.author_lists import with_author_lists
from byline.data.sources.names.marks import in_order
from byline.data.sources.read.bundle import is_archive, members
from byline.data.sources.read.elements import LocatedElement, elements, text_of
from byline.data.sources.read.head import Head
from byline.data.sources.read.packed import chunks
from byline.data.sources.read.salvage import salvaged
from byline.data.sources.read.tex import plain
from byline.data.sources.read.unplaced import Unplaced
from byline.data.sources.source import Source
from byline.data.text.dates import from_text
from byline.graph.text import compact

PEOPLE = "name_variants.yaml"
# What is read of a paper; of proceedings nothing is.
_READ = frozenset(("@id", "title", "abstract", "doi", "author", *acl_stated.READ))
# Collections of the old scheme whose volumes have two digits, and from which volume on.
_TWO_DIGITS = {"C69": 0, "D19": 5}


def read(path: Path, options: Mapping[str, str]) -> Iterator[Record | Notice]:
    """The papers, and each person that has other names when first met. Raises SourceFailed."""
    unplaced = Unplaced(path.name)
    if not is_archive(path):
        people, refused = _beside(path)
        yield from refused
        yield from _collection(chunks(path), path.name, people, set(), unplaced)
        yield from unplaced.notices()
        return
    people = People()
    for name, pieces in members(path, lambda name: Path(name).name == PEOPLE):
        people, refused = read_people(pieces, name)
        yield from refused
    described: set[str] = set()
    for name, pieces in members(path, lambda name: name.endswith(".xml")):
        unplaced.inside = name
        yield from _collection(pieces, name, people, described, unplaced)
    yield from unplaced.notices()


def parts(folder: Path) -> list[Path]:
    """The XML files of a folder of the Anthology."""
    return sorted(folder.rglob("*.xml"))


def _beside(path: Path) -> tuple[People, list[Notice]]:
    for place in (path.parent.parent / "yaml" / PEOPLE, path.parent / PEOPLE):
        if place.is_file():
            return _people(place, place.stat().st_mtime_ns)
    return People(), []


@remembered(2)
def _people(place: Path, changed: int) -> tuple[People, list[Notice]]:
    return read_people(chunks(place), place.name)


def _collection(
    pieces: Iterable[bytes], shown: str, people: People, described: set[str], unplaced: Unplaced
) -> Iterator[Record | Notice]:
    """The papers of one XML file; `described` are the people whose names were given already."""
    volume = acl_stated.Volume()
    for located in elements(pieces, {"meta", "frontmatter", "paper"}, shown):
        if isinstance(located, Notice):
            yield located
        elif located.element.tag == "meta" and "volume" in located.around:
            volume = acl_stated.volume(located.element, located.around["volume"])
        elif located.element.tag == "frontmatter":
            unplaced.add("frontmatter", located.line)
        elif located.element.tag == "paper":
            unplaced.children(located.element, _READ, located.line)
            yield from _paper(located, volume, shown, people, described)


def _paper(
    located: LocatedElement, volume: acl_stated.Volume, shown: str, people: People, described: set[str]
) -> Iterator[Record | Notice]:
    paper, line = located.element, located.line
    if not (identifier := _id(located)):
        above = " ".join(f"{name} {attributes.get('id', '')}".strip() for name, attributes in located.around.items())
        yield Notice(shown, line, "id", f"is none of the Anthology: paper {quoted(paper.get('id') or '')} of {quoted(above)}")
        return
    stated = text_of(paper.find("doi"))
    authors = [_author(each, people) for each in paper.findall("author")]
    _name_bearers(paper, authors, identifier)
    for each, author in zip(paper.findall("author"), authors, strict=True):
        yield from _names(each, author, people, described, shown, line)
    when = from_text(volume.year or "")
    yield from when.notices(shown, line, "year")
    record = {
        "type": "paper",
        "id": f"acl:{identifier}",
        "title": _text(paper.find("title")) or "",
        "abstract": _text(paper.find("abstract")),
        **when.members(),
        "doi": stated,
        # Proceedings and the like have no authors of their own; nothing is said about them.
        "authors": authors or None,
        **acl_stated.stated(paper, identifier, volume),
    }
    yield from with_author_lists(salvaged(record, shown, line), shown, line)


def _id(located: LocatedElement) -> str | None:
    """ "P19-1001" for the old collections, "2022.acl-long.1" for the newer ones."""
    collection = located.around.get("collection", {}).get("id", "")
    volume, paper = located.around.get("volume", {}).get("id", ""), located.element.get("id", "")
    if re.match(r"\d{4}\.", collection):
        return f"{collection}-{volume}.{paper}" if volume and paper else None
    if not (re.fullmatch(r"[A-Z]\d\d", collection) and volume.isdecimal() and paper.isdecimal()):
        return None
    two = collection[0] == "W" or int(volume) >= _TWO_DIGITS.get(collection, 100)
    return f"{collection}-{int(volume):02d}{int(paper):02d}" if two else f"{collection}-{int(volume)}{int(paper):03d}"


def _author(element: Element, people: People) -> dict[str, Any]:
    first, last = text_of(element.find("first")) or "", text_of(element.find("last")) or ""
    identifier = people.identify(element.get("id"), first, last)
    affiliation = text_of(element.find("affiliation"))
    return {
        "name": in_order(first, last),
        "id": f"acl:{identifier}" if identifier else None,
        "orcid": element.get("orcid") or text_of(element.find("orcid")),
        "institutions": [{"name": affiliation}] if affiliation else [],
    }


def _name_bearers(paper: Element, authors: list[dict[str, Any]], identifier: str) -> None:
    """Give those whom nothing but their name identifies, and who have it in another script too, a key of their own: the name on
    this paper. It identifies nobody elsewhere, but the other name has somebody to belong to."""
    taken: set[str] = set()
    for element, author in zip(paper.findall("author"), authors, strict=True):
        if author["id"] is None and element.find("variant") is not None and author["name"]:
            key = f"name:{compact(author['name'])}|acl:{identifier}"
            key = key if key not in taken else f"{key}|{len(taken) + 1}"
            taken.add(key)
            author["id"] = key


def _names(
    element: Element, author: Mapping[str, Any], people: People, described: set[str], shown: str, line: int
) -> Iterator[Record | Notice]:
    """The person with all names, where there are several: curated ones, and the name in another script."""
    identifier = (author["id"] or "").removeprefix("acl:")
    scripts = [
        " ".join(filter(None, map(text_of, (each.find("first"), each.find("last"))))) for each in element.findall("variant")
    ]
    aliases = [*people.variants(identifier), *filter(None, scripts)]
    key = f"{identifier}\n{scripts}" if scripts else identifier
    if identifier and aliases and key not in described:
        described.add(key)
        record = {"type": "author", "id": author["id"], "name": people.names.get(identifier, author["name"]), "aliases": aliases}
        yield from salvaged(record, shown, line)


def _text(element: Element | None) -> str | None:
    """The text of a title or an abstract, formulas as Unicode."""
    if element is None:
        return None
    for formula in element.iter("tex-math"):
        formula.text = plain(f"${formula.text}$") if formula.text else None
    return text_of(element)


def _recognises(head: Head) -> bool:
    return re.search(r"<collection\b[^>]*\bid=|^\s*- canonical:", head.text, re.M) is not None


SOURCE = Source(
    name="acl",
    about="The ACL Anthology: its XML with the curated people of name_variants.yaml; the data folder, an archive of it "
    "(.tar, .tar.gz, .tar.zst), or single XML files.",
    licence="CC BY 4.0 for the metadata; abstracts belong to their authors",
    says="Anthology id, title, abstract, year, DOI, authors in order with the curated id of the person, other names of a person, "
    "affiliations where they are given, venue, type, volume and issue of journals, pages, language, addresses, retraction",
    silent="days, categories, references, acronyms of venues; proceedings as such and their editors",
    read=read,
    recognises=_recognises,
    parts=parts,
)

"""BibTeX and BibLaTeX files, an entry at a time.

Read are title, author, year or date, doi, eprint (arXiv), abstract, crossref. The key of an entry names it within one file only
and is no id of the paper, except keys of DBLP (`DBLP:conf/…`) and links to the ACL Anthology.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import Entry, ParsingFailedBlock, String

from data.notices import Notice, Outcome, quoted
from data.record import Record
from data.sources.bylines import byline
from data.sources.head import Head
from data.sources.identifiers import arxiv_in, doi_in
from data.sources.lenient import checked
from data.sources.lines import lines
from data.sources.source import Source
from data.sources.tex import plain

# The parser tells of broken entries in a log; here they become rejections.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

# As many bytes of entries are parsed at once.
_AT_ONCE = 1 << 16
# Where an entry, a text or a comment begins.
_BEGIN = re.compile(r"^\s*@[a-z]+\s*[{(]", re.I | re.M)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PART = r""" "(?:[^"{}]|\{[^{}]*\})*" | \{[^{}]*\} | [\w-]+ """
_JOINED = re.compile(rf"\s*(?:{_PART})(?:\s*\#\s*(?:{_PART}))+\s*", re.X)
_ARXIV_ID = re.compile(r"(?i)(?:[a-z-]+(?:\.[a-z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?")
_ANTHOLOGY = re.compile(
    r"(?:aclanthology\.org|aclweb\.org/anthology(?:/papers)?)/([A-Z]\d{2}-\d{4}|\d{4}\.[\w-]+\.\d+)/?(?:\.pdf)?$"
)
_CLASS = re.compile(r"[a-z-]+(?:\.[A-Za-z-]+)?")
# Entries that others take their year from.
_PARENTS = {"proceedings", "book", "collection", "mvbook", "mvcollection", "mvproceedings", "periodical"}


def read(path: Path, options: Mapping[str, str]) -> Iterator[Record | Notice]:
    """The paper of each entry, in order; one that waits for the year of its parent (`crossref`) comes after it.

    Raises SourceFailed for an unreadable file.
    """
    years: dict[str, str] = {}
    waiting: dict[str, list[tuple[int, dict[str, str], str]]] = {}
    for line, entry in _entries(path):
        if isinstance(entry, Notice):
            yield entry
            continue
        fields = {field.key.lower(): str(field.value) for field in entry.fields}
        parent = fields.get("crossref", "").lower()
        if entry.entry_type.lower() in _PARENTS and _year(fields):
            years[entry.key.lower()] = _year(fields)
        if parent and not _year(fields) and parent not in years:
            waiting.setdefault(parent, []).append((line, fields, entry.key))
            continue
        yield from _paper(path.name, line, entry.key, fields, years.get(parent))
        for held in waiting.pop(entry.key.lower(), ()):
            yield from _paper(path.name, held[0], held[2], held[1], _year(fields))
    for held in (each for all_of in waiting.values() for each in all_of):
        yield from _paper(path.name, held[0], held[2], held[1], None)


def _entries(path: Path) -> Iterator[tuple[int, Entry | Notice]]:
    """Each entry with the number of its line, or why a stretch of the file is none."""
    strings: dict[str, str] = {}
    for begin, text in _stretches(path):
        # What the strings of former stretches stand for is told again at the head of each.
        head = "".join(f"@string{{{key} = {{{value}}}}}\n" for key, value in strings.items())
        for block in parse_string(head + text).blocks:
            line = begin + (block.start_line or 0) - head.count("\n")
            entry = block.ignore_error_block if isinstance(block, ParsingFailedBlock) else block
            if isinstance(entry, Entry):
                for field in entry.fields:
                    field.value = _joined(str(field.value), strings)
                yield line, entry
            elif isinstance(block, String) and line >= begin:
                strings[block.key] = str(block.value)
            elif isinstance(block, ParsingFailedBlock) and not isinstance(entry, String) and line >= begin:
                raw = " ".join((block.raw or "").split())
                yield line, Notice(path.name, line, "", f"is no whole entry: {quoted(raw)}")


def _joined(value: str, strings: Mapping[str, str]) -> str:
    """A value that is several pieces with "#" between them, as one."""
    if "#" not in value or not _JOINED.fullmatch(value):
        return value
    known = {key.lower(): text for key, text in strings.items()}
    pieces = (match[0] for match in re.finditer(_PART, value, re.X))
    return "".join(known.get(piece.lower(), piece) if piece[0] not in '"{' else piece[1:-1] for piece in pieces)


def _stretches(path: Path) -> Iterator[tuple[int, str]]:
    """The file in stretches that begin where an entry may begin, with the number of their first line."""
    held: list[str] = []
    size, begin, number = 0, 1, 0
    for number, raw in enumerate(lines(path), start=1):
        line = _decoded(raw.removeprefix(b"\xef\xbb\xbf"))
        if size >= _AT_ONCE and line.lstrip().startswith("@"):
            yield begin, "\n".join(held)
            held, size, begin = [], 0, number
        held.append(line)
        size += len(line)
    if held:
        yield begin, "\n".join(held)


def _decoded(raw: bytes) -> str:
    """Old files are in Latin-1."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _paper(file: str, line: int, key: str, fields: Mapping[str, str], year: str | None) -> Iterator[Record | Notice]:
    stated = fields.get("doi", "")
    doi = doi_in(stated)
    if stated and not doi:
        yield Notice(file, line, "doi", f"is no DOI and was left out: {quoted(stated)}", outcome=Outcome.LEFT_OUT)
    arxiv = _arxiv(fields)
    category = fields.get("primaryclass") or fields.get("eprintclass") or ""
    record: dict[str, Any] = {
        "type": "paper",
        "id": _id(key, fields),
        "title": plain(fields.get("title", "")),
        "abstract": fields.get("abstract"),
        "doi": doi,
        "arxiv": arxiv,
        "categories": [category] if arxiv and _CLASS.fullmatch(category) else [],
    }
    yield from checked(record | _day(fields, year) | _authors(fields.get("author", "")), file, line)


def _id(key: str, fields: Mapping[str, str]) -> str | None:
    if match := _ANTHOLOGY.search(fields.get("url", "").strip()):
        return f"acl:{match[1]}"
    return f"dblp:{key[5:]}" if key.startswith("DBLP:") else None


def _arxiv(fields: Mapping[str, str]) -> str | None:
    kind = (fields.get("archiveprefix") or fields.get("eprinttype") or "").strip().lower()
    eprint = re.sub(r"(?i)^arxiv:\s*", "", fields.get("eprint", "").strip())
    if _ARXIV_ID.fullmatch(eprint) and kind in ("", "arxiv"):
        return eprint
    places = (fields.get(name, "") for name in ("url", "journal", "doi", "note", "howpublished"))
    return next((found for place in places if (found := arxiv_in(place))), None)


def _year(fields: Mapping[str, str]) -> str:
    match = re.search(r"\b[12]\d{3}\b", plain(fields.get("year") or fields.get("date") or ""))
    return match[0] if match else ""


def _day(fields: Mapping[str, str], inherited: str | None) -> dict[str, Any]:
    """The day where year, month and day are known; otherwise the year."""
    year = _year(fields) or inherited or ""
    if not year:
        return {}
    month, day = fields.get("month", "").strip(' {}"').lower(), fields.get("day", "").strip()
    if match := re.fullmatch(r"\s*(\d{4})-(\d\d)-(\d\d)(?:[T/].*)?\s*", fields.get("date", "")):
        year, month, day = match.groups()
    number = _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else int(month) if month.isdecimal() else 0
    try:
        return {"date": date(int(year), number, int(day)).isoformat()}
    except ValueError:
        return {"year": int(year)}


def _authors(printed: str) -> dict[str, Any]:
    """People in order. A corporate author, in braces as a whole, is no person: the paper has it among its institutions."""
    entries = split_multiple_persons_names(" ".join(printed.split()))
    corporate = {
        place: plain(each[1:-1]) for place, each in enumerate(entries) if re.fullmatch(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", each)
    }
    names = [corporate.get(place) or _name(each) for place, each in enumerate(entries)]
    found = byline(names)
    people = [name for name, place in found.people if place not in corporate or not _organisation(corporate[place])]
    places = [
        name for name, place in found.people if place in corporate and _organisation(corporate[place])
    ] + found.collaborations
    record: dict[str, Any] = {"institutions": [{"name": each} for each in dict.fromkeys(places)]}
    if people:
        record |= {"authors": [{"name": name} for name in people], "authors_complete": found.complete}
    return record


def _organisation(name: str) -> bool:
    """Whether a name in braces is more than one word: "{Plato}" protects a name, "{World Health Organization}" is none."""
    return " " in name


def _name(given: str) -> str:
    """ "van der Berg, Jr., Cy" as "Cy van der Berg, Jr."."""
    try:
        parts = parse_single_name_into_parts(given)
    except InvalidNameError:
        return plain(given)
    name = plain(" ".join([*parts.first, *parts.von, *parts.last]))
    return f"{name}, {plain(' '.join(parts.jr))}" if parts.jr else name


def _recognises(head: Head) -> bool:
    return _BEGIN.search(head.text) is not None


SOURCE = Source(
    name="bibtex",
    about="BibTeX and BibLaTeX files (.bib, .bib.gz, .bib.zst).",
    licence="that of the file; titles, names and dates are facts, abstracts belong to their authors",
    says="title, year or day, DOI, arXiv id with its primary class, abstract, authors in order, whether others follow",
    silent="ids of people, affiliations, references, venues; categories other than arXiv's (keywords are none)",
    read=read,
    recognises=_recognises,
)

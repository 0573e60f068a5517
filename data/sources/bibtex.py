"""BibTeX and biblatex files, an entry at a time.

Read are title and subtitle, author, date, year, month and day, doi, eprint (arXiv), url, abstract, crossref and xdata. The
key of an entry names it within one file only and is no id of the paper, except keys of DBLP (`DBLP:conf/…`) and links to the
ACL Anthology.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from byline.data.notices import Notice
from byline.data.record import Record
from byline.data.sources.bibtex_entries import Entry, entries
from byline.data.sources.bibtex_inheritance import Family, referred_keys
from byline.data.sources.bibtex_members import READ, record
from byline.data.sources.names.author_lists import with_texts
from byline.data.sources.read.encoding import Decoder
from byline.data.sources.read.head import Head
from byline.data.sources.read.salvage import renames, salvaged
from byline.data.sources.read.unplaced import Unplaced
from byline.data.sources.source import Source

# Where an entry, a text or a comment begins.
_BEGIN = re.compile(r"^\s*@[a-z]+\s*[{(]", re.I | re.M)
# Entries that hold others, or data for others, and are no papers themselves.
_COLLECTIONS = ("proceedings", "mvproceedings", "collection", "mvcollection", "reference", "mvreference", "periodical")
_NATIVE = renames((r"^ids\[\d+\]$", "pmid"))
_CONTAINERS = frozenset((*_COLLECTIONS, "set", "xdata"))


def read(path: Path, options: Mapping[str, str]) -> Iterator[Record | Notice]:
    """The paper of each entry, in order; one that inherits from an entry further down comes at the end.

    Raises SourceFailed for an unreadable file.
    """
    family, unplaced, decoder = Family(referred_keys(path)), Unplaced(path.name), Decoder()
    waiting: list[Entry] = []
    for entry in entries(path, decoder):
        if isinstance(entry, Notice):
            yield entry
            continue
        family.add(entry)
        if family.waits(entry):
            waiting.append(entry)
        else:
            yield from _paper(entry, family, unplaced, path.name)
    for entry in waiting:
        yield from _paper(entry, family, unplaced, path.name)
    yield from decoder.notices(path.name)
    yield from unplaced.notices()


def _paper(entry: Entry, family: Family, unplaced: Unplaced, file: str) -> Iterator[Record | Notice]:
    if _is_container(entry):
        unplaced.add(f"@{entry.type}", entry.line)
        return
    for member in entry.members:
        if member not in READ:
            unplaced.add(member, entry.line)
    whole, missing = family.whole(entry, file)
    members, notices = record(whole, file)
    yield from with_texts(salvaged(members, file, entry.line, native=_NATIVE), file, entry.line)
    yield from missing
    yield from notices


def _is_container(entry: Entry) -> bool:
    """Whether an entry holds others: by its type, or a book with editors and without authors."""
    edited = entry.type in ("book", "mvbook") and "editor" in entry.members and "author" not in entry.members
    return entry.type in _CONTAINERS or edited


def _recognises(head: Head) -> bool:
    return _BEGIN.search(head.text) is not None


SOURCE = Source(
    name="bibtex",
    about="BibTeX and BibLaTeX files (.bib, .bib.gz, .bib.zst).",
    licence="that of the file; titles, names and dates are facts, abstracts belong to their authors",
    says="title, year or day, DOI, arXiv id with its primary class, abstract, authors in order, whether others follow, type, "
    "journal or proceedings with ISSN, volume, number, pages, language, keywords, address",
    silent="ids of people, affiliations, references; categories other than arXiv's (keywords are none); proceedings and "
    "collections as such, and their editors",
    read=read,
    recognises=_recognises,
)

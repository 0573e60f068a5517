"""OpenAlex in its own shapes: the parts of a snapshot, lists of merged ids, answers of the API, of 2023 and of 2026."""

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from byline.data.notices import Notice, Outcome, quoted, shown
from byline.data.record import Record
from byline.data.sources import openalex_folder as folder
from byline.data.sources import openalex_works as works
from byline.data.sources.names.author_lists import with_author_lists
from byline.data.sources.openalex_people import author, institution, names
from byline.data.sources.openalex_shapes import AUTHOR, INSTITUTION, TERM, WORK
from byline.data.sources.openalex_terms import Categories, Json, Members, full, key, kind, nobody
from byline.data.sources.read.documents import documents
from byline.data.sources.read.head import Head
from byline.data.sources.read.lines import Overlong, lines
from byline.data.sources.read.salvage import renames, salvaged
from byline.data.sources.read.unplaced import Unplaced
from byline.data.sources.source import Source

# As its objects have it: the address, or the key alone.
_ID = re.compile(r"https?://(?:api\.)?openalex\.org/|[WAITCSVPFGK]\d+$", re.I)
_KINDS = {"A": "author", "W": "paper", "I": "institution"}
_ENTITIES = renames(
    (r"^name$", "display_name"),
    (r"^country$", "country_code"),
    (r"^types\[0\]$", "type"),
    (r"^homepage$", "homepage_url"),
    (r"^(city|region)$", r"geo.\1"),
    (r"^aliases\[", "display_name_alternatives["),
    (r"^reported\.h_index$", "summary_stats.h_index"),
    (r"^reported\.paper_count$", "works_count"),
    (r"^reported\.citation_count$", "cited_by_count"),
)


def read(path: Path, options: Mapping[str, str]) -> Iterator[Record | Notice]:
    """The records of one part, list or answer. Raises SourceFailed for an unreadable file."""
    file = folder.name(path)
    if folder.is_merged(path):
        yield from merged(path, file)
        return
    reader, count = Reader(file), 0
    for document in documents(path, file):
        if isinstance(document, Notice):
            yield document
        else:
            count += 1
            yield from reader.value(*document, at="")
    yield from reader.unplaced.notices()
    stated = folder.stated(path)
    if stated is not None and stated != count:
        yield Notice(file, count or 1, "", f"is not whole: the manifest beside it states {stated} records, {count} are here")


def merged(path: Path, file: str) -> Iterator[Record | Notice]:
    """The ids that were merged, from a list with the columns merge_date, id, merge_into_id."""
    rows = enumerate(map(_row, lines(path)), start=1)
    _, head = next(rows, (1, []))
    if isinstance(head, str) or not {"id", "merge_into_id"} <= set(head):
        yield Notice(file, 1, "", "is no list of merged ids: its first line must name id and merge_into_id")
        return
    old, new = head.index("id"), head.index("merge_into_id")
    for number, row in rows:
        if isinstance(row, str):
            yield Notice(file, number, "", row)
        elif row:
            yield from _same(row, old, new, file, number)


def _row(line: bytes | Overlong) -> list[str] | str:
    """The fields of a line, or why it has none."""
    if isinstance(line, Overlong):
        return line.reason
    try:
        return next(csv.reader([line.decode("utf-8", "replace")]), [])
    except csv.Error as error:
        return f"is no line of fields with commas between: {error}"


def _same(row: list[str], old: int, new: int, file: str, line: int) -> Iterator[Record | Notice]:
    if len(row) <= max(old, new) or (left := key(row[old])) is None or (right := key(row[new])) is None:
        yield Notice(file, line, "", f"is not two ids: {quoted(','.join(row))}")
    elif left[0] != right[0] or left[0] not in _KINDS:
        yield Notice(file, line, "", f"{left}, {right}: Byline follows merges of works, authors and institutions only")
    elif nobody(right, None):
        yield Notice(file, line, "merge_into_id", f"{right} stands for nobody: {left} was removed, not merged")
    else:
        yield from salvaged({"type": "same", "kind": _KINDS[left[0]], "ids": [full(left), full(right)]}, file, line)


class Reader:
    """Reads the objects of one file; what was told once of categories and names is not told again."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.categories = Categories()
        self.unplaced = Unplaced(file)
        self._named: dict[str, str] = {}

    def value(self, line: int, value: Any, at: str) -> Iterator[Record | Notice]:
        """The records of one JSON value: an object, a page of them, a list."""
        if isinstance(value, dict) and isinstance(value.get("results"), list):
            value, at = value["results"], f"{at}.results" if at else "results"
        if isinstance(value, list):
            for i, each in enumerate(value):
                yield from self.value(line, each, f"{at}[{i}]")
        elif not isinstance(value, dict):
            yield Notice(self.file, line, at, "must be an object")
        elif "error" in value and "id" not in value:
            message = ": ".join(str(value[member]) for member in ("error", "message") if value.get(member))
            yield Notice(self.file, line, at, f"is an error that OpenAlex answered: {message}")
        else:
            yield from self._entity(line, value, at)

    def _entity(self, line: int, value: Json, at: str) -> Iterator[Record | Notice]:
        identifier = key(value.get("id"))
        what = kind(identifier) if identifier else None
        if identifier is None:
            yield Notice(self.file, line, f"{at}.id" if at else "id", f"is no id of OpenAlex: {shown(value.get('id'))}")
        elif what == "work":
            yield from self._work(identifier, line, value, at)
        elif what == "author" and nobody(identifier, value.get("display_name")):
            yield Notice(
                self.file, line, at, f"{identifier} is no person: OpenAlex has it for authors who are unknown or removed"
            )
        elif what == "author":
            self.unplaced.beyond(value, AUTHOR, line)
            yield from self._tell(self.categories_of(value), line)
            yield from with_author_lists(salvaged(author(identifier, value), self.file, line, at, _ENTITIES), self.file, line)
        elif what == "institution":
            self.unplaced.beyond(value, INSTITUTION, line)
            yield from salvaged(institution(identifier, value), self.file, line, at, _ENTITIES)
        elif what in ("topic", "level", "concept"):
            self.unplaced.beyond(value, TERM, line)
            yield from self._tell(self._category(what, value), line)
        else:
            yield Notice(
                self.file,
                line,
                at,
                f"{identifier}: Byline keeps works, authors, institutions, topics and concepts, but no {what}",
            )

    def _work(self, identifier: str, line: int, value: Json, at: str) -> Iterator[Record | Notice]:
        if value.get("title") is None and value.get("display_name") is None:
            yield Notice(self.file, line, f"{at}.title" if at else "title", f"is missing: OpenAlex knows none of {identifier}")
            return
        self.unplaced.beyond(value, WORK, line)
        yield from self._tell(self.categories_of(value), line)
        yield from self._tell(names(value, self._named), line)
        records = salvaged(works.paper(identifier, value), self.file, line, at, works.NATIVE)
        yield from with_author_lists(records, self.file, line, inverted=True, member=f"{at}.authorships".lstrip("."))
        for i, reason in works.strangers(value):
            yield Notice(
                self.file, line, f"{at}.authorships[{i}].author" if at else f"authorships[{i}].author", reason, Outcome.LEFT_OUT
            )

    def categories_of(self, value: Json) -> Iterator[Members]:
        """What an author or a work says about its topics, or concepts where it has none."""
        topics = [value["primary_topic"]] if isinstance(value.get("primary_topic"), dict) else []
        topics += [each for each in value.get("topics") or () if isinstance(each, dict)]
        for each in topics:
            yield from self.categories.topic(each)
        for each in () if topics else [*(value.get("concepts") or ()), *(value.get("x_concepts") or ())]:
            if isinstance(each, dict):
                yield from self.categories.concept(each)

    def _category(self, what: str, value: Json) -> Iterator[Members]:
        if what == "concept":
            yield from self.categories.concept(value)
        else:
            yield from self.categories.topic(value)
            yield from self.categories.below(value)

    def _tell(self, records: Iterator[Members], line: int) -> Iterator[Record | Notice]:
        for each in records:
            yield from salvaged(each, self.file, line)


def _recognises(head: Head) -> bool:
    """Empty parts of which the manifest says so are whole."""
    if head.text.split("\n", 1)[0].strip().split(",").count("merge_into_id"):
        return True
    return folder.stated(head.path) == 0 or any(map(_own, head.objects))


def _own(value: Json) -> bool:
    if isinstance(value.get("results"), list) and not value["results"]:
        return "meta" in value
    return _ID.match(str(value.get("id"))) is not None or ("error" in value and "id" not in value)


SOURCE = Source(
    name="openalex",
    about="OpenAlex: a snapshot's folder or its parts (updated_date=…/part_….gz, merged_ids/…/….csv.gz), and answers of the API, "
    "one object, a page or JSON lines.",
    licence="CC0",
    says="works with authors as printed, their institutions and who is corresponding, references, DOI and other ids, abstract, "
    "day, topics or concepts as a tree, source with ISSNs, type, volume, issue, pages, language, licence, access, retraction, "
    "keywords, grants; preferred and other names, ORCID, h-index, counts of works and citations; ROR, "
    "country, region, city, type and homepage of institutions; which ids were merged",
    silent="sources and funders beyond what works state of them; where a person works by OpenAlex's own account (only what "
    "papers print); which "
    "institution is part of which; all but the first parent of a concept; whether 1 January is a day or stands for a year",
    read=read,
    recognises=_recognises,
    parts=folder.parts,
)

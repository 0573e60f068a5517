"""Semantic Scholar: answers of the Graph API, rows of its data sets, rows of S2ORC."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from byline.data.notices import Notice, Outcome
from byline.data.record import Record
from byline.data.sources import semantic_scholar_members as members
from byline.data.sources import semantic_scholar_shapes as shapes
from byline.data.sources.names.author_lists import with_author_lists
from byline.data.sources.read.documents import documents, json_files
from byline.data.sources.read.head import Head
from byline.data.sources.read.salvage import Renames, salvaged
from byline.data.sources.read.unplaced import Unplaced
from byline.data.sources.semantic_scholar_members import Json, Members, code, fields, lower, paper_id, row_id
from byline.data.sources.source import Source
from byline.graph.errors import WrongUse

_LISTS = ("data", "recommendedpapers")
# Members in lower case by which objects are known for Semantic Scholar's.
_OWN = frozenset({"paperid", "corpusid", "authorid", "citedpaper", "citingpaper", "citingcorpusid", "citedcorpusid"})
_PAGE = {"total", "offset", "next", "token"}
_DATA_SETS = ("release_id", "diffs", "files", "readme")
_ID = re.compile(r"[0-9a-f]{40}", re.I)
_ROW = re.compile(r"\d+|[0-9a-f]{40}", re.I)


def read(path: Path, options: Mapping[str, str]) -> Iterator[Record | Notice]:
    """The records of one file. Raises SourceFailed for an unreadable file, WrongUse for an option that cannot be."""
    reader = Reader(path.name, _day(options.get("captured")), _paper(options.get("paper")))
    for document in documents(path):
        if isinstance(document, Notice):
            yield document
        else:
            yield from reader.value(*document, at="")
    yield from reader.unplaced.notices()


class Reader:
    """Reads the values of one file; a field of study is told once. `about` is the paper whose references or citations a
    page lists, where the user says it: the page itself does not."""

    def __init__(self, file: str, as_of: str | None, about: str | None) -> None:
        self.file, self.as_of, self.about = file, as_of, about
        self.unplaced = Unplaced(file)
        self._fields: set[str] = set()

    def value(self, line: int, value: Any, at: str) -> Iterator[Record | Notice]:
        """The records of one JSON value: an object, a page, a list with nulls."""
        if isinstance(value, list):
            for i, each in enumerate(value):
                yield from self.value(line, each, f"{at}[{i}]")
        elif value is None:
            yield self._no(line, at, "is null: Semantic Scholar knows nothing under the id that was asked for")
        elif not isinstance(value, dict):
            yield self._no(line, at, "must be an object")
        else:
            lowered = lower(value)
            if (shape := shapes.of(lowered, _is_row(lowered))) is not None and not any(name in lowered for name in _LISTS):
                self.unplaced.beyond(value, shape, line, lower=True)
            yield from self._object(line, lowered, at)

    def _object(self, line: int, value: Json, at: str) -> Iterator[Record | Notice]:
        if page := next((name for name in _LISTS if isinstance(value.get(name), list)), None):
            yield from self.value(line, value[page], f"{at}.{_native(page)}" if at else _native(page))
        elif isinstance(value.get("citedpaper"), dict) or isinstance(value.get("citingpaper"), dict):
            yield from self._cited(line, value, at)
        elif isinstance(value.get("paper"), dict) and "snippet" in value:
            yield from self._object(line, lower(value["paper"]), f"{at}.paper" if at else "paper")
        elif value.get("citingcorpusid") or value.get("citedcorpusid"):
            ends = {"from": f"corpusid:{value.get('citingcorpusid')}", "to": f"corpusid:{value.get('citedcorpusid')}"}
            whole = value.get("citingcorpusid") and value.get("citedcorpusid")
            yield from (
                self._make({"type": "citation", **ends}, line, at)
                if whole
                else [
                    self._no(
                        line, at, "is a citation of which one end is null: Semantic Scholar could not tell which paper it is"
                    )
                ]
            )
        elif value.get("sha") and value.get("corpusid"):
            ids = [f"s2:{value['sha']}", f"corpusid:{value['corpusid']}"]
            yield from self._make({"type": "same", "kind": "paper", "ids": ids}, line, at)
        elif _is_row(value):
            yield from self._row(line, value, at)
        elif value.get("authorid"):
            yield from self._make(members.author(value, self.as_of), line, at)
            yield from self._papers(line, value.get("papers"), f"{at}.papers" if at else "papers")
        elif paper_id(value):
            yield from self._paper(line, value, at)
        elif not (value and set(value) <= _PAGE):
            yield self._no(line, at, _what(value))

    def _paper(self, line: int, value: Json, at: str) -> Iterator[Record | Notice]:
        """A paper and the papers inside it. Without a title it still says what cites what."""
        own = paper_id(value)
        references = [each for each in map(_id, value.get("references") or ()) if each]
        if value.get("title"):
            yield from self._tell(fields(value), line)
            # An empty list, too, stands for references that Semantic Scholar does not know.
            stated = {"references": references or None, "references_complete": _all_referenced(value, len(references))}
            yield from self._make(members.paper(value, self.as_of) | stated, line, at)
        elif references or value.get("citations"):
            for each in references:
                yield from self._make({"type": "citation", "from": own, "to": each}, line, at)
        else:
            yield self._no(
                line, f"{at}.title" if at else "title", "is missing: an answer holds what was asked for (fields=title,…)"
            )
        yield from self._papers(line, value.get("references"), f"{at}.references" if at else "references")
        yield from self._papers(line, value.get("citations"), f"{at}.citations" if at else "citations")
        for citing in map(_id, value.get("citations") or ()):
            if citing:
                yield from self._make({"type": "citation", "from": citing, "to": own}, line, at)

    def _papers(self, line: int, value: Any, at: str) -> Iterator[Record | Notice]:
        """Papers inside another object; one of which there is the id alone is named by who cites it, and no more."""
        for i, each in enumerate(value or ()):
            if not isinstance(each, dict) or not _id(each):
                reason = "is null: Semantic Scholar could not tell which paper it is"
                yield Notice(self.file, line, f"{at}[{i}].paperId", reason, outcome=Outcome.LEFT_OUT)
            elif (inner := lower(each)).get("title") or inner.get("references") or inner.get("citations"):
                yield from self._paper(line, inner, f"{at}[{i}]")

    def _cited(self, line: int, value: Json, at: str) -> Iterator[Record | Notice]:
        name = "citedpaper" if isinstance(value.get("citedpaper"), dict) else "citingpaper"
        inner, place = lower(value[name]), f"{at}.{_native(name)}" if at else _native(name)
        if (other := paper_id(inner)) is None:
            yield self._no(line, f"{place}.paperId", "is null: Semantic Scholar could not tell which paper it is")
            return
        if inner.get("title"):
            yield from self._paper(line, inner, place)
        if self.about:
            ends = (self.about, other) if name == "citedpaper" else (other, self.about)
            yield from self._make({"type": "citation", "from": ends[0], "to": ends[1]}, line, at)

    def _row(self, line: int, value: Json, at: str) -> Iterator[Record | Notice]:
        yield from self._tell(value.get("mag_field_of_study") or (), line)
        yield from self._make(members.row(value), line, at, members.ROWS)
        for citing in value.get("inbound_citations") or ():
            yield from self._make({"type": "citation", "from": row_id(citing), "to": row_id(value["paper_id"])}, line, at)

    def _tell(self, names: Iterable[str], line: int) -> Iterator[Record | Notice]:
        for name in names:
            if name not in self._fields:
                self._fields.add(name)
                yield from self._make({"type": "category", "code": code(name), "name": name}, line, "")

    def _make(self, record: Members, line: int, at: str, native: Renames = members.NATIVE) -> Iterator[Record | Notice]:
        records = salvaged(record, self.file, line, at, native)
        return with_author_lists(records, self.file, line, inverted=True, member=f"{at}.authors".lstrip("."))

    def _no(self, line: int, at: str, reason: str) -> Notice:
        return Notice(self.file, line, at, reason)


def _is_row(value: Json) -> bool:
    """Whether an object is a row of S2ORC: others have a `paper_id` too, but not one of Semantic Scholar's."""
    return _ROW.fullmatch(str(value.get("paper_id"))) is not None


def _what(value: Json) -> str:
    """Why an object is neither a paper nor an author."""
    if message := next(
        (message for name in ("error", "message") if isinstance(message := value.get(name), str) and message), None
    ):
        return f"is an error that Semantic Scholar answered: {message}"
    if any(name in value for name in _DATA_SETS):
        return "describes a data set and where its files are; it holds no papers"
    return "is no paper and no author: it has neither paperId, corpusId nor authorId"


def _all_referenced(value: Json, with_ids: int) -> bool:
    """Whether so many references with ids are all that a paper has, by its own count where it has one."""
    count = value.get("referencecount")
    return with_ids == len(value.get("references") or ()) and (count is None or count == with_ids)


def _id(value: Any) -> str | None:
    return paper_id(lower(value)) if isinstance(value, dict) else None


def _native(name: str) -> str:
    return {"recommendedpapers": "recommendedPapers", "citedpaper": "citedPaper", "citingpaper": "citingPaper"}.get(name, name)


def _day(value: str | None) -> str | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise WrongUse(f"captured must be a date such as 2026-06-01, not {value!r}") from None


def _paper(value: str | None) -> str | None:
    if value is None:
        return None
    if _ID.fullmatch(value):
        return f"s2:{value.lower()}"
    if ":" not in value:
        raise WrongUse(f"paper must be an id of Semantic Scholar or scheme:value, not {value!r}", "such as DOI:10.1234/x")
    scheme, _, rest = value.partition(":")
    return f"{scheme.lower()}:{rest}"


def _recognises(head: Head) -> bool:
    return any(_own(lower(value)) for value in head.objects)


def _own(value: Json) -> bool:
    if not _OWN.isdisjoint(value) or paper_id(value) is not None or _is_row(value):
        return True
    page = any(value.get(name) == [] for name in _LISTS)
    return page or any(isinstance(value.get(name), str) for name in ("error", "message")) or "release_id" in value


SOURCE = Source(
    name="semantic-scholar",
    about="Semantic Scholar: answers of the Graph API (papers, authors with papers, references, citations, pages of a "
    "search, lists with nulls), rows of its data sets (papers, authors, citations, paper-ids) and of S2ORC; JSON or JSON lines.",
    licence="ODC-BY for the data sets and S2ORC; answers of the API under its licence agreement",
    says="papers with authors and their ids, references and citations where they were asked for, DOI and other ids, abstract, "
    "day, fields of study, venue, type, volume, pages, open access, licence and address of the text; names, h-index, counts of "
    "papers and citations of people",
    silent="institutions; who is corresponding; issue, language and keywords; venues of S2ORC; which field of study is the main "
    "one; of which paper a page of references or citations is (say it with --option paper=ID); on which day figures were stated "
    "(say it with --captured)",
    read=read,
    recognises=_recognises,
    options={
        "captured": "the day on which the answers were given, as 2026-06-01: figures are as of that day",
        "paper": "the paper whose references or citations the pages list: Semantic Scholar's id, or DOI:…, ARXIV:…, CorpusId:…",
    },
    parts=json_files,
)

"""Segments read once into compact form: keys and names as integers, author lists end to end, citations as pairs."""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from data.identify.keys import Keys
from data.identify.nodes import Nodes
from graph.text import compact

Json: TypeAlias = Mapping[str, Any]


@dataclass(slots=True)
class PaperRecord:
    """What one record says of a paper; `start` to `end` is its stretch of the gathered author lists."""

    title: str
    first_author: str
    abstract: str | None
    year: int | None
    date: str | None
    doi: str | None
    arxiv: str | None
    listed: int | None
    count: int | None
    complete: bool
    start: int
    end: int
    categories: tuple[int, ...]
    institutions: tuple[int, ...]
    reported: Json | None


@dataclass
class Entries:
    """Author lists laid end to end: who, under which name, whether printed, with which institutions (nodes)."""

    node: "array[int]" = field(default_factory=lambda: array("i"))
    form: "array[int]" = field(default_factory=lambda: array("i"))
    printed: "array[int]" = field(default_factory=lambda: array("b"))
    # 1 and 0 for what a source says, -1 where none does.
    corresponding: "array[int]" = field(default_factory=lambda: array("b"))
    institutions: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.node)

    def add(self, node: int, form: int, printed: bool, institutions: tuple[int, ...] = (), corresponding: int = -1) -> None:
        """Put one authorship behind the others."""
        if institutions:
            self.institutions[len(self.node)] = institutions
        self.node.append(node)
        self.form.append(form)
        self.printed.append(printed)
        self.corresponding.append(corresponding)


@dataclass
class Said:
    """What records about a person or an institution say beyond names and ids; later records win."""

    name: str | None = None
    category: int | None = None
    country: str | None = None
    reported: list[Json] = field(default_factory=list)


class Gathered:
    """Everything that the records say, not yet resolved to entities."""

    def __init__(self) -> None:
        self.papers, self.people, self.institutions = Keys(), Nodes(), Nodes()
        # Paper node -> its records, in order.
        self.records: list[list[PaperRecord]] = []
        self.entries = Entries()
        self.person: dict[int, Said] = {}
        self.institution: dict[int, Said] = {}
        self.codes: dict[str, int] = {}
        self.category: dict[int, Json] = {}
        # Cited and citing ids are numbered apart from papers: being cited is not being known.
        self.outside: dict[str, int] = {}
        self.references = (array("i"), array("i"))
        self.citations = (array("i"), array("i"))
        self.same: list[tuple[str, list[str]]] = []

    def add(self, record: Json, source: str) -> None:
        """Take in one normalised record of a source."""
        match record["type"]:
            case "paper":
                self._paper(record, source)
            case "author":
                self._author(record, source)
            case "institution":
                node, _ = self.institutions.mention(_ids(record, "ror"), record["name"], 0)
                said = self.institution.setdefault(node, Said())
                said.name, said.country = record["name"], record.get("country") or said.country
                self._aliases(self.institutions, node, record)
            case "category":
                self._category(record)
            case "citation":
                self.citations[0].append(self._outside(record["from"]))
                self.citations[1].append(self._outside(record["to"]))
            case "same":
                self.same.append((record["kind"], list(record["ids"])))

    def _paper(self, record: Json, source: str) -> None:
        authors = record.get("authors")
        start = len(self.entries)
        for author in authors or ():
            printed = author.get("printed", True)
            node, form = self.people.mention(_ids(author, "orcid"), author["name"], int(printed))
            said = author.get("corresponding")
            self.entries.add(node, form, printed, self._institutions(author), -1 if said is None else int(said))
        known = PaperRecord(
            title=record["title"],
            first_author=next((author["name"] for author in authors or () if author.get("printed", True)), ""),
            abstract=record.get("abstract"),
            year=record.get("year"),
            date=record.get("date"),
            doi=record.get("doi"),
            arxiv=record.get("arxiv"),
            listed=record.get("listed"),
            count=record.get("author_count"),
            complete=authors is not None and record.get("authors_complete", True),
            start=start,
            end=len(self.entries),
            categories=tuple(self._code(code) for code in record.get("categories", ())),
            institutions=self._institutions(record),
            reported=_reported(record, source),
        )
        ids = _ids(record, "doi", "arxiv")
        first, *others = ids or (f"title:{paper_name(known)}",)
        node = self.papers.add(first, others)
        if node == len(self.records):
            self.records.append([])
        self.records[node].append(known)
        for reference in record.get("references", ()):
            self.references[0].append(node)
            self.references[1].append(self._outside(reference))

    def _author(self, record: Json, source: str) -> None:
        node, _ = self.people.mention(_ids(record, "orcid"), record["name"], 0)
        said = self.person.setdefault(node, Said())
        said.name = record["name"]
        if categories := record.get("categories"):
            said.category = self._code(categories[0])
        if reported := _reported(record, source):
            said.reported.append(reported)
        self._aliases(self.people, node, record)

    def _aliases(self, nodes: Nodes, node: int, record: Json) -> None:
        for alias in record.get("aliases", ()):
            nodes.bear(node, nodes.form(alias), 0)

    def _institutions(self, record: Json) -> tuple[int, ...]:
        nodes = []
        for institution in record.get("institutions", ()):
            node, _ = self.institutions.mention(_ids(institution, "ror"), institution["name"])
            if country := institution.get("country"):
                self.institution.setdefault(node, Said()).country = country
            nodes.append(node)
        return tuple(dict.fromkeys(nodes))

    def _category(self, record: Json) -> None:
        code = self._code(record["code"])
        self.category[code] = {**self.category.get(code, {}), **record}

    def _code(self, code: str) -> int:
        return self.codes.setdefault(code, len(self.codes))

    def _outside(self, key: str) -> int:
        return self.outside.setdefault(key, len(self.outside))


def paper_name(record: PaperRecord) -> str:
    """What names a paper without an id: title, year and first author, compact. Part of the key of its public id."""
    return f"{compact(record.title)}|{record.year or ''}|{compact(record.first_author) if record.first_author else ''}"


def _ids(record: Json, *schemes: str) -> tuple[str, ...]:
    own = [record["id"]] if record.get("id") else []
    own.extend(record.get("ids", ()))
    return tuple(dict.fromkeys(own + [f"{scheme}:{record[scheme]}" for scheme in schemes if record.get(scheme)]))


def _reported(record: Json, source: str) -> Json | None:
    return {"source": source, **record["reported"]} if record.get("reported") else None


def gather(segments: Iterable[tuple[str, Iterable[Json]]]) -> Gathered:
    """All records of all segments; a segment is a pair of its source's name and its records."""
    gathered = Gathered()
    for source, records in segments:
        for record in records:
            gathered.add(record, source)
    return gathered

"""Records to one part of a segment: a batch of each table, as large as the memory of a reader can always hold."""

from collections.abc import Iterable
from itertools import repeat
from typing import Any

import pyarrow as pa
from pydantic import BaseModel

from byline.data.record import (
    Author,
    Category,
    Citation,
    Homonym,
    Institution,
    InstitutionName,
    Paper,
    Record,
    Reported,
    Same,
    Venue,
    VenueName,
    line_of,
)
from byline.data.reference.catalogues import arxiv_of, with_arxiv
from byline.data.segments.tables import DICTIONARIES, MENTIONS, SAID_OF_INSTITUTIONS, STATED, TABLES
from byline.data.text.title_key import likeness, paper_name
from byline.graph.model import REPORTED
from byline.graph.text import compact

# Values (authorships, references, citations, …) after which a part is full. Fixed: the hash of a segment goes by parts.
FULL = 1 << 20


class Dictionary(dict[Any, int]):
    """Numbers of values, `dictionary[value]`: a new value gets the next one, from where the parts before left off."""

    def __init__(self, start: int) -> None:
        super().__init__()
        self._start = start

    def __missing__(self, value: Any) -> int:
        code = self[value] = self._start + len(self)
        return code


class Part:
    """Takes records one after the other; `tables` gives them as Arrow. `starts` are the sizes of the dictionaries before."""

    def __init__(self, source: str, starts: dict[str, int], at: int = 0) -> None:
        self._source, self._at, self._line = source, at, 0
        self._dictionaries = {name: Dictionary(starts.get(name, 0)) for name in DICTIONARIES}
        self._rows: dict[str, dict[str, list[Any]]] = {
            name: {column: [] for column in schema.names} for name, schema in TABLES.items() if name not in DICTIONARIES
        }
        # Few papers say anything of these: a column is filled up with nulls where one does, and at the end.
        self._stated = {name: self._rows["paper"].pop(name) for name in STATED}
        self._papers, self._people, self._places = (
            self._dictionaries[f"{kind}_key"] for kind in ("paper", "person", "institution")
        )
        self._names, self._codes = self._dictionaries["name"], self._dictionaries["code"]
        self._institution, self._institution_names = self._dictionaries["institution"], self._dictionaries["institution_name"]
        # Few institutions are named, and often: their numbers by id, ROR, name and country.
        self._mentioned: dict[tuple[str | None, str | None, str, str | None], int] = {}
        entry = self._rows["entry"]
        self._entry = tuple(entry[name] for name in ("person", "name", "printed", "corresponding", "institutions"))
        self._pairs: dict[str, dict[tuple[int, int], None]] = {"person_also": {}, "institution_also": {}}
        self.size = 0

    @property
    def full(self) -> bool:
        """Whether the next record belongs into another part."""
        return self.size >= FULL

    def add(self, record: Record) -> None:
        """Put one record behind the others."""
        self._line = line_of(record)
        match record:
            case Paper():
                self._paper(record)
            case Author():
                self._author(record)
            case Institution():
                self._institution_record(record)
            case Category():
                parent = -1 if record.parent is None else self._codes[record.parent]
                self._append("category", code=self._codes[record.code], name=record.name, parent=parent)
            case Venue():
                self._venue(record, tuple(record.aliases), recorded=True)
            case Citation():
                citing, cited = (self._papers[arxiv_of(key) or key] for key in (record.citing, record.cited))
                self._append("citation", line=self._line, citing=citing, cited=cited)
            case Same():
                self._append("same", kind=record.kind, ids=list(record.ids))
            case Homonym():
                self._append("same", kind=record.type, ids=[compact(record.name), *record.ids])
        self._at += 1

    def _append(self, table: str, **values: Any) -> None:
        """One row by the names of its columns. A column that is not named is null: unknown."""
        columns = self._rows[table]
        for name, value in values.items():
            columns[name].append(value)
        if len(values) < len(columns):
            for name in columns.keys() - values.keys():
                columns[name].append(None)
        self.size += 1

    def _paper(self, record: Paper) -> None:
        first_author = self._entries(record)
        ids = _ids(record.id, record.ids, ("doi", record.doi), ("arxiv", record.arxiv))
        ids = ids or (f"title:{paper_name(record.title, record.year, first_author)}",)
        keys = [self._papers[key] for key in with_arxiv(ids)]
        references = [self._papers[key if key[:4] != "doi:" else arxiv_of(key) or key] for key in record.references or ()]
        self._append(
            "paper",
            at=self._at,
            line=self._line,
            keys=keys,
            likeness=likeness(record.title),
            title=record.title,
            abstract=record.abstract,
            year=record.year,
            date=record.date,
            doi=record.doi,
            arxiv=record.arxiv,
            listed=record.listed,
            count=record.author_count,
            complete=record.authors is not None and record.authors_complete is not False,
            entries=len(record.authors or ()),
            categories=[self._codes[code] for code in record.categories],
            institutions=self._mentions(record.institutions),
            references=references,
            reported=self._reported(record.reported),
            references_complete=None if record.references is None else record.references_complete is not False,
            venue=-1 if record.venue is None else self._venue(record.venue),
        )
        if not STATED.keys().isdisjoint(record.model_fields_set):
            self._state(record)
        self.size += len(references) + len(record.title) // 16 + len(record.abstract or "") // 16

    def _state(self, record: Paper) -> None:
        """The columns of the last paper that go into the graph as they are."""
        before = len(self._rows["paper"]["at"]) - 1
        for name in STATED.keys() & record.model_fields_set:
            column = self._stated[name]
            column += repeat(None, before - len(column))
            column.append(_plain(getattr(record, name)))

    def _entries(self, record: Paper) -> str:
        """Takes in the author list; answers the first printed name."""
        person, name, printed, corresponding, institutions = self._entry
        people, names = self._people, self._names
        first = ""
        for author in record.authors or ():
            if author.orcid:
                person.append(self._named("person", _ids(author.id, (), ("orcid", author.orcid))))
            else:
                person.append(people[author.id] if author.id else -1)
            name.append(names[author.name])
            printed.append(author.printed)
            corresponding.append(author.corresponding)
            institutions.append(self._mentions(author.institutions) if author.institutions else None)
            if not first and author.printed:
                first = author.name
        self.size += len(record.authors or ())
        return first

    def _named(self, kind: str, keys: Iterable[str]) -> int:
        dictionary = self._people if kind == "person" else self._places
        first, *others = keys
        code = dictionary[first]
        for other in others:
            self._pairs[f"{kind}_also"][code, dictionary[other]] = None
        return code

    def _mentions(self, institutions: Iterable[InstitutionName]) -> list[int]:
        codes: list[int] = []
        for each in institutions:
            stated = each.id, each.ror, each.name, each.country
            if (code := self._mentioned.get(stated)) is None:
                code = self._mentioned[stated] = self._mention(_ids(each.id, (), ("ror", each.ror)), each.name, each.country)
            codes.append(code)
        return codes

    def _mention(self, keys: tuple[str, ...], name: str, country: str | None = None) -> int:
        key = self._named("institution", keys) if keys else -1
        return self._institution[key, self._institution_names[name], country or None]

    def _author(self, record: Author) -> None:
        keys = _ids(record.id, record.ids, ("orcid", record.orcid)) or (f"name:{compact(record.name)}",)
        aliases = [self._names[alias] for alias in record.aliases]
        category = self._codes[record.categories[0]] if record.categories else -1
        self._append(
            "person",
            at=self._at,
            line=self._line,
            key=self._named("person", keys),
            name=self._names[record.name],
            aliases=aliases,
            category=category,
            reported=self._reported(record.reported),
        )

    def _institution_record(self, record: Institution) -> None:
        at = self._mention(_ids(record.id, record.ids, ("ror", record.ror)), record.name)
        aliases = [self._institution_names[alias] for alias in record.aliases]
        name = self._institution_names[record.name]
        said = {column: _plain(getattr(record, column)) or None for column in SAID_OF_INSTITUTIONS}
        self._append(
            "institution_said", line=self._line, institution=at, name=name, country=record.country, aliases=aliases, **said
        )

    def _venue(self, stated: VenueName | Venue, aliases: tuple[str, ...] = (), recorded: bool = False) -> int:
        """The number of a mention of a venue."""
        keys = _ids(stated.id, stated.ids, ("issn", stated.issn_l), *(("issn", issn) for issn in stated.issns))
        self.size += 1
        return self._dictionaries["venue"][stated.name, keys, stated.venue_type, stated.issn_l, aliases, recorded]

    def _reported(self, reported: Reported | None) -> dict[str, Any] | None:
        if reported is None:
            return None
        figures = {field.name: getattr(reported, field.name) for field in REPORTED}
        if all(value is None for value in figures.values()):
            return None
        return figures | {"source": reported.source or self._source}

    def tables(self) -> dict[str, pa.Table]:
        """The part as tables, each with its schema of TABLES."""
        rows = dict(self._rows)
        size = len(rows["paper"]["at"])
        rows["paper"] = rows["paper"] | {
            name: [*column, *repeat(None, size - len(column))] for name, column in self._stated.items()
        }
        for name, pairs in self._pairs.items():
            rows[name] = {"first": [pair[0] for pair in pairs], "other": [pair[1] for pair in pairs]}
        for name, dictionary in self._dictionaries.items():
            # In the order of their numbers.
            values = list(dictionary)
            if name in MENTIONS:
                rows[name] = {column: [each[at] for each in values] for at, column in enumerate(TABLES[name].names)}
            else:
                rows[name] = {"text": values}
                if "plain" in TABLES[name].names:
                    rows[name]["plain"] = [compact(text) for text in values]
        return {name: pa.table(rows[name], schema=schema) for name, schema in TABLES.items()}


def _plain(stated: Any) -> Any:
    """A member as a column takes it: of lists the entries, of which objects are by their members; an empty list says nothing."""
    if isinstance(stated, tuple):
        return [each.model_dump() if isinstance(each, BaseModel) else each for each in stated] or None
    return stated


def _ids(own: str | None, further: Iterable[str], *members: tuple[str, str | None]) -> tuple[str, ...]:
    """The ids of a record, each once, its own first."""
    ids = [own] if own else []
    ids.extend(further)
    ids.extend(f"{scheme}:{value}" for scheme, value in members if value)
    return tuple(ids) if len(ids) < 2 else tuple(dict.fromkeys(ids))

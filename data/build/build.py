"""Records to facts: author disambiguation, then the tables that a store is built from."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from byline.data.build.authors import Printed, author_table, number_people
from byline.data.build.authorship_countries import StatedCountries
from byline.data.build.authorships import Authorships, link
from byline.data.build.categories import Categories, categories
from byline.data.build.citations import resolve as resolve_citations
from byline.data.build.clusters import NEVER, Clusters
from byline.data.build.doubts import without_doubted_works
from byline.data.build.external import external, further_keys, naming_keys
from byline.data.build.homonyms import KIND as HOMONYM
from byline.data.build.homonyms import homonyms, without_homonyms
from byline.data.build.institutions import Institutions, decisions, institution_table, institutions, numbered
from byline.data.build.legacy_keys import standing_keys
from byline.data.build.loops import note_left_out
from byline.data.build.merge import SAME_PLACE, Merged, People, merge
from byline.data.build.name_doubts import without_doubted_people
from byline.data.build.number import Numbered, number
from byline.data.build.paper_nodes import SAME_KEY, Papers, paper_decisions, papers
from byline.data.build.papers import Counts, latest_numbers, paper_table
from byline.data.build.people import Identified, Persons, identified_people, persons
from byline.data.build.venues import venues
from byline.data.identify.decisions import NONE, Decisions
from byline.data.identify.decisions import apply as decided
from byline.data.identify.disambiguation_input import NO_YEAR, DisambiguationInput, Resolution
from byline.data.identify.nodes import rules
from byline.data.identify.places import join_segments
from byline.data.identify.resolve import resolve
from byline.data.notices import Notice
from byline.data.ragged import Lists, lists
from byline.data.remembered import forget
from byline.data.segments.lists import joined, mapped, of_papers, once, picked, renamed, take
from byline.data.segments.load import RecordColumns, load_columns, rows
from byline.data.segments.segments import Content, packed
from byline.data.segments.spool import Scratch
from byline.data.segments.titles import title_words
from byline.data.sources.read.salvage import salvaged
from byline.graph.model import LINKS, Facts, Kind, Source

Json: TypeAlias = Mapping[str, Any]
# The kinds in the order in which they are counted.
_KINDS = (Kind.AUTHOR, Kind.CATEGORY, Kind.INSTITUTION, Kind.VENUE, Kind.AUTHORSHIP, Kind.PAPER)
# Called with a stage, how much of it is done, and how much there is (None: unknown).
Progress: TypeAlias = Callable[[str, int, int | None], None]
PeopleNumbering: TypeAlias = Callable[[DisambiguationInput, Resolution], Numbered]
# Bytes that a build may use at once where nothing else is said.
MEMORY = 2 << 30


def silent(stage: str, done: int, total: int | None) -> None:
    """The progress that nobody watches."""


@dataclass(frozen=True)
class Built:
    """Facts, and how they came about: `merged` counts merges by rule, `unknown_citing` citations by works outside, and
    `notices` tell what no single record shows: what records contradict each other about."""

    facts: Facts
    merged: dict[str, int]
    unknown_citing: int
    notices: list[Notice] = field(default_factory=list)


def build(
    segments: Iterable[tuple[str, Iterable[Json]]],
    sources: Sequence[Source] = (),
    progress: Progress = silent,
    memory: int = MEMORY,
    folder: Path | None = None,
) -> Built:
    """The facts of segments in order, each a pair of its source's name and its records as JSON objects."""
    contents = []
    for source, records in segments:
        parsed = (each for line, record in enumerate(records, start=1) for each in salvaged(dict(record), source, line))
        contents.append(packed(source, [each for each in parsed if not isinstance(each, Notice)], source))
    return build_contents(contents, sources, progress, Scratch(memory, folder))


def build_contents(
    contents: Sequence[Content],
    sources: Sequence[Source] = (),
    progress: Progress = silent,
    scratch: Scratch | None = None,
    decisions: Decisions = NONE,
) -> Built:
    """The facts of all segments in order. `scratch` says how much memory may be used, and where the rest goes; `decisions`
    about people win over all rules.

    Raises StoreFailed where two keys would get one public id, SourceFailed where a decision cannot be obeyed.
    """
    scratch = scratch or Scratch(MEMORY)
    progress("gather", 0, 1)
    gathered = without_doubted_people(without_homonyms(without_doubted_works(load_columns(contents, scratch))))
    progress("gather", 1, 1)
    return _Build(gathered, scratch, progress, decisions).facts(tuple(sources))


@dataclass
class _PeopleTables:
    """Tables that are done, and what is known of the author list of each row of papers."""

    nodes: dict[Kind, pa.Table]
    links: dict[str, pa.Table]
    counts: Counts


class _Build:
    """One build, step by step; what a step is done with is let go."""

    def __init__(self, gathered: RecordColumns, scratch: Scratch, progress: Progress, decisions: Decisions) -> None:
        self.gathered, self.scratch, self.progress, self.decisions = gathered, scratch, progress, decisions
        self.merged: Counter[str] = Counter()
        self.same: dict[str, list[list[str]]] = {"paper": [], "author": [], "institution": [], "venue": []}
        self.homonyms = frozenset(name for name, *_ in homonyms(gathered.contents))
        for _, _, row in rows(gathered.contents, "same"):
            if row["kind"] == HOMONYM:
                continue
            self.same[str(row["kind"])].append(row["ids"])  # type: ignore[arg-type]
        self.decided: list[tuple[Kind, list[tuple[int, str, str, str, str]]]] = []

    def facts(self, sources: tuple[Source, ...]) -> Built:
        """All steps."""
        gathered, scratch = self.gathered, self.scratch
        self.progress("author disambiguation", 0, 4)
        papers = self._papers()
        self.priority = papers.priority(gathered)
        place = self._institutions()
        self.venues = venues(gathered, self.priority, self.same["venue"])
        self._count(Kind.VENUE, self.venues.merged)
        self.progress("author disambiguation", 1, 4)
        self.plain, self.plains = gathered.texts.plains("name", scratch.memory)
        identified, merged = self._lists(papers)
        self.progress("author disambiguation", 2, 4)
        left = persons(gathered, identified, merged, self.plain, self.plains)
        place_row = numbered(place)
        scene = self._scene(papers, place, place_row, identified, left, merged)
        self.progress("author disambiguation", 3, 4)
        resolution = resolve(scene)
        if self.decisions.about(Kind.AUTHOR).lines:
            scene, resolution = self._decide(papers, self._numbering(papers, identified, left, merged), scene, resolution)
        self._count(Kind.AUTHOR, resolution.merged)
        # The largest lists that only identity reads.
        scene = replace(scene, references=Lists(np.zeros(1, np.int64), np.zeros(0, np.int32)))
        self.progress("facts", 0, 5)
        category, paper = categories(gathered), self._number_papers(papers)
        tables = self._people(papers, paper, category, place_row, identified, left, merged, scene, resolution)
        # The table of papers needs the room.
        del identified, left, merged, scene, resolution, self.plain, self.plains
        gathered.texts.forget("name", "person_key")
        forget()
        self.progress("facts", 3, 5)
        tables.nodes |= {Kind.CATEGORY: category.table, Kind.INSTITUTION: institution_table(place, place_row)}
        tables.nodes[Kind.VENUE] = self.venues.table
        return self._tables(sources, papers, paper, category, tables)

    def _count(self, kind: Kind, counted: Mapping[str, int], head: str = "") -> None:
        self.merged.update({f"{kind}: {head}{rule}": number for rule, number in counted.items() if number})

    def _same_ids(self, kind: Kind, clusters: Clusters) -> None:
        declared = clusters.merged.pop("declared", 0)
        self._count(kind, clusters.merged, "same ")
        self._count(kind, {"declared the same": declared})

    def _papers(self) -> Papers:
        records = self.gathered.records
        all_papers, counted = papers(self.gathered, self.same["paper"], self.decisions.about(Kind.PAPER))
        self._same_ids(Kind.PAPER, all_papers.clusters)
        self._count(Kind.PAPER, counted)
        # A record without an id is known by title, year and first author: what shares those shares no id.
        keys = self.gathered.texts.distinct("paper_key")
        titled, first = pc.starts_with(keys, "title:").to_numpy(zero_copy_only=False), all_papers.met < NEVER
        by_title = int(titled[records.first].sum()) - int((titled & first).sum())
        self._count(Kind.PAPER, {"same id": len(records) - int(first.sum()) - by_title, SAME_KEY: by_title})
        return all_papers

    def _institutions(self) -> Institutions:
        place = institutions(self.gathered)
        self._count(Kind.INSTITUTION, place.nodes.join_shared(), "same ")
        declared = sum(place.nodes.declare_same(ids) for ids in self.same["institution"])
        self._count(Kind.INSTITUTION, {"declared the same": declared})
        self._place_decisions = place.nodes.join_same_names()
        recorded = {node for node, details in place.details.items() if details.name}
        self._place_decisions += join_segments(place.nodes, place.countries(), recorded)
        self._count(Kind.INSTITUTION, rules(self._place_decisions))
        return place

    def _lists(self, papers: Papers) -> tuple[Identified, Merged]:
        gathered = self.gathered
        identified = identified_people(gathered, self.same["author"])
        self._same_ids(Kind.AUTHOR, identified.clusters)
        person = gathered.entries.person
        of = renamed(person, identified.clusters.of, gathered.scratch)
        forms = _Forms(gathered.texts.distinct("name"))
        people = People(of, gathered.entries.form, forms, self.plain, identified.bits)  # type: ignore[arg-type]
        merged = merge(gathered, self.priority, people)
        self._count(Kind.AUTHOR, {SAME_PLACE: len(merged.notes.decisions)})
        return identified, merged

    def _scene(
        self, papers: Papers, place: Institutions, place_row: Numbered, identified: Identified, left: Persons, merged: Merged
    ) -> DisambiguationInput:
        gathered, records = self.gathered, self.gathered.records
        year = latest_numbers(gathered, "year", self.priority)
        row_of_mention = place_row.row[place.node] if len(place.node) else place.node
        keep = gathered.scratch
        base = take(gathered.entries.institutions, merged.source, keep)
        more = np.array(merged.notes.institutions, np.int32).reshape(-1, 2)
        mentions = joined(base, more[:, 0], more[:, 1])
        self.of_entry = once(mapped(mentions, row_of_mention, keep), keep)
        self.stated = StatedCountries(mentions, row_of_mention, place.country, place.codes)
        self.of_paper = once(mapped(of_papers(records.institutions, papers.of, papers.count, keep), row_of_mention, keep), keep)
        self.category = once(of_papers(records.categories, papers.of, papers.count, keep), keep)
        person = renamed(merged.person, left.of, keep)
        also = np.array(merged.notes.also, np.int32).reshape(-1, 2)
        owned = np.flatnonzero(identified.clusters.of >= 0)
        owner = left.of[identified.clusters.of[owned]] if len(owned) else owned.astype(np.int32)
        by_owner = np.argsort(owner, kind="stable")
        places = merged.notes.same_place
        return DisambiguationInput(
            entry_paper=merged.paper,
            entry_form=picked(gathered.entries.form, merged.source, keep),
            entry_person=person,
            entry_first=picked(identified.first, merged.source, keep),
            forms=gathered.texts.distinct("name"),
            form_plain=self.plain,
            plains=self.plains,
            paper_year=np.where(year == np.iinfo(np.int32).min, np.int32(NO_YEAR), year),
            paper_category=self.category,
            paper_institution=self.of_paper,
            references=mapped(of_papers(records.references, papers.of, papers.count, keep), papers.of_key, keep),
            entry_institution=self.of_entry,
            institution_name=institution_table(place, place_row)["name"].combine_chunks().cast(pa.large_string()),
            paper_key=_earliest_keys(gathered, papers),
            person_key=left.key,
            person_ids=(owner[by_owner], identified.keys.take(pa.array(owned[by_owner]))),
            person_first=left.first,
            person_schemes=left.bits,
            schemes=identified.schemes,
            person_forms=left.names,
            also=(also[:, 0], also[:, 1]),
            same_place=(
                np.array([left.of[one] for one, _, _ in places], np.int32),
                np.array([left.of[other] for _, other, _ in places], np.int32),
                pa.array([words for _, _, words in places], pa.large_string()),
            ),
            homonyms=self.homonyms,
            paper_word=title_words(gathered, papers.of, merged.paper[person < 0], papers.count),
        )

    def _people(
        self, papers: Papers, paper: Numbered, category: Categories, place_row: Numbered, identified: Identified, left: Persons,
        merged: Merged, scene: DisambiguationInput, resolution: Resolution,
    ) -> "_PeopleTables":  # fmt: skip
        """What is made of people: their table, authorships, decisions, and the ids of before of all kinds."""
        gathered, scratch = self.gathered, self.scratch
        author = self._numbering(papers, identified, left, merged)(scene, resolution)
        of_person = author.row[resolution.person[left.of]] if len(left.of) else np.zeros(0, np.int32)
        authorships = Authorships(merged, paper, renamed(resolution.entry, author.row, scratch), scratch)
        self.progress("facts", 1, 5)
        ids = external(identified.keys, identified.key_met, *gathered.person_also, identified.clusters, of_person, len(author))
        nodes = {
            Kind.AUTHOR: author_table(gathered, scene, resolution, identified, left, author, ids, category.row, scratch),
            Kind.AUTHORSHIP: authorships.table(scene.forms, scene.entry_form, self.stated, scratch),
        }
        self.progress("facts", 2, 5)
        links = {
            "authorship_institution": authorships.institutions(self.of_entry, scratch),
            "alias": _alias([paper, author, place_row, category.numbered, self.venues.numbered]),
            "decision": self._decisions(papers, paper, author, place_row, left, resolution, merged),
        }
        return _PeopleTables(nodes, links, Counts(*authorships.counts(), merged.complete[paper.cluster]))

    def _tables(
        self, sources: tuple[Source, ...], papers: Papers, paper: Numbered, category: Categories, tables: "_PeopleTables"
    ) -> Built:
        gathered, scratch = self.gathered, self.scratch
        citations = resolve_citations(gathered, papers.of, papers.of_key, paper, scratch)
        self.progress("facts", 4, 5)
        own = external(
            gathered.texts.distinct("paper_key"), papers.met, *papers.pairs, papers.clusters, paper.row[papers.paper], len(paper)
        )
        open_ends = citations.open, citations.outside
        tables.nodes[Kind.PAPER] = paper_table(
            gathered, self.priority, paper, own, tables.counts, *open_ends, self.venues.of_paper, scratch
        )
        of_row = mapped(take(self.category, paper.cluster, scratch), category.row, scratch)
        tables.links |= {
            "paper_institution": link("paper_institution", take(self.of_paper, paper.cluster, scratch), scratch),
            "paper_category": link("paper_category", of_row, scratch),
            "citation": citations.table,
        }
        self.progress("facts", 5, 5)
        nodes = {kind: tables.nodes[kind] for kind in _KINDS}
        note_left_out(gathered, papers.of, papers.of_key)
        return Built(Facts(nodes, tables.links, sources), dict(self.merged), citations.unknown_citing, gathered.notes.notices)

    def _decide(
        self, papers: Papers, numbering: PeopleNumbering, scene: DisambiguationInput, resolution: Resolution
    ) -> tuple[DisambiguationInput, Resolution]:
        """What is decided by hand, in the ids that the rules alone give."""
        decisions = self.decisions.about(Kind.AUTHOR)
        wanted = decisions.people()
        people = numbering(scene, resolution).leads(wanted)
        paper_clusters = self._number_papers(papers).leads(decisions.papers())
        scene, resolution = decided(decisions, scene, resolution, people, paper_clusters)
        decisions.confirm(numbering(scene, resolution).leads(wanted))
        return scene, resolution

    def _numbering(self, papers: Papers, identified: Identified, left: Persons, merged: Merged) -> PeopleNumbering:
        """Ids and rows of people by who is whom: the rest of what they depend on is the same for every resolution."""
        further, printed = further_keys(identified.keys, identified.clusters), self._printed(papers, merged)
        return lambda scene, resolution: number_people(scene, resolution, identified, left, further, printed)

    def _printed(self, papers: Papers, merged: Merged) -> Printed:
        """Under which keys of papers names stood without an id."""
        pair = standing_keys(self.gathered.records, papers.of)
        absorbed = [(int(self.plain[~what]), entry) for what, entry in merged.notes.absorbed if what < 0 <= entry]
        twins = [(int(self.plain[form]), turn, entry) for form, turn, entry in merged.notes.twins]
        return Printed(
            lists(pair >> 32, pair & 0xFFFFFFFF, papers.count), self.gathered.texts.distinct("paper_key"), absorbed, twins
        )

    def _number_papers(self, papers: Papers) -> Numbered:
        keys = self.gathered.texts.distinct("paper_key")
        naming = naming_keys(keys, papers.clusters)
        lead = np.full(papers.count, -1, np.int64)
        lead[papers.paper[::-1]] = np.arange(len(papers.paper))[::-1]
        texts, owner = further_keys(keys, papers.clusters)
        of = np.concatenate([papers.paper, papers.paper[owner]]) if len(papers.paper) else owner
        return number(Kind.PAPER, pa.concat_arrays([naming, texts]), of.astype(np.int32), lead)

    def _decisions(
        self,
        papers: Papers,
        paper: Numbered,
        author: Numbered,
        place_row: Numbered,
        left: Persons,
        resolution: Resolution,
        merged: Merged,
    ) -> pa.Table:
        people = [
            (int(author.row[resolution.person[left.of[person]]]), one, other, SAME_PLACE, words)
            for person, one, other, words in merged.notes.decisions
        ]
        listed = [
            (str(numbered.ids[row].as_py()), *rest, True, None)
            for numbered, rows in (
                (author, people),
                (place_row, decisions(self._place_decisions, place_row)),
                (self.venues.numbered, decisions(self.venues.joins, self.venues.numbered)),
            )
            for row, *rest in rows
        ]
        schema = LINKS["decision"]
        # The last two columns are known of people alone, who are weighed.
        table = pa.Table.from_pylist([dict(zip(schema.names, row, strict=False)) for row in listed], schema)
        both = pa.concat_tables(
            [table, *paper_decisions(self.gathered, papers, paper), _with_public_ids(resolution.decisions, author)]
        )
        # A list orders nothing.
        return both.sort_by([(name, "ascending") for name in schema.names if name != "terms"]).combine_chunks()


def _with_public_ids(table: pa.Table, author: Numbered) -> pa.Table:
    """The decisions about people with public ids for clusters."""
    own = author.ids.take(pa.array(author.row[table["cluster"].to_numpy()])).cast(pa.string())
    far = pc.fill_null(table["other"], -1).to_numpy()
    row = pa.array(np.where(far < 0, 0, author.row[far]) if len(author) else far, mask=far < 0)
    other = author.ids.take(row).cast(pa.string())
    columns = [table[name] for name in ("left", "right", "rule", "evidence", "joined")]
    return pa.Table.from_arrays(
        [
            pa.chunked_array([own], pa.string()),
            *columns,
            pa.chunked_array([other], pa.string()),
            table["probability"],
            table["terms"],
        ],
        schema=LINKS["decision"],
    )


class _Forms:
    """Names as text, read one at a time."""

    def __init__(self, forms: pa.Array) -> None:
        self._forms = forms

    def __getitem__(self, form: int) -> str:
        return str(self._forms[form].as_py())

    def __len__(self) -> int:
        return len(self._forms)


def _earliest_keys(gathered: RecordColumns, papers: Papers) -> pa.Array:
    """The earliest key of each paper."""
    lead = np.full(papers.count, -1, np.int64)
    lead[papers.paper[::-1]] = papers.clusters.root[::-1]
    return gathered.texts.distinct("paper_key").take(pa.array(lead))


def _alias(numbered: Sequence[Numbered]) -> pa.Table:
    names = pa.concat_arrays([each.alias[0] for each in numbered])
    row = pa.array(np.concatenate([each.alias[1] for each in numbered]), pa.int32())
    order = pa.compute.sort_indices(names) if len(names) else pa.array([], pa.int64())
    return pa.Table.from_arrays([names.take(order).cast(pa.string()), row.take(order)], schema=LINKS["alias"])

"""Records to facts: who is who, then the tables that a store is built from."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa

from data.authorships import Authorships, pair_table
from data.categories import categories
from data.citations import Citations, resolve
from data.gather import Gathered, Json, gather
from data.identify.keys import Decision
from data.identify.nodes import rules
from data.identify.papers import join_same_titles
from data.identify.people import join_compatible
from data.merge import Papers, latest_reports, merge
from data.number import Numbered, external_id_column, number, stated
from graph.model import LINKS, REPORTED, Facts, Kind, Source, given
from graph.store.protocol import Rows

# Called with a stage, how much of it is done, and how much there is (None: unknown).
Progress: TypeAlias = Callable[[str, int, int | None], None]


def silent(stage: str, done: int, total: int | None) -> None:
    """The progress that nobody watches."""


@dataclass(frozen=True)
class Built:
    """Facts, and how they came about: `merged` counts merges by rule, `unknown_citing` citations from unknown papers."""

    facts: Facts
    merged: dict[str, int]
    unknown_citing: int


@dataclass(frozen=True)
class _Identified:
    papers: Papers
    decisions: dict[Kind, list[Decision]]
    merged: dict[str, int]


def build(segments: Iterable[tuple[str, Iterable[Json]]], sources: Sequence[Source] = (), progress: Progress = silent) -> Built:
    """The facts of all segments in order. A segment is a pair of its source's name and its normalised records.

    Raises StoreFailed where two keys would get one public id.
    """
    gathered = gather(segments)
    progress("who is who", 0, None)
    identified = _identify(gathered)
    progress("facts", 0, None)
    paper, author = number(Kind.PAPER, gathered.papers), number(Kind.AUTHOR, gathered.people)
    institution = number(Kind.INSTITUTION, gathered.institutions)
    category = categories(gathered)
    citations = resolve(gathered, paper)
    merged = identified.papers
    paper_row = paper.row[np.asarray(merged.roots, np.int64)]
    authorships = Authorships(gathered, merged, paper_row, author.row)
    nodes = {
        Kind.AUTHOR: _authors(gathered, author, category.numbered.row),
        Kind.PAPER: _papers(merged, paper, paper_row, authorships, citations),
        Kind.INSTITUTION: _institutions(gathered, institution),
        Kind.CATEGORY: category.table,
        Kind.AUTHORSHIP: authorships.table(),
    }
    numbered = {Kind.PAPER: paper, Kind.AUTHOR: author, Kind.INSTITUTION: institution}
    links = {
        "authorship_institution": authorships.institutions(institution.row),
        "paper_institution": _paper_pairs("paper_institution", merged, paper_row, institution.row),
        "paper_category": _paper_pairs("paper_category", merged, paper_row, category.numbered.row),
        "citation": citations.table,
        "alias": _alias([*numbered.values(), category.numbered]),
        "decision": _decisions(identified.decisions, numbered),
    }
    return Built(Facts(nodes, links, tuple(sources)), identified.merged, citations.unknown_citing)


def _identify(gathered: Gathered) -> _Identified:
    merged: Counter[str] = Counter()
    by_kind = {Kind.PAPER: gathered.papers, Kind.INSTITUTION: gathered.institutions, Kind.AUTHOR: gathered.people}
    for kind, keys in by_kind.items():
        merged.update({f"{kind}: same {scheme}": count for scheme, count in keys.join_shared().items()})
        declared = sum(keys.declare_same(ids) for of, ids in gathered.same if of == kind)
        merged.update({f"{kind}: declared the same": declared} if declared else {})
    titles = join_same_titles(gathered)
    repeated = sum(len(records) for records in gathered.records) - len(gathered.records)
    merged.update({"paper: same id": repeated} if repeated else {})
    papers = merge(gathered)
    people = gathered.people
    standing = set(papers.entries.node) | gathered.person.keys()
    for node, other in papers.absorbed:
        if node not in standing:
            people.join(other, node)
    found = {
        Kind.PAPER: titles,
        Kind.INSTITUTION: gathered.institutions.join_same_names(),
        Kind.AUTHOR: papers.decisions
        + people.join_same_names()
        + join_compatible(people, papers.entries.node, papers.bounds, papers.places),
    }
    for kind, decisions in found.items():
        merged.update({f"{kind}: {rule}": count for rule, count in rules(decisions).items()})
    return _Identified(papers, found, dict(merged))


def _papers(merged: Papers, paper: Numbered, paper_row: Rows, authorships: Authorships, citations: Citations) -> pa.Table:
    order = np.argsort(paper_row).tolist()
    papers = [merged.papers[i] for i in order]
    external = paper.external_ids()
    counts, complete = [], []
    known = (values.tolist() for values in authorships.counts(len(paper)))
    for each, entries, people in zip(papers, *known, strict=True):
        count = each.count if each.count is not None else entries if each.complete else None
        complete.append(each.complete and (each.count is None or each.count <= entries))
        counts.append(None if count is None else max(count, people))
    columns = {
        "id": paper.ids,
        "title": [each.title for each in papers],
        "abstract": [each.abstract for each in papers],
        "year": [each.year for each in papers],
        "published_on": [_day(each.date) for each in papers],
        "doi": _first([each.doi for each in papers], stated(external, "doi")),
        "arxiv_id": _first([each.arxiv for each in papers], stated(external, "arxiv")),
        "external_ids": external_id_column(external),
        "author_count": counts,
        "author_list_complete": complete,
        "listed": [each.listed for each in papers],
        "unresolved_references": [citations.unresolved.get(row, []) for row in range(len(papers))],
        "reported": [_reports(each.reported) for each in papers],
    }
    return _table(Kind.PAPER, columns)


def _authors(gathered: Gathered, author: Numbered, category_row: Rows) -> pa.Table:
    people = gathered.people
    external = author.external_ids()
    said = [[gathered.person[node] for node in nodes if node in gathered.person] for nodes in author.nodes()]
    names = _names(author, people.forms, people.bears, [[each.name for each in found] for found in said])
    stated_category = [[each.category for each in found if each.category is not None] for found in said]
    columns = {
        "id": author.ids,
        "name": [each[0] for each in names],
        "names": names,
        "orcid": stated(external, "orcid"),
        "external_ids": external_id_column(external),
        "stated_category": [int(category_row[codes[-1]]) if codes else None for codes in stated_category],
        "reported": [_reports(latest_reports([r for each in found for r in each.reported])) for found in said],
    }
    return _table(Kind.AUTHOR, columns)


def _institutions(gathered: Gathered, institution: Numbered) -> pa.Table:
    external = institution.external_ids()
    known = gathered.institution
    said = [[known[node] for node in nodes if node in known] for nodes in institution.nodes()]
    given_names = [[each.name for each in found] for found in said]
    names = _names(institution, gathered.institutions.forms, gathered.institutions.bears, given_names)
    countries = [[each.country for each in found if each.country] for found in said]
    columns = {
        "id": institution.ids,
        "name": [each[0] for each in names],
        "names": names,
        "ror": stated(external, "ror"),
        "country_code": [each[-1] if each else None for each in countries],
        "external_ids": external_id_column(external),
    }
    return _table(Kind.INSTITUTION, columns)


def _names(
    numbered: Numbered, forms: list[str], bears: dict[tuple[int, int], int], said: list[list[str | None]]
) -> list[list[str]]:
    """The names of each row, the preferred one first: that of a record, else the one printed most often (among equals
    the longer, then the earlier); the others by first appearance."""
    counted: list[dict[str, int]] = [{} for _ in numbered.ids]
    row = numbered.row.tolist()
    for (node, form), printed in bears.items():
        names = counted[row[node]]
        names[forms[form]] = names.get(forms[form], 0) + printed
    found = []
    for names, stated_names in zip(counted, said, strict=True):
        told = [name for name in stated_names if name]
        best = told[-1] if told else max(names, key=lambda name: (names[name], len(name)))
        found.append([best, *(name for name in names if name != best)])
    return found


def _paper_pairs(name: str, merged: Papers, paper_row: Rows, far_row: Rows) -> pa.Table:
    member = "institutions" if name == "paper_institution" else "categories"
    pairs: list[tuple[int, int]] = []
    for i in np.argsort(paper_row).tolist():
        row = int(paper_row[i])
        pairs += dict.fromkeys((row, int(far_row[node])) for node in getattr(merged.papers[i], member))
    return pair_table(name, pairs)


def _alias(numbered: Sequence[Numbered]) -> pa.Table:
    pairs = sorted(pair for each in numbered for pair in each.alias)
    columns = [pa.array([name for name, _ in pairs], pa.string()), pa.array([row for _, row in pairs], pa.int32())]
    return pa.Table.from_arrays(columns, schema=LINKS["alias"])


def _decisions(decisions: dict[Kind, list[Decision]], numbered: dict[Kind, Numbered]) -> pa.Table:
    rows = sorted(
        (numbered[kind].ids[numbered[kind].row[each.node]], each.left, each.right, each.rule, each.evidence)
        for kind, found in decisions.items()
        for each in found
    )
    columns = [pa.array([row[i] for row in rows], pa.string()) for i in range(len(LINKS["decision"].names))]
    return pa.Table.from_arrays(columns, schema=LINKS["decision"])


def _table(kind: Kind, columns: dict[str, Any]) -> pa.Table:
    schema = given(kind)
    arrays = [
        column if isinstance(column, pa.Array) else pa.array(column, schema.field(name).type) for name, column in columns.items()
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _first(stated_last: list[str | None], among_ids: list[str | None]) -> list[str | None]:
    return [one or other for one, other in zip(stated_last, among_ids, strict=True)]


def _reports(reports: list[Json]) -> list[dict[str, Any]]:
    return [
        {field.name: report.get(field.name) for field in REPORTED} | {"as_of": _day(report.get("as_of"))} for report in reports
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

"""Whether a list may be longer, or a path shorter, than it is known here, and why: what the field `reason` says."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from byline.graph.metrics.trust import NO_CITATIONS, NO_KNOWN_PAPERS
from byline.graph.model import (
    AFFILIATIONS,
    CATEGORY_AUTHORS,
    CATEGORY_CHILDREN,
    CATEGORY_PAPERS,
    CITED_BY,
    COLLABORATIONS,
    COMMON_PAPERS,
    INSTITUTION_AUTHORS,
    INSTITUTION_PAPERS,
    PAPER_AUTHORS,
    PAPER_INSTITUTIONS,
    REFERENCES,
    SHARED_CITATIONS,
    SHARED_REFERENCES,
    VENUE_AUTHORS,
    VENUE_PAPERS,
    Edge,
    Kind,
)
from byline.graph.request import EVERYTHING, NOTHING, Hop, Not, Page, Select, Where, Window
from byline.graph.store.protocol import Paths, Rows, Status, Store

Reasons = list[str | None]

CUT_LIST = "The author list is incomplete"
NO_AUTHORS = "No source states the authors of the paper"
PART_OF_REFERENCES = "Sources state only part of the references"
NO_REFERENCES = "No source states the references of the paper"
SOME_AFFILIATIONS = "Some authors of the paper have no known institution"
NO_AFFILIATIONS = "No institution of the paper is known"
_NO_PAPERS = {Kind.AUTHOR: NO_KNOWN_PAPERS, Kind.INSTITUTION: "No papers of the institution are known"}
OWN_AFFILIATIONS = "Some authorships of the author name no institution"
OUTSIDE = "{} cited works are outside this graph"
ONE_OUTSIDE = "One cited work is outside this graph"
CITING = "{} citing works are outside this graph"
ONE_CITING = "One citing work is outside this graph"
UNDATED = "Undated papers are in no range of years, and this graph has {}"
NO_KEYWORDS = "No source states the keywords of {} of these papers"
NO_KEYWORD = "No source states the keywords of one of these papers"
# What the graph as a whole is known to lack, by what its snapshot counts.
LACKS = {
    "incomplete_author_lists": "This graph has {} incomplete or unknown author lists",
    "incomplete_reference_lists": "This graph has {} papers with incomplete or unknown references",
    "incomplete_institution_lists": "This graph has {} papers with incomplete or unknown institutions",
    "uncategorised_papers": "This graph has {} papers without a known category",
    "papers_without_venue": "This graph has {} papers without a known venue",
}
_RESTS_ON = {
    CITED_BY.name: "incomplete_reference_lists",
    INSTITUTION_PAPERS.name: "incomplete_institution_lists",
    INSTITUTION_AUTHORS.name: "incomplete_institution_lists",
    COLLABORATIONS.name: "incomplete_institution_lists",
    COMMON_PAPERS.name: "incomplete_institution_lists",
    SHARED_REFERENCES.name: "incomplete_reference_lists",
    SHARED_CITATIONS.name: "incomplete_reference_lists",
    CATEGORY_PAPERS.name: "uncategorised_papers",
    CATEGORY_AUTHORS.name: "uncategorised_papers",
    VENUE_PAPERS.name: "papers_without_venue",
    VENUE_AUTHORS.name: "papers_without_venue",
}
_UNCERTAIN = "For {} entries it is unknown whether they match the filter"
_ONE_UNCERTAIN = "For one entry it is unknown whether it matches the filter"


async def why_longer(store: Store, kind: Kind, hop: Hop | None, select: Select, rows: Rows | None) -> Reasons:
    """Of each list why it may be longer than it is known here; None where it is not. `rows` are the sources of the lists, None
    at the root. Entries of which the filter is unknown come first, then what the list itself lacks, then what the graph does."""
    count = 1 if rows is None else len(rows)
    reasons: Reasons = [None] * count
    if select.where == NOTHING:
        return reasons
    if select.where != EVERYTHING:
        reasons = await _uncertain(store, kind, hop, select, rows)
    if hop is None or rows is None:
        return reasons
    own = await _own(store, hop, rows)
    general = await _of_graph(store, hop)
    return [one or other or general for one, other in zip(reasons, own, strict=True)]


async def _uncertain(store: Store, kind: Kind, hop: Hop | None, select: Select, rows: Rows | None) -> Reasons:
    """Entries that a filter neither keeps nor is known to leave out."""

    async def total(where: Any) -> Any:
        counted = Select(where, page=Page(first=0), total=True)
        ragged = await (store.find(kind, counted) if hop is None or rows is None else store.expand(hop, rows, counted))
        return ragged.totals

    left = await total(EVERYTHING) - await total(select.where) - await total(Not(select.where))
    return [unknown_entries(number) for number in left.tolist()]


def unknown_entries(number: int) -> str | None:
    """What is said of so many entries of which a filter is unknown; None where there are none."""
    return _counted(number, _ONE_UNCERTAIN, _UNCERTAIN) if number else None


def _counted(number: int, one: str, several: str) -> str:
    return one if number == 1 else several.format(number)


async def _own(store: Store, hop: Hop, rows: Rows) -> Reasons:
    """What is unknown of the very lists of the rows."""
    match hop.edge.name:
        case PAPER_AUTHORS.name:
            return await _flagged(store, hop, rows, "author_list_complete", (NO_AUTHORS, CUT_LIST))
        case PAPER_INSTITUTIONS.name:
            return await _flagged(store, hop, rows, "institutions_complete", (NO_AFFILIATIONS, SOME_AFFILIATIONS))
        case AFFILIATIONS.name:
            return await _flagged(store, hop, rows, "affiliations_complete", (OWN_AFFILIATIONS, OWN_AFFILIATIONS))
        case REFERENCES.name:
            names = ["references_complete", "reference_count", "unresolved_references"]
            columns = await store.values(Kind.PAPER, rows, names)
            return [_references(*each) for each in zip(*columns, strict=True)]
        case CITED_BY.name:
            (outside,) = await store.values(Kind.PAPER, rows, ["outside_citation_count"])
            return [_counted(count, ONE_CITING, CITING) if count else None for count in outside]
    if hop.edge.pair or hop.edge.source not in _NO_PAPERS:
        return [None] * len(rows)
    (papers,) = await store.values(hop.edge.source, rows, ["paper_count"])
    return [None if paper_count else _NO_PAPERS[hop.edge.source] for paper_count in papers]


async def _flagged(store: Store, hop: Hop, rows: Rows, column: str, why: tuple[str, str]) -> Reasons:
    """Lists that a column says to be complete; else `why`, first of those of which nothing is known."""
    (complete,) = await store.values(hop.edge.source, rows, [column])
    some = np.diff((await store.expand(Hop(hop.edge), rows, Select(page=Page(first=1)))).offsets).tolist()
    return [None if whole else why[int(length > 0)] for whole, length in zip(complete, some, strict=True)]


def _references(complete: bool | None, inside: int, unresolved: list[str] | None) -> str | None:
    outside = len(unresolved or ())
    if not complete:
        return PART_OF_REFERENCES if inside or outside else NO_REFERENCES
    return _counted(outside, ONE_OUTSIDE, OUTSIDE) if outside else None


async def _of_graph(store: Store, hop: Hop) -> str | None:
    """What is unknown of the graph that lists of this edge are made of."""
    info = await store.snapshot()
    counts = info.counts
    if hop.edge.name == CITED_BY.name and not info.citations_known:
        return NO_CITATIONS
    lack = _RESTS_ON.get(hop.edge.name)
    if hop.edge.name == CATEGORY_CHILDREN.name or (hop.edge.source is Kind.PAPER and lack is None):
        return None
    return _lack(counts, hop.window, lack or "incomplete_author_lists")


async def why_nearer(store: Store, paths: Paths, window: Window | None) -> str | None:
    """Why two people may be nearer to each other than the first path between them is long; None where they cannot be."""
    steps = int(paths.people[1]) - 1 if len(paths.people) > 1 else None
    if paths.statuses[0] is Status.SAME or steps == 1:
        return None
    return _lack((await store.snapshot()).counts, window, "incomplete_author_lists")


async def why_sparser(store: Store, window: Window | None) -> str | None:
    """Why a network of people may have more people and links than it shows; None where it cannot."""
    return _lack((await store.snapshot()).counts, window, "incomplete_author_lists")


async def why_fewer_shared(store: Store, edges: Sequence[Edge], cites: bool, where: Where) -> str | None:
    """Why papers that a condition is true of may link nodes more often than a network shows: nodes that have papers by the edges,
    linked by what papers cite if it `cites`."""
    (reason,) = await why_longer(store, Kind.PAPER, None, Select(where), None)
    if reason:
        return reason
    info = await store.snapshot()
    if cites and not info.citations_known:
        return NO_CITATIONS
    lacks = [_RESTS_ON.get(edge.name, "incomplete_author_lists") for edge in ([CITED_BY] if cites else []) + list(edges)]
    return next((why for lack in lacks if (why := _lack(info.counts, None, lack))), None)


async def why_fewer_keywords(store: Store, where: Where, without: int) -> str | None:
    """The same of keywords; `without` of the papers that the condition is true of have none that is stated."""
    (reason,) = await why_longer(store, Kind.PAPER, None, Select(where), None)
    return reason or (_counted(without, NO_KEYWORD, NO_KEYWORDS) if without else None)


def _lack(counts: Mapping[str, int], window: Window | None, lack: str) -> str | None:
    # What a snapshot of before did not count is not known to be nothing.
    number = counts.get(lack, -1)
    if number:
        return LACKS[lack].format(number if number > 0 else "some")
    dated = window and (window.first_year is not None or window.last_year is not None)
    undated = counts.get("undated_papers", -1)
    return UNDATED.format(undated if undated > 0 else "some") if dated and undated else None

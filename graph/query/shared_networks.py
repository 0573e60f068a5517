"""Networks by shared papers over any store: whose they are, their papers, and the papers behind each link."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from byline.graph.errors import BadInput, limit_hint
from byline.graph.metrics.matrix import distinct
from byline.graph.model import CATEGORY_PAPERS, INSTITUTION_PAPERS, PAPER_CATEGORIES, PAPER_INSTITUTIONS, Edge, Kind
from byline.graph.network.shared import Incidence, SharedNetwork, linked
from byline.graph.query.completeness import unknown_entries, why_fewer_shared
from byline.graph.query.unresolved import nodes_named
from byline.graph.request import EVERYTHING, All, Facet, Hop, Key, Not, Page, Select, Where
from byline.graph.store.protocol import Counts, Flags, Offsets, Ragged, Rows, Store

# Of each kind the edges to its papers and back, and what counts papers by it.
OF: dict[Kind, tuple[Edge, Edge, Facet]] = {
    Kind.INSTITUTION: (INSTITUTION_PAPERS, PAPER_INSTITUTIONS, Facet.INSTITUTION),
    Kind.CATEGORY: (CATEGORY_PAPERS, PAPER_CATEGORIES, Facet.CATEGORY),
}


@dataclass(frozen=True)
class SharedArgs:
    """Of which kind; which nodes (their keys, else the `first` with most papers that count); which papers count; how many a link
    has at least; how many papers may be read, one of several nodes counted for each."""

    kind: Kind
    keys: tuple[Key, ...] | None
    first: int
    where: Where
    least: int
    most: int = field(default=500_000, repr=False)


async def shared_network(store: Store, args: SharedArgs) -> SharedNetwork:
    """The network that is asked for. Raises BadId, AmbiguousKey, and BadInput where there are too many papers."""
    to_papers, to_nodes, facet = OF[args.kind]
    page = Page(first=args.first if args.keys is None else 0)
    counted = await store.facet(Kind.PAPER, np.zeros(1, np.int32), args.where, facet, page)
    if args.keys is None:
        rows = counted.rows
    else:
        rows = np.array(list(dict.fromkeys((await nodes_named(store, args.kind, args.keys)).tolist())), np.int32)
    incidence = await _incidence(store, to_papers, to_nodes, rows, args)
    (years,) = await store.columns(Kind.PAPER, incidence.papers, ["year"])
    others = int(counted.totals[0]) - len(np.unique(incidence.place))
    network = linked(args.kind, rows, incidence, years, args.least, others)
    return replace(network, reason=await why_fewer_shared(store, to_papers, args.where))


async def _incidence(store: Store, to_papers: Edge, to_nodes: Edge, rows: Rows, args: SharedArgs) -> Incidence:
    """Which of the nodes are on which papers that count. A category's list covers those below it, which are not meant: the
    papers themselves say what they have."""
    lists = await store.expand(Hop(to_papers), rows, Select(args.where, page=Page(0), total=True))
    if lists.totals is not None and (papers := int(lists.totals.sum())) > args.most:
        hint = limit_hint("choose fewer nodes, or fewer years", "max_matrix_papers")
        raise BadInput(f"The network would read {papers} papers, the maximum is {args.most}", hint)
    papers_of = await store.expand(Hop(to_papers), rows, Select(args.where))
    papers_read = distinct(papers_of.rows).astype(np.int32)
    nodes = await store.expand(Hop(to_nodes), papers_read, Select())
    order = np.argsort(rows)
    at = np.minimum(np.searchsorted(rows[order], nodes.rows), max(len(rows) - 1, 0))
    hit = rows[order][at] == nodes.rows if len(rows) else np.zeros(len(nodes.rows), np.bool_)
    paper = np.repeat(np.arange(len(papers_read)), np.diff(nodes.offsets))[hit]
    place = (order[at[hit]] if len(rows) else at[hit]).astype(np.int64)
    there = np.unique(paper)
    return Incidence(papers_read[there], np.searchsorted(there, paper), place)


async def link_papers(store: Store, network: SharedNetwork, links: Sequence[int], counted: Where, select: Select) -> Ragged:
    """The papers of some links, ordered and cut to a page each; `counted` says which papers count in the network."""
    asked = replace(select, where=_both(counted, select.where), values=(), total=False)
    page = select.page
    found = (await store.find(Kind.PAPER, replace(asked, page=Page()))).rows
    start, stop = 0, len(found)
    if page.after is not None:
        start = len(found) - len((await store.find(Kind.PAPER, replace(asked, page=Page(after=page.after)))).rows)
    if page.before is not None:
        stop = len((await store.find(Kind.PAPER, replace(asked, page=Page(before=page.before)))).rows)
    return _cut(_ranks(network, links, found), found, page, start, stop)


def _both(one: Where, other: Where) -> Where:
    parts = tuple(part for part in (one, other) if part != EVERYTHING)
    return parts[0] if len(parts) == 1 else All(parts)


def _ranks(network: SharedNetwork, links: Sequence[int], found: Rows) -> list[Offsets]:
    """The places among the papers found of those that both ends of each link are on, ascending."""
    incidence = network.incidence
    assert incidence is not None
    order = np.argsort(found)
    at = np.minimum(np.searchsorted(found[order], incidence.papers), max(len(found) - 1, 0))
    hit = found[order][at] == incidence.papers if len(found) else np.zeros(len(at), np.bool_)
    rank = np.where(hit, order[at] if len(found) else -1, -1)[incidence.paper]
    inside = np.flatnonzero(rank >= 0)
    inside = inside[np.lexsort((rank[inside], incidence.place[inside]))]
    bounds = np.searchsorted(incidence.place[inside], np.arange(len(network.members.rows) + 1))
    own = [rank[inside[bounds[node] : bounds[node + 1]]] for node in range(len(network.members.rows))]
    return [np.intersect1d(own[near], own[far], assume_unique=True) for near, far in (network.links[link] for link in links)]


def _cut(ranks: list[Offsets], found: Rows, page: Page, start: int, stop: int) -> Ragged:
    """The page of each list, as Relay defines it, once those between two cursors lie between `start` and `stop`."""
    lists, has_next, has_previous = [np.zeros(0, np.int64)], [], []
    for each in ranks:
        first, last = np.searchsorted(each, [start, stop]).tolist()
        before, behind, last = first > 0, last < len(each), max(first, last)
        if page.first is not None and last - first > page.first:
            last, behind = first + page.first, True
        if page.last is not None and last - first > page.last:
            first, before = last - page.last, True
        lists.append(each[first:last])
        has_next.append(behind)
        has_previous.append(before)
    offsets = np.cumsum([len(each) for each in lists]).astype(np.int64)
    totals = np.array([len(each) for each in ranks], np.int64)
    return Ragged(offsets, found[np.concatenate(lists)], _flags(has_next), _flags(has_previous), totals=totals)


def _flags(values: list[bool]) -> Flags:
    return np.array(values, np.bool_)


async def link_facets(
    store: Store, network: SharedNetwork, links: Sequence[int], counted: Where, where: Where, by: Facet, page: Page
) -> Counts:
    """The facets of the whole list of papers of each link."""
    papers = await link_papers(store, network, links, counted, Select(where))
    return await store.facet(papers, np.zeros(0, np.int32), EVERYTHING, by, page)


async def why_longer_links(
    store: Store, network: SharedNetwork, links: Sequence[int], counted: Where, where: Where
) -> list[str | None]:
    """Of each link why it may have more papers: those of which the list's own filter is unknown, else what the network lacks."""
    if where == EVERYTHING:
        return [network.reason] * len(links)

    async def totals(part: Where) -> Offsets:
        ragged = await link_papers(store, network, links, counted, Select(part, page=Page(first=0)))
        assert ragged.totals is not None
        return ragged.totals

    left = await totals(EVERYTHING) - await totals(where) - await totals(Not(where))
    return [unknown_entries(number) or network.reason for number in left.tolist()]

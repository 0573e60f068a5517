"""A bound plan on a store: one await a step, whatever the number of rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, cast

import numpy as np

from byline.graph.ids import kind_of
from byline.graph.metrics.trust import INDICES, reason_of
from byline.graph.model import Kind
from byline.graph.query import ir, neighbourhood, search_hits
from byline.graph.query.completeness import why_longer
from byline.graph.query.matrices import alike as matrices_alike
from byline.graph.query.matrices import read_matrix, strangers
from byline.graph.query.measures import AuthorFigures, Scope, author_figures, paper_citations
from byline.graph.query.metric_table import alike, work
from byline.graph.query.reads import (
    ByIdsRead,
    CompletenessRead,
    EntriesRead,
    FacetsRead,
    FiguresRead,
    InfoRead,
    ListingRead,
    ManyRead,
    NodesRead,
    OneRead,
    PlanRead,
    YearsRead,
)
from byline.graph.query.similar_reads import read_similar
from byline.graph.request import EVERYTHING, FACET_KINDS, Facet, Hop, Key, Select, Where
from byline.graph.store.protocol import MISSING, Ragged, Rows, Store

_NOWHERE = np.zeros(1, np.int32)
# Rows up to which finding the distinct nodes costs more than reading some of them twice.
_FEW = 64


@dataclass
class Run:
    """One execution: the store, the values of the slots, and how many objects were found so far."""

    store: Store
    bound: Sequence[Any]
    objects: int = 0
    lists_only: bool = False

    def value(self, given: Any) -> Any:
        """A settled value, or that of a slot."""
        return self.bound[given.at] if isinstance(given, ir.Slot) else given

    # ------------------------------------------------------------ roots

    async def plan(self, plan: ir.Plan) -> PlanRead:
        """All roots, one after the other."""
        read = PlanRead({}, 0)
        for root in plan.roots:
            read.roots[root.key] = await self._root(root, read)
        read.objects, read.lists_only = self.objects, self.lists_only
        return read

    async def _root(self, root: ir.Root, read: PlanRead) -> Any:
        match root:
            case ir.Listing():
                asked = self.value(root.asked)
                select = narrowed(asked.select, root.needs)
                return await self._listing(root, asked, await self.store.find(root.kind, select), None)
            case ir.ByKey():
                return await self._by_key(root, read)
            case ir.ByIds():
                return await self._by_ids(root, read)
            case ir.Matrix():
                asked = self.value(root.asked)
                read.unnamed += [(root.key, asked.kind, key, MISSING) for key in strangers(asked)]
                made = await read_matrix(self.store, root, asked, self.nodes)
                self.lists_only |= not matrices_alike(made.found)
                return made
            case ir.Info():
                return InfoRead(await self.store.snapshot())
            case search_hits.Hits():
                return await search_hits.read_hits(self, root)
            case search_hits.Suggestions():
                return await search_hits.read_suggestions(self, root)
            case ir.PathSearch():
                return await neighbourhood.paths(self, root)
            case ir.Network():
                return await neighbourhood.drawn(self, root, None)
            case ir.Const():
                return None

    async def _by_key(self, root: ir.ByKey, read: PlanRead) -> OneRead:
        key = self.value(root.by)
        rows = await self.store.lookup(root.shape.kind, [key])
        if rows[0] < 0:
            read.unnamed.append((root.key, root.shape.kind, key, int(rows[0])))
            return OneRead(np.array([-1]), await self.nodes(root.shape, rows[:0]))
        return OneRead(None, await self.nodes(root.shape, rows))

    async def _by_ids(self, root: ir.ByIds, read: PlanRead) -> ByIdsRead:
        ids = self.value(root.ids)
        kinds = [kind_of(identifier) for identifier in ids]
        odd = [identifier for identifier, kind in zip(ids, kinds, strict=True) if kind is None]
        read.unnamed += [(root.key, None, Key("id", identifier), MISSING) for identifier in odd]
        found: list[tuple[Kind, int] | None] = [None] * len(ids)
        nodes = {}
        for shape in root.shapes:
            places = [place for place, kind in enumerate(kinds) if kind is shape.kind]
            if not places:
                continue
            rows = await self.store.lookup(shape.kind, [Key("id", ids[place]) for place in places])
            there = np.flatnonzero(rows >= 0)
            for at, place in enumerate(there.tolist()):
                found[places[place]] = (shape.kind, at)
            nodes[shape.kind] = await self.nodes(shape, rows[there])
        there_are = [of_kind for of_kind in nodes.values() if len(of_kind.rows)]
        self.lists_only |= len(there_are) > 1 or any(of_kind.shape.hollow for of_kind in there_are)
        return ByIdsRead(found, nodes)

    # ------------------------------------------------------------ nodes

    async def nodes(self, shape: ir.Shape, rows: Rows) -> NodesRead:
        """Rows of a kind and all that their outputs lead to."""
        self.objects += len(rows)
        read = NodesRead(shape, rows)
        for output in shape.leading:
            read.inner[output.key] = await self._output(shape.kind, output, rows)
        return read

    async def _output(self, kind: Kind, output: ir.Output, rows: Rows) -> Any:
        match output:
            case ir.Listing():
                asked = self.value(output.asked)
                select = narrowed(asked.select, output.needs)
                return await self._listing(output, asked, await self.store.expand(asked.hop, rows, select), rows)
            case ir.One():
                return await self._one(kind, output, rows)
            case ir.Many():
                return await self._many(output.hop, output.select, output.shape, rows)
            case ir.Figures():
                return await self._figures(kind, output, rows)
            case ir.MetricNode():
                return await self._worked(output, rows, None)
            case ir.Suggestions():
                return await neighbourhood.suggestions(self, output, rows)
            case ir.Network():
                return await neighbourhood.drawn(self, output, rows)
            case ir.Similar():
                read = await read_similar(self.store, output, rows, self.value, self.nodes)
                self.objects += len(read.found.rows)
                return read

    async def _one(self, kind: Kind, output: ir.One, rows: Rows) -> OneRead:
        (column,) = await self.store.values(kind, rows, [output.column])
        targets = np.array([-1 if row is None else row for row in column], np.int32)
        return await self._ones(output.shape, targets)

    async def _ones(self, shape: ir.Shape, targets: Rows) -> OneRead:
        """Nodes of which many rows may share one: where there are many rows, each node is read once."""
        if len(targets) < _FEW and (not len(targets) or targets.min() >= 0):
            return OneRead(None, await self.nodes(shape, targets))
        distinct, places = np.unique(targets, return_inverse=True)
        nodes = distinct >= 0
        return OneRead(places - int((~nodes).sum()), await self.nodes(shape, distinct[nodes]))

    async def _many(self, hop: Hop, select: Select, shape: ir.Shape, rows: Rows) -> ManyRead:
        ragged = await self.store.expand(hop, rows, select)
        return ManyRead(ragged.offsets, await self.nodes(shape, ragged.rows))

    async def _figures(self, kind: Kind, output: ir.Figures, rows: Rows) -> FiguresRead:
        scope: Scope = self.value(output.scope)
        worked = {f.key: await self._worked(f, rows, scope) for f in output.fields if isinstance(f, ir.MetricNode)}
        if all(isinstance(field, ir.MetricNode | ir.Const) for field in output.fields):
            return FiguresRead({}, worked)
        if kind is Kind.PAPER:
            every, outside = await paper_citations(self.store, rows, scope.as_of)
            known = (await self.store.snapshot()).citations_known
            return FiguresRead(
                {"citation_count": every if known else [None] * len(rows), "outside_citation_count": outside}, worked
            )
        figures = await author_figures(self.store, rows, scope)
        known = (await self.store.snapshot()).citations_known
        return FiguresRead(_author_values(figures, known), worked)

    async def _worked(self, output: ir.MetricNode, rows: Rows, scope: Scope | None) -> Any:
        found = await work(self.store, output.name, rows, self.value(output.asked), scope)
        self.lists_only |= not alike(found)
        return found

    # ------------------------------------------------------------ connections

    async def _listing(
        self, listing: "ir.Listing | ir.Evidence", asked: ir.ConnectionArgs, ragged: Ragged, rows: Rows | None
    ) -> ListingRead:
        """A page for each row and what its parts lead to; `rows` are the sources (None at the root, pairs for evidence)."""
        kind = listing.kind if isinstance(listing, ir.Listing) else Kind.PAPER
        read = ListingRead(kind, asked, ragged)
        longer: CompletenessRead | None = None
        for part in listing.parts:
            match part:
                case ir.Nodes():
                    read.parts[part.key] = await self.nodes(part.shape, ragged.rows)
                case ir.Entries():
                    self.objects += len(ragged.rows)
                    read.parts[part.key] = await self._entries(part, asked, ragged, rows)
                case ir.Facets():
                    source = asked.hop or kind
                    read.parts[part.key] = await self.facets(part, source, rows, asked.select.where)
                case ir.Completeness():
                    longer = longer or CompletenessRead(await why_longer(self.store, kind, asked.hop, asked.select, rows))
                    read.parts[part.key] = longer
        return read

    async def _entries(self, part: ir.Entries, asked: ir.ConnectionArgs, ragged: Ragged, rows: Rows | None) -> EntriesRead:
        inner: dict[str, Any] = {}
        for output in part.outputs:
            match output:
                case ir.EntryNode():
                    inner[output.key] = await self.nodes(output.shape, ragged.rows)
                case ir.EntryMany():
                    inner[output.key] = await self._many(output.hop, output.select, output.shape, cast(Rows, ragged.edge_rows))
                case ir.EntryBetween():
                    assert asked.hop is not None
                    inner[output.key] = await neighbourhood.between(self, output, asked.hop, _pairs(ragged, rows))
                case ir.Evidence():
                    inner[output.key] = await self._evidence(output, asked, _pairs(ragged, rows))
                case ir.EvidenceYears():
                    hop = Hop(output.edge, asked.hop.window if asked.hop else None)
                    counts = await self.store.facet(hop, _pairs(ragged, rows), EVERYTHING, Facet.YEAR, None)
                    inner[output.key] = YearsRead(by_year(counts))
        return EntriesRead(inner)

    async def _evidence(self, output: ir.Evidence, above: ir.ConnectionArgs, pairs: Rows) -> ListingRead:
        asked = self.value(output.asked)
        hop = Hop(output.edge, above.hop.window if above.hop else None)
        ragged = await self.store.expand(hop, pairs, narrowed(asked.select, output.needs))
        return await self._listing(output, ir.ConnectionArgs(hop, asked.select), ragged, pairs)

    async def facets(self, part: ir.Facets, source: Hop | Kind, rows: Rows | None, where: Where) -> FacetsRead:
        """The counted values of the list of each row."""
        by, first = self.value(part.asked)
        counts = await self.store.facet(source, _NOWHERE if rows is None else rows, where, by, first)
        self.objects += len(counts.rows)
        inner: dict[str, OneRead | None] = {}
        for shown in part.fields:
            if isinstance(shown, ir.FacetNode):
                shape = next((shape for shape in shown.shapes if shape.kind is FACET_KINDS.get(by)), None)
                self.lists_only |= shape is not None and shape.hollow
                inner[shown.key] = await self._ones(shape, counts.rows) if shape else None
        return FacetsRead(counts, inner)


def narrowed(select: Select, needs: ir.Needs) -> Select:
    """The selection less what the answer does not show."""
    values = select.values if needs.values is None else needs.values
    if select.total == needs.total and select.values == values and select.edges == needs.edges:
        return select
    return replace(select, total=needs.total, values=values, edges=needs.edges)


def _pairs(ragged: Ragged, rows: Rows | None) -> Rows:
    """The two ends of each entry."""
    assert rows is not None
    return np.stack([np.repeat(rows, np.diff(ragged.offsets)), ragged.rows], axis=1).astype(np.int32)


def by_year(counts: Any) -> list[list[tuple[int, int]]]:
    """Facets by year as (year, papers), ascending, for each list."""
    entries = list(zip(counts.keys, counts.counts.tolist(), strict=True))
    bounds = counts.offsets.tolist()
    return [
        sorted((int(key), count) for key, count in entries[start:stop] if key is not None) for start, stop in pairwise(bounds)
    ]


def _author_values(figures: AuthorFigures, citations_known: bool) -> dict[str, Any]:
    papers = figures.paper_count.tolist()
    years = [figures.years_of(person) for person in range(len(papers))]
    values: dict[str, Any] = {
        "paper_count": papers,
        "citation_count": figures.citation_count.tolist() if citations_known else [None] * len(papers),
        "outside_citation_count": figures.outside_citation_count.tolist(),
        "coauthor_count": figures.coauthors.tolist(),
        "undated_paper_count": figures.undated_paper_count.tolist(),
        "first_year": [min(counted, default=None) for counted in years],
        "last_year": [max(counted, default=None) for counted in years],
        "by_year": [list(counted.items()) for counted in years],
    }
    for name, index in INDICES.items():
        found = figures.index(index.kernel).tolist()
        reasons = [reason_of(count, citations_known) for count in papers]
        values[name] = [
            (None if reason else float(value), count, reason) for value, count, reason in zip(found, papers, reasons, strict=True)
        ]
    return values

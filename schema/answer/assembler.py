"""What a plan read, put together as the answer: level by level, in one of the two forms."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from byline.graph import ids
from byline.graph.metrics.trust import INDICES
from byline.graph.model import COLUMNS, Kind
from byline.graph.query import ir, search_hits
from byline.graph.query.reads import (
    ByIdsRead,
    EntriesRead,
    FacetsRead,
    FiguresRead,
    InfoRead,
    ListingRead,
    ManyRead,
    NodesRead,
    OneRead,
    PlanRead,
)
from byline.graph.store.protocol import Rows, Store
from byline.schema.answer import neighbourhood, search
from byline.schema.answer.encoders import Col, Encoder, Json
from byline.schema.answer.matrix import matrix
from byline.schema.answer.measures import worked
from byline.schema.answer.similar import similar
from byline.schema.inputs.cursors import cursors_at

_TEXT, _INT, _FLOAT, _BOOL = pa.string(), pa.int64(), pa.float64(), pa.bool_()


class Assembler:
    """Puts the parts of one answer together in one form."""

    def __init__(self, store: Store, encoder: Encoder) -> None:
        self.store = store
        self.encoder = encoder

    async def answer(self, plan: ir.Plan, read: PlanRead) -> Json:
        """The value of `data` as JSON."""
        columns = [await self.root(root, read.roots[root.key]) for root in plan.roots]
        return self.encoder.write([root.key for root in plan.roots], columns)

    async def root(self, root: ir.Root, read: Any) -> Col:
        """One root as a column of one entry."""
        match root:
            case ir.Listing():
                return await self.listing(root.parts, read, 1)
            case ir.ByKey():
                return await self.one(read)
            case ir.ByIds():
                return await self.by_ids(root, read)
            case ir.Matrix():
                return await matrix(self.encoder, root, read, self.nodes)
            case ir.Info():
                return self.info(root, read)
            case search_hits.Hits():
                return await search.hits(self, root, read)
            case search_hits.Suggestions():
                return await search.suggestions(self, root, read)
            case ir.PathSearch():
                return await neighbourhood.paths(self, root, read)
            case ir.Network():
                return await neighbourhood.drawn(self, root, read)
            case ir.Const():
                return self.encoder.const(root.value, 1)

    async def by_ids(self, root: ir.ByIds, read: ByIdsRead) -> Col:
        """Nodes of one kind as they are; nodes of several kinds interleaved, which only lists can."""
        kinds = {entry[0] for entry in read.found if entry}
        if len(kinds) <= 1:
            nodes = read.nodes[kinds.pop()] if kinds else next(iter(read.nodes.values()), None)
            inner = await self.nodes(nodes) if nodes else self.encoder.leaf([], _TEXT)
            places = np.array([entry[1] if entry else -1 for entry in read.found], np.int64)
            if (places != np.arange(len(inner))).any() if len(places) == len(inner) else True:
                inner = self.encoder.take(inner, places)
        else:
            columns = {kind: await self.nodes(nodes) for kind, nodes in read.nodes.items()}
            inner = [columns[entry[0]][entry[1]] if entry else None for entry in read.found]
        return inner if root.single else self.encoder.lists(np.array([0, len(read.found)]), inner)

    # ------------------------------------------------------------ nodes

    async def nodes(self, read: NodesRead) -> Col:
        """Objects of one kind, one a row."""
        shape, count = read.shape, len(read.rows)
        cells = iter(await self.encoder.cells(self.store, shape.kind, read.rows, shape.columns) if shape.columns else ())
        columns: list[Col] = []
        for output in shape.outputs:
            if type(output) is ir.Cell:
                columns.append(next(cells))
            elif isinstance(output, ir.Inline):
                shown = [next(cells) for inner in output.outputs if isinstance(inner, ir.Cell)]
                columns.append(self.members(output.outputs, shown, count))
            else:
                columns.append(await self.output(shape.kind, output, read, count))
        return self.encoder.struct(shape.keys, columns, count)

    async def output(self, kind: Kind, output: ir.Output, read: NodesRead, count: int) -> Col:
        """One member of the objects of a kind that is no column of theirs."""
        match output:
            case ir.Listing():
                return await self.listing(output.parts, read.inner[output.key], count)
            case ir.One():
                return await self.one(read.inner[output.key])
            case ir.Const():
                return self.encoder.const(output.value, count)
            case ir.Many():
                return await self.many(read.inner[output.key])
            case ir.Records():
                return await self.records(kind, output, read.rows)
            case ir.MetricNode():
                return worked(self.encoder, output, read.inner[output.key], count)
            case ir.Similar():
                return await similar(self.encoder, output, read.inner[output.key], self.nodes)
            case ir.Figures():
                return self.figures(output, read.inner[output.key], count)
            case ir.Suggestions():
                return await neighbourhood.suggestions(self, output, read.inner[output.key])
            case ir.Network():
                return await neighbourhood.drawn(self, output, read.inner[output.key])
            case _:
                raise AssertionError(f"{output} was shown already")

    def members(self, fields: Sequence[Any], columns: Sequence[Col], count: int) -> Col:
        """Objects of constants and the given columns, in the order of the fields."""
        rest = iter(columns)
        made = [self.encoder.const(field.value, count) if isinstance(field, ir.Const) else next(rest) for field in fields]
        return self.encoder.struct([field.key for field in fields], made, count)

    async def records(self, kind: Kind, output: ir.Records, rows: Rows) -> Col:
        """A column of records, each by its fields."""
        (lists,) = await self.store.values(kind, rows, [output.column])
        offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum([len(entries or ()) for entries in lists], dtype=np.int64)])
        entries = [entry for entries in lists for entry in entries or ()]
        columns = [self._record(kind, output.column, f.column, entries) for f in output.fields if isinstance(f, ir.Cell)]
        return self.encoder.lists(offsets, self.members(output.fields, columns, len(entries)))

    def _record(self, kind: Kind, column: str, name: str, entries: list[dict[str, Any]]) -> Col:
        if name == "url":
            return self.encoder.leaf([ids.url(kind, entry["scheme"], entry["value"]) for entry in entries], _TEXT)
        dtype = next(declared.dtype for declared in COLUMNS[kind] if declared.name == column).value_type
        return self.encoder.leaf([entry[name] for entry in entries], dtype.field(name).type)

    async def one(self, read: OneRead) -> Col:
        """A node or null for each row."""
        inner = await self.nodes(read.nodes)
        return inner if read.places is None else self.encoder.take(inner, read.places)

    async def many(self, read: ManyRead) -> Col:
        """A list of nodes for each row."""
        return self.encoder.lists(read.offsets, await self.nodes(read.nodes))

    def figures(self, output: ir.Figures, read: FiguresRead, count: int) -> Col:
        """Computed figures of each row."""
        columns = [self._figure(field, read, count) for field in output.fields]
        return self.encoder.struct([field.key for field in output.fields], columns, count)

    def _figure(self, field: Any, read: FiguresRead, count: int) -> Col:
        match field:
            case ir.Const():
                return self.encoder.const(field.value, count)
            case ir.MetricNode():
                return worked(self.encoder, field, read.worked[field.key], count)
            case ir.Index():
                return self._index(field, read.values[field.name], count)
            case ir.ByYear():
                return self.years(field.fields, read.values["by_year"])
            case _:
                return self.encoder.leaf(read.values[field.column], _INT)

    def _index(self, field: ir.Index, found: list[tuple[float | None, int, str | None]], count: int) -> Col:
        members = {
            "value": ([value for value, _, _ in found], _FLOAT),
            "method": ([INDICES[field.name].method] * count, _TEXT),
            "sample_size": ([papers for _, papers, _ in found], _INT),
            "is_lower_bound": ([True] * count, _BOOL),
            "reason": ([reason for _, _, reason in found], _TEXT),
        }
        columns = [self.encoder.leaf(*members[f.column]) for f in field.fields if isinstance(f, ir.Cell)]
        return self.members(field.fields, columns, count)

    def years(self, fields: Sequence[Any], lists: Sequence[Sequence[tuple[int, int]]]) -> Col:
        """Counts by year for each row."""
        entries = [entry for entries in lists for entry in entries]
        offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum([len(entries) for entries in lists], dtype=np.int64)])
        at = {"year": 0, "count": 1}
        columns = [self.encoder.leaf([e[at[f.column]] for e in entries], _INT) for f in fields if isinstance(f, ir.Cell)]
        return self.encoder.lists(offsets, self.members(fields, columns, len(entries)))

    # ------------------------------------------------------------ connections

    async def listing(self, parts: Sequence[ir.Part], read: ListingRead, count: int) -> Col:
        """A connection for each row."""
        columns = [await self.part(part, read, count) for part in parts]
        return self.encoder.struct([part.key for part in parts], columns, count)

    async def part(self, part: ir.Part, read: ListingRead, count: int) -> Col:
        """One member of a connection."""
        offsets = read.ragged.offsets
        match part:
            case ir.Nodes():
                return self.encoder.lists(offsets, await self.nodes(read.parts[part.key]))
            case ir.Const():
                return self.encoder.const(part.value, count)
            case ir.Total():
                return self.encoder.leaf(read.ragged.totals, _INT)
            case ir.Completeness():
                return self.completeness(part, read.parts[part.key].reasons)
            case ir.Entries():
                return self.encoder.lists(offsets, await self.entries(part, read))
            case ir.PageFlags():
                return await self.page_flags(part, read, count)
            case ir.Facets():
                return await self.facets(part, read.parts[part.key])

    def completeness(self, part: ir.Completeness, reasons: Sequence[str | None]) -> Col:
        """Whether each list may be longer than it is known here, or why."""
        if part.member == "reason":
            return self.encoder.leaf(list(reasons), _TEXT)
        return self.encoder.leaf([reason is not None for reason in reasons], _BOOL)

    async def page_flags(self, part: ir.PageFlags, read: ListingRead, count: int) -> Col:
        """Where each page lies."""
        offsets, columns = read.ragged.offsets, []
        some = np.diff(offsets) > 0
        for field in part.fields:
            if isinstance(field, ir.Const):
                continue
            if field.column in ("has_next_page", "has_previous_page"):
                flags = read.ragged.has_next if field.column == "has_next_page" else read.ragged.has_previous
                columns.append(self.encoder.leaf(flags, _BOOL))
                continue
            places = offsets[:-1][some] if field.column == "start_cursor" else offsets[1:][some] - 1
            found = iter(await cursors_at(self.store, read.kind, read.asked, read.ragged, places))
            columns.append(self.encoder.leaf([next(found) if there else None for there in some.tolist()], _TEXT))
        return self.members(part.fields, columns, count)

    async def entries(self, part: ir.Entries, read: ListingRead) -> Col:
        """The edges of a connection, one an entry."""
        count, inner = len(read.ragged.rows), read.parts[part.key]
        columns = [await self.entry(output, inner, read, count) for output in part.outputs]
        return self.encoder.struct([output.key for output in part.outputs], columns, count)

    async def entry(self, output: ir.EntryOutput, inner: EntriesRead, read: ListingRead, count: int) -> Col:
        """One member of the edges of a connection."""
        match output:
            case ir.Const():
                return self.encoder.const(output.value, count)
            case ir.Cursor():
                places = np.arange(count)
                return self.encoder.leaf(await cursors_at(self.store, read.kind, read.asked, read.ragged, places), _TEXT)
            case ir.HopValue():
                return self.encoder.leaf(read.ragged.values[output.value], _INT)
            case ir.EntryNode():
                return await self.nodes(inner.inner[output.key])
            case ir.EntryMany() | ir.EntryBetween():
                return await self.many(inner.inner[output.key])
            case ir.Evidence():
                return await self.listing(output.parts, inner.inner[output.key], count)
            case ir.EvidenceYears():
                return self.years(output.fields, inner.inner[output.key].lists)

    async def facets(self, part: ir.Facets, read: FacetsRead) -> Col:
        """Counted values for each row."""
        counts = read.counts
        columns: list[Col] = []
        for field in part.fields:
            if isinstance(field, ir.FacetNode):
                node = read.inner[field.key]
                columns.append(await self.one(node) if node else self.encoder.leaf([None] * len(counts.rows), _TEXT))
            elif isinstance(field, ir.Cell):
                found: dict[str, Any] = {
                    "key": (counts.keys, _TEXT),
                    "label": (counts.labels, _TEXT),
                    "count": (counts.counts, _INT),
                }
                columns.append(self.encoder.leaf(*found[field.column]))
        return self.encoder.lists(counts.offsets, self.members(part.fields, columns, len(counts.rows)))

    # ------------------------------------------------------------ the snapshot

    def info(self, root: ir.Info, read: InfoRead) -> Col:
        """The store's account."""
        columns = [self._info(field, read) for field in root.fields if not isinstance(field, ir.Const)]
        return self.members(root.fields, columns, 1)

    def _info(self, field: Any, read: InfoRead) -> Col:
        if isinstance(field, ir.Sources):
            sources = read.info.sources
            cells = [f.column for f in field.fields if isinstance(f, ir.Cell)]
            types = [_TEXT if name == "name" else _INT for name in cells]
            columns = [
                self.encoder.leaf([getattr(source, name) for source in sources], of)
                for name, of in zip(cells, types, strict=True)
            ]
            return self.encoder.lists(np.array([0, len(sources)]), self.members(field.fields, columns, len(sources)))
        if field.column in ("version", "built_at"):
            return self.encoder.leaf([getattr(read.info, field.column)], _TEXT)
        return self.encoder.leaf([read.info.counts[_PLURAL[field.column]]], _INT)


_PLURAL = {
    "author_count": "authors",
    "paper_count": "papers",
    "institution_count": "institutions",
    "category_count": "categories",
    "authorship_count": "authorships",
    "citation_count": "citations",
    "outside_citation_count": "outside_citations",
    "unresolved_reference_count": "unresolved_references",
}

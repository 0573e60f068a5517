"""The parts of a connection as closures: pages of rows to what is shown of them."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np

from byline.graph.model import Kind
from byline.graph.query import ir
from byline.graph.query.completeness import why_longer
from byline.graph.query.execute import Run, by_year, narrowed
from byline.graph.request import EVERYTHING, Facet, Hop
from byline.graph.store.protocol import Rows
from byline.graph.store.small import Pages, Wants
from byline.schema.answer.assembler import Assembler
from byline.schema.answer.closures import Bound, Member, Nodes, Unclosable, kind_shown, run_sync, split
from byline.schema.answer.encoders import RowEncoder, maker
from byline.schema.inputs.cursors import encode

# From pages, the rows (or pairs) they start from, what was asked and the values of the slots: to one value for each page, and
# inside of entries for each entry.
Part: TypeAlias = Callable[[Pages, Sequence[Any], ir.ConnectionArgs, Bound], list[Any]]
_LISTS = RowEncoder()


class Pager:
    """Makes the closures of connections; what is inside of them comes from `inside`."""

    def __init__(self, inside: Nodes) -> None:
        self.inside = inside

    def connection(self, listing: "ir.Listing | ir.Evidence") -> Part:
        """A connection for each page."""
        kind = kind_shown(listing)
        return _objects(listing.parts, [self._part(part, kind) for part in listing.parts], _page_count)

    def _part(self, part: ir.Part, kind: Kind) -> Part:
        match part:
            case ir.Nodes():
                nodes = self.inside.nodes(part.shape)
                return lambda pages, sources, asked, bound: split(nodes(pages.rows, bound), pages.ends)
            case ir.Total():
                return lambda pages, sources, asked, bound: pages.totals
            case ir.Const(_, value):
                return lambda pages, sources, asked, bound: [value] * _page_count(pages)
            case ir.Entries():
                entries = _objects(part.outputs, [self._entry(output, kind) for output in part.outputs], _entry_count)
                return lambda pages, sources, asked, bound: split(entries(pages, sources, asked, bound), pages.ends)
            case ir.Completeness():
                return self._completeness(part, kind)
            case ir.PageFlags():
                return self._flags(part, kind)
            case ir.Facets():
                return self._facets(part, kind)

    # ------------------------------------------------------------ entries

    def _entry(self, output: ir.EntryOutput, kind: Kind) -> Part:
        match output:
            case ir.EntryNode():
                nodes = self.inside.nodes(output.shape)
                return lambda pages, sources, asked, bound: nodes(pages.rows, bound)
            case ir.HopValue(_, value):
                return lambda pages, sources, asked, bound: pages.values[value]
            case ir.Const(_, value):
                return lambda pages, sources, asked, bound: [value] * len(pages.rows)
            case ir.Cursor():
                return lambda pages, sources, asked, bound: self._cursors(kind, asked, pages, range(len(pages.rows)))
            case ir.EntryMany():
                far: Member = self.inside.far(output.hop, output.select, output.shape)
                return lambda pages, sources, asked, bound: far(pages.edge_rows or (), bound)
            case ir.Evidence():
                return self._evidence(output)
            case ir.EvidenceYears():
                return self._years(output)
            case _:
                raise Unclosable

    def _cursors(self, kind: Kind, asked: ir.ConnectionArgs, pages: Pages, places: Sequence[int]) -> list[str]:
        order, rows = asked.select.order, [pages.rows[place] for place in places]
        lists = [
            [pages.values[key.column][place] for place in places]
            if key.on_edge
            else self.inside.direct.reader(kind, [key.column])(rows)[0]
            for key in order
        ]
        (ids,) = self.inside.direct.reader(kind, ["id"])(rows)
        return [encode(order, values, identifier) for *values, identifier in zip(*lists, ids, strict=True)]

    def _evidence(self, output: ir.Evidence) -> Part:
        given, shown, wants = self.inside.value(output.asked), self.connection(output), wanted(output)
        direct = self.inside.direct

        def make(pages: Pages, sources: Sequence[Any], above: ir.ConnectionArgs, bound: Bound) -> list[Any]:
            select = given(bound).select
            hop = Hop(output.edge, above.hop.window if above.hop else None)
            pairs = _pairs(pages, sources)
            if not pairs:
                return []
            found = direct.lister(hop, narrowed(select, output.needs), wants)(pairs)
            return shown(found, pairs, ir.ConnectionArgs(hop, select), bound)

        return make

    def _years(self, output: ir.EvidenceYears) -> Part:
        assembler = Assembler(self.inside.store, _LISTS)

        def make(pages: Pages, sources: Sequence[Any], above: ir.ConnectionArgs, bound: Bound) -> list[Any]:
            hop = Hop(output.edge, above.hop.window if above.hop else None)
            pairs = np.array(_pairs(pages, sources), np.int32).reshape(-1, 2)
            counts = run_sync(self.inside.store.facet(hop, pairs, EVERYTHING, Facet.YEAR, None))
            found: list[Any] = assembler.years(output.fields, by_year(counts))
            return found

        return make

    # ------------------------------------------------------------ beside the entries

    def _flags(self, part: ir.PageFlags, kind: Kind) -> Part:
        parts = [self._flag(field, kind) for field in part.fields]
        return _objects(part.fields, parts, _page_count)

    def _flag(self, field: Any, kind: Kind) -> Part:
        if isinstance(field, ir.Const):
            return lambda pages, sources, asked, bound: [field.value] * _page_count(pages)
        match field.column:
            case "has_next_page":
                return lambda pages, sources, asked, bound: pages.has_next
            case "has_previous_page":
                return lambda pages, sources, asked, bound: pages.has_previous
        last = field.column == "end_cursor"

        def make(pages: Pages, sources: Sequence[Any], asked: ir.ConnectionArgs, bound: Bound) -> list[Any]:
            some = [stop > start for start, stop in pairwise(pages.ends)]
            places = [stop - 1 if last else start for start, stop in pairwise(pages.ends) if stop > start]
            found = iter(self._cursors(kind, asked, pages, places))
            return [next(found) if there else None for there in some]

        return make

    def _completeness(self, part: ir.Completeness, kind: Kind) -> Part:
        store, assembler = self.inside.store, Assembler(self.inside.store, _LISTS)

        def make(pages: Pages, sources: Sequence[Any], asked: ir.ConnectionArgs, bound: Bound) -> list[Any]:
            rows: Rows | None = None if asked.hop is None else np.array(sources, np.int32)
            if asked.hop is not None and not len(sources):
                return []
            found: list[Any] = assembler.completeness(part, run_sync(why_longer(store, kind, asked.hop, asked.select, rows)))
            return found

        return make

    def _facets(self, part: ir.Facets, kind: Kind) -> Part:
        store, assembler = self.inside.store, Assembler(self.inside.store, _LISTS)

        def make(pages: Pages, sources: Sequence[Any], asked: ir.ConnectionArgs, bound: Bound) -> list[Any]:
            rows: Rows | None = None if asked.hop is None else np.array(sources, np.int32)
            if asked.hop is not None and not len(sources):
                return []
            read = run_sync(Run(store, bound).facets(part, asked.hop or kind, rows, asked.select.where))
            found: list[Any] = run_sync(assembler.facets(part, read))
            return found

        return make


def wanted(listing: "ir.Listing | ir.Evidence") -> Wants:
    """What a connection shows of its pages."""
    outputs = [output for part in listing.parts if isinstance(part, ir.Entries) for output in part.outputs]
    return Wants(
        flags=any(isinstance(part, ir.PageFlags) for part in listing.parts),
        edge_rows=any(isinstance(output, ir.EntryMany) for output in outputs),
    )


def _objects(outputs: Sequence[Any], parts: Sequence[Part], count: Callable[[Pages], int]) -> Part:
    """Objects with a member for each output."""
    if not outputs:
        return lambda pages, sources, asked, bound: [{} for _ in range(count(pages))]
    made = maker(tuple(output.key for output in outputs))
    if len(parts) == 1:
        (only,) = parts
        return lambda pages, sources, asked, bound: made(only(pages, sources, asked, bound))
    return lambda pages, sources, asked, bound: made(*[part(pages, sources, asked, bound) for part in parts])


def _page_count(pages: Pages) -> int:
    return len(pages.ends) - 1


def _entry_count(pages: Pages) -> int:
    return len(pages.rows)


def _pairs(pages: Pages, sources: Sequence[Any]) -> list[tuple[int, int]]:
    """The two ends of each entry."""
    return [
        (source, row)
        for source, (start, stop) in zip(sources, pairwise(pages.ends), strict=True)
        for row in pages.rows[start:stop]
    ]

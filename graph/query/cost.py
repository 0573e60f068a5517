"""What a query may cost, told before the first read: objects in the answer, at most and about, and the bytes of it.

The bound multiplies page sizes down the query, never above the longest list that the snapshot holds of an edge; the guess takes
the mean length instead. The bytes are those of as many objects as the bound, each column of its mean width. A query is refused by
its bound and by its bytes; where to run it is chosen by its guess, and by the rows that are looked at though the answer does not
hold them: those of a filter over all papers, of facets, of measures.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from byline.graph.model import Edge, Kind
from byline.graph.query import condition_costs, ir, measure_costs, neighbourhood_costs, search_hits
from byline.graph.query.metric_table import METRICS
from byline.graph.query.price import Cost as Cost
from byline.graph.request import EVERYTHING, Page, Select, Where
from byline.graph.store.protocol import Degree
from byline.graph.store.widths import PLAIN

# A list of unknown length that no page bounds: years, facets of all values, records of a node.
_SHORT = 10
# What finding the papers like one counts for.
_FOLLOWED = 100.0
# Rows that count as looked at for facets of a list besides its entries: so much time is a row (some 25 ns).
_COUNTED = 5_000.0


# Bytes around a value: quotation marks and colon of its key, a comma; of an object its braces.
_AROUND, _BRACES = 4.0, 2.0
_NOTHING, _ONE = Cost(), Cost(1.0, 1.0, 0.0, _BRACES)


@dataclass(frozen=True)
class Estimator:
    """Costs of bound plans on a snapshot with these degrees, by edge name."""

    degrees: Mapping[str, Degree]
    bound: Sequence[Any]
    # How many of everything there are, as a snapshot states it.
    counts: Mapping[str, int] = field(default_factory=dict)
    # The mean bytes of columns, as a snapshot states them.
    widths: Mapping[tuple[Kind, str], float] = field(default_factory=dict)

    def plan(self, plan: ir.Plan) -> Cost:
        """The whole query."""
        return sum((self.root(root) for root in plan.roots), _NOTHING)

    def value(self, given: Any) -> Any:
        """A settled value, or that of a slot."""
        return self.bound[given.at] if isinstance(given, ir.Slot) else given

    def root(self, root: ir.Root) -> Cost:
        """One field of the query."""
        match root:
            case ir.ByKey():
                return self.shape(root.shape)
            case ir.ByIds():
                dearest = max((self.shape(shape) for shape in root.shapes), key=lambda cost: cost.bound)
                count = len(self.value(root.ids))
                return dearest.times(count, count)
            case ir.Listing():
                return self._listing(root)
            case search_hits.Hits() | search_hits.Suggestions():
                return self._hits(root)
            case ir.PathSearch():
                return neighbourhood_costs.paths(self, root)
            case ir.Matrix():
                return self._matrix(root)
            case ir.Network():
                return neighbourhood_costs.drawn(self, root)
            case _:
                return _ONE

    def shape(self, shape: ir.Shape) -> Cost:
        """One node and what is shown of it."""
        return sum((self.output(output, shape.kind) for output in shape.outputs), _ONE)

    def output(self, output: ir.Output, kind: Kind) -> Cost:
        """One member of an object that shows a node of a kind."""
        return self._output(output, kind) + Cost(bytes=len(output.key) + _AROUND)

    def _output(self, output: ir.Output, kind: Kind) -> Cost:
        match output:
            case ir.Cell():
                return Cost(bytes=self.widths.get((kind, output.column), PLAIN))
            case ir.Const():
                return Cost(bytes=len(output.value))
            case ir.Inline():
                return sum((self.output(inner, kind) for inner in output.outputs), Cost(bytes=_BRACES))
            case ir.Listing():
                return self._listing(output)
            case ir.One():
                return self.shape(output.shape)
            case ir.Many():
                return self._far(output.shape, self._degree(output.hop.edge.name, Page()))
            case ir.Similar():
                return self._similar(output)
            case ir.MetricNode():
                return Cost(METRICS[output.name].cost, 1.0) + measure_costs.measure(self, output.name)
            case ir.Figures():
                worked = (self._output(field, kind) for field in output.fields if isinstance(field, ir.MetricNode))
                besides = Cost(_SHORT, 1.0, 0.0, PLAIN * len(output.fields)) + measure_costs.figures(self, output, kind)
                return sum(worked, besides)
            case ir.Suggestions():
                return neighbourhood_costs.suggestions(self, output)
            case ir.Network():
                return neighbourhood_costs.drawn(self, output)
            case ir.Records():
                return Cost(_SHORT, 1.0, 0.0, self.widths.get((kind, output.column), PLAIN) + _SHORT * _keys(output.fields))
            case _:
                return _NOTHING

    def _matrix(self, root: ir.Matrix) -> Cost:
        """Every cell counts, and so does the reading of many papers."""
        asked = self.value(root.asked)
        side = asked.top if asked.ids is None else len(asked.ids)
        nodes = sum((self.shape(part.shape) for part in root.fields if isinstance(part, ir.Nodes)), _NOTHING)
        return Cost(10 * _FOLLOWED + side * side, 1.0) + measure_costs.matrix(self, asked) + nodes.times(side, side)

    def _similar(self, output: ir.Similar) -> Cost:
        """Finding similar papers follows many links whatever is shown of them."""
        asked = self.value(output.asked)
        first, inner = asked.first, [_ONE]
        for shown in output.fields:
            if isinstance(shown, ir.EntryNode):
                inner.append(self.shape(shown.shape))
            elif isinstance(shown, ir.SharedPapers):
                papers = self.value(shown.first)
                inner.append(self.shape(shown.shape).times(papers, papers))
        return Cost(_FOLLOWED, 1.0) + measure_costs.similar(self, asked.by) + sum(inner, _NOTHING).times(first, first)

    def _listing(self, listing: "ir.Listing | ir.Evidence") -> Cost:
        asked: ir.ConnectionArgs = self.value(listing.asked)
        name = asked.hop.edge.name if asked.hop else ""
        length = self._degree(name, asked.select.page)
        looked = Cost(looked=self._looked(listing, asked))
        return sum(
            (self._part(part, length) for part in listing.parts), _ONE + looked + neighbourhood_costs.steps(self, asked.hop)
        )

    def _looked(self, listing: "ir.Listing | ir.Evidence", asked: ir.ConnectionArgs) -> float:
        """Rows that are looked at for a list besides those of its page."""
        facets = _COUNTED * sum(isinstance(part, ir.Facets | ir.Completeness) for part in listing.parts)
        if not isinstance(listing, ir.Listing):
            return facets
        where = asked.select.where
        if asked.hop is not None:
            degree = self._degree(asked.hop.edge.name, Page())
            return facets + degree.worked + self._asked(where, listing.kind, degree.mean)
        size = self.size(listing.kind)
        return facets + (size if facets or not _headed(asked.select) else 0.0) + self._asked(where, listing.kind, size)

    def _asked(self, where: Where, kind: Kind, rows: float) -> float:
        """Rows that count as looked at for a condition on so many of a kind."""
        if where == EVERYTHING:
            return 0.0
        return condition_costs.looked(where, kind, rows, self.degrees.get, self.size)

    def mean(self, edge: Edge) -> float:
        """The mean length of an edge's lists."""
        known = self.degrees.get(edge.name)
        return known.mean if known else 0.0

    def size(self, kind: Kind) -> float:
        """How many of a kind there are."""
        return self.counts.get("categories" if kind is Kind.CATEGORY else f"{kind}s", 0)

    def _hits(self, root: search_hits.Hits | search_hits.Suggestions) -> Cost:
        first = self.value(root.asked).first
        parts = (
            [root]
            if isinstance(root, search_hits.Suggestions)
            else [p for p in root.parts if isinstance(p, search_hits.HitNodes | search_hits.HitEntries)]
        )
        return sum((self._hit(part).times(first, first) for part in parts), _ONE)

    def _hit(self, part: Any) -> Cost:
        """One node of a search, of the dearest kind."""
        if hasattr(part, "shapes"):
            return max((self.shape(shape) for shape in part.shapes), key=lambda cost: cost.bound)
        return sum((self._hit(inner) for inner in ir.inner(part) if isinstance(inner, search_hits.HitNode)), _ONE)

    def _part(self, part: ir.Part, length: Degree) -> Cost:
        match part:
            case ir.Nodes():
                return self._far(part.shape, length)
            case ir.Entries():
                each = sum((self._entry(output) for output in part.outputs), _ONE)
                return each.times(length.longest, length.mean)
            case ir.Facets():
                first = self.value(part.asked)[1]
                shapes = [self.shape(s) for field in part.fields if isinstance(field, ir.FacetNode) for s in field.shapes]
                each = max(shapes, key=lambda cost: cost.bound, default=_NOTHING) + _ONE
                return each.times(first, first)
            case _:
                return _NOTHING

    def _entry(self, output: ir.EntryOutput) -> Cost:
        return self._entered(output) + Cost(bytes=len(output.key) + _AROUND + PLAIN)

    def _entered(self, output: ir.EntryOutput) -> Cost:
        match output:
            case ir.EntryNode():
                return self.shape(output.shape)
            case ir.EntryMany():
                return self._far(output.shape, self._degree(output.hop.edge.name, Page()))
            case ir.Evidence():
                return self._listing(output)
            case ir.EntryBetween():
                return neighbourhood_costs.between(self, output)
            case ir.EvidenceYears():
                return Cost(_SHORT, 1.0)
            case _:
                return _NOTHING

    def _far(self, shape: ir.Shape, length: Degree) -> Cost:
        return self.shape(shape).times(length.longest, length.mean)

    def _degree(self, edge: str, page: Page) -> Degree:
        sizes = [size for size in (page.first, page.last) if size is not None]
        size = min(sizes, default=None)
        known = self.degrees.get(edge)
        if known is None:
            length = _SHORT if size is None else size
            return Degree(length, length)
        if size is None:
            return known
        return Degree(min(size, known.longest), min(float(size), known.mean))


def _keys(outputs: Sequence[ir.Const | ir.Cell]) -> float:
    return sum(len(output.key) + _AROUND for output in outputs)


def _headed(select: Select) -> bool:
    """Whether a page of all nodes of a kind is the head of an order that is kept, so that no others are looked at."""
    return select.where == EVERYTHING and select.page.last is None and len(select.order) < 2


def sizes(plan: ir.Plan) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """What of the bound values the cost of a plan depends on: two bindings that are alike in this cost the same."""
    readers = list(_sizes(plan))
    return lambda bound: tuple([read(bound[at]) for at, read in readers])


def _sizes(node: Any) -> Iterator[tuple[int, Callable[[Any], Any]]]:
    """Slots, and what counts of each."""
    match node:
        case ir.Listing(asked=ir.Slot(at)) | ir.Evidence(asked=ir.Slot(at)):
            yield at, _of_page
        case ir.ByIds(ids=ir.Slot(at)):
            yield at, len
        case ir.SharedPapers(first=ir.Slot(at)) | ir.EntryBetween(first=ir.Slot(at)) | ir.HopPapers(first=ir.Slot(at)):
            yield at, _itself
        case (
            ir.Facets(asked=ir.Slot(at))
            | ir.Similar(asked=ir.Slot(at))
            | ir.Matrix(asked=ir.Slot(at))
            | ir.Suggestions(asked=ir.Slot(at))
            | ir.PathSearch(asked=ir.Slot(at))
            | ir.Network(asked=ir.Slot(at))
            | search_hits.Hits(asked=ir.Slot(at))
            | search_hits.Suggestions(asked=ir.Slot(at))
        ):
            yield at, _itself
    for inner in ir.inner(node):
        yield from _sizes(inner)


def _of_page(asked: ir.ConnectionArgs) -> tuple[Any, ...]:
    """The page, the steps and the conditions of a list; of orders whether all there are must be looked at."""
    select, page = asked.select, asked.select.page
    where = None if select.where is EVERYTHING else condition_costs.form(select.where)
    return (asked.hop.distance if asked.hop else _headed(select)), page.first, page.last, where


def _itself(value: Any) -> Any:
    return value

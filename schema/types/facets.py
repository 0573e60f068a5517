"""Facets: the values that papers of a list have, most frequent first, as a connection."""

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from byline.graph.query import facet_cursors
from byline.graph.query import operators as ops
from byline.graph.request import EVERYTHING, HitFacet, Page
from byline.graph.request import Facet as FacetBy
from byline.graph.store.protocol import Counts
from byline.schema.context import Limits
from byline.schema.fields import FIELD, MEMBER, Infos, PlanCompiler, Planned, Selected, field, one
from byline.schema.inputs.listing import page_by
from byline.schema.types.arguments import REQUIRED, argument, paging
from byline.schema.types.node import node
from byline.schema.types.paged import Paged, PagedEdge, Stretch, edges, entries, entry, total

if TYPE_CHECKING:
    from byline.schema.types.node import Node

_enum: Any = Enum
PaperFacet: Any = strawberry.enum(
    _enum("PaperFacet", {by.name: strawberry.enum_value(by, description=by.about) for by in FacetBy}),
    description="What papers can be grouped by in a facet.",
)
SearchFacet: Any = strawberry.enum(
    _enum("SearchFacet", {by.name: strawberry.enum_value(by, description=by.about) for by in (*HitFacet, *FacetBy)}),
    description="What the results of a search can be grouped by: all of them by `KIND`, the papers among them by the others.",
)


def facet_args(arguments: Mapping[str, Any], limits: Limits) -> tuple[Any, Page]:
    """The arguments, understood: a Facet or HitFacet, and the page. Raises PageTooLarge, BadInput, BadCursor."""
    by = arguments["by"].value
    return by, page_by(lambda cursor: facet_cursors.decode(by, cursor), arguments, limits)


def _plan(operator: type[ops.Facets]) -> Planned:
    def plan(at: PlanCompiler, selected: Selected) -> ops.Operator:
        args = at.bind(selected, lambda arguments: facet_args(arguments, at.limits))
        return operator(selected.key, args, at.members(selected))

    return Planned(plan)


@strawberry.type(description="A value of a facet, with its number of papers.")
class Facet:
    """A key, how many papers have it, and the node it stands for."""

    key: str = strawberry.field(
        description="Year, code of a category, country or language, type of paper, keyword, type of node or node id."
    )
    label: str = strawberry.field(description="Display text of the value.")
    count: int = strawberry.field(description="Number of papers with this value; by `KIND` of results.")
    node: Annotated["Node", strawberry.lazy("byline.schema.types.node")] | None = strawberry.field(
        description="Node that the key identifies; null where values are no nodes.",
        metadata={FIELD: Planned(lambda at, selected: ops.FacetNode(selected.key, at.shapes(selected.nodes)))},
    )


@strawberry.type(description="A value in a facet.")
class FacetEdge(PagedEdge):
    """Value and cursor."""

    node: Facet = entry("The value.")


@strawberry.type(description="The known values of a facet, most frequent first; ties by label, then by key.")
class FacetConnection(Paged):
    """A page of them."""

    unknown: strawberry.Private[int]
    total_count: int = total("Number of known values, whatever the page.")
    unknown_count: int = field(lambda root, info: root.unknown, "Number of papers whose value is unknown.", MEMBER)
    edges: list[FacetEdge] = edges(FacetEdge, "The values of the page, with cursors.")
    nodes: list[Facet] = entries("The values of the page.")


async def _resolve(root: Any, info: Infos, **arguments: Any) -> FacetConnection:
    by, page = facet_args(arguments, info.context.limits)
    return _connection(by, await root.listing.facet(info.context.store, by, page))


async def _resolve_hits(root: Any, info: Infos, **arguments: Any) -> FacetConnection:
    by, page = facet_args(arguments, info.context.limits)
    return _connection(by, await info.context.store.facet(root.search, one(0), EVERYTHING, by, page))


def _connection(by: FacetBy | HitFacet, counts: Counts) -> FacetConnection:
    """A page as an object."""
    kind, numbers = by.kind, counts.counts.tolist()
    entries = [
        Facet(key=key, label=label, count=count, node=node(kind, row) if kind else None)
        for key, label, row, count in zip(counts.keys, counts.labels, counts.rows.tolist(), numbers, strict=True)
    ]
    cursors = facet_cursors.cursors(by, zip(numbers, counts.labels, counts.keys, strict=True))
    ends = Stretch(entries, cursors, int(counts.totals[0]), bool(counts.has_next[0]), bool(counts.has_previous[0]))
    return FacetConnection(page=ends, unknown=int(counts.unknown[0]))


def facets() -> Any:
    """The `facets` field of a list of papers."""
    return field(
        _resolve,
        "Number of papers for each value, most frequent first, over the whole filtered list rather than the page.",
        _plan(ops.Facets),
        by=argument(PaperFacet, REQUIRED, "What to group the papers by."),
        **paging("by"),
    )


def hit_facets() -> Any:
    """The `facets` field of a search."""
    return field(
        _resolve_hits,
        "Number of results for each type, or of papers among them for each other value, over all results rather than the page.",
        _plan(ops.HitFacets),
        by=argument(SearchFacet, REQUIRED, "What to group the results by."),
        **paging("by"),
    )

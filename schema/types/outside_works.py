"""Works outside the graph that a paper cites, or that cite it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import strawberry

from byline.graph.query import operators as ops
from byline.graph.query.outside_works import decode, encode, outside_works
from byline.graph.request import Page
from byline.schema.context import Limits
from byline.schema.fields import Infos, PlanCompiler, Planned, Selected, field, one
from byline.schema.inputs.listing import page_by
from byline.schema.types.arguments import paging
from byline.schema.types.paged import Paged, PagedEdge, Stretch, edges, entries, entry, total


@strawberry.type(description="A work that is not in this graph, as a source names it.")
class UnresolvedReference:
    """Its id."""

    text: str = strawberry.field(description="Identifier as `scheme:value`.")


@strawberry.type(description="A work outside this graph in a list.")
class UnresolvedReferenceEdge(PagedEdge):
    """Work and cursor."""

    node: UnresolvedReference = entry("The work.")


@strawberry.type(description="Works outside this graph, by `text`.")
class UnresolvedReferenceConnection(Paged):
    """A page of them."""

    total_count: int = total("Number of works, whatever the page.")
    edges: list[UnresolvedReferenceEdge] = edges(UnresolvedReferenceEdge, "The works of the page, with cursors.")
    nodes: list[UnresolvedReference] = entries("The works of the page.")


def _page(column: str, arguments: Mapping[str, Any], limits: Limits) -> Page:
    return page_by(partial(decode, column), arguments, limits)


def works(column: str, description: str) -> Any:
    """The list that a column of papers holds."""

    async def resolve(root: Any, info: Infos, **arguments: Any) -> UnresolvedReferenceConnection:
        page = _page(column, arguments, info.context.limits)
        found = await outside_works(info.context.store, one(root.row), column, page)
        texts, pages = found.works.to_pylist(), found.pages
        cursors = [encode(column, work) for work in texts]
        ends = int(pages.totals[0]), bool(pages.has_next[0]), bool(pages.has_previous[0])
        entries = [UnresolvedReference(text=work) for work in texts]
        return UnresolvedReferenceConnection(page=Stretch(entries, cursors, *ends))

    def plan(at: PlanCompiler, selected: Selected) -> ops.Operator:
        args = at.bind(selected, lambda arguments: _page(column, arguments, at.limits))
        return ops.OutsideWorks(selected.key, column, args, at.members(selected))

    return field(resolve, description, Planned(plan), **paging(""))

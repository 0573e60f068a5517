"""People some steps away among coauthors, and those who may become coauthors."""

from typing import Any

import strawberry

from byline.graph.model import BETWEEN, Kind
from byline.graph.query import operators as ops
from byline.graph.query.neighbourhood import BY_PAPERS, nearer
from byline.graph.request import Hop, Page, Select
from byline.schema.fields import Infos, PlanCompiler, Planned, Selected, edge_value, field
from byline.schema.fields import entry_node as node_of_entry
from byline.schema.inputs.listing import pair
from byline.schema.inputs.neighbourhood_arguments import first_of, first_slot
from byline.schema.types.arguments import first_of_list
from byline.schema.types.author import Author
from byline.schema.types.connections import Connection, Entry, edges, entry_node, nodes
from byline.schema.types.node import node


def _between_plan(at: PlanCompiler, selected: Selected) -> ops.Operator:
    first = first_slot(at, selected)
    return ops.EntryBetween(selected.key, first, at.shape(selected.nodes, Kind.AUTHOR))


async def _between(info: Infos, hop: Hop, left: int, right: int, first: int) -> list[Any]:
    select = Select(order=BY_PAPERS, page=Page(first=first_of({"first": first}, info.context.limits)))
    authors = await info.context.store.expand(nearer(hop), pair(left, right), select)
    return [node(Kind.AUTHOR, row) for row in authors.rows.tolist()]


async def _via(root: Any, info: Infos, first: int) -> list[Any]:
    return await _between(info, root.listing.args.hop, int(root.listing.source[0]), root.listing.rows[root.at], first)


@strawberry.type(description="An author at a given distance in the coauthor graph.")
class CollaboratorEdge(Entry):
    """How far, through how many, through whom."""

    node: Author = entry_node()
    distance: int = edge_value(
        "distance",
        "Steps in the coauthor graph: 1 is a coauthor, 2 a coauthor of coauthors. An upper bound if `isLowerBound` of the "
        "list is true.",
    )
    shared_count: int = edge_value("shared_count", "Number of authors one step nearer who are coauthors of this one.")
    via: list[Author] = field(
        _via,
        "Those authors: most papers shared with this one first, then by id.",
        Planned(_between_plan),
        first=first_of_list("authors", 3),
    )


@strawberry.type(description="Authors at a given distance, each once, highest `sharedCount` first.")
class CollaboratorConnection(Connection):
    """A page of them."""

    edges: list[CollaboratorEdge] = edges(CollaboratorEdge)
    nodes: list[Author] = nodes()


async def _shared_coauthors(root: Any, info: Infos, first: int) -> list[Any]:
    return await _between(info, Hop(BETWEEN, root.window), root.source, root.row, first)


@strawberry.type(description="A suggested coauthor: an author with common coauthors but no shared paper.")
class SuggestedCollaborator:
    """Whom, and why."""

    source: strawberry.Private[int]
    row: strawberry.Private[int]
    window: strawberry.Private[Any]
    node: Author = field(lambda root, info: node(Kind.AUTHOR, root.row), "The suggested author.", node_of_entry(Kind.AUTHOR))
    score: float = strawberry.field(description="Score by `method`; scores of different methods are not comparable.")
    shared_coauthors: list[Author] = field(
        _shared_coauthors,
        "Common coauthors: most papers shared with the suggested author first, then by id.",
        Planned(_between_plan),
        first=first_of_list("authors", 3),
    )

"""Connections: what every list of nodes shares, and the declaration of one."""

from typing import Any

import strawberry

from byline.graph.model import Edge, Kind
from byline.graph.query import operators as ops
from byline.graph.request import Order
from byline.schema.fields import Infos, ListingField, Planned, field, returned
from byline.schema.fields import entry_node as node_of_entry
from byline.schema.inputs.listing import Listing, listing
from byline.schema.types.arguments import (
    CAP,
    LIMITS,
    PAGING,
    UNSET,
    YEARS,
    YEARS_OF_PAPERS,
    Arguments,
    argument,
    order_of_list,
    where_of_list,
)
from byline.schema.types.node import node
from byline.schema.types.values import PageInfo

PAGE_INFO = Planned(lambda at, selected: ops.PageFlags(selected.key, at.members(selected)))
TOTAL_COUNT = Planned(lambda at, selected: ops.Total(selected.key))
CURSOR = Planned(lambda at, selected: ops.Cursor(selected.key))
_COMPLETENESS = Planned(lambda at, selected: ops.Completeness(selected.key, selected.field.python_name))
_NODES = Planned(lambda at, selected: ops.Nodes(selected.key, at.shape(selected.nodes, selected.kind)))
_EDGES = Planned(lambda at, selected: ops.Entries(selected.key, at.members(selected, selected.kind)))


async def _total_count(root: Any, info: Infos) -> int:
    return int(root.listing.ragged.totals[0])


async def _reason(root: Any, info: Infos) -> str | None:
    reason: str | None = await root.listing.reason(info.context.store)
    return reason


async def _is_lower_bound(root: Any, info: Infos) -> bool:
    return await _reason(root, info) is not None


async def _page_info(root: Any, info: Infos) -> PageInfo:
    ragged, cursors = root.listing.ragged, root.listing.cursors
    return PageInfo(
        has_next_page=bool(ragged.has_next[0]),
        has_previous_page=bool(ragged.has_previous[0]),
        start_cursor=cursors[0] if cursors else None,
        end_cursor=cursors[-1] if cursors else None,
    )


@strawberry.type
class Connection:
    """A page of a list. Each connection adds `edges` and `nodes` of its own types."""

    listing: strawberry.Private[Listing]
    page_info: PageInfo = field(_page_info, "Position of this page in the list.", PAGE_INFO)
    total_count: int = field(
        _total_count,
        "Number of entries in the whole list as far as it is known here, whatever the page; see isLowerBound.",
        TOTAL_COUNT,
    )
    is_lower_bound: bool = field(
        _is_lower_bound,
        "Whether the true list may be longer, because the sources state it in part or not at all.",
        _COMPLETENESS,
    )
    reason: str | None = field(_reason, "Why the list may be longer; null if it is known to be complete.", _COMPLETENESS)


@strawberry.type
class Entry:
    """One edge of a connection."""

    listing: strawberry.Private[Listing]
    at: strawberry.Private[int]
    cursor: str = field(
        lambda root, info: root.listing.cursors[root.at], "Cursor of this entry, for `after` and `before`.", CURSOR
    )


def edges(entry: type) -> Any:
    """The `edges` field: one `entry` object an entry."""

    def resolve(root: Any, info: Infos) -> list[Any]:
        return [entry(listing=root.listing, at=at) for at in range(len(root.listing.rows))]

    return field(resolve, "The entries of the page: each node with the attributes of its edge.", _EDGES)


def nodes() -> Any:
    """The `nodes` field: the nodes without their edges."""

    def resolve(root: Any, info: Infos) -> list[Any]:
        return [node(root.listing.kind, row) for row in root.listing.rows]

    return field(resolve, "The nodes of the page, without edge attributes.", _NODES)


def entry_node() -> Any:
    """The `node` field of an entry."""
    return field(
        lambda root, info: node(root.listing.kind, root.listing.rows[root.at]),
        "The node at the end of this edge.",
        node_of_entry(),
    )


def connection(
    kind: Kind,
    edge: Edge | None,
    default_order: tuple[Order, ...],
    description: str = "",
    where: Any = None,
    order: Any = None,
    where_edge: Any = None,
    years: bool = False,
    cap: bool = False,
    distance: bool = False,
) -> Any:
    """A connection field: which hop it follows and which arguments it takes."""
    declared = ListingField(edge, kind, default_order)
    arguments: Arguments = {}
    if distance:
        arguments["distance"] = argument(
            int,
            2,
            f"Steps in the coauthor graph, 1 to {LIMITS.max_distance} (`BYLINE_MAX_DISTANCE`): 1 is a coauthor, 2 a coauthor of "
            "coauthors. Default: 2.",
        )
    if years or (kind is Kind.PAPER and edge):
        arguments["years"] = YEARS if years else YEARS_OF_PAPERS
    if cap:
        arguments["max_authors_per_paper"] = CAP
    if where:
        arguments["where"] = where_of_list(where)
    if where_edge:
        about = "Filter on what the edges have: its members are ANDed. Default: no condition."
        arguments["where_edge"] = argument(where_edge | None, UNSET, about)
    if order:
        arguments["order_by"] = order_of_list(order, default_order)
    arguments |= PAGING

    async def resolve(root: Any, info: Infos, **argument_values: Any) -> Any:
        return returned(info)(listing=await listing(info.context, declared, root, argument_values))

    return field(resolve, description or (edge.about if edge else ""), declared, **arguments)

"""Networks of institutions and of categories by the papers that they share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import strawberry

from byline.graph.errors import BadInput
from byline.graph.model import Kind
from byline.graph.network.shared import SharedNetwork
from byline.graph.query import operators as ops
from byline.graph.query.cursors import cursors_at
from byline.graph.query.measures import Scope, papers_in
from byline.graph.query.shared_networks import SharedArgs, link_facets, link_papers, shared_network, why_longer_links
from byline.graph.request import EVERYTHING, NEWEST, All, Facet, Page, Where
from byline.graph.store.protocol import Counts, Store
from byline.schema.context import Limits
from byline.schema.fields import MEMBER, Infos, ListingField, PlanCompiler, Planned, Selected, entry_node, field, one
from byline.schema.inputs.filters import PaperFilter, where_of
from byline.schema.inputs.keys import keys_of
from byline.schema.inputs.listing import Listing, between, understand, years_of
from byline.schema.inputs.orders import PaperOrder
from byline.schema.types.arguments import AS_OF, LIMITS, PAGING, UNSET, YEARS, argument, order_of_list, where_of_list
from byline.schema.types.category import Category
from byline.schema.types.institution import Institution
from byline.schema.types.node import node
from byline.schema.types.paper_lists import PaperConnection

_NODES = Planned(lambda at, selected: ops.NetworkNodes(selected.key, at.members(selected)))
_LINKS = Planned(lambda at, selected: ops.SharedLinks(selected.key, at.members(selected)))


def shared_args(kind: Kind, arguments: Mapping[str, Any], limits: Limits) -> SharedArgs:
    """The arguments, understood. Raises BadInput, BadFilter, PageTooLarge."""
    given, least = arguments.get("keys"), arguments["min_papers"]
    keys = None if given in (None, UNSET) else tuple(keys_of(given, limits))
    if least < 1:
        raise BadInput(f"`minPapers` must be at least 1, got {least}", "give 1 or more")
    first = between("first", arguments["first"], 1, limits.max_network_nodes, "max_network_nodes")
    as_of = arguments.get("as_of")
    scope = Scope(*years_of(arguments.get("years")), None if as_of is UNSET else as_of)
    parts = [part for part in (where_of(arguments.get("where"), limits), papers_in(scope)) if part != EVERYTHING]
    where: Where = parts[0] if len(parts) == 1 else All(tuple(parts))
    return SharedArgs(kind, keys, first, where, least, limits.max_matrix_papers)


@dataclass(frozen=True)
class LinkListing(Listing):
    """The papers of one link."""

    network: SharedNetwork | None = None
    at: int = 0
    counted: Where = EVERYTHING

    async def reason(self, store: Store) -> str | None:
        """See Listing."""
        assert self.network is not None
        (reason,) = await why_longer_links(store, self.network, [self.at], self.counted, self.args.select.where)
        return reason

    async def facet(self, store: Store, by: Facet, page: Page) -> Counts:
        """See Listing."""
        assert self.network is not None
        return await link_facets(store, self.network, [self.at], self.counted, self.args.select.where, by, page)


@dataclass(frozen=True)
class LinkPapersField(ListingField):
    """The connection to the papers of a link."""

    def plan(self, at: PlanCompiler, selected: Selected) -> ops.Operator:
        """See Declared."""
        return ops.LinkPapers(selected.key, at.connection_args(selected, self), at.members(selected, self.kind))


_PAPERS = LinkPapersField(None, Kind.PAPER, NEWEST)


async def _papers(root: Any, info: Infos, **arguments: Any) -> PaperConnection:
    args, store = understand(_PAPERS, arguments, info.context.limits), info.context.store
    ragged = await link_papers(store, root.drawing, [root.at], root.counted, args.select)
    cursors = await cursors_at(store, Kind.PAPER, args, ragged, np.arange(len(ragged.rows)))
    return PaperConnection(listing=LinkListing(Kind.PAPER, None, args, ragged, cursors, root.drawing, root.at, root.counted))


def _end(end: int) -> Any:
    async def resolve(root: Any, info: Infos) -> str:
        row = int(root.drawing.members.rows[root.drawing.links[root.at][end]])
        ((identifier,),) = await info.context.store.values(root.drawing.kind, one(row), ["id"])
        return str(identifier)

    return resolve


def _value(name: str, description: str) -> Any:
    return field(lambda root, info: root.drawing.values[name][root.at], description, MEMBER)


@strawberry.type(description="A link between two nodes of a network that share papers.")
class SharedPaperLink:
    """Both ends by id, the one with the lower id first, and what they share."""

    drawing: strawberry.Private[SharedNetwork]
    at: strawberry.Private[int]
    counted: strawberry.Private[Where]
    source: strawberry.ID = field(_end(0), "Id of one node, the lower of the two.", MEMBER)
    target: strawberry.ID = field(_end(1), "Id of the other node.", MEMBER)
    paper_count: int = _value("paper_count", "Number of shared papers, of those that count in the network.")
    first_year: int | None = _value("first_year", "Year of the earliest dated shared paper.")
    last_year: int | None = _value("last_year", "Year of the latest dated shared paper.")
    papers: PaperConnection = field(
        _papers,
        "The shared papers, of those that count in the network.",
        _PAPERS,
        where=where_of_list(PaperFilter),
        order_by=order_of_list(PaperOrder, NEWEST),
        **PAGING,
    )


def _shown(name: str, description: str) -> Any:
    return field(lambda root, info: getattr(root.drawing, name)[root.at], description, MEMBER)


@strawberry.type
class _Node:
    drawing: strawberry.Private[SharedNetwork]
    at: strawberry.Private[int]
    paper_count: int = _shown("paper_count", "Number of papers of the node that count in the network.")
    degree: int = _shown("degree", "Number of links of the node within the network.")
    strength: int = _shown("strength", "Sum of the papers of these links.")
    cluster: int = _shown(
        "cluster",
        "Leiden community of this network, weighted by shared papers (Traag, Waltman and van Eck 2019), internally connected: 0 "
        "is the largest, ties by first id.",
    )
    betweenness: float = _shown(
        "betweenness",
        "Betweenness centrality within the network, 0 to 1: share of the shortest paths between two others that pass "
        "through the node (Freeman 1977).",
    )
    x: float = _shown("x", "Horizontal position, -1 to 1, by a force-directed layout (Fruchterman and Reingold 1991).")
    y: float = _shown("y", "Vertical position, -1 to 1.")


def _node(kind: Kind) -> Any:
    return field(lambda root, info: node(kind, int(root.drawing.members.rows[root.at])), "The node.", entry_node(kind))


@strawberry.type(description="An institution in a network, with metrics within that network.")
class InstitutionNetworkNode(_Node):
    """Place, links."""

    node: Institution = _node(Kind.INSTITUTION)


@strawberry.type(description="A category in a network, with metrics within that network.")
class CategoryNetworkNode(_Node):
    """Place, links."""

    node: Category = _node(Kind.CATEGORY)


def _nodes(entry: type) -> Any:
    def resolve(root: Any, info: Infos) -> list[Any]:
        return [entry(drawing=root.drawing, at=at) for at in range(len(root.drawing.members.rows))]

    return field(resolve, "The nodes: those asked for in their order, else those with most papers that count first.", _NODES)


def _links(root: Any, info: Infos) -> list[SharedPaperLink]:
    return [SharedPaperLink(drawing=root.drawing, at=at, counted=root.counted) for at in range(len(root.drawing.links))]


def _whole(name: str, description: str) -> Any:
    return field(lambda root, info: getattr(root.drawing, name), description, MEMBER)


@strawberry.type
class _Network:
    drawing: strawberry.Private[SharedNetwork]
    counted: strawberry.Private[Where]
    links: list[SharedPaperLink] = field(_links, "All pairs of these nodes that share at least `minPapers` papers.", _LINKS)
    omitted_nodes: int = _whole("omitted_nodes", "Number of other nodes of this type with a paper that counts.")
    omitted_links: int = _whole("omitted_links", "Number of pairs of these nodes that share papers, but fewer than `minPapers`.")
    truncated: bool = _whole("truncated", "Whether nodes were left out: omittedNodes is not 0.")
    is_lower_bound: bool = _whole(
        "is_lower_bound", "Whether nodes may share more papers, because the graph is known to be incomplete."
    )
    reason: str | None = _whole("reason", "Why they may share more; null if they do not.")
    density: float = _whole("density", "Density, 0 to 1: links divided by pairs of nodes; 0 for fewer than two nodes.")
    component_count: int = _whole("component_count", "Number of connected components within the network.")
    method: str = _whole("method", "How links are counted.")


@strawberry.type(description="A network of institutions, linked by shared papers, with layout and metrics.")
class InstitutionNetwork(_Network):
    """Institutions on the same papers."""

    nodes: list[InstitutionNetworkNode] = _nodes(InstitutionNetworkNode)


@strawberry.type(description="A network of categories, linked by shared papers, with layout and metrics.")
class CategoryNetwork(_Network):
    """Categories of the same papers."""

    nodes: list[CategoryNetworkNode] = _nodes(CategoryNetworkNode)


def network_by_papers(kind: Kind, key: Any, graphql_type: type, description: str) -> Any:
    """A root field that answers such a network."""

    async def resolve(root: Any, info: Infos, **arguments: Any) -> Any:
        args = shared_args(kind, arguments, info.context.limits)
        return graphql_type(drawing=await shared_network(info.context.store, args), counted=args.where)

    def plan(at: PlanCompiler, selected: Selected) -> ops.Operator:
        args = at.bind(selected, lambda arguments: shared_args(kind, arguments, at.limits))
        return ops.SharedNetwork(selected.key, args, at.members(selected))

    return field(
        resolve,
        description,
        Planned(plan),
        keys=argument(
            list[key] | None,
            UNSET,
            f"Keys of the nodes, at most {LIMITS.max_ids} (`BYLINE_MAX_IDS`). Default: the `first` with most papers that count.",
        ),
        where=argument(PaperFilter | None, UNSET, "Papers that count: the filter's members are ANDed. Default: all papers."),
        years=YEARS,
        as_of=AS_OF,
        min_papers=argument(int, 1, "Least number of shared papers that a link has, 1 or more. Default: 1."),
        first=argument(
            int,
            50,
            f"Without `keys`: number of nodes, 1 to {LIMITS.max_network_nodes} (`BYLINE_MAX_NETWORK_NODES`). Default: 50.",
        ),
    )

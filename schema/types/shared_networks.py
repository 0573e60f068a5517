"""Networks of institutions, categories, papers, authors and venues by the papers that link them."""

from typing import Any

import strawberry

from byline.graph.model import Kind
from byline.graph.network.shared import SharedNetwork
from byline.graph.query import operators as ops
from byline.graph.request import Where
from byline.schema.fields import MEMBER, Infos, Planned, entry_node, field
from byline.schema.types.author import Author
from byline.schema.types.category import Category
from byline.schema.types.institution import Institution
from byline.schema.types.node import node
from byline.schema.types.paper import Paper
from byline.schema.types.shared_links import SharedPaperLink
from byline.schema.types.venue import Venue

_NODES = Planned(lambda at, selected: ops.NetworkNodes(selected.key, at.members(selected)))
_LINKS = Planned(lambda at, selected: ops.SharedLinks(selected.key, at.members(selected)))


def _shown(name: str, description: str) -> Any:
    return field(lambda root, info: getattr(root.drawing, name)[root.at], description, MEMBER)


@strawberry.type
class _Node:
    drawing: strawberry.Private[SharedNetwork]
    at: strawberry.Private[int]
    paper_count: int = _shown(
        "paper_count",
        "Number of papers of the node that count; by relation those that cite it or its papers, or that it or they cite.",
    )
    degree: int = _shown("degree", "Number of links of the node within the network.")
    strength: int = _shown("strength", "Sum of the papers of these links.")
    cluster: int = _shown(
        "cluster",
        "Leiden community of this network, weighted by papers (Traag, Waltman and van Eck 2019), internally connected: 0 "
        "is the largest, ties by first id.",
    )
    betweenness: float = _shown(
        "betweenness",
        "Betweenness centrality within the network, 0 to 1: share of the shortest paths between two others that pass "
        "through the node (Freeman 1977).",
    )
    x: float = _shown(
        "x",
        "Horizontal position, -1 to 1, by a force-directed layout (Fruchterman and Reingold 1991) over all years.",
    )
    y: float = _shown("y", "Vertical position, -1 to 1.")


def _node(kind: Kind) -> Any:
    return field(lambda root, info: node(kind, int(root.drawing.members.rows[root.at])), "The node.", entry_node(kind))


@strawberry.type(description="An institution in a network, with metrics within that network.")
class InstitutionNetworkNode(_Node):
    """Place, links."""

    node: Institution = _node(Kind.INSTITUTION)


@strawberry.type(description="A paper in a network, with metrics within that network.")
class PaperNetworkNode(_Node):
    """Place, links."""

    node: Paper = _node(Kind.PAPER)


@strawberry.type(description="A category in a network, with metrics within that network.")
class CategoryNetworkNode(_Node):
    """Place, links."""

    node: Category = _node(Kind.CATEGORY)


@strawberry.type(description="An author in a network by papers, with metrics within that network.")
class AuthorNetworkNode(_Node):
    """Place, links."""

    node: Author = _node(Kind.AUTHOR)


@strawberry.type(description="A venue in a network, with metrics within that network.")
class VenueNetworkNode(_Node):
    """Place, links."""

    node: Venue = _node(Kind.VENUE)


@strawberry.type(description="A keyword in a network, with metrics within that network.")
class KeywordNetworkNode(_Node):
    """Place, links."""

    keyword: str = _shown(
        "keyword",
        "The keyword, in its commonest spelling; spellings that differ in case, accents and spacing alone are one keyword.",
    )


def _nodes(entry: type) -> Any:
    def resolve(root: Any, info: Infos) -> list[Any]:
        return [entry(drawing=root.drawing, at=at) for at in range(len(root.drawing.members.rows))]

    return field(
        resolve,
        "The nodes: those asked for in their order, else those with most first.",
        _NODES,
    )


def _links(root: Any, info: Infos) -> list[SharedPaperLink]:
    return [SharedPaperLink(drawing=root.drawing, at=at, counted=root.counted) for at in range(len(root.drawing.links))]


def _whole(name: str, description: str) -> Any:
    return field(lambda root, info: getattr(root.drawing, name), description, MEMBER)


@strawberry.type
class _Network:
    drawing: strawberry.Private[SharedNetwork]
    counted: strawberry.Private[Where]
    links: list[SharedPaperLink] = field(
        _links, "All pairs of these nodes with at least `minPapers` papers behind the link.", _LINKS
    )
    omitted_nodes: int = _whole("omitted_nodes", "Number of other nodes of this type with a paper that counts.")
    omitted_links: int = _whole(
        "omitted_links", "Number of pairs of these nodes with fewer papers behind the link than `minPapers`."
    )
    truncated: bool = _whole("truncated", "Whether nodes were left out: omittedNodes is not 0.")
    is_lower_bound: bool = _whole(
        "is_lower_bound", "Whether links may have more papers, because the graph is known to be incomplete."
    )
    reason: str | None = _whole("reason", "Why they may have more; null if they do not.")
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


@strawberry.type(description="A network of papers, linked by what papers cite, with layout and metrics.")
class PaperNetwork(_Network):
    """Papers cited, or citing, together, or one another."""

    nodes: list[PaperNetworkNode] = _nodes(PaperNetworkNode)


@strawberry.type(description="A network of authors, linked by what papers cite, or by shared papers, with layout and metrics.")
class AuthorNetwork(_Network):
    """Authors cited, or citing, together, or one another."""

    nodes: list[AuthorNetworkNode] = _nodes(AuthorNetworkNode)


@strawberry.type(description="A network of venues, linked by what papers cite, with layout and metrics.")
class VenueNetwork(_Network):
    """Venues cited, or citing, together, or one another."""

    nodes: list[VenueNetworkNode] = _nodes(VenueNetworkNode)


@strawberry.type(description="A network of keywords, linked by the papers that state both, with layout and metrics.")
class KeywordNetwork(_Network):
    """Keywords of the same papers."""

    nodes: list[KeywordNetworkNode] = _nodes(KeywordNetworkNode)

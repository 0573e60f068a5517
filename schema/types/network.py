"""Small networks of people, ready to be drawn."""

from typing import Any

import strawberry

from byline.graph.model import Kind
from byline.graph.network.drawing import NetworkLayout
from byline.graph.query import operators as ops
from byline.schema.fields import MEMBER, Infos, Planned, entry_node, field, one
from byline.schema.types.author import Author
from byline.schema.types.node import node

_NODES = Planned(lambda at, selected: ops.NetworkNodes(selected.key, at.members(selected)))
_LINKS = Planned(lambda at, selected: ops.NetworkLinks(selected.key, at.members(selected)))


def _shown(name: str, description: str) -> Any:
    return field(lambda root, info: getattr(root.drawing, name)[root.at], description, MEMBER)


@strawberry.type(description="An author in a network, with metrics within that network.")
class NetworkNode:
    """Place, links, circle."""

    drawing: strawberry.Private[NetworkLayout]
    at: strawberry.Private[int]
    author: Author = field(
        lambda root, info: node(Kind.AUTHOR, int(root.drawing.members.rows[root.at])), "The author.", entry_node(Kind.AUTHOR)
    )
    distance: int | None = _shown(
        "distance", "Steps from the centre, or from the nearest of the given authors; null if none can be reached."
    )
    degree: int = _shown("degree", "Number of links of the author within the network.")
    cluster: int = _shown(
        "cluster",
        "Leiden community of this network, weighted by shared papers (Traag, Waltman and van Eck 2019), internally connected: 0 "
        "is the largest, ties by first id.",
    )
    betweenness: float = _shown(
        "betweenness",
        "Betweenness centrality within the network, 0 to 1: share of the shortest paths between two others that pass "
        "through the author (Freeman 1977).",
    )
    x: float = _shown(
        "x",
        "Horizontal position, -1 to 1, by a force-directed layout (Fruchterman and Reingold 1991) over all years.",
    )
    y: float = _shown("y", "Vertical position, -1 to 1.")


@strawberry.type(description="A link between two coauthors in a network.")
class NetworkLink:
    """Both ends by id, the one with the lower id first, and what they share."""

    row: strawberry.Private[int]
    far: strawberry.Private[int]
    source: strawberry.ID = field(lambda root, info: _id(info, root.row), "Id of one author, the lower of the two.", MEMBER)
    target: strawberry.ID = field(lambda root, info: _id(info, root.far), "Id of the other author.", MEMBER)
    paper_count: int = strawberry.field(description="Number of shared papers.")
    weight: float = strawberry.field(
        description="Collaboration strength (Newman 2001): the sum over shared papers of 1/(n-1), n the number of authors. "
        "A lower bound if uncountedPapers is not 0."
    )
    uncounted_papers: int = strawberry.field(
        description="Number of shared papers that add nothing to the weight, because their number of authors is unknown."
    )
    first_year: int | None = strawberry.field(description="Year of the earliest dated shared paper.")
    last_year: int | None = strawberry.field(description="Year of the latest dated shared paper.")


async def _id(info: Infos, row: int) -> str:
    ((identifier,),) = await info.context.store.values(Kind.AUTHOR, one(row), ["id"])
    return str(identifier)


def _nodes(root: Any, info: Infos) -> list[NetworkNode]:
    return [NetworkNode(drawing=root.drawing, at=at) for at in range(len(root.drawing.members.rows))]


def _links(root: Any, info: Infos) -> list[NetworkLink]:
    rows, values = root.drawing.members.rows, root.drawing.values
    return [
        NetworkLink(row=int(rows[near]), far=int(rows[far]), **{name: column[at] for name, column in values.items()})
        for at, (near, far) in enumerate(root.drawing.links)
    ]


@strawberry.type(description="A coauthor network pruned to a size that can be drawn, with layout and metrics.")
class Network:
    """Nodes, links, and what the whole looks like."""

    drawing: strawberry.Private[NetworkLayout]
    nodes: list[NetworkNode] = field(_nodes, "The authors, in the order in which pruning keeps them.", _NODES)
    links: list[NetworkLink] = field(_links, "All pairs among them that share papers.", _LINKS)
    truncated: bool = field(
        lambda root, info: root.drawing.truncated, "Whether authors were left out because of `first`.", MEMBER
    )
    is_lower_bound: bool = field(
        lambda root, info: root.drawing.is_lower_bound,
        "Whether there may be more authors and links, because the graph is known to be incomplete.",
        MEMBER,
    )
    reason: str | None = field(lambda root, info: root.drawing.reason, "Why there may be more; null if there are not.", MEMBER)
    density: float = field(
        lambda root, info: root.drawing.density,
        "Density, 0 to 1: links divided by pairs of authors; 0 for fewer than two authors.",
        MEMBER,
    )
    component_count: int = field(
        lambda root, info: root.drawing.component_count,
        "Number of connected components within the network.",
        MEMBER,
    )

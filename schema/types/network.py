"""Small networks of people, ready to be drawn."""

from typing import Any

import strawberry

from byline.graph.model import Kind
from byline.graph.network.drawing import NetworkLayout
from byline.schema.fields import Infos, field, one
from byline.schema.types.author import Author
from byline.schema.types.node import node


def _shown(name: str, description: str) -> Any:
    return field(lambda root, info: getattr(root.drawing, name)[root.at], description, f"drawn.{name}")


@strawberry.type(description="A person in a network, with figures that hold within the network.")
class NetworkNode:
    """Place, links, circle."""

    drawing: strawberry.Private[NetworkLayout]
    at: strawberry.Private[int]
    author: Author = field(
        lambda root, info: node(Kind.AUTHOR, int(root.drawing.members.rows[root.at])), "The person.", "entry_node"
    )
    distance: int | None = _shown("distance", "Steps from the person, or the nearest of the people, asked for.")
    degree: int = _shown("degree", "Links of the person.")
    community: int = _shown(
        "community",
        "Leiden community by shared papers (Traag, Waltman and van Eck 2019), connected inside: 0 is the largest, equals by "
        "their first id.",
    )
    betweenness: float = _shown(
        "betweenness", "Share of the shortest paths between two others that go through the person (Freeman 1977)."
    )
    x: float = _shown("x", "From -1 to 1, by a force-directed layout (Fruchterman and Reingold 1991).")
    y: float = _shown("y", "From -1 to 1.")


@strawberry.type(description="Two people of a network who share papers.")
class NetworkLink:
    """Both ends by id, the one with the lower id first, and what they share."""

    row: strawberry.Private[int]
    far: strawberry.Private[int]
    source: strawberry.ID = field(lambda root, info: _id(info, root.row), "The id of one person.", "source")
    target: strawberry.ID = field(lambda root, info: _id(info, root.far), "The id of the other.", "target")
    paper_count: int = strawberry.field(description="Shared papers.")
    weight: float = strawberry.field(
        description="Newman 2001: the sum over shared papers of 1/(n-1), as for coauthors; a lower bound "
        "where uncountedPapers is not 0."
    )
    uncounted_papers: int = strawberry.field(
        description="Shared papers that add nothing to the weight, because their number of authors is unknown."
    )
    first_year: int | None = strawberry.field(description="Year of the first shared paper.")
    last_year: int | None = strawberry.field(description="Year of the latest shared paper.")


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


@strawberry.type(description="People and the links between them, pruned to a size that can be drawn.")
class Network:
    """Nodes, links, and what the whole looks like."""

    drawing: strawberry.Private[NetworkLayout]
    nodes: list[NetworkNode] = field(_nodes, "The people, those who would be kept longest first.", "drawn_nodes")
    links: list[NetworkLink] = field(_links, "The pairs among them who share papers.", "drawn_links")
    truncated: bool = field(lambda root, info: root.drawing.truncated, "Whether people were left out.", "drawn.truncated")
    is_lower_bound: bool = field(
        lambda root, info: root.drawing.is_lower_bound,
        "Whether there may be more people and links, because the graph is known to miss something.",
        "drawn.is_lower_bound",
    )
    reason: str | None = field(lambda root, info: root.drawing.reason, "Why there may be more.", "drawn.reason")
    density: float = field(
        lambda root, info: root.drawing.density, "Links over pairs of people; 0 for fewer than two people.", "drawn.density"
    )
    component_count: int = field(
        lambda root, info: root.drawing.component_count, "Pieces that no link connects.", "drawn.component_count"
    )

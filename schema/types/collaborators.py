"""People some steps away among coauthors, and those who may become coauthors."""

from typing import Any

import strawberry

from byline.graph.model import BETWEEN, COLLABORATORS, Kind
from byline.graph.query import operators as ops
from byline.graph.query.neighbourhood import BY_PAPERS
from byline.graph.request import Hop
from byline.graph.store.protocol import Rows
from byline.schema.fields import MEMBER, EvidenceField, Planned, edge_value, field
from byline.schema.fields import entry_node as node_of_entry
from byline.schema.inputs.edge_orders import BetweenOrder
from byline.schema.inputs.filters import AuthorFilter
from byline.schema.inputs.listing import pair
from byline.schema.types.author import Author
from byline.schema.types.author_lists import AuthorConnection
from byline.schema.types.connections import Connection, Entry, edges, entry_node, nodes
from byline.schema.types.evidence import Ends, entry_ends, evidence
from byline.schema.types.node import node
from byline.schema.types.paged import Paged, PagedEdge, total
from byline.schema.types.paged import edges as paged_edges


def _suggested_ends(root: Any) -> tuple[Rows, Hop]:
    source, row, window, _ = root.entry
    return pair(source, row), Hop(COLLABORATORS, window)


def _between(about: str, ends: Ends) -> Any:
    return evidence(EvidenceField(BETWEEN, Kind.AUTHOR, BY_PAPERS), about, AuthorFilter, BetweenOrder, ends)


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
    via: AuthorConnection = _between("Those authors: most papers shared with this one first, then by id.", entry_ends)


@strawberry.type(description="Authors at a given distance, each once, highest `sharedCount` first.")
class CollaboratorConnection(Connection):
    """A page of them."""

    edges: list[CollaboratorEdge] = edges(CollaboratorEdge)
    nodes: list[Author] = nodes()


@strawberry.type(description="A suggested coauthor: an author with common coauthors but no shared paper.")
class SuggestedCollaboratorEdge(PagedEdge):
    """Whom, and why; an entry is the person it is for, the one that is suggested, the window and the score."""

    node: Author = field(lambda root, info: node(Kind.AUTHOR, root.entry[1]), "The suggested author.", node_of_entry(Kind.AUTHOR))
    score: float = field(
        lambda root, info: root.entry[3], "Score by `method`; scores of different methods are not comparable.", MEMBER
    )
    shared_coauthors: AuthorConnection = _between(
        "Common coauthors: most papers shared with the suggested author first, then by id.", _suggested_ends
    )


@strawberry.type(description="Authors who are likely to become coauthors, the likeliest first.")
class SuggestedCollaboratorConnection(Paged):
    """A page of them."""

    total_count: int = total("Number of authors who are suggested, whatever the page.")
    edges: list[SuggestedCollaboratorEdge] = paged_edges(
        SuggestedCollaboratorEdge, "The entries of the page: each author with score and evidence."
    )
    nodes: list[Author] = field(
        lambda root, info: [node(Kind.AUTHOR, row) for _, row, _, _ in root.page.entries],
        "The authors of the page.",
        Planned(lambda at, selected: ops.Nodes(selected.key, at.shape(selected.nodes, Kind.AUTHOR))),
    )

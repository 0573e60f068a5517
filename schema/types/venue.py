"""A venue: where papers are published."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from byline.graph.model import VENUE_AUTHORS, VENUE_PAPERS, Kind
from byline.graph.request import NEWEST
from byline.schema.fields import column, record_column
from byline.schema.inputs.edge_filters import VenueAuthorEdgeFilter
from byline.schema.inputs.edge_orders import VenueAuthorOrder
from byline.schema.inputs.filters import AuthorFilter, PaperFilter
from byline.schema.inputs.orders import BY_NAME, PaperOrder
from byline.schema.types.connections import Connection, Entry, connection, edges, entry_node, nodes
from byline.schema.types.node import Node, entity
from byline.schema.types.paper_set_metrics import PaperSetMetrics, paper_set_metrics
from byline.schema.types.values import ExternalId, external_ids

if TYPE_CHECKING:
    from byline.schema.types.author_lists import VenueAuthorConnection
    from byline.schema.types.paper_lists import PaperConnection

V = Kind.VENUE


@entity(V, "A journal, conference, series, repository or book in which papers are published.")
class Venue(Node):
    """See the vocabulary for the columns."""

    name: str = column(V, "name")
    names: list[str] = column(V, "names")
    type: str | None = column(V, "venue_type")
    issn_l: str | None = column(V, "issn_l")
    issns: list[str] = column(V, "issns")
    external_ids: list[ExternalId] = record_column(V, "external_ids", "ExternalId", external_ids)
    paper_count: int = column(V, "paper_count")
    citation_count: int | None = column(V, "citation_count")
    author_count: int | None = column(V, "author_count")
    metrics: PaperSetMetrics = paper_set_metrics()
    papers: Annotated["PaperConnection", strawberry.lazy("byline.schema.types.paper_lists")] = connection(
        Kind.PAPER, VENUE_PAPERS, NEWEST, where=PaperFilter, order=PaperOrder
    )
    authors: Annotated["VenueAuthorConnection", strawberry.lazy("byline.schema.types.author_lists")] = connection(
        Kind.AUTHOR,
        VENUE_AUTHORS,
        BY_NAME,
        where=AuthorFilter,
        order=VenueAuthorOrder,
        where_edge=VenueAuthorEdgeFilter,
        years=True,
    )


@strawberry.type(description="A venue in a list.")
class VenueEdge(Entry):
    """Venue and cursor."""

    node: Venue = entry_node()


@strawberry.type(description="A list of venues.")
class VenueConnection(Connection):
    """A page of venues."""

    edges: list[VenueEdge] = edges(VenueEdge)
    nodes: list[Venue] = nodes()

"""A person."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from byline.graph.model import AFFILIATIONS, AUTHOR_PAPERS, COAUTHORS, COLLABORATORS, Kind
from byline.graph.request import NEWEST
from byline.schema.fields import Infos, Planned, column, field, record_column, row_column
from byline.schema.inputs.edge_filters import (
    AffiliationEdgeFilter,
    AuthorPaperEdgeFilter,
    CoauthorEdgeFilter,
    CollaboratorEdgeFilter,
)
from byline.schema.inputs.edge_orders import AffiliationOrder, AuthorPaperOrder, CoauthorOrder, CollaboratorOrder
from byline.schema.inputs.filters import AuthorFilter, InstitutionFilter, PaperFilter
from byline.schema.inputs.orders import BY_NAME, BY_PAPERS, BY_SHARED
from byline.schema.types.arguments import AS_OF, YEARS, argument
from byline.schema.types.connections import connection
from byline.schema.types.metrics import AuthorMetrics, author_scope, metrics_plan
from byline.schema.types.neighbourhood_fields import network_around, suggested_collaborators
from byline.schema.types.node import Node, entity, node
from byline.schema.types.values import ExternalId, ReportedMetrics, external_ids
from byline.schema.types.values import reported as reported_figures

if TYPE_CHECKING:
    from byline.schema.types.author_lists import CoauthorConnection
    from byline.schema.types.category import Category
    from byline.schema.types.collaborators import CollaboratorConnection, SuggestedCollaboratorConnection
    from byline.schema.types.institution_lists import AffiliationConnection
    from byline.schema.types.network import Network
    from byline.schema.types.paper_lists import AuthorPaperConnection

A = Kind.AUTHOR


def _metrics(root: Any, info: Infos, years: Any, as_of: date | None, exclude_self_citations: bool) -> AuthorMetrics:
    return AuthorMetrics.of_arguments(root.row, years, as_of, exclude_self_citations)


@entity(A, "An author: one person, with all name variants that were identified as the same.")
class Author(Node):
    """See the vocabulary for the columns."""

    name: str = column(A, "name")
    orcid: str | None = column(A, "orcid")
    external_ids: list[ExternalId] = record_column(A, "external_ids", "ExternalId", external_ids)
    primary_category: Annotated["Category", strawberry.lazy("byline.schema.types.category")] | None = row_column(
        A,
        "primary_category",
        Kind.CATEGORY,
        node,
        "Main category: the one that a source states for the author, else the most frequent primary category of the papers; "
        "ties go to the most frequent of all their categories, then to the first code.",
    )
    paper_count: int = column(A, "paper_count")
    citation_count: int | None = column(A, "citation_count")
    coauthor_count: int = column(A, "coauthor_count")
    papers: Annotated["AuthorPaperConnection", strawberry.lazy("byline.schema.types.paper_lists")] = connection(
        Kind.PAPER, AUTHOR_PAPERS, NEWEST, where=PaperFilter, order=AuthorPaperOrder, where_edge=AuthorPaperEdgeFilter
    )
    coauthors: Annotated["CoauthorConnection", strawberry.lazy("byline.schema.types.author_lists")] = connection(
        A,
        COAUTHORS,
        BY_PAPERS,
        "Authors with at least one shared paper, one entry each.",
        where=AuthorFilter,
        order=CoauthorOrder,
        where_edge=CoauthorEdgeFilter,
        years=True,
        cap=True,
    )
    collaborators: Annotated["CollaboratorConnection", strawberry.lazy("byline.schema.types.collaborators")] = connection(
        A,
        COLLABORATORS,
        BY_SHARED,
        "Authors at exactly `distance` steps in the coauthor graph, each once; most coauthors one step nearer first, then by id. "
        "At 2: coauthors of coauthors who are not coauthors themselves.",
        where=AuthorFilter,
        order=CollaboratorOrder,
        where_edge=CollaboratorEdgeFilter,
        years=True,
        cap=True,
        distance=True,
    )
    suggested_collaborators: Annotated[
        "SuggestedCollaboratorConnection", strawberry.lazy("byline.schema.types.collaborators")
    ] = suggested_collaborators()
    affiliations: Annotated["AffiliationConnection", strawberry.lazy("byline.schema.types.institution_lists")] = connection(
        Kind.INSTITUTION,
        AFFILIATIONS,
        BY_NAME,
        where=InstitutionFilter,
        order=AffiliationOrder,
        where_edge=AffiliationEdgeFilter,
        years=True,
    )
    metrics: AuthorMetrics = field(
        _metrics,
        "Metrics computed from the papers and citations in this graph.",
        Planned(metrics_plan(author_scope)),
        years=YEARS,
        as_of=AS_OF,
        exclude_self_citations=argument(
            bool, False, "Whether to leave out citing papers that the author wrote as well. Default: false."
        ),
    )
    network: Annotated["Network", strawberry.lazy("byline.schema.types.network")] = network_around()
    reported: list[ReportedMetrics] = record_column(A, "reported", "ReportedMetrics", reported_figures)

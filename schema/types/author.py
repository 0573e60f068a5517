"""A person."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from byline.graph.model import AFFILIATIONS, AUTHOR_PAPERS, COAUTHORS, COLLABORATORS, Kind
from byline.graph.request import NEWEST
from byline.schema.fields import Infos, column, field, record_column, row_column
from byline.schema.inputs.filters import AuthorFilter, PaperFilter
from byline.schema.inputs.orders import BY_NAME, BY_PAPERS, BY_SHARED, CoauthorOrder, PaperOrder
from byline.schema.types.connections import connection
from byline.schema.types.measures import Group, measure, worked
from byline.schema.types.metrics import AuthorMetrics
from byline.schema.types.neighbourhood_fields import network_around, suggested_collaborators
from byline.schema.types.node import Node, entity, node
from byline.schema.types.values import ExternalId, Measure, ReportedMetrics, YearRange, external_ids
from byline.schema.types.values import reported as reported_figures

if TYPE_CHECKING:
    from byline.schema.types.author_lists import CoauthorConnection
    from byline.schema.types.category import Category
    from byline.schema.types.collaborators import CollaboratorConnection, SuggestedCollaborator
    from byline.schema.types.institution_lists import AffiliationConnection
    from byline.schema.types.network import Network
    from byline.schema.types.paper_lists import AuthorPaperConnection

A = Kind.AUTHOR


def _metrics(root: Any, info: Infos, years: Any, as_of: date | None, exclude_self_citations: bool) -> AuthorMetrics:
    return AuthorMetrics.asked(root.row, years, as_of, exclude_self_citations)


@entity(A, "A person who wrote papers.")
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
        "The category that a source states for the person, else the most frequent primary category of the papers; among equals "
        "the most frequent of all their categories, then the earliest code.",
    )
    papers: Annotated["AuthorPaperConnection", strawberry.lazy("byline.schema.types.paper_lists")] = connection(
        Kind.PAPER, AUTHOR_PAPERS, NEWEST, where=PaperFilter, order=PaperOrder, backwards=True
    )
    coauthors: Annotated["CoauthorConnection", strawberry.lazy("byline.schema.types.author_lists")] = connection(
        A,
        COAUTHORS,
        BY_PAPERS,
        "People who share at least one paper; one entry a person, never the person themself.",
        where=AuthorFilter,
        order=CoauthorOrder,
        years=True,
        cap=True,
    )
    collaborators: Annotated["CollaboratorConnection", strawberry.lazy("byline.schema.types.collaborators")] = connection(
        A,
        COLLABORATORS,
        BY_SHARED,
        "People exactly `distance` steps away from coauthor to coauthor, each once, those first who share papers with most "
        "people one step nearer, then by id. 2 steps: coauthors of coauthors who are no coauthors.",
        where=AuthorFilter,
        years=True,
        cap=True,
        distance=True,
    )
    suggested_collaborators: list[Annotated["SuggestedCollaborator", strawberry.lazy("byline.schema.types.collaborators")]] = (
        suggested_collaborators()
    )
    affiliations: Annotated["AffiliationConnection", strawberry.lazy("byline.schema.types.institution_lists")] = connection(
        Kind.INSTITUTION, AFFILIATIONS, BY_NAME
    )
    core: Measure = measure("core", "How deep in the coauthor graph the person stands.")
    clustering: Measure = measure("clustering", "Which share of the pairs of the person's coauthors are coauthors.")
    component: Group = worked("component", "Group", "People to whom a chain of shared papers leads.")
    community: Group = worked("community", "Group", "The circle of people that the person mostly writes with.")
    metrics: AuthorMetrics = field(
        _metrics,
        "Figures that the graph yields. `years` chooses the papers, `asOf` the papers and citations that were out by that day, "
        "`excludeSelfCitations` leaves out citing papers that the person wrote.",
        "author_metrics",
        years=(YearRange | None, strawberry.UNSET),
        as_of=(date | None, strawberry.UNSET),
        exclude_self_citations=(bool, False),
    )
    network: Annotated["Network", strawberry.lazy("byline.schema.types.network")] = network_around()
    reported: list[ReportedMetrics] = record_column(A, "reported", "ReportedMetrics", reported_figures)

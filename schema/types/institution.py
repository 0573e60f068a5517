"""An institution."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from byline.graph.model import COLLABORATIONS, INSTITUTION_AUTHORS, INSTITUTION_PAPERS, Kind
from byline.graph.request import NEWEST
from byline.schema.fields import column, record_column
from byline.schema.inputs.edge_filters import InstitutionAuthorEdgeFilter, InstitutionCollaborationEdgeFilter
from byline.schema.inputs.edge_orders import InstitutionAuthorOrder, InstitutionCollaborationOrder
from byline.schema.inputs.filters import AuthorFilter, InstitutionFilter, PaperFilter
from byline.schema.inputs.orders import BY_NAME, BY_PAPERS, PaperOrder
from byline.schema.types.connections import connection
from byline.schema.types.node import Node, entity
from byline.schema.types.paper_set_metrics import PaperSetMetrics, paper_set_metrics
from byline.schema.types.values import ExternalId, external_ids

if TYPE_CHECKING:
    from byline.schema.types.author_lists import InstitutionAuthorConnection
    from byline.schema.types.institution_lists import InstitutionCollaborationConnection
    from byline.schema.types.paper_lists import PaperConnection

I = Kind.INSTITUTION  # noqa: E741


@entity(I, "A university, company or other organisation that authors are affiliated with.")
class Institution(Node):
    """See the vocabulary for the columns."""

    name: str = column(I, "name")
    names: list[str] = column(I, "names")
    ror: str | None = column(I, "ror")
    country_code: str | None = column(I, "country_code")
    country_reason: str | None = column(I, "country_reason")
    country: str | None = column(I, "country")
    region: str | None = column(I, "region")
    city: str | None = column(I, "city")
    types: list[str] = column(I, "institution_types")
    homepage: str | None = column(I, "homepage")
    external_ids: list[ExternalId] = record_column(I, "external_ids", "ExternalId", external_ids)
    paper_count: int = column(I, "paper_count")
    citation_count: int | None = column(I, "citation_count")
    author_count: int | None = column(I, "author_count")
    metrics: PaperSetMetrics = paper_set_metrics()
    papers: Annotated["PaperConnection", strawberry.lazy("byline.schema.types.paper_lists")] = connection(
        Kind.PAPER, INSTITUTION_PAPERS, NEWEST, where=PaperFilter, order=PaperOrder
    )
    authors: Annotated["InstitutionAuthorConnection", strawberry.lazy("byline.schema.types.author_lists")] = connection(
        Kind.AUTHOR,
        INSTITUTION_AUTHORS,
        BY_NAME,
        where=AuthorFilter,
        order=InstitutionAuthorOrder,
        where_edge=InstitutionAuthorEdgeFilter,
        years=True,
    )
    collaborations: Annotated["InstitutionCollaborationConnection", strawberry.lazy("byline.schema.types.institution_lists")] = (
        connection(
            I,
            COLLABORATIONS,
            BY_PAPERS,
            "Institutions with at least one shared paper.",
            where=InstitutionFilter,
            order=InstitutionCollaborationOrder,
            where_edge=InstitutionCollaborationEdgeFilter,
            years=True,
        )
    )

"""A paper, book or preprint."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from byline.graph.model import CITED_BY, PAPER_AUTHORS, PAPER_CATEGORIES, PAPER_INSTITUTIONS, REFERENCES, Kind
from byline.graph.request import NEWEST, Hop, Select
from byline.schema.fields import HopField, Infos, Planned, column, field, one, record_column, row_column
from byline.schema.inputs.edge_filters import PaperAuthorEdgeFilter
from byline.schema.inputs.edge_orders import PaperAuthorOrder
from byline.schema.inputs.filters import AuthorFilter, InstitutionFilter, PaperFilter
from byline.schema.inputs.orders import AS_PRINTED, BY_NAME, InstitutionOrder, PaperOrder
from byline.schema.types.arguments import AS_OF
from byline.schema.types.connections import connection
from byline.schema.types.metrics import PaperMetrics, metrics_plan, paper_scope
from byline.schema.types.node import Node, entity, node
from byline.schema.types.outside_works import UnresolvedReferenceConnection, works
from byline.schema.types.similar import SimilarPaperConnection, similar_papers
from byline.schema.types.values import (
    ExternalId,
    Funding,
    PaperUrl,
    PaperVersion,
    ReportedMetrics,
    external_ids,
    paper_funding,
    paper_urls,
    paper_versions,
)
from byline.schema.types.values import reported as reported_figures

if TYPE_CHECKING:
    from byline.schema.types.author_lists import PaperAuthorConnection
    from byline.schema.types.category import Category
    from byline.schema.types.institution_lists import InstitutionConnection
    from byline.schema.types.paper_lists import PaperConnection
    from byline.schema.types.venue import Venue

P = Kind.PAPER
Categories = Annotated["Category", strawberry.lazy("byline.schema.types.category")]
Papers = Annotated["PaperConnection", strawberry.lazy("byline.schema.types.paper_lists")]


async def _categories(root: Any, info: Infos) -> list[Any]:
    categories = await info.context.store.expand(Hop(PAPER_CATEGORIES), one(root.row), Select())
    return [node(Kind.CATEGORY, row) for row in categories.rows.tolist()]


def _metrics(root: Any, info: Infos, as_of: date | None) -> PaperMetrics:
    return PaperMetrics(row=root.row, as_of=as_of or None)


@entity(P, "A paper, book or preprint.")
class Paper(Node):
    """See the vocabulary for the columns."""

    title: str = column(P, "title")
    abstract: str | None = column(P, "abstract")
    year: int | None = column(P, "year")
    published_on: date | None = column(P, "published_on")
    doi: str | None = column(P, "doi")
    arxiv_id: str | None = column(P, "arxiv_id")
    language: str | None = column(P, "language")
    type: str | None = column(P, "paper_type")
    venue: Annotated["Venue", strawberry.lazy("byline.schema.types.venue")] | None = row_column(
        P, "venue", Kind.VENUE, node, "Where the paper was published; null if no source states it."
    )
    volume: str | None = column(P, "volume")
    issue: str | None = column(P, "issue")
    pages: str | None = column(P, "pages")
    keywords: list[str] = column(P, "keywords")
    urls: list[PaperUrl] = record_column(P, "urls", "PaperUrl", paper_urls)
    license: str | None = column(P, "license")
    open_access: bool | None = column(P, "open_access")
    retracted: bool | None = column(P, "retracted")
    versions: list[PaperVersion] = record_column(P, "versions", "PaperVersion", paper_versions)
    funding: list[Funding] = record_column(P, "funding", "Funding", paper_funding)
    external_ids: list[ExternalId] = record_column(P, "external_ids", "ExternalId", external_ids)
    primary_category: Categories | None = row_column(
        P, "primary_category", Kind.CATEGORY, node, "Primary category: the first one."
    )
    categories: list[Categories] = field(_categories, PAPER_CATEGORIES.about, HopField(PAPER_CATEGORIES))
    authors: Annotated["PaperAuthorConnection", strawberry.lazy("byline.schema.types.author_lists")] = connection(
        Kind.AUTHOR,
        PAPER_AUTHORS,
        AS_PRINTED,
        "The authors of the paper. Those that are known but not printed come last in printed order.",
        where=AuthorFilter,
        order=PaperAuthorOrder,
        where_edge=PaperAuthorEdgeFilter,
    )
    author_count: int | None = column(P, "author_count")
    author_list_complete: bool = column(P, "author_list_complete")
    institutions: Annotated["InstitutionConnection", strawberry.lazy("byline.schema.types.institution_lists")] = connection(
        Kind.INSTITUTION, PAPER_INSTITUTIONS, BY_NAME, where=InstitutionFilter, order=InstitutionOrder
    )
    references: Papers = connection(P, REFERENCES, NEWEST, where=PaperFilter, order=PaperOrder)
    cited_by: Papers = connection(P, CITED_BY, NEWEST, where=PaperFilter, order=PaperOrder)
    citation_count: int | None = column(P, "citation_count")
    references_complete: bool | None = column(P, "references_complete")
    outside_citation_count: int = column(P, "outside_citation_count")
    unresolved_references: UnresolvedReferenceConnection = works(
        "unresolved_references", "The cited works that are not in this graph."
    )
    unresolved_citations: UnresolvedReferenceConnection = works(
        "unresolved_citations", "The citing works that are not in this graph, each once."
    )
    similar_papers: SimilarPaperConnection = similar_papers()
    metrics: PaperMetrics = field(
        _metrics,
        "Metrics computed from the citations in this graph.",
        Planned(metrics_plan(paper_scope)),
        as_of=AS_OF,
    )
    reported: list[ReportedMetrics] = record_column(P, "reported", "ReportedMetrics", reported_figures)

"""Small values: external ids, reported figures, computed measures, years, facets."""

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from byline.graph import ids
from byline.graph.model import Kind
from byline.graph.request import Facet as FacetBy

if TYPE_CHECKING:
    from byline.schema.types.node import Node


@strawberry.enum(description="What papers can be counted by.")
class PaperFacet(Enum):
    """Members of graph.where.Facet under their public names."""

    YEAR = FacetBy.YEAR
    CATEGORY = FacetBy.CATEGORY
    INSTITUTION = FacetBy.INSTITUTION
    AUTHOR = FacetBy.AUTHOR


@strawberry.type(description="An id in another catalogue.")
class ExternalId:
    """scheme and value in their normal form."""

    scheme: str = strawberry.field(description="The catalogue: doi, arxiv, orcid, ror, acl, openalex, s2 and so on.")
    value: str = strawberry.field(description="The id in its normal form, without a URL.")
    url: str | None = strawberry.field(description="Where it leads, if the catalogue has a page for it.")


def external_ids(kind: Kind, entries: list[dict[str, str]] | None) -> list[ExternalId]:
    """A node's list of external ids."""
    return [ExternalId(scheme=e["scheme"], value=e["value"], url=ids.url(kind, e["scheme"], e["value"])) for e in entries or []]


@strawberry.type(description="Figures that a source states, as it states them. They are never mixed with what the graph yields.")
class ReportedMetrics:
    """One source's figures at one time."""

    source: str = strawberry.field(description="The source that states them.")
    as_of: date | None = strawberry.field(description="The day for which they hold, where the source says.")
    h_index: int | None = strawberry.field(description="h-index.")
    paper_count: int | None = strawberry.field(description="Papers.")
    citation_count: int | None = strawberry.field(description="Citations.")
    novelty: float | None = strawberry.field(description="The source's own novelty figure, between 0 and 1.")
    ai_score: float | None = strawberry.field(description="The source's own AI score.")


def reported(_: Kind, entries: list[dict[str, Any]] | None) -> list[ReportedMetrics]:
    """A node's reported figures."""
    return [ReportedMetrics(**entry) for entry in entries or []]


@strawberry.type(description="A year and how many papers it has.")
class YearCount:
    """One year."""

    year: int = strawberry.field(description="The year.")
    count: int = strawberry.field(description="Papers of that year.")


@strawberry.type(description="A computed figure and how far to trust it.")
class Measure:
    """value is null, with a reason, rather than made up."""

    value: float | None = strawberry.field(description="The figure; null where it cannot be told.")
    method: str = strawberry.field(description="How it is computed, with the source of the definition.")
    sample_size: int = strawberry.field(description="What went in: papers, citations or people, as the method says.")
    is_lower_bound: bool = strawberry.field(
        description="Whether the true figure may be higher, because the graph is known to miss something."
    )
    reason: str | None = strawberry.field(description="Why there is no value.")


@strawberry.type(description="One value of a facet.")
class Facet:
    """A key, how many papers have it, and the node it stands for."""

    key: str | None = strawberry.field(description="The value: a year, a category's code, an id; null where it is unknown.")
    label: str = strawberry.field(description="The value in words.")
    count: int = strawberry.field(description="Papers with this value.")
    node: Annotated["Node", strawberry.lazy("byline.schema.types.node")] | None = strawberry.field(
        description="What the key stands for."
    )


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    """Relay's page information."""

    has_next_page: bool = strawberry.field(description="Whether entries follow.")
    has_previous_page: bool = strawberry.field(description="Whether entries come before.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first entry.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last entry.")


@strawberry.input(description="Years, both ends included. A paper of unknown year is in no range that has an end.")
class YearRange:
    """from and to, either of them open."""

    from_: int | None = strawberry.field(name="from", default=strawberry.UNSET, description="First year.")
    to: int | None = strawberry.field(default=strawberry.UNSET, description="Last year.")

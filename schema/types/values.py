"""Small values: external ids, reported figures, computed measures, years, page info."""

from datetime import date
from enum import Enum
from typing import Any

import strawberry

from byline.graph import ids
from byline.graph.model import Kind


@strawberry.type(description="An identifier in an external catalogue.")
class ExternalId:
    """scheme and value in their normal form."""

    scheme: str = strawberry.field(description="Catalogue: doi, arxiv, orcid, ror, acl, openalex, s2 and others.")
    value: str = strawberry.field(description="Identifier in normal form, without a URL.")
    url: str | None = strawberry.field(description="Its page in the catalogue, if there is one.")


@strawberry.enum(description="What an address on the web leads to.")
class UrlKind(Enum):
    """As records state it."""

    LANDING_PAGE = strawberry.enum_value("LANDING_PAGE", description="A page about the paper.")
    PDF = strawberry.enum_value("PDF", description="Its text as PDF.")
    CODE = strawberry.enum_value("CODE", description="Code.")
    DATA = strawberry.enum_value("DATA", description="Data.")
    VIDEO = strawberry.enum_value("VIDEO", description="A recorded talk.")
    SUPPLEMENT = strawberry.enum_value("SUPPLEMENT", description="Slides, a poster, an appendix or other material.")


@strawberry.type(description="An address of a paper on the web, as a source states it.")
class PaperUrl:
    """kind and url."""

    kind: UrlKind = strawberry.field(description="What is there.")
    url: str = strawberry.field(description="The address.")


def paper_urls(_: Kind, entries: list[dict[str, str]] | None) -> list[PaperUrl]:
    """A paper's addresses."""
    return [PaperUrl(kind=UrlKind(entry["kind"]), url=entry["url"]) for entry in entries or []]


@strawberry.type(description="A version of a paper, as a source states it.")
class PaperVersion:
    """version and day."""

    # `label` is the text of a facet's value there, and nothing else.
    label: str = strawberry.field(name="version", description="What the source calls it, such as v1.")
    published_on: date | None = strawberry.field(description="Day of the version; null if the source states none.")


def paper_versions(_: Kind, entries: list[dict[str, Any]] | None) -> list[PaperVersion]:
    """A paper's versions."""
    return [PaperVersion(**entry) for entry in entries or []]


@strawberry.type(description="A funder of a paper, as a source states it.")
class Funding:
    """funder and grant."""

    funder: str = strawberry.field(description="Name of the funder.")
    funder_id: str | None = strawberry.field(description="Its id as `scheme:value`, such as a ROR id; null if none is stated.")
    award: str | None = strawberry.field(description="Number of the grant; null if none is stated.")


def paper_funding(_: Kind, entries: list[dict[str, Any]] | None) -> list[Funding]:
    """A paper's funders."""
    return [Funding(**entry) for entry in entries or []]


def external_ids(kind: Kind, entries: list[dict[str, str]] | None) -> list[ExternalId]:
    """A node's list of external ids."""
    return [ExternalId(scheme=e["scheme"], value=e["value"], url=ids.url(kind, e["scheme"], e["value"])) for e in entries or []]


@strawberry.type(description="Metrics as stated by a source. They are never mixed with what Byline computes.")
class ReportedMetrics:
    """One source's figures at one time."""

    source: str = strawberry.field(description="Name of the source.")
    as_of: date | None = strawberry.field(description="Day for which the source states them; null if it states none.")
    h_index: int | None = strawberry.field(description="h-index, as stated.")
    paper_count: int | None = strawberry.field(description="Number of papers, as stated.")
    citation_count: int | None = strawberry.field(description="Number of citations, as stated.")
    novelty: float | None = strawberry.field(description="The source's novelty score, 0 to 1.")
    ai_score: float | None = strawberry.field(description="The source's AI score.")


def reported(_: Kind, entries: list[dict[str, Any]] | None) -> list[ReportedMetrics]:
    """A node's reported figures."""
    return [ReportedMetrics(**entry) for entry in entries or []]


@strawberry.type(description="Number of papers in a year.")
class YearCount:
    """One year."""

    year: int = strawberry.field(description="Year of publication.")
    count: int = strawberry.field(description="Number of papers published in that year.")


@strawberry.type(description="A computed metric, with its method and how far to trust it.")
class Measure:
    """value is null, with a reason, rather than made up."""

    value: float | None = strawberry.field(description="The value; null if it cannot be computed, see `reason`.")
    method: str = strawberry.field(description="How it is computed, with the reference of the definition.")
    sample_size: int = strawberry.field(
        description="Number of papers, citations or authors that the value is computed from, as `method` says."
    )
    is_lower_bound: bool = strawberry.field(
        description="Whether the true value may be higher, because the graph is known to be incomplete where it matters."
    )
    reason: str | None = strawberry.field(description="Why there is no value; null if there is one.")


@strawberry.type(description="Position of a page in its list, as in the Relay specification.")
class PageInfo:
    """Relay's page information."""

    has_next_page: bool = strawberry.field(description="Whether there are entries after this page.")
    has_previous_page: bool = strawberry.field(description="Whether there are entries before this page.")
    start_cursor: str | None = strawberry.field(description="Cursor of the first entry; null if the page is empty.")
    end_cursor: str | None = strawberry.field(description="Cursor of the last entry; null if the page is empty.")


@strawberry.input(description="Range of publication years, both ends included. Undated papers are in no range that has a bound.")
class YearRange:
    """from and to, either of them open."""

    from_: int | None = strawberry.field(
        name="from", default=strawberry.UNSET, description="First year; must not be after `to`. Default: open."
    )
    to: int | None = strawberry.field(default=strawberry.UNSET, description="Last year. Default: open.")

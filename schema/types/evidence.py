"""What belongs to an entry of a list rather than to its node: positions, institutions on a paper, shared papers, years."""

from collections.abc import Callable
from typing import Any, TypeAlias

from byline.graph.model import AUTHORSHIP_INSTITUTIONS, Edge, Kind
from byline.graph.query import operators as ops
from byline.graph.query.slots import ConnectionArgs
from byline.graph.request import EVERYTHING, NEWEST, Facet, Hop, Page, Select
from byline.graph.store.protocol import Rows
from byline.schema.fields import EvidenceField, HopField, Infos, PlanCompiler, Planned, Selected, field, one, returned
from byline.schema.inputs.filters import PaperFilter
from byline.schema.inputs.listing import fetch, pair, understand
from byline.schema.inputs.orders import PaperOrder
from byline.schema.types.arguments import PAGING, order_of_list, where_of_list
from byline.schema.types.node import node
from byline.schema.types.values import YearCount

CORRESPONDING = "Whether this is a corresponding author of the paper; null if no source says."
COUNTRIES = (
    "Countries that this authorship states, ISO 3166-1 alpha-2: one for each of `institutions`, in their order; null if it "
    "states none or several for that one. Empty if it states none at all. The country of the institution itself is its "
    "`countryCode`."
)


# From an object to its two ends and to the hop that led from one to the other.
Ends: TypeAlias = Callable[[Any], tuple[Rows, Hop]]


def entry_ends(root: Any) -> tuple[Rows, Hop]:
    """The ends of an entry of a connection."""
    return pair(int(root.listing.source[0]), root.listing.rows[root.at]), root.listing.args.hop


def authorship_institutions() -> Any:
    """The institutions that an authorship names, as printed."""

    async def resolve(root: Any, info: Infos) -> list[Any]:
        authorship = int(root.listing.ragged.edge_rows[root.at])
        institutions = await info.context.store.expand(Hop(AUTHORSHIP_INSTITUTIONS), one(authorship), Select())
        return [node(Kind.INSTITUTION, row) for row in institutions.rows.tolist()]

    description = "Affiliations: the institutions of this author on this paper, if the source assigns them to authors."
    return field(resolve, description, HopField(AUTHORSHIP_INSTITUTIONS, of_entry=True))


def shared_papers(edge: Edge, ends: Ends = entry_ends) -> Any:
    """The papers behind an entry: those that it shares with the node the list belongs to, in the list's window."""
    return evidence(EvidenceField(edge, Kind.PAPER, NEWEST), "The shared papers.", PaperFilter, PaperOrder, ends)


def evidence(declared: EvidenceField, about: str, where: Any, order: Any, ends: Ends = entry_ends) -> Any:
    """A connection from both ends of an entry."""

    async def resolve(root: Any, info: Infos, **arguments: Any) -> Any:
        args = understand(declared, arguments, info.context.limits)
        both, above = ends(root)
        assert declared.edge is not None
        hop = Hop(declared.edge, above.window, above.distance)
        found = await fetch(info.context, declared.kind, both, ConnectionArgs(hop, args.select))
        return returned(info)(listing=found)

    arguments = {"where": where_of_list(where), "order_by": order_of_list(order, declared.default_order)} | PAGING
    return field(resolve, about, declared, **arguments)


def years_of_shared(edge: Edge) -> Any:
    """Shared papers by year, the earliest first."""

    async def resolve(root: Any, info: Infos) -> list[YearCount]:
        both, above = entry_ends(root)
        hop = Hop(edge, above.window)
        by_year = await info.context.store.facet(hop, both, EVERYTHING, Facet.YEAR, Page())
        years = [(int(key), int(count)) for key, count in zip(by_year.keys, by_year.counts, strict=True)]
        return [YearCount(year=year, count=count) for year, count in sorted(years)]

    def plan(at: PlanCompiler, selected: Selected) -> ops.Operator:
        return ops.EvidenceYears(selected.key, edge, at.members(selected))

    return field(resolve, "Number of shared papers by year, earliest first, without undated papers.", Planned(plan))

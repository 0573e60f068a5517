"""Links of networks by papers, with the papers behind them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import strawberry

from byline.graph.model import Kind
from byline.graph.network.shared import SharedNetwork
from byline.graph.query import operators as ops
from byline.graph.query.cursors import cursors_at
from byline.graph.query.link_papers import link_facets, link_papers, why_longer_links
from byline.graph.request import EVERYTHING, NEWEST, Facet, Page, Where
from byline.graph.store.protocol import Counts, Store
from byline.schema.fields import MEMBER, Infos, ListingField, PlanCompiler, Selected, field, one
from byline.schema.inputs.filters import PaperFilter
from byline.schema.inputs.listing import Listing, understand
from byline.schema.inputs.orders import PaperOrder
from byline.schema.types.arguments import PAGING, order_of_list, where_of_list
from byline.schema.types.paper_lists import PaperConnection


@dataclass(frozen=True)
class LinkListing(Listing):
    """The papers of one link."""

    network: SharedNetwork | None = None
    at: int = 0
    counted: Where = EVERYTHING

    async def reason(self, store: Store) -> str | None:
        """See Listing."""
        assert self.network is not None
        (reason,) = await why_longer_links(store, self.network, [self.at], self.counted, self.args.select.where)
        return reason

    async def facet(self, store: Store, by: Facet, page: Page) -> Counts:
        """See Listing."""
        assert self.network is not None
        return await link_facets(store, self.network, [self.at], self.counted, self.args.select.where, by, page)


@dataclass(frozen=True)
class LinkPapersField(ListingField):
    """The connection to the papers of a link."""

    def plan(self, at: PlanCompiler, selected: Selected) -> ops.Operator:
        """See Declared."""
        return ops.LinkPapers(selected.key, at.connection_args(selected, self), at.members(selected, self.kind))


_PAPERS = LinkPapersField(None, Kind.PAPER, NEWEST)


async def _papers(root: Any, info: Infos, **arguments: Any) -> PaperConnection:
    args, store = understand(_PAPERS, arguments, info.context.limits), info.context.store
    ragged = await link_papers(store, root.drawing, [root.at], root.counted, args.select)
    cursors = await cursors_at(store, Kind.PAPER, args, ragged, np.arange(len(ragged.rows)))
    return PaperConnection(listing=LinkListing(Kind.PAPER, None, args, ragged, cursors, root.drawing, root.at, root.counted))


def _end(end: int) -> Any:
    async def resolve(root: Any, info: Infos) -> str:
        if root.drawing.keyword is not None:
            return str(root.drawing.keyword[root.drawing.links[root.at][end]])
        row = int(root.drawing.members.rows[root.drawing.links[root.at][end]])
        ((identifier,),) = await info.context.store.values(root.drawing.kind, one(row), ["id"])
        return str(identifier)

    return resolve


def _value(name: str, description: str) -> Any:
    return field(lambda root, info: root.drawing.values[name][root.at], description, MEMBER)


@strawberry.type(
    description="A link between two nodes of a network, with the papers behind it: shared ones, or as the relation says."
)
class SharedPaperLink:
    """Both ends by id, the one with the lower id first, and the papers behind."""

    drawing: strawberry.Private[SharedNetwork]
    at: strawberry.Private[int]
    counted: strawberry.Private[Where]
    source: strawberry.ID = field(_end(0), "Id of one node, the lower of the two; a keyword itself.", MEMBER)
    target: strawberry.ID = field(_end(1), "Id of the other node; a keyword itself.", MEMBER)
    paper_count: int = _value("paper_count", "Number of papers behind the link, of those that count in the network.")
    first_year: int | None = _value("first_year", "Year of the earliest dated one of these papers.")
    last_year: int | None = _value("last_year", "Year of the latest dated one.")
    papers: PaperConnection = field(
        _papers,
        "The papers behind the link, of those that count in the network.",
        _PAPERS,
        where=where_of_list(PaperFilter),
        order_by=order_of_list(PaperOrder, NEWEST),
        **PAGING,
    )

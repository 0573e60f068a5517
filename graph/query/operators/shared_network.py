"""Networks by shared papers: nodes of a kind, linked by the papers that they are on together, laid out, with these papers."""

from dataclasses import dataclass, field
from typing import Any

from byline.graph.model import Kind
from byline.graph.network.shared import SharedNetwork as Drawing
from byline.graph.query import metric_costs, visit_costs
from byline.graph.query.cost import NOTHING, Estimator
from byline.graph.query.emitter import Emitter
from byline.graph.query.encoders import Col
from byline.graph.query.keyword_networks import KeywordArgs, keyword_network
from byline.graph.query.link_papers import link_facets, link_papers, why_longer_links
from byline.graph.query.operators import text
from byline.graph.query.operators.connection import Connection
from byline.graph.query.operators.network import Network, NetworkLinks, NetworkRead
from byline.graph.query.operators.operator import Operator, columns_of, read_members
from byline.graph.query.operators.pages import EVERYTHING_READ, CompletenessRead, Needs, PagesRead
from byline.graph.query.price import Cost
from byline.graph.query.relations import SharedArgs
from byline.graph.query.run import Run
from byline.graph.query.shared_networks import shared_network
from byline.graph.query.slots import ConnectionArgs, Slot
from byline.graph.request import EVERYTHING, Facet, Page, Where
from byline.graph.store.protocol import Counts, Store

# Fields that tell of nodes that are not shown.
_OMITTED = {"omitted_nodes", "truncated"}


@dataclass
class SharedRead(NetworkRead):
    """See NetworkRead: one network, and which papers count in it."""

    counted: Where = EVERYTHING


@dataclass(frozen=True)
class SharedNetwork(Network):
    """Nodes of a kind linked by papers; or keywords; `args` is a SharedArgs or KeywordArgs,
    cells are named as in network/shared.py."""

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"network by papers {text.value(self.args, values)}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator. Every pair counts as a link: it is looked at in any case."""
        args: SharedArgs | KeywordArgs = at.value(self.args)
        side = args.first if args.keys is None else len(args.keys)
        links = side * max(side - 1, 0) / 2
        of_links = at.leading([part for part in self.fields if isinstance(part, SharedLinks)])
        of_nodes = at.leading([part for part in self.fields if not isinstance(part, SharedLinks)], Cost(1.0, 1.0))
        if isinstance(args, KeywordArgs):
            read = metric_costs.keywords(at, args)
        else:
            found = metric_costs.found_nodes(at, args) if self._counts(args) else Cost()
            read = found + metric_costs.linking_papers(at, args)
        if self.placed and args.ever is not None:
            read += read
        return of_nodes.times(side, side) + of_links.times(links, links) + Cost(links, visit_costs.HEAVY) + read

    def _counts(self, args: SharedArgs) -> bool:
        """Whether all nodes have to be looked at: to find the first ones, or to count those that are omitted."""
        return args.keys is None or not _OMITTED.isdisjoint(columns_of(self.fields))

    async def read(self, run: Run, level: Any) -> SharedRead:
        """See Operator."""
        args: SharedArgs | KeywordArgs = run.value(self.args)
        if isinstance(args, KeywordArgs):
            drawing = await keyword_network(run.store, args, self.placed)
        else:
            drawing = await shared_network(run.store, args, self._counts(args), self.placed)
        run.objects += 1 + len(drawing.members.rows) + len(drawing.links)
        read = SharedRead([drawing], drawing.members.rows, counted=args.where)
        read.inner = await read_members(run, self.fields, read)
        return read


@dataclass(frozen=True)
class SharedLinks(NetworkLinks):
    """See NetworkLinks: links that lead to papers."""

    leads = True

    async def ends(self, out: Emitter, read: NetworkRead, end: int) -> Col:
        """See NetworkLinks: of keywords themselves."""
        (drawing,) = read.layouts
        assert isinstance(drawing, Drawing)
        if drawing.keyword is None:
            return await super().ends(out, read, end)
        return read.leaf(out, "keyword", [drawing.keyword[link[end]] for link in drawing.links])

    def cost(self, at: Estimator) -> Cost:
        """See Operator: of one link."""
        return at.leading(self.fields, NOTHING)

    async def read(self, run: Run, level: SharedRead) -> dict[str, Any]:
        """See Operator."""
        return await read_members(run, self.fields, level)


@dataclass
class LinkPapersRead(PagesRead):
    """See PagesRead: a page for each link of a network."""

    network: Drawing | None = None
    counted: Where = EVERYTHING
    _reasons: CompletenessRead | None = field(default=None, repr=False)

    async def longer(self, store: Store) -> CompletenessRead:
        """See PagesRead."""
        if self._reasons is None:
            assert self.network is not None
            links, where = range(len(self.network.links)), self.args.select.where
            self._reasons = CompletenessRead(await why_longer_links(store, self.network, links, self.counted, where))
        return self._reasons

    async def facet(self, store: Store, by: Facet, page: Page) -> Counts:
        """See PagesRead."""
        assert self.network is not None
        links = range(len(self.network.links))
        return await link_facets(store, self.network, links, self.counted, self.args.select.where, by, page)


@dataclass(frozen=True)
class LinkPapers(Connection):
    """The papers of each link, as a connection."""

    key: str
    args: ConnectionArgs | Slot
    parts: tuple[Operator, ...]
    needs: Needs = EVERYTHING_READ
    kind = Kind.PAPER

    def label(self, values: text.Values) -> str:
        """See Operator."""
        return f"papers of links {text.listed(self.args, values, 'shared papers')}{self.needs.label()}"

    def cost(self, at: Estimator) -> Cost:
        """See Operator. All papers are ordered once, and then those of each link picked."""
        return super().cost(at) + Cost(once=2 * at.size(Kind.PAPER))

    def scanned(self, at: Estimator, args: ConnectionArgs) -> float:
        """See Connection: a link's papers are picked from lists of both of its ends, some 10 microseconds."""
        return 400.0

    async def read(self, run: Run, level: SharedRead) -> LinkPapersRead:
        """See Operator."""
        args: ConnectionArgs = run.value(self.args)
        (network,) = level.layouts
        assert isinstance(network, Drawing)
        ragged = await link_papers(run.store, network, range(len(network.links)), level.counted, args.select)
        read = LinkPapersRead(Kind.PAPER, args, ragged, None, network=network, counted=level.counted)
        read.inner = await read_members(run, self.parts, read)
        return read

"""Networks by papers over any store: whose they are, and how they are linked."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np

from byline.graph.errors import BadInput
from byline.graph.model import Kind
from byline.graph.network.shared import SharedNetwork, linked
from byline.graph.query.completeness import why_fewer_shared
from byline.graph.query.linking_papers import linking_papers
from byline.graph.query.relations import FACETS, OWN, SharedArgs
from byline.graph.query.unresolved import nodes_named
from byline.graph.request import EVERYTHING, NEWEST, Hop, Key, Page, Select
from byline.graph.store.protocol import Rows, Store


async def shared_network(store: Store, args: SharedArgs, omitted: bool = True, placed: bool = True) -> SharedNetwork:
    """The network that is asked for, with how many nodes it omits and with where they stand, if that is asked too. Raises BadId,
    AmbiguousKey, and BadInput where there are too many papers."""
    first, every = np.zeros(0, np.int32), 0
    if args.keys is None or omitted:
        first, every = await (_citing if args.cites else _counted)(store, args, args.first if args.keys is None else 0)
    rows = first if args.keys is None else await _named(store, args.kind, args.keys)
    network = await _linked(store, rows, args, every)
    if placed and args.ever is not None:
        # Papers of all years may be too many where those of some are not: then positions are of these.
        with suppress(BadInput):
            network = replace(network, whole=await _linked(store, rows, replace(args, where=args.ever), 0))
    edges = [OWN[args.kind]] if args.kind in OWN else []
    return replace(network, reason=await why_fewer_shared(store, edges, args.cites, args.where), method=args.method)


async def _linked(store: Store, rows: Rows, args: SharedArgs, every: int) -> SharedNetwork:
    linking, counts = await linking_papers(store, rows, args)
    (years,) = await store.columns(Kind.PAPER, linking.papers, ["year"])
    return linked(args.kind, rows, linking, years, args.least, counts, every)


async def _named(store: Store, kind: Kind, keys: Sequence[Key]) -> Rows:
    """The nodes of the keys, each once."""
    return np.array(list(dict.fromkeys((await nodes_named(store, kind, keys)).tolist())), np.int32)


async def _counted(store: Store, args: SharedArgs, first: int) -> tuple[Rows, int]:
    """The nodes on most papers that count, and how many nodes are on any."""
    counted = await store.facet(Kind.PAPER, np.zeros(1, np.int32), args.where, FACETS[args.kind], Page(first=first))
    return counted.rows, int(counted.totals[0])


async def _citing(store: Store, args: SharedArgs, first: int) -> tuple[Rows, int]:
    """The nodes whose papers are cited most by papers that count, or cite those most, and how many nodes have any such paper."""
    # Newest first is how a store is likely to keep its lists; any other order of so many entries would have to be made.
    papers = (await store.find(Kind.PAPER, Select(args.where))).rows
    reached = await store.expand(Hop(args.back), papers, Select(order=NEWEST))
    counts = np.bincount(reached.rows)
    if args.kind is Kind.PAPER:
        if args.own != EVERYTHING:
            there = np.isin(np.arange(len(counts)), (await store.find(Kind.PAPER, Select(args.own))).rows)
            counts[~there] = 0
    else:
        nodes = (await store.find(args.kind, Select())).rows
        own = await store.expand(Hop(OWN[args.kind]), nodes, Select(args.own, NEWEST))
        each = np.append(counts, 0)[np.minimum(own.rows, len(counts))]
        counts = np.bincount(np.repeat(nodes, np.diff(own.offsets)), each).astype(np.int64)
    some = np.flatnonzero(counts)
    return some[np.argsort(-counts[some], kind="stable")][:first].astype(np.int32), len(some)

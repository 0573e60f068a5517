"""Small networks drawn: links, communities, betweenness, a layout. NetworkX does the work on a graph of up to some hundred
people; everything that is random is seeded, so that the same question has the same answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np

from byline.graph.deadline import checkpoint
from byline.graph.metrics.betweenness import betweenness
from byline.graph.metrics.communities import communities
from byline.graph.metrics.components import numbered
from byline.graph.model import COAUTHORS, Kind
from byline.graph.network.layout import layout
from byline.graph.network.members import Members
from byline.graph.request import Hop, Select, Window
from byline.graph.store.protocol import Ragged, Rows, Store

SEED = 2001
VALUES = ("paper_count", "weight", "uncounted_papers", "first_year", "last_year")
# Decimals of a coordinate: finer than a pixel of any screen, coarser than the last bits in which two machines may differ.
DECIMALS = 4


@dataclass(frozen=True)
class NetworkLayout:
    """One network. People are numbered by their place among `members`; `links` are pairs of places, the lower row first, in the
    order of the rows, `values` run beside them. The figures are worked out when they are asked for."""

    members: Members
    links: list[tuple[int, int]]
    values: dict[str, list[Any]]
    # Why there may be more people and links than these.
    reason: str | None = None
    kind: Kind = Kind.AUTHOR
    # The same nodes over all years, where these are only some: positions are of there, so that nodes stay where they are from
    # year to year (foresighted layout: Diehl, Görg and Kerren 2001).
    whole: "NetworkLayout | None" = None

    @property
    def is_lower_bound(self) -> bool:
        """Whether there may be."""
        return self.reason is not None

    @cached_property
    def graph(self) -> nx.Graph:
        """The network with `paper_count` on its links."""
        graph = nx.Graph()
        graph.add_nodes_from(range(len(self.members.rows)))
        graph.add_weighted_edges_from(
            ((*link, papers) for link, papers in zip(self.links, self.values["paper_count"], strict=True)), weight="paper_count"
        )
        return graph

    @property
    def truncated(self) -> bool:
        """Whether people were left out."""
        return self.members.truncated

    @property
    def density(self) -> float:
        """Links over pairs of people; 0 for fewer than two people."""
        return float(nx.density(self.graph))

    @property
    def component_count(self) -> int:
        """Pieces that no link connects."""
        return int(nx.number_connected_components(self.graph))

    @cached_property
    def distance(self) -> list[int]:
        """Steps from the person, or the nearest of the people, asked for."""
        distances: list[int] = self.members.distances.tolist()
        return distances

    @cached_property
    def degree(self) -> list[int]:
        """Links of each person within the network."""
        return [degree for _, degree in self.graph.degree]

    @cached_property
    def cluster(self) -> list[int]:
        """Leiden communities by shared papers (Traag, Waltman and van Eck 2019), each connected inside; 0 is the largest one,
        equally large ones by their first id."""
        checkpoint()
        # Nodes in the order of their ids, whatever the order of the members.
        order = np.argsort(self.members.rows)
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        ends = rank[np.array(self.links, np.int64).reshape(-1, 2)]
        near, far = np.concatenate([ends, ends[:, ::-1]]).T
        weights = np.tile(np.array(self.values["paper_count"], np.int64), 2)
        entries = np.lexsort((far, near))
        offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.bincount(near, minlength=len(order)))])
        labels, _ = numbered(communities(offsets, far[entries].astype(np.int32), weights[entries]))
        cluster: list[int] = labels[rank].tolist()
        return cluster

    @cached_property
    def betweenness(self) -> list[float]:
        """The share of shortest paths between two others that go through each person (Freeman 1977)."""
        checkpoint()
        values: list[float] = betweenness(np.array(self.links, np.int64).reshape(-1, 2), len(self.members.rows)).tolist()
        return values

    @cached_property
    def _points(self) -> list[list[float]]:
        if self.whole is not None:
            return self.whole._points
        checkpoint()
        points: list[list[float]] = (layout(self.graph, self.cluster, SEED).round(DECIMALS) + 0.0).T.tolist()
        return points

    @cached_property
    def x(self) -> list[float]:
        """Coordinates of a force-directed layout (graph/network/layout.py), between -1 and 1."""
        return self._points[0]

    @cached_property
    def y(self) -> list[float]:
        """See x."""
        return self._points[1]


async def draw(store: Store, members: Sequence[Members], window: Window | None) -> list[NetworkLayout]:
    """The links between the people of each network, read for all networks at once."""
    people = np.unique(np.concatenate([np.zeros(0, np.int32), *(each.rows for each in members)]))
    lists = await store.expand(Hop(COAUTHORS, window), people, Select(values=VALUES))
    return [_among(each, people, lists) for each in members]


def _among(members: Members, people: Rows, lists: Ragged) -> NetworkLayout:
    order = np.argsort(members.rows)
    rows = members.rows[order]
    entries = [np.zeros(0, np.int64)]
    pairs: list[tuple[int, int]] = []
    bounds = list(pairwise(lists.offsets.tolist()))
    for place, row in zip(order.tolist(), rows, strict=True):
        start, stop = bounds[int(np.searchsorted(people, row))]
        far = lists.rows[start:stop]
        there = np.minimum(np.searchsorted(rows, far), len(rows) - 1)
        inside = np.flatnonzero((rows[there] == far) & (far > row))
        entries.append(inside + start)
        pairs += [(place, other) for other in order[there[inside]].tolist()]
    at = np.concatenate(entries)
    return NetworkLayout(members, pairs, {name: values.take(at).to_pylist() for name, values in lists.values.items()})

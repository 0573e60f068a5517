"""Networks by papers: nodes of any kind, linked by the papers that they share, or that cite from one to the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from byline.graph.metrics.cooccurrence import EARLY, LATE, Pairs, cooccurrence
from byline.graph.model import Kind
from byline.graph.network.drawing import NetworkLayout
from byline.graph.network.members import Members
from byline.graph.store.protocol import Rows

METHOD = "full counting: a paper counts 1 for each pair of nodes that is on it"
Places = npt.NDArray[np.int64]


class LinkingPapers(Protocol):
    """Papers, and which of them link which nodes."""

    @property
    def papers(self) -> Rows:
        """The papers, each once."""

    def pairs(self, years: Places, known: npt.NDArray[np.bool_], count: int) -> Pairs:
        """The pairs among `count` nodes that a paper links; `years` of the papers, of those of which it is `known`."""

    def behind(self, rank: Places, links: Sequence[tuple[int, int]], count: int) -> list[Places]:
        """What `rank` gives for the papers that link each of some pairs, ascending, without what is below 0."""


@dataclass(frozen=True)
class Incidence:
    """Which nodes are on which papers: entry i says that the node at `place[i]` is on `papers[paper[i]]`, each once, ascending by
    paper. A paper links all that are on it."""

    papers: Rows
    paper: Places
    place: Places

    def pairs(self, years: Places, known: npt.NDArray[np.bool_], count: int) -> Pairs:
        """See LinkingPapers."""
        return cooccurrence(self.paper, self.place, years, known, count)

    def behind(self, rank: Places, links: Sequence[tuple[int, int]], count: int) -> list[Places]:
        """See LinkingPapers."""
        ranks = rank[self.paper]
        inside = np.flatnonzero(ranks >= 0)
        inside = inside[np.lexsort((ranks[inside], self.place[inside]))]
        bounds = np.searchsorted(self.place[inside], np.arange(count + 1))
        own = [ranks[inside[bounds[node] : bounds[node + 1]]] for node in range(count)]
        return [np.intersect1d(own[near], own[far], assume_unique=True) for near, far in links]


@dataclass(frozen=True)
class DirectCitations:
    """Which papers of a node cite one of another: entry i says that `papers[paper[i]]` links the pair `pair[i]`, the lower place
    times the number of nodes and the higher one, each once, ascending by pair."""

    papers: Rows
    paper: Places
    pair: Places

    def pairs(self, years: Places, known: npt.NDArray[np.bool_], count: int) -> Pairs:
        """See LinkingPapers."""
        pairs, starts, papers = np.unique(self.pair, return_index=True, return_counts=True)
        first, last = (np.where(known, years, none)[self.paper] for none in (LATE, EARLY))
        if len(pairs):
            first, last = np.minimum.reduceat(first, starts), np.maximum.reduceat(last, starts)
        return Pairs(np.stack([pairs // max(count, 1), pairs % max(count, 1)], axis=1), papers, first, last)

    def behind(self, rank: Places, links: Sequence[tuple[int, int]], count: int) -> list[Places]:
        """See LinkingPapers."""
        wanted = np.array([min(link) * count + max(link) for link in links], np.int64)
        starts, stops = (np.searchsorted(self.pair, wanted, side=side).tolist() for side in ("left", "right"))
        found = [np.sort(rank[self.paper[start:stop]]) for start, stop in zip(starts, stops, strict=True)]
        return [ranks[ranks >= 0] for ranks in found]


@dataclass(frozen=True)
class SharedNetwork(NetworkLayout):
    """One network of nodes of a `kind`, or of keywords; `paper_count` of each node counts the papers that count.
    `omitted_nodes` are not among the members although they have such papers, `omitted_links` are pairs of members that share too
    few papers."""

    kind: Kind = Kind.INSTITUTION
    linking: LinkingPapers | None = None
    paper_count: tuple[int, ...] = ()
    omitted_nodes: int = 0
    omitted_links: int = 0
    method: str = METHOD
    # Each keyword, where these are the nodes; their rows are places in the order of all of them, and the kind says nothing.
    keyword: tuple[str, ...] | None = None

    @cached_property
    def strength(self) -> list[int]:
        """Sum of the papers of each node's links."""
        sums = [0] * len(self.members.rows)
        for link, papers in zip(self.links, self.values["paper_count"], strict=True):
            for end in link:
                sums[end] += papers
        return sums


def linked(kind: Kind, rows: Rows, linking: LinkingPapers, years: Any, least: int, counts: Places, every: int) -> SharedNetwork:
    """The network of some nodes, linked by at least `least` papers; `years` of the papers as an Arrow array, `counts` the
    papers of each node that count, `every` the number of nodes that have any."""
    known = np.asarray(years.is_valid())
    dated = np.asarray(years.fill_null(0), np.int64)
    found = linking.pairs(dated, known, len(rows))
    pairs = found.kept(found.papers >= least)
    others = every - int(np.count_nonzero(counts))
    return SharedNetwork(
        members=Members(rows, np.zeros(len(rows), np.int64), others > 0),
        kind=kind,
        linking=linking,
        paper_count=tuple(counts.tolist()),
        omitted_nodes=others,
        omitted_links=len(found.papers) - len(pairs.papers),
        **_by_rows(rows, pairs),
    )


def _by_rows(rows: Rows, pairs: Pairs) -> dict[str, Any]:
    """Links and their values in the order of the rows, the lower row first."""
    swapped = rows[pairs.ends[:, 0]] > rows[pairs.ends[:, 1]]
    ends = np.where(swapped[:, None], pairs.ends[:, ::-1], pairs.ends)
    order = np.lexsort((rows[ends[:, 1]], rows[ends[:, 0]]))
    values = {
        "paper_count": pairs.papers[order].tolist(),
        "first_year": [None if year == LATE else year for year in pairs.first[order].tolist()],
        "last_year": [None if year == EARLY else year for year in pairs.last[order].tolist()],
    }
    return {"links": [(near, far) for near, far in ends[order].tolist()], "values": values}

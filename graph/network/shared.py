"""Networks by shared papers: nodes of any kind that has papers, linked where they are on the same ones."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from byline.graph.metrics.cooccurrence import EARLY, LATE, Pairs, cooccurrence
from byline.graph.model import Kind
from byline.graph.network.drawing import NetworkLayout
from byline.graph.network.members import Members
from byline.graph.store.protocol import Rows

METHOD = "full counting: a paper counts 1 for each pair of nodes that is on it"


@dataclass(frozen=True)
class Incidence:
    """Which nodes are on which papers: entry i says that the node at `place[i]` is on `papers[paper[i]]`, each once, ascending by
    paper."""

    papers: Rows
    paper: npt.NDArray[np.int64]
    place: npt.NDArray[np.int64]


@dataclass(frozen=True)
class SharedNetwork(NetworkLayout):
    """One network of nodes of a `kind`; `paper_count` of each node counts the papers that count. `omitted_nodes` are not among
    the members although they have such papers, `omitted_links` are pairs of members that share too few papers."""

    kind: Kind = Kind.INSTITUTION
    incidence: Incidence | None = None
    paper_count: tuple[int, ...] = ()
    omitted_nodes: int = 0
    omitted_links: int = 0
    method: str = METHOD

    @cached_property
    def strength(self) -> list[int]:
        """Sum of the papers of each node's links."""
        sums = [0] * len(self.members.rows)
        for link, papers in zip(self.links, self.values["paper_count"], strict=True):
            for end in link:
                sums[end] += papers
        return sums


def linked(kind: Kind, rows: Rows, incidence: Incidence, years: Any, least: int, others: int) -> SharedNetwork:
    """The network of some nodes, linked where they share at least `least` papers; `years` of the papers as an Arrow array,
    `others` nodes besides them have papers that count."""
    known = np.asarray(years.is_valid())
    dated = np.asarray(years.fill_null(0), np.int64)
    every = cooccurrence(incidence.paper, incidence.place, dated, known, len(rows))
    pairs = every.kept(every.papers >= least)
    counts = np.bincount(incidence.place, minlength=len(rows))
    return SharedNetwork(
        members=Members(rows, np.zeros(len(rows), np.int64), others > 0),
        kind=kind,
        incidence=incidence,
        paper_count=tuple(counts.tolist()),
        omitted_nodes=others,
        omitted_links=len(every.papers) - len(pairs.papers),
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

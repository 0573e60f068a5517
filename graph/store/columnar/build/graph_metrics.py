"""The measures of the whole graph as columns, by the array kernels of graph/metrics."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from byline.graph.metrics.atypicality import atypicality
from byline.graph.metrics.clustering import REASON as TOO_DENSE
from byline.graph.metrics.clustering import clustering
from byline.graph.metrics.communities import MOST, communities
from byline.graph.metrics.communities import REASON as TOO_LARGE
from byline.graph.metrics.components import components, numbered
from byline.graph.metrics.cores import core_numbers
from byline.graph.metrics.graph_metrics import METHODS, PAIRED, About, account, too_many_pairs
from byline.graph.metrics.impact import impact
from byline.graph.metrics.pagerank import pagerank
from byline.graph.model import Facts, Kind
from byline.graph.spare_memory import trim
from byline.graph.store.columnar.build.columns import citation_counts, outside_counts
from byline.graph.store.columnar.build.derive import Adjacency, numbers
from byline.graph.store.columnar.edges.ties import Ties
from byline.graph.store.columnar.files.csr import NULL, Numbers
from byline.graph.store.columnar.files.disk import Progress, silent
from byline.graph.store.columnar.files.pair_bounds import BOUNDS, PairBounds
from byline.graph.store.protocol import Flags

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Whole:
    """Columns by kind and name, and what the manifest says about each measure."""

    columns: Mapping[Kind, Mapping[str, Numbers | Floats]]
    about: Mapping[str, About]

    def stated(self) -> dict[str, Any]:
        """The account as the manifest has it."""
        return {name: asdict(about) for name, about in self.about.items()}


def whole(facts: Facts, adjacency: Adjacency, progress: Progress = silent, bounds: PairBounds = BOUNDS) -> Whole:
    """All of them. Those that a graph of this size cannot afford are null, and the account says why."""
    steps = _steps(progress)
    next(steps)
    people, absent = _people(facts, adjacency, steps)
    if adjacency.met.ties is None:
        absent = dict.fromkeys(PAIRED, too_many_pairs(bounds.max_measured_pairs))
    outside = int(outside_counts(facts, "citations").sum())
    about = account(len(facts.links["citation"]), outside, absent)
    return Whole({Kind.AUTHOR: people, Kind.PAPER: _papers(facts, adjacency, steps)}, about)


def _steps(progress: Progress) -> Iterator[None]:
    for done in range(len(METHODS) + 1):
        progress("measures", done, len(METHODS))
        yield


def _people(facts: Facts, adjacency: Adjacency, steps: Iterator[None]) -> tuple[dict[str, Numbers | Floats], dict[str, str]]:
    """Columns of people, and why there are none of a measure."""
    sizes, authorship = adjacency.sizes, facts.nodes[Kind.AUTHORSHIP]
    ends = numbers(authorship["paper"]), numbers(authorship["author"])
    # A person without known papers is in no group, rather than in one alone.
    there = np.diff(adjacency.csr["author_papers"].offsets) > 0
    component, component_size = _numbered(components(*ends, (sizes[Kind.PAPER], sizes[Kind.AUTHOR])), there)
    next(steps)
    columns: dict[str, Numbers | Floats] = {"component": component, "component_size": component_size}
    if (ties := adjacency.met.ties) is not None:
        paired, absent = _paired(ties, there, steps)
        return columns | paired, absent
    for _ in PAIRED:
        next(steps)
    nothing = _nothing(sizes[Kind.AUTHOR])
    unknown = np.full(sizes[Kind.AUTHOR], np.nan)
    return columns | dict(zip(_PAIRED, (nothing[0], *nothing, unknown), strict=True)), {}


# The columns of the measures that look through all pairs of coauthors.
_PAIRED = ("core", "community", "community_size", "clustering")


def _paired(ties: Ties, there: Flags, steps: Iterator[None]) -> tuple[dict[str, Numbers | Floats], dict[str, str]]:
    """Those columns, and why there are none of a measure."""
    offsets, targets = ties.csr.offsets, ties.csr.targets
    shares = clustering(offsets, targets)
    next(steps)
    grouped = len(targets) <= MOST
    # Communities need the room in which pairs were sorted and triangles counted.
    trim()
    community, size = _numbered(communities(offsets, targets, ties.paper_count), there) if grouped else _nothing(len(there))
    next(steps)
    core = np.where(there, core_numbers(offsets, targets), NULL)
    next(steps)
    absent = ({} if shares is not None else {"clustering": TOO_DENSE}) | ({} if grouped else {"community": TOO_LARGE})
    columns = (core, community, size, np.full(len(there), np.nan) if shares is None else shares)
    return dict(zip(_PAIRED, columns, strict=True)), absent


def _numbered(labels: Numbers, there: Flags) -> tuple[Numbers, Numbers]:
    """Groups of those who are there numbered, and their sizes; NULL for the others."""
    number, size = _nothing(len(labels))
    number[there], size[there] = numbered(labels[there])
    return number, size


def _nothing(size: int) -> tuple[Numbers, Numbers]:
    return np.full(size, NULL), np.full(size, NULL)


def _papers(facts: Facts, adjacency: Adjacency, steps: Iterator[None]) -> dict[str, Numbers | Floats]:
    cited, categories = adjacency.csr["cited_by"], adjacency.csr["paper_categories"]
    size = adjacency.sizes[Kind.PAPER]
    some = np.diff(categories.offsets) > 0
    primary = np.full(size, NULL)
    primary[some] = categories.targets[categories.offsets[:-1][some]]
    citations = citation_counts(facts, adjacency)
    value, sample = impact(numbers(facts.nodes[Kind.PAPER]["year"]), primary, citations, int(NULL))
    citations_known = len(cited.targets) > 0
    next(steps)
    references = np.diff(adjacency.csr["references"].offsets)
    rank = pagerank(cited.offsets, cited.targets, references) if citations_known else np.full(size, np.nan)
    next(steps)
    rarity = atypicality(categories.offsets, categories.targets, adjacency.sizes[Kind.CATEGORY])
    next(steps)
    return {"pagerank": rank, "category_atypicality": rarity, "normalised_impact": value, "impact_sample": sample}

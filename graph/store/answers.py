"""What a store answers: rows, lists laid end to end, counts, paths, pages of a search, and the account of a snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from byline.graph.metrics.graph_metrics import About
from byline.graph.model import Kind, Source
from byline.graph.request import Hop, Search

Rows = npt.NDArray[np.int32]
Offsets = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
# An Arrow array; pyarrow carries no types.
Array = Any

MISSING = -1
AMBIGUOUS = -2


@dataclass(slots=True)
class Ragged:
    """One list for each row of a batch, laid end to end. Read only; it is not frozen because freezing takes longer than
    a small batch.

    List i is `rows[offsets[i]:offsets[i + 1]]`; `edge_rows` (authorships, for the two authorship hops, else None) and
    each of `values` run beside `rows`; `totals`, `has_next` and `has_previous` have one entry a list.
    """

    offsets: Offsets
    rows: Rows
    has_next: Flags
    has_previous: Flags
    edge_rows: Rows | None = None
    values: Mapping[str, Array] = field(default_factory=dict)
    totals: Offsets | None = None


# Which papers a facet counts: of a hop, of the root list, those that a search finds, or lists read before.
FacetSource: TypeAlias = Hop | Kind | Search | Ragged


@dataclass(frozen=True)
class Counts:
    """A page of the facets of each list of a batch, laid end to end: `keys[j]`, `labels[j]`, `rows[j]` its node (-1: none),
    `counts[j]`. One entry a list have `totals`, how many values there are, `unknown`, how many papers whose value is unknown,
    `has_next` and `has_previous`."""

    offsets: Offsets
    keys: list[str]
    labels: list[str]
    rows: Rows
    counts: Offsets
    totals: Offsets
    unknown: Offsets
    has_next: Flags
    has_previous: Flags


@dataclass(frozen=True)
class Scores:
    """Suggested nodes of each list of a batch, laid end to end: `rows[j]` and `scores[j]`, the likeliest first."""

    offsets: Offsets
    rows: Rows
    scores: npt.NDArray[np.float64]


class Status(StrEnum):
    """What became of a search for paths."""

    SAME = "SAME"
    FOUND = "FOUND"
    DISCONNECTED = "DISCONNECTED"
    BUDGET_EXCEEDED = "BUDGET_EXCEEDED"


@dataclass(frozen=True)
class Paths:
    """Paths of each pair of a batch. Those of pair i are the paths `paths[i]` to `paths[i + 1]`; path j is
    `rows[people[j]:people[j + 1]]`, both ends included.
    """

    statuses: list[Status]
    paths: Offsets
    people: Offsets
    rows: Rows


@dataclass(frozen=True)
class Degree:
    """How long the lists of an edge are: the longest, and the mean over all rows of its source. Where a store works out some
    lists when asked, `worked` is what it looks at for a list besides its entries, in the mean over all rows too."""

    longest: int
    mean: float
    worked: float = 0.0


@dataclass(frozen=True)
class SnapshotInfo:
    """What is being served."""

    version: str
    built_at: str
    counts: Mapping[str, int]
    sources: tuple[Source, ...]
    degrees: Mapping[str, Degree] = field(default_factory=dict)
    # How each measure of the whole graph was made, by name.
    measures: Mapping[str, About] = field(default_factory=dict)
    # The mean bytes of a value, by kind and column; a column that is not there holds no texts.
    widths: Mapping[tuple[Kind, str], float] = field(default_factory=dict)

    @property
    def citations_known(self) -> bool:
        """Whether any citation is known, by a paper of the graph or by a work outside of it."""
        return self.counts["citations"] + self.counts["outside_citations"] > 0

    @property
    def references_lacking(self) -> bool:
        """Whether references of papers are known to lead out of the graph, or are not known whole. A snapshot of before that does
        not count cut lists is not known to have none."""
        return self.counts["unresolved_references"] > 0 or self.counts.get("incomplete_reference_lists", 1) > 0


@dataclass(frozen=True)
class SearchPage:
    """A page of the answer to a search: kind and row of each node, its (level, citations, papers); `total` counts all pages."""

    kinds: list[Kind]
    rows: Rows
    places: list[tuple[int, int, int]]
    has_next: bool
    has_previous: bool
    total: int | None = None

    def entry(self, at: int) -> "SearchPage":
        """One entry as a page of its own."""
        here = slice(at, at + 1)
        return SearchPage(self.kinds[here], self.rows[here], self.places[here], self.has_next, self.has_previous, self.total)


@dataclass(frozen=True)
class Completed:
    """Nodes for begun words, the best first: kind and row of each node, and its name that fits."""

    kinds: list[Kind]
    rows: Rows
    texts: list[str]

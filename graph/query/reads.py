"""What executing a plan leaves: rows and lists of rows for every part of it. Their columns are read once the size is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from byline.graph.model import Kind
from byline.graph.query import ir
from byline.graph.request import Key
from byline.graph.store.protocol import Counts, Offsets, Ragged, Rows, SnapshotInfo


@dataclass
class NodesRead:
    """Rows of a kind, and by key what their outputs lead to."""

    shape: ir.Shape
    rows: Rows
    inner: dict[str, Any] = field(default_factory=dict)


@dataclass
class OneRead:
    """For each row the place of its node among `nodes`, -1 for none; no places: each row has its own, in order."""

    places: npt.NDArray[np.int64] | None
    nodes: NodesRead


@dataclass
class ManyRead:
    """Lists of nodes laid end to end."""

    offsets: Offsets
    nodes: NodesRead


@dataclass
class ListingRead:
    """A page for each source row; `parts` by key what each part leads to. `order` is what its cursors are made of."""

    kind: Kind
    asked: ir.ConnectionArgs
    ragged: Ragged
    parts: dict[str, Any] = field(default_factory=dict)


@dataclass
class EntriesRead:
    """By key what the outputs of the entries of a listing lead to."""

    inner: dict[str, Any]


@dataclass
class FacetsRead:
    """Counted values of each list; `nodes` of the keys, by output key."""

    counts: Counts
    inner: dict[str, OneRead | None]


@dataclass
class FiguresRead:
    """Figures by name, one entry a row; indices as (value or None, sample size, reason); measures by output key."""

    values: Mapping[str, Any]
    worked: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class CompletenessRead:
    """Of each list why it may be longer than it is known here, None where it is not."""

    reasons: list[str | None]


@dataclass
class YearsRead:
    """Counts by year of each list."""

    lists: list[list[tuple[int, int]]]


@dataclass
class ByIdsRead:
    """For each id the kind and the place among that kind's nodes; None where the id names nothing."""

    found: list[tuple[Kind, int] | None]
    nodes: dict[Kind, NodesRead]


@dataclass
class InfoRead:
    """The store's account."""

    info: SnapshotInfo


@dataclass
class PlanRead:
    """One read a root, by key; `objects` counts everything that the answer will show."""

    roots: dict[str, Any]
    objects: int
    # Keys that named no node, or several: where they were given, of which kind a node is wanted (any where None), what the store
    # answered.
    unnamed: list[tuple[str, Kind | None, Key, int]] = field(default_factory=list)
    # Whether only the list form can show it: nodes of several kinds in one list, or of a kind of which nothing is shown.
    lists_only: bool = False

"""The columnar store: the protocol over one open snapshot. The work is in the modules beside this one."""

from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from byline.graph.deadline import checkpoint
from byline.graph.metrics.graph_metrics import About
from byline.graph.model import COAUTHORS, COLLABORATORS, Kind
from byline.graph.request import (
    EVERYTHING,
    Complete,
    Facet,
    HitFacet,
    Hop,
    Key,
    Page,
    Prediction,
    Route,
    Search,
    Select,
    Where,
    Window,
)
from byline.graph.store.columnar.edges.coauthors import Coauthors
from byline.graph.store.columnar.files.load import sources
from byline.graph.store.columnar.files.ragged import Lists
from byline.graph.store.columnar.mapped.readers import ColumnReader, read
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.paths.routes import paths
from byline.graph.store.columnar.paths.steps import Neighbours
from byline.graph.store.columnar.paths.suggest import suggest
from byline.graph.store.columnar.read.conditions import fits, full_scan
from byline.graph.store.columnar.read.edge_conditions import entries_fit
from byline.graph.store.columnar.read.expansion import Expansion
from byline.graph.store.columnar.read.facets import facet, facet_all
from byline.graph.store.columnar.read.hops import follow, in_window
from byline.graph.store.columnar.read.id_rows import IdRows
from byline.graph.store.columnar.read.lookups import candidates, lookup
from byline.graph.store.columnar.read.small import ColumnarSmallReads
from byline.graph.store.columnar.read.titles import alike
from byline.graph.store.defaults.capabilities import Capabilities
from byline.graph.store.facet_page import kinds_page
from byline.graph.store.protocol import (
    Array,
    Completed,
    Counts,
    Degree,
    FacetSource,
    Paths,
    Ragged,
    Rows,
    Scores,
    SearchPage,
    SnapshotInfo,
)
from byline.graph.store.widths import widths
from byline.graph.typed_ids import typed_keys


class ColumnarStore(Capabilities):
    """`byline.graph.store.protocol.Store` over a memory-mapped snapshot. It overrides every default."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.csr = snapshot.csr
        self.edge_values = snapshot.edge_values
        self._expansion = Expansion(snapshot)
        self._ids = IdRows(snapshot)
        self._reading: dict[tuple[Kind, tuple[str, ...]], list[ColumnReader]] = {}

    @property
    def coauthors(self) -> Coauthors:
        """The lists of coauthors of all people, kept or worked out."""
        return self._snapshot.coauthors

    def size(self, kind: Kind) -> int:
        """How many nodes a kind has."""
        return self._snapshot.size(kind)

    def table(self, kind: Kind) -> pa.Table:
        """All columns of a kind."""
        return self._snapshot.tables[kind]

    async def lookup(self, kind: Kind, keys: Sequence[Key]) -> Rows:
        """See the protocol."""
        if all(key.by == "id" for key in keys):
            return self._ids.of(kind, [key.value for key in keys])
        return np.array([lookup(self._snapshot, kind, key) for key in keys], np.int32)

    async def find(self, kind: Kind, select: Select) -> Ragged:
        """See the protocol."""
        checkpoint()
        return self._expansion.find(kind, select)

    async def expand(self, hop: Hop, rows: Rows, select: Select) -> Ragged:
        """See the protocol."""
        checkpoint()
        return self._expansion.expand(hop, rows, select)

    async def columns(self, kind: Kind, rows: Rows, names: Sequence[str]) -> list[Array]:
        """See the protocol."""
        return [self._snapshot.reader(kind, name).take(rows) for name in names]

    async def candidates(self, kind: Kind, keys: Sequence[Key]) -> list[Rows]:
        """See the protocol."""
        return [np.array(candidates(self._snapshot, kind, key), np.int32) for key in keys]

    async def values(self, kind: Kind, rows: Rows, names: Sequence[str]) -> list[list[Any]]:
        """See the protocol."""
        readers = self._reading.get((kind, names := tuple(names)))
        if readers is None:
            readers = self._reading[kind, names] = [self._snapshot.reader(kind, name) for name in names]
        return read(readers, rows)

    async def facet(self, source: FacetSource, rows: Rows, where: Where, by: Facet | HitFacet, page: Page) -> Counts:
        """See the protocol."""
        checkpoint()
        if isinstance(source, Search):
            return self._facet_of_search(source, by, page)
        assert isinstance(by, Facet)
        if isinstance(source, Ragged):
            return facet(self._snapshot, Lists(source.offsets, source.rows), by, page)
        if isinstance(source, Hop):
            papers = follow(self._snapshot, source.edge, rows, source.window)
        else:
            chosen = None if where == EVERYTHING else full_scan(self._snapshot, source, where)
            return facet_all(self._snapshot, chosen, by, page)
        if where != EVERYTHING:
            papers = papers.keep(entries_fit(self._snapshot, source.edge, papers, where))
        return facet(self._snapshot, papers, by, page)

    def _facet_of_search(self, search: Search, by: Facet | HitFacet, page: Page) -> Counts:
        found = self._snapshot.finder.everything(search, self._named(search), partial(fits, self._snapshot))
        if isinstance(by, HitFacet):
            return kinds_page({kind: len(rows) for kind, rows in found.items()}, page)
        papers = found.get(Kind.PAPER, np.zeros(0, np.int32))
        return facet(self._snapshot, Lists(np.array([0, len(papers)]), papers), by, page)

    async def suggest(self, rows: Rows, window: Window | None, method: Prediction, first: int) -> Scores:
        """See the protocol."""
        checkpoint()
        return suggest(self._near(window), rows, method, first)

    async def alike(self, rows: Rows, first: int) -> Scores:
        """See the protocol."""
        checkpoint()
        return alike(self._snapshot, rows, first)

    async def paths(self, pairs: Rows, route: Route) -> Paths:
        """See the protocol."""
        checkpoint()
        return paths(self._near(route.window), pairs, route)

    def _near(self, window: Window | None) -> Neighbours:
        return Neighbours(self._snapshot, in_window(self._snapshot, window))

    async def search(self, searches: Sequence[Search]) -> list[SearchPage]:
        """See the protocol."""
        checkpoint()
        conditions = partial(fits, self._snapshot)
        return [self._snapshot.finder.search(search, self._named(search), conditions) for search in searches]

    def _named(self, search: Search) -> set[tuple[Kind, int]]:
        """Kind and row of the nodes that the text of a search is an identifier of."""
        keys = typed_keys(search.text)
        return {(kind, row) for kind, key in keys if (row := lookup(self._snapshot, kind, key)) >= 0}

    async def complete(self, begun: Sequence[Complete]) -> list[Completed]:
        """See the protocol."""
        return [self._snapshot.finder.complete(each) for each in begun]

    @cached_property
    def info(self) -> SnapshotInfo:
        """What is served."""
        about = self._snapshot.about
        degrees = {name: Degree(int(d["longest"]), d["mean"], d.get("worked", 0.0)) for name, d in about["degrees"].items()}
        # Bounds, not lengths: nobody has more collaborators than there are people.
        people = self.size(Kind.AUTHOR)
        degrees[COLLABORATORS.name] = Degree(people, min(people, degrees[COAUTHORS.name].mean ** 2))
        measures = {name: About(**stated) for name, stated in about["measures"].items()}
        shown = widths(self._snapshot.tables)
        return SnapshotInfo(about["version"], about["built_at"], about["counts"], sources(about), degrees, measures, shown)

    async def snapshot(self) -> SnapshotInfo:
        """See the protocol."""
        return self.info

    @cached_property
    def direct(self) -> ColumnarSmallReads:
        """See the protocol."""
        return ColumnarSmallReads(self._snapshot, self.info, self._expansion, self._ids)


def open_store(folder: Path) -> ColumnarStore:
    """Open a snapshot folder in milliseconds. Raises NoSnapshot, SnapshotDamaged, FormatTooNew."""
    return ColumnarStore(Snapshot.open(folder))

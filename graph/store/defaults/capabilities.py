"""Capabilities: the base class of a store that writes the core and takes the rest as it is, or overrides what it does better."""

from collections.abc import Sequence
from typing import Any

from byline.graph.model import Kind
from byline.graph.request import Complete, Facet, HitFacet, Key, Page, Prediction, Route, Search, Where, Window
from byline.graph.store.defaults.alike import alike
from byline.graph.store.defaults.candidates import candidates
from byline.graph.store.defaults.complete import complete
from byline.graph.store.defaults.facet import facet
from byline.graph.store.defaults.paths import paths
from byline.graph.store.defaults.search import search
from byline.graph.store.defaults.suggest import suggest
from byline.graph.store.defaults.values import values
from byline.graph.store.protocol import Completed, Counts, FacetSource, Paths, Rows, Scores, SearchPage, StoreCore
from byline.graph.store.small import SmallReads


class Capabilities:
    """What `byline.graph.store.protocol.Store` asks for beyond `StoreCore`, each by the default over the core.

    Some keep what they read of a store beside it, by weak reference: a store must be hashable by identity, as objects are.
    """

    @property
    def direct(self) -> SmallReads | None:
        """See the protocol: no reads outside the batched methods."""
        return None

    async def values(self: StoreCore, kind: Kind, rows: Rows, names: Sequence[str]) -> list[list[Any]]:
        """See the protocol."""
        return await values(self, kind, rows, names)

    async def candidates(self: StoreCore, kind: Kind, keys: Sequence[Key]) -> list[Rows]:
        """See the protocol."""
        return await candidates(self, kind, keys)

    async def facet(self: StoreCore, source: FacetSource, rows: Rows, where: Where, by: Facet | HitFacet, page: Page) -> Counts:
        """See the protocol."""
        return await facet(self, source, rows, where, by, page)

    async def suggest(self: StoreCore, rows: Rows, window: Window | None, method: Prediction, first: int) -> Scores:
        """See the protocol."""
        return await suggest(self, rows, window, method, first)

    async def alike(self: StoreCore, rows: Rows, first: int) -> Scores:
        """See the protocol."""
        return await alike(self, rows, first)

    async def paths(self: StoreCore, pairs: Rows, route: Route) -> Paths:
        """See the protocol."""
        return await paths(self, pairs, route)

    async def search(self: StoreCore, searches: Sequence[Search]) -> list[SearchPage]:
        """See the protocol."""
        return await search(self, searches)

    async def complete(self: StoreCore, begun: Sequence[Complete]) -> list[Completed]:
        """See the protocol."""
        return await complete(self, begun)

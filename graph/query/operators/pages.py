"""Pages: what a connection reads for its rows, and what its parts are read for."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from byline.graph.model import Kind
from byline.graph.query.completeness import why_longer
from byline.graph.query.cursors import cursors_at
from byline.graph.query.emitter import BOOL, TEXT
from byline.graph.query.reads import Read, cut, offsets_between
from byline.graph.query.slots import ConnectionArgs
from byline.graph.request import Facet, Page, Select
from byline.graph.store.protocol import Counts, Offsets, Ragged, Rows, Store


@dataclass(frozen=True)
class Needs:
    """What of a page has to be read beside its rows: the length of the whole list, values of the hop (None: all of them), the
    rows of the edges."""

    total: bool = True
    values: tuple[str, ...] | None = None
    edges: bool = True

    def label(self) -> str:
        """Label of these needs, behind that of the connection."""
        values = "all values" if self.values is None else ", ".join(self.values)
        return " [" + ", ".join(part for part in ("total" if self.total else "", values) if part) + "]"


EVERYTHING_READ = Needs()


def narrowed(select: Select, needs: Needs) -> Select:
    """The selection less what the answer does not show."""
    values = select.values if needs.values is None else needs.values
    if select.total == needs.total and select.values == values and select.edges == needs.edges:
        return select
    return replace(select, total=needs.total, values=values, edges=needs.edges)


@dataclass
class CompletenessRead(Read):
    """Of each list why it may be longer than it is known here, None where it is not."""

    reasons: list[str | None]

    def cut(self, start: int, stop: int) -> "CompletenessRead":
        """See Read."""
        return CompletenessRead(self.reasons[start:stop])


@dataclass
class PagesRead(Read):
    """A page for each source row (None at the root; pairs of rows for papers that two share), and by key what each part leads
    to."""

    kind: Kind
    args: ConnectionArgs
    ragged: Ragged
    sources: Rows | None
    inner: dict[str, Any] = field(default_factory=dict)
    _longer: CompletenessRead | None = None

    @property
    def objects(self) -> int:
        """See Read."""
        return sum(read.objects for read in self.inner.values())

    # ------------------------------------------------------------ what parts are read for

    @property
    def rows(self) -> Rows:
        """The far ends of all pages."""
        return self.ragged.rows

    async def longer(self, store: Store) -> CompletenessRead:
        """Why each list may be longer, asked once whatever parts tell of it."""
        if self._longer is None:
            args = self.args
            self._longer = CompletenessRead(await why_longer(store, self.kind, args.hop, args.select, self.sources))
        return self._longer

    async def facet(self, store: Store, by: Facet, page: Page) -> Counts:
        """The facets of each whole list, whatever the page."""
        rows = np.zeros(1, np.int32) if self.sources is None else self.sources
        return await store.facet(self.args.hop or self.kind, rows, self.args.select.where, by, page)

    # ------------------------------------------------------------ what parts show

    @property
    def offsets(self) -> Offsets:
        """Where each page begins."""
        return self.ragged.offsets

    @property
    def totals(self) -> Any:
        """The length of each whole list."""
        return self.ragged.totals

    async def cursors(self, store: Store, places: npt.NDArray[np.int64] | None = None) -> list[str]:
        """The cursors of entries by place, of all of them by default."""
        at = np.arange(len(self.rows)) if places is None else places
        return await cursors_at(store, self.kind, self.args, self.ragged, at)

    async def flag(self, store: Store, column: str) -> tuple[Any, pa.DataType]:
        """Where each page lies: one column of its page info."""
        if column in ("has_next_page", "has_previous_page"):
            return (self.ragged.has_next if column == "has_next_page" else self.ragged.has_previous), BOOL
        some = np.diff(self.offsets) > 0
        places = self.offsets[:-1][some] if column == "start_cursor" else self.offsets[1:][some] - 1
        page_cursors = iter(await self.cursors(store, places))
        return [next(page_cursors) if there else None for there in some.tolist()], TEXT

    # ------------------------------------------------------------ stretches

    def cut(self, start: int, stop: int) -> "PagesRead":
        """See Read."""
        first, last = int(self.offsets[start]), int(self.offsets[stop])
        inner = {
            key: cut(read, first, last) if getattr(read, "by_entry", False) else cut(read, start, stop)
            for key, read in self.inner.items()
        }
        sources = None if self.sources is None else self.sources[start:stop]
        return PagesRead(self.kind, self.args, _pages(self.ragged, start, stop), sources, inner)

    def stretch(self, key: str, start: int, stop: int) -> "PagesRead":
        """The only page, cut to some of its entries, with the one part of that key."""
        cut_rows = replace(_entries(self.ragged, start, stop), offsets=np.array([0, stop - start]))
        return PagesRead(self.kind, self.args, cut_rows, self.sources, {key: cut(self.inner[key], start, stop)})


def _entries(ragged: Ragged, first: int, last: int) -> Ragged:
    return replace(
        ragged,
        rows=ragged.rows[first:last],
        edge_rows=None if ragged.edge_rows is None else ragged.edge_rows[first:last],
        values={name: values[first:last] for name, values in ragged.values.items()},
    )


def _pages(ragged: Ragged, start: int, stop: int) -> Ragged:
    return replace(
        _entries(ragged, int(ragged.offsets[start]), int(ragged.offsets[stop])),
        offsets=offsets_between(ragged.offsets, start, stop),
        has_next=ragged.has_next[start:stop],
        has_previous=ragged.has_previous[start:stop],
        totals=None if ragged.totals is None else ragged.totals[start:stop],
    )

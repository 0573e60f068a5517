"""A list being answered: where it starts, what is asked of it, the page that the store gave."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from strawberry import UNSET

from byline.graph.errors import BadInput, PageTooLarge, limit_hint
from byline.graph.model import PAPER_AUTHORS, Kind
from byline.graph.query.completeness import why_longer
from byline.graph.query.cursors import cursors_at, decode
from byline.graph.query.slots import ConnectionArgs
from byline.graph.request import EVERYTHING, All, Compare, Cursor, Facet, Hop, OnEdge, Op, Order, Page, Select, Where, Window
from byline.graph.store.protocol import Counts, Ragged, Rows, Store
from byline.schema.context import Context, Limits
from byline.schema.fields import ListingField, one
from byline.schema.inputs.filters import where_of
from byline.schema.inputs.orders import AS_PRINTED, order_of

# How to go on behind a page that begins at one end or the other.
_ONWARDS = {"first": "after", "last": "before"}


def understand(declared: ListingField, arguments: Mapping[str, Any], limits: Limits) -> ConnectionArgs:
    """Arguments to a hop and a selection. Raises BadInput and its kin."""
    order = order_of(_get(arguments, "order_by"), declared.default_order)
    if declared.edge is PAPER_AUTHORS and not any(key.on_edge for key in order):
        # A printed list may hold a person twice: in a cursor the position tells the two apart.
        order += AS_PRINTED
    where = where_of(_get(arguments, "where"), limits)
    if "where_edge" in arguments or "years" in arguments:
        where = both(where, _beside(declared, arguments, limits))
    page = page_of(declared.kind, order, arguments, limits)
    values = declared.edge.values if declared.edge else ()
    windowed = declared.edge is not None and declared.edge.windowed
    window = window_of(arguments) if windowed else None
    hop = Hop(declared.edge, window, _distance(arguments, limits)) if declared.edge else None
    return ConnectionArgs(hop, Select(where, order, page, values, total=True))


def both(where: Where, other: Where) -> Where:
    """Two conditions that must hold, as one."""
    if EVERYTHING in (where, other):
        return other if where == EVERYTHING else where
    return All((where, other))


def _beside(declared: ListingField, arguments: Mapping[str, Any], limits: Limits) -> Where:
    """What `whereEdge` says, and `years` of a list of papers that no papers make."""
    edges = where_of(_get(arguments, "where_edge"), limits)
    if declared.edge is not None and declared.edge.windowed:
        years = EVERYTHING
    else:
        ends = zip((Op.GTE, Op.LTE), years_of(_get(arguments, "years")), strict=True)
        years = All(tuple(Compare("year", op, year) for op, year in ends if year is not None))
    return both(edges if edges == EVERYTHING else OnEdge(edges), years)


def _get(arguments: Mapping[str, Any], name: str) -> Any:
    value = arguments.get(name)
    return None if value is UNSET else value


def _distance(arguments: Mapping[str, Any], limits: Limits) -> int:
    """The steps of a hop of several, which the other hops do not read."""
    distance: int = arguments.get("distance", 2)
    return between("distance", distance, 1, limits.max_distance, "max_distance")


def between(name: str, value: int, least: int, most: int, setting: str) -> int:
    """A number that must lie between two bounds, the upper one a setting. Raises BadInput."""
    if not least <= value <= most:
        hint = f"give a number from {least} to {most}"
        message = f"`{name}` must be between {least} and {most}, got {value}"
        raise BadInput(message, limit_hint(hint, setting) if value > most else hint)
    return value


def window_of(arguments: Mapping[str, Any]) -> Window | None:
    """The window that `years` and `maxAuthorsPerPaper` say; None where neither does."""
    years, cap = _get(arguments, "years"), _get(arguments, "max_authors_per_paper")
    first, last = years_of(years)
    if cap is not None and cap < 2:
        raise BadInput(f"`maxAuthorsPerPaper` must be at least 2, got {cap}", "give 2 or more")
    window = Window(first, last, cap)
    return None if window == Window() else window


def years_of(years: Any) -> tuple[int | None, int | None]:
    """The ends of a YearRange. Raises BadInput where it runs backwards."""
    if years is None or years is UNSET:
        return None, None
    first, last = (None if end is UNSET else end for end in (years.from_, years.to))
    if first is not None and last is not None and first > last:
        raise BadInput(
            f"`from` must not be later than `to` in `years`, got {first} and {last}", "give the earlier year as `from`"
        )
    return first, last


def page_of(kind: Kind, order: tuple[Order, ...], arguments: Mapping[str, Any], limits: Limits) -> Page:
    """The page that first/after/last/before say; an empty cursor is none. Raises PageTooLarge, BadInput, BadCursor."""
    return page_by(lambda cursor: decode(kind, order, cursor), arguments, limits)


def page_by(place: Callable[[str], Cursor], arguments: Mapping[str, Any], limits: Limits) -> Page:
    """The same, with cursors that name the places that `place` says. Raises PageTooLarge, BadInput, BadCursor."""
    first, last = lengths(arguments, limits)
    after, before = (_get(arguments, name) for name in ("after", "before"))
    return Page(
        first,
        place(after) if after else None,
        last,
        place(before) if before else None,
    )


def lengths(arguments: Mapping[str, Any], limits: Limits) -> tuple[int | None, int | None]:
    """What `first` and `last` say; the default page where neither does. Raises PageTooLarge, BadInput."""
    first, last = (_length(name, _get(arguments, name), limits, onwards) for name, onwards in _ONWARDS.items())
    return (limits.default_page if first is None and last is None else first), last


def _length(name: str, value: int | None, limits: Limits, onwards: str | None) -> int | None:
    """A length that may be left out; `onwards` is the argument that goes on behind the page, where there is one."""
    if value is None:
        return None
    if value < 0:
        raise BadInput(
            f"`{name}` must be between 0 and {limits.max_page}, got {value}", f"give a number from 0 to {limits.max_page}"
        )
    if value > limits.max_page:
        hint = f"give {limits.max_page} or less"
        raise PageTooLarge(
            f"`{name}` must be between 0 and {limits.max_page}, got {value}",
            limit_hint(f"{hint} and continue with `{onwards}`" if onwards else hint, "max_page"),
        )
    return value


def bounded(name: str, value: int, limits: Limits, onwards: str | None = None) -> int:
    """A length that must be given and fit a page. Raises BadInput, PageTooLarge."""
    _length(name, value, limits, onwards)
    return value


@dataclass(frozen=True)
class Listing:
    """One connection being answered: its source row or pair of rows (None at the root), and the page."""

    kind: Kind
    source: Rows | None
    args: ConnectionArgs
    ragged: Ragged
    cursors: list[str]

    @property
    def values(self) -> Mapping[str, Any]:
        """The hop's values beside the entries."""
        return self.ragged.values

    @property
    def rows(self) -> list[int]:
        """The rows of the page."""
        rows: list[int] = self.ragged.rows.tolist()
        return rows

    async def reason(self, store: Store) -> str | None:
        """Why the list may be longer; None where it cannot be."""
        (reason,) = await why_longer(store, self.kind, self.args.hop, self.args.select, self.source)
        return reason

    async def facet(self, store: Store, by: Facet, page: Page) -> Counts:
        """The facets of the whole list, whatever the page."""
        rows = one(0) if self.source is None else self.source
        return await store.facet(self.args.hop or self.kind, rows, self.args.select.where, by, page)


async def fetch(context: Context, kind: Kind, source: Rows | None, args: ConnectionArgs) -> Listing:
    """Ask the store for a page."""
    if args.hop is None or source is None:
        ragged = await context.store.find(kind, args.select)
    else:
        ragged = await context.store.expand(args.hop, source, args.select)
    cursors = await cursors_at(context.store, kind, args, ragged, np.arange(len(ragged.rows)))
    return Listing(kind, source, args, ragged, cursors)


async def listing(context: Context, declared: ListingField, root: Any, arguments: Mapping[str, Any]) -> Listing:
    """What a connection field answers: the page that its arguments ask for."""
    args = understand(declared, arguments, context.limits)
    return await fetch(context, declared.kind, one(root.row) if declared.edge else None, args)


def pair(left: int, right: int) -> Rows:
    """A batch of one pair."""
    return np.array([[left, right]], np.int32)

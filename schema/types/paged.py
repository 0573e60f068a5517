"""Pages of lists that no hop leads to, such as facets: the connection that the resolvers answer them with."""

from dataclasses import dataclass
from typing import Any

import strawberry

from byline.graph.query import operators as ops
from byline.schema.fields import FIELD, Infos, Planned, field
from byline.schema.types.connections import CURSOR, PAGE_INFO, TOTAL_COUNT
from byline.schema.types.values import PageInfo

EDGES = Planned(lambda at, selected: ops.PagedEdges(selected.key, at.members(selected)))
ENTRY = Planned(lambda at, selected: ops.PagedNode(selected.key, at.members(selected)))
ENTRIES = Planned(lambda at, selected: ops.PagedNodes(selected.key, at.members(selected)))


@dataclass(frozen=True)
class Stretch:
    """A page: its entries with their cursors, how long the list is, and whether there are more."""

    entries: list[Any]
    cursors: list[str]
    total: int | None
    has_next: bool
    has_previous: bool


@strawberry.type
class Paged:
    """A page of a list. Each connection adds `edges` and `nodes` of its own types."""

    page: strawberry.Private[Stretch]
    page_info: PageInfo = field(
        lambda root, info: PageInfo(
            has_next_page=root.page.has_next,
            has_previous_page=root.page.has_previous,
            start_cursor=root.page.cursors[0] if root.page.cursors else None,
            end_cursor=root.page.cursors[-1] if root.page.cursors else None,
        ),
        "Position of this page in the list.",
        PAGE_INFO,
    )


@strawberry.type
class PagedEdge:
    """One edge of such a connection."""

    entry: strawberry.Private[Any]
    cursor: str = strawberry.field(
        description="Cursor of this entry, for `after` and `before`.",
        metadata={FIELD: CURSOR},
    )


def total(description: str) -> Any:
    """The `totalCount` field."""
    return field(lambda root, info: root.page.total, description, TOTAL_COUNT)


def edges(entry: type, description: str) -> Any:
    """The `edges` field: one `entry` object an entry."""

    def resolve(root: Any, info: Infos) -> list[Any]:
        return [entry(entry=one, cursor=cursor) for one, cursor in zip(root.page.entries, root.page.cursors, strict=True)]

    return field(resolve, description, EDGES)


def entry(description: str) -> Any:
    """The `node` field of an edge: its entry."""
    return field(lambda root, info: root.entry, description, ENTRY)


def entries(description: str) -> Any:
    """The `nodes` field: the entries without cursors."""
    return field(lambda root, info: root.page.entries, description, ENTRIES)

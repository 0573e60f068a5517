"""Arguments of fields: each has a description with default, bounds and unit; those that many fields share stand here."""

import inspect
from datetime import date
from typing import Annotated, Any

import strawberry

from byline.graph.request import NEWEST, Order
from byline.schema.context import Limits
from byline.schema.inputs.orders import AS_PRINTED, BY_CODE, BY_NAME, BY_PAPERS, BY_SHARED
from byline.schema.types.values import YearRange

UNSET, REQUIRED = strawberry.UNSET, inspect.Parameter.empty
Arguments = dict[str, tuple[Any, Any]]
# What descriptions state of bounds: the defaults of the settings that they name.
LIMITS = Limits()

_DEFAULT_ORDERS: dict[tuple[Order, ...], str] = {
    BY_NAME: "by name, A to Z",
    BY_CODE: "by code, A to Z",
    NEWEST: "newest first",
    BY_PAPERS: "most shared papers first",
    BY_SHARED: "highest `sharedCount` first",
    AS_PRINTED: "in printed order",
}


def argument(kind: Any, default: Any, description: str, name: str | None = None) -> tuple[Any, Any]:
    """Type and default of an argument, the type with its description. One with a default is nullable: null means the default."""
    if default is not REQUIRED:
        kind = kind | None
    return Annotated[kind, strawberry.argument(description=description, name=name)], default


def first_of_list(what: str, default: int) -> tuple[Any, Any]:
    """The `first` of a plain list."""
    return argument(int, default, f"Maximum number of {what}, 0 to {LIMITS.max_page} (`BYLINE_MAX_PAGE`). Default: {default}.")


def where_of_list(kind: Any) -> tuple[Any, Any]:
    """The `where` of a connection."""
    return argument(kind | None, UNSET, "Filter: its members are ANDed. Default: no condition.")


def order_of_list(kind: Any, default: tuple[Order, ...]) -> tuple[Any, Any]:
    """The `orderBy` of a connection."""
    # A person may be printed twice on a paper, where an id would settle nothing.
    ties = "by place in the list" if default == AS_PRINTED else "by id"
    about = f"Sort keys, most significant first, each at most once. Ties are broken {ties}. Default: {_DEFAULT_ORDERS[default]}."
    return argument(list[kind] | None, UNSET, about)


_SIZES = f"0 to {LIMITS.max_page} (`BYLINE_MAX_PAGE`)"

_DEFAULT_SIZE = f"{LIMITS.default_page} (`BYLINE_DEFAULT_PAGE`) if `last` is not given either"


def paging(same: str = "orderBy", sizes: str = _SIZES, default: str = _DEFAULT_SIZE) -> Arguments:
    """The page of a connection, from both ends; `same` is the argument that cursors are bound to, if there is one."""
    bound = f" with the same `{same}`" if same else ""
    cursor = f"Must come from the same field{bound}. Default, also for an empty text"
    return {
        "first": argument(int | None, UNSET, f"Page size, counted from the start: {sizes}. Default: {default}."),
        "after": argument(str | None, UNSET, f"Cursor: the page starts after it. {cursor}: start of the list."),
        "last": argument(int | None, UNSET, f"Page size, counted from the end: {sizes}."),
        "before": argument(str | None, UNSET, f"Cursor: the page ends before it. {cursor}: end of the list."),
    }


PAGING: Arguments = paging()


YEARS = argument(YearRange | None, UNSET, "Publication years whose papers count. Default: all papers, undated ones included.")
YEARS_OF_PAPERS = argument(
    YearRange | None, UNSET, "Publication years of the papers. Default: all papers, undated ones included."
)
CAP = argument(
    int | None,
    UNSET,
    "Only papers with at most this many authors count: 2 or more. Leaves out papers of large collaborations. Default: no limit.",
)
AS_OF = argument(
    date | None,
    UNSET,
    "Day as YYYY-MM-DD: only what was published by then counts. A paper of which only the year is known counts from the last day "
    "of that year. Default: no limit.",
)
FIRST_NODES = argument(
    int,
    200,
    f"Maximum number of authors in the network, 1 to {LIMITS.max_network_nodes} (`BYLINE_MAX_NETWORK_NODES`). Default: 200.",
)
WINDOW: Arguments = {"years": YEARS, "max_authors_per_paper": CAP}

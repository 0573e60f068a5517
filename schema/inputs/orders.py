"""Orders: the input types, and what each says as keys. Ties break by id, of authors of a paper by place."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

import strawberry

from byline.graph.errors import BadInput
from byline.graph.request import Order


@strawberry.enum(description="Direction of a sort key. Unknown values come last in both directions.")
class SortDirection(Enum):
    """Up or down."""

    ASC = strawberry.enum_value("asc", description="Ascending: A to Z, lowest number, earliest day first.")
    DESC = strawberry.enum_value("desc", description="Descending: Z to A, highest number, latest day first.")


# What a key of the edges of a list has before its column: nodes may have a column of that name too.
ON_EDGE = "edge."
# Keys that are read upwards where no direction is given, and what their enum values say of it.
_ASCENDING = ("name_fold", "title_fold", "listed", "code", "name", "edge.position")
_UP, _DOWN = "Default direction: ASC.", "Default direction: DESC."


def _value(column: str, description: str) -> Any:
    return strawberry.enum_value(column, description=description)


@strawberry.enum(description="Sort keys of papers.")
class PaperOrderField(Enum):
    """Column names of papers."""

    PUBLISHED_ON = _value("published_on", f"Day of publication. {_DOWN}")
    YEAR = _value("year", f"Year of publication. {_DOWN}")
    CITATION_COUNT = _value("citation_count", f"Number of citations. {_DOWN}")
    TITLE = _value("title_fold", f"Title, ignoring case and accents. {_UP}")
    LISTED = _value("listed", f"Order of the source, such as that of a saved page. {_UP}")
    PAGERANK = _value("pagerank", f"PageRank in the citation graph. {_DOWN}")
    CATEGORY_PAIR_ATYPICALITY = _value(
        "category_atypicality", f"Atypicality of the rarest pair among the paper's categories. {_DOWN}"
    )
    CORPUS_NORMALISED_IMPACT = _value("normalised_impact", f"Citations divided by the mean of year and primary category. {_DOWN}")


@strawberry.enum(description="Sort keys of authors.")
class AuthorOrderField(Enum):
    """Column names of authors."""

    NAME = _value("name_fold", f"Name, ignoring case and accents. {_UP}")
    PAPER_COUNT = _value("paper_count", f"Number of papers. {_DOWN}")
    CITATION_COUNT = _value("citation_count", f"Number of citations. {_DOWN}")
    COAUTHOR_COUNT = _value("coauthor_count", f"Number of coauthors. {_DOWN}")
    H_INDEX = _value("h_index", f"h-index. {_DOWN}")
    CORE = _value("core", f"Core number in the coauthor graph. {_DOWN}")
    COMPONENT_SIZE = _value("component_size", f"Number of authors in the connected component. {_DOWN}")
    CLUSTERING = _value("clustering", f"Local clustering coefficient. {_DOWN}")


@strawberry.enum(description="Sort keys of institutions.")
class InstitutionOrderField(Enum):
    """Column names of institutions."""

    NAME = _value("name_fold", f"Name, ignoring case and accents. {_UP}")
    PAPER_COUNT = _value("paper_count", f"Number of papers. {_DOWN}")
    CITATION_COUNT = _value("citation_count", f"Number of citations. {_DOWN}")
    AUTHOR_COUNT = _value("author_count", f"Number of authors. {_DOWN}")
    H_INDEX = _value("h_index", f"h-index. {_DOWN}")


@strawberry.enum(description="Sort keys of venues.")
class VenueOrderField(Enum):
    """Column names of venues."""

    NAME = _value("name_fold", f"Name, ignoring case and accents. {_UP}")
    PAPER_COUNT = _value("paper_count", f"Number of papers. {_DOWN}")
    CITATION_COUNT = _value("citation_count", f"Number of citations. {_DOWN}")
    AUTHOR_COUNT = _value("author_count", f"Number of authors. {_DOWN}")
    H_INDEX = _value("h_index", f"h-index. {_DOWN}")


@strawberry.enum(description="Sort keys of categories.")
class CategoryOrderField(Enum):
    """Column names of categories."""

    CODE = _value("code", f"Code, case-sensitive. {_UP}")
    NAME = _value("name", f"Name, case-sensitive. {_UP}")
    PAPER_COUNT = _value("paper_count", f"Number of papers. {_DOWN}")
    CITATION_COUNT = _value("citation_count", f"Number of citations. {_DOWN}")
    AUTHOR_COUNT = _value("author_count", f"Number of authors. {_DOWN}")
    H_INDEX = _value("h_index", f"h-index. {_DOWN}")


_BY = "Sort key."
_DIRECTION = (
    "Direction. Default, also for null: ASC for names, titles, codes, LISTED and POSITION, DESC for other numbers and dates."
)


def _by() -> Any:
    return strawberry.field(description=_BY)


def _direction() -> Any:
    return strawberry.field(default=strawberry.UNSET, description=_DIRECTION)


@strawberry.input(description="Sort key and direction for papers.")
class PaperOrder:
    """Field and direction."""

    by: PaperOrderField = _by()
    direction: SortDirection | None = _direction()


@strawberry.input(description="Sort key and direction for authors.")
class AuthorOrder:
    """Field and direction."""

    by: AuthorOrderField = _by()
    direction: SortDirection | None = _direction()


@strawberry.input(description="Sort key and direction for institutions.")
class InstitutionOrder:
    """Field and direction."""

    by: InstitutionOrderField = _by()
    direction: SortDirection | None = _direction()


@strawberry.input(description="Sort key and direction for venues.")
class VenueOrder:
    """Field and direction."""

    by: VenueOrderField = _by()
    direction: SortDirection | None = _direction()


@strawberry.input(description="Sort key and direction for categories.")
class CategoryOrder:
    """Field and direction."""

    by: CategoryOrderField = _by()
    direction: SortDirection | None = _direction()


def edge_order(name: str, what: str, nodes: type[Enum], values: Mapping[str, str]) -> Any:
    """The order of a list whose edges have `values` (column to description): those as keys, then the keys of its nodes. A key of
    the nodes that is named as one of the edges has the kind of the nodes before it."""
    own = {column.upper(): _value(ON_EDGE + column, f"{text} {_default(ON_EDGE + column)}") for column, text in values.items()}
    kind = nodes.__name__.removesuffix("OrderField").upper()
    keys = {
        (f"{kind}_{each.name}" if each.name in own else each.name): _value(each.value, each.description or "")
        for each in nodes.__strawberry_definition__.values  # type: ignore[attr-defined]
    }
    fields = strawberry.enum(Enum(f"{name}Field", own | keys), description=f"Sort keys of {what}.")  # type: ignore[call-overload]
    members = {"by": _by(), "direction": _direction(), "__doc__": "Field and direction.", "__module__": __name__}
    annotations = {"by": fields, "direction": SortDirection | None}
    order = type(name, (), members | {"__annotations__": annotations})
    return strawberry.input(order, description=f"Sort key and direction for {what}.")


def _default(key: str) -> str:
    return _UP if key in _ASCENDING else _DOWN


BY_NAME = (Order("name_fold"),)
BY_CODE = (Order("code"),)
BY_PAPERS = (Order("paper_count", descending=True, on_edge=True),)
BY_SHARED = (Order("shared_count", descending=True, on_edge=True),)
AS_PRINTED = (Order("position", on_edge=True),)


def order_of(order_by: Sequence[Any] | None, default: tuple[Order, ...]) -> tuple[Order, ...]:
    """The keys that an orderBy argument says; the default where it is missing or empty. Raises BadInput for a key named twice."""
    if not order_by:
        return default
    names = [key.by.value for key in order_by]
    if len(set(names)) < len(names):
        raise BadInput("`orderBy` contains a key twice", "give each key once, the most significant first")
    return tuple(
        Order(key.by.value.removeprefix(ON_EDGE), _descending(key), key.by.value.startswith(ON_EDGE)) for key in order_by
    )


def _descending(key: Any) -> bool:
    """Which way a key goes: as it says, else as its column is read."""
    if key.direction is None or key.direction is strawberry.UNSET:
        return key.by.value not in _ASCENDING
    return bool(key.direction is SortDirection.DESC)

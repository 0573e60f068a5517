"""Orders: the input types, and what each says as keys. Ties always break by id, nulls come last in both directions."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

import strawberry

from byline.graph.errors import BadInput
from byline.graph.request import Order


@strawberry.enum(description="Which way an order goes.")
class SortDirection(Enum):
    """Up or down."""

    ASC = "asc"
    DESC = "desc"


# Columns that are read upwards where no direction is given, and what their enum values say of it.
_ASCENDING = ("name_fold", "title_fold", "listed")
_A_TO_Z = "Case and accents aside; A to Z unless a direction is given."
_HIGHEST, _LATEST = "The highest first unless a direction is given.", "The latest first unless a direction is given."


def _value(column: str, description: str) -> Any:
    return strawberry.enum_value(column, description=description)


@strawberry.enum(description="What papers can be ordered by.")
class PaperOrderField(Enum):
    """Column names of papers."""

    PUBLISHED_ON = _value("published_on", _LATEST)
    YEAR = _value("year", _LATEST)
    CITATION_COUNT = _value("citation_count", _HIGHEST)
    TITLE = _value("title_fold", _A_TO_Z)
    LISTED = _value("listed", "The source's own order, its first paper first unless a direction is given.")
    PAGERANK = _value("pagerank", _HIGHEST)
    CATEGORY_PAIR_ATYPICALITY = _value("category_atypicality", _HIGHEST)
    CORPUS_NORMALISED_IMPACT = _value("normalised_impact", _HIGHEST)


@strawberry.enum(description="What people can be ordered by.")
class AuthorOrderField(Enum):
    """Column names of authors."""

    NAME = _value("name_fold", _A_TO_Z)
    PAPER_COUNT = _value("paper_count", _HIGHEST)
    CITATION_COUNT = _value("citation_count", _HIGHEST)
    H_INDEX = _value("h_index", _HIGHEST)
    CORE = _value("core", _HIGHEST)
    COMPONENT_SIZE = _value("component_size", _HIGHEST)
    CLUSTERING = _value("clustering", _HIGHEST)


@strawberry.enum(description="What institutions can be ordered by.")
class InstitutionOrderField(Enum):
    """Column names of institutions."""

    NAME = _value("name_fold", _A_TO_Z)
    PAPER_COUNT = _value("paper_count", _HIGHEST)
    CITATION_COUNT = _value("citation_count", _HIGHEST)


@strawberry.enum(description="What coauthors can be ordered by.")
class CoauthorOrderField(Enum):
    """Values of the hop, and the name."""

    PAPER_COUNT = _value("paper_count", _HIGHEST)
    WEIGHT = _value("weight", _HIGHEST)
    LAST_YEAR = _value("last_year", _LATEST)
    NAME = _value("name_fold", _A_TO_Z)


_BY = "What to order by."
_DIRECTION = "Which way. Left out or null: names and titles A to Z, papers as listed, numbers and days the highest first."


def _by() -> Any:
    return strawberry.field(description=_BY)


def _direction() -> Any:
    return strawberry.field(default=strawberry.UNSET, description=_DIRECTION)


@strawberry.input(description="One key of an order of papers.")
class PaperOrder:
    """Field and direction."""

    by: PaperOrderField = _by()
    direction: SortDirection | None = _direction()


@strawberry.input(description="One key of an order of people.")
class AuthorOrder:
    """Field and direction."""

    by: AuthorOrderField = _by()
    direction: SortDirection | None = _direction()


@strawberry.input(description="One key of an order of institutions.")
class InstitutionOrder:
    """Field and direction."""

    by: InstitutionOrderField = _by()
    direction: SortDirection | None = _direction()


@strawberry.input(description="One key of an order of coauthors.")
class CoauthorOrder:
    """Field and direction."""

    by: CoauthorOrderField = _by()
    direction: SortDirection | None = _direction()


BY_NAME = (Order("name_fold"),)
BY_CODE = (Order("code"),)
BY_PAPERS = (Order("paper_count", descending=True, on_edge=True),)
BY_SHARED = (Order("shared_count", descending=True, on_edge=True),)
AS_PRINTED = (Order("position", on_edge=True),)


def order_of(given: Sequence[Any] | None, default: tuple[Order, ...]) -> tuple[Order, ...]:
    """The keys that an orderBy argument says; the default where it is missing or empty. Raises BadInput for a key named twice."""
    if not given:
        return default
    names = [key.by.value for key in given]
    if len(set(names)) < len(names):
        raise BadInput("orderBy names a key twice", "name each key once, the most significant first")
    return tuple(
        Order(
            key.by.value,
            _descending(key),
            isinstance(key.by, CoauthorOrderField) and key.by.value != "name_fold",
        )
        for key in given
    )


def _descending(key: Any) -> bool:
    """Which way a key goes: as it says, else as its column is read."""
    if key.direction is None or key.direction is strawberry.UNSET:
        return key.by.value not in _ASCENDING
    return bool(key.direction is SortDirection.DESC)

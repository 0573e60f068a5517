"""Orders: the input types, and what each says as keys. Ties always break by id, nulls come last in both directions."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

import strawberry

from graph.errors import BadInput
from graph.where import Order


@strawberry.enum(description="Which way an order goes.")
class SortDirection(Enum):
    """Up or down."""

    ASC = "asc"
    DESC = "desc"


@strawberry.enum(description="What papers can be ordered by. LISTED is the source's own order.")
class PaperOrderField(Enum):
    """Column names of papers."""

    PUBLISHED_ON = "published_on"
    YEAR = "year"
    CITATION_COUNT = "citation_count"
    TITLE = "title_fold"
    LISTED = "listed"
    PAGERANK = "pagerank"
    CATEGORY_PAIR_ATYPICALITY = "category_atypicality"
    CORPUS_NORMALISED_IMPACT = "normalised_impact"


@strawberry.enum(description="What people can be ordered by.")
class AuthorOrderField(Enum):
    """Column names of authors."""

    NAME = "name_fold"
    PAPER_COUNT = "paper_count"
    CITATION_COUNT = "citation_count"
    H_INDEX = "h_index"
    CORE = "core"
    COMPONENT_SIZE = "component_size"
    CLUSTERING = "clustering"


@strawberry.enum(description="What institutions can be ordered by.")
class InstitutionOrderField(Enum):
    """Column names of institutions."""

    NAME = "name_fold"
    PAPER_COUNT = "paper_count"
    CITATION_COUNT = "citation_count"


@strawberry.enum(description="What coauthors can be ordered by.")
class CoauthorOrderField(Enum):
    """Values of the hop, and the name."""

    PAPER_COUNT = "paper_count"
    WEIGHT = "weight"
    LAST_YEAR = "last_year"
    NAME = "name_fold"


_BY, _DIRECTION = "What to order by.", "Which way."


def _by() -> Any:
    return strawberry.field(description=_BY)


def _direction() -> Any:
    return strawberry.field(default=SortDirection.DESC, description=_DIRECTION)


@strawberry.input(description="One key of an order of papers.")
class PaperOrder:
    """Field and direction."""

    by: PaperOrderField = _by()
    direction: SortDirection = _direction()


@strawberry.input(description="One key of an order of people.")
class AuthorOrder:
    """Field and direction."""

    by: AuthorOrderField = _by()
    direction: SortDirection = _direction()


@strawberry.input(description="One key of an order of institutions.")
class InstitutionOrder:
    """Field and direction."""

    by: InstitutionOrderField = _by()
    direction: SortDirection = _direction()


@strawberry.input(description="One key of an order of coauthors.")
class CoauthorOrder:
    """Field and direction."""

    by: CoauthorOrderField = _by()
    direction: SortDirection = _direction()


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
            key.direction is SortDirection.DESC,
            isinstance(key.by, CoauthorOrderField) and key.by.value != "name_fold",
        )
        for key in given
    )

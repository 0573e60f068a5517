"""The filter of a search: a condition on the nodes of each kind."""

from typing import Any

import strawberry

from byline.graph.model import Kind
from byline.graph.request import EVERYTHING, Where
from byline.schema.context import Limits
from byline.schema.inputs import filters
from byline.schema.inputs.filters import UNSET, AuthorFilter, CategoryFilter, InstitutionFilter, PaperFilter, VenueFilter


@strawberry.input(
    description="Conditions on the results of a search by type of node: a result must match the filter of its type. "
    "Types without a filter are not restricted; `kinds` excludes them."
)
class SearchFilter:
    """A filter a kind, named by its plural."""

    authors: AuthorFilter | None = strawberry.field(default=UNSET, description="Conditions on authors found.")
    papers: PaperFilter | None = strawberry.field(default=UNSET, description="Conditions on papers found.")
    institutions: InstitutionFilter | None = strawberry.field(default=UNSET, description="Conditions on institutions found.")
    categories: CategoryFilter | None = strawberry.field(default=UNSET, description="Conditions on categories found.")
    venues: VenueFilter | None = strawberry.field(default=UNSET, description="Conditions on venues found.")


_KINDS = {
    "authors": Kind.AUTHOR,
    "papers": Kind.PAPER,
    "institutions": Kind.INSTITUTION,
    "categories": Kind.CATEGORY,
    "venues": Kind.VENUE,
}


def wheres_of(filter_input: Any, limits: Limits) -> tuple[tuple[Kind, Where], ...] | None:
    """The conditions that a filter says, by kind; None where it says none. Raises BadFilter."""
    if filter_input is None:
        return None
    wheres = filters.wheres_of(filter_input, limits)
    return tuple((_KINDS[name], where) for name, where in wheres.items() if where != EVERYTHING) or None

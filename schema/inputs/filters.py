"""Filters: the input types, and what each says as a condition.

Members of one filter are AND-ed; a member that is null counts as not given, so that an optional variable may stay empty.
Conditions are three-valued (graph/request.py): what cannot be known fits neither a filter nor its negation.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

import strawberry

from byline.graph.errors import BadFilter, limit_hint
from byline.graph.model import (
    AFFILIATIONS,
    AUTHOR_PAPERS,
    CATEGORY_CHILDREN,
    CATEGORY_PARENT,
    CITED_BY,
    INSTITUTION_PAPERS,
    PAPER_AUTHORS,
    PAPER_INSTITUTIONS,
    PAPER_VENUE,
    REFERENCES,
    VENUE_PAPERS,
    Edge,
)
from byline.graph.request import EVERYTHING, All, Compare, InCategory, InCountry, Not, Op, Quantifier, Where
from byline.graph.request import Any as AnyOf
from byline.schema.context import Limits, too_many_in_filter
from byline.schema.inputs.identifiers import ExternalIdFilter, IdentifierFilter, identified

UNSET = strawberry.UNSET


def member(description: str, name: str | None = None) -> Any:
    """A member of a filter, which may be left out."""
    return strawberry.field(default=UNSET, description=description, name=name)


_EXISTS = "Whether the value is known: true for known, false for unknown."


@strawberry.input(
    description="Conditions on a number, ANDed. An unknown number matches none of them, negated or not, except `exists`."
)
class IntFilter:
    """AND-ed comparisons."""

    eq: int | None = member("Equal to.")
    in_: list[int] | None = member("Equal to one of these; an empty list matches nothing.", "in")
    gt: int | None = member("Greater than.")
    gte: int | None = member("Greater than or equal to.")
    lt: int | None = member("Less than.")
    lte: int | None = member("Less than or equal to.")
    exists: bool | None = member(_EXISTS)


@strawberry.input(
    description="Conditions on a measure, ANDed. A missing value matches none of them, negated or not, except `exists`."
)
class FloatFilter:
    """AND-ed comparisons."""

    eq: float | None = member("Equal to.")
    in_: list[float] | None = member("Equal to one of these; an empty list matches nothing.", "in")
    gt: float | None = member("Greater than.")
    gte: float | None = member("Greater than or equal to.")
    lt: float | None = member("Less than.")
    lte: float | None = member("Less than or equal to.")
    exists: bool | None = member(_EXISTS)


@strawberry.input(
    description="Conditions on a text, ANDed. An unknown text matches none of them, negated or not, except `exists`."
)
class StringFilter:
    """AND-ed comparisons."""

    eq: str | None = member("Equal to this text, character by character.")
    in_: list[str] | None = member("Equal to one of these texts; an empty list matches nothing.", "in")
    contains: str | None = member("Contains this text, ignoring case and accents.")
    starts_with: str | None = member("Starts with this text, ignoring case and accents.")
    ends_with: str | None = member("Ends with this text, ignoring case and accents.")
    eq_ignore_case: str | None = member("Equal to this text, ignoring case and accents.")
    in_ignore_case: list[str] | None = member(
        "Equal to one of these texts, ignoring case and accents; an empty list matches nothing."
    )
    exists: bool | None = member(_EXISTS)


@strawberry.input(description="Conditions on a day, ANDed. An unknown day matches none of them, negated or not, except `exists`.")
class DateFilter:
    """AND-ed comparisons."""

    eq: date | None = member("On this day.")
    in_: list[date] | None = member("On one of these days; an empty list matches nothing.", "in")
    gt: date | None = member("After this day.")
    gte: date | None = member("On this day or later.")
    lt: date | None = member("Before this day.")
    lte: date | None = member("On this day or earlier.")
    exists: bool | None = member(_EXISTS)


@strawberry.input(
    description="Conditions on what is true or false, ANDed. The unknown matches none of them, negated or not, except `exists`."
)
class BooleanFilter:
    """AND-ed comparisons."""

    eq: bool | None = member("True, or false.")
    exists: bool | None = member(_EXISTS)


@strawberry.input(description="Conditions on the id, ANDed.")
class IdFilter:
    """AND-ed comparisons."""

    eq: strawberry.ID | None = member("The node with this id.")
    in_: list[strawberry.ID] | None = member("The nodes with these ids; an empty list matches nothing.", "in")


_EXTERNAL = "Identifiers in external catalogues."
_COUNTRY = (
    "Code of any country of the {}, ISO 3166-1 alpha-2 in upper case: those of its institutions, and those that its authorships "
    "state. Unknown if none matches and an institution, or the country of one, is not known."
)
AND = "Matches if all of these match; an empty list matches everything."
OR = "Matches if any of these match; an empty list matches nothing."
NOT = "Matches if this is known not to match; what is unknown matches neither."


@strawberry.input(description="Conditions on papers, ANDed.")
class PaperFilter:
    """AND-ed members."""

    id: IdFilter | None = member("Id.")
    doi: IdentifierFilter | None = member("DOI.")
    arxiv_id: IdentifierFilter | None = member("arXiv id.")
    external_id: ExternalIdFilter | None = member(_EXTERNAL)
    title: StringFilter | None = member("Title.")
    year: IntFilter | None = member("Year of publication.")
    published_on: DateFilter | None = member("Day of publication; unknown for papers of which only the year is known.")
    citation_count: IntFilter | None = member("Number of citing works, works outside this graph included.")
    author_count: IntFilter | None = member("Number of authors, as reported.")
    language: StringFilter | None = member("Language as stated, by its code, such as `en`.")
    paper_type: StringFilter | None = member("Type as stated, such as `journal-article`.", "type")
    keywords: StringFilter | None = member(
        "Keywords as stated: a comparison holds if it does of one of them. Unknown for papers without any."
    )
    license: StringFilter | None = member("Licence as stated.")
    open_access: BooleanFilter | None = member("Whether a source states that it can be read without paying.")
    retracted: BooleanFilter | None = member("Whether a source states that it was retracted.")
    category: StringFilter | None = member(
        "Category code, in any letter case, or the part after the dot. A code includes the categories below it."
    )
    country_code: StringFilter | None = member(_COUNTRY.format("paper"))
    pagerank: FloatFilter | None = member("PageRank in the citation graph, 0 to 1.")
    category_atypicality: FloatFilter | None = member(
        "Atypicality of the rarest pair among the paper's categories.", "categoryPairAtypicality"
    )
    normalised_impact: FloatFilter | None = member(
        "Citations divided by the mean of its year and primary category.", "corpusNormalisedImpact"
    )
    authors: "AuthorQuantifier | None" = member("Authors of the paper.")
    institutions: "InstitutionQuantifier | None" = member("Institutions of the paper.")
    venue: "VenueFilter | None" = member("Venue of the paper.")
    references: "PaperQuantifier | None" = member(
        "Works that the paper cites. Works outside this graph count, but nothing else is known about them."
    )
    cited_by: "PaperQuantifier | None" = member("Papers in this graph that cite it.")
    and_: "list[PaperFilter] | None" = member(AND, "and")
    or_: "list[PaperFilter] | None" = member(OR, "or")
    not_: "PaperFilter | None" = member(NOT, "not")


@strawberry.input(description="Conditions on authors, ANDed.")
class AuthorFilter:
    """AND-ed members."""

    id: IdFilter | None = member("Id.")
    name: StringFilter | None = member("Preferred name.")
    orcid: IdentifierFilter | None = member("ORCID iD.")
    external_id: ExternalIdFilter | None = member(_EXTERNAL)
    paper_count: IntFilter | None = member("Number of papers in this graph.")
    citation_count: IntFilter | None = member("Sum of the citations of those papers.")
    coauthor_count: IntFilter | None = member("Number of coauthors.")
    h_index: IntFilter | None = member("h-index over all papers in this graph.")
    core: IntFilter | None = member("Core number in the coauthor graph.")
    clustering: FloatFilter | None = member("Local clustering coefficient in the coauthor graph, 0 to 1.")
    component: IntFilter | None = member("Number of the connected component, 0 for the largest.")
    component_size: IntFilter | None = member("Number of authors in that component.")
    community: IntFilter | None = member("Number of the community, 0 for the largest.")
    country_code: StringFilter | None = member(_COUNTRY.format("author"))
    papers: "PaperQuantifier | None" = member("Papers in this graph.")
    institutions: "InstitutionQuantifier | None" = member("Affiliations.")
    and_: "list[AuthorFilter] | None" = member(AND, "and")
    or_: "list[AuthorFilter] | None" = member(OR, "or")
    not_: "AuthorFilter | None" = member(NOT, "not")


@strawberry.input(description="Conditions on institutions, ANDed.")
class InstitutionFilter:
    """AND-ed members."""

    id: IdFilter | None = member("Id.")
    ror: IdentifierFilter | None = member("ROR id.")
    external_id: ExternalIdFilter | None = member(_EXTERNAL)
    name: StringFilter | None = member("Preferred name.")
    country_code: StringFilter | None = member("Country code, ISO 3166-1 alpha-2 in upper case.")
    country: StringFilter | None = member("Name of that country in English.")
    region: StringFilter | None = member("Region of the country, as stated.")
    city: StringFilter | None = member("City, as stated.")
    paper_count: IntFilter | None = member("Number of papers in this graph.")
    citation_count: IntFilter | None = member("Sum of the citations of those papers.")
    author_count: IntFilter | None = member("Number of authors whose authorships name the institution.")
    h_index: IntFilter | None = member("h-index over all papers of the institution in this graph.")
    papers: "PaperQuantifier | None" = member("Papers in this graph.")
    and_: "list[InstitutionFilter] | None" = member(AND, "and")
    or_: "list[InstitutionFilter] | None" = member(OR, "or")
    not_: "InstitutionFilter | None" = member(NOT, "not")


@strawberry.input(description="Conditions on categories, ANDed.")
class CategoryFilter:
    """AND-ed members."""

    id: IdFilter | None = member("Id.")
    code: StringFilter | None = member("Code in its own scheme, such as cs.CL.")
    name: StringFilter | None = member("Name.")
    paper_count: IntFilter | None = member("Number of papers in this category or in a category below it.")
    citation_count: IntFilter | None = member("Sum of the citations of those papers.")
    author_count: IntFilter | None = member("Number of authors of those papers.")
    h_index: IntFilter | None = member("h-index over those papers.")
    parent: "CategoryQuantifier | None" = member("The category one level up; none at the top.")
    children: "CategoryQuantifier | None" = member("Categories one level down.")
    and_: "list[CategoryFilter] | None" = member(AND, "and")
    or_: "list[CategoryFilter] | None" = member(OR, "or")
    not_: "CategoryFilter | None" = member(NOT, "not")


@strawberry.input(description="Conditions on venues, ANDed.")
class VenueFilter:
    """AND-ed members."""

    id: IdFilter | None = member("Id.")
    name: StringFilter | None = member("Preferred name.")
    venue_type: StringFilter | None = member("Type as stated, such as `journal`.", "type")
    issn: IdentifierFilter | None = member("Any ISSN of the venue.")
    external_id: ExternalIdFilter | None = member(_EXTERNAL)
    paper_count: IntFilter | None = member("Number of papers of the venue.")
    citation_count: IntFilter | None = member("Sum of the citations of those papers.")
    author_count: IntFilter | None = member("Number of authors of those papers.")
    h_index: IntFilter | None = member("h-index over those papers.")
    papers: "PaperQuantifier | None" = member("Papers in this graph.")
    and_: "list[VenueFilter] | None" = member(AND, "and")
    or_: "list[VenueFilter] | None" = member(OR, "or")
    not_: "VenueFilter | None" = member(NOT, "not")


_SOME = "At least one of them is known to match."
_NONE = "None of them matches: the list is known to be complete, and each entry is known not to match."
_EVERY = (
    "All of them match: the list is known to be complete, and each entry is known to match. True for a list known to be empty."
)
_WHERE = "Filter on the entries to count; requires `count`."
_COUNT = "Number of entries, or of those that match `where`. For an incomplete list only a lower bound is known."


@strawberry.input(description="Quantifiers over linked papers, ANDed.")
class PaperQuantifier:
    """AND-ed quantifiers."""

    some: PaperFilter | None = member(_SOME)
    none: PaperFilter | None = member(_NONE)
    every: PaperFilter | None = member(_EVERY)
    where: PaperFilter | None = member(_WHERE)
    count: IntFilter | None = member(_COUNT)


@strawberry.input(description="Quantifiers over linked authors, ANDed.")
class AuthorQuantifier:
    """AND-ed quantifiers."""

    some: AuthorFilter | None = member(_SOME)
    none: AuthorFilter | None = member(_NONE)
    every: AuthorFilter | None = member(_EVERY)
    where: AuthorFilter | None = member(_WHERE)
    count: IntFilter | None = member(_COUNT)


@strawberry.input(description="Quantifiers over linked institutions, ANDed.")
class InstitutionQuantifier:
    """AND-ed quantifiers."""

    some: InstitutionFilter | None = member(_SOME)
    none: InstitutionFilter | None = member(_NONE)
    every: InstitutionFilter | None = member(_EVERY)
    where: InstitutionFilter | None = member(_WHERE)
    count: IntFilter | None = member(_COUNT)


@strawberry.input(description="Quantifiers over linked categories, ANDed.")
class CategoryQuantifier:
    """AND-ed quantifiers."""

    some: CategoryFilter | None = member(_SOME)
    none: CategoryFilter | None = member(_NONE)
    every: CategoryFilter | None = member(_EVERY)
    where: CategoryFilter | None = member(_WHERE)
    count: IntFilter | None = member(_COUNT)


_HOPS: dict[tuple[type, str], Edge] = {
    (PaperFilter, "authors"): PAPER_AUTHORS,
    (PaperFilter, "institutions"): PAPER_INSTITUTIONS,
    (PaperFilter, "references"): REFERENCES,
    (PaperFilter, "cited_by"): CITED_BY,
    (AuthorFilter, "papers"): AUTHOR_PAPERS,
    (AuthorFilter, "institutions"): AFFILIATIONS,
    (InstitutionFilter, "papers"): INSTITUTION_PAPERS,
    (CategoryFilter, "parent"): CATEGORY_PARENT,
    (CategoryFilter, "children"): CATEGORY_CHILDREN,
    (VenueFilter, "papers"): VENUE_PAPERS,
}
# Members that are conditions on the one node at the far end.
_ENDS: dict[tuple[type, str], Edge] = {(PaperFilter, "venue"): PAPER_VENUE}
# Members that compare each of several values that the node has.
_LISTED: dict[tuple[type, str], Callable[[Op, Any], Where]] = {
    (PaperFilter, "category"): InCategory,
    (PaperFilter, "country_code"): InCountry,
    (AuthorFilter, "country_code"): InCountry,
}
# Members of filters by their operators: those that Python keeps for itself have an underscore.
_OPS = {"in_" if op is Op.IN else op.value: op for op in Op}


def where_of(filter_input: Any, limits: Limits) -> Where:
    """The condition that a filter says. Raises BadFilter for one that is too deep, too long or whose members do not fit."""
    if filter_input is None or filter_input is UNSET:
        return EVERYTHING
    return _Reading(filter_input, limits).where(filter_input, 1)


def wheres_of(filter_input: Any, limits: Limits) -> dict[str, Where]:
    """The condition that each member of an input of filters says, counted together. Raises BadFilter."""
    reading = _Reading(filter_input, limits)
    return {name: reading.where(value, 1) for name, value in _members(filter_input)}


def _members(filter_input: Any) -> Iterator[tuple[str, Any]]:
    """The members that are set, in the order of their declaration."""
    for name, value in vars(filter_input).items():
        if value is not UNSET and value is not None:
            yield name, value


class _Reading:
    """Reads one whole filter, and counts its values while it goes."""

    def __init__(self, whole: Any, limits: Limits) -> None:
        self._whole, self._limits = whole, limits
        self._values = 0

    def where(self, filter_input: Any, depth: int) -> Where:
        """The condition that a part of the filter says."""
        if filter_input is None:
            return EVERYTHING
        if depth > self._limits.max_filter_depth:
            raise BadFilter(
                f"A filter may be nested at most {self._limits.max_filter_depth} levels deep, got more",
                limit_hint("ask for less at once", "max_filter_depth"),
            )
        parts = [part for name, value in _members(filter_input) for part in self._parts(type(filter_input), name, value, depth)]
        if not parts:
            self._count(1)
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _parts(self, owner: type, name: str, value: Any, depth: int) -> Iterator[Where]:
        if name in ("and_", "or_"):
            if not value:
                self._count(1)
            yield (All if name == "and_" else AnyOf)(tuple(self.where(part, depth + 1) for part in value))
        elif name == "not_":
            yield Not(self.where(value, depth + 1))
        elif edge := _HOPS.get((owner, name)):
            yield from self._quantified(edge, value, depth + 1)
        elif edge := _ENDS.get((owner, name)):
            yield Quantifier(edge, self.where(value, depth + 1))
        else:
            for op, operand in _members(value):
                if isinstance(value, IdentifierFilter | ExternalIdFilter):
                    self._count(_size(operand))
                    yield identified(name, op, operand)
                    continue
                self._count(len(operand) if isinstance(operand, list) else 1)
                operand = tuple(operand) if isinstance(operand, list) else operand
                yield _LISTED.get((owner, name), partial(Compare, name))(_OPS[op], operand)

    def _count(self, values: int) -> None:
        self._values += values
        if self._values > self._limits.max_filter_values:
            raise too_many_in_filter(_size(self._whole), self._limits)

    def _quantified(self, edge: Edge, value: Any, depth: int) -> Iterator[Where]:
        members = dict(_members(value))
        if "where" in members and "count" not in members:
            raise BadFilter("`where` in a quantifier requires `count`", "add count: {gte: 1}, or use `some`")
        if "some" in members:
            yield _count_of(edge, self.where(members["some"], depth), 1, None)
        if "none" in members:
            yield _count_of(edge, self.where(members["none"], depth), 0, 0)
        if "every" in members:
            yield _count_of(edge, Not(self.where(members["every"], depth)), 0, 0)
        if "count" in members:
            counted = self.where(members.get("where"), depth)
            for op, bound in _members(members["count"]):
                if op == "exists":
                    raise BadFilter(
                        "`exists` is not allowed in the `count` of a quantifier", "give the count a bound, such as gte: 1"
                    )
                numbers = bound if op == "in_" else [bound]
                self._count(len(numbers))
                ranges = tuple(_count_of(edge, counted, *_RANGES[op](number)) for number in numbers)
                yield AnyOf(ranges) if op == "in_" else ranges[0]


def _count_of(edge: Edge, fits: Where, least: int | None, most: int | None) -> Where:
    """Of a condition that nothing meets there are no entries, whatever a list leaves out."""
    if fits not in _NEVER:
        return Quantifier(edge, fits, least, most)
    return EVERYTHING if (least or 0) <= 0 and (most is None or most >= 0) else AnyOf(())


_NEVER = (AnyOf(()), Not(EVERYTHING))


def _size(part: Any) -> int:
    """The values of a filter: what it compares with, and parts of it that are empty."""
    if isinstance(part, list):
        return sum(map(_size, part)) or 1
    if hasattr(part, "__strawberry_definition__"):
        return sum(_size(value) for _, value in _members(part)) or 1
    return 1


_RANGES: dict[str, Callable[[int], tuple[int | None, int | None]]] = {
    "eq": lambda number: (number, number),
    "in_": lambda number: (number, number),
    "gt": lambda number: (number + 1, None),
    "gte": lambda number: (number, None),
    "lt": lambda number: (None, number - 1),
    "lte": lambda number: (None, number),
}

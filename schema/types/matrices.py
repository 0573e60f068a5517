"""Institutions by institutions, categories by categories, countries by countries."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

import strawberry

from byline.graph.errors import PageTooLarge, limit_hint
from byline.graph.model import Kind
from byline.graph.query import operators as ops
from byline.graph.query.country_matrix import CountryArgs, country_codes, country_matrix_of
from byline.graph.query.matrices import Counted, MatrixArgs, matrix_of, members, strangers
from byline.schema.context import Limits
from byline.schema.fields import MEMBER, Infos, PlanCompiler, Planned, Selected, field
from byline.schema.inputs.listing import bounded, years_of
from byline.schema.types.arguments import LIMITS, UNSET, YEARS, argument
from byline.schema.types.category import Category
from byline.schema.types.institution import Institution
from byline.schema.types.lookups import warn
from byline.schema.types.node import node


@strawberry.enum(description="How a paper counts for each pair on it.")
class CountingMethod(Enum):
    """FULL counts a paper once for each pair, FRACTIONAL gives each pair the product of its shares, which sum to 1 a paper."""

    FULL = strawberry.enum_value(
        "full",
        description="Full counting: a paper adds 1 to each pair that is on it, and 1 to the diagonal for each member on it.",
    )
    FRACTIONAL = strawberry.enum_value(
        "fractional",
        description="Fractional counting: a paper adds 1 in all, to each pair the product of its two shares (Batagelj and "
        "Cerinšek 2013).",
    )


def matrix_args(kind: Kind, arguments: Mapping[str, Any], limits: Limits) -> MatrixArgs:
    """The arguments, understood. Raises PageTooLarge, BadInput."""
    chosen = arguments.get("ids")
    ids = None if chosen in (None, UNSET) else tuple(chosen)
    if ids is not None and len(ids) > limits.max_page:
        raise PageTooLarge(f"`ids` accepts at most {limits.max_page} ids, got {len(ids)}", limit_hint("choose fewer", "max_page"))
    shared = arguments["counting"] is CountingMethod.FRACTIONAL
    first = bounded("first", arguments["first"], limits)
    return MatrixArgs(kind, ids, first, *years_of(arguments.get("years")), shared, limits.max_matrix_papers)


def _member(name: str, description: str) -> Any:
    return field(lambda root, info: members(root.matrix)[name], description, MEMBER)


@strawberry.type
class _Matrix:
    matrix: strawberry.Private[Counted]
    method: str = _member("method", "Counting method, with its reference.")
    paper_count: int = _member("paper_count", "Number of papers with at least one of the chosen nodes.")
    values: list[list[float]] = _member(
        "values", "Matrix of co-occurrence: one row and one column per chosen node, in their order."
    )
    with_others: list[float] = _member(
        "with_others", "For each chosen node, its co-occurrence with all nodes that were not chosen."
    )
    with_unknown: list[float] = _member(
        "with_unknown",
        "For each chosen node, its co-occurrence with the unknown: with authors without a known institution, and, if the "
        "number of authors is unknown, with the rest of the paper; of countries also with institutions whose country is unknown.",
    )
    elsewhere: float = _member("elsewhere", "Co-occurrence among nodes that were not chosen and the unknown.")


def _nodes(kind: Kind) -> Any:
    def resolve(root: Any, info: Infos) -> list[Any]:
        return [node(kind, row) for row in root.matrix.rows.tolist()]

    def plan(at: PlanCompiler, selected: Selected) -> ops.Operator:
        return ops.Nodes(selected.key, at.shape(selected.nodes, kind))

    return field(resolve, "The chosen nodes, in the order of the rows.", Planned(plan))


@strawberry.type(
    description="Co-occurrence of institutions on papers. With FRACTIONAL, all values in both directions sum to paperCount."
)
class InstitutionMatrix(_Matrix):
    """A symmetric matrix."""

    institutions: list[Institution] = _nodes(Kind.INSTITUTION)


@strawberry.type(
    description="Co-occurrence of categories on papers. With FRACTIONAL, all values in both directions sum to paperCount."
)
class CategoryMatrix(_Matrix):
    """A symmetric matrix."""

    categories: list[Category] = _nodes(Kind.CATEGORY)


@strawberry.type(
    description="Co-occurrence of countries on papers. With FRACTIONAL, all values in both directions sum to paperCount."
)
class CountryMatrix(_Matrix):
    """A symmetric matrix."""

    country_codes: list[str] = field(
        lambda root, info: list(root.matrix.codes),
        "Codes of the chosen countries, ISO 3166-1 alpha-2, in the order of the rows.",
        MEMBER,
    )


def country_args(arguments: Mapping[str, Any], limits: Limits) -> CountryArgs:
    """The arguments, understood. Raises PageTooLarge, BadInput."""
    chosen = arguments.get("country_codes")
    if chosen not in (None, UNSET) and len(chosen) > limits.max_page:
        message = f"`countryCodes` accepts at most {limits.max_page} codes, got {len(chosen)}"
        raise PageTooLarge(message, limit_hint("choose fewer", "max_page"))
    codes = None if chosen in (None, UNSET) else country_codes(list(chosen))
    shared = arguments["counting"] is CountingMethod.FRACTIONAL
    first = bounded("first", arguments["first"], limits)
    return CountryArgs(codes, first, *years_of(arguments.get("years")), shared, limits.max_matrix_papers)


def country_matrix(description: str) -> Any:
    """The root field that answers a matrix of countries."""

    async def resolve(root: Any, info: Infos, **arguments: Any) -> CountryMatrix:
        args = country_args(arguments, info.context.limits)
        return CountryMatrix(matrix=await country_matrix_of(info.context.store, args))

    def plan(at: PlanCompiler, selected: Selected) -> ops.Operator:
        bound = at.bind(selected, lambda arguments: country_args(arguments, at.limits))
        return ops.CountryMatrix(selected.key, bound, at.members(selected))

    return field(
        resolve,
        description,
        Planned(plan),
        country_codes=argument(
            list[str] | None,
            UNSET,
            f"Codes of the countries to choose, ISO 3166-1 alpha-2, at most {LIMITS.max_page} (`BYLINE_MAX_PAGE`). Default: the "
            "`first` with most papers.",
        ),
        first=argument(
            int,
            10,
            f"Without `countryCodes`: number of countries with most papers to choose, 0 to {LIMITS.max_page} "
            "(`BYLINE_MAX_PAGE`). Default: 10.",
        ),
        years=YEARS,
        counting=argument(CountingMethod, CountingMethod.FULL, "How a paper with several countries counts. Default: FULL."),
    )


def matrix(kind: Kind, graphql_type: type, description: str) -> Any:
    """A root field that answers a matrix."""

    async def resolve(root: Any, info: Infos, **arguments: Any) -> Any:
        args = matrix_args(kind, arguments, info.context.limits)
        for key in strangers(args):
            warn(info, kind, key)
        return graphql_type(matrix=await matrix_of(info.context.store, args))

    def plan(at: PlanCompiler, selected: Selected) -> ops.Operator:
        return ops.Matrix(
            selected.key, at.bind(selected, lambda arguments: matrix_args(kind, arguments, at.limits)), at.members(selected)
        )

    return field(
        resolve,
        description,
        Planned(plan),
        ids=argument(
            list[strawberry.ID] | None,
            UNSET,
            f"Ids of the nodes to choose, at most {LIMITS.max_page} (`BYLINE_MAX_PAGE`). Default: the `first` with most papers.",
        ),
        first=argument(
            int,
            10,
            f"Without `ids`: number of nodes with most papers to choose, 0 to {LIMITS.max_page} (`BYLINE_MAX_PAGE`). "
            f"Default: 10.",
        ),
        years=YEARS,
        counting=argument(CountingMethod, CountingMethod.FULL, "How a paper with several nodes counts. Default: FULL."),
    )

"""Conditions on papers that the index of words knows: years, and a category with all below it."""

from collections.abc import Callable, Iterator

from tantivy import FieldType, Query, Schema

from byline.graph.request import EVERYTHING, All, Any, Compare, InCategory, Op, Where

# What is true of nothing.
NOTHING = Any()
# The ends of the years that a comparison leaves, by its number; what is unknown is in none.
_YEARS: dict[Op, Callable[[int], tuple[int | None, int | None]]] = {
    Op.EQ: lambda year: (year, year),
    Op.GT: lambda year: (year + 1, None),
    Op.GTE: lambda year: (year, None),
    Op.LT: lambda year: (None, year - 1),
    Op.LTE: lambda year: (None, year),
}


def indexed(where: Where, schema: Schema, category_row: Callable[[str], int]) -> tuple[list[Query], Where]:
    """A condition as queries, and what is left of it that the index does not know: NOTHING where nothing can fit."""
    queries: list[Query] = []
    rest: list[Where] = []
    for part in _conjuncts(where):
        match part:
            case Compare("year", op, int(year)) if op in _YEARS:
                queries.append(Query.range_query(schema, "year", FieldType.Integer, *_YEARS[op](year)))
            case InCategory(Op.EQ, str(code)):
                if (row := category_row(code)) < 0:
                    return [], NOTHING
                queries.append(Query.term_query(schema, "within", row))
            case _:
                rest.append(part)
    return queries, All(tuple(rest)) if rest else EVERYTHING


def _conjuncts(where: Where) -> Iterator[Where]:
    """The parts that must all be true."""
    if isinstance(where, All):
        for part in where.parts:
            yield from _conjuncts(part)
    else:
        yield where

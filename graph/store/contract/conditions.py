"""Random predicates: every comparison of every type of column, categories, quantifiers, and their nesting."""

from collections.abc import Sequence
from random import Random
from typing import Any

from byline.graph.ids import public_id
from byline.graph.model import EDGES, OWN_INSTITUTIONS, Edge, Kind
from byline.graph.request import EVERYTHING, All, Compare, Identified, InCategory, InCountry, Not, Op, Quantifier, Where
from byline.graph.request import Any as AnyOf
from byline.graph.store.contract.draws import keys, listed, upto, whether
from byline.graph.store.contract.vocabulary import (
    CODES,
    DAY_COLUMNS,
    DAYS,
    EXTERNAL,
    FLAG_COLUMNS,
    FLOAT_COLUMNS,
    LISTED_COLUMNS,
    NAMES,
    NUMBER_COLUMNS,
    SCHEMES,
    TEXT_COLUMNS,
)
from byline.graph.store.text_columns import FOLDING

_EXACT = (Op.EQ, Op.GT, Op.GTE, Op.LT, Op.LTE)
_TEXTUAL = (Op.EQ, Op.IN, *FOLDING)
_LISTS = (Op.IN, Op.IN_IGNORE_CASE)
_PARTS = ("", "a", "ADA", "é", "lov", " ", "z", "明", "ss", "fi", "cs", "10.1", "D")
_SHARES = (0, 0.0, 1.0, 0.25, -1, 1 / 3, 0.5)
_IN_CATEGORIES = (*CODES, "CL", "stat.", "never")
_IN_COUNTRIES = ("DE", "US", "FR", "d", "")
NUMBERS = (*range(-1, 5), *range(2018, 2025))
_GIVEN = {
    "code": CODES,
    "country_code": ("DE",),
    "country": ("Germany",),
    "region": ("Saxony",),
    "city": ("Leipzig", "Springfield"),
    "language": ("en", "fr"),
    "license": ("cc-by",),
    "paper_type": ("journal-article",),
    "venue_type": ("journal",),
    "issn_l": ("1234-5670",),
    "doi": ("10.1/0", "10.1/1"),
    "orcid": ("0000-0000-0000-0001",),
}


def ids(kind: Kind) -> Sequence[str]:
    """Ids of nodes that are there, that were merged away, that never were."""
    present = CODES if kind is Kind.CATEGORY else tuple(keys(kind))
    gone = [f"old {key}" for key in keys(kind)[:2]]
    return [*(public_id(kind, key) for key in (*present, *gone, "never")), "nonsense"]


def where(draw: Random, kind: Kind, depth: int = 2) -> Where:
    """A predicate on nodes of a kind, nested at most `depth` deep."""
    shapes = ["everything", "compare", "compare", "identified"] + (["category"] if kind is Kind.PAPER else [])
    shapes += ["country"] if kind in OWN_INSTITUTIONS else []
    if depth:
        shapes += ["all", "any", "not", "reaches", "reaches"]
    match draw.choice(shapes):
        case "compare":
            return compare(draw, kind)
        case "identified":
            return _identified(draw)
        case "category":
            return _category(draw)
        case "country":
            return _country(draw)
        case "all":
            return All(tuple(where(draw, kind, depth - 1) for _ in range(draw.randint(0, 3))))
        case "any":
            return AnyOf(tuple(where(draw, kind, depth - 1) for _ in range(draw.randint(0, 3))))
        case "not":
            return Not(where(draw, kind, depth - 1))
        case "reaches":
            edge = draw.choice([edge for edge in EDGES.values() if edge.source is kind and not edge.pair])
            return Quantifier(edge, where(draw, edge.target, depth - 1), upto(draw, 3), upto(draw, 3))
    return EVERYTHING


def on_edge(draw: Random, edge: Edge, depth: int = 1) -> Where:
    """A predicate on the values of a hop, which has some that compare."""
    if depth and whether(draw):
        parts = tuple(on_edge(draw, edge, depth - 1) for _ in range(draw.randint(0, 2)))
        return draw.choice((All(parts), AnyOf(parts), Not(AnyOf(parts))))
    name = draw.choice([name for name in edge.values if name != "country_codes"])
    if draw.randint(0, 4) == 0:
        return Compare(name, Op.EXISTS, whether(draw))
    match name:
        case "corresponding":
            return Compare(name, Op.EQ, whether(draw))
        case "name_as_printed":
            return _text(draw, name)
        case "weight":
            return Compare(name, draw.choice(_EXACT), draw.choice(_SHARES))
    return (
        Compare(name, Op.IN, listed(draw, NUMBERS)) if whether(draw) else Compare(name, draw.choice(_EXACT), draw.choice(NUMBERS))
    )


def _category(draw: Random) -> Where:
    op = draw.choice((*_TEXTUAL, Op.EXISTS))
    if op is Op.EXISTS:
        return InCategory(op, whether(draw))
    return InCategory(op, listed(draw, _IN_CATEGORIES) if op in _LISTS else draw.choice(_IN_CATEGORIES))


def _country(draw: Random) -> Where:
    op = draw.choice((*_TEXTUAL, Op.EXISTS))
    if op is Op.EXISTS:
        return InCountry(op, whether(draw))
    return InCountry(op, listed(draw, _IN_COUNTRIES) if op in _LISTS else draw.choice(_IN_COUNTRIES))


def _identified(draw: Random) -> Where:
    """An identifier as it may be written, of a scheme that fits it or not, or whether there is one."""
    scheme, op = draw.choice(SCHEMES), draw.choice((Op.EQ, Op.IN, Op.EXISTS))
    if op is Op.EXISTS:
        return Identified(draw.choice((scheme, "")), op, whether(draw))
    return Identified(scheme, op, listed(draw, EXTERNAL) if op is Op.IN else draw.choice(EXTERNAL))


def compare(draw: Random, kind: Kind) -> Where:
    """A comparison of one column."""
    columns = {"number": NUMBER_COLUMNS[kind], "float": FLOAT_COLUMNS[kind], "text": TEXT_COLUMNS[kind] + LISTED_COLUMNS[kind]}
    columns |= {"day": DAY_COLUMNS[kind], "flag": FLAG_COLUMNS[kind], "id": ("id",)}
    which = draw.choice(["exists", *(name for name, there in columns.items() if there)])
    if which == "exists":
        named = [column for name, there in columns.items() if name != "id" for column in there]
        return Compare(draw.choice(named), Op.EXISTS, whether(draw))
    column = draw.choice(columns[which])
    if which == "text":
        return _text(draw, column)
    if which == "flag":
        return Compare(column, Op.EQ, whether(draw))
    values: dict[str, Sequence[Any]] = {"id": ids(kind), "float": _SHARES, "day": DAYS, "number": NUMBERS}
    if whether(draw):
        return Compare(column, Op.IN, listed(draw, values[which]))
    return Compare(column, Op.EQ if which == "id" else draw.choice(_EXACT), draw.choice(values[which]))


def _text(draw: Random, column: str) -> Where:
    texts, op = _GIVEN.get(column, NAMES), draw.choice(_TEXTUAL)
    if op in _LISTS:
        return Compare(column, op, listed(draw, texts))
    return Compare(column, op, draw.choice(texts if op is Op.EQ or whether(draw) else _PARTS))

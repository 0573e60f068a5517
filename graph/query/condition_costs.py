"""What a condition costs to be asked of rows, in rows that are scanned: a number is next to nothing, a text dearer, and a
quantifier costs the far ends of its hop and what is asked of those, each of them once.
"""

from collections.abc import Callable
from typing import Any

import pyarrow as pa

from byline.graph.model import COLUMNS, OWN_INSTITUTIONS, Kind
from byline.graph.request import All, Compare, Identified, InCategory, InCountry, Not, OnEdge, Op, Quantifier, Where
from byline.graph.request import Any as Either
from byline.graph.store.protocol import Degree
from byline.graph.store.text_columns import FOLDING, by_column, folded_column_name

# Measured in rows that are scanned, some 25 ns: a value that is compared, a folded text in which another is looked for, the
# folding of one that is not kept so, the categories of a paper, a far end that is followed and counted.
_VALUE, _TEXT, _UNFOLDED, _LISTED, _FOLLOWED = 0.02, 4.0, 56.0, 1.0, 3.0
# Texts of a column that holds lists of them.
_SEVERAL = 4.0
# Texts that are looked for in one pass: the pass, and each of them.
_ALTERNATIVES, _PASSED = 12.0, 0.3

_LISTS = {(kind, column.name) for kind in COLUMNS for column in COLUMNS[kind] if pa.types.is_list(column.dtype)}


def scanned(
    where: Where, kind: Kind, rows: float, degree: Callable[[str], Degree | None], size: Callable[[Kind], float]
) -> float:
    """What a condition costs on so many rows of a kind; equal parts are asked once."""
    match where:
        case Either(parts):
            others, texts = by_column(list(dict.fromkeys(parts)))
            passes = sum(
                (_ALTERNATIVES + _folding(kind, column) + _PASSED * len(many)) * _each(kind, column)
                for column, many in texts.items()
            )
            return passes * rows + sum(scanned(part, kind, rows, degree, size) for part in others)
        case All(parts):
            return sum(scanned(part, kind, rows, degree, size) for part in dict.fromkeys(parts))
        case Not(part) | OnEdge(part):
            return scanned(part, kind, rows, degree, size)
        case Quantifier(edge=edge, where=inner):
            lengths = degree(edge.name)
            links = rows * (lengths.mean if lengths else 1.0)
            return _FOLLOWED * links + scanned(inner, edge.target, min(links, size(edge.target)), degree, size)
        case InCategory():
            return _LISTED * rows
        case InCountry():
            # Its institutions, and its authorships, of which there are about as many.
            lengths = degree(OWN_INSTITUTIONS[kind].name)
            return 2 * _FOLLOWED * rows * (lengths.mean if lengths else 1.0)
        case Identified(op=op):
            return (_LISTED if op is Op.EXISTS else _VALUE) * rows
        case Compare():
            return _compared(where, kind) * rows


def form(where: Where) -> Any:
    """What of a condition its cost depends on: all but the values. Conditions of one form cost the same on the same rows."""
    match where:
        case All(parts) | Either(parts):
            return tuple([form(part) for part in dict.fromkeys(parts)])
        case Not(part):
            return form(part)
        case OnEdge(part):
            return "edge", form(part)
        case Quantifier(edge=edge, where=inner):
            return edge.name, form(inner)
        case InCategory():
            return None
        case InCountry(op):
            return "country", op in FOLDING
        case Identified(scheme, op):
            return f"{scheme} id", op
        case Compare():
            return where.column, where.op


def _compared(where: Compare, kind: Kind) -> float:
    each = _each(kind, where.column)
    if where.op not in FOLDING:
        return _VALUE if each == 1.0 or where.op is Op.EXISTS else _LISTED
    return (_TEXT + _folding(kind, where.column)) * each


def _each(kind: Kind, column: str) -> float:
    """How many texts a column holds for each row."""
    return _SEVERAL if (kind, column) in _LISTS else 1.0


def _folding(kind: Kind, column: str) -> float:
    return 0.0 if folded_column_name(kind, column) else _UNFOLDED

"""Random requests: orders, cursors, pages, windows, batches of rows, keys and searches."""

from random import Random
from typing import Any

import numpy as np

from byline.graph.ids import public_id
from byline.graph.model import IDENTIFIED, KINDS, LETTERS, Edge, Kind
from byline.graph.request import (
    EVERYTHING,
    NEWEST,
    All,
    Complete,
    Cursor,
    Key,
    Not,
    OnEdge,
    Order,
    Page,
    Search,
    SearchCursor,
    Select,
    Where,
    Window,
)
from byline.graph.store.contract.conditions import NUMBERS, ids, on_edge, where
from byline.graph.store.contract.draft import Draft
from byline.graph.store.contract.draws import maybe, some, upto, whether
from byline.graph.store.contract.vocabulary import (
    CODES,
    DAY_COLUMNS,
    DAYS,
    EXTERNAL,
    NAMES,
    ORDER_COLUMNS,
    PRINTED,
    SCHEMES,
    TEXT_COLUMNS,
    UNPAGED,
    YEARS,
)
from byline.graph.store.protocol import Rows

_TEXT_PLACES = ("", "ada lovelace", "zoe", "m", "cs", "李 明", "𝔘", "\uffff")
_WEIGHTS = (0.0, 0.5, 1 / 3, 1.0, 0.5 + 1 / 3)
_UNORDERED = ("name_as_printed", "corresponding", "country_codes")
_TEXTS = (
    *NAMES, *CODES, "a", "ad lov", "lovelace", "lovelxce", "jöl", "joel", "kng", "whole", "whloe", "oneil", "o neil b", "zo",
    "cs cl", "ada lovelace ada b c d e f", "ada love", "ada x b c d e f lo", "whole.", "李", "明李", "fi", "lukas o",
)  # fmt: skip
_SIGNS = "adlovecz .'李明ßÅüø1\0*\""


def sizes(draft: Draft) -> dict[Kind, int]:
    """How many nodes of each kind there are."""
    return {kind: len(draft.nodes[kind]) for kind in LETTERS} | {Kind.AUTHORSHIP: len(draft.authorships)}


def batch(draw: Random, size: int, pair: bool = False, most: int = 8) -> Rows:
    """Rows, or pairs of rows, some more than once."""
    count = draw.randint(0, most) if size else 0
    shape = (count, 2) if pair else (count,)
    rows = [draw.randrange(size) for _ in range(count * (2 if pair else 1))]
    return np.array(rows, np.int32).reshape(shape)


def maybe_where(draw: Random, kind: Kind) -> Where:
    """A condition or, half the time, none."""
    return where(draw, kind) if whether(draw) else EVERYTHING


def order(draw: Random, kind: Kind, edge: Edge | None = None) -> tuple[Order, ...]:
    """At most two keys, of the nodes or of the hop."""
    if kind is Kind.PAPER and draw.randint(0, 3) == 0:
        return NEWEST
    columns = [(column, False) for column in ORDER_COLUMNS[kind]]
    columns += [(column, True) for column in (edge.values if edge else ()) if column not in _UNORDERED]
    return tuple(Order(column, whether(draw), on_edge) for column, on_edge in some(draw, columns, 2))


def cursor(draw: Random, kind: Kind, keys: tuple[Order, ...]) -> Cursor:
    """A place that need not be anybody's."""

    def value(key: Order) -> Any:
        if key.column in DAY_COLUMNS[kind]:
            return maybe(draw, DAYS)
        if key.column in TEXT_COLUMNS[kind]:
            return draw.choice(_TEXT_PLACES)
        return draw.choice(_WEIGHTS) if key.column == "weight" else maybe(draw, NUMBERS)

    return (*(value(key) for key in keys), draw.choice(ids(kind)))


def select(draw: Random, kind: Kind, edge: Edge | None = None) -> Select:
    """What to keep of a list of a kind."""
    keys = order(draw, kind, edge)
    if edge and edge.name == "paper_authors" and whether(draw):
        keys = PRINTED
    # The printed list holds a person twice: its cursors name a position.
    paged = keys == PRINTED if edge and edge.name == "paper_authors" else not edge or edge.name not in UNPAGED
    after, before = (cursor(draw, kind, keys) if paged and whether(draw) else None for _ in range(2))
    page = Page(upto(draw, 4), after, upto(draw, 4), before)
    values = tuple(some(draw, edge.values, len(edge.values))) if edge else ()
    return Select(entries_where(draw, kind, edge), keys, page, values, whether(draw))


def entries_where(draw: Random, kind: Kind, edge: Edge | None) -> Where:
    """A condition on nodes, on edges where they have values, on both, or none."""
    of_nodes = maybe_where(draw, kind)
    if not edge or not edge.values or whether(draw):
        return of_nodes
    of_both = All((of_nodes, OnEdge(on_edge(draw, edge))))
    return Not(of_both) if draw.randint(0, 3) == 0 else of_both


def window(draw: Random, edge: Edge) -> Window | None:
    """A window of a hop that has one or, half the time, none."""
    if not edge.windowed or whether(draw):
        return None
    first, last = YEARS
    return Window(upto(draw, last, first), upto(draw, last, first), upto(draw, 9))


def key(draw: Random, kind: Kind) -> Key:
    """A name, a code or an id, right or wrong."""
    ways = [Key("id", draw.choice(ids(kind))), Key("external", draw.choice(EXTERNAL), draw.choice(SCHEMES))]
    if "names" in KINDS[kind].names:
        ways.append(Key("name", draw.choice((*NAMES, "ADA-lovelace", "nobody", ""))))
    if kind is Kind.CATEGORY:
        ways.append(Key("code", draw.choice((*CODES, "CL", "ml", "ünï", ""))))
    return draw.choice(ways)


def text(draw: Random) -> str:
    """What somebody may type."""
    return draw.choice(_TEXTS) if draw.random() < 0.7 else "".join(draw.choices(_SIGNS, k=draw.randint(0, 9)))


def search(draw: Random) -> Search:
    """A search, with conditions now and then."""
    kinds = draw.choice((IDENTIFIED, (Kind.PAPER,), tuple(some(draw, IDENTIFIED, len(IDENTIFIED)))))
    wheres = tuple((kind, where(draw, kind)) for kind in some(draw, IDENTIFIED, len(IDENTIFIED))) if whether(draw) else None
    after, before = (_found(draw) if whether(draw) else None for _ in range(2))
    return Search(text(draw), kinds, wheres, upto(draw, 3), after, upto(draw, 3), before, whether(draw))


def _found(draw: Random) -> SearchCursor:
    """A place in the answer to a search that need not be anybody's."""
    somebody = public_id(draw.choice(IDENTIFIED), draw.choice(("author-1", "paper-2", "cs", "gone")))
    return draw.randint(0, 9), draw.randint(0, 3), draw.randint(0, 3), somebody


def begun(draw: Random) -> Complete:
    """Begun words."""
    return Complete(text(draw), IDENTIFIED, draw.randint(0, 9))

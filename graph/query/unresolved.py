"""Keys that name no node, or several: the warning that the answer carries, and the error that stands for the node."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from byline.graph.errors import AmbiguousKey, BadId
from byline.graph.ids import kind_of, odd
from byline.graph.model import AFFILIATIONS, COLUMNS, KINDS, Kind
from byline.graph.request import Hop, Key, Order, Page, Select
from byline.graph.store.lists import split
from byline.graph.store.protocol import AMBIGUOUS, MISSING, Rows, Store

# A key, of which kind a node is wanted (any where None), and what the store answered.
Lookup = tuple[Kind | None, Key, int]
Warned = tuple[str, str]
# Characters of a key that are shown, and candidates that are listed.
_CHARACTERS, _CANDIDATES = 100, 10
_MOST_PAPERS = (Order("paper_count", descending=True, on_edge=True),)


def warns(kind: Kind | None, key: Key, row: int) -> bool:
    """Whether the answer says something of a key: that several nodes have it, or that it can be none."""
    return row == AMBIGUOUS or (row < 0 and bad_id(kind, key) is not None)


def bad_id(kind: Kind | None, key: Key) -> Warned | None:
    """The warning for a key that named nothing; None where it might have.

    An odd id is only warned of where nothing has it: what a source states is found.
    """
    shown = repr(key.value[:40])
    if key.by == "id":
        actual = kind_of(key.value)
        if actual is None:
            return "BAD_ID", f"{shown} is not an id of this API; take ids from the field `id`"
        return None if kind in (None, actual) else ("BAD_ID", f"{shown} is the id of a node of kind {actual}, not of kind {kind}")
    right = None if key.by != "external" else odd(key.scheme, key.value)
    return ("BAD_ID", f"{shown} is not a valid id of the scheme {key.scheme.lower()}; {right}") if right else None


async def refuse_ambiguous(store: Store, kind: Kind, keys: Sequence[Key], rows: Rows) -> None:
    """Raises AmbiguousKey for the first of the keys that several nodes have, as `rows` say."""
    for key, row in zip(keys, rows.tolist(), strict=True):
        if row == AMBIGUOUS:
            raise await ambiguity(store, kind, key)


async def people_named(store: Store, keys: Sequence[Key]) -> Rows:
    """The people that keys name, in one look-up. Raises BadId for a key that names nobody, AmbiguousKey."""
    return await _named_by(store, Kind.AUTHOR, keys, "find people with `search` or `suggest`, and name them by id")


async def papers_named(store: Store, keys: Sequence[Key]) -> Rows:
    """The papers that keys name, in one look-up. Raises BadId for a key that names none."""
    return await _named_by(store, Kind.PAPER, keys, "find papers with `search`, and name them by id")


async def nodes_named(store: Store, kind: Kind, keys: Sequence[Key]) -> Rows:
    """The nodes of a kind that keys name, in one look-up. Raises BadId for a key that names none, AmbiguousKey."""
    return await _named_by(store, kind, keys, f"find {KINDS[kind].plural} with `search` or `suggest`, and name them by id")


async def _named_by(store: Store, kind: Kind, keys: Sequence[Key], hint: str) -> Rows:
    rows = await store.lookup(kind, keys)
    for key, row in zip(keys, rows.tolist(), strict=True):
        if row == MISSING and key.by == "id":
            article = "an" if kind[0] in "aeiou" else "a"
            raise BadId(
                f"{key.value[:40]!r} is not the id of {article} {kind} in this graph",
                f"take ids from the field `id` of {article} {kind}",
            )
        if row == MISSING:
            raise BadId(f"No {kind} in this graph has the {_named(key)}", hint)
    await refuse_ambiguous(store, kind, keys, rows)
    return rows


async def ambiguity(store: Store, kind: Kind, key: Key) -> AmbiguousKey:
    """The error for a key that several nodes have, with those of most papers: what they are, and where."""
    (rows,) = await store.candidates(kind, [key])
    counted = any(column.name == "paper_count" for column in COLUMNS[kind])
    papers = (await store.values(kind, rows, ["paper_count"]))[0] if counted else [None] * len(rows)
    chosen = sorted(range(len(rows)), key=lambda at: (-(papers[at] or 0), rows[at]))[:_CANDIDATES]
    shown = rows[np.array(chosen, np.int64)]
    ids, names = await store.values(kind, shown, ["id", KINDS[kind].short])
    places = await _places(store, kind, shown)
    candidates = [
        {"id": identifier, "name": name, "paperCount": papers[at], "place": place}
        for identifier, name, at, place in zip(ids, names, chosen, places, strict=True)
    ]
    return AmbiguousKey(f"{len(rows)} nodes of kind {kind} have the {_named(key)}", candidates=candidates)


def _named(key: Key) -> str:
    what = f"{key.scheme.lower()} id" if key.by == "external" else key.by
    return f"{what} {key.value[:_CHARACTERS]!r}"


async def _places(store: Store, kind: Kind, rows: Rows) -> list[Any]:
    """Where each is: of people the affiliation of most papers, of institutions the country; null where that is not known."""
    if kind is Kind.INSTITUTION:
        return list((await store.values(kind, rows, ["country_code"]))[0])
    if kind is not Kind.AUTHOR:
        return [None] * len(rows)
    first = await store.expand(Hop(AFFILIATIONS), rows, Select(order=_MOST_PAPERS, page=Page(first=1)))
    (names,) = await store.values(Kind.INSTITUTION, first.rows, ["name"])
    return [own[0] if own else None for own in split(first.offsets, list(names))]

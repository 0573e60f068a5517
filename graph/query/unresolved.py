"""Keys that name no node, or several: the warning that the answer carries."""

from collections.abc import Sequence

import numpy as np

from byline.graph.ids import kind_of, odd
from byline.graph.model import Kind
from byline.graph.request import Key
from byline.graph.store.lists import offsets, split
from byline.graph.store.protocol import AMBIGUOUS, Rows, Store

# A key, of which kind a node is wanted (any where None), and what the store answered.
Lookup = tuple[Kind | None, Key, int]
Warned = tuple[str, str]
# Characters of a key and ids of candidates that a warning shows.
_CHARACTERS, _CANDIDATES = 100, 10


def warns(kind: Kind | None, key: Key, row: int) -> bool:
    """Whether there is a warning for a key."""
    return row == AMBIGUOUS or (row < 0 and bad_id(kind, key) is not None)


async def warnings_of(store: Store, lookups: Sequence[Lookup]) -> list[Warned | None]:
    """Code and words of the warning for each key; None where it names one node, or might."""
    warnings = [None if row >= 0 or row == AMBIGUOUS else bad_id(kind, key) for kind, key, row in lookups]
    several = [at for at, (_, _, row) in enumerate(lookups) if row == AMBIGUOUS]
    for kind in dict.fromkeys(kind for at in several if (kind := lookups[at][0]) is not None):
        here = [at for at in several if lookups[at][0] is kind]
        keys = [lookups[at][1] for at in here]
        candidates = await store.candidates(kind, keys)
        for at, key, rows, ids in zip(here, keys, candidates, await _first(store, kind, candidates), strict=True):
            warnings[at] = "AMBIGUOUS_KEY", _ambiguous(kind, key, ids, len(rows))
    return warnings


async def _first(store: Store, kind: Kind, candidates: Sequence[Rows]) -> list[list[str]]:
    """The ids of the first few of each list."""
    shown = [rows[:_CANDIDATES] for rows in candidates]
    (ids,) = await store.values(kind, np.concatenate(shown), ["id"])
    return split(offsets([len(rows) for rows in shown]), ids)


def _ambiguous(kind: Kind, key: Key, ids: Sequence[str], count: int) -> str:
    what = f"{key.scheme.lower()} id" if key.by == "external" else key.by
    listed = ", ".join(ids) + (f" and {count - len(ids)} more" if count > len(ids) else "")
    borne = f"Several nodes of kind {kind} have the {what} {key.value[:_CHARACTERS]!r}: {listed}"
    return f"{borne}; see what they are with `nodes(ids: …)` and select one by id"


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

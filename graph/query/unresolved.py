"""Keys that name no node, or several: the warning that the answer carries."""

from byline.graph.ids import kind_of, odd
from byline.graph.model import Kind
from byline.graph.request import Key
from byline.graph.store.protocol import AMBIGUOUS


def warning_of(kind: Kind | None, key: Key, row: int) -> tuple[str, str] | None:
    """Code and words of the warning for a key of a node of a kind, or of any; None where it names one, or might.

    `row` is what the store answered. An odd id is only warned of where nothing has it: what a source states is found.
    """
    if row >= 0:
        return None
    if row == AMBIGUOUS:
        words = f"Several nodes of kind {kind} have the {key.by} {key.value!r}; list them with a filter and select one by id"
        return "AMBIGUOUS_KEY", words
    shown = repr(key.value[:40])
    if key.by == "id":
        found = kind_of(key.value)
        if found is None:
            return "BAD_ID", f"{shown} is not an id of this API; take ids from the field `id`"
        return None if kind in (None, found) else ("BAD_ID", f"{shown} is the id of a node of kind {found}, not of kind {kind}")
    right = None if key.by != "external" else odd(key.scheme, key.value)
    return ("BAD_ID", f"{shown} is not a valid id of the scheme {key.scheme.lower()}; {right}") if right else None

"""Nodes by their keys, as plain resolvers."""

from collections.abc import Sequence
from typing import Any

from byline.graph.model import Kind
from byline.graph.query.unresolved import ambiguity, bad_id
from byline.graph.request import Key
from byline.graph.store.protocol import AMBIGUOUS
from byline.schema.fields import Infos
from byline.schema.inputs.keys import key_of, keys_of
from byline.schema.types.node import node


async def by_key(kind: Kind, by: Any, info: Infos) -> Any:
    """The node that a key names; null where there is none. Raises AmbiguousKey where there are several."""
    (named,) = await _named(kind, [key_of(by)], info, listed=False)
    if isinstance(named, Exception):
        raise named
    return named


async def by_keys(kind: Kind, keys: Sequence[Any], info: Infos) -> list[Any]:
    """The nodes that keys name, in their order; null where there is none, and an error in the place of several."""
    return await _named(kind, keys_of(keys, info.context.limits), info, listed=True)


async def _named(kind: Kind, keys: list[Key], info: Infos, listed: bool) -> list[Any]:
    store = info.context.store
    rows = (await store.lookup(kind, keys)).tolist() if keys else []
    nodes: list[Any] = []
    for place, (key, row) in enumerate(zip(keys, rows, strict=True)):
        if row == AMBIGUOUS:
            nodes.append(await ambiguity(store, kind, key))
            continue
        if row < 0:
            warn(info, kind, key, place if listed else None)
        nodes.append(node(kind, row))
    return nodes


def warn(info: Infos, kind: Kind | None, key: Key, place: int | None = None) -> None:
    """Add the warning for a key that named nothing to the answer, if there is one; in a list it is of the entry at `place`."""
    warned = bad_id(kind, key)
    if warned is not None:
        code, words = warned
        info.context.warn(code, [*info.path.as_list(), *([] if place is None else [place])], words)

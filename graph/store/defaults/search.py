"""`Store.search` over the core: every node held against the words of each search, then ordered and cut."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TypeAlias

from byline.graph.deadline import checkpoint
from byline.graph.ids import kind_of
from byline.graph.model import IDENTIFIED, Kind
from byline.graph.request import Level, Search, SearchCursor, Select
from byline.graph.store.defaults.search_nodes import Node, located, search_nodes
from byline.graph.store.protocol import SearchPage, StoreCore
from byline.graph.typed_ids import typed_keys
from byline.graph.words import query_forms

# What orders nodes in an answer: level, citations and papers, each the more the earlier, then kind and id.
_Key: TypeAlias = tuple[int, int, int, int, str]


async def search(store: StoreCore, searches: Sequence[Search]) -> list[SearchPage]:
    """See the protocol."""
    return [await _search(store, search) for search in searches]


async def _search(store: StoreCore, search: Search) -> SearchPage:
    checkpoint()
    levels = await _levels(store, search)
    nodes = sorted(levels, key=lambda node: node.key(levels[node]))
    page, has_next, has_previous = _cut(search, nodes, [node.key(levels[node]) for node in nodes])
    kinds, rows = located(page)
    places = [node.place(levels[node])[:3] for node in page]
    return SearchPage(kinds, rows, places, has_next, has_previous, len(nodes) if search.total else None)


def _cut(search: Search, nodes: Sequence[Node], keys: Sequence[_Key]) -> tuple[Sequence[Node], bool, bool]:
    """The nodes between the two cursors, then `first` of them, then `last` of those; whether more follow and precede."""
    start = 0 if search.after is None else bisect_right(keys, _key(search.after))
    stop = len(nodes) if search.before is None else bisect_left(keys, _key(search.before))
    has_next, has_previous, page = stop < len(nodes), start > 0, nodes[start:stop]
    if search.first is not None and len(page) > search.first:
        page, has_next = page[: search.first], True
    if search.last is not None and len(page) > search.last:
        page, has_previous = page[len(page) - search.last :], True
    return page, has_next, has_previous


async def _levels(store: StoreCore, search: Search) -> dict[Node, Level]:
    """The level of each node that fits; weaker ones where none fits as it is typed."""
    words = query_forms(search.text)
    nodes = await _fitting(store, search) if words else []
    levels = {node: level for node in nodes if (level := node.names.level(words))}
    named = await _named(store, search.text)
    levels |= {node: Level.IDENTIFIER for node in nodes if (node.kind, node.row) in named}
    if all(level < Level.WORDS for level in levels.values()):
        checkpoint()
        rest = [node for node in nodes if node not in levels]
        levels |= {node: level for node in rest if (level := node.names.weak_level(words))}
    return levels


async def _named(store: StoreCore, text: str) -> set[tuple[Kind, int]]:
    """Kind and row of the nodes that a text is an identifier of."""
    located_keys = {(kind, int((await store.lookup(kind, [key]))[0])) for kind, key in typed_keys(text)}
    return {(kind, row) for kind, row in located_keys if row >= 0}


async def _fitting(store: StoreCore, search: Search) -> list[Node]:
    """The nodes that the conditions let through."""
    fitting = {kind: set((await store.find(kind, Select(where))).rows.tolist()) for kind, where in search.where or ()}
    nodes = await search_nodes(store, search.kinds)
    return [node for node in nodes if node.kind not in fitting or node.row in fitting[node.kind]]


def _key(place: SearchCursor) -> _Key:
    level, citations, papers, identifier = place
    kind = kind_of(identifier)
    return -level, -citations, -papers, IDENTIFIED.index(kind) if kind else len(IDENTIFIED), identifier

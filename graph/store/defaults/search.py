"""`Store.search` over the core: every node held against the words of each search, then ordered and cut."""

from collections.abc import Sequence

import numpy as np

from byline.graph.deadline import checkpoint
from byline.graph.ids import kind_of
from byline.graph.model import CATEGORY_PAPERS, IDENTIFIED, Kind
from byline.graph.request import Hop, Key, Level, Search, SearchCursor, Select
from byline.graph.store.defaults.search_nodes import Node, located, search_nodes
from byline.graph.store.protocol import SearchPage, StoreCore
from byline.graph.typed_ids import typed_keys
from byline.graph.words import query_forms


async def search(store: StoreCore, searches: Sequence[Search]) -> list[SearchPage]:
    """See the protocol."""
    return [await _search(store, search) for search in searches]


async def _search(store: StoreCore, search: Search) -> SearchPage:
    checkpoint()
    levels = await _levels(store, search)
    nodes = sorted(levels, key=lambda node: node.key(levels[node]))
    behind = nodes if search.after is None else [node for node in nodes if node.key(levels[node]) > _key(search.after)]
    page = behind if search.first is None else behind[: search.first]
    kinds, rows = located(page)
    places = [node.place(levels[node])[:3] for node in page]
    total = len(nodes) if search.total else None
    return SearchPage(kinds, rows, places, len(page) < len(behind), len(behind) < len(nodes), total)


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
    if not search.only_papers:
        return await search_nodes(store, search.kinds)
    nodes = await search_nodes(store, [kind for kind in search.kinds if kind is Kind.PAPER])
    if search.category is not None:
        within = await _within(store, search.category)
        nodes = [node for node in nodes if node.row in within]
    return [node for node in nodes if _in_years(node.year, search.first_year, search.last_year)]


async def _within(store: StoreCore, code: str) -> set[int]:
    """The papers in the category that a code names and those below it; none where it names none, or might name several."""
    rows = await store.lookup(Kind.CATEGORY, [Key("code", code)])
    papers = await store.expand(Hop(CATEGORY_PAPERS), np.asarray(rows[rows >= 0], np.int32), Select())
    return set(papers.rows.tolist())


def _in_years(year: int | None, first: int | None, last: int | None) -> bool:
    if year is None:
        return first is None and last is None
    return (first is None or year >= first) and (last is None or year <= last)


def _key(place: SearchCursor) -> tuple[int, int, int, int, str]:
    level, citations, papers, identifier = place
    kind = kind_of(identifier)
    return -level, -citations, -papers, IDENTIFIED.index(kind) if kind else len(IDENTIFIED), identifier

"""`Store.complete` over the core: every node whose names have a word for each begun word."""

from collections.abc import Sequence

from byline.graph.deadline import checkpoint
from byline.graph.request import Complete
from byline.graph.store.defaults.search_nodes import located, search_nodes
from byline.graph.store.protocol import Completed, StoreCore
from byline.graph.words import query_forms


async def complete(store: StoreCore, begun: Sequence[Complete]) -> list[Completed]:
    """See the protocol."""
    return [await _complete(store, each) for each in begun]


async def _complete(store: StoreCore, begun: Complete) -> Completed:
    checkpoint()
    words = query_forms(begun.text)
    nodes = await search_nodes(store, begun.kinds) if words else []
    levels = {node: level for node in nodes if (level := node.names.suggested(words))}
    page = sorted(levels, key=lambda node: node.key(levels[node]))[: begun.first]
    kinds, rows = located(page)
    return Completed(kinds, rows, [node.names.shown(words) for node in page])

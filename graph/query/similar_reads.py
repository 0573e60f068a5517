"""A plan's part for papers like a paper: what it asks, and what executing it leaves."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from byline.graph.query import ir
from byline.graph.query.similar import By, Similar, shared_outside, shared_papers, shared_words, similar
from byline.graph.store.protocol import Rows, Store

Nodes = Callable[[ir.Shape, Rows], Awaitable[Any]]
Value = Callable[[Any], Any]


@dataclass
class SimilarRead:
    """The lists, how they were made, and by key what their members lead to: nodes, (offsets, nodes) or words."""

    found: Similar
    by: By
    inner: dict[str, Any] = field(default_factory=dict)


async def read_similar(store: Store, output: ir.Similar, rows: Rows, value: Value, nodes: Nodes) -> SimilarRead:
    """Ask the store; `value` fills slots, `nodes` reads what is shown of rows."""
    asked = value(output.asked)
    read = SimilarRead(await similar(store, rows, asked), asked.by)
    for shown in output.fields:
        if isinstance(shown, ir.EntryNode):
            read.inner[shown.key] = await nodes(shown.shape, read.found.rows)
        elif isinstance(shown, ir.SharedPapers):
            offsets, papers = await shared_papers(store, read.found, asked.by, value(shown.first))
            read.inner[shown.key] = (offsets, await nodes(shown.shape, papers))
        elif isinstance(shown, ir.Cell) and shown.column in TEXTS:
            read.inner[shown.key] = await _texts(store, read.found, asked.by, shown.column)
    return read


# Members that list texts, what they are by, and what finds them.
TEXTS = {"shared_words": (By.TEXT, shared_words), "shared_outside": (By.BIBLIOGRAPHIC_COUPLING, shared_outside)}


async def _texts(store: Store, found: Similar, by: By, column: str) -> list[list[str]]:
    only, read = TEXTS[column]
    return await read(store, found.sources, found.rows) if by is only else [[] for _ in found.rows]

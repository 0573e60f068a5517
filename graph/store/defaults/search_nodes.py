"""What a search by words goes through: every node of a store with its names, and its place among those that fit as well."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from byline.graph.model import CATEGORY_PAPERS, IDENTIFIED, Kind
from byline.graph.request import Hop, Level, SearchCursor, Select
from byline.graph.store.defaults.memo import Memo
from byline.graph.store.defaults.names import Names
from byline.graph.store.lists import split
from byline.graph.store.protocol import StoreCore

_COLUMNS = {
    Kind.AUTHOR: ("id", "name", "names", "citation_count", "paper_count"),
    Kind.PAPER: ("id", "title", "abstract", "citation_count"),
    Kind.INSTITUTION: ("id", "name", "names", "citation_count", "paper_count"),
    Kind.CATEGORY: ("id", "name", "code"),
    Kind.VENUE: ("id", "name", "names", "citation_count", "paper_count"),
}


@dataclass(frozen=True, eq=False)
class Node:
    """A node that may be found: `citations` and `papers` order it among those of its level."""

    kind: Kind
    row: int
    id: str
    names: Names
    citations: int
    papers: int

    def place(self, level: Level) -> SearchCursor:
        """Where it stands in the answer."""
        return level, self.citations, self.papers, self.id

    def key(self, level: Level) -> tuple[int, int, int, int, str]:
        """What orders it there."""
        return -level, -self.citations, -self.papers, IDENTIFIED.index(self.kind), self.id


_NODES: Memo[list[Node]] = Memo(len(IDENTIFIED))


async def search_nodes(store: StoreCore, kinds: Sequence[Kind]) -> list[Node]:
    """The nodes of some kinds."""
    return [node for kind in kinds for node in await _NODES.get(store, kind, partial(_read, store, kind))]


async def _read(store: StoreCore, kind: Kind) -> list[Node]:
    rows = (await store.find(kind, Select())).rows
    columns = await store.columns(kind, rows, _COLUMNS[kind])
    records = [
        dict(zip(_COLUMNS[kind], values, strict=True)) for values in zip(*(column.to_pylist() for column in columns), strict=True)
    ]
    if kind is Kind.CATEGORY:
        await _count(store, rows, records)
    return [_node(kind, row, record) for row, record in zip(rows.tolist(), records, strict=True)]


async def _count(store: StoreCore, rows: Any, records: list[dict[str, Any]]) -> None:
    """A category counts the papers in and below it, and their citations."""
    papers = await store.expand(Hop(CATEGORY_PAPERS), rows, Select())
    (cited,) = await store.columns(Kind.PAPER, papers.rows, ["citation_count"])
    for record, one in zip(records, split(papers.offsets, cited.to_pylist()), strict=True):
        record.update(citation_count=sum(count or 0 for count in one), paper_count=len(one))


def _node(kind: Kind, row: int, record: dict[str, Any]) -> Node:
    counts = record["citation_count"] or 0, record.get("paper_count") or 0
    return Node(kind, row, record["id"], _names(kind, record), *counts)


def _names(kind: Kind, record: dict[str, Any]) -> Names:
    match kind:
        case Kind.PAPER:
            return Names([record["title"] or ""], record["abstract"] or "", False)
        case Kind.CATEGORY:
            return Names([record["name"], record["code"]], "", False)
    return Names(list(dict.fromkeys([record["name"], *(record["names"] or [])])), "", kind is Kind.AUTHOR)


def located(nodes: Sequence[Node]) -> tuple[list[Kind], "np.ndarray[tuple[int], np.dtype[np.int32]]"]:
    """Kinds and rows."""
    return [node.kind for node in nodes], np.array([node.row for node in nodes], np.int32)

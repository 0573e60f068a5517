"""What a graph has to name in queries: all columns of its nodes, those first that most leads to."""

import asyncio
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from byline.graph.model import COLUMNS, LETTERS, Kind
from byline.graph.request import Select
from byline.graph.store.protocol import Store

_RANK = {Kind.AUTHOR: "paper_count", Kind.PAPER: "citation_count", Kind.INSTITUTION: "paper_count", Kind.VENUE: "paper_count"}


@dataclass(frozen=True)
class Pools:
    """`nodes[kind]` are all nodes of a kind, each with all its columns: people and institutions with the most papers
    first, papers most cited first, categories by code; ties by id."""

    nodes: dict[Kind, list[dict[str, Any]]]

    def values(self, kind: Kind, column: str) -> list[Any]:
        """What the nodes have in a column, nulls and empty lists aside."""
        return [node[column] for node in self.nodes[kind] if node[column] not in (None, [])]


_READ: WeakKeyDictionary[Store, Pools] = WeakKeyDictionary()


def pools_of(store: Store) -> Pools:
    """The pools of a graph, read once a store."""
    if store not in _READ:
        _READ[store] = Pools({kind: asyncio.run(_nodes(store, kind)) for kind in LETTERS})
    return _READ[store]


async def _nodes(store: Store, kind: Kind) -> list[dict[str, Any]]:
    rows = np.asarray((await store.find(kind, Select())).rows, np.int32)
    names = [column.name for column in COLUMNS[kind]]
    columns = [column.to_pylist() for column in await store.columns(kind, rows, names)]
    nodes = [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]
    if kind is Kind.CATEGORY:
        return sorted(nodes, key=lambda node: (node["code"], node["id"]))
    return sorted(nodes, key=lambda node: (-(node[_RANK[kind]] or 0), node["id"]))

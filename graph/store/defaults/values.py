"""`Store.values` over the core: columns, turned into Python values."""

from collections.abc import Sequence
from typing import Any

from byline.graph.model import Kind
from byline.graph.store.protocol import Rows, StoreCore


async def values(store: StoreCore, kind: Kind, rows: Rows, names: Sequence[str]) -> list[list[Any]]:
    """See the protocol."""
    return [column.to_pylist() for column in await store.columns(kind, rows, names)]

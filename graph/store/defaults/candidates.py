"""`Store.candidates` over the core: every node of the kind is looked at for each key that several have."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from byline.graph.deadline import checkpoint
from byline.graph.identifiers import normal
from byline.graph.model import Kind, columns_where
from byline.graph.request import Key, Select
from byline.graph.store.codes import category_rows
from byline.graph.store.protocol import AMBIGUOUS, Rows, StoreCore
from byline.graph.text import compact


async def candidates(store: StoreCore, kind: Kind, keys: Sequence[Key]) -> list[Rows]:
    """See the protocol."""
    rows = (await store.lookup(kind, keys)).tolist()
    return [
        np.array(await _bearers(store, kind, key) if row == AMBIGUOUS else [row] if row >= 0 else [], np.int32)
        for key, row in zip(keys, rows, strict=True)
    ]


async def _bearers(store: StoreCore, kind: Kind, key: Key) -> list[int]:
    checkpoint()
    rows: list[int] = sorted((await store.find(kind, Select())).rows.tolist())
    match key.by:
        case "code":
            codes, parents = await _values(store, kind, rows, ["code", "parent"])
            # Rows are numbered from 0: a parent's row is its place among them.
            return category_rows(codes, lambda row: None if parents[row] is None else codes[parents[row]], key.value)
        case "name":
            (names,), wanted = await _values(store, kind, rows, ["names"]), compact(key.value)
            return [row for row, own in zip(rows, names, strict=True) if wanted in map(compact, own)]
    scheme = key.scheme.lower()
    own = [name for name, column in columns_where(kind, "scheme").items() if column.scheme == scheme]
    listed, *stated = await _values(store, kind, rows, ["external_ids", *own])
    wanted = normal(key.scheme, key.value)
    return [
        row
        for row, ids, *values in zip(rows, listed, *stated, strict=True)
        if wanted in {normal(scheme, value) for value in _of(scheme, ids) + [value for value in values if value]}
    ]


def _of(scheme: str, ids: list[dict[str, str]] | None) -> list[str]:
    """The ids of a scheme among those of a node."""
    return [each["value"] for each in ids or () if each["scheme"].lower() == scheme]


async def _values(store: StoreCore, kind: Kind, rows: list[int], names: Sequence[str]) -> list[list[Any]]:
    return [column.to_pylist() for column in await store.columns(kind, np.array(rows, np.int32), names)]

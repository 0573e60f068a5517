"""A matrix, put together as the one entry of a column."""

from collections.abc import Awaitable, Callable
from typing import Any

import numpy as np
import pyarrow as pa

from byline.graph.query import ir
from byline.graph.query.matrices import MatrixRead, members
from byline.graph.query.reads import NodesRead
from byline.schema.answer.encoders import Col, Encoder

_FLOAT = pa.float64()


async def matrix(encoder: Encoder, output: ir.Matrix, read: MatrixRead, nodes: Callable[[NodesRead], Awaitable[Col]]) -> Col:
    """One object."""
    shown = members(read.found)
    columns = []
    for field in output.fields:
        if isinstance(field, ir.Const):
            columns.append(encoder.const(field.value, 1))
        elif isinstance(field, ir.Nodes):
            columns.append(encoder.lists(_one(len(read.found.rows)), await nodes(read.nodes[field.key])))
        else:
            columns.append(_member(encoder, field.column, shown[field.column]))
    return encoder.struct([field.key for field in output.fields], columns, 1)


def _one(length: int) -> Any:
    return np.array([0, length], np.int64)


def _member(encoder: Encoder, name: str, value: Any) -> Col:
    match name:
        case "method":
            return encoder.leaf([value], pa.string())
        case "paper_count":
            return encoder.leaf([value], pa.int64())
        case "elsewhere":
            return encoder.leaf([value], _FLOAT)
        case "values":
            inner = encoder.leaf([cell for row in value for cell in row], _FLOAT)
            rows = (
                encoder.lists(np.arange(len(value) + 1, dtype=np.int64) * len(value), inner)
                if value
                else encoder.leaf([], pa.large_list(_FLOAT))
            )
            return encoder.lists(_one(len(value)), rows)
    return encoder.lists(_one(len(value)), encoder.leaf(value, _FLOAT))

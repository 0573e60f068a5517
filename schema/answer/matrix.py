"""A matrix, put together as the one entry of a column."""

from collections.abc import Awaitable, Callable
from typing import Any

import numpy as np
import pyarrow as pa

from byline.graph.query import ir
from byline.graph.query.matrices import MatrixRead, members
from byline.graph.query.reads import NodesRead
from byline.schema.answer.encoders import Col, Form

_FLOAT = pa.float64()


async def matrix(form: Form, output: ir.Matrix, read: MatrixRead, nodes: Callable[[NodesRead], Awaitable[Col]]) -> Col:
    """One object."""
    shown = members(read.found)
    columns = []
    for field in output.fields:
        if isinstance(field, ir.Const):
            columns.append(form.const(field.value, 1))
        elif isinstance(field, ir.Nodes):
            columns.append(form.lists(_one(len(read.found.rows)), await nodes(read.nodes[field.key])))
        else:
            columns.append(_member(form, field.column, shown[field.column]))
    return form.struct([field.key for field in output.fields], columns, 1)


def _one(length: int) -> Any:
    return np.array([0, length], np.int64)


def _member(form: Form, name: str, value: Any) -> Col:
    match name:
        case "method":
            return form.leaf([value], pa.string())
        case "paper_count":
            return form.leaf([value], pa.int64())
        case "elsewhere":
            return form.leaf([value], _FLOAT)
        case "values":
            inner = form.leaf([cell for row in value for cell in row], _FLOAT)
            rows = (
                form.lists(np.arange(len(value) + 1, dtype=np.int64) * len(value), inner)
                if value
                else form.leaf([], pa.large_list(_FLOAT))
            )
            return form.lists(_one(len(value)), rows)
    return form.lists(_one(len(value)), form.leaf(value, _FLOAT))

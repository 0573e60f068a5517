"""Widths: the mean bytes of a value of each column of nodes, as an answer writes it. They are told from the ends of the offsets,
so that a store states them without reading a column."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from byline.graph.model import Kind

# A number, a flag, a day or a null.
PLAIN = 8.0
_TEXTS = (pa.types.is_string, pa.types.is_large_string, pa.types.is_list, pa.types.is_large_list, pa.types.is_struct)


def widths(tables: Mapping[Kind, pa.Table]) -> dict[tuple[Kind, str], float]:
    """The mean bytes of each column that holds texts."""
    mean_bytes = {}
    for kind, table in tables.items():
        for name in table.column_names:
            chunks = table[name].chunks
            if table.num_rows and _holds_texts(table.schema.field(name).type):
                mean_bytes[kind, name] = sum(map(_bytes, chunks)) / table.num_rows
    return mean_bytes


def _holds_texts(dtype: pa.DataType) -> bool:
    return any(test(dtype) for test in _TEXTS)


def _bytes(values: Any) -> float:
    """All bytes of an array, quotation marks aside."""
    if not len(values):
        return 0.0
    dtype = values.type
    if pa.types.is_string(dtype) or pa.types.is_large_string(dtype):
        first, last = _ends(values, pa.types.is_large_string(dtype))
        return float(last - first)
    if pa.types.is_list(dtype) or pa.types.is_large_list(dtype):
        first, last = _ends(values, pa.types.is_large_list(dtype))
        return _bytes(values.values.slice(first, last - first)) + 3.0 * (last - first)
    if pa.types.is_struct(dtype):
        fields = (values.field(at).slice(values.offset, len(values)) for at in range(dtype.num_fields))
        return sum(map(_bytes, fields))
    return PLAIN * len(values)


def _ends(values: Any, wide: bool) -> tuple[int, int]:
    """The first and the last offset."""
    offsets = np.frombuffer(values.buffers()[1], np.int64 if wide else np.int32)
    return int(offsets[values.offset]), int(offsets[values.offset + len(values)])

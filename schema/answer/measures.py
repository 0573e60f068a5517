"""Measures that a plan worked out, put together as columns of an answer."""

from typing import Any

import numpy as np
import pyarrow as pa

from byline.graph.query import ir
from byline.graph.query.metric_values import Grouped, Measured
from byline.graph.query.people import Trend
from byline.schema.answer.encoders import Col, Encoder

_TEXT, _INT, _FLOAT, _BOOL = pa.string(), pa.int64(), pa.float64(), pa.bool_()


def worked(encoder: Encoder, field: ir.MetricNode, found: Any, count: int) -> Col:
    """The objects of one measure, one a row."""
    if isinstance(found, Trend):
        return _trend(encoder, field, found)
    members = _measure(found) if isinstance(found, Measured) else _group(found, count)
    columns = [
        encoder.const(shown.value, count) if isinstance(shown, ir.Const) else encoder.leaf(*members[shown.column])
        for shown in field.fields
    ]
    return encoder.struct([shown.key for shown in field.fields], columns, count)


def _trend(encoder: Encoder, field: ir.MetricNode, found: Trend) -> Col:
    entries = [entry for entries in found.years for entry in entries]
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum([len(entries) for entries in found.years], dtype=np.int64)])
    at = {"year": 0, "paper_count": 1, "citation_count": 2}
    columns = [
        encoder.const(shown.value, len(entries))
        if isinstance(shown, ir.Const)
        else encoder.leaf([entry[at[shown.column]] for entry in entries], _INT)
        for shown in field.fields
    ]
    return encoder.lists(offsets, encoder.struct([shown.key for shown in field.fields], columns, len(entries)))


def _measure(found: Measured) -> dict[str, tuple[Any, pa.DataType]]:
    return {
        "value": (pa.array(found.values, mask=~np.isfinite(found.values)), _FLOAT),
        "method": ([found.method] * len(found.values), _TEXT),
        "sample_size": (found.samples, _INT),
        "is_lower_bound": (found.lower, _BOOL),
        "reason": (list(found.reasons), _TEXT),
    }


def _group(found: Grouped, count: int) -> dict[str, tuple[Any, pa.DataType]]:
    return {
        "label": (list(found.labels), _INT),
        "size": (list(found.sizes), _INT),
        "method": ([found.method] * count, _TEXT),
        "is_lower_bound": ([found.lower] * count, _BOOL),
        "reason": (list(found.reasons), _TEXT),
    }

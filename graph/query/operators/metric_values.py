"""Values of metrics, put together as columns of an answer: numbers, groups and trends."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from byline.graph.query.emitter import BOOL, FLOAT, INT, TEXT, Emitter, Named, offsets_of
from byline.graph.query.encoders import Col
from byline.graph.query.metric_values import Grouped, Measured
from byline.graph.query.operators.operator import Operator
from byline.graph.query.paper_sets import Trend


async def emit_metric(out: Emitter, fields: Sequence[Operator], values: Measured | Grouped | Trend, count: int) -> Col:
    """The objects of one metric, one a row."""
    if isinstance(values, Trend):
        return await _trend(out, fields, values)
    named = _number(values) if isinstance(values, Measured) else _group(values, count)
    return await out.records(fields, named, count)


async def _trend(out: Emitter, fields: Sequence[Operator], values: Trend) -> Col:
    entries: list[Any] = [entry for entries in values.years for entry in entries]
    years, papers, citations = zip(*entries, strict=True) if entries else ((), (), ())
    named = {"year": (list(years), INT), "paper_count": (list(papers), INT), "citation_count": (list(citations), INT)}
    return out.encoder.lists(offsets_of(values.years), await out.records(fields, named, len(entries)))


def _number(values: Measured) -> Named:
    return {
        "value": (pa.array(values.values, mask=~np.isfinite(values.values)), FLOAT),
        "method": ([values.method] * len(values.values), TEXT),
        "sample_size": (values.samples, INT),
        "is_lower_bound": (values.lower, BOOL),
        "reason": (list(values.reasons), TEXT),
    }


def _group(values: Grouped, count: int) -> Named:
    return {
        "number": (list(values.labels), INT),
        "size": (list(values.sizes), INT),
        "method": ([values.method] * count, TEXT),
        "is_lower_bound": ([values.lower] * count, BOOL),
        "reason": (list(values.reasons), TEXT),
    }

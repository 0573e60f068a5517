"""Papers like a paper, put together as columns of an answer."""

from collections.abc import Awaitable, Callable
from typing import Any

import numpy as np
import pyarrow as pa

from byline.graph.query import ir
from byline.graph.query.reads import NodesRead
from byline.graph.query.similar import METHODS
from byline.graph.query.similar_reads import TEXTS, SimilarRead
from byline.schema.answer.encoders import Col, Encoder

Nodes = Callable[[NodesRead], Awaitable[Col]]


async def similar(encoder: Encoder, output: ir.Similar, read: SimilarRead, nodes: Nodes) -> Col:
    """A list of entries for each row."""
    count = len(read.found.rows)
    columns = [await _member(encoder, shown, read, nodes, count) for shown in output.fields]
    entries = encoder.struct([shown.key for shown in output.fields], columns, count)
    return encoder.lists(read.found.offsets, entries)


async def _member(encoder: Encoder, shown: Any, read: SimilarRead, nodes: Nodes, count: int) -> Col:
    match shown:
        case ir.Const():
            return encoder.const(shown.value, count)
        case ir.EntryNode():
            return await nodes(read.inner[shown.key])
        case ir.SharedPapers():
            offsets, papers = read.inner[shown.key]
            return encoder.lists(offsets, await nodes(papers))
        case ir.Cell(_, column) if column in TEXTS:
            return _texts(encoder, read.inner[shown.key])
        case ir.Cell(_, "method"):
            return encoder.const(METHODS[read.by], count)
        case ir.Cell(_, "score"):
            return encoder.leaf(read.found.scores, pa.float64())
    return encoder.leaf(read.found.shared, pa.int64())


def _texts(encoder: Encoder, lists: list[list[str]]) -> Col:
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum([len(texts) for texts in lists], dtype=np.int64)])
    return encoder.lists(offsets, encoder.leaf([text for texts in lists for text in texts], pa.string()))

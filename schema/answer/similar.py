"""Papers like a paper, put together as columns of an answer."""

from collections.abc import Awaitable, Callable
from typing import Any

import numpy as np
import pyarrow as pa

from byline.graph.query import ir
from byline.graph.query.reads import NodesRead
from byline.graph.query.similar import METHODS
from byline.graph.query.similar_reads import TEXTS, SimilarRead
from byline.schema.answer.encoders import Col, Form

Nodes = Callable[[NodesRead], Awaitable[Col]]


async def similar(form: Form, output: ir.Similar, read: SimilarRead, nodes: Nodes) -> Col:
    """A list of entries for each row."""
    count = len(read.found.rows)
    columns = [await _member(form, shown, read, nodes, count) for shown in output.fields]
    entries = form.struct([shown.key for shown in output.fields], columns, count)
    return form.lists(read.found.offsets, entries)


async def _member(form: Form, shown: Any, read: SimilarRead, nodes: Nodes, count: int) -> Col:
    match shown:
        case ir.Const():
            return form.const(shown.value, count)
        case ir.EntryNode():
            return await nodes(read.inner[shown.key])
        case ir.SharedPapers():
            offsets, papers = read.inner[shown.key]
            return form.lists(offsets, await nodes(papers))
        case ir.Cell(_, column) if column in TEXTS:
            return _texts(form, read.inner[shown.key])
        case ir.Cell(_, "method"):
            return form.const(METHODS[read.by], count)
        case ir.Cell(_, "score"):
            return form.leaf(read.found.scores, pa.float64())
    return form.leaf(read.found.shared, pa.int64())


def _texts(form: Form, lists: list[list[str]]) -> Col:
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum([len(texts) for texts in lists], dtype=np.int64)])
    return form.lists(offsets, form.leaf([text for texts in lists for text in texts], pa.string()))

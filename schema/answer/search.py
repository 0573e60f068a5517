"""Search and suggestions on the planned path: their part of the answer."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from byline.graph.query import ir
from byline.graph.query.reads import ByIdsRead
from byline.graph.query.search_hits import HitEntries, HitNode, HitNodes, Hits, HitsRead, Score, Suggestions, SuggestionsRead
from byline.graph.request import score
from byline.schema.answer.encoders import Col
from byline.schema.types.search import cursors

if TYPE_CHECKING:
    from byline.schema.answer.assembler import Assembler

_TEXT, _INT, _FLOAT, _BOOL = pa.string(), pa.int64(), pa.float64(), pa.bool_()


async def hits(assembler: "Assembler", plan: Hits, read: HitsRead) -> Col:
    """A search as a column of one entry."""
    columns = [await _part(assembler, part, read) for part in plan.parts]
    return assembler.encoder.struct([part.key for part in plan.parts], columns, 1)


async def _part(assembler: "Assembler", part: Any, read: HitsRead) -> Col:
    encoder, found = assembler.encoder, read.found
    bounds = np.array([0, len(found.rows)])
    match part:
        case ir.Const():
            return encoder.const(part.value, 1)
        case ir.Total():
            return encoder.leaf([found.total], _INT)
        case ir.PageFlags():
            return await _flags(assembler, part, read)
        case HitNodes():
            return encoder.lists(bounds, await _mixed(assembler, read.nodes[part.key,]))
        case HitEntries():
            columns = [await _entry(assembler, part, output, read) for output in part.outputs]
            return encoder.lists(bounds, encoder.struct([output.key for output in part.outputs], columns, len(found.rows)))
        case _:
            raise AssertionError(f"{part} is no part of a search")


async def _flags(assembler: "Assembler", part: ir.PageFlags, read: HitsRead) -> Col:
    found, places = read.found, await cursors(assembler.store, read.found)
    values = {
        "has_next_page": (found.has_next, _BOOL),
        "has_previous_page": (found.has_previous, _BOOL),
        "start_cursor": (places[0] if places else None, _TEXT),
        "end_cursor": (places[-1] if places else None, _TEXT),
    }
    shown = [values[field.column] for field in part.fields if isinstance(field, ir.Cell)]
    return assembler.members(part.fields, [assembler.encoder.leaf([value], dtype) for value, dtype in shown], 1)


async def _entry(assembler: "Assembler", part: HitEntries, output: Any, read: HitsRead) -> Col:
    encoder, found = assembler.encoder, read.found
    match output:
        case ir.Const():
            return encoder.const(output.value, len(found.rows))
        case ir.Cursor():
            return encoder.leaf(await cursors(assembler.store, found), _TEXT)
        case Score():
            return encoder.leaf([score(level, citations) for level, citations, _ in found.places], _FLOAT)
        case _:
            return await _mixed(assembler, read.nodes[part.key, output.key])


async def suggestions(assembler: "Assembler", plan: Suggestions, read: SuggestionsRead) -> Col:
    """Suggestions as a column of one entry."""
    encoder, found = assembler.encoder, read.found
    values = {"text": found.texts, "kind": [kind.name for kind in found.kinds]}
    columns = [
        await _mixed(assembler, read.nodes[field.key])
        if isinstance(field, HitNode)
        else encoder.leaf(values[field.column], _TEXT)
        for field in plan.fields
        if not isinstance(field, ir.Const)
    ]
    return encoder.lists(np.array([0, len(found.rows)]), assembler.members(plan.fields, columns, len(found.rows)))


async def _mixed(assembler: "Assembler", read: ByIdsRead) -> list[Any]:
    """Nodes of several kinds in their order, which only the form of lists can show."""
    columns = {kind: await assembler.nodes(nodes) for kind, nodes in read.nodes.items()}
    return [columns[entry[0]][entry[1]] for entry in read.found if entry]

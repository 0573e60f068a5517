"""What a plan read among coauthors, put together: suggestions, paths, small networks."""

from collections.abc import Callable
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from byline.graph.model import Kind
from byline.graph.network.drawing import NetworkLayout
from byline.graph.query import ir
from byline.graph.query.neighbourhood import NetworkRead, PathsRead, SuggestionsRead
from byline.schema.answer.encoders import Col

if TYPE_CHECKING:
    from byline.schema.answer.assembler import Assembler

_TEXT, _INT, _FLOAT, _BOOL = pa.string(), pa.int64(), pa.float64(), pa.bool_()
_TYPES = {"betweenness": _FLOAT, "x": _FLOAT, "y": _FLOAT, "weight": _FLOAT, "density": _FLOAT, "truncated": _BOOL}
_TYPES |= {"is_lower_bound": _BOOL, "reason": _TEXT}


async def suggestions(at: "Assembler", output: ir.Suggestions, read: SuggestionsRead) -> Col:
    """A list of likely coauthors for each row."""
    count, columns = len(read.scores.rows), []
    for part in output.outputs:
        match part:
            case ir.EntryNode():
                columns.append(await at.nodes(read.inner[part.key]))
            case ir.EntryBetween():
                columns.append(await at.many(read.inner[part.key]))
            case ir.Const():
                columns.append(at.encoder.const(part.value, count))
            case ir.Cell():
                columns.append(at.encoder.leaf(read.scores.scores, _FLOAT))
    return at.encoder.lists(read.scores.offsets, at.encoder.struct([part.key for part in output.outputs], columns, count))


async def paths(at: "Assembler", root: ir.PathSearch, read: PathsRead) -> Col:
    """The answer to one search."""
    columns: list[Col] = []
    for listed in root.fields:
        match listed:
            case ir.PathList():
                columns.append(at.encoder.lists(read.found.paths, await _paths(at, listed, read)))
            case ir.Const():
                columns.append(at.encoder.const(listed.value, 1))
            case ir.Cell(_, "status"):
                columns.append(at.encoder.leaf([read.found.statuses[0].value], _TEXT))
            case ir.Cell(_, "reason"):
                columns.append(at.encoder.leaf([read.reason], _TEXT))
            case ir.Cell(_, "is_upper_bound"):
                columns.append(at.encoder.leaf([read.reason is not None], _BOOL))
            case ir.Cell():
                columns.append(at.encoder.leaf([read.distance], _INT))
    return at.encoder.struct([listed.key for listed in root.fields], columns, 1)


async def _paths(at: "Assembler", listed: ir.PathList, read: PathsRead) -> Col:
    count, columns = len(read.found.people) - 1, []
    for output in listed.outputs:
        match output:
            case ir.PathPeople():
                columns.append(at.encoder.lists(read.found.people, await at.nodes(read.inner[f"{listed.key}.{output.key}"])))
            case ir.PathHops():
                columns.append(
                    at.encoder.lists(read.bounds, await _hops(at, output, read, read.inner[f"{listed.key}.{output.key}"]))
                )
            case ir.Const():
                columns.append(at.encoder.const(output.value, count))
    return at.encoder.struct([output.key for output in listed.outputs], columns, count)


async def _hops(at: "Assembler", output: ir.PathHops, read: PathsRead, inner: dict[str, Any]) -> Col:
    count, columns = len(read.steps), []
    for part in output.outputs:
        match part:
            case ir.HopEnd():
                columns.append(await at.nodes(inner[part.key]))
            case ir.HopPapers():
                columns.append(await at.many(inner[part.key]))
            case ir.Const():
                columns.append(at.encoder.const(part.value, count))
            case ir.Cell():
                assert read.joint is not None
                columns.append(at.encoder.leaf(read.joint.totals, _INT))
    return at.encoder.struct([part.key for part in output.outputs], columns, count)


async def drawn(at: "Assembler", output: ir.Network, read: NetworkRead) -> Col:
    """A network for each row."""
    count, columns = len(read.drawings), []
    for part in output.fields:
        match part:
            case ir.DrawnNodes():
                columns.append(_each(at, read, lambda d: len(d.members.rows), await _nodes(at, part, read)))
            case ir.DrawnLinks():
                columns.append(_each(at, read, lambda d: len(d.links), await _links(at, part, read)))
            case ir.Const():
                columns.append(at.encoder.const(part.value, count))
            case ir.Cell(_, name):
                columns.append(at.encoder.leaf([getattr(drawing, name) for drawing in read.drawings], _TYPES.get(name, _INT)))
    return at.encoder.struct([part.key for part in output.fields], columns, count)


def _each(at: "Assembler", read: NetworkRead, size: Callable[[NetworkLayout], int], inner: Col) -> Col:
    return at.encoder.lists(np.array([0, *accumulate(size(drawing) for drawing in read.drawings)], np.int64), inner)


async def _nodes(at: "Assembler", part: ir.DrawnNodes, read: NetworkRead) -> Col:
    count, columns = len(read.people), []
    for shown in part.outputs:
        match shown:
            case ir.EntryNode():
                columns.append(await at.nodes(read.inner[f"{part.key}.{shown.key}"]))
            case ir.Const():
                columns.append(at.encoder.const(shown.value, count))
            case ir.Cell(_, name):
                columns.append(_leaf(at, name, [value for drawing in read.drawings for value in getattr(drawing, name)]))
    return at.encoder.struct([shown.key for shown in part.outputs], columns, count)


async def _links(at: "Assembler", part: ir.DrawnLinks, read: NetworkRead) -> Col:
    columns = []
    for shown in part.fields:
        if isinstance(shown, ir.Cell):
            if shown.column in ("source", "target"):
                end = int(shown.column == "target")
                rows = [drawing.members.rows[link[end]] for drawing in read.drawings for link in drawing.links]
                (column,) = await at.encoder.cells(at.store, Kind.AUTHOR, np.array(rows, np.int32), ["id"])
                columns.append(column)
            else:
                values = [value for drawing in read.drawings for value in drawing.values[shown.column]]
                columns.append(_leaf(at, shown.column, values))
    return at.members(part.fields, columns, sum(len(drawing.links) for drawing in read.drawings))


def _leaf(at: "Assembler", name: str, values: list[Any]) -> Col:
    return at.encoder.leaf(values, _TYPES.get(name, _INT))

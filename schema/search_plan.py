"""Search and suggestions on the planned path: the plan of their fields, and their part of the answer."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from graphql import FieldNode
from strawberry.types.field import StrawberryField

from byline.graph.query import ir
from byline.graph.query.hits import HitEntries, HitNode, HitNodes, Hits, HitsRead, Score, Suggestions, SuggestionsRead
from byline.graph.query.reads import ByIdsRead
from byline.graph.where import score
from byline.schema.arguments import Odd
from byline.schema.fields import FIELD
from byline.schema.forms import Col
from byline.schema.search import cursors, search_of, suggest_of

if TYPE_CHECKING:
    from byline.schema.assemble import Assembler
    from byline.schema.compile import Compiler

_TEXT, _INT, _FLOAT, _BOOL = pa.string(), pa.int64(), pa.float64(), pa.bool_()


# ------------------------------------------------------------ plan


def search(compiler: "Compiler", key: str, field: StrawberryField, nodes: list[FieldNode]) -> Hits:
    """The plan of `search`."""

    def make(inner: str, part: StrawberryField, same: list[FieldNode], type_name: str) -> Any:
        match part.metadata.get(FIELD):
            case "total_count":
                return ir.Total(inner)
            case "page_info":
                return ir.PageFlags(inner, compiler.plain(same, "PageInfo"))
            case "connection_nodes":
                return HitNodes(inner, compiler.shapes(same))
            case "connection_edges":
                return HitEntries(inner, compiler.outputs(same, "SearchEdge", entry))
        raise Odd(f"{type_name}.{part.python_name} has no plan")

    def entry(inner: str, part: StrawberryField, same: list[FieldNode], type_name: str) -> Any:
        match part.metadata.get(FIELD):
            case "cursor":
                return ir.Cursor(inner)
            case "score":
                return Score(inner)
            case "entry_node":
                return HitNode(inner, compiler.shapes(same))
        raise Odd(f"{type_name}.{part.python_name} has no plan")

    parts = compiler.outputs(nodes, "SearchConnection", make)
    total = any(isinstance(part, ir.Total) for part in parts)
    asked = compiler.bind(nodes, field, "Query", lambda given: search_of(given, compiler.limits, total))
    return Hits(key, asked, parts)


def suggest(compiler: "Compiler", key: str, field: StrawberryField, nodes: list[FieldNode]) -> Suggestions:
    """The plan of `suggest`."""

    def make(inner: str, part: StrawberryField, same: list[FieldNode], _: str) -> Any:
        return HitNode(inner, compiler.shapes(same)) if part.python_name == "node" else ir.Cell(inner, part.python_name)

    asked = compiler.bind(nodes, field, "Query", lambda given: suggest_of(given, compiler.limits))
    return Suggestions(key, asked, compiler.outputs(nodes, "Suggestion", make))


# ------------------------------------------------------------ answer


async def hits(assembler: "Assembler", plan: Hits, read: HitsRead) -> Col:
    """A search as a column of one entry."""
    columns = [await _part(assembler, part, read) for part in plan.parts]
    return assembler.form.struct([part.key for part in plan.parts], columns, 1)


async def _part(assembler: "Assembler", part: Any, read: HitsRead) -> Col:
    form, found = assembler.form, read.found
    bounds = np.array([0, len(found.rows)])
    match part:
        case ir.Const():
            return form.const(part.value, 1)
        case ir.Total():
            return form.leaf([found.total], _INT)
        case ir.PageFlags():
            return await _flags(assembler, part, read)
        case HitNodes():
            return form.lists(bounds, await _mixed(assembler, read.nodes[part.key,]))
        case HitEntries():
            columns = [await _entry(assembler, part, output, read) for output in part.outputs]
            return form.lists(bounds, form.struct([output.key for output in part.outputs], columns, len(found.rows)))
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
    return assembler.members(part.fields, [assembler.form.leaf([value], dtype) for value, dtype in shown], 1)


async def _entry(assembler: "Assembler", part: HitEntries, output: Any, read: HitsRead) -> Col:
    form, found = assembler.form, read.found
    match output:
        case ir.Const():
            return form.const(output.value, len(found.rows))
        case ir.Cursor():
            return form.leaf(await cursors(assembler.store, found), _TEXT)
        case Score():
            return form.leaf([score(level, citations) for level, citations, _ in found.places], _FLOAT)
        case _:
            return await _mixed(assembler, read.nodes[part.key, output.key])


async def suggestions(assembler: "Assembler", plan: Suggestions, read: SuggestionsRead) -> Col:
    """Suggestions as a column of one entry."""
    form, found = assembler.form, read.found
    values = {"text": found.texts, "kind": [kind.name for kind in found.kinds]}
    columns = [
        await _mixed(assembler, read.nodes[field.key]) if isinstance(field, HitNode) else form.leaf(values[field.column], _TEXT)
        for field in plan.fields
        if not isinstance(field, ir.Const)
    ]
    return form.lists(np.array([0, len(found.rows)]), assembler.members(plan.fields, columns, len(found.rows)))


async def _mixed(assembler: "Assembler", read: ByIdsRead) -> list[Any]:
    """Nodes of several kinds in their order, which only the form of lists can show."""
    columns = {kind: await assembler.nodes(nodes) for kind, nodes in read.nodes.items()}
    return [columns[entry[0]][entry[1]] for entry in read.found if entry]

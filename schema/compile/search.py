"""Search and suggestions on the planned path: the plan of their fields."""

from typing import TYPE_CHECKING, Any

from graphql import FieldNode
from strawberry.types.field import StrawberryField

from byline.graph.query import ir
from byline.graph.query.search_hits import HitEntries, HitNode, HitNodes, Hits, Score, Suggestions
from byline.schema.fields import FIELD
from byline.schema.types.search import search_of, suggest_of
from byline.schema.unplannable import Unplannable

if TYPE_CHECKING:
    from byline.schema.compile.operation import Compiler


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
        raise Unplannable(f"{type_name}.{part.python_name} has no plan")

    def entry(inner: str, part: StrawberryField, same: list[FieldNode], type_name: str) -> Any:
        match part.metadata.get(FIELD):
            case "cursor":
                return ir.Cursor(inner)
            case "score":
                return Score(inner)
            case "entry_node":
                return HitNode(inner, compiler.shapes(same))
        raise Unplannable(f"{type_name}.{part.python_name} has no plan")

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

"""Search and suggestions on the planned path: the plan of their fields."""

from typing import TYPE_CHECKING, Any

from graphql import FieldNode
from strawberry.types.field import StrawberryField

from byline.graph.query import operators as ops
from byline.schema.fields import FIELD
from byline.schema.types.search import search_of, suggest_of
from byline.schema.unplannable import Unplannable

if TYPE_CHECKING:
    from byline.schema.compile.operation import Compiler


def search(compiler: "Compiler", key: str, field: StrawberryField, nodes: list[FieldNode]) -> ops.Hits:
    """The plan of `search`."""

    def make(inner: str, part: StrawberryField, same: list[FieldNode], type_name: str) -> Any:
        match part.metadata.get(FIELD):
            case "total_count":
                return ops.Total(inner)
            case "page_info":
                return ops.PageFlags(inner, compiler.plain(same, "PageInfo"))
            case "connection_nodes":
                return ops.HitNodes(inner, compiler.shapes(same))
            case "connection_edges":
                return ops.HitEntries(inner, compiler.outputs(same, "SearchEdge", entry))
        raise Unplannable(f"{type_name}.{part.python_name} has no plan")

    def entry(inner: str, part: StrawberryField, same: list[FieldNode], type_name: str) -> Any:
        match part.metadata.get(FIELD):
            case "cursor":
                return ops.Cursor(inner)
            case "score":
                return ops.Score(inner)
            case "entry_node":
                return ops.HitNode(inner, compiler.shapes(same))
        raise Unplannable(f"{type_name}.{part.python_name} has no plan")

    parts = compiler.outputs(nodes, "SearchConnection", make)
    total = any(isinstance(part, ops.Total) for part in parts)
    asked = compiler.bind(nodes, field, "Query", lambda given: search_of(given, compiler.limits, total))
    return ops.Hits(key, asked, parts)


def suggest(compiler: "Compiler", key: str, field: StrawberryField, nodes: list[FieldNode]) -> ops.Completions:
    """The plan of `suggest`."""

    def make(inner: str, part: StrawberryField, same: list[FieldNode], _: str) -> Any:
        return ops.HitNode(inner, compiler.shapes(same)) if part.python_name == "node" else ops.Cell(inner, part.python_name)

    asked = compiler.bind(nodes, field, "Query", lambda given: suggest_of(given, compiler.limits))
    return ops.Completions(key, asked, compiler.outputs(nodes, "Suggestion", make))

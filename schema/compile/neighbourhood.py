"""Fields about steps among coauthors to parts of a plan."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from graphql import FieldNode
from strawberry.types.field import StrawberryField

from byline.graph.model import Kind
from byline.graph.query import operators as ops
from byline.schema.context import Limits
from byline.schema.fields import FIELD
from byline.schema.inputs.neighbourhood_arguments import among_of, around_of, first_of, suggested_of, ways_of
from byline.schema.unplannable import Unplannable

if TYPE_CHECKING:
    from byline.schema.compile.operation import Compiler

Understand = Callable[[Mapping[str, Any], Limits], Any]


def _bound(at: "Compiler", nodes: list[FieldNode], field: StrawberryField, type_name: str, understand: Understand) -> Any:
    return at.bind(nodes, field, type_name, lambda given: understand(given, at.limits))


def output(at: "Compiler", key: str, field: StrawberryField, nodes: list[FieldNode], type_name: str) -> ops.Operator | None:
    """A field of a person; None for one that is not of these."""
    match field.metadata.get(FIELD):
        case "suggested_collaborators":
            asked = _bound(at, nodes, field, type_name, suggested_of)
            return ops.Suggestions(key, asked, at.outputs(nodes, "SuggestedCollaborator", _Makers(at).suggestion))
        case "network_around":
            return _drawn(at, key, _bound(at, nodes, field, type_name, around_of), nodes)
    return None


def root(at: "Compiler", key: str, field: StrawberryField, nodes: list[FieldNode], type_name: str) -> ops.Operator | None:
    """A field of the query; None for one that is not of these."""
    match field.metadata.get(FIELD):
        case "collaboration_path":
            asked = _bound(at, nodes, field, type_name, ways_of)
            return ops.PathSearch(key, asked, at.outputs(nodes, "CollaborationPaths", _Makers(at).search))
        case "network_among":
            return _drawn(at, key, _bound(at, nodes, field, type_name, among_of), nodes)
    return None


def _drawn(at: "Compiler", key: str, asked: Any, nodes: list[FieldNode]) -> ops.Network:
    return ops.Network(key, asked, at.outputs(nodes, "Network", _Makers(at).network))


def between(at: "Compiler", key: str, field: StrawberryField, nodes: list[FieldNode], type_name: str) -> ops.EntryBetween:
    """The people between the source of a list and an entry."""
    return ops.EntryBetween(key, _bound(at, nodes, field, type_name, first_of), at.shape(nodes, Kind.AUTHOR))


class _Makers:
    """One method a type: what makes an output of each of its fields."""

    def __init__(self, at: "Compiler") -> None:
        self.at = at

    def suggestion(self, key: str, field: StrawberryField, nodes: list[FieldNode], type_name: str) -> Any:
        match field.metadata.get(FIELD):
            case "entry_node":
                return ops.EntryNode(key, self.at.shape(nodes, Kind.AUTHOR))
            case "between":
                return between(self.at, key, field, nodes, type_name)
        return ops.Cell(key, field.python_name)

    def search(self, key: str, field: StrawberryField, nodes: list[FieldNode], type_name: str) -> Any:
        if field.python_name == "paths":
            return ops.PathList(key, self.at.outputs(nodes, "CollaborationPath", self.path))
        return ops.Cell(key, field.python_name)

    def path(self, key: str, field: StrawberryField, nodes: list[FieldNode], type_name: str) -> Any:
        match field.metadata.get(FIELD):
            case "path_people":
                return ops.PathPeople(key, self.at.shape(nodes, Kind.AUTHOR))
            case "path_hops":
                return ops.PathHops(key, self.at.outputs(nodes, "CollaborationHop", self.hop))
        raise Unplannable(f"{type_name}.{field.python_name} has no plan")

    def hop(self, key: str, field: StrawberryField, nodes: list[FieldNode], type_name: str) -> Any:
        match field.metadata.get(FIELD):
            case "hop_from" | "hop_to" as end:
                return ops.HopEnd(key, int(end == "hop_to"), self.at.shape(nodes, Kind.AUTHOR))
            case "hop_papers":
                first = _bound(self.at, nodes, field, type_name, first_of)
                return ops.HopPapers(key, first, self.at.shape(nodes, Kind.PAPER))
        return ops.Cell(key, field.python_name)

    def network(self, key: str, field: StrawberryField, nodes: list[FieldNode], type_name: str) -> Any:
        match field.metadata.get(FIELD):
            case "drawn_nodes":
                return ops.NetworkNodes(key, self.at.outputs(nodes, "NetworkNode", self.member))
            case "drawn_links":
                return ops.NetworkLinks(key, self.at.plain(nodes, "NetworkLink"))
        return ops.Cell(key, field.python_name)

    def member(self, key: str, field: StrawberryField, nodes: list[FieldNode], type_name: str) -> Any:
        if field.metadata.get(FIELD) == "entry_node":
            return ops.EntryNode(key, self.at.shape(nodes, Kind.AUTHOR))
        return ops.Cell(key, field.python_name)

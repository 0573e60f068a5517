"""People near people: suggestions, paths and networks."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from byline.graph.query.ir import text
from byline.graph.query.ir.lists import EntryBetween, EntryNode
from byline.graph.query.ir.values import Cell, Const, Slot

if TYPE_CHECKING:
    from byline.graph.query.ir.shape import Shape


@dataclass(frozen=True)
class Suggestions:
    """Likely coauthors of each row; `asked` is neighbourhood.SuggestionArgs, fields of the outputs are named score."""

    key: str
    asked: "Any | Slot"
    outputs: "tuple[Const | Cell | EntryNode | EntryBetween, ...]"

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"suggested coauthors {text.value(self.asked, values)}"


@dataclass(frozen=True)
class PathSearch:
    """Paths between two people; `asked` is neighbourhood.PathArgs, fields are named status, distance."""

    key: str
    asked: "Any | Slot"
    fields: "tuple[Const | Cell | PathList, ...]"

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"paths {text.value(self.asked, values)}"


@dataclass(frozen=True)
class PathList:
    """The paths that were found."""

    key: str
    outputs: "tuple[Const | PathPeople | PathHops, ...]"

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return "paths"


@dataclass(frozen=True)
class PathPeople:
    """The people on a path, both ends included."""

    key: str
    shape: "Shape"

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return "people"


@dataclass(frozen=True)
class PathHops:
    """The steps of a path; fields of the outputs are named paper_count."""

    key: str
    outputs: "tuple[Const | Cell | HopEnd | HopPapers, ...]"

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return "steps"


@dataclass(frozen=True)
class HopEnd:
    """The person that a step leaves (0) or reaches (1)."""

    key: str
    end: int
    shape: "Shape"

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return "end of the step" if self.end else "start of the step"


@dataclass(frozen=True)
class HopPapers:
    """The newest papers that both ends of a step share, `first` of them."""

    key: str
    first: "int | Slot"
    shape: "Shape"

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"shared papers first {text.value(self.first, values)}"


@dataclass(frozen=True)
class Network:
    """A small network, around each row or, at the root, of given people; `asked` is a members.Around or members.Among, fields
    are named truncated, density, component_count."""

    key: str
    asked: "Any | Slot"
    fields: "tuple[Const | Cell | DrawnNodes | DrawnLinks, ...]"

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"network {text.value(self.asked, values)}"


@dataclass(frozen=True)
class DrawnNodes:
    """The people of a network; cells are named as in drawing.NetworkLayout."""

    key: str
    outputs: "tuple[Const | Cell | EntryNode, ...]"

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return "nodes"


@dataclass(frozen=True)
class DrawnLinks:
    """The links of a network; cells are named source, target and as the values of the hop."""

    key: str
    fields: "tuple[Const | Cell, ...]"

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return "links"

"""People near people: suggestions, paths and networks."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from byline.graph.query.ir.lists import EntryBetween, EntryNode
from byline.graph.query.ir.values import Cell, Const, Slot

if TYPE_CHECKING:
    from byline.graph.query.ir.shape import Shape


@dataclass(frozen=True)
class Suggestions:
    """Likely coauthors of each row; `asked` is a circles.Suggested, fields of the outputs are named score."""

    key: str
    asked: "Any | Slot"
    outputs: "tuple[Const | Cell | EntryNode | EntryBetween, ...]"


@dataclass(frozen=True)
class PathSearch:
    """Paths between two people; `asked` is a circles.Ways, fields are named status, distance."""

    key: str
    asked: "Any | Slot"
    fields: "tuple[Const | Cell | PathList, ...]"


@dataclass(frozen=True)
class PathList:
    """The paths that were found."""

    key: str
    outputs: "tuple[Const | PathPeople | PathHops, ...]"


@dataclass(frozen=True)
class PathPeople:
    """The people on a path, both ends included."""

    key: str
    shape: "Shape"


@dataclass(frozen=True)
class PathHops:
    """The steps of a path; fields of the outputs are named paper_count."""

    key: str
    outputs: "tuple[Const | Cell | HopEnd | HopPapers, ...]"


@dataclass(frozen=True)
class HopEnd:
    """The person that a step leaves (0) or reaches (1)."""

    key: str
    end: int
    shape: "Shape"


@dataclass(frozen=True)
class HopPapers:
    """The newest papers that both ends of a step share, `first` of them."""

    key: str
    first: "int | Slot"
    shape: "Shape"


@dataclass(frozen=True)
class Network:
    """A small network, around each row or, at the root, of given people; `asked` is a members.Around or members.Among, fields
    are named truncated, density, component_count."""

    key: str
    asked: "Any | Slot"
    fields: "tuple[Const | Cell | DrawnNodes | DrawnLinks, ...]"


@dataclass(frozen=True)
class DrawnNodes:
    """The people of a network; cells are named as in drawing.Drawing."""

    key: str
    outputs: "tuple[Const | Cell | EntryNode, ...]"


@dataclass(frozen=True)
class DrawnLinks:
    """The links of a network; cells are named source, target and as the values of the hop."""

    key: str
    fields: "tuple[Const | Cell, ...]"

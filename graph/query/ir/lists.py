"""Connections: the list that is asked for, and what of its page is shown."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from byline.graph.model import Edge, Kind
from byline.graph.query.ir import text
from byline.graph.query.ir.values import Cell, ConnectionArgs, Const, Slot
from byline.graph.request import Facet, Hop, Select

if TYPE_CHECKING:
    from byline.graph.query.ir.shape import Shape


@dataclass(frozen=True)
class Needs:
    """What of a page has to be read beside its rows: the length of the whole list, values of the hop (None: all of them), the
    rows of the edges."""

    total: bool = True
    values: tuple[str, ...] | None = None
    edges: bool = True

    def label(self) -> str:
        """Label of these needs, behind that of the connection."""
        values = "all values" if self.values is None else ", ".join(self.values)
        return " [" + ", ".join(part for part in ("total" if self.total else "", values) if part) + "]"


@dataclass(frozen=True)
class Listing:
    """A connection: what is asked, and which parts of the answer are shown."""

    key: str
    kind: Kind
    asked: "ConnectionArgs | Slot"
    parts: tuple["Part", ...]
    needs: Needs = Needs()

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"connection {text.listed(self.asked, values, f'all {self.kind}s')}{self.needs.label()}"


@dataclass(frozen=True)
class Total:
    """How long the whole list is."""

    key: str

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return "total count"


@dataclass(frozen=True)
class Completeness:
    """Whether the whole list may be longer than it is known here (`is_lower_bound`), or why (`reason`)."""

    key: str
    member: str

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"completeness {self.member}"


@dataclass(frozen=True)
class PageFlags:
    """Where the page lies; fields are named has_next, has_previous, start, end."""

    key: str
    fields: tuple["Const | Cell", ...]

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return "page info"


@dataclass(frozen=True)
class Nodes:
    """The far ends of the page."""

    key: str
    shape: "Shape"

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return "nodes"


@dataclass(frozen=True)
class Entries:
    """The far ends of the page with what belongs to the hop."""

    key: str
    outputs: tuple["EntryOutput", ...]

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return "edges"


@dataclass(frozen=True)
class Facets:
    """The most frequent values over the whole list: by what, and how many; fields are named key, label, count."""

    key: str
    asked: "tuple[Facet, int] | Slot"
    fields: tuple["Const | Cell | FacetNode", ...]

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"facet {text.facet(self.asked, values)}"


@dataclass(frozen=True)
class FacetNode:
    """What the key of a facet stands for, or null."""

    key: str
    shapes: tuple["Shape", ...]

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return "node of the key"


@dataclass(frozen=True)
class Cursor:
    """The place of the entry."""

    key: str

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return "cursor"


@dataclass(frozen=True)
class HopValue:
    """A value of the hop."""

    key: str
    value: str

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"edge value {self.value}"


@dataclass(frozen=True)
class EntryNode:
    """The node of the entry."""

    key: str
    shape: "Shape"

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return "node"


@dataclass(frozen=True)
class EntryMany:
    """The far ends of a hop from the authorship of the entry."""

    key: str
    hop: Hop
    select: Select
    shape: "Shape"

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"list {text.hop(self.hop)}{text.select(self.select)}"


@dataclass(frozen=True)
class Evidence:
    """The list of papers that both ends of the entry share, in the window of the list that the entry is in."""

    key: str
    edge: Edge
    asked: "ConnectionArgs | Slot"
    parts: tuple["Part", ...]
    needs: "Needs"

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"shared papers {self.edge.name}{text.listed(self.asked, values, '')}{self.needs.label()}"


@dataclass(frozen=True)
class EvidenceYears:
    """Those papers counted by year; fields are named year, count."""

    key: str
    edge: Edge
    fields: tuple["Const | Cell", ...]

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"shared papers by year {self.edge.name}"


@dataclass(frozen=True)
class EntryBetween:
    """The first people between the source of a list and an entry of it: one step nearer than the entry, `first` of them."""

    key: str
    first: "int | Slot"
    shape: "Shape"

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"people between first {text.value(self.first, values)}"


EntryOutput: TypeAlias = Const | Cursor | HopValue | EntryNode | EntryMany | EntryBetween | Evidence | EvidenceYears
Part: TypeAlias = Const | Total | Completeness | PageFlags | Nodes | Entries | Facets

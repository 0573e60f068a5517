"""The plan of a query: frozen, printable, without GraphQL and without a store in it.

A `Shape` says what is shown of a node of a kind, as outputs in the order of the answer. Outputs either show something of the
row itself or lead to further rows through another shape. Whatever depends on a request's variables is a `Slot`, filled by
`bind` with a value of the type that the field names; everything else is settled.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from graph.model import Edge, Kind
from graph.where import Facet, Hop, Key, Select


@dataclass(frozen=True)
class Slot:
    """The value at a place of the bound list."""

    at: int


@dataclass(frozen=True)
class Asked:
    """A hop (None at the root) and what is selected of it: the arguments of a connection, understood."""

    hop: Hop | None
    select: Select


@dataclass(frozen=True)
class Const:
    """The same text in every object: __typename."""

    key: str
    value: str


@dataclass(frozen=True)
class Cell:
    """A column of the node as it is."""

    key: str
    column: str


@dataclass(frozen=True)
class Records:
    """A column that holds a list of records: each shown by its fields (key, name); the name "url" is worked out."""

    key: str
    column: str
    fields: tuple["Const | Cell", ...]


@dataclass(frozen=True)
class One:
    """The node whose row a column holds, or null."""

    key: str
    column: str
    kind: Kind
    shape: "Shape"


@dataclass(frozen=True)
class Many:
    """The far ends of a hop as a plain list."""

    key: str
    hop: Hop
    select: Select
    shape: "Shape"


@dataclass(frozen=True)
class Total:
    """How long the whole list is."""

    key: str


@dataclass(frozen=True)
class PageFlags:
    """Where the page lies; fields are named has_next, has_previous, start, end."""

    key: str
    fields: tuple["Const | Cell", ...]


@dataclass(frozen=True)
class Nodes:
    """The far ends of the page."""

    key: str
    shape: "Shape"


@dataclass(frozen=True)
class Entries:
    """The far ends of the page with what belongs to the hop."""

    key: str
    outputs: tuple["EntryOutput", ...]


@dataclass(frozen=True)
class Facets:
    """The most frequent values over the whole list: by what, and how many; fields are named key, label, count."""

    key: str
    asked: "tuple[Facet, int] | Slot"
    fields: tuple["Const | Cell | FacetNode", ...]


@dataclass(frozen=True)
class FacetNode:
    """What the key of a facet stands for, or null."""

    key: str
    shapes: tuple["Shape", ...]


@dataclass(frozen=True)
class Cursor:
    """The place of the entry."""

    key: str


@dataclass(frozen=True)
class HopValue:
    """A value of the hop."""

    key: str
    value: str


@dataclass(frozen=True)
class EntryNode:
    """The node of the entry."""

    key: str
    shape: "Shape"


@dataclass(frozen=True)
class EntryMany:
    """The far ends of a hop from the authorship of the entry."""

    key: str
    hop: Hop
    select: Select
    shape: "Shape"


@dataclass(frozen=True)
class Evidence:
    """The list of papers that both ends of the entry share, in the window of the list that the entry is in."""

    key: str
    edge: Edge
    asked: "Asked | Slot"
    parts: tuple["Part", ...]
    needs: "Needs"


@dataclass(frozen=True)
class EvidenceYears:
    """Those papers counted by year; fields are named year, count."""

    key: str
    edge: Edge
    fields: tuple["Const | Cell", ...]


@dataclass(frozen=True)
class EntryBetween:
    """The first people between the source of a list and an entry of it: one step nearer than the entry, `first` of them."""

    key: str
    first: "int | Slot"
    shape: "Shape"


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
class Drawn:
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


@dataclass(frozen=True)
class Needs:
    """What of a page has to be read beside its rows: the length of the whole list, values of the hop (None: all of them), the
    rows of the edges."""

    total: bool = True
    values: tuple[str, ...] | None = None
    edges: bool = True


@dataclass(frozen=True)
class Listing:
    """A connection: what is asked, and which parts of the answer are shown."""

    key: str
    kind: Kind
    asked: "Asked | Slot"
    parts: tuple["Part", ...]
    needs: Needs = Needs()


@dataclass(frozen=True)
class Inline:
    """An object that shows more of the same row."""

    key: str
    outputs: tuple["Const | Cell", ...]


@dataclass(frozen=True)
class Figures:
    """Computed figures of the row. `scope` is a measures.Scope; fields are named as there, indices hold fields of their own."""

    key: str
    scope: "Any | Slot"
    fields: tuple["Const | Cell | Index | ByYear | Worked", ...]


@dataclass(frozen=True)
class Worked:
    """A measure of the row by its name in graph/query/worked.py; `asked` are its arguments, fields are named as its members."""

    key: str
    name: str
    asked: "Any | Slot"
    fields: tuple["Const | Cell", ...]


@dataclass(frozen=True)
class Index:
    """An index with how far to trust it; fields are named value, method, sample_size, is_lower_bound, reason."""

    key: str
    name: str
    fields: tuple["Const | Cell", ...]


@dataclass(frozen=True)
class ByYear:
    """Papers by year; fields are named year, count."""

    key: str
    fields: tuple["Const | Cell", ...]


@dataclass(frozen=True)
class SharedPapers:
    """The papers that speak for an entry of a list of similar papers."""

    key: str
    first: "int | Slot"
    shape: "Shape"


@dataclass(frozen=True)
class Similar:
    """Papers like the row; `asked` says by what and how many, cells are named as members of SimilarPaper."""

    key: str
    asked: "Any | Slot"
    fields: "tuple[Const | Cell | EntryNode | SharedPapers, ...]"


EntryOutput: TypeAlias = Const | Cursor | HopValue | EntryNode | EntryMany | EntryBetween | Evidence | EvidenceYears
Part: TypeAlias = Const | Total | PageFlags | Nodes | Entries | Facets
Output: TypeAlias = Const | Cell | Records | One | Many | Listing | Figures | Inline | Worked | Suggestions | Drawn | Similar


@dataclass(frozen=True)
class Shape:
    """What is shown of each node of a kind."""

    kind: Kind
    outputs: tuple[Output, ...]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The members of an object, in order."""
        return tuple(output.key for output in self.outputs)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns that are shown as they are, in the order of the outputs."""
        shown = (output.outputs if isinstance(output, Inline) else (output,) for output in self.outputs)
        return tuple(cell.column for cells in shown for cell in cells if isinstance(cell, Cell))

    @cached_property
    def hollow(self) -> bool:
        """See the function of that name."""
        return hollow(self)

    @cached_property
    def leading(self) -> tuple[Output, ...]:
        """The outputs that lead to further rows or figures."""
        return tuple(output for output in self.outputs if not isinstance(output, Const | Cell | Records | Inline))


@dataclass(frozen=True)
class ByKey:
    """One node by a key, or null."""

    key: str
    by: Key | Slot
    shape: Shape


@dataclass(frozen=True)
class ByIds:
    """Nodes of any kind by their ids; `single` shows the only one instead of a list."""

    key: str
    ids: tuple[str, ...] | Slot
    shapes: tuple[Shape, ...]
    single: bool


@dataclass(frozen=True)
class Info:
    """What is being served; fields are named as in the store's account."""

    key: str
    fields: tuple["Const | Cell | Sources", ...]


@dataclass(frozen=True)
class Sources:
    """The sources of the snapshot; fields are named name, records, rejected."""

    key: str
    fields: tuple[Const | Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """Nodes of a kind by nodes of it; cells are named as in graph/query/matrices.py."""

    key: str
    asked: "Any | Slot"
    fields: "tuple[Const | Cell | Nodes, ...]"


Root: TypeAlias = Const | ByKey | ByIds | Listing | Info | PathSearch | Drawn | Matrix


@dataclass(frozen=True)
class Plan:
    """The roots of a query in the order of the answer, and how many slots there are to fill."""

    roots: tuple[Any, ...]
    slots: int


# The members through which one part of a plan holds others.
HOLDERS = ("roots", "outputs", "parts", "fields", "shapes", "shape")


def inner(node: Any) -> Iterator[Any]:
    """The parts that a part of a plan holds."""
    for name in HOLDERS:
        held = getattr(node, name, ())
        yield from held if isinstance(held, tuple) else (held,)


def hollow(node: Any) -> bool:
    """Whether a selection shows nothing: every field of it is skipped, or of another type. Selections by kind are not looked
    into: which of them is used only the answer tells.
    """
    selections = [getattr(node, name) for name in ("roots", "outputs", "parts", "fields") if hasattr(node, name)]
    return not all(selections) or any(hollow(part) for part in inner(node) if not hasattr(node, "shapes"))

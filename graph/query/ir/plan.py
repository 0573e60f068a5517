"""The roots of a query, and the plan of them all."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from byline.graph.query.ir import text
from byline.graph.query.ir.lists import Listing, Nodes
from byline.graph.query.ir.neighbourhood import Network, PathSearch
from byline.graph.query.ir.shape import Shape
from byline.graph.query.ir.values import Cell, Const, Slot
from byline.graph.request import Key


@dataclass(frozen=True)
class ByKey:
    """One node by a key, or null."""

    key: str
    by: Key | Slot
    shape: Shape

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"lookup {self.shape.kind} by {text.value(self.by, values)}"


@dataclass(frozen=True)
class ByIds:
    """Nodes of any kind by their ids; `single` shows the only one instead of a list."""

    key: str
    ids: tuple[str, ...] | Slot
    shapes: tuple[Shape, ...]
    single: bool

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"lookup by ids {text.value(self.ids, values)}"


@dataclass(frozen=True)
class Info:
    """What is being served; fields are named as in the store's account."""

    key: str
    fields: tuple["Const | Cell | Sources", ...]

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return "snapshot"


@dataclass(frozen=True)
class Sources:
    """The sources of the snapshot; fields are named as the members of graph.model.Source."""

    key: str
    fields: tuple[Const | Cell, ...]

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return "sources"


@dataclass(frozen=True)
class Matrix:
    """Nodes of a kind by nodes of it; cells are named as in graph/query/matrices.py."""

    key: str
    asked: "Any | Slot"
    fields: "tuple[Const | Cell | Nodes, ...]"

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"matrix {text.value(self.asked, values)}"


Root: TypeAlias = Const | ByKey | ByIds | Listing | Info | PathSearch | Network | Matrix


@dataclass(frozen=True)
class Plan:
    """The roots of a query in the order of the answer, and how many slots there are to fill."""

    roots: tuple[Any, ...]
    slots: int

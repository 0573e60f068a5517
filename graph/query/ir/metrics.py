"""Figures of a row: indices, measures, papers by year, papers like it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from byline.graph.query.ir import text
from byline.graph.query.ir.lists import EntryNode
from byline.graph.query.ir.values import Cell, Const, Slot

if TYPE_CHECKING:
    from byline.graph.query.ir.shape import Shape


@dataclass(frozen=True)
class Figures:
    """Computed figures of the row. `scope` is a measures.Scope; fields are named as there, indices hold fields of their own."""

    key: str
    scope: "Any | Slot"
    fields: tuple["Const | Cell | Index | ByYear | MetricNode", ...]

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"metrics {text.value(self.scope, values)}".rstrip()


@dataclass(frozen=True)
class MetricNode:
    """A metric of the row by its name in metric_table.py; `asked` are its arguments, fields are named as its members."""

    key: str
    name: str
    asked: "Any | Slot"
    fields: tuple["Const | Cell", ...]

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"metric {self.name}" if self.asked is None else f"metric {self.name} {text.value(self.asked, values)}"


@dataclass(frozen=True)
class Index:
    """An index with how far to trust it; fields are named value, method, sample_size, is_lower_bound, reason."""

    key: str
    name: str
    fields: tuple["Const | Cell", ...]

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"metric {self.name}"


@dataclass(frozen=True)
class ByYear:
    """Papers by year; fields are named year, count."""

    key: str
    fields: tuple["Const | Cell", ...]

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return "papers by year"


@dataclass(frozen=True)
class SharedPapers:
    """The papers that speak for an entry of a list of similar papers."""

    key: str
    first: "int | Slot"
    shape: "Shape"

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"shared papers first {text.value(self.first, values)}"


@dataclass(frozen=True)
class Similar:
    """Papers like the row; `asked` says by what and how many, cells are named as members of SimilarPaper."""

    key: str
    asked: "Any | Slot"
    fields: "tuple[Const | Cell | EntryNode | SharedPapers, ...]"

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"similar papers {text.value(self.asked, values)}"

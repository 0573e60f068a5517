"""What is shown of a node, and how one part of a plan holds others."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from byline.graph.model import Kind
from byline.graph.query.ir import text
from byline.graph.query.ir.lists import Listing
from byline.graph.query.ir.metrics import Figures, MetricNode, Similar
from byline.graph.query.ir.neighbourhood import Network, Suggestions
from byline.graph.query.ir.values import Cell, Const, Records
from byline.graph.request import Hop, Select


@dataclass(frozen=True)
class One:
    """The node whose row a column holds, or null."""

    key: str
    column: str
    kind: Kind
    shape: "Shape"

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"node {self.column} -> {self.kind}"


@dataclass(frozen=True)
class Many:
    """The far ends of a hop as a plain list."""

    key: str
    hop: Hop
    select: Select
    shape: "Shape"

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"list {text.hop(self.hop)}{text.select(self.select)}"


@dataclass(frozen=True)
class Inline:
    """An object that shows more of the same row."""

    key: str
    outputs: tuple["Const | Cell", ...]

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return "object"


Output: TypeAlias = (
    Const | Cell | Records | One | Many | Listing | Figures | Inline | MetricNode | Suggestions | Network | Similar
)


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

    def label(self, values: text.Values) -> str:
        """Label of the part in the text of a plan."""
        return f"on {self.kind}"


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

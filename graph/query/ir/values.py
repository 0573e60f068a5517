"""What stands for itself in a plan: slots for what a request gives, what is asked of a list, constants and columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from byline.graph.request import Hop, Select


@dataclass(frozen=True)
class Slot:
    """The value at a place of the bound list."""

    at: int


@dataclass(frozen=True)
class ConnectionArgs:
    """A hop (None at the root) and what is selected of it: the arguments of a connection, understood."""

    hop: Hop | None
    select: Select


@dataclass(frozen=True)
class Const:
    """The same text in every object: __typename."""

    key: str
    value: str

    def label(self, values: Sequence[Any]) -> str:
        """Label of the part in the text of a plan."""
        return f"constant {self.value}"


@dataclass(frozen=True)
class Introspected(Const):
    """A value that the schema gives of itself, at the root: any JSON."""

    value: Any

    def label(self, values: Sequence[Any]) -> str:
        """Label of the part in the text of a plan."""
        return "introspection of the schema"


@dataclass(frozen=True)
class Cell:
    """A column of the node as it is."""

    key: str
    column: str

    def label(self, values: Sequence[Any]) -> str:
        """Label of the part in the text of a plan."""
        return f"column {self.column}"


@dataclass(frozen=True)
class Records:
    """A column that holds a list of records: each shown by its fields (key, name); the name "url" is worked out."""

    key: str
    column: str
    fields: tuple["Const | Cell", ...]

    def label(self, values: Sequence[Any]) -> str:
        """Label of the part in the text of a plan."""
        return f"records {self.column}"

"""What stands for itself in a plan: slots for what a request gives, what is asked of a list, constants and columns."""

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


@dataclass(frozen=True)
class Introspected(Const):
    """A value that the schema gives of itself, at the root: any JSON."""

    value: Any


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

"""Slots: what a plan leaves open until a request gives its variables, and the arguments of a connection."""

from dataclasses import dataclass

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

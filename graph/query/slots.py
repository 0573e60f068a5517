"""Slots: what a plan leaves open until a request gives its variables, and the arguments of a connection."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from byline.graph.query import condition_costs
from byline.graph.request import EVERYTHING, Hop, Select


@dataclass(frozen=True)
class Slot:
    """The value at a place of the bound list."""

    at: int


@dataclass(frozen=True)
class ConnectionArgs:
    """A hop (None at the root) and what is selected of it: the arguments of a connection, understood."""

    hop: Hop | None
    select: Select

    @property
    def headed(self) -> bool:
        """Whether a page of all nodes of a kind is the head of an order that is kept, so that no others are scanned."""
        select = self.select
        return select.where == EVERYTHING and select.page.last is None and len(select.order) < 2

    @cached_property
    def size(self) -> tuple[Any, ...]:
        """What the cost of a list depends on: its page, its steps and the form of its condition; of orders whether all there are
        must be scanned."""
        where = None if self.select.where is EVERYTHING else condition_costs.form(self.select.where)
        return (self.hop.distance if self.hop else self.headed), self.select.page.first, self.select.page.last, where

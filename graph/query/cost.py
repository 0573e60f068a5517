"""What a query may cost, told before the first read: objects in the answer, at most and about, and the bytes of it.

The upper bound multiplies page sizes down the query, never above the longest list that the snapshot holds of an edge; the
estimate takes the mean length instead. The bytes are those of as many objects as the bound, each column of its mean width. A
query is refused by its bound and by its bytes; where to run it is chosen by its estimate, and by the rows that are scanned though
the answer does not hold them: those of a filter over all papers, of facets, of metrics. What each part of a plan costs is said by
its operator.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Protocol

from byline.graph.model import KINDS, Edge, Kind
from byline.graph.query import condition_costs
from byline.graph.query.price import Cost as Cost
from byline.graph.query.slots import Slot
from byline.graph.request import EVERYTHING, Page, Where
from byline.graph.store.protocol import Degree
from byline.graph.store.widths import PLAIN

# A list of unknown length that no page bounds: years, facets of all values, records of a node.
SHORT = 10
# Bytes around a value: quotation marks and colon of its key, a comma; of an object its braces.
AROUND, BRACES = 4.0, 2.0
# One for each.
_EACH = Degree(1, 1.0)
NOTHING, ONE = Cost(), Cost(1.0, 1.0, 0.0, BRACES)


class _Costs(Protocol):
    """What a part of a plan is, as far as its price goes."""

    leads: ClassVar[bool]

    @property
    def key(self) -> str:
        """The response key."""

    def cost(self, at: "Estimator") -> Cost:
        """What it costs for each node, or for each list, of its level."""


@dataclass(frozen=True)
class Estimator:
    """Costs of bound plans on a snapshot with these degrees, by edge name; and where in a plan it stands: among nodes of a kind,
    in lists of a length."""

    degrees: Mapping[str, Degree]
    bound: Sequence[Any]
    # How many of everything there are, as a snapshot states it.
    counts: Mapping[str, int] = field(default_factory=dict)
    # The mean bytes of columns, as a snapshot states them.
    widths: Mapping[tuple[Kind, str], float] = field(default_factory=dict)
    kind: Kind | None = None
    length: Degree = _EACH

    def of(self, kind: Kind, length: Degree = _EACH) -> "Estimator":
        """The same among nodes of a kind, in lists of a length."""
        return replace(self, kind=kind, length=length)

    def value(self, value_or_slot: Any) -> Any:
        """A settled value, or that of a slot."""
        return self.bound[value_or_slot.at] if isinstance(value_or_slot, Slot) else value_or_slot

    # ------------------------------------------------------------ parts of a plan

    def member(self, part: _Costs) -> Cost:
        """One member of an object, its key included."""
        return part.cost(self) + Cost(bytes=len(part.key) + AROUND)

    def leading(self, parts: Iterable[_Costs], start: Cost = NOTHING) -> Cost:
        """What those of some members cost that lead to something."""
        return sum((part.cost(self) for part in parts if part.leads), start)

    # ------------------------------------------------------------ the graph

    def degree(self, edge: str, page: Page) -> Degree:
        """How long the lists of an edge are with such a page; of an edge without known degrees, the page or a short list."""
        sizes = [size for size in (page.first, page.last) if size is not None]
        size = min(sizes, default=None)
        degree = self.degrees.get(edge)
        if degree is None:
            length = SHORT if size is None else size
            return Degree(length, length)
        if size is None:
            return degree
        return Degree(min(size, degree.longest), min(float(size), degree.mean))

    def mean(self, edge: Edge) -> float:
        """The mean length of an edge's lists."""
        degree = self.degrees.get(edge.name)
        return degree.mean if degree else 0.0

    def size(self, kind: Kind) -> float:
        """How many of a kind there are."""
        return self.counts.get(KINDS[kind].plural, 0)

    def width(self, column: str) -> float:
        """The mean bytes of a column of the kind."""
        return PLAIN if self.kind is None else self.widths.get((self.kind, column), PLAIN)

    def filtered(self, where: Where, kind: Kind, rows: float) -> float:
        """Rows that count as scanned for a condition on so many of a kind."""
        if where == EVERYTHING:
            return 0.0
        return condition_costs.scanned(where, kind, rows, self.degrees.get, self.size)

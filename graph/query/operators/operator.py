"""Operator: one part of a plan, with everything that is done with it.

A part shows something of the objects of its level, or leads to further ones. Its members are operators too, held in one of
HOLDERS. What depends on a request's variables is a `Slot`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, ClassVar, TypeVar

from byline.graph.model import Kind
from byline.graph.query.closures import Closure, ClosureCompiler, Unclosable
from byline.graph.query.cost import NOTHING, Estimator
from byline.graph.query.emitter import Emitter, Level
from byline.graph.query.encoders import Col
from byline.graph.query.long_lists import LongList
from byline.graph.query.operators import text
from byline.graph.query.price import Cost
from byline.graph.query.run import Run
from byline.graph.query.slots import Slot

T = TypeVar("T", bound="Operator")
# The members through which one part of a plan holds others.
HOLDERS = ("roots", "outputs", "parts", "fields", "shapes", "shape")


@dataclass(frozen=True)
class Shown:
    """What of a page is shown beside its rows: the length of the whole list, values of the hop, the rows of the edges, cursors,
    and whether there are more."""

    total: bool = False
    values: frozenset[str] = frozenset()
    edges: bool = False
    cursors: bool = False
    flags: bool = False

    def __or__(self, other: "Shown") -> "Shown":
        return Shown(
            self.total or other.total,
            self.values | other.values,
            self.edges or other.edges,
            self.cursors or other.cursors,
            self.flags or other.flags,
        )


class Operator(ABC):
    """One part of a plan. Frozen and comparable, without GraphQL and without a store in it.

    You must: say what it costs for one object of its level; read for all of them at once, in as many awaits whatever their
    number; leave one value for each, in their order, in rows and in Arrow alike.
    """

    key: str
    # Whether it leads to something: there is something to read for it beside columns of its level, and it has a price of its own.
    leads: ClassVar[bool] = False
    # Whether it is a column of nodes as it is: such columns are read together.
    is_cell: ClassVar[bool] = False
    # Whether the whole list of a page is looked at for it.
    scans_list: ClassVar[bool] = False
    # The argument that its cost depends on, and that may be a slot.
    priced_by: ClassVar[str] = ""

    # ------------------------------------------------------------ what it is

    @abstractmethod
    def label(self, values: text.Values) -> str:
        """Its words in the text of a plan; `values` fill its slots where there are any."""

    def children(self) -> Iterator["Operator"]:
        """The parts that it holds."""
        for name in HOLDERS:
            held = getattr(self, name, ())
            yield from held if isinstance(held, tuple) else (held,)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its level that it shows as they are."""
        return ()

    @property
    def shown(self) -> Shown:
        """What of the page that it is a part of it shows."""
        return Shown()

    @property
    def requires_rows(self) -> bool:
        """Whether Arrow's structs cannot show it: every field of a selection is skipped, or of another type. Selections by kind
        are not looked into: which of them is used only the answer tells."""
        selections = [getattr(self, name) for name in ("roots", "outputs", "parts", "fields") if hasattr(self, name)]
        return not all(selections) or any(part.requires_rows for part in self.children() if not hasattr(self, "shapes"))

    # ------------------------------------------------------------ rewriting

    def rewritten(self: T, rule: Callable[[Any], Any]) -> T:
        """What a rule makes of it, applied from the inside out."""
        changed: dict[str, Any] = {}
        for name in HOLDERS:
            held = getattr(self, name, None)
            if isinstance(held, tuple):
                changed[name] = tuple([part.rewritten(rule) for part in held])
            elif held is not None:
                changed[name] = held.rewritten(rule)
        operator: T = rule(replace(self, **changed) if changed else self)  # type: ignore[type-var]
        return operator

    def reading_what_is_shown(self) -> "Operator":
        """The same, reading of a page only what the answer shows."""
        return self

    def counted_in_a_column(self) -> "Operator":
        """The same from a column of the row, where all that is shown of a list is its length."""
        return self

    def metrics_in_columns(self) -> "Operator":
        """The same with metrics from columns of the row, where the snapshot keeps those that are shown."""
        return self

    def from_columns(self, kind: Kind) -> "Operator":
        """The same of nodes of a kind from their columns, where the snapshot keeps in these what it shows."""
        return self

    # ------------------------------------------------------------ cost

    def cost(self, at: Estimator) -> Cost:
        """What it costs for one object of its level."""
        return NOTHING

    def size_of(self, value: Any) -> Any:
        """What of the value of that argument counts: two values that are alike in this cost the same."""
        return value

    def sizes(self) -> Iterator[tuple[int, Callable[[Any], Any]]]:
        """The slot of its own that its cost depends on, and what counts of the value."""
        if isinstance(slot := getattr(self, self.priced_by, None), Slot):
            yield slot.at, self.size_of

    # ------------------------------------------------------------ the four ways of answering, resolvers aside

    async def read(self, run: Run, level: Any) -> Any:
        """The rows that it leads to, for all objects of a level at once: of nodes NodeRows; of the parts of a connection the
        pages, of the members of its edges EntryRows; None at the root."""
        return None

    async def emit(self, out: Emitter, level: Level) -> Col:
        """Its column of a level, as rows or as Arrow: what it read, put together by itself, unless it does more."""
        return await level.inner[self.key].emit(out)

    def closure(self, small: ClosureCompiler) -> Closure:
        """Its values of a level as one function. Raises Unclosable, as what is too heavy for closures does."""
        raise Unclosable

    def long_list(self, out: Emitter, read: Any) -> LongList | None:
        """The longest list in what it read, None where no list of it can be cut."""
        return None


async def read_members(run: Run, members: tuple[Any, ...], level: Any) -> dict[str, Any]:
    """What the members of a level lead to, by response key."""
    return {member.key: await member.read(run, level) for member in members if member.leads}


def columns_of(members: Iterable[Operator]) -> tuple[str, ...]:
    """The columns that some members show as they are, each once, in their order."""
    return tuple(dict.fromkeys(name for member in members for name in member.columns))


def shown_by(members: Iterable[Operator]) -> Shown:
    """What of a page some members show."""
    shown = Shown()
    for member in members:
        shown |= member.shown
    return shown

"""Plan text: what labels are made of: arguments, hops, selections and predicates, without names of classes."""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, TypeAlias

from byline.graph.query.slots import ConnectionArgs, Slot
from byline.graph.request import (
    EVERYTHING,
    All,
    Compare,
    Facet,
    HitFacet,
    Hop,
    Identified,
    InCategory,
    InCountry,
    Key,
    Not,
    OnEdge,
    Order,
    Page,
    Quantifier,
    Select,
    Where,
    Window,
)
from byline.graph.request import Any as AnyOf

# The values that a request binds to the slots of a plan; none for a plan by itself.
Values: TypeAlias = Sequence[Any]


def value(value_or_slot: Any, values: Values) -> str:
    """An argument as text; one that depends on variables shows its bound value, or the number of its slot."""
    return _plain(_bound(value_or_slot, values))


def _bound(value_or_slot: Any, values: Values) -> Any:
    """What fills a slot, where anything does; what stands there without one."""
    return values[value_or_slot.at] if isinstance(value_or_slot, Slot) and values else value_or_slot


def _plain(value: Any) -> str:
    match value:
        case Slot(at):
            return f"${at}"
        case Enum():
            return str(value.value)
        case Window():
            return _window(value).strip() or "all years"
        case All() | AnyOf() | Not() | Compare() | InCategory() | InCountry() | Quantifier() | OnEdge():
            return where(value)
        case Key(by, text, scheme):
            return " ".join(part for part in (by, scheme, repr(text)) if part)
        case tuple():
            return "[" + ", ".join(_plain(entry) for entry in value) + "]"
        case _ if is_dataclass(value):
            shown = [(field.name, getattr(value, field.name)) for field in fields(value) if field.repr]
            stated = [(name, member) for name, member in shown if member is not None and member is not False]
            return " ".join(name if member is True else f"{name} {_plain(member)}" for name, member in stated)
        case str():
            return repr(value)
        case _:
            return str(value)


def listed(args_or_slot: ConnectionArgs | Slot, values: Values, root: str) -> str:
    """The arguments of a connection: the hop, or `root` where it starts at none, and what is selected of it."""
    match _bound(args_or_slot, values):
        case ConnectionArgs(taken, selection):
            return (hop(taken) if taken else root) + select(selection)
        case slot:
            return _plain(slot)


def facet(args_or_slot: tuple[Facet | HitFacet, Page] | Slot, values: Values) -> str:
    """What papers are counted by, and the page of values that is shown."""
    match _bound(args_or_slot, values):
        case (by, cut):
            return " ".join([f"by {by}", *page(cut)])
        case slot:
            return _plain(slot)


def hop(taken: Hop) -> str:
    """A hop: the edge and the window of papers that make it."""
    return f"{taken.edge.name}{_window(taken.window or Window())}"


def _window(window: Window) -> str:
    ends = f"{window.first_year or ''}..{window.last_year or ''}"
    years = f" years {ends}" if ends != ".." else ""
    return years + (f" at most {window.max_authors} authors" if window.max_authors is not None else "")


def select(selection: Select) -> str:
    """A selection: predicate, order and page."""
    parts = [f"where {where(selection.where)}"] if selection.where != EVERYTHING else []
    parts += ["by " + ", ".join(_order(key) for key in selection.order)] if selection.order else []
    parts += page(selection.page)
    return "".join(f" {part}" for part in parts)


def page(cut: Page) -> list[str]:
    """What a page says of itself."""
    return [f"{name} {bound}" for name in ("first", "after", "last", "before") if (bound := getattr(cut, name)) is not None]


def _order(order: Order) -> str:
    return f"{'edge.' if order.on_edge else ''}{order.column}{' desc' if order.descending else ''}"


def where(condition: Where) -> str:
    """A predicate as text."""
    match condition:
        case All(parts):
            return "(" + " and ".join(where(part) for part in parts) + ")" if parts else "everything"
        case AnyOf(parts):
            return "(" + " or ".join(where(part) for part in parts) + ")" if parts else "nothing"
        case Not(part):
            return f"not {where(part)}"
        case Compare(column, op, compared):
            return f"{column} {op} {compared!r}"
        case Identified(scheme, op, value):
            return f"{scheme or 'any'} identifier {op} {value!r}"
        case InCategory(op, code):
            return f"category {op} {code!r}"
        case InCountry(op, code):
            return f"country {op} {code!r}"
        case OnEdge(part):
            return f"edge {where(part)}"
        case Quantifier(edge, inner, least, most):
            return f"{edge.name}[{'' if least is None else least}..{'' if most is None else most}] {where(inner)}"

"""A plan as stable text: one line a part, what it reads and what it shows, indented under what leads to it."""

from collections.abc import Iterator, Sequence
from typing import Any

from byline.graph.query import ir
from byline.graph.query import search_hits as hits
from byline.graph.request import EVERYTHING, All, Compare, Hop, InCategory, Not, Order, Quantifier, Select, Where, Window
from byline.graph.request import Any as AnyOf


def explain(plan: ir.Plan, bound: Sequence[Any] = ()) -> str:
    """The plan; slots show their bound values where these are given, else their numbers."""
    return "\n".join(line for root in plan.roots for line in _lines(root, 0, bound)) + "\n"


def _lines(node: Any, depth: int, bound: Sequence[Any]) -> Iterator[str]:
    yield "  " * depth + _line(node, bound)
    for inner in ir.inner(node):
        if isinstance(inner, ir.Shape) and not hasattr(node, "shapes"):
            for output in inner.outputs:
                yield from _lines(output, depth + 1, bound)
        else:
            yield from _lines(inner, depth + 1, bound)


def _line(node: Any, bound: Sequence[Any]) -> str:
    if isinstance(node, ir.Shape):
        return f"on {node.kind}"
    return f"{node.key}: {type(node).__name__.lower()}{_details(node, bound)}"


def _details(node: Any, bound: Sequence[Any]) -> str:
    match node:
        case ir.Cell(_, column) | ir.Records(_, column):
            return f" {column}"
        case ir.One(_, column, kind):
            return f" {column} -> {kind}"
        case ir.Many(_, hop, select) | ir.EntryMany(_, hop, select):
            return f" {_hop(hop)}{_select(select)}"
        case ir.Listing():
            return f" {_asked(node.asked, bound, f'all {node.kind}s')}{_needs(node.needs)}"
        case ir.Evidence():
            return f" {node.edge.name} {_asked(node.asked, bound, '')}{_needs(node.needs)}"
        case ir.EvidenceYears(_, edge):
            return f" {edge.name}"
        case ir.HopValue(_, value):
            return f" {value}"
        case ir.Similar() | ir.Matrix():
            return f" {_value(node.asked, bound)}"
        case ir.SharedPapers():
            return f" first {_value(node.first, bound)}"
        case ir.MetricNode(_, name, asked):
            return f" {name}" if asked is None else f" {name} {_value(asked, bound)}"
        case ir.Index(_, name):
            return f" {name}"
        case ir.ByKey():
            return f" {node.shape.kind} {_value(node.by, bound)}"
        case ir.ByIds():
            return f" {_value(node.ids, bound)}"
        case ir.Facets():
            return f" {_value(node.asked, bound)}"
        case hits.Hits() | hits.Suggestions():
            return f" {_value(node.asked, bound)}"
        case ir.Figures():
            return f" {_value(node.scope, bound)}"
        case ir.Suggestions() | ir.PathSearch() | ir.Network():
            return f" {_value(node.asked, bound)}"
        case ir.EntryBetween() | ir.HopPapers():
            return f" first {_value(node.first, bound)}"
        case ir.Introspected():
            return " of the schema"
        case ir.Const(_, value):
            return f" {value}"
        case ir.Completeness():
            return f" {node.member}"
        case _:
            return ""


def _value(given: Any, bound: Sequence[Any]) -> str:
    if isinstance(given, ir.Slot):
        return repr(bound[given.at]) if bound else f"${given.at}"
    return repr(given)


def _asked(given: Any, bound: Sequence[Any], root: str) -> str:
    if isinstance(given, ir.Slot):
        if not bound:
            return f"${given.at}"
        given = bound[given.at]
    return (_hop(given.hop) if given.hop else root) + _select(given.select)


def _hop(hop: Hop) -> str:
    window = hop.window or Window()
    ends = f"{window.first_year or ''}..{window.last_year or ''}"
    years = f" years {ends}" if ends != ".." else ""
    cap = f" at most {window.max_authors} authors" if window.max_authors is not None else ""
    return f"{hop.edge.name}{years}{cap}"


def _select(select: Select) -> str:
    page = select.page
    parts = [f"where {where(select.where)}"] if select.where != EVERYTHING else []
    parts += ["by " + ", ".join(_order(key) for key in select.order)] if select.order else []
    parts += [f"{name} {value}" for name in ("first", "after", "last", "before") if (value := getattr(page, name)) is not None]
    return "".join(f" {part}" for part in parts)


def _order(order: Order) -> str:
    return f"{'edge.' if order.on_edge else ''}{order.column}{' desc' if order.descending else ''}"


def _needs(needs: ir.Needs) -> str:
    values = "all values" if needs.values is None else ", ".join(needs.values)
    return " [" + ", ".join(part for part in ("total" if needs.total else "", values) if part) + "]"


def where(condition: Where) -> str:
    """A condition as text."""
    match condition:
        case All(parts):
            return "(" + " and ".join(where(part) for part in parts) + ")" if parts else "everything"
        case AnyOf(parts):
            return "(" + " or ".join(where(part) for part in parts) + ")" if parts else "nothing"
        case Not(part):
            return f"not {where(part)}"
        case Compare(column, op, value):
            return f"{column} {op} {value!r}"
        case InCategory(op, value):
            return f"category {op} {value!r}"
        case Quantifier(edge, inner, least, most):
            return f"{edge.name}[{'' if least is None else least}..{'' if most is None else most}] {where(inner)}"

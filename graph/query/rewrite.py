"""Rules that make a plan cheaper without changing its answer: each small, each removable, tried in this order."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

from byline.graph.model import AUTHOR_PAPERS, COAUTHORS, INSTITUTION_PAPERS, REFERENCES, Kind
from byline.graph.query import ir
from byline.graph.query.measures import Scope
from byline.graph.request import EVERYTHING, Window

Rule: TypeAlias = Callable[[Any], Any]

# Lists whose length is a column of the row.
_COUNTED = {
    AUTHOR_PAPERS.name: "paper_count",
    COAUTHORS.name: "coauthor_count",
    REFERENCES.name: "reference_count",
    INSTITUTION_PAPERS.name: "paper_count",
}
_FIGURES = {
    Kind.AUTHOR: {"paper_count", "citation_count", "coauthor_count", "first_year", "last_year"},
    Kind.PAPER: {"citation_count", "outside_citation_count"},
}


def only_what_is_shown(node: Any) -> Any:
    """Read the length of a list, the values of a hop and the rows of its edges only where the answer shows them."""
    if not isinstance(node, ir.Listing | ir.Evidence):
        return node
    total = any(isinstance(part, ir.Total) for part in node.parts)
    entries = [output for part in node.parts if isinstance(part, ir.Entries) for output in part.outputs]
    shown = {output.value for output in entries if isinstance(output, ir.HopValue)}
    edges = any(isinstance(output, ir.EntryMany) for output in entries)
    if isinstance(node.asked, ir.Slot) and _cursors(node):
        # The order, and with it what cursors are made of, is known only with the variables.
        return replace(node, needs=ir.Needs(total, None, edges))
    if _cursors(node) and isinstance(node.asked, ir.ConnectionArgs):
        shown |= {key.column for key in node.asked.select.order if key.on_edge}
    needs = ir.Needs(total, tuple(sorted(shown)), edges)
    if isinstance(node.asked, ir.ConnectionArgs):
        select = replace(node.asked.select, total=total, values=needs.values or (), edges=edges)
        return replace(node, asked=replace(node.asked, select=select), needs=needs)
    return replace(node, needs=needs)


def _cursors(node: "ir.Listing | ir.Evidence") -> bool:
    for part in node.parts:
        if isinstance(part, ir.PageFlags) and any(getattr(f, "column", "").endswith("cursor") for f in part.fields):
            return True
        if isinstance(part, ir.Entries) and any(isinstance(output, ir.Cursor) for output in part.outputs):
            return True
    return False


def lengths_from_columns(node: Any) -> Any:
    """A connection of which only totalCount is shown is a column of the row."""
    if not isinstance(node, ir.Listing) or not isinstance(node.asked, ir.ConnectionArgs) or node.asked.hop is None:
        return node
    hop, select = node.asked.hop, node.asked.select
    column = _COUNTED.get(hop.edge.name)
    if column is None or hop.window not in (None, Window()) or select.where != EVERYTHING:
        return node
    if not all(isinstance(part, ir.Total | ir.Const) for part in node.parts):
        return node
    parts = tuple(ir.Cell(part.key, column) if isinstance(part, ir.Total) else part for part in node.parts)
    return ir.Inline(node.key, parts)  # type: ignore[arg-type]


def figures_from_columns(node: Any) -> Any:
    """Figures over all papers that the snapshot keeps as columns are read from there."""
    if not isinstance(node, ir.Shape) or node.kind not in _FIGURES:
        return node
    return replace(node, outputs=tuple(_inlined(output, _FIGURES[node.kind]) for output in node.outputs))


def _inlined(output: Any, kept: set[str]) -> Any:
    if not isinstance(output, ir.Figures) or output.scope != Scope():
        return output
    if all(isinstance(f, ir.Const) or (isinstance(f, ir.Cell) and f.column in kept) for f in output.fields):
        return ir.Inline(output.key, output.fields)  # type: ignore[arg-type]
    return output


RULES: tuple[Rule, ...] = (only_what_is_shown, lengths_from_columns, figures_from_columns)


def rewrite(plan: ir.Plan, rules: tuple[Rule, ...] = RULES) -> ir.Plan:
    """The plan after each rule in turn, applied to every part from the inside out."""
    for rule in rules:
        plan = _everywhere(plan, rule)
    return plan


def _everywhere(node: Any, rule: Rule) -> Any:
    changed = {}
    for name in ir.HOLDERS:
        held = getattr(node, name, None)
        if isinstance(held, tuple):
            changed[name] = tuple(_everywhere(entry, rule) for entry in held)
        elif held is not None:
            changed[name] = _everywhere(held, rule)
    return rule(replace(node, **changed) if changed else node)

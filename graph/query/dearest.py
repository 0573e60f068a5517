"""The dearest part of a plan, for the words of a refusal: its path from the root, by response keys."""

from collections.abc import Callable
from typing import Any

from byline.graph.query import ir
from byline.graph.query.cost import Estimator
from byline.graph.query.price import Cost

# A part that has this share of what holds it is the one to look at.
_MOST = 0.5


def dearest(at: Estimator, plan: ir.Plan, measure: Callable[[Cost], float]) -> str:
    """The path of the part that a measure of the cost falls on: down as long as one member has most of it."""
    path = []
    parts: list[tuple[str, float, Any]] = [(root.key, measure(at.root(root)), root) for root in plan.roots]
    total = sum(cost for _, cost, _ in parts)
    while parts:
        key, cost, node = max(parts, key=lambda each: each[1])
        if not total or cost < _MOST * total:
            break
        path.append(key)
        # What a member costs is compared with its siblings: each is asked for as often as the others.
        parts = [
            (output.key, measure(at.output(output, shape.kind)), output) for shape in _shapes(node) for output in shape.outputs
        ]
        total = sum(cost for _, cost, _ in parts)
    return ".".join(path)


def _shapes(node: Any) -> list[ir.Shape]:
    """The nearest shapes below a part of a plan."""
    found = []
    for held in ir.inner(node):
        found += [held] if isinstance(held, ir.Shape) else _shapes(held)
    return found

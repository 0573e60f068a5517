"""The dearest part of a plan, for the words of a refusal: its path from the root, by response keys."""

from collections.abc import Callable, Iterator

from byline.graph.query.cost import Estimator
from byline.graph.query.operators import Operator, Plan, Shape
from byline.graph.query.price import Cost

# A part that has this share of what holds it is the one to look at.
_MOST = 0.5


def dearest(at: Estimator, plan: Plan, measure: Callable[[Cost], float]) -> str:
    """The path of the part that a measure of the cost falls on: down as long as one member has most of it."""
    path = []
    parts: list[tuple[str, float, Operator]] = [(root.key, measure(plan.root_cost(at, root)), root) for root in plan.roots]
    total = sum(cost for _, cost, _ in parts)
    while parts:
        key, cost, part = max(parts, key=lambda each: each[1])
        if not total or cost < _MOST * total:
            break
        path.append(key)
        # What a member costs is compared with its siblings: each is asked for as often as the others.
        parts = [
            (output.key, measure(at.of(shape.kind).member(output)), output) for shape in _shapes(part) for output in shape.outputs
        ]
        total = sum(cost for _, cost, _ in parts)
    return ".".join(path)


def _shapes(part: Operator) -> Iterator[Shape]:
    """The nearest shapes below a part of a plan."""
    for inner in part.children():
        if isinstance(inner, Shape):
            yield inner
        else:
            yield from _shapes(inner)

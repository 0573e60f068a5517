"""Plan text: one line a part, its response key and its label, indented under what leads to it."""

from collections.abc import Iterator

from byline.graph.query.operators import Operator, Plan, Shape
from byline.graph.query.operators.text import Values


def explain(plan: Plan, values: Values = ()) -> str:
    """The plan; slots show their bound values where these are given, else their numbers."""
    return "\n".join(line for root in plan.roots for line in _lines(root, 0, values)) + "\n"


def _lines(part: Operator, depth: int, values: Values) -> Iterator[str]:
    label = part.label(values)
    yield "  " * depth + (f"{part.key}: {label}" if hasattr(part, "key") else label)
    for inner in part.children():
        # The only selection of a part is not named: its kind is that of the part.
        if isinstance(inner, Shape) and not hasattr(part, "shapes"):
            for output in inner.outputs:
                yield from _lines(output, depth + 1, values)
        else:
            yield from _lines(inner, depth + 1, values)

"""Tables of Markdown, and the figures in them."""

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Any


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column is text and whose others are figures."""
    lines = ["| " + " | ".join(head) + " |", "|---" + "|--:" * (len(head) - 1) + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def figure(value: float | None) -> str:
    """A number with three significant digits, or a dash."""
    if value is None or value != value:
        return "–"
    if value >= 100:
        return f"{value:,.0f}"
    if value >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def times(value: float | None) -> str:
    """A ratio."""
    return "–" if value is None else figure(value) + "x"


def middle(runs: Iterable[dict[str, Any]], name: str, **wanted: Any) -> float | None:
    """The median of a member over the runs that have the wanted members; None where there is no run."""
    values = [run[name] for run in runs if all(run[key] == value for key, value in wanted.items())]
    return median(values) if values else None


def span(runs: Iterable[dict[str, Any]], name: str, **wanted: Any) -> str:
    """The least and the largest value of a member over such runs."""
    values = [run[name] for run in runs if all(run[key] == value for key, value in wanted.items())]
    return f"{figure(min(values))}–{figure(max(values))}" if values else "–"

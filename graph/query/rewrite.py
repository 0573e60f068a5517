"""Rules that make a plan cheaper without changing its answer: each small, each removable, tried in this order. What a rule makes
of a part is said by its operator."""

from collections.abc import Callable
from typing import TypeAlias

from byline.graph.query.operators import Operator, Plan

Rule: TypeAlias = Callable[[Operator], Operator]


def only_what_is_shown(part: Operator) -> Operator:
    """Read the length of a list, the values of a hop and the rows of its edges only where the answer shows them."""
    return part.reading_what_is_shown()


def lengths_from_columns(part: Operator) -> Operator:
    """A connection of which only totalCount is shown is a column of the row."""
    return part.counted_in_a_column()


def figures_from_columns(part: Operator) -> Operator:
    """Figures over all papers that the snapshot keeps as columns are read from there."""
    return part.metrics_in_columns()


RULES: tuple[Rule, ...] = (only_what_is_shown, lengths_from_columns, figures_from_columns)


def rewrite(plan: Plan, rules: tuple[Rule, ...] = RULES) -> Plan:
    """The plan after each rule in turn, applied to every part from the inside out."""
    for rule in rules:
        plan = plan.rewritten(rule)
    return plan

"""`python -m bench grown`: the dearest of many requests that Hypothesis grows within the limits, before their price is known.

It is told what each costs and looks for dearer ones (`hypothesis.target`). Seconds are those of the processor.
"""

import heapq
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings, target

from bench.markdown import table
from tests.api.grown import KINDS, Document, Grown

_WORST = 10


def worst(kind: str, count: int, seeded: int) -> list[tuple[float, int, Grown]]:
    """The dearest of so many, the dearest first."""
    found: list[tuple[float, int, Grown]] = []

    @seed(seeded)
    @settings(
        max_examples=count,
        derandomize=False,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.target],
        suppress_health_check=list(HealthCheck),
    )
    @given(KINDS[kind])
    def each(grown: Grown) -> None:
        took = grown.cost()
        target(took)
        keep = heapq.heappush if len(found) < _WORST else heapq.heappushpop
        # Of equal ones the later; what is grown has no order.
        keep(found, (took, each_at[0], grown))
        each_at[0] += 1

    each_at = [0]
    each()
    return sorted(found, reverse=True)


def grown(count: int, seeded: int = 1) -> str:
    """The table of the ten dearest, four of five among documents."""
    rows: list[list[str]] = []
    for kind, some in (("documents", count * 4 // 5), ("heads", count // 5)):
        for took, at, each in worst(kind, some, seeded):
            # What is dear stays so.
            rows.append([f"{min(took, each.cost(), each.cost()):.3f} s", f"{kind[:-1]} {at}", *_said(each)])
    rows.sort(key=lambda row: float(row[0].split()[0]), reverse=True)
    return table(["CPU", "which", "size", "what"], rows[:_WORST])


def _said(each: Any) -> tuple[str, str]:
    if isinstance(each, Document):
        what = f"{each.text.count('fragment ')} fragments, spread {each.text.count('...F')} times"
        return f"{len(each.text):,} characters", f"{what}, variables of {len(str(each.variables)):,}"
    size = len(each.query) + sum(len(name) + len(value) for name, value in each.headers)
    return f"{size:,} bytes", f"GET {each.path}, {len(each.headers)} headers, a query of {len(each.query):,}"

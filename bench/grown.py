"""`python -m bench grown`: the dearest of many requests that Hypothesis grows within the limits, before their price is known.

Seconds are the processor's, the least of three. With `--climb` Hypothesis is told what each costs and looks for dearer ones; that
goes by the clock, so that no seed repeats it, but `--keep` writes down what was found.
"""

import heapq
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings, target

from bench.markdown import table
from tests.api.grown import KINDS, Document, Grown

_WORST = 10


def worst(kind: str, count: int, seeded: int, climb: bool) -> list[tuple[float, int, Grown]]:
    """The dearest of so many, the dearest first."""
    dearest: list[tuple[float, int, Grown]] = []
    count_asked = 0
    phases = [Phase.generate, Phase.target] if climb else [Phase.generate]
    checks = list(HealthCheck)

    @seed(seeded)
    @settings(max_examples=count, derandomize=False, database=None, deadline=None, phases=phases, suppress_health_check=checks)
    @given(KINDS[kind])
    def each(grown: Grown) -> None:
        nonlocal count_asked
        took = grown.cost()
        if climb:
            target(took)
        keep = heapq.heappush if len(dearest) < _WORST else heapq.heappushpop
        # The number tells equal ones apart: what is grown has no order.
        keep(dearest, (took, count_asked, grown))
        count_asked += 1

    each()
    print(f"{count_asked} {kind} were asked", flush=True)
    return sorted(dearest, reverse=True)


def grown(count: int, seeded: int = 1, climb: bool = False, keep: Path | None = None) -> str:
    """The table of the ten dearest, four of five among documents; whole, one a line, in the file `keep`."""
    rows: list[tuple[float, Grown, list[str]]] = []
    for kind, some in (("documents", count * 4 // 5), ("heads", count // 5)):
        for took, at, each in worst(kind, some, seeded, climb):
            # What is dear stays so.
            least = min(took, each.cost(), each.cost())
            rows.append((least, each, [f"{least:.3f} s", f"{kind[:-1]} {at}", *_said(each)]))
    rows.sort(key=lambda row: row[0], reverse=True)
    if keep:
        keep.write_text("".join(f"{each}\n" for _, each, _ in rows[:_WORST]))
    return table(["CPU", "which", "size", "what"], [row for _, _, row in rows[:_WORST]])


def _said(each: Any) -> tuple[str, str]:
    if isinstance(each, Document):
        what = f"{each.text.count('fragment ')} fragments, spread {each.text.count('...F')} times"
        return f"{len(each.text):,} characters", f"{what}, variables of {len(str(each.variables)):,}"
    size = len(each.query) + sum(len(name) + len(value) for name, value in each.headers)
    return f"{size:,} bytes", f"GET {each.path}, {len(each.headers)} headers, a query of {len(each.query):,}"

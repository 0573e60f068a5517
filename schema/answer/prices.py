"""Prices of bound plans: worked out once a plan and size, and held against what one answer may cost."""

from collections.abc import Sequence
from typing import Any

from byline.graph.errors import TooCostly, limit_hint
from byline.graph.query.cost import Cost, Estimator
from byline.graph.query.dearest import dearest
from byline.graph.store.protocol import SnapshotInfo
from byline.schema.compile.documents import Compiled
from byline.schema.context import Limits

# Costs that are remembered of one plan.
_COSTS = 256
_MIB = 1024 * 1024


def affordable(compiled: Compiled, bound: Sequence[Any], info: SnapshotInfo, limits: Limits) -> Cost:
    """What a bound plan may cost on a snapshot. Raises TooCostly where that is more than one answer may."""
    key = (info.version, *compiled.sizes(bound))
    cost = compiled.costs.get(key)
    if cost is None:
        cost = compiled.plan.cost(_estimator(bound, info))
        if len(compiled.costs) >= _COSTS:
            compiled.costs.clear()
        compiled.costs[key] = cost
    if cost.upper > limits.max_objects:
        raise TooCostly(
            f"The response could hold {cost.upper:.0f} objects, the maximum is {limits.max_objects}"
            + _most_of(dearest(_estimator(bound, info), compiled.plan, lambda cost: cost.upper)),
            limit_hint("request smaller pages (`first`) or fewer levels", "max_objects"),
        )
    if cost.bytes > limits.max_answer_bytes:
        raise TooCostly(
            f"The response could take {_megabytes(cost.bytes)}, the maximum is {_megabytes(limits.max_answer_bytes)}"
            + _most_of(dearest(_estimator(bound, info), compiled.plan, lambda cost: cost.bytes)),
            limit_hint("request smaller pages (`first`) or fewer long texts", "max_answer_bytes"),
        )
    return cost


def written(length: int, limits: Limits) -> None:
    """Raises TooCostly where more bytes were written than one answer may have: single values may be far from their mean."""
    if length > limits.max_answer_bytes:
        raise TooCostly(
            f"The response exceeds the maximum of {_megabytes(limits.max_answer_bytes)}",
            limit_hint("request smaller pages (`first`) or fewer long texts", "max_answer_bytes"),
        )


def _estimator(bound: Sequence[Any], info: SnapshotInfo) -> Estimator:
    return Estimator(info.degrees, bound, info.counts, info.widths)


def _most_of(path: str) -> str:
    return f"; most of it comes from {path}" if path else ""


def _megabytes(length: float) -> str:
    return f"{length / _MIB:,.1f} MiB" if length >= _MIB / 10 else f"{length:,.0f} bytes"

"""A computed figure of each row of a batch, and how far to trust it: what every measure answers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Measured:
    """One entry a row: `values` (NaN: none), `samples` that went in, whether it is a `lower` bound, and why there is no value."""

    method: str
    values: Floats
    samples: npt.NDArray[np.int64]
    lower: npt.NDArray[np.bool_]
    reasons: Sequence[str | None]

    @property
    def listed(self) -> list[float | None]:
        """The values, None for none. What is no finite number is none."""
        return [value if finite else None for value, finite in zip(self.values.tolist(), np.isfinite(self.values), strict=True)]


@dataclass(frozen=True)
class Grouped:
    """One entry a row: the number of its group, how many are in it, and why there is none; all the groups are as certain."""

    method: str
    labels: Sequence[int | None]
    sizes: Sequence[int | None]
    lower: bool
    reasons: Sequence[str | None]


def measured(
    method: str,
    values: Sequence[float | None] | Floats,
    samples: Sequence[int],
    lower: Sequence[bool],
    reason: str | Sequence[str],
) -> Measured:
    """A measure from plain values; `reason` (one for all, or one a row) counts only where there is no value."""
    numbers = np.array([np.nan if value is None else value for value in values], np.float64)
    row_reasons = [reason] * len(numbers) if isinstance(reason, str) else reason
    reasons = [None if there else why for there, why in zip(np.isfinite(numbers).tolist(), row_reasons, strict=True)]
    return Measured(method, numbers, np.asarray(samples, np.int64), np.asarray(lower, np.bool_), reasons)


def writes_alike(values: Floats) -> bool:
    """Whether both writers of JSON spell these numbers alike: they do not beyond 1e10, nor for tiny ones of one digit."""
    size = np.abs(values[np.isfinite(values) & (values != 0)])
    if not len(size):
        return True
    tiny = size[size < 1e-3]
    digit = tiny / 10.0 ** np.floor(np.log10(tiny)) if len(tiny) else tiny
    return bool(size.max() < 1e9) and not bool((np.abs(digit - np.rint(digit)) < 1e-9).any())

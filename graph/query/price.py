"""A price: what the parts of a query are added up in."""

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Cost:
    """Objects that an answer holds, at most (`upper`) and about (`estimate`); about how many rows are scanned for it that it does
    not hold; the bytes that it is written in, for as many objects as there may be at most, each of a mean width; and rows that
    are scanned once a step, however many nodes it is for."""

    upper: float = 0.0
    estimate: float = 0.0
    rows_scanned: float = 0.0
    bytes: float = 0.0
    once: float = 0.0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            self.upper + other.upper,
            self.estimate + other.estimate,
            self.rows_scanned + other.rows_scanned,
            self.bytes + other.bytes,
            self.once + other.once,
        )

    def times(self, upper: float, estimate: float) -> "Cost":
        """This, once for each of so many rows."""
        return Cost(self.upper * upper, self.estimate * estimate, self.rows_scanned * estimate, self.bytes * upper, self.once)

    @cached_property
    def rows(self) -> float:
        """All rows that are scanned."""
        return self.rows_scanned + self.once

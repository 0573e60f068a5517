"""A price: what the parts of a query are added up in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """Objects that an answer holds, at most and about; about how many rows are looked at for it that it does not hold; the bytes
    that it is written in, for as many objects as there may be at most, each of a mean width; and rows that are looked at once a
    step, however many nodes it is for."""

    bound: float = 0.0
    guess: float = 0.0
    looked: float = 0.0
    bytes: float = 0.0
    once: float = 0.0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            self.bound + other.bound,
            self.guess + other.guess,
            self.looked + other.looked,
            self.bytes + other.bytes,
            self.once + other.once,
        )

    def times(self, bound: float, guess: float) -> "Cost":
        """This, once for each of so many rows."""
        return Cost(self.bound * bound, self.guess * guess, self.looked * guess, self.bytes * bound, self.once)

    @property
    def rows(self) -> float:
        """All rows that are looked at."""
        return self.looked + self.once

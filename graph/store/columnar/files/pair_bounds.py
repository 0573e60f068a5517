"""How many pairs of coauthors a snapshot keeps, and how many a build looks through."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PairBounds:
    """The bounds, by the names that they have as settings."""

    max_kept_team: int = 200
    max_measured_pairs: int = 250_000_000


BOUNDS = PairBounds()

"""Draws: small random choices, all by one `random.Random`, so that a seed repeats a graph and what is asked of it."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from byline.graph.model import Kind

T = TypeVar("T")


def maybe(draw: Random, options: Sequence[T]) -> T | None:
    """One of them or, half the time, none."""
    return draw.choice(options) if options and draw.random() < 0.5 else None


def some(draw: Random, options: Sequence[T], most: int, least: int = 0) -> list[T]:
    """Several of them, each once, in any order."""
    return draw.sample(list(options), draw.randint(min(least, len(options)), min(most, len(options))))


def listed(draw: Random, options: Sequence[T], most: int = 3) -> tuple[T, ...]:
    """Several of them, some perhaps twice."""
    return tuple(draw.choice(options) for _ in range(draw.randint(0, most)))


def upto(draw: Random, most: int, least: int = 0) -> int | None:
    """A number or, half the time, none."""
    return draw.randint(least, most) if draw.random() < 0.5 else None


def whether(draw: Random) -> bool:
    """Either."""
    return draw.random() < 0.5


def pairs(draw: Random, left: Sequence[str], right: Sequence[str], most: int) -> list[tuple[str, str]]:
    """Different pairs, of one and of the other."""
    return some(draw, [(one, other) for one in left for other in right], most)


def keys(kind: Kind) -> list[str]:
    """The keys that nodes of a random graph have."""
    return [f"{kind}-{number}" for number in range(6)]

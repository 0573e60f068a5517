"""Caches of functions of texts: one way to declare them, so that all of them can be emptied once a stage of an ingest is over."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar, cast

from byline.graph.identifiers import identify
from byline.graph.names import parts

F = TypeVar("F", bound=Callable[..., object])
_CACHES: list[Any] = [identify, parts]


def remembered(most: int) -> Callable[[F], F]:
    """A cache of the `most` last results of a function, which `forget` empties."""

    def remember(function: F) -> F:
        cached = lru_cache(most)(function)
        _CACHES.append(cached)
        return cast(F, cached)

    return remember


def held() -> int:
    """How many results are kept."""
    return sum(cache.cache_info().currsize for cache in _CACHES)


def forget() -> None:
    """Empty every cache. The results of one stage are of no use to the next, and hold memory that it needs."""
    for cache in _CACHES:
        cache.cache_clear()

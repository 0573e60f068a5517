"""A store that counts what it is asked."""

from collections import Counter
from typing import Any

from byline.graph.store.protocol import Store


class Counting:
    """Hands every call on to a store, and counts the calls by method."""

    direct = None

    def __init__(self, store: Store) -> None:
        self.store = store
        self.calls: Counter[str] = Counter()

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.store, name)

        async def counted(*args: Any) -> Any:
            self.calls[name] += 1
            return await method(*args)

        return counted

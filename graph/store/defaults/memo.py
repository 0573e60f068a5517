"""Memo: what a default has made of a store, kept as long as the store lives. Stores never change, so that it stays true."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from byline.graph.store.protocol import StoreCore

T = TypeVar("T")


class Memo(Generic[T]):
    """The last few things of one sort that were made of each store. They must not hold the store itself."""

    def __init__(self, most: int = 1) -> None:
        self._most = most
        self._memos: WeakKeyDictionary[StoreCore, OrderedDict[Hashable, T]] = WeakKeyDictionary()

    async def get(self, store: StoreCore, key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        """What was made under a key, or is made now."""
        memo = self._memos.setdefault(store, OrderedDict())
        # Two who ask at once may both make it: the same twice.
        remembered = memo.pop(key, None)
        memo[key] = value = await make() if remembered is None else remembered
        while len(memo) > self._most:
            memo.popitem(last=False)
        return value

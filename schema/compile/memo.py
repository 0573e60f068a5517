"""What was understood of some variables, kept for the next request that sends the same: filters repeat, whoever asks."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from graphql import ListValueNode, ObjectValueNode, Undefined, ValueNode, VariableNode
from graphql.language import ArgumentNode

from byline.schema.compile.coerce import Variables

T = TypeVar("T")
# Values that are kept for one list of a plan.
_MAX_CACHED = 256
# Types whose equal values are the same value: True equals 1, and a list has no hash.
_PLAIN = {str, int, type(None), type(Undefined)}


def memoized(make: Callable[[Variables], T], names: Sequence[str]) -> Callable[[Variables], T]:
    """`make`, which reads the variables of these names and gives what nobody changes."""
    cache: dict[tuple[Any, ...], T] = {}

    def of(variables: Variables) -> T:
        key = tuple([variables.get(name, Undefined) for name in names])
        if not _PLAIN.issuperset(map(type, key)):
            return make(variables)
        cached = cache.get(key)
        if cached is None:
            if len(cache) >= _MAX_CACHED:
                cache.clear()
            cached = cache[key] = make(variables)
        return cached

    return of


def variables_in(arguments: Sequence[ArgumentNode] | None) -> list[str]:
    """The names of the variables that arguments hold."""
    return sorted({name for argument in arguments or () for name in _names(argument.value)})


def _names(node: ValueNode) -> Iterator[str]:
    match node:
        case VariableNode():
            yield node.name.value
        case ListValueNode():
            for value in node.values:
                yield from _names(value)
        case ObjectValueNode():
            for field in node.fields:
                yield from _names(field.value)

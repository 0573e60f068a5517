"""Normal form of an answer: what must be the same, dtypes and the bits of floats included; and requests as text."""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING as NO_DEFAULT
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import numpy as np
import pyarrow as pa

from byline.graph.model import Edge
from byline.graph.store.protocol import SnapshotInfo


def normal(value: Any) -> Any:
    """An answer in plain Python values that compare as answers must."""
    if isinstance(value, np.ndarray):
        return {"dtype": str(value.dtype), "values": _floats(value.tolist(), value.dtype.kind == "f")}
    if isinstance(value, pa.Array):
        return {"type": str(value.type), "values": _floats(value.to_pylist(), not _plain(value.type))}
    if isinstance(value, float):
        # A sum in another order may differ in its last bit.
        return f"{value!r} ({value.hex()})"
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: normal(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {name if isinstance(name, str) else str(name): normal(each) for name, each in value.items()}
    return [normal(each) for each in value] if isinstance(value, list | tuple) else value


def _plain(dtype: pa.DataType) -> bool:
    """Whether values of a type hold no floats."""
    return bool(pa.types.is_integer(dtype) or pa.types.is_string(dtype) or pa.types.is_large_string(dtype))


def _floats(values: list[Any], some: bool) -> Any:
    return normal(values) if some else values


def stated(info: SnapshotInfo, by: SnapshotInfo) -> SnapshotInfo:
    """What a store says of itself, as far as the reference store says it: version and time are its own, and it may state more
    lengths and widths, and what lists cost that it works out when asked."""
    degrees = {edge: replace(degree, worked=0.0) for edge, degree in info.degrees.items() if edge in by.degrees}
    widths = {column: width for column, width in info.widths.items() if column in by.widths}
    return replace(info, version=by.version, built_at=by.built_at, degrees=degrees, widths=widths)


def first_difference(expected: Any, actual: Any, place: str = "") -> str:
    """Where two normal forms differ first, and how."""
    if isinstance(expected, dict) and isinstance(actual, dict) and expected.keys() == actual.keys():
        for name, value in expected.items():
            if actual[name] != value:
                return first_difference(value, actual[name], f"{place}.{name}" if place else name)
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        for at, (one, other) in enumerate(zip(expected, actual, strict=True)):
            if one != other:
                return first_difference(one, other, f"{place}[{at}]")
    return f"{place or 'the answer'} must be {_short(expected)}, is {_short(actual)}"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 300 else f"{text[:300]}…"


def as_call(method: str, arguments: tuple[Any, ...]) -> str:
    """A request as one would write it."""
    return f"{method}({', '.join(map(_written, arguments))})"


def _written(value: Any) -> str:
    if isinstance(value, Edge):
        return f'EDGES["{value.name}"]'
    if isinstance(value, np.ndarray):
        return f"{value.tolist()}"
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if is_dataclass(value) and not isinstance(value, type):
        return f"{type(value).__name__}({', '.join(_members(value))})"
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return f"({', '.join(map(_written, value))}{',' if len(value) == 1 else ''})"
    return f"[{', '.join(map(_written, value))}]" if isinstance(value, list) else repr(value)


def _members(value: Any) -> Iterator[str]:
    """The fields that are not left as they are by themselves."""
    for each in fields(value):
        member = getattr(value, each.name)
        usual = each.default_factory() if each.default_factory is not NO_DEFAULT else each.default
        if member != usual:
            yield f"{each.name}={_written(member)}"

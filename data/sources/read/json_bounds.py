"""Bounds of a JSON text: how deep it is nested and how many members it has, told by its signs before anything is made of them."""

from typing import Any

import orjson

from byline.data.limits import VALUES_IN_ONE, limits, too_deep, too_many, too_many_in_all

_BLOCK = 1 << 20
# Objects count as lists do.
_AS_LISTS = bytes.maketrans(b"{}", b"[]")
_NO_SIGN = bytes(sign for sign in range(256) if sign not in b'",[]{}')


def problem(text: bytes, several: bool = False) -> str | None:
    """Why a JSON text is no record: it is nested too deep or has too many members. With `several` it may hold many records."""
    bounds = limits()
    most = bounds.max_record_members * (VALUES_IN_ONE if several else 1)
    opened = text.count(b"[") + text.count(b"{")
    if opened <= bounds.max_record_depth and opened + text.count(b",") <= most:
        return None
    signs = _structure(text)
    if signs.count(b",") + signs.count(b"[") > most:
        return too_many_in_all() if several else too_many()
    return too_deep() if _deeper(signs.replace(b",", b""), bounds.max_record_depth) else None


def large_entry(value: Any) -> str | None:
    """Why a file that is one value is refused though it is none too large: an entry of its list is too large for a record."""
    inside = value.values() if isinstance(value, dict) else [value]
    for entries in (each for each in inside if isinstance(each, list)):
        for number, each in enumerate(entries, start=1):
            if reason := problem(orjson.dumps(each)):
                return f"holds an entry, number {number}, that {reason}"
    return None


def _structure(text: bytes) -> bytes:
    """The brackets and commas that stand in no string."""
    if b"\\" in text:
        text = text.replace(b"\\\\", b"").replace(b'\\"', b"")
    # Two quotes with no sign between them make no difference to what stands in a string and what does not.
    signs = text.translate(_AS_LISTS, _NO_SIGN).replace(b'""', b"")
    outside: list[bytes] = []
    inside = 0
    for start in range(0, len(signs), _BLOCK):
        parts = signs[start : start + _BLOCK].split(b'"')
        outside.append(b"".join(parts[inside::2]))
        inside ^= (len(parts) - 1) & 1
    return b"".join(outside)


def _deeper(brackets: bytes, most: int) -> bool:
    """Whether pairs of brackets are nested deeper: one pass takes away all that hold nothing, the innermost level."""
    for _ in range(most):
        brackets = brackets.replace(b"[]", b"")
    return b"[]" in brackets
